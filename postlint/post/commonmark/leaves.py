"""What becomes of a block: opened in its container, and made a node once no further line is its."""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.post.commonmark.escapes import resolve
from postlint.post.commonmark.html import block_nodes
from postlint.post.commonmark.lines import (
    Container,
    Fence,
    HtmlBlock,
    Inline,
    Leaf,
    OpenList,
    OpenParagraph,
    OpenTable,
    State,
    Verbatim,
    behind,
    extend,
    trimmed,
)
from postlint.post.commonmark.syntax import definition_target_at, label_at, normalized_label
from postlint.post.mapped import Piece
from postlint.post.nodes import CodeBlock, Heading, Item, LinkDefinition, Node, Paragraph, Table

_TASK = re.compile(r"\[[ xX]\][ \t\n]++(?=\S)")


def add_to_paragraph(state: State, lines: Piece) -> None:
    """Add `lines` to the open paragraph, or begin one."""
    if type(state.leaf) is OpenParagraph:
        extend(state.leaf.pieces, [lines])
    else:
        state.leaf = OpenParagraph([lines])
        state.container.filled = True
        state.container.list = None


def open_leaf(state: State, leaf: Leaf | None) -> None:
    """Close what the line does not belong to, and put `leaf` into the container that is left."""
    close(state, state.matched)
    state.container.filled = True
    state.container.list = None
    state.leaf = leaf


def open_container(state: State, node: Node, start: int, indent: int, within: OpenList | None = None) -> None:
    open_leaf(state, None)
    (within.items if within else state.container.children).append(node)
    state.containers.append(Container(node, start, indent, within))
    state.container.reach(state.cursor)
    state.matched = len(state.containers)


def close(state: State, depth: int) -> None:
    """Close the open leaf, and all containers but the first `depth`."""
    close_leaf(state)
    while len(state.containers) > depth:
        container = state.containers.pop()
        if container.children:
            container.node.children = container.children
        if not state.containers:
            return
        container.node.span = state.document.span(container.start, container.end)
        if container.within:
            container.within.node.span = state.document.span(container.within.start, container.end)
        state.container.reach(container.end)


def close_leaf(state: State) -> None:
    """Make what is open in the last container a part of it."""
    leaf, state.leaf = state.leaf, None
    if leaf is None:
        return
    if isinstance(leaf, OpenParagraph):
        state.closer.paragraph(state, leaf)
    elif isinstance(leaf, OpenTable):
        add_node(state, Table, Span(leaf.start, leaf.end)).children = leaf.rows
    elif isinstance(leaf, HtmlBlock):
        state.closer.html(state, leaf)
    else:
        _close_code(state, leaf)


class LeafCloser:
    """Makes paragraphs and raw HTML what they are to CommonMark and to GitHub."""

    def paragraph(self, state: State, leaf: OpenParagraph) -> None:
        container = state.container
        is_first = not container.children
        pieces = without_definitions(state, leaf.pieces)
        if pieces:
            node = add_node(state, Paragraph, Span(pieces[0].start, pieces[-1].end))
            if state.gfm and is_first and state.src[pieces[0].start] == "[" and type(container.node) is Item:
                task = _TASK.match(state.document.derive(pieces).text)
                pieces = behind(pieces, task.end()) if task else pieces
            state.inlines.append(Inline(node, pieces))

    def html(self, state: State, leaf: HtmlBlock) -> None:
        state.container.children += block_nodes(state.document.derive(leaf.pieces))
        state.container.reach(state.trimmed(leaf.start, leaf.end))


def _close_code(state: State, leaf: Verbatim) -> None:
    document = state.document
    is_fence = isinstance(leaf, Fence)
    while not is_fence and leaf.pieces[-1].start >= leaf.end:
        leaf.pieces.pop()
    if not is_fence and leaf.pieces[-1].replacement is None:
        leaf.pieces[-1] = Piece(leaf.pieces[-1].start, min(leaf.end + 1, len(document.text)))
    text = document.derive(leaf.pieces)
    if leaf.pieces:
        content = text.span(0, len(text.text))
    else:
        start = min(leaf.content_start, len(document.text))
        content = document.span(start, start)
    value = text.text if text.text.endswith("\n") or not text.text else text.text + "\n"
    span = Span(leaf.start, state.trimmed(leaf.start, leaf.end) if is_fence else leaf.end)
    info = leaf.info if isinstance(leaf, Fence) else ""
    state.container.children.append(CodeBlock(document.span(*span), value, content, is_fence, info))
    state.container.reach(span.end)


def add_node(state: State, kind: type[Node], span: Span) -> Node:
    node = kind(state.document.span(*span))
    state.container.children.append(node)
    state.container.reach(span.end)
    return node


def add_heading(state: State, span: Span, level: int, pieces: list[Piece]) -> Heading:
    text_span = state.document.span(pieces[0].start, pieces[-1].end)
    heading = Heading(state.document.span(*span), level, text_span)
    state.container.children.append(heading)
    state.container.reach(span.end)
    state.inlines.append(Inline(heading, pieces))
    return heading


def without_definitions(state: State, pieces: list[Piece]) -> list[Piece]:
    """A paragraph's text without its last line end and the definitions that it begins with."""
    if not pieces:
        return pieces
    last = pieces[-1]
    pieces[-1] = Piece(last.start, state.trimmed(last.start, last.end))
    if state.src[pieces[0].start] != "[":
        return pieces
    paragraph = state.document.derive(pieces)
    text = paragraph.text
    position = 0
    while label := label_at(text, position):
        target = definition_target_at(text, label.end + 2) if text.startswith(":", label.end + 1) else None
        if target is None:
            break
        written = text[label.start : label.end]
        definition = LinkDefinition(
            paragraph.span(position, trimmed(text, position, target.end)),
            written,
            resolve(text[target.destination.start : target.destination.end]),
            paragraph.span(*target.destination),
            resolve(text[target.title.start : target.title.end]) if target.title else None,
        )
        state.container.children.append(definition)
        state.links.setdefault(normalized_label(written), definition)
        position = target.end
    if not position:
        return pieces
    left = behind(pieces, position)
    state.container.reach(left[0].start if left else pieces[-1].end)
    return left
