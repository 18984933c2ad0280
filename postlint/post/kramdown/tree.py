"""The blocks of a post while they are being found: kramdown's elements, as far as blocks go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from postlint.findings import Span
from postlint.post.kramdown.attributes import AttributeList
from postlint.post.mapped import Mapped, Piece

if TYPE_CHECKING:
    from postlint.post.kramdown.context import Definition
    from postlint.post.kramdown.tags import Tag


class Raw:
    """Text that the span parser has yet to read: pieces of the text that its block stands in."""

    __slots__ = ("pieces", "source")

    def __init__(self, source: Mapped, pieces: list[Piece]) -> None:
        self.source = source
        self.pieces = pieces

    def text(self) -> str:
        return "".join(
            self.source.text[start:end] if replacement is None else replacement
            for start, end, replacement in self.pieces
        )


class Block:
    """An element of one of kramdown's kinds (`p`, `ul`, `blank`, `eob`, …).

    `span` is its place in the file. `raw` is the text of a leaf; `value` what kramdown keeps in a code
    block, a formula or a mark (`eob`) of where something was defined.
    """

    __slots__ = (
        "attribute_spans",
        "attributes",
        "children",
        "content_span",
        "definition",
        "ial",
        "kind",
        "level",
        "raw",
        "span",
        "tag",
        "transparent",
        "value",
    )

    def __init__(self, kind: str, span: Span) -> None:
        self.kind = kind
        self.span = span
        self.children: list[Block] = []
        self.attributes: dict[str, str] | None = None
        self.ial: AttributeList | None = None
        self.raw: Raw | None = None
        self.value = ""
        self.content_span = span
        """Of a heading's text, a code block's lines, a formula's TeX."""
        self.level = 0
        self.transparent = False
        """Of a paragraph that has no `<p>` on the page: the first of a tight list item."""
        self.tag: Tag | None = None
        """Of an HTML element, as is `attribute_spans`."""
        self.attribute_spans: Mapping[str, Span] = {}
        self.definition: tuple[str, Definition] | None = None
        """Of the place of a link definition: its label and what it says."""


def without(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of `[start, end)` between the matches of `pattern`, to which the text begins at `start`."""
    at = start
    for match in pattern.finditer(text[start:end]):
        if start + match.start() > at:
            yield Piece(at, start + match.start())
        at = start + match.end()
    yield Piece(at, end)
