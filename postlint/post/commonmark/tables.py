"""The rows of a table (GFM 0.29, section 4.10)."""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.post.commonmark.leaves import open_leaf
from postlint.post.commonmark.lines import Inline, OpenParagraph, OpenTable, State
from postlint.post.mapped import Piece
from postlint.post.nodes import Node, TableCell, TableRow

_DELIMITER_ROW = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+\Z")
_PIPE = re.compile(r"\\.|\|", re.DOTALL)
_ESCAPED_PIPE = re.compile(r"\\\|")


def begins_table(state: State, leaf: OpenParagraph) -> bool:
    """Open a table if the line is a delimiter row and the line before it a header of as many cells."""
    src = state.src
    if not leaf.pieces or state.indent > 3 or src[state.first] not in "|:-":
        return False
    columns = delimiter_columns(src[state.first : state.trimmed(state.first, state.line_end)])
    last = leaf.pieces[-1]
    start = max(last.start, src.rfind("\n", last.start, last.end - 1) + 1)
    header = Span(start, last.end - 1)
    if not columns or len(cells(src, *header)) != columns:
        return False
    if start > last.start:
        leaf.pieces[-1] = Piece(last.start, start)
    else:
        leaf.pieces.pop()
    if not leaf.pieces:
        state.leaf = None
    table = OpenTable(start, state.trimmed(state.first, state.line_end), columns)
    open_leaf(state, table)
    add_row(state, table, header)
    return True


def add_row(state: State, table: OpenTable, line: Span) -> None:
    """Add the row that is written at `line`; cells beyond the header's are not on the page."""
    end = state.trimmed(*line)
    row: list[Node] = []
    for cell in cells(state.src, line.start, end)[: table.columns]:
        node = TableCell(state.document.span(*cell))
        row.append(node)
        if cell.end > cell.start:
            state.inlines.append(Inline(node, _cell_pieces(state.src, cell)))
    table.rows.append(TableRow(state.document.span(line.start, end), children=row))
    table.end = max(table.end, end)


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


def _cell_pieces(text: str, cell: Span) -> list[Piece]:
    """What the inline rules read of a cell: `\\|` stands for `|` before anything else is read."""
    pieces: list[Piece] = []
    start = cell.start
    for match in _ESCAPED_PIPE.finditer(text, cell.start, cell.end):
        pieces += [Piece(start, match.start()), Piece(match.start(), match.end(), "|")]
        start = match.end()
    return [*pieces, Piece(start, cell.end)]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    return Span(start, end)
