"""What an engine makes of a post's body: a tree of typed nodes, each with its span in the file.

Every engine (kramdown's two inputs, CommonMark) builds the same tree, so that a rule asks for a
`Link` or a `Heading` and never for the engine. Spans are offsets into the file's text; the
tree is built by the engine and only read afterwards.

The classes are written out: to make as many data classes at every start would cost a tenth of the
time that a post takes.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from postlint.findings import Span

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Node:
    """A part of the page. `span` covers its markup too, as written in the file."""

    __slots__ = ("attributes", "children", "span")

    def __init__(
        self,
        span: Span,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        self.span = span
        self.children = children
        self.attributes = attributes
        """What the page's HTML element carries beside the markup's own: `{: .class #id}`, HTML attributes."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.span.start}, {self.span.end})"

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the page."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.children:
                stack.extend(reversed(node.children))

    def text(self) -> str:
        """The text that a reader sees of this node, without markup."""
        return "".join(
            node.value for node in self.walk() if isinstance(node, (Text, CodeSpan, Formula, CodeBlock))
        )


# Blocks


class Document(Node):
    """The whole body."""

    __slots__ = ()


class Heading(Node):
    __slots__ = ("id", "level", "text_span")

    def __init__(
        self,
        span: Span,
        level: int,
        text_span: Span,
        id: str | None = None,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.level = level
        self.text_span = text_span
        """The text without its marks (`##`, underline, `{#id}`)."""
        self.id = id
        """The anchor the page will have, duplicates counted; None where the engine makes none."""


class Paragraph(Node):
    """A paragraph; also the text of a tight list item, which has no `<p>` on the page."""

    __slots__ = ()


class Quote(Node):
    __slots__ = ()


class List(Node):
    __slots__ = ("number", "ordered")

    def __init__(
        self,
        span: Span,
        ordered: bool,
        number: int = 1,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.ordered = ordered
        self.number = number
        """What the page calls the first item of an ordered list, unless its attributes say otherwise."""


class Item(Node):
    __slots__ = ()


class CodeBlock(Node):
    __slots__ = ("content_span", "fenced", "info", "value")

    def __init__(
        self,
        span: Span,
        value: str,
        content_span: Span,
        fenced: bool,
        info: str = "",
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.value = value
        self.content_span = content_span
        self.fenced = fenced
        self.info = info
        """The info string as written behind the opening fence."""


class ThematicBreak(Node):
    __slots__ = ()


class Table(Node):
    __slots__ = ()


class TableRow(Node):
    __slots__ = ()


class TableCell(Node):
    __slots__ = ()


class DefinitionList(Node):
    __slots__ = ()


class DefinitionTerm(Node):
    __slots__ = ()


class DefinitionDetails(Node):
    __slots__ = ()


class TableOfContents(Node):
    """What stands for a list with `{:toc}`: links to `entries`, each with its heading's content once more."""

    __slots__ = ("entries", "ordered")

    def __init__(
        self,
        span: Span,
        ordered: bool,
        entries: Sequence[Heading] = (),
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.ordered = ordered
        self.entries = entries


class FootnoteDefinition(Node):
    """The note stands at the end of the page if something refers to it; otherwise it has no children."""

    __slots__ = ("name",)

    def __init__(
        self,
        span: Span,
        name: str,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.name = name


class LinkDefinition(Node):
    """`[label]: destination "title"`: nothing on the page of itself."""

    __slots__ = ("destination", "destination_span", "label", "title")

    def __init__(
        self,
        span: Span,
        label: str,
        destination: str,
        destination_span: Span,
        title: str | None = None,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.label = label
        self.destination = destination
        self.destination_span = destination_span
        self.title = title


# Inline


class Text(Node):
    """Text as the reader sees it: escapes and entities resolved, in `value`."""

    __slots__ = ("value",)

    def __init__(
        self,
        span: Span,
        value: str,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.value = value


class Emphasis(Node):
    __slots__ = ()


class Strong(Node):
    __slots__ = ()


class Strikethrough(Node):
    __slots__ = ()


class CodeSpan(Node):
    __slots__ = ("value",)

    def __init__(
        self,
        span: Span,
        value: str,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.value = value


class LineBreak(Node):
    """A `<br>` that the engine makes of two or more trailing spaces or of a backslash."""

    __slots__ = ()


class Formula(Node):
    """A formula that the engine itself recognises (`$$…$$` in kramdown)."""

    __slots__ = ("display", "tex_span", "value")

    def __init__(
        self,
        span: Span,
        value: str,
        tex_span: Span,
        display: bool,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.value = value
        """The TeX, without delimiters, stripped."""
        self.tex_span = tex_span
        self.display = display


class LinkKind(enum.Enum):
    INLINE = "inline"
    """`[text](destination)`"""
    REFERENCE = "reference"
    """`[text][label]`, `[label][]`, `[label]`; the destination stands in the definition."""
    AUTOLINK = "autolink"
    """`<https://…>`"""
    BARE = "bare"
    """An address in the text that the engine links without any mark."""


class Link(Node):
    """A link that Markdown makes. One in raw HTML is an `HtmlElement` named `a`."""

    __slots__ = ("destination", "destination_span", "kind", "text_span", "title")

    def __init__(
        self,
        span: Span,
        kind: LinkKind,
        destination: str,
        destination_span: Span,
        text_span: Span,
        title: str | None = None,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.kind = kind
        self.destination = destination
        """The destination as the page has it: escapes resolved, Liquid replaced."""
        self.destination_span = destination_span
        """As written, without `<>`, title or spaces around it; for a reference, in its definition."""
        self.text_span = text_span
        """What stands between the brackets; the address itself for an autolink."""
        self.title = title


class Image(Node):
    """An image that Markdown makes. One in raw HTML is an `HtmlElement` named `img`."""

    __slots__ = ("alt", "destination", "destination_span", "kind", "text_span", "title")

    def __init__(
        self,
        span: Span,
        kind: LinkKind,
        destination: str,
        destination_span: Span,
        text_span: Span,
        alt: str,
        title: str | None = None,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.kind = kind
        self.destination = destination
        self.destination_span = destination_span
        self.text_span = text_span
        """The alternative text, as written."""
        self.alt = alt
        self.title = title


class FootnoteReference(Node):
    __slots__ = ("name",)

    def __init__(
        self,
        span: Span,
        name: str,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.name = name


class Abbreviation(Node):
    """A word that `*[word]: title` explains."""

    __slots__ = ("title",)

    def __init__(
        self,
        span: Span,
        title: str,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.title = title


# HTML in Markdown


class HtmlElement(Node):
    """A raw element: `span` goes from its opening tag to its closing tag, if it has one.

    `attributes` are those of the opening tag, by lower-case name for an element that HTML knows.
    """

    __slots__ = ("attribute_spans", "block", "name", "opening_span", "raw")

    def __init__(
        self,
        span: Span,
        name: str,
        opening_span: Span,
        block: bool,
        raw: bool,
        attribute_spans: Mapping[str, Span] = _NOTHING,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.name = name
        self.opening_span = opening_span
        self.block = block
        self.raw = raw
        """Whether its text is left as it stands; otherwise Markdown is at work inside."""
        self.attribute_spans = attribute_spans
        """Of each attribute's value, without quotes."""


class HtmlComment(Node):
    """A comment or processing instruction: in the page's source, never seen."""

    __slots__ = ()


class RawOutput(Node):
    """Text that goes into the page's source as it is: `{::nomarkdown}`."""

    __slots__ = ("value",)

    def __init__(
        self,
        span: Span,
        value: str,
        *,
        children: Sequence[Node] = (),
        attributes: Mapping[str, str] = _NOTHING,
    ) -> None:
        super().__init__(span, children=children, attributes=attributes)
        self.value = value
