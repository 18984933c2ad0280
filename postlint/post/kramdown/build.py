"""The page's tree, made of the blocks: kramdown's `update_tree`, and what its HTML converter adds.

Settled by `parser/kramdown.rb`, `converter/html.rb` and kramdown-parser-gfm's `gfm.rb`.
"""

from __future__ import annotations

from collections.abc import Sequence

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.kramdown.context import Context
from postlint.post.kramdown.ids import GfmIds, KramdownIds, kramdown_slug
from postlint.post.kramdown.scope import Abbreviations
from postlint.post.kramdown.span_attributes import is_for_html
from postlint.post.kramdown.spans import SpanParser
from postlint.post.kramdown.symbols import resolved
from postlint.post.kramdown.tree import Block
from postlint.post.nodes import (
    CodeBlock,
    CodeSpan,
    DefinitionDetails,
    DefinitionList,
    DefinitionTerm,
    Document,
    FootnoteDefinition,
    FootnoteReference,
    Formula,
    Heading,
    HtmlComment,
    HtmlElement,
    Item,
    LinkDefinition,
    List,
    Node,
    Paragraph,
    Quote,
    RawOutput,
    Table,
    TableCell,
    TableOfContents,
    TableRow,
    Text,
    ThematicBreak,
)

_AUTO_IDS = lazy(r"auto_ids(?:-([A-Za-z0-9_-]+))?")
_NO_TOC = lazy(r"\bno_toc\b")

_CONTAINERS: dict[str, type[Node]] = {
    "blockquote": Quote,
    "li": Item,
    "dd": DefinitionDetails,
}


_BLOCKS = frozenset(("blockquote", "li", "dd"))
"""What kramdown counts as a block where text may stand in it without a paragraph."""


class Builder:
    """Makes nodes of blocks, once all of the post's blocks have been read."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.abbreviations = _abbreviations(context)
        self.headings: list[tuple[Heading, str, bool]] = []
        """Each with the text that its id is made of, and whether it stands where GFM gives no ids."""
        self.unseen: set[int] = set()
        """By `id`, headings that take part in numbering and are not on the page."""
        self.contents: list[TableOfContents] = []
        self.notes: list[Node] | None = None
        """Where the notes go, if the post says so."""
        self._aside = False

    def document(self, root: Block, span: Span) -> Document:
        children = self._children(root)
        notes = self._notes(children)
        self._set_ids()
        if self.contents:
            self.contents[0].entries = self._entries()
        if self.notes is not None:
            self.notes.extend(notes)
        else:
            children.extend(notes)
        return Document(span, children=children)

    def _children(self, block: Block) -> list[Node]:
        nodes: list[Node] = []
        for child in block.children:
            if child.kind == "raw_text":
                ends_block = block.kind in _BLOCKS and not _followed(block.children, child)
                nodes.extend(self._spans(child, ends_block=ends_block))
            elif child.kind not in ("blank", "eob"):
                self._add(child, nodes)
            elif child.definition is not None:
                label, definition = child.definition
                nodes.append(
                    LinkDefinition(
                        child.span,
                        label=label,
                        destination=resolved(definition.destination),
                        destination_span=definition.destination_span,
                        title=definition.title,
                    )
                )
        return nodes

    def _spans(self, block: Block, *, heading: bool = False, ends_block: bool = True) -> list[Node]:
        raw = block.raw
        if raw is None:
            return []
        parser = SpanParser(raw, self.context, self.abbreviations)
        nodes = parser.parse(breaks=not self._aside and not heading, ends_block=ends_block)
        if heading or block.kind == "dt":
            block.value = self._id_text(nodes, parser.place.plain, block)
        return nodes

    def _id_text(self, nodes: list[Node], plain: dict[int, tuple[Text, str, str]], block: Block) -> str:
        gfm = self.context.options.gfm
        if block.kind == "header" and not self.context.auto_id_stripping:
            return block.value
        parts: list[str] = []
        for top in nodes:
            for node in top.walk():
                if isinstance(node, Text):
                    forms = plain.get(id(node))
                    if forms is None:
                        parts.append(node.value)
                    else:
                        parts.append(forms[1] if gfm else forms[2])
                elif gfm and isinstance(node, (CodeSpan, Formula)):
                    parts.append(node.value)
        return "".join(parts)

    def _attributes(self, block: Block) -> dict[str, str]:
        attributes = block.attributes or {}
        if block.ial is not None:
            attributes = dict(attributes)
            block.ial.apply(attributes, self.context.named_lists)
        if attributes and "&" in "".join(attributes.values()):
            attributes = {name: resolved(value) for name, value in attributes.items()}
        return attributes

    def _add(self, block: Block, nodes: list[Node]) -> None:
        kind = block.kind
        attributes = self._attributes(block)
        span = block.span
        node: Node
        if kind == "p":
            node = Paragraph(span, children=self._spans(block))
        elif kind == "header":
            self._add_heading(block, attributes, nodes)
            return
        elif kind == "dl":
            self._add_definition_list(block, attributes, nodes)
            return
        elif kind in _CONTAINERS:
            node = _CONTAINERS[kind](span, children=self._children(block))
            node.span = _around(span, node.children)
        elif kind in ("ul", "ol"):
            self._add_list(block, attributes, nodes)
            return
        elif kind == "codeblock":
            node = CodeBlock(
                span,
                value=block.value,
                content_span=block.content_span,
                fenced=block.level == 1,
                info=block.raw.text().strip() if block.raw is not None else "",
            )
        elif kind == "table":
            node = Table(span, children=self._rows(block))
        elif kind == "hr":
            node = ThematicBreak(span)
        elif kind == "math":
            node = Formula(span, value=block.value, tex_span=block.content_span, display=True)
        elif kind == "dt":
            node = DefinitionTerm(span, children=self._spans(block))
        elif kind == "text":
            node = Text(span, value=resolved(block.value))
        elif kind in ("xml_comment", "comment"):
            node = HtmlComment(span)
        elif kind == "raw":
            if is_for_html(block.attributes or {}):
                nodes.append(RawOutput(span, value=block.value))
            return
        else:
            nodes.append(self._element(block, attributes))
            return
        if attributes:
            node.attributes = attributes
        nodes.append(node)

    def _add_heading(self, block: Block, attributes: dict[str, str], nodes: list[Node]) -> None:
        explicit = attributes.pop("id", None)
        children = self._spans(block, heading=True)
        heading = Heading(
            block.span,
            level=min(max(block.level + self.context.header_offset, 1), 6),
            text_span=block.content_span,
            id=explicit,
            children=children,
        )
        if attributes:
            heading.attributes = attributes
        nodes.append(heading)
        self.headings.append((heading, block.value, self._aside))

    def _add_definition_list(self, block: Block, attributes: dict[str, str], nodes: list[Node]) -> None:
        node = DefinitionList(block.span, children=self._children(block))
        node.span = _around(block.span, node.children)
        if attributes:
            node.attributes = attributes
        nodes.append(node)
        wanted = [_AUTO_IDS.match(reference) for reference in (block.ial.references if block.ial else ())]
        prefix = next((match[1] or "" for match in wanted if match is not None), None)
        if prefix is None:
            return
        for part, child in zip(block.children, node.children, strict=True):
            if part.kind == "dt" and not child.attributes.get("id"):
                child.attributes = {**child.attributes, "id": prefix + kramdown_slug(part.value)}

    def _add_list(self, block: Block, attributes: dict[str, str], nodes: list[Node]) -> None:
        ordered = block.kind == "ol"
        references = block.ial.references if block.ial is not None else ()
        if "toc" in references and not self.contents:
            contents = TableOfContents(block.span, ordered=ordered, attributes=attributes)
            self.contents.append(contents)
            self._read_unseen(block)
            nodes.append(contents)
        elif "footnotes" in references and self.notes is None:
            self.notes = []
            self._read_unseen(block)
            nodes.append(List(block.span, ordered=True, children=self.notes))
        else:
            children = self._children(block)
            span = _around(block.span, children)
            nodes.append(List(span, ordered=ordered, children=children, attributes=attributes))

    def _read_unseen(self, block: Block) -> None:
        """Read what is not on the page, for the ids that GFM gives to headings in it and so to no other."""
        before = len(self.headings)
        self._children(block)
        unseen = self.headings[before:]
        if self.context.options.gfm:
            self.unseen.update(id(heading) for heading, _, _ in unseen)
        else:
            del self.headings[before:]

    def _rows(self, table: Block) -> list[Node]:
        rows: list[Node] = []
        for group in table.children:
            for row in group.children:
                cells: list[Node] = [
                    TableCell(cell.span, children=self._spans(cell)) for cell in row.children
                ]
                rows.append(TableRow(row.span, children=cells))
        return rows

    def _element(self, block: Block, attributes: dict[str, str]) -> Node:
        tag = block.tag
        if tag is None:
            raise AssertionError(f"a block of the unknown kind {block.kind}")
        written = {attribute.name: resolved(attribute.value) for attribute in tag.attributes}
        written.pop("markdown", None)
        if block.ial is not None:
            block.ial.apply(written, self.context.named_lists)
        aside, self._aside = self._aside, True
        children = self._children(block)
        self._aside = aside
        return HtmlElement(
            block.span,
            name=tag.name,
            opening_span=block.content_span,
            block=True,
            raw=block.value == "raw",
            attribute_spans=block.attribute_spans,
            children=children,
            attributes=written,
        )

    def _notes(self, nodes: list[Node]) -> list[Node]:
        """The notes of the page in the order of their numbers, then those that nothing refers to."""
        notes: list[Node] = []
        if not self.context.footnotes:
            return notes
        self._aside = True
        queue = _references(nodes)
        seen: set[str] = set()
        for name in queue:
            if name in seen:
                continue
            seen.add(name)
            content = self.context.footnotes[name].content
            children = self._children(content)
            notes.append(FootnoteDefinition(_around(content.span, children), name=name, children=children))
            # A note may refer to others, whose notes then follow.
            queue.extend(_references(children))
        for name, footnote in self.context.footnotes.items():
            if name not in seen:
                notes.append(FootnoteDefinition(footnote.content.span, name=name))
        return notes

    def _set_ids(self) -> None:
        context = self.context
        if not context.auto_ids:
            return
        options = context.options
        gfm = GfmIds(context.auto_id_prefix)
        transliterate = options.transliterate if context.transliterated_header_ids else None
        converter = KramdownIds(context.auto_id_prefix, transliterate)
        for heading, text, aside in self.headings:
            if heading.id is None and not (aside and id(heading) in self.unseen):
                made = gfm.make(text) if options.gfm and not aside else converter.make(text)
                heading.id = made if made.strip() else None

    def _entries(self) -> list[Heading]:
        offset, levels = self.context.header_offset, self.context.toc_levels
        return [
            heading
            for heading, _, _ in self.headings
            if heading.id is not None
            and id(heading) not in self.unseen
            and heading.level - offset in levels
            and not _NO_TOC.search(heading.attributes.get("class", ""))
        ]


def _followed(children: list[Block], child: Block) -> bool:
    """Whether anything comes behind `child`, be it but a blank line."""
    return any(other.kind != "eob" for other in children[children.index(child) + 1 :])


def _references(nodes: list[Node]) -> list[str]:
    return [node.name for top in nodes for node in top.walk() if isinstance(node, FootnoteReference)]


def _abbreviations(context: Context) -> Abbreviations | None:
    if not context.abbreviations:
        return None
    definitions = {}
    for name, (title, marker) in context.abbreviations.items():
        attributes: dict[str, str] = {}
        if marker.ial is not None:
            marker.ial.apply(attributes, context.named_lists)
        definitions[name] = (title, attributes)
    return Abbreviations(definitions)


def _around(span: Span, children: Sequence[Node]) -> Span:
    """`span` with the end of its last child: an element that nothing closes takes the line end too."""
    if not children or children[-1].span.end <= span.end or isinstance(children[-1], FootnoteDefinition):
        return span
    return Span(span.start, children[-1].span.end)
