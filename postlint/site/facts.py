"""What the site needs to know of a post, without its text: small records that can be pickled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postlint.findings import Span
from postlint.named import NamedTuple
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
    return collector.facts(anchors_of(document.walk()))


def anchors_of(page: Iterable[Node]) -> frozenset[str]:
    """Every id on a page, and the names of its anchors."""
    nodes_of_page = tuple(page)
    anchors = {one for node in nodes_of_page if node.attributes and (one := node.attributes.get("id"))}
    references: dict[str, int] = {}
    for node in [node for node in nodes_of_page if type(node) in _WITH_ANCHORS]:
        match node:
            case nodes.Heading() if node.id:
                anchors.add(node.id)
            case nodes.HtmlElement() if node.name.lower() == "a" and node.attributes.get("name"):
                anchors.add(node.attributes["name"])
            case nodes.TableOfContents():
                anchors.add(node.attributes.get("id", "markdown-toc"))
                anchors.update(_entries(node.entries))
            case nodes.FootnoteReference():
                count = references[node.name] = references.get(node.name, 0) + 1
                anchors.add(_place(node, count - 1))
            case nodes.FootnoteDefinition() if node.children:
                anchors.add(f"fn:{node.name}")
    return frozenset(anchors)


def _entries(entries: Iterable[nodes.Heading]) -> Iterator[str]:
    """The ids of the entries of a table of contents, and of what stands in them."""
    for entry in entries:
        yield f"markdown-toc-{entry.id}"
        for child in entry.children:
            yield from anchors_of(child.walk())


_WITH_ANCHORS = {
    *(nodes.Heading, nodes.HtmlElement, nodes.TableOfContents),
    *(nodes.FootnoteReference, nodes.FootnoteDefinition),
}


class _Collector:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._headings: list[HeadingFact] = []
        self._links: list[LinkFact] = []
        self._images: list[ImageFact] = []
        self._formulas: list[FormulaFact] = []
        self._references: dict[str, list[str]] = {}
        """The ids of the places that refer to each note."""

    def facts(self, anchors: frozenset[str]) -> BodyFacts:
        return BodyFacts(
            tuple(self._headings),
            anchors,
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

    def _heading(self, level: int, anchor: str | None, node: Node) -> None:
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
        elif name == "img" and "src" in attributes:
            self._image(attributes["src"], node.span)

    def _contents(self, node: nodes.TableOfContents) -> None:
        for entry in node.entries:
            self._link(f"#{entry.id}", node.span)
            for child in entry.children:
                self.take(child, unlinked=True)

    def _reference(self, node: nodes.FootnoteReference) -> None:
        places = self._references.setdefault(node.name, [])
        places.append(_place(node, len(places)))
        self._link(f"#fn:{node.name}", node.span)

    def _close(self, closing: _Closing) -> None:
        """The way back to each place that refers to a note stands at its end."""
        name, span = closing.note.name, closing.note.span
        for place in self._references.get(name, [f"fnref:{name}"]):
            self._link(f"#{place}", span)


def _place(node: nodes.FootnoteReference, before: int) -> str:
    """The id of a place that refers to a note, `before` of which do already."""
    if "id" in node.attributes:
        return node.attributes["id"]
    return f"fnref:{node.name}:{before}" if before else f"fnref:{node.name}"


class _Closing(NamedTuple):
    note: nodes.FootnoteDefinition
