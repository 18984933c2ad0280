"""What an engine makes of a post's body: a tree of typed nodes, each with its span in the file.

Every engine (kramdown's two inputs, CommonMark) builds the same tree, so that a rule asks for a
`Link` or a `Heading` and never for the engine. Spans are offsets into the file's text; the
tree is built by the engine and only read afterwards.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar, dataclass_transform

from postlint.findings import Span

_Class = TypeVar("_Class")


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def _node(cls: type[_Class]) -> type[_Class]:
    """A data class with the least that Python must write for it: there are many, at every start."""
    return dataclass(slots=True, eq=False, repr=False, match_args=False)(cls)


_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@_node
class Node:
    """A part of the page. `span` covers its markup too, as written in the file."""

    span: Span
    children: Sequence[Node] = field(default=(), kw_only=True)
    attributes: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES, kw_only=True)
    """What the page's HTML element will carry beside the markup's own: `{: .class #id}`, HTML attributes."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.span.start}, {self.span.end})"

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the page."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def text(self) -> str:
        """The text that a reader sees of this node, without markup."""
        return "".join(
            node.value for node in self.walk() if isinstance(node, Text | CodeSpan | Formula | CodeBlock)
        )


# Blocks


class Document(Node):
    """The whole body."""

    __slots__ = ()


@_node
class Heading(Node):
    level: int
    text_span: Span
    """The text without its marks (`##`, underline, `{#id}`)."""
    id: str | None = None
    """The anchor the page will have, duplicates counted; None where the engine makes none."""


class Paragraph(Node):
    """A paragraph; also the text of a tight list item, which has no `<p>` on the page."""

    __slots__ = ()


class Quote(Node):
    __slots__ = ()


@_node
class List(Node):
    ordered: bool


class Item(Node):
    __slots__ = ()


@_node
class CodeBlock(Node):
    value: str
    content_span: Span
    fenced: bool
    info: str = ""
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


@_node
class TableOfContents(Node):
    """What stands for a list with `{:toc}`: links to `entries`, each with its heading's content once more."""

    ordered: bool
    entries: Sequence[Heading] = ()


@_node
class FootnoteDefinition(Node):
    """The note stands at the end of the page if something refers to it; otherwise it has no children."""

    name: str


@_node
class LinkDefinition(Node):
    """`[label]: destination "title"`: nothing on the page of itself."""

    label: str
    destination: str
    destination_span: Span
    title: str | None = None


# Inline


@_node
class Text(Node):
    """Text as the reader sees it: escapes and entities resolved, in `value`."""

    value: str


class Emphasis(Node):
    __slots__ = ()


class Strong(Node):
    __slots__ = ()


class Strikethrough(Node):
    __slots__ = ()


@_node
class CodeSpan(Node):
    value: str


class LineBreak(Node):
    """A `<br>` that the engine makes of two or more trailing spaces or of a backslash."""

    __slots__ = ()


@_node
class Formula(Node):
    """A formula that the engine itself recognises (`$$…$$` in kramdown)."""

    value: str
    """The TeX, without delimiters, stripped."""
    tex_span: Span
    display: bool


class LinkKind(enum.Enum):
    INLINE = "inline"
    """`[text](destination)`"""
    REFERENCE = "reference"
    """`[text][label]`, `[label][]`, `[label]`; the destination stands in the definition."""
    AUTOLINK = "autolink"
    """`<https://…>`"""
    BARE = "bare"
    """An address in the text that the engine links without any mark."""


@_node
class Link(Node):
    """A link that Markdown makes. One in raw HTML is an `HtmlElement` named `a`."""

    kind: LinkKind
    destination: str
    """The destination as the page has it: escapes resolved, Liquid replaced."""
    destination_span: Span
    """As written, without `<>`, title or spaces around it; for a reference, in its definition."""
    text_span: Span
    """What stands between the brackets; the address itself for an autolink."""
    title: str | None = None


@_node
class Image(Node):
    """An image that Markdown makes. One in raw HTML is an `HtmlElement` named `img`."""

    kind: LinkKind
    destination: str
    destination_span: Span
    text_span: Span
    """The alternative text, as written."""
    alt: str
    title: str | None = None


@_node
class FootnoteReference(Node):
    name: str


@_node
class Abbreviation(Node):
    """A word that `*[word]: title` explains."""

    title: str


# HTML in Markdown


@_node
class HtmlElement(Node):
    """A raw element: `span` goes from its opening tag to its closing tag, if it has one.

    `attributes` are those of the opening tag, by lower-case name for an element that HTML knows.
    """

    name: str
    opening_span: Span
    block: bool
    raw: bool
    """Whether its text is left as it stands; otherwise Markdown is at work inside."""
    attribute_spans: Mapping[str, Span] = field(default_factory=dict)
    """Of each attribute's value, without quotes."""


class HtmlComment(Node):
    """A comment or processing instruction: in the page's source, never seen."""

    __slots__ = ()


@_node
class RawOutput(Node):
    """Text that goes into the page's source as it is: `{::nomarkdown}`."""

    value: str
