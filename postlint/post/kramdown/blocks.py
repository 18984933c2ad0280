"""Blocks: kramdown's `parser/kramdown.rb` (parse_blocks) and the files for each block beside it.

The parser reads a text from line to line and tries kramdown's block parsers in kramdown's order. As
there, "at the start of a line" also means: right behind the tag that closed an HTML block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.kramdown import definitions, html_blocks, leaves, lists, tables
from postlint.post.kramdown.attributes import ANY, IDENTIFIER, AttributeList
from postlint.post.kramdown.characters import IN_LINE, SPACE
from postlint.post.kramdown.context import MAXIMUM_DEPTH, Context
from postlint.post.kramdown.lines import (
    ATTRIBUTE_LIST,
    BLANK,
    CODE_END,
    END_OF_BLOCK,
    PARAGRAPH_END,
    PARAGRAPH_END_GFM,
    QUOTE_END,
)
from postlint.post.kramdown.tags import ends_paragraph
from postlint.post.kramdown.tree import Block, Raw, without
from postlint.post.mapped import Mapped, Piece

_CODE_LINES = lazy(rf"(?:(?:\t| {{4}})[ \t]*+[^{SPACE}][^\n]*+\n)+")
_FENCE_LINE = lazy(rf"^ {{0,3}}([~`]{{3,}})[{IN_LINE}]*$", re.MULTILINE)
_QUOTE_MARK = lazy("^ {0,3}> ?", re.MULTILINE)
_EXTENSION = lazy(
    rf" {{0,3}}(?:\{{::([A-Za-z0-9_]+)(?:[{SPACE}]({ANY}*)|)(/)?\}}|\{{:/(?:{IDENTIFIER})?\}})[{IN_LINE}]*\n"
)
_NAMED_LIST = lazy(rf" {{0,3}}\{{:({IDENTIFIER}):({ANY}+)\}}[{IN_LINE}]*\n")

_DEFINITION_MARKS = frozenset(("link_def", "abbrev_def", "footnote_def"))


class BlockParser:
    """Reads the blocks of one text into a tree. `text` ends in a line end."""

    def __init__(self, source: Mapped, context: Context, tree: Block, depth: int = 0) -> None:
        self.source = source
        self.text = source.text
        self.end = len(source.text)
        self.position = 0
        self.context = context
        self.depth = depth
        self.tree = tree
        """The block that is being filled."""
        self.pending: AttributeList | None = None
        """Attributes that stand before the block they are for."""
        self._last: dict[str, int] = {}
        self._unclosed: dict[str, int] = {}
        self._longest_fence: int | None = None
        self._parsers = _GFM_PARSERS if context.options.gfm else _PARSERS
        self.paragraph_end = (
            PARAGRAPH_END_GFM
            if context.options.gfm and "paragraph_end" in context.options.gfm_quirks
            else PARAGRAPH_END
        )

    def parse(self) -> None:
        """Read the text to its end."""
        if self.depth > MAXIMUM_DEPTH:
            self.add_raw(0, self.end)
            return
        while self.position < self.end:
            self._block()

    def parse_inside(self, tree: Block) -> bool:
        """Read on into `tree`, an HTML element, up to its closing tag; False if there is none."""
        outer, pending = self.tree, self.pending
        self.tree, self.pending = tree, None
        self.depth += 1
        closed = False
        while self.position < self.end and not closed:
            closed = self._block()
        self.depth -= 1
        self.tree, self.pending = outer, pending
        return closed

    def nested(self, pieces: Iterable[Piece], tree: Block) -> None:
        """Read `pieces` of this text as the content of `tree`."""
        inner = self.source.derive(pieces)
        if inner.text:
            BlockParser(inner, self.context, tree, self.depth + 1).parse()

    def add(self, block: Block) -> Block:
        """Append a block, giving it the attributes that wait for one."""
        if self.pending is not None:
            block.ial = self.pending
            self.pending = None
        self.tree.children.append(block)
        return block

    def new(self, kind: str, start: int, end: int) -> Block:
        return self.add(Block(kind, self.span(start, end)))

    def mark(self, value: str, start: int, end: int) -> Block:
        """Note where something stood that is no block itself, as it separates what is around it."""
        block = self.new("eob", start, end)
        block.value = value
        return block

    def span(self, start: int, end: int) -> Span:
        """The place in the file of a block that covers `[start, end)`, without the space around it."""
        text = self.text
        while end > start and text[end - 1] in " \t\n":
            end -= 1
        while start < end and text[start] in " \n":
            start += 1
        return self.source.span(start, end)

    def nowhere(self, needle: str, position: int) -> bool:
        """Whether `needle` does not occur from `position` on."""
        last = self._last.get(needle)
        if last is None:
            last = self._last[needle] = self.text.rfind(needle)
        return last < position

    def after_boundary(self) -> bool:
        children = self.tree.children
        if not children or self.pending is not None:
            return True
        last = children[-1]
        return last.kind == "blank" or (last.kind == "eob" and not last.value)

    def before_boundary(self) -> bool:
        position = self.position
        return (
            position >= self.end
            or BLANK.match(self.text, position) is not None
            or END_OF_BLOCK.match(self.text, position) is not None
            or self.attribute_list(position) is not None
        )

    def attribute_list(self, position: int) -> re.Match[str] | None:
        """The attribute list of a block at `position`; group 1 holds its content."""
        return None if self.nowhere("}", position) else ATTRIBUTE_LIST.match(self.text, position)

    def lazy_end(self, pattern: re.Pattern[str], position: int) -> int:
        """Where the line begins that ends a paragraph, quote or code block, a line ends at `position`."""
        search = pattern.search
        at = position - 1
        while True:
            match = search(self.text, at)
            if match is None:
                return self.end
            group = match.lastgroup
            if group is None or (
                ends_paragraph(match["tag"])
                if group == "tag"
                else self.attribute_list(match.start() + 1) is not None
            ):
                return match.start() + 1
            at = match.start() + 1

    def code_end(self, position: int) -> int:
        """Where an indented code block ends, or a footnote, whose first line ends here (CODEBLOCK_MATCH)."""
        text = self.text
        while True:
            blank = BLANK.match(text, position)
            lines = _CODE_LINES.match(text, blank.end() if blank else position)
            if lines is None:
                return position
            position = lines.end()
            if position < self.end:
                position = self.lazy_end(CODE_END, position)

    def closing_fence(self, fence: str, position: int) -> re.Match[str] | None:
        """The line that closes a code block whose first line is at `position`, and the line end before."""
        if position >= self._unclosed.get(fence, self.end + 1):
            return None
        closing = _closing_fence(fence, gfm=self.context.options.gfm).search(self.text, position - 1)
        if closing is None:
            self._unclosed[fence] = position
        return closing

    def longest_fence(self) -> int:
        """The length of the longest fence that stands alone on a line."""
        if self._longest_fence is None:
            self._longest_fence = max((len(match[1]) for match in _FENCE_LINE.finditer(self.text)), default=0)
        return self._longest_fence

    def add_raw(self, start: int, end: int) -> None:
        """Add text that is in no block."""
        children = self.tree.children
        if children and children[-1].kind == "raw_text" and children[-1].raw is not None:
            last = children[-1]
            if last.raw is not None and last.raw.source is self.source:
                last.raw.pieces.append(Piece(start, end))
                last.span = Span(last.span.start, self.span(start, end).end)
                return
        block = Block("raw_text", self.span(start, end))
        block.raw = Raw(self.source, [Piece(start, end)])
        children.append(block)

    def _block(self) -> bool:
        """Read one block. True if it was the tag that closes the HTML element being read."""
        text = self.text
        position = self.position
        blank = BLANK.match(text, position)
        if blank is not None:
            end = blank.end()
            if not (self.tree.children and self.tree.children[-1].kind == "blank"):
                self.new("blank", position, end).value = text[position:end]
            else:
                self.tree.children[-1].value += text[position:end]
            self.position = end
            return False
        first = text[position]
        if first == "\t" or text.startswith("    ", position):
            leaves.code(self)
            return False
        indent = position
        while text[indent] == " ":
            indent += 1
        mark = text[indent]
        if mark == "<":
            found = html_blocks.parse(self)
            if found is not None:
                return found
        for parser in self._parsers.get(mark, ()):
            if parser(self):
                return False
        if mark == "\t":
            end = text.index("\n", position) + 1
            self.add_raw(position, end)
            self.position = end
            return False
        if self._headings_and_tables(mark):
            return False
        for parser in _LATE_PARSERS.get(mark, ()):
            if parser(self):
                return False
        leaves.paragraph(self)
        return False

    def _headings_and_tables(self, mark: str) -> bool:
        text = self.text
        line_end = text.index("\n", self.position)
        if (
            text.startswith(("-", "="), line_end + 1)
            and self.after_boundary()
            and leaves.setext_heading(self)
        ):
            return True
        if mark in "$\\" and leaves.math(self):
            return True
        return text.find("|", self.position, line_end) >= 0 and self.after_boundary() and tables.parse(self)


_closing_fences: dict[tuple[str, bool], re.Pattern[str]] = {}


def _closing_fence(fence: str, *, gfm: bool) -> re.Pattern[str]:
    pattern = _closing_fences.get((fence, gfm))
    if pattern is None:
        if len(_closing_fences) > 100:
            _closing_fences.clear()
        indent = " {0,3}" if gfm else ""
        pattern = re.compile(rf"\n{indent}{fence}{fence[-1]}*+[{IN_LINE}]*\n")
        _closing_fences[fence, gfm] = pattern
    return pattern


def _quote(parser: BlockParser) -> bool:
    text = parser.text
    start = parser.position
    end = parser.lazy_end(QUOTE_END, text.index("\n", start) + 1)
    block = parser.new("blockquote", start, end)
    parser.position = end
    parser.nested(without(_QUOTE_MARK, text, start, end), block)
    return True


def _end_of_block(parser: BlockParser) -> bool:
    match = END_OF_BLOCK.match(parser.text, parser.position)
    if match is None:
        return False
    parser.mark("", match.start(), match.end())
    parser.position = match.end()
    return True


def _extension(parser: BlockParser) -> bool:
    text = parser.text
    start = parser.position
    if parser.nowhere("}", start):
        return False
    match = _NAMED_LIST.match(text, start)
    if match is not None:
        parser.context.named_lists.setdefault(match[1], AttributeList()).add(match[2])
        parser.position = match.end()
        parser.mark("ald", start, match.end())
        return True
    match = _EXTENSION.match(text, start)
    if match is not None:
        return definitions.block_extension(parser, match)
    match = ATTRIBUTE_LIST.match(text, start)
    if match is None:
        return False
    parser.position = match.end()
    children = parser.tree.children
    last = children[-1] if children else None
    if last is not None and last.kind != "blank" and (last.kind != "eob" or last.value in _DEFINITION_MARKS):
        if last.ial is None:
            last.ial = AttributeList()
        last.ial.add(match[1])
        if parser.attribute_list(parser.position) is None:
            parser.mark("ial", start, match.end())
    else:
        if parser.pending is None:
            parser.pending = AttributeList()
        parser.pending.add(match[1])
    return True


_Parser = Callable[[BlockParser], bool]

# By the first character that is no space, in kramdown's order.
_PARSERS: dict[str, tuple[_Parser, ...]] = {
    "~": (leaves.fence,),
    ">": (_quote,),
    "#": (leaves.atx_heading,),
    "*": (leaves.rule, lists.parse),
    "-": (leaves.rule, lists.parse),
    "_": (leaves.rule,),
    "+": (lists.parse,),
    ":": (lists.parse_definitions,),
    **dict.fromkeys("0123456789", (lists.parse,)),
}
_GFM_PARSERS: dict[str, tuple[_Parser, ...]] = {**_PARSERS, "`": (leaves.fence,)}
_LATE_PARSERS: dict[str, tuple[_Parser, ...]] = {
    "[": (definitions.footnote, definitions.link),
    "*": (definitions.abbreviation,),
    "{": (_extension,),
    "^": (_end_of_block,),
}
