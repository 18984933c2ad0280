"""The rows of a table (GFM 0.29, section 4.10)."""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.post.mapped import Mapped, Piece

_DELIMITER_ROW = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+\Z")
_PIPE = re.compile(r"\\.|\|", re.DOTALL)
_ESCAPED_PIPE = re.compile(r"\\\|")


def delimiter_columns(line: str) -> int:
    """How many columns a delimiter row (`|---|:-:|`) has; 0 where `line` is none.

    `line` has no white space around it. One column without any `|` or `:` is an underline.
    """
    if not _DELIMITER_ROW.match(line) or not ("|" in line or ":" in line):
        return 0
    return line.strip("|").count("|") + 1


def cells(text: str, start: int, end: int) -> list[Span]:
    """The cells of the row at `[start, end)` of `text`, without the white space around them.

    A pipe behind a backslash divides nothing, not even in a code span.
    """
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    if text.startswith("|", start, end):
        start += 1
    spans: list[Span] = []
    for match in _PIPE.finditer(text, start, end):
        if match[0] == "|":
            spans.append(_stripped(text, start, match.start()))
            start = match.end()
    if start < end:
        spans.append(_stripped(text, start, end))
    return spans


def cell_pieces(text: str, cell: Span) -> list[Piece]:
    """What the inline rules read of a cell: `\\|` stands for `|` before anything else is read."""
    pieces: list[Piece] = []
    start = cell.start
    for match in _ESCAPED_PIPE.finditer(text, cell.start, cell.end):
        pieces += [Piece(start, match.start()), Piece(match.start(), match.end(), "|")]
        start = match.end()
    return [*pieces, Piece(start, cell.end)]


def cell_leaf(document: Mapped, cell: Span) -> Mapped:
    return document.derive(cell_pieces(document.text, cell))


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    return Span(start, end)
