"""What the site needs to know of a post, without its text: small records that can be pickled."""

from __future__ import annotations

from typing import NamedTuple

from postlint.findings import Span
from postlint.post import nodes
from postlint.post.nodes import Node
from postlint.post.source import Source


class HeadingFact(NamedTuple):
    """A heading of the page; `line` is 1-based, as everywhere here."""

    level: int
    id: str | None
    text: str
    line: int


class LinkFact(NamedTuple):
    """A link as the page has it. `column` is 1-based and counts characters."""

    href: str
    line: int
    column: int


class ImageFact(NamedTuple):
    src: str
    line: int
    column: int


class FormulaFact(NamedTuple):
    """A formula that the engine itself recognises, without its delimiters."""

    display: bool
    tex: str
    line: int


class BodyFacts(NamedTuple):
    """What is on a page, in the order of the page."""

    headings: tuple[HeadingFact, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every id on the page, and the names of its anchors."""
    links: tuple[LinkFact, ...] = ()
    images: tuple[ImageFact, ...] = ()
    formulas: tuple[FormulaFact, ...] = ()


class PostFacts(NamedTuple):
    """A published post. `path` is relative to the blog's sources."""

    path: str
    url: str
    """From the site's own root, escaped as addresses are."""
    served: str
    """The file that the server has for it, not escaped."""
    date: str
    """The day, as YYYY-MM-DD."""
    title: str | None
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    body: BodyFacts


_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def body_facts(document: nodes.Document, source: Source) -> BodyFacts:
    """The facts of a page that an engine has made of `source`."""
    collector = _Collector(source)
    collector.take(document)
    return collector.facts()


class _Collector:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._headings: list[HeadingFact] = []
        self._anchors: set[str] = set()
        self._links: list[LinkFact] = []
        self._images: list[ImageFact] = []
        self._formulas: list[FormulaFact] = []
        self._references: dict[str, int] = {}

    def facts(self) -> BodyFacts:
        return BodyFacts(
            tuple(self._headings),
            frozenset(self._anchors),
            tuple(self._links),
            tuple(self._images),
            tuple(self._formulas),
        )

    def take(self, top: Node, *, unlinked: bool = False) -> None:
        """Takes what `top` and all below it bring to the page; `unlinked` leaves Markdown's links out."""
        stack: list[Node | _Closing] = [top]
        while stack:
            node = stack.pop()
            if isinstance(node, _Closing):
                self._close(node)
                continue
            if not (unlinked and isinstance(node, nodes.Link)):
                self._take(node)
            if isinstance(node, nodes.FootnoteDefinition) and node.children:
                stack.append(_Closing(node))
            stack.extend(reversed(node.children))

    def _take(self, node: Node) -> None:
        if anchor := node.attributes.get("id"):
            self._anchors.add(anchor)
        match node:
            case nodes.Heading():
                self._heading(node.level, node.id, node)
            case nodes.Link():
                self._link(node.attributes.get("href", node.destination), node.span)
            case nodes.Image():
                self._image(node.attributes.get("src", node.destination), node.span)
            case nodes.Formula():
                line = self._source.line_at(node.span.start)
                self._formulas.append(FormulaFact(node.display, node.value, line))
            case nodes.HtmlElement():
                self._element(node)
            case nodes.TableOfContents():
                self._contents(node)
            case nodes.FootnoteReference():
                self._reference(node)
            case nodes.FootnoteDefinition() if node.children:
                self._anchors.add(f"fn:{node.name}")

    def _heading(self, level: int, anchor: str | None, node: Node) -> None:
        if anchor:
            self._anchors.add(anchor)
        line = self._source.line_at(node.span.start)
        self._headings.append(HeadingFact(level, anchor, node.text().strip(), line))

    def _link(self, href: str, span: Span) -> None:
        self._links.append(LinkFact(href, *self._source.position(span.start)))

    def _image(self, src: str, span: Span) -> None:
        self._images.append(ImageFact(src, *self._source.position(span.start)))

    def _element(self, node: nodes.HtmlElement) -> None:
        name, attributes = node.name.lower(), node.attributes
        if name in _HEADINGS:
            self._heading(_HEADINGS[name], attributes.get("id"), node)
        elif name == "a":
            if "href" in attributes:
                self._link(attributes["href"], node.span)
            if attributes.get("name"):
                self._anchors.add(attributes["name"])
        elif name == "img" and "src" in attributes:
            self._image(attributes["src"], node.span)

    def _contents(self, node: nodes.TableOfContents) -> None:
        self._anchors.add(node.attributes.get("id", "markdown-toc"))
        for entry in node.entries:
            self._anchors.add(f"markdown-toc-{entry.id}")
            self._link(f"#{entry.id}", node.span)
            for child in entry.children:
                self.take(child, unlinked=True)

    def _reference(self, node: nodes.FootnoteReference) -> None:
        count = self._references[node.name] = self._references.get(node.name, 0) + 1
        repeat = f":{count - 1}" if count > 1 else ""
        self._anchors.add(f"fnref:{node.name}{repeat}")
        self._link(f"#fn:{node.name}", node.span)

    def _close(self, closing: _Closing) -> None:
        """The way back to each place that refers to a note stands at its end."""
        name, span = closing.note.name, closing.note.span
        self._link(f"#fnref:{name}", span)
        for repeat in range(1, self._references.get(name, 1)):
            self._link(f"#fnref:{name}:{repeat}", span)


class _Closing(NamedTuple):
    note: nodes.FootnoteDefinition
