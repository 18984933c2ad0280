"""What becomes of a paragraph and of raw HTML once no further line is theirs.

To Goldmark a table is a paragraph whose second or later line is a delimiter row
(`extension/table.go`): whatever ends a paragraph ends a table, and nothing else.
"""

from __future__ import annotations

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.commonmark.leaves import LeafCloser, add_node, without_definitions
from postlint.post.commonmark.lines import HtmlBlock, Inline, OpenParagraph, OpenTable, State, behind
from postlint.post.commonmark.tables import add_row, cells, delimiter_columns
from postlint.post.goldmark.options import GoldmarkOptions
from postlint.post.mapped import Piece
from postlint.post.nodes import HtmlComment, Item, Paragraph, Table

_TASK = lazy(r"\[[ \t\r\n\fxX]\][ \t\r\n\f]*")
_INDENT = lazy(r"[ \t]*")


class TableLines(NamedTuple):
    before: list[Piece]
    """What of the paragraph comes before the header."""
    header: Span
    delimiters: Span
    rows: list[Span]
    columns: int


def lines_of(text: str, pieces: list[Piece]) -> list[Span]:
    """The lines that copied `pieces` are made of, each with its line end."""
    lines: list[Span] = []
    for piece in pieces:
        start = piece.start
        while start < piece.end:
            end = text.find("\n", start, piece.end) + 1 or piece.end
            lines.append(Span(start, end))
            start = end
    return lines


def table_at(state: State, pieces: list[Piece]) -> TableLines | None:
    """The table that a paragraph holds. The first delimiter row decides."""
    src = state.src
    if not any("-" in src[piece.start : piece.end] for piece in pieces):
        return None
    lines = lines_of(src, pieces)
    for number in range(1, len(lines)):
        start, end = lines[number]
        indent = _INDENT.match(src, start, end)
        if indent is None or indent.end() - start > 3 or src[indent.end() : indent.end() + 1] not in "|:-":
            continue
        columns = delimiter_columns(src[indent.end() : state.trimmed(start, end)])
        if not columns:
            continue
        header = _trimmed(state, lines[number - 1])
        if len(cells(src, *header)) > columns:
            return None
        before = [Piece(*line) for line in lines[: number - 1]]
        if before:
            last = before[-1]
            before[-1] = Piece(last.start, state.trimmed(last.start, last.end))
        rows = [_trimmed(state, line) for line in lines[number + 1 :]]
        return TableLines(before, header, _trimmed(state, lines[number]), rows, columns)
    return None


def _trimmed(state: State, line: Span) -> Span:
    return Span(line.start, state.trimmed(*line))


def add_table(state: State, lines: TableLines) -> None:
    """Add the table to the last container."""
    table = OpenTable(lines.header.start, lines.delimiters.end, lines.columns)
    add_row(state, table, lines.header)
    for row in lines.rows:
        add_row(state, table, row)
    add_node(state, Table, Span(table.start, table.end)).children = table.rows


class GoldmarkCloser(LeafCloser):
    def __init__(self, options: GoldmarkOptions) -> None:
        self._options = options

    def paragraph(self, state: State, leaf: OpenParagraph) -> None:
        container = state.container
        is_first = not container.children
        pieces = without_definitions(state, leaf.pieces)
        table = table_at(state, pieces) if pieces and self._options.table else None
        if table:
            pieces = table.before
        if pieces:
            node = add_node(state, Paragraph, Span(pieces[0].start, pieces[-1].end))
            if (
                self._options.task_list
                and is_first
                and state.src[pieces[0].start] == "["
                and type(container.node) is Item
            ):
                task = _TASK.match(state.document.derive(pieces).text)
                pieces = behind(pieces, task.end()) if task else pieces
            state.inlines.append(Inline(node, pieces))
        if table:
            add_table(state, table)

    def html(self, state: State, leaf: HtmlBlock) -> None:
        if self._options.unsafe:
            super().html(state, leaf)
            return
        # The page has a comment in its place.
        add_node(state, HtmlComment, Span(leaf.start, state.trimmed(leaf.start, leaf.end)))
