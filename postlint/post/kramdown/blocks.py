"""Blocks: kramdown's `parser/kramdown.rb` (parse_blocks) and the files for each block beside it.

The parser reads a text from line to line and tries kramdown's block parsers in kramdown's order. As
there, "at the start of a line" also means: right behind the tag that closed an HTML block.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from postlint.findings import Span
from postlint.post.kramdown import definitions, html_blocks, lists, tables
from postlint.post.kramdown.attributes import ANY, IDENTIFIER, AttributeList
from postlint.post.kramdown.characters import IDENTIFIER as ID_CHARACTER
from postlint.post.kramdown.characters import IDENTIFIER_START, IN_LINE, SPACE, STRIPPED
from postlint.post.kramdown.context import MAXIMUM_DEPTH, Context
from postlint.post.kramdown.lines import (
    ATTRIBUTE_LIST,
    BLANK,
    CODE_END,
    CODE_INDENT,
    END_OF_BLOCK,
    HORIZONTAL_RULE,
    PARAGRAPH_END,
    PARAGRAPH_END_GFM,
    QUOTE_END,
)
from postlint.post.kramdown.tags import ends_paragraph
from postlint.post.kramdown.tree import Block, Raw
from postlint.post.mapped import Mapped, Piece

# A line end is no space to kramdown: behind a mark that stands alone, the heading is the next line.
_ATX = re.compile(r"(#{1,6})[\t ]*([^ \t][^\n]*)\n")
_ATX_GFM = re.compile(r"(#{1,6})[\t ]+([^\n]*)\n")
_ATX_CLOSING = re.compile(r"(?<!\\)#+\Z")
_ATX_CLOSING_GFM = re.compile(r"[\t ]#+\Z")
_SETEXT = re.compile(r" {0,3}([^ \t\n][^\n]*)\n([-=])[-=]*[ \t\r\f\v]*\n")
_HEADING_ID = re.compile(rf"[\t ]\{{#([{IDENTIFIER_START}][{ID_CHARACTER}]*)\}}\Z")
_CODE_LINES = re.compile(rf"(?:(?:\t| {{4}})[ \t]*+[^{SPACE}][^\n]*+\n)+")
_CODE_JOIN = re.compile(rf"\n( {{0,3}}[^{SPACE}])")
_FENCE = re.compile("(~{3,})")
_FENCE_GFM = re.compile(" {0,3}([~`]{3,})")
_INFO = re.compile(rf"[{IN_LINE}]*([^{SPACE}]+)?[{IN_LINE}]*\n")
_FENCE_LINE = re.compile(rf"^ {{0,3}}([~`]{{3,}})[{IN_LINE}]*$", re.MULTILINE)
_QUOTE_MARK = re.compile("^ {0,3}> ?", re.MULTILINE)
_MATH = re.compile(r" {0,3}(\\)?\$\$")
_MATH_LINE_END = re.compile(rf"[{IN_LINE}]*\n")
_EXTENSION = re.compile(
    rf" {{0,3}}(?:\{{::([A-Za-z0-9_]+)(?:[{SPACE}]({ANY}*?)|)(/)?\}}|\{{:/(?:{IDENTIFIER})?\}})[{IN_LINE}]*\n"
)
_NAMED_LIST = re.compile(rf" {{0,3}}\{{:({IDENTIFIER}):({ANY}+)\}}[{IN_LINE}]*\n")

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
        self._fences: list[tuple[int, int]] | None = None
        self._parsers = _GFM_PARSERS if context.options.gfm else _PARSERS
        self._paragraph_end = (
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

    def nested(self, pieces: list[Piece], tree: Block) -> None:
        """Read `pieces` of this text as the content of `tree`."""
        if pieces:
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
        """Where the line begins that ends a paragraph, quote or code block, of which one ends at `position`."""
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
        """Where an indented code block ends, or what a footnote has beside its first line (CODEBLOCK_MATCH)."""
        text = self.text
        while True:
            blank = BLANK.match(text, position)
            lines = _CODE_LINES.match(text, blank.end() if blank else position)
            if lines is None:
                return position
            position = lines.end()
            if position < self.end:
                position = self.lazy_end(CODE_END, position)

    def longest_fence(self, position: int) -> int:
        """The length of the longest fence that stands alone on a line from `position` on."""
        if self._fences is None:
            lines = [(match.start(), len(match[1])) for match in _FENCE_LINE.finditer(self.text)]
            self._fences = lines
        return max((length for start, length in self._fences if start >= position), default=0)

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
            _code(self)
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
        _paragraph(self)
        return False

    def _headings_and_tables(self, mark: str) -> bool:
        text = self.text
        line_end = text.index("\n", self.position)
        if text.startswith(("-", "="), line_end + 1) and self.after_boundary() and _setext(self):
            return True
        if mark in "$\\" and _math(self):
            return True
        return text.find("|", self.position, line_end) >= 0 and self.after_boundary() and tables.parse(self)


def _paragraph(parser: BlockParser) -> bool:
    text = parser.text
    start = parser.position
    end = parser.lazy_end(parser._paragraph_end, text.index("\n", start) + 1)
    parser.position = end
    content_end = end
    while content_end > start and text[content_end - 1] in STRIPPED:
        content_end -= 1
    children = parser.tree.children
    if children and children[-1].kind == "p":
        last = children[-1]
        if last.raw is not None:
            previous = last.raw.pieces
            joiner = "  \n" if text[max(start - 3, 0) : start] == "  \n" else "\n"
            previous.append(Piece(start - len(joiner), start))
            previous.append(Piece(start, content_end))
            last.span = Span(last.span.start, parser.span(start, content_end).end)
            return True
    while start < content_end and text[start] in STRIPPED:
        start += 1
    block = parser.add(Block("p", parser.source.span(start, content_end)))
    block.raw = Raw(parser.source, [Piece(start, content_end)])
    return True


def _code(parser: BlockParser) -> bool:
    start = parser.position
    end = parser.code_end(start)
    data = _CODE_JOIN.sub(r" \1", parser.text[start:end])
    block = parser.new("codeblock", start, end)
    block.value = CODE_INDENT.sub("", data)
    block.content_span = parser.source.span(start, end)
    parser.position = end
    return True


def _fence(parser: BlockParser) -> bool:
    gfm = parser.context.options.gfm
    text = parser.text
    opening = (_FENCE_GFM if gfm else _FENCE).match(text, parser.position)
    if opening is None:
        return False
    fence = opening[1]
    if _INFO.match(text, opening.end()) is None or parser.nowhere(fence[:3], opening.end()):
        return False
    body = text.index("\n", opening.end()) + 1
    length = len(fence)
    closing = _closing_fence(fence, gfm).search(text, body - 1)
    if closing is None:
        # kramdown's expression then takes the last characters of the fence for the info string.
        for length in range(min(length - 1, parser.longest_fence(body)), 2, -1):
            closing = _closing_fence(fence[:length], gfm).search(text, body - 1)
            if closing is not None:
                break
        else:
            return False
    end = closing.start() + 1
    begin = opening.start(1) + length
    language = text[begin : body - 1].strip(" \t\r\f\v")
    block = parser.new("codeblock", parser.position, closing.end())
    block.level = 1
    block.value = text[body:end]
    block.content_span = parser.source.span(body, end)
    if language:
        block.raw = Raw(parser.source, [Piece(begin, body - 1)])
        question = language.find("?", 1)
        block.attributes = {"class": f"language-{language[:question] if question > 0 else language}"}
    parser.position = closing.end()
    return True


_closing_fences: dict[tuple[str, bool], re.Pattern[str]] = {}


def _closing_fence(fence: str, gfm: bool) -> re.Pattern[str]:
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
    pieces: list[Piece] = []
    at = start
    for mark in _QUOTE_MARK.finditer(text[start:end]):
        if start + mark.start() > at:
            pieces.append(Piece(at, start + mark.start()))
        at = start + mark.end()
    pieces.append(Piece(at, end))
    block = parser.new("blockquote", start, end)
    parser.position = end
    parser.nested(pieces, block)
    return True


def _atx(parser: BlockParser) -> bool:
    options = parser.context.options
    quirk = options.gfm and "paragraph_end" in options.gfm_quirks
    match = (_ATX_GFM if options.gfm else _ATX).match(parser.text, parser.position)
    if match is None or not (quirk or parser.after_boundary()):
        return False
    return _heading(parser, match, len(match[1]), _ATX_CLOSING_GFM if quirk else _ATX_CLOSING)


def _setext(parser: BlockParser) -> bool:
    match = _SETEXT.match(parser.text, parser.position)
    return match is not None and _heading(parser, match, 2 if match[2] == "-" else 1, None)


def _heading(parser: BlockParser, match: re.Match[str], level: int, closing: re.Pattern[str] | None) -> bool:
    group = 1 if closing is None else 2
    start = match.start(group)
    written = match[group].rstrip(STRIPPED)
    identifier = _HEADING_ID.search(written)
    if identifier is not None:
        written = written[: identifier.start()].rstrip(STRIPPED)
    marks = closing.search(written) if closing is not None else None
    if marks is not None:
        written = written[: marks.start()].rstrip(STRIPPED)
    if not written:
        return False
    block = parser.new("header", match.start(), match.end())
    block.level = level
    block.raw = Raw(parser.source, [Piece(start, start + len(written))])
    block.value = written
    block.content_span = parser.source.span(start, start + len(written))
    if identifier is not None:
        block.attributes = {"id": identifier[1]}
    parser.position = match.end()
    return True


def _rule(parser: BlockParser) -> bool:
    match = HORIZONTAL_RULE.match(parser.text, parser.position)
    if match is None:
        return False
    parser.new("hr", match.start(), match.end())
    parser.position = match.end()
    return True


def _math(parser: BlockParser) -> bool:
    text = parser.text
    opening = _MATH.match(text, parser.position)
    if opening is None or parser.nowhere("$$", opening.end()) or not parser.after_boundary():
        return False
    closing = text.find("$$", opening.end())
    line_end = _MATH_LINE_END.match(text, closing + 2)
    if opening[1]:
        if line_end is not None:
            parser.position = opening.end(1)
        return False
    start = parser.position
    parser.position = line_end.end() if line_end is not None else closing + 2
    if not parser.before_boundary():
        parser.position = start
        return False
    block = parser.new("math", start, closing + 2)
    value = text[opening.end() : closing]
    block.value = value.strip(STRIPPED)
    begin = opening.end() + len(value) - len(value.lstrip(STRIPPED))
    block.content_span = parser.source.span(begin, begin + len(block.value))
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
    "~": (_fence,),
    ">": (_quote,),
    "#": (_atx,),
    "*": (_rule, lists.parse),
    "-": (_rule, lists.parse),
    "_": (_rule,),
    "+": (lists.parse,),
    ":": (lists.parse_definitions,),
    **dict.fromkeys("0123456789", (lists.parse,)),
}
_GFM_PARSERS: dict[str, tuple[_Parser, ...]] = {**_PARSERS, "`": (_fence,)}
_LATE_PARSERS: dict[str, tuple[_Parser, ...]] = {
    "[": (definitions.footnote, definitions.link),
    "*": (definitions.abbreviation,),
    "{": (_extension,),
    "^": (_end_of_block,),
}
