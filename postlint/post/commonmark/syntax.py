"""The parts of a link: label, destination and title, each with its place in the text.

CommonMark 0.31.2, sections 4.7 (link reference definitions) and 6.3 (links).
"""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy

_LABEL = lazy(r"\[((?:[^\\\[\]]++|\\.)*+)\]", re.DOTALL)
LABEL_LIMIT = 999
"""The length of the longest label, in characters."""
_BLANKS = lazy(r"[ \t\n]+")

_ANGLE_DESTINATION = lazy(r"<([^<>\n\\]*+(?:\\[^\n][^<>\n\\]*+)*+)>")
_DESTINATION_PART = lazy(r"[^\x00-\x20\x7f()\\]++|\\[!-/:-@\[-`{-~]|[()\\]")
_PARENTHESIS_LIMIT = 32
"""How deep parentheses may nest in a destination: as deep as in cmark."""

_TITLE = lazy(
    r'"((?:[^"\\]++|\\.)*+)"' r"|'((?:[^'\\]++|\\.)*+)'" r"|\(((?:[^()\\]++|\\.)*+)\)",
    re.DOTALL,
)
_SPACE = lazy(r"[ \t\n]*+")
_LINE_REST = lazy(r"[ \t]*+(?:\n|\Z)")


class Target(NamedTuple):
    """Where a link leads, in offsets into the text it was read from."""

    destination: Span
    """Without `<>`."""
    title: Span | None
    """Without quotes."""
    end: int
    """Behind all of it: the closing parenthesis, or the line end of a definition."""


def normalized_label(label: str) -> str:
    """What two labels of the same definition have in common: case folded, blanks collapsed."""
    return _BLANKS.sub(" ", label.strip(" \t\n")).casefold()


def label_at(text: str, position: int) -> Span | None:
    """The label between the brackets of which the first is at `position`."""
    match = _LABEL.match(text, position)
    if match is None or match.end(1) - match.start(1) > LABEL_LIMIT or not match[1].strip(" \t\n"):
        return None
    return Span(*match.span(1))


def inline_target_at(text: str, position: int) -> Target | None:
    """The destination and title of an inline link, from behind its opening parenthesis."""
    start = _skip_space(text, position)
    found = _destination_at(text, start)
    destination, end = found if found else (Span(start, start), start)
    title = None
    behind = _skip_space(text, end)
    if found and behind > end:
        match = _TITLE.match(text, behind)
        if match:
            title = _inner(match)
            behind = _skip_space(text, match.end())
    if not text.startswith(")", behind):
        return None
    return Target(destination, title, behind + 1)


def definition_target_at(text: str, position: int) -> Target | None:
    """The destination and title of a definition, from behind its colon."""
    found = _destination_at(text, _skip_space(text, position))
    if found is None:
        return None
    destination, end = found
    behind = _skip_space(text, end)
    if behind > end:
        match = _TITLE.match(text, behind)
        rest = _LINE_REST.match(text, match.end()) if match else None
        if match and rest:
            return Target(destination, _inner(match), rest.end())
    rest = _LINE_REST.match(text, end)
    return Target(destination, None, rest.end()) if rest else None


def _inner(match: re.Match[str]) -> Span:
    return Span(*match.span(match.lastindex or 0))


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _destination_at(text: str, position: int) -> tuple[Span, int] | None:
    """The destination without `<>`, and the offset behind it; None if there is none."""
    if text.startswith("<", position):
        match = _ANGLE_DESTINATION.match(text, position)
        return (Span(*match.span(1)), match.end()) if match else None
    depth = 0
    end = position
    while match := _DESTINATION_PART.match(text, end):
        if match[0] == "(":
            depth += 1
            if depth > _PARENTHESIS_LIMIT:
                return None
        elif match[0] == ")":
            if depth == 0:
                break
            depth -= 1
        end = match.end()
    if depth or end == position:
        return None
    return Span(position, end), end
