"""Blocks that hold text but no blocks: paragraphs, headings, code, rules, formulas.

Settled by `paragraph.rb`, `header.rb`, `codeblock.rb`, `horizontal_rule.rb`, `math.rb` of kramdown's
`parser/kramdown/`, and by kramdown-parser-gfm's `gfm.rb`.

A public function takes its block where one begins at the parser's `position`, an offset into its `text`: it
adds to the parser's tree, moves the position on and returns True. Elsewhere it returns False.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.kramdown.characters import IDENTIFIER, IDENTIFIER_START, IN_LINE, SPACE, STRIPPED
from postlint.post.kramdown.lines import CODE_INDENT, HORIZONTAL_RULE
from postlint.post.kramdown.tree import Block, Raw
from postlint.post.mapped import Piece

if TYPE_CHECKING:
    from postlint.post.kramdown.blocks import BlockParser

# A line end is no space to kramdown: behind a mark that stands alone, the heading is the next line.
_ATX = lazy(r"(#{1,6})[\t ]*([^ \t][^\n]*)\n")
_ATX_GFM = lazy(r"(#{1,6})[\t ]+([^\n]*)\n")
_ATX_CLOSING = lazy(r"(?<!\\)#+\Z")
_ATX_CLOSING_GFM = lazy(r"[\t ]#+\Z")
_SETEXT = lazy(r" {0,3}([^ \t\n][^\n]*)\n([-=])[-=]*[ \t\r\f\v]*\n")
_CODE_JOIN = lazy(rf"\n( {{0,3}}[^{SPACE}])")
_FENCE = lazy("(~{3,})")
_FENCE_GFM = lazy(" {0,3}([~`]{3,})")
_INFO = lazy(rf"[{IN_LINE}]*([^{SPACE}]+)?[{IN_LINE}]*\n")
_MATH = lazy(r" {0,3}(\\)?\$\$")
_MATH_LINE_END = lazy(rf"[{IN_LINE}]*\n")


@cache
def _heading_id() -> re.Pattern[str]:
    """`{#id}` at the end of a heading; slow to compile, and rare."""
    return re.compile(rf"[\t ]\{{#([{IDENTIFIER_START}][{IDENTIFIER}]*)\}}\Z")


def paragraph(parser: BlockParser) -> bool:
    text = parser.text
    start = parser.position
    end = parser.lazy_end(parser.paragraph_end, text.index("\n", start) + 1)
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


def code(parser: BlockParser) -> bool:
    start = parser.position
    end = parser.code_end(start)
    if end == start:
        # A form feed behind the indent: kramdown finds no code, and looks for it for ever.
        end = parser.text.index("\n", start) + 1
        parser.add_raw(start, end)
        parser.position = end
        return True
    data = _CODE_JOIN.sub(r" \1", parser.text[start:end])
    block = parser.new("codeblock", start, end)
    block.value = CODE_INDENT.sub("", data)
    block.content_span = parser.source.span(start, end)
    parser.position = end
    return True


def fence(parser: BlockParser) -> bool:
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
    closing = parser.closing_fence(fence, body)
    if closing is None:
        # kramdown's expression then takes the last characters of the fence for the info string.
        for shorter in range(min(length - 1, parser.longest_fence()), 2, -1):
            length = shorter
            closing = parser.closing_fence(fence[:length], body)
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


def atx_heading(parser: BlockParser) -> bool:
    options = parser.context.options
    quirk = options.gfm and "paragraph_end" in options.gfm_quirks
    match = (_ATX_GFM if options.gfm else _ATX).match(parser.text, parser.position)
    if match is None or not (quirk or parser.after_boundary()):
        return False
    return _heading(parser, match, len(match[1]), _ATX_CLOSING_GFM if quirk else _ATX_CLOSING)


def setext_heading(parser: BlockParser) -> bool:
    match = _SETEXT.match(parser.text, parser.position)
    return match is not None and _heading(parser, match, 2 if match[2] == "-" else 1, None)


def _heading(parser: BlockParser, match: re.Match[str], level: int, closing: re.Pattern[str] | None) -> bool:
    group = 1 if closing is None else 2
    start = match.start(group)
    written = match[group].rstrip(STRIPPED)
    identifier = _heading_id().search(written) if written.endswith("}") else None
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


def rule(parser: BlockParser) -> bool:
    match = HORIZONTAL_RULE.match(parser.text, parser.position)
    if match is None:
        return False
    parser.new("hr", match.start(), match.end())
    parser.position = match.end()
    return True


def math(parser: BlockParser) -> bool:
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
