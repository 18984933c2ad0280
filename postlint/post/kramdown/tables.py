"""Tables: kramdown's `parser/kramdown/table.rb`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.patterns import lazy
from postlint.post.kramdown.characters import SPACE, STRIPPED
from postlint.post.kramdown.code import code_span, ticks
from postlint.post.kramdown.spans import table_parts
from postlint.post.kramdown.tree import Block, Raw
from postlint.post.mapped import Piece

if TYPE_CHECKING:
    from postlint.post.kramdown.blocks import BlockParser

_PIPE = r"(?:\||[^\n]*?[^\\\n]\|)"
_PIPE_CHECK = lazy(_PIPE)
_START = lazy(rf" {{0,3}}(?=[^{SPACE}]){_PIPE}")
_SEPARATOR = lazy(r"(?=[+|: \t]*+-)[+|: \t-]*+\n")
_FOOTER = lazy(r"(?=[+|: \t]*+=)[+|: \t=]*+\n")
_LEADING_PIPE = lazy(rf"[{SPACE}]*\|")
_CODE_ELEMENT = lazy(r"<code[^\n]*?>[^\n]*?</code>")
_TICKS = lazy("`+")

_MOST_CELLS = 20_000
"""More cells in a row than this make no table."""


def parse(parser: BlockParser) -> bool:
    text, start, end = parser.text, parser.position, parser.end
    if _START.match(text, start) is None:
        return False
    # kramdown gives a table the attributes that stand before it even where it then is none.
    ial, parser.pending = parser.pending, None
    leading_pipe = _LEADING_PIPE.match(text, start) is not None
    first = _SEPARATOR.match(text, start)
    position = first.end() if first else start
    table = Block("table", parser.span(start, start))
    rows: list[Block] = []
    has_footer = aligned = False
    while position < end and _PIPE_CHECK.match(text, position):
        separator = _SEPARATOR.match(text, position)
        if separator is not None:
            position = separator.end()
            if rows:
                if not aligned and not has_footer:
                    _add_group(parser, table, "thead", rows)
                    aligned = True
                elif not has_footer:
                    _add_group(parser, table, "tbody", rows)
                rows = rows if has_footer else []
            continue
        footer = _FOOTER.match(text, position)
        if footer is not None:
            position = footer.end()
            if rows:
                _add_group(parser, table, "tbody", rows)
                rows = []
            has_footer = True
            continue
        line_end = text.index("\n", position)
        row = _row(parser, position, line_end, leading_pipe)
        if row is None:
            return False
        rows.append(row)
        position = line_end + 1
    parser.position = position
    boundary = parser.before_boundary()
    parser.position = start
    if not boundary or not _every_line_has_pipe(parser, start, position - 1):
        return False
    if rows:
        _add_group(parser, table, "tfoot" if has_footer else "tbody", rows)
    if not any(group.kind == "tbody" for group in table.children):
        return False
    table.ial = ial
    table.span = parser.span(start, position)
    parser.tree.children.append(table)
    parser.position = position
    return True


def _add_group(parser: BlockParser, table: Block, kind: str, rows: list[Block]) -> None:
    group = Block(kind, rows[0].span)
    group.children = rows
    table.children.append(group)


def _row(parser: BlockParser, start: int, end: int, leading_pipe: bool) -> Block | None:
    """The row on the line `[start, end)`; None if it has more cells than a table should."""
    text = parser.text
    if text.count("|", start, end) > _MOST_CELLS:
        return None
    row = Block("tr", parser.span(start, end))
    while end > start and text[end - 1] in " \t":
        end -= 1
    cells: list[list[Piece]] = []
    at = start
    last_code = text.rfind("</code>", start, end)
    if last_code >= 0:
        for element in _CODE_ELEMENT.finditer(text, start, last_code + 7):
            _split(text, at, element.start(), cells)
            _append(cells, [Piece(*element.span())])
            at = element.end()
    _split(text, at, end, cells)
    stripped = [_strip(parser, pieces) for pieces in cells]
    if leading_pipe and stripped and stripped[0].raw is None:
        del stripped[0]
    if stripped and stripped[-1].raw is None:
        stripped.pop()
    row.children = stripped
    return row


def _append(cells: list[list[Piece]], pieces: list[Piece]) -> None:
    if cells:
        cells[-1].extend(pieces)
    else:
        cells.append(pieces)


def _split(text: str, start: int, end: int, cells: list[list[Piece]]) -> None:
    """Split `[start, end)` at pipes that are neither escaped nor in a code span."""
    plain = start
    at = text.find("`", start, end)
    while at >= 0:
        code = code_span(text, at, start, end)
        if code is None:
            at = text.find("`", at + ticks(text, at, end), end)
            continue
        if at > plain:
            _split_plain(text, plain, at, cells)
        longest = max(map(len, _TICKS.findall(text, code.start, code.end)), default=0) + 1
        space = " " if longest > 1 else ""
        _append(
            cells,
            [
                Piece(at, code.start, "`" * longest + space),
                Piece(code.start, code.end),
                Piece(code.end, code.stop, space + "`" * longest),
            ],
        )
        plain = code.stop
        at = text.find("`", plain, end)
    if end > plain:
        _split_plain(text, plain, end, cells)


def _split_plain(text: str, start: int, end: int, cells: list[list[Piece]]) -> None:
    pieces: list[Piece] = []
    first = True
    begin = start
    at = start
    while True:
        at = text.find("|", at, end)
        if at > start and text[at - 1] == "\\":
            pieces.append(Piece(begin, at - 1))
            pieces.append(Piece(at - 1, at + 1, "|"))
            begin = at = at + 1
            continue
        pieces.append(Piece(begin, at if at >= 0 else end))
        if first:
            _append(cells, pieces)
            first = False
        else:
            cells.append(pieces)
        if at < 0:
            return
        pieces = []
        begin = at = at + 1


def _strip(parser: BlockParser, pieces: list[Piece]) -> Block:
    """The cell made of `pieces`; an empty one has no `raw`."""
    source = parser.source
    begin = pieces[0].start
    pieces = [piece for piece in pieces if piece.replacement or piece.start < piece.end]
    if len(pieces) != 1 or pieces[0].replacement is not None:
        if not pieces:
            return Block("td", source.span(begin, begin))
        source = source.derive(pieces)
        pieces = [Piece(0, len(source.text))]
    start, end, _ = pieces[0]
    text = source.text
    while start < end and text[start] in STRIPPED:
        start += 1
    while end > start and text[end - 1] in STRIPPED:
        end -= 1
    cell = Block("td", source.span(start, end))
    if end > start:
        cell.raw = Raw(source, [Piece(start, end)])
    return cell


def _every_line_has_pipe(parser: BlockParser, start: int, end: int) -> bool:
    """Whether each line has a pipe outside of code, the way that kramdown counts lines of spans."""
    text = parser.text
    if text.find("`", start, end) < 0 and text.find("<", start, end) < 0:
        return True
    has_pipe = False
    for is_code, value in table_parts(Raw(parser.source, [Piece(start, end)]), parser.context):
        lines = value.rstrip("\n").split("\n") if value.rstrip("\n") else []
        if is_code:
            if len(lines) > 2 or (len(lines) == 2 and not has_pipe):
                break
            if len(lines) == 2:
                has_pipe = False
            continue
        if len(lines) > 1 and not has_pipe and not _PIPE_CHECK.match(lines[0]):
            break
        if len(lines) > 1:
            has_pipe = False
        has_pipe = has_pipe or (bool(lines) and _PIPE_CHECK.match(lines[-1]) is not None)
    return has_pipe
