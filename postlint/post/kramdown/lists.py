"""Lists and definition lists: kramdown's `parser/kramdown/list.rb`; task lists as in GFM's `gfm.rb`.

A public function takes its block where one begins at the parser's `position`, an offset into its `text`: it
adds to the parser's tree, moves the position on and returns True. Elsewhere it returns False.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cache
from typing import TYPE_CHECKING

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.kramdown.attributes import AttributeList
from postlint.post.kramdown.characters import IN_LINE, SPACE
from postlint.post.kramdown.lines import (
    BLANK,
    DEFINITION_MARK,
    END_OF_BLOCK,
    HORIZONTAL_RULE,
    ITEM_ATTRIBUTES,
    LIST_MARK,
    ORDERED,
    UNORDERED,
)
from postlint.post.kramdown.tags import LAZY_END, ends_paragraph
from postlint.post.kramdown.tree import Block, Raw
from postlint.post.mapped import Piece

if TYPE_CHECKING:
    from postlint.post.kramdown.blocks import BlockParser

_NOT_BLANK = rf"[{IN_LINE}]*+[^{SPACE}][^\n]*\n"
_LINE = lazy(_NOT_BLANK)
_TABS = lazy("\t+")
_SPACES_AND_TABS = lazy("( *)(\t+)")
_ATTRIBUTES_ONLY = lazy(rf"(?:{ITEM_ATTRIBUTES.pattern})?[{SPACE}]*\n")
_TASK = lazy(rf"[{SPACE}]*\[([ xX])\][{SPACE}]+")
_BOX = '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />'
_TICKED = '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />'

_MARKS = {
    "ul": [lazy(rf"( {{0,{spaces}}}[-+*])[\t| ]") for spaces in range(4)],
    "ol": [lazy(rf"( {{0,{spaces}}}[0-9]+\.)[\t| ]") for spaces in range(4)],
    "dl": [lazy(rf"( {{0,{spaces}}}:)[\t| ]") for spaces in range(4)],
}
"""By the width of the indent that the mark of the next item may have at most."""


@cache
def _lazy_end(spaces: int) -> re.Pattern[str]:
    """What ends an item's lazy lines, indented by `spaces` at most; compiled when an item has such lines."""
    return re.compile(rf" {{0,{spaces}}}(?:(?P<ial>\{{:(?![:/]))|{LAZY_END})")


class _Item:
    """An item being gathered: its lines are found first, its blocks read when all items are known."""

    def __init__(self, kind: str, start: int) -> None:
        self.block = Block(kind, Span(0, 0))
        self.start = start
        self.parts: list[list[Piece]] = [[]]
        """Pieces of the text; each part is parsed on its own, as a nested list ends what is before it."""
        self.indentation = 0

    @property
    def last(self) -> list[Piece]:
        return self.parts[-1]


class _Line(NamedTuple):
    """A line that goes on with an item, without the item's indent."""

    pieces: list[Piece]
    had_indent: bool
    visible: str
    """How it begins."""


class _Items:
    """The items of a list, being gathered line by line from the parser's position on."""

    def __init__(self, parser: BlockParser, kind: str, mark: re.Pattern[str]) -> None:
        self._parser = parser
        self._text = parser.text
        self._kind = kind
        self._mark = mark
        """What the next item may begin with."""
        self.items: list[_Item] = []
        self.position = parser.position
        self.after_blank = False

    @property
    def last(self) -> _Item:
        return self.items[-1]

    def take_mark(self) -> bool:
        """Takes the line with which an item begins."""
        mark = self._mark.match(self._text, self.position)
        if mark is None:
            return False
        item = _Item("dd" if self._kind == "dl" else "li", self.position)
        self.items.append(item)
        self.position = _first_line(self._parser, item, mark)
        self._mark = _MARKS[self._kind][min(item.indentation - 1, 3)]
        self.after_blank = False
        return True

    def take_line(self) -> _Line | None:
        """Takes a line that is not blank and goes on with the last item; None where there is none."""
        text, position, indentation = self._text, self.position, self.last.indentation
        line = _LINE.match(text, position)
        if line is None:
            return None
        if not _expand(text, position, indentation) and (
            self.after_blank or _is_lazy_end(self._parser, position, indentation)
        ):
            return None
        self.position = line.end()
        self.after_blank = False
        return _strip_indent(text, position, line.end(), indentation)

    def take_blank(self) -> bool:
        """Takes blank lines, which go on with the last item."""
        blank = BLANK.match(self._text, self.position)
        if blank is None:
            return False
        self.last.last.append(Piece(self.position, blank.end()))
        self.position = blank.end()
        self.after_blank = True
        return True

    def read(self, block: Block) -> None:
        """Makes the items children of `block`, and reads what they hold."""
        stops = [item.start for item in self.items[1:]]
        for item, stop in zip(self.items, (*stops, self.position), strict=True):
            item.block.span = self._parser.span(item.start, stop)
            block.children.append(item.block)
            for part in item.parts:
                self._parser.nested(part, item.block)


def parse(parser: BlockParser) -> bool:
    """Takes an ordered or unordered list, with all that its items hold."""
    text, start = parser.text, parser.position
    kind, mark = ("ul", UNORDERED) if UNORDERED.match(text, start) else ("ol", ORDERED)
    if mark.match(text, start) is None:
        return False
    block = Block(kind, Span(0, 0))
    if parser.pending is not None:
        block.ial, parser.pending = parser.pending, None
    gathered = _Items(parser, kind, mark)
    ended = _gather(gathered, parser)
    block.span = parser.span(start, gathered.position)
    parser.tree.children.append(block)
    parser.position = gathered.position
    gathered.read(block)
    trailing = _make_tight(block, ended)
    if trailing is not None and not ended:
        parser.tree.children.append(trailing)
    if parser.context.options.gfm:
        _make_tasks(block)
    return True


def _gather(gathered: _Items, parser: BlockParser) -> bool:
    """Takes all lines of a list; whether a mark for the end of a block ended it."""
    text, end = parser.text, parser.end
    nested_list = False
    while gathered.position < end:
        if gathered.after_blank and HORIZONTAL_RULE.match(text, gathered.position):
            return False
        found = END_OF_BLOCK.match(text, gathered.position)
        if found is not None:
            gathered.position = found.end()
            return True
        if gathered.take_mark():
            first = gathered.last.last
            nested_list = bool(first) and LIST_MARK.match(text, first[0].start) is not None
        elif (line := gathered.take_line()) is not None:
            nested_list = _add_line(gathered.last, line, nested_list=nested_list)
        elif gathered.take_blank():
            nested_list = True
        else:
            return False
    return False


def _add_line(item: _Item, line: _Line, *, nested_list: bool) -> bool:
    """Adds a line to `item`; whether a nested list may go on behind it."""
    marked = LIST_MARK.match(line.visible) is not None
    if marked and line.had_indent and not nested_list:
        item.parts.append([])
        nested_list = True
    elif marked and not line.had_indent and nested_list:
        start = line.pieces[0].start
        line.pieces.insert(0, Piece(start, start, " " * (item.indentation + 4)))
    item.last.extend(line.pieces)
    return nested_list


def _first_line(parser: BlockParser, item: _Item, mark: re.Match[str]) -> int:
    """Take in the line with an item's mark; returns where the next line begins."""
    text = parser.text
    start = mark.end(1)
    end = text.index("\n", start) + 1
    indentation = len(mark[1])
    content = start
    if _ATTRIBUTES_ONLY.fullmatch(text, start, end):
        indentation = 4
    else:
        spaces = text[start:end]
        while True:
            tabs = _SPACES_AND_TABS.match(spaces)
            if tabs is None:
                break
            column = len(tabs[1]) + indentation
            spaces = tabs[1] + " " * (4 - column % 4 + (len(tabs[2]) - 1) * 4) + spaces[tabs.end() :]
        indentation += len(spaces) - len(spaces.lstrip(" "))
    item.indentation = indentation
    while content < end and text[content] in " \t\n\r\f\v":
        content += 1
    attributes = ITEM_ATTRIBUTES.match(text, content, end)
    if attributes is not None:
        item.block.ial = AttributeList()
        item.block.ial.add(attributes[1])
        content = attributes.end()
    if content < end:
        item.last.append(Piece(content, end))
    return end


def _expand(text: str, position: int, indentation: int) -> bool:
    """Whether a line is indented enough to belong to an item: by tabs or fours of spaces, then spaces."""
    fours, rest = divmod(indentation, 4)
    at = position
    for _ in range(fours):
        if text.startswith("\t", at):
            at += 1
        elif text.startswith("    ", at):
            at += 4
        else:
            return False
    return text.startswith((" " * rest, "\t", "    "), at)


def _is_lazy_end(parser: BlockParser, position: int, indentation: int) -> bool:
    match = _lazy_end(min(indentation, 3)).match(parser.text, position)
    if match is None:
        return False
    if match.lastgroup == "tag":
        return ends_paragraph(match["tag"])
    return parser.attribute_list(match.start("ial")) is not None


def _strip_indent(text: str, start: int, end: int, indentation: int) -> _Line:
    """A line without the indent of its item."""
    tabs = _TABS.match(text, start)
    if tabs is None:
        removed = text.startswith(" " * indentation, start)
        if removed:
            start += indentation
        return _Line([Piece(start, end)], removed, text[start:end])
    width = 4 * (tabs.end() - start)
    after = tabs.end()
    if width >= indentation:
        spaces = " " * (width - indentation)
        return _Line([Piece(start, after, spaces), Piece(after, end)], True, spaces + text[after:end])
    missing = indentation - width
    if text.startswith(" " * missing, after):
        return _Line([Piece(after + missing, end)], True, text[after + missing : end])
    spaces = " " * width
    return _Line([Piece(start, after, spaces), Piece(after, end)], False, spaces + text[after:end])


def _make_tight(block: Block, ended: bool) -> Block | None:
    """Decide which items have their first paragraph without `<p>`; returns the blank line behind the list."""
    items = block.children
    trailing: Block | None = None
    for number, item in enumerate(items):
        children = item.children
        if not children:
            continue
        first = children[0]
        is_last = number + 1 == len(items)
        if first.kind == "p" and len(children) >= 2 and children[1].kind == "eob" and first.ial is not None:
            del children[1]
        if (
            first.kind == "p"
            and (
                len(children) < 2
                or children[1].kind != "blank"
                or (is_last and len(children) == 2 and not ended)
            )
            and (not is_last or len(items) == 1 or any(map(_is_tight, items[:-1])))
        ):
            if len(children) > 1 and children[1].kind != "blank":
                _add_line_end(first)
            first.transparent = True
        trailing = children.pop() if children[-1].kind == "blank" else None
    return trailing


def _is_tight(item: Block) -> bool:
    return not item.children or item.children[0].kind != "p" or item.children[0].transparent


def _add_line_end(paragraph: Block) -> None:
    if paragraph.raw is not None:
        end = paragraph.raw.pieces[-1].end
        paragraph.raw.pieces.append(Piece(end, end, "\n"))


def _make_tasks(block: Block) -> None:
    found = False
    for item in block.children:
        if not item.children or item.children[0].kind != "p":
            continue
        raw = item.children[0].raw
        if raw is not None:
            box = _TASK.match(raw.text())
            if box is not None:
                found = True
                source = raw.source.derive(raw.pieces)
                ticked = box[1] != " "
                raw.source = source
                raw.pieces = [
                    Piece(0, box.end(), _TICKED if ticked else _BOX),
                    Piece(box.end(), len(source.text)),
                ]
        if found:
            item.attributes = {"class": "task-list-item"}
    if found:
        block.attributes = {"class": "task-list"}


def parse_definitions(parser: BlockParser) -> bool:
    """Takes what a definition mark begins; the paragraph before it becomes the terms."""
    children = parser.tree.children
    if DEFINITION_MARK.match(parser.text, parser.position) is None or not children:
        return False
    loose = children[-1].kind == "blank" and children[-1].value == "\n" and len(children) >= 2
    paragraph = children[-2] if loose else children[-1]
    if paragraph.kind != "p" or paragraph.raw is None:
        return False
    del children[-2 if loose else -1 :]
    start = parser.position
    block = Block("dl", Span(0, 0))
    parser.pending = None
    block.ial = paragraph.ial
    _add_terms(block, paragraph.raw)
    gathered = _Items(parser, "dl", DEFINITION_MARK)
    loose_items = _gather_definitions(gathered, parser, loose=loose)
    parser.position = gathered.position
    gathered.read(block)
    block.span = Span(paragraph.span.start, parser.span(start, gathered.position).end)
    trailing = _make_definitions_tight(gathered.items, loose_items)
    if children and children[-1].kind == "blank" and len(children) >= 2 and children[-2].kind == "dl":
        children.pop()
    if children and children[-1].kind == "dl":
        children[-1].children.extend(block.children)
        children[-1].span = Span(children[-1].span.start, block.span.end)
    else:
        children.append(block)
    if trailing is not None:
        children.append(trailing)
    return True


def _gather_definitions(gathered: _Items, parser: BlockParser, *, loose: bool) -> set[Block]:
    """Takes all lines of the definitions; returns those before which a blank line stands."""
    loose_items: set[Block] = set()
    while gathered.position < parser.end:
        is_loose = gathered.after_blank if gathered.items else loose
        if gathered.take_mark():
            if is_loose:
                loose_items.add(gathered.last.block)
            continue
        if END_OF_BLOCK.match(parser.text, gathered.position):
            break
        line = gathered.take_line()
        if line is not None:
            gathered.last.last.extend(line.pieces)
        elif not gathered.take_blank():
            break
    return loose_items


def _make_definitions_tight(items: Iterable[_Item], loose_items: Container[Block]) -> Block | None:
    """Takes the blank lines behind what definitions hold away; returns those behind the last one."""
    trailing: Block | None = None
    for item in items:
        content = item.block.children
        if not content:
            continue
        trailing = content.pop() if content[-1].kind == "blank" else None
        if content and content[0].kind == "p" and item.block not in loose_items:
            if len(content) > 1:
                _add_line_end(content[0])
            content[0].transparent = True
    return trailing


def _add_terms(block: Block, raw: Raw) -> None:
    """Make a term of each line of the paragraph above the definitions."""
    source = raw.source.derive(raw.pieces)
    start = 0
    for line in source.text.rstrip("\n").split("\n"):
        end = start + len(line)
        term = Block("dt", source.span(start, end))
        attributes = ITEM_ATTRIBUTES.match(source.text, start, end)
        content = start
        if attributes is not None:
            term.ial = AttributeList()
            term.ial.add(attributes[1])
            content = attributes.end()
        term.raw = Raw(source, [Piece(content, end)])
        term.value = source.text[content:end]
        block.children.append(term)
        start = end + 1
