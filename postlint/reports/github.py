"""Annotations for GitHub Actions, as its workflow commands have them.

Source: GitHub's documentation, "Workflow commands for GitHub Actions", and `toolkit`'s
`packages/core/src/command.ts` for the escapes.
"""

from __future__ import annotations

from pathlib import PurePath

from postlint.findings import Severity
from postlint.patterns import lazy
from postlint.reports import visible
from postlint.run.located import Located

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_LINE_END = lazy(r"([\r\n]+)")
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def line(located: Located, language: str, below: str = "") -> str:
    """One annotation; `below` is the path of the current folder from that of the repository, with `/` behind.

    The job's log shows nothing but the message, so the place stands in that, too.
    """
    finding, place = located.finding, located.place
    path = located.path if PurePath(located.path).is_absolute() else below + located.path
    properties = {
        "file": path,
        "line": str(place.line),
        "endLine": str(place.end_line),
    }
    if place.line == place.end_line:  # over several lines, GitHub takes no columns
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = f"{finding.code} {finding.name}"
    listed = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    said = f"{located.path}:{place.line}:{place.column}: {finding.code} {finding.message.render(language)}"
    # A server may have a part in the message, and a log is shown on terminals, too.
    parts = _LINE_END.split(said)
    said = "".join(part if _LINE_END.fullmatch(part) else visible(part) for part in parts)
    return f"::{_COMMANDS[finding.severity]} {listed}::{said.translate(_MESSAGE)}"
