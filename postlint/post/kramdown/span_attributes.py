"""Attribute lists and extensions within text: `parse_span_extensions` in kramdown's `extensions.rb`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postlint.patterns import lazy
from postlint.post.kramdown.attributes import ANY, IDENTIFIER, AttributeList
from postlint.post.kramdown.characters import SPACE
from postlint.post.kramdown.definitions import extension_body, extension_parts
from postlint.post.kramdown.scope import Scope
from postlint.post.kramdown.symbols import resolved
from postlint.post.nodes import HtmlComment, Image, Link, Node, RawOutput

if TYPE_CHECKING:
    from postlint.post.kramdown.spans import SpanParser

_EXTENSION = lazy(rf"\{{::([A-Za-z0-9_]+)(?:[{SPACE}]({ANY}*)|)(/)?\}}|\{{:/(?:{IDENTIFIER})?\}}")
_ATTRIBUTE_LIST = lazy(rf"\{{:({ANY}+)\}}")


def parse(parser: SpanParser, scope: Scope, at: int) -> bool:
    """An extension or attribute list, at `{:`."""
    text = parser.text
    if not text.startswith("{:", at):
        return False
    parser.position = at + 1
    if parser.last("}") > at:
        match = _EXTENSION.match(text, at)
        if match is not None:
            if match[1] is None or not _extension(parser, scope, match):
                scope.add(at, at + 1)
                parser.position = at + 1
            return True
        match = _ATTRIBUTE_LIST.match(text, at)
        if match is not None and (scope.ends_in_node or scope.symbol_last):
            if scope.ends_in_node:
                attributes = AttributeList()
                attributes.add(match[1])
                node = scope.children[-1]
                values = dict(node.attributes)
                attributes.apply(values, parser.context.named_lists)
                _set(node, values)
            parser.position = match.end()
            return True
    scope.add(at, at + 1)
    return True


def _set(node: Node, attributes: dict[str, str]) -> None:
    """Give a node attributes; some of them say the same as fields do, and win."""
    if "&" in "".join(attributes.values()):
        attributes = {name: resolved(value) for name, value in attributes.items()}
    node.attributes = attributes
    if isinstance(node, Link):
        node.destination = attributes.pop("href", node.destination)
        node.title = attributes.pop("title", node.title)
    elif isinstance(node, Image):
        node.destination = attributes.pop("src", node.destination)
        node.alt = attributes.pop("alt", node.alt)
        node.title = attributes.pop("title", node.title)


def _extension(parser: SpanParser, scope: Scope, match: re.Match[str]) -> bool:
    name, attributes, closed = extension_parts(match)
    if name not in ("comment", "nomarkdown", "options"):
        return False
    body_end = None
    start, end = match.span()
    if not closed:
        found = extension_body(parser.text, match, block=False) if parser.last("{:/") >= end else None
        if found is None:
            return False
        body_end, end = found
    parser.position = end
    if name == "options":
        for key, value in attributes.attributes.items():
            parser.context.set_option(key, value)
    elif body_end is not None:
        span = parser.place.span(start, end)
        if name == "comment":
            scope.add_node(HtmlComment(span))
        elif is_for_html(attributes.attributes):
            scope.add_node(RawOutput(span, value=parser.text[match.end() : body_end]))
    return True


def is_for_html(attributes: dict[str, str]) -> bool:
    """Whether raw output with these attributes goes to HTML pages."""
    types = attributes.get("type", "").split()
    return not types or "html" in types
