"""HTML within text: `parse_span_html` in kramdown's `parser/kramdown/html.rb`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.patterns import lazy
from postlint.post.kramdown.characters import NAME, is_name
from postlint.post.kramdown.context import MAXIMUM_DEPTH
from postlint.post.kramdown.scope import Scope
from postlint.post.kramdown.symbols import resolved
from postlint.post.kramdown.tags import (
    BLOCK_ELEMENTS,
    VOID_ELEMENTS,
    Tag,
    closing_pattern,
    closing_tag,
    content_model,
    opening_tag,
)
from postlint.post.nodes import HtmlComment, HtmlElement

if TYPE_CHECKING:
    from postlint.post.kramdown.spans import SpanParser

_HTML_START = lazy(rf"<(?:!--|/|({NAME}))")
_LINE_ENDS = lazy("\n+")
TAGS_ONLY = lazy("<")


def parse(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    start = _HTML_START.match(text, at)
    if start is None or (start[1] is not None and not is_name(start[1][0])):
        return False
    if text.startswith("<!--", at) and parser.last("-->") >= at + 4:
        end = text.index("-->", at + 4) + 3
        scope.add_node(HtmlComment(parser.place.span(at, end)))
        parser.position = end
        return True
    closing = closing_tag(text, at)
    if closing is not None:
        scope.add(at, closing[1])
        parser.position = closing[1]
        return True
    tag = opening_tag(text, at)
    if tag is None or scope.depth >= MAXIMUM_DEPTH:
        scope.add(at, at + 1)
        parser.position = at + 1
    elif tag.name in BLOCK_ELEMENTS:
        written = text[at : tag.end]
        if "&" in written:
            scope.add_value(at, tag.end, resolved(written), sign=False)
        else:
            scope.add(at, tag.end)
        parser.position = tag.end
    else:
        _element(parser, scope, tag)
    return True


def _element(parser: SpanParser, scope: Scope, tag: Tag) -> None:
    attributes = {
        attribute.name: resolved(_LINE_ENDS.sub(" ", attribute.value)) for attribute in tag.attributes
    }
    model = content_model(tag.name)
    parsed = model != "raw" and not scope.raw and parser.context.parse_span_html
    wanted = attributes.pop("markdown", None)
    if wanted == "span":
        parsed = True
    elif wanted == "1":
        parsed = model != "raw"
    elif wanted == "0":
        parsed = False
    place = parser.place
    inner = parser.inner(scope)
    inner.raw = not parsed
    inner.breaks = False
    parser.position = tag.end
    if not tag.closed and tag.name not in VOID_ELEMENTS:
        closing = closing_pattern(tag.name, tag.known)
        text = parser.text

        def closes(position: int) -> bool:
            return text[position] == "<" and closing.match(text, position) is not None

        if parser.run(inner, closes, None if parsed else TAGS_ONLY):
            match = closing.match(text, parser.position)
            if match is not None:
                parser.position = match.end()
        else:
            inner.add(parser.position, parser.end)
            parser.position = parser.end
        inner.flush(last=True)
    scope.add_node(
        HtmlElement(
            place.span(tag.start, parser.position),
            name=tag.name,
            opening_span=place.span(tag.start, tag.end),
            block=False,
            raw=not parsed,
            attribute_spans=tag.value_spans(place.source) if tag.attributes else {},
            children=inner.children,
            attributes=attributes,
        )
    )
