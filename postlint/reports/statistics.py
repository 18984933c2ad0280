"""How often each rule has found something: where to begin on a blog that has never been checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from postlint.findings import SEVERITIES, Severity, Text
from postlint.named import NamedTuple
from postlint.reports import is_fixable
from postlint.reports.text import COLOURS, Style
from postlint.run.results import FileResult

_FIX = Text(en="fix: {count}", ko="고치기: {count}")
_UNSAFE = Text(en="fix, with --unsafe: {count}", ko="고치기(--unsafe): {count}")


class _Found(NamedTuple):
    """What is counted together: one rule's findings of one severity."""

    code: str
    name: str
    severity: Severity


def table(results: Iterable[FileResult], language: str, style: Style) -> list[str]:
    """A line for each rule, the most frequent first: how many, code, severity, name, what can be mended."""
    counts: Counter[_Found] = Counter()
    fixable: Counter[_Found] = Counter()
    unsafe: Counter[_Found] = Counter()
    for finding in (located.finding for result in results for located in result.findings):
        found = _Found(finding.code, finding.name, finding.severity)
        counts[found] += 1
        (fixable if is_fixable(finding) else unsafe)[found] += finding.fix is not None
    names = max((len(found.name) for found in counts), default=0)
    words = {severity: word.render(language) for severity, word in SEVERITIES.items()}
    widest = max(map(len, words.values()))
    lines = []
    for found, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        mends = [
            text.render(language, {"count": number})
            for text, number in ((_FIX, fixable[found]), (_UNSAFE, unsafe[found]))
            if number
        ]
        severity = style(f"{words[found.severity]:<{widest}}", fg=COLOURS[found.severity], bold=True)
        line = f"{count:>6}  {style(f'{found.code:<8}', bold=True)} {severity}  {found.name:<{names}}  "
        lines.append((line + ", ".join(mends)).rstrip())
    return lines
