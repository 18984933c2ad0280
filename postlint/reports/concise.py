"""One finding, one line: `path:line:column: severity CODE name: message`."""

from __future__ import annotations

from postlint.reports import visible
from postlint.run.located import Located


def line(located: Located, language: str) -> str:
    finding, place = located.finding, located.place
    return (
        f"{visible(located.path)}:{place.line}:{place.column}: {finding.severity.label} "
        f"{finding.code} {finding.name}: {visible(finding.message.render(language))}"
    )
