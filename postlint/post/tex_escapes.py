"""What becomes of the backslashes of a formula that is text to the engine, and what was meant by them.

kramdown takes a backslash away before a sign (`escaped_chars.rb`) and makes a line break of one at a line's
end (`line_break.rb`, kramdown-parser-gfm's `gfm.rb`), also within `$…$`. Some authors know it and double
their backslashes; others write TeX as it is, and lose half of it.
"""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy

_RUN = lazy(r"(\\+)(\r\n|.?)", re.DOTALL)
_LINE_ENDS = ("\n", "\r\n")
_ROWS = lazy(
    r"\\begin\s*\{[^}]*(?:matrix|array|align|cases|split|gather|eqnarray|multline)[^}]*\}|\\substack"
)
_ENDS_ROWS = lazy(r"\s*(?:\\+end\b|\Z)")
_GROUPS = lazy(
    r"(?:[_^]|\\(?:[dt]?frac|sqrt|text|math[a-z]+|bar|hat|vec|tilde|overline|boldsymbol))\s*"
    r"\\\{[^{}]*?\\\}(?:\s*\\\{[^{}]*?\\\})?"
    r"|\\\{[^{}\\]*\\(?:choose|over|atop|brace|brack)\b[^{}\\]*\\\}"
)
"""Escaped braces that are no signs: what a command takes, as some exporting editors write it."""
_ESCAPED = lazy(r"(?<!\\)\\[_*]|\\\\\\(?![\\\r\n])")
_ESCAPING = lazy(r"\\[|_*]|\\\\\\")
_TEXT = lazy(r"\\(?:text\w*|mbox|hbox|mathrm|operatorname)\s*\{[^{}]*\}")
_ESCAPABLE = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-~")
"""Before which kramdown takes a backslash away; `~` with its GFM input only, and no TeX begins with `\\~`."""
_MEANS_THE_SIGN = frozenset("_*.()[]+-=<>`~\"'")
"""After a backslash, no command of a formula: it was written for Markdown, and may go."""


class Lost(NamedTuple):
    """Backslashes that do not all arrive: of `written`, at `span` of the TeX, `arrives` is left."""

    span: Span
    written: str
    arrives: str


class Reading(NamedTuple):
    """What was meant by TeX that went through Markdown."""

    meant: str
    """The TeX that was meant."""
    lost: tuple[Lost, ...]
    """Where another one arrives."""


def verbatim(tex: str) -> Reading:
    """The same of TeX that Markdown leaves alone."""
    return Reading(tex, ())


def read(tex: str, *, escapes_bars: bool) -> Reading:
    """What was meant by `tex`, written where Markdown takes backslashes away.

    `escapes_bars` says whether the author is known to write `\\|` for a single bar.
    """
    if "\\" not in tex:
        return verbatim(tex)
    rows = [match.start() for match in _ROWS.finditer(tex)]
    names = [match.span() for match in _TEXT.finditer(tex)]
    groups = [match.span() for match in _GROUPS.finditer(tex)]
    parts: list[str] = []
    lost: list[Lost] = []
    done = 0
    for run in _RUN.finditer(tex):
        count, following = len(run[1]), run[2]
        arrives = _arriving(count, following)
        if run[0] == "\\|" and escapes_bars:
            meant = "|"
        elif run[0] in ("\\{", "\\}") and _is_within(run, groups):
            meant = run[2]
        elif run[0] == "\\_" and _is_within(run, names):
            meant = run[0]
        else:
            meant = _meant(tex, run, in_rows=bool(rows) and run.start() > rows[0])
        if meant != arrives:
            lost.append(Lost(Span(*run.span()), run[0], arrives))
        parts += tex[done : run.start()], meant
        done = run.end()
    parts.append(tex[done:])
    return Reading("".join(parts), tuple(lost))


def _arriving(count: int, following: str) -> str:
    """What is left of `count` backslashes before a character."""
    if following in _LINE_ENDS:
        return "\\" * ((count - 1) // 2) + following
    if count % 2 == 0:
        return "\\" * (count // 2) + following
    kept = "" if following in _ESCAPABLE else "\\"
    return "\\" * (count // 2) + kept + following


def _meant(tex: str, run: re.Match[str], *, in_rows: bool) -> str:
    count, following = len(run[1]), run[2]
    if _ENDS_ROWS.match(tex, run.end(1)) or (count == 1 and following in _LINE_ENDS):
        return _arriving(count, following)  # no row follows, and space is but space
    if count > 1 and following.isspace() and not in_rows:
        return _arriving(count, following)  # one row: MathJax ends no line there
    if count > 1 and following in _LINE_ENDS:
        return "\\\\" + following
    if count == 1:
        return following if following in _MEANS_THE_SIGN else run[0]
    if count == 2:
        begins_command = following == "&" or (following.isalpha() and following.isascii())
        # Who parts rows by three backslashes doubles the others too.
        doubled = following in "{}|,;!:_$%#" or (begins_command and (not in_rows or "\\\\\\" in tex))
        return "\\" + following if following and doubled else run[0]
    return _arriving(count, following)


def _is_within(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in spans)


def escapes_signs(tex: str) -> bool:
    """Whether `tex` was written for Markdown, where `\\|` is a single bar: it stands twice for a double one,
    or alone, or other signs are escaped too."""
    if "\\" not in tex or not _ESCAPING.search(tex):
        return False
    bars = tex.count("\\|")
    return bool(bars and (bars % 2 or "\\|\\|" in tex)) or bool(_ESCAPED.search(_TEXT.sub("", tex)))
