"""HTML between blocks: kramdown's `parser/kramdown/html.rb` and `parse_raw_html` in `parser/html.rb`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.kramdown.context import MAXIMUM_DEPTH
from postlint.post.kramdown.tags import (
    KNOWN_ELEMENTS,
    SPAN_ELEMENTS,
    VOID_ELEMENTS,
    Tag,
    closing_pattern,
    closing_tag,
    content_model,
    opening_tag,
    requested_model,
)
from postlint.post.kramdown.tree import Block, Raw
from postlint.post.mapped import Piece

if TYPE_CHECKING:
    from postlint.post.kramdown.blocks import BlockParser

_LINE_END = lazy(r"[ \t]*\n")
_RAW_START = lazy(r"<[^\W\d]|<[/?]|<!--")


def parse(parser: BlockParser) -> bool | None:
    """Read HTML at the start of a line.

    Returns None if there is none, False if there was, True if it was the tag that closes the element
    that is being read.
    """
    text, start = parser.text, parser.position
    if text.startswith("<!--", start):
        end = _comment_end(parser, start)
        if end is not None:
            parser.tree.children.append(Block("xml_comment", parser.source.span(start, end)))
            parser.position = end
            _skip_line_end(parser)
            return False
    at = text.index("<", start)
    tag = opening_tag(text, at)
    if tag is not None:
        if tag.name.lower() in SPAN_ELEMENTS:
            return None
        parser.position = tag.end
        _element(parser, tag, parser.tree)
        return False
    closing = closing_tag(text, at)
    if closing is None:
        return None
    name, end = closing
    name = name.lower()
    element = parser.tree.tag
    if name in SPAN_ELEMENTS or element is None or element.name != name:
        return None
    parser.position = end
    return True


def _element(parser: BlockParser, tag: Tag, tree: Block) -> None:
    """Read the element that `tag` opens into `tree`, up to behind its closing tag."""
    block = Block("html_element", parser.source.span(tag.start, tag.end))
    block.tag = tag
    block.attribute_spans = tag.value_spans(parser.source)
    block.content_span = block.span
    if parser.pending is not None:
        block.ial, parser.pending = parser.pending, None
    within_raw = tree.kind == "html_element" and tree.value == "raw"
    model = content_model(tag.name) if parser.context.parse_block_html and not within_raw else "raw"
    model = requested_model(tag) or model
    if model == "block" and parser.depth >= MAXIMUM_DEPTH:
        model = "raw"
    block.value = model
    tree.children.append(block)
    if tag.name in ("script", "style"):
        end = _closing_or_end(parser, tag)
        _add_text(parser, block, parser.position, end)
        parser.position = end
        _skip_closing(parser)
        if model == "block":
            _skip_line_end(parser)
    else:
        if model == "block":
            _skip_line_end(parser)
        if tag.closed or tag.name in VOID_ELEMENTS:
            return
        if model == "block":
            parser.parse_inside(block)
        elif model == "span":
            end = _closing_or_end(parser, tag)
            if end > parser.position:
                content = Block("raw_text", parser.span(parser.position, end))
                content.raw = Raw(parser.source, [Piece(parser.position, end)])
                block.children.append(content)
            parser.position = end
            _skip_closing(parser)
        else:
            _raw(parser, block)
        if not within_raw:
            end = parser.position
            _skip_line_end(parser)
            block.span = Span(block.span.start, parser.source.span(tag.start, end).end)
            return
    block.span = Span(block.span.start, parser.source.span(tag.start, parser.position).end)


def _raw(parser: BlockParser, root: Block) -> None:
    """Read what stands as it is, up to the tag that closes `root`."""
    text, source = parser.text, parser.source
    stack = [root]
    tags = [root.tag]
    parser.depth += 1
    while stack:
        start = parser.position
        tree = stack[-1]
        match = _RAW_START.search(text, start)
        if match is None:
            _add_text(parser, tree, start, parser.end)
            parser.position = parser.end
            break
        at = match.start()
        if at > start:
            _add_text(parser, tree, start, at)
        tag = opening_tag(text, at)
        if tag is not None:
            parser.position = tag.end
            if parser.depth >= MAXIMUM_DEPTH or _holds_raw(tag):
                block = Block("html_element", source.span(tag.start, tag.end))
                block.tag, block.value, block.content_span = tag, "raw", block.span
                block.attribute_spans = tag.value_spans(source)
                tree.children.append(block)
                # Beyond the depth that readers of the tree can bear, elements lie side by side.
                if not (tag.closed or tag.name in VOID_ELEMENTS):
                    stack.append(block if parser.depth < MAXIMUM_DEPTH else tree)
                    tags.append(tag)
                    parser.depth += 1
            else:
                _element(parser, tag, tree)
            continue
        closing = closing_tag(text, at)
        if closing is not None:
            name, end = closing
            parser.position = end
            open_tag = tags[-1]
            if open_tag is not None and open_tag.name == (
                name.lower() if open_tag.name in KNOWN_ELEMENTS else name
            ):
                closed = stack.pop()
                tags.pop()
                parser.depth -= 1
                if closed.tag is open_tag:
                    closed.span = Span(closed.span.start, source.span(at, end).end)
            else:
                _add_text(parser, tree, at, end)
            continue
        end_of_other = (
            _comment_end(parser, at) if text.startswith("<!--", at) else _instruction_end(parser, at)
        )
        if end_of_other is not None:
            tree.children.append(Block("xml_comment", source.span(at, end_of_other)))
            parser.position = end_of_other
        else:
            _add_text(parser, tree, at, at + 1)
            parser.position = at + 1
    parser.depth -= len(stack)
    for block in stack:
        block.span = Span(block.span.start, source.span(parser.position, parser.position).end)


def _holds_raw(tag: Tag) -> bool:
    if tag.closed or tag.name in VOID_ELEMENTS or tag.name in ("script", "style"):
        return False
    return requested_model(tag) in (None, "raw")


def _comment_end(parser: BlockParser, start: int) -> int | None:
    if parser.nowhere("-->", start + 4):
        return None
    return parser.text.index("-->", start + 4) + 3


def _instruction_end(parser: BlockParser, start: int) -> int | None:
    if not parser.text.startswith("<?", start) or parser.nowhere("?>", start + 2):
        return None
    return parser.text.index("?>", start + 2) + 2


def _closing_or_end(parser: BlockParser, tag: Tag) -> int:
    match = closing_pattern(tag.name, known=True).search(parser.text, parser.position)
    return match.start() if match else parser.end


def _skip_closing(parser: BlockParser) -> None:
    if parser.position < parser.end:
        closing = closing_tag(parser.text, parser.position)
        if closing is not None:
            parser.position = closing[1]


def _skip_line_end(parser: BlockParser) -> None:
    match = _LINE_END.match(parser.text, parser.position)
    if match is not None:
        parser.position = match.end()


def _add_text(parser: BlockParser, tree: Block, start: int, end: int) -> None:
    if start >= end:
        return
    span = parser.source.span(start, end)
    children = tree.children
    if children and children[-1].kind == "text":
        last = children[-1]
        last.value += parser.text[start:end]
        last.span = Span(last.span.start, span.end)
        return
    block = Block("text", span)
    block.value = parser.text[start:end]
    children.append(block)
