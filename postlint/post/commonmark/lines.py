"""A document while its lines are read: what is open, and the place in the line."""

from __future__ import annotations

import re
from typing import Protocol

from mistune import BlockState

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.post.mapped import Mapped, Piece
from postlint.post.nodes import Document, LinkDefinition, List, Node

_INDENT = re.compile(r"[ \t]*+")

NOWHERE = Span(0, 0)
"""The span of a container that is still open."""


class Inline(NamedTuple):
    """The text of a node, to be read once all definitions are known, in pieces of the document."""

    node: Node
    pieces: list[Piece]


class OpenList:
    """A list that may get further items."""

    __slots__ = ("items", "mark", "node", "start")

    def __init__(self, number: int | None, start: int, mark: str) -> None:
        self.items: list[Node] = []
        self.node = List(NOWHERE, number is not None, number or 0, children=self.items)
        self.start = start
        self.mark = mark
        """What all of its items are marked with: a bullet, or what follows the number."""


class Container:
    """An open document, quote, item or footnote."""

    __slots__ = ("children", "end", "filled", "indent", "list", "node", "start", "within")

    def __init__(self, node: Node, start: int, indent: int, within: OpenList | None = None) -> None:
        self.node = node
        self.children: list[Node] = []
        self.start = start
        self.end = start
        """Behind all that it holds so far."""
        self.indent = indent
        """The columns that its lines are indented by; 0 for a quote, whose lines begin with `>`."""
        self.within = within
        """The list that it is an item of."""
        self.list: OpenList | None = None
        """The list that an item would belong to if it came next."""
        self.filled = False
        """Whether anything has begun in it."""

    def reach(self, end: int) -> None:
        self.end = max(self.end, end)


class OpenParagraph:
    __slots__ = ("pieces",)

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces


class Verbatim:
    """Lines that nothing is read in."""

    __slots__ = ("content_start", "end", "pieces", "start")

    def __init__(self, start: int, content_start: int, end: int) -> None:
        self.start = start
        self.content_start = content_start
        self.end = end
        """The end of its last line that is not blank."""
        self.pieces: list[Piece] = []

    def add(self, state: State) -> None:
        """Add the line from the cursor on."""
        extend(self.pieces, state.rest_of_line())
        if not state.is_blank:
            self.end = state.line_end


class IndentedCode(Verbatim):
    __slots__ = ()


class Fence(Verbatim):
    __slots__ = ("closing", "indent", "info")

    def __init__(
        self, start: int, content_start: int, end: int, indent: int, info: str, closing: str
    ) -> None:
        super().__init__(start, content_start, end)
        self.indent = indent
        self.info = info
        self.closing = re.compile(closing)


class HtmlBlock(Verbatim):
    __slots__ = ("closing",)

    def __init__(self, start: int, content_start: int, end: int, closing: re.Pattern[str] | None) -> None:
        super().__init__(start, content_start, end)
        self.closing = closing
        """What its last line contains; None where a blank line ends it."""


class OpenTable:
    __slots__ = ("columns", "end", "rows", "start")

    def __init__(self, start: int, end: int, columns: int) -> None:
        self.start = start
        self.end = end
        self.columns = columns
        self.rows: list[Node] = []


Leaf = OpenParagraph | IndentedCode | Fence | HtmlBlock | OpenTable


class Closer(Protocol):
    """What becomes of a block in which a dialect sees more, or less, than CommonMark does."""

    def paragraph(self, state: State, leaf: OpenParagraph) -> None:
        """Make the lines of `leaf` a part of the last container."""

    def html(self, state: State, leaf: HtmlBlock) -> None: ...


class State(BlockState):
    """What mistune calls a block state, with the containers that are open all at once.

    Its text is the document's, with a line end behind the last line.
    """

    def __init__(self, document: Mapped, closer: Closer, *, gfm: bool) -> None:
        super().__init__()
        self.process(document.text if document.text.endswith("\n") else document.text + "\n")
        self.document = document
        self.closer = closer
        self.gfm = gfm
        self.page = Document(document.span(0, len(document.text)))
        self.containers = [Container(self.page, 0, 0)]
        self.matched = 1
        """How many of the open containers the line belongs to."""
        self.leaf: Leaf | None = None
        """What is open in the last container."""
        self.inlines: list[Inline] = []
        self.links: dict[str, LinkDefinition] = {}
        """By normalized label."""
        self.footnotes: dict[str, str] = {}
        """The name of each footnote, by normalized label."""

        self.line_end = 0
        self.next_line = 0
        self.column = 0
        """The column of the cursor."""
        self.in_tab = False
        """Whether the cursor stands at a tab that is partly behind it."""
        self.first = 0
        """The first character from the cursor on that is no space or tab."""
        self.indent = 0
        """The columns from the cursor to that character."""

    @property
    def container(self) -> Container:
        return self.containers[-1]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on the line from the cursor on."""
        return self.first == self.line_end

    @property
    def interrupts(self) -> bool:
        """Whether a block that begins here would end a paragraph of the same container."""
        return type(self.leaf) is OpenParagraph and self.matched == len(self.containers)

    def begin_line(self, start: int) -> None:
        self.line_end = self.src.index("\n", start)
        self.next_line = self.line_end + 1
        self.cursor = start
        self.column = 0
        self.in_tab = False
        self._look()

    def take(self, mark: int) -> None:
        """Move the cursor over the indent and the `mark` characters behind it."""
        self.cursor = self.first + mark
        self.column += self.indent + mark
        self.in_tab = False
        self._look()

    def take_indent(self, columns: int) -> None:
        """Move the cursor over spaces and tabs, as many as there are, at most `columns` columns."""
        if columns >= self.indent:
            self.take(0)
            return
        self.indent -= columns
        while columns > 0:
            width = 4 - self.column % 4 if self.src[self.cursor] == "\t" else 1
            self.in_tab = width > columns
            self.column += min(width, columns)
            self.cursor += not self.in_tab
            columns -= width

    def _look(self) -> None:
        match = _INDENT.match(self.src, self.cursor)
        self.first = match.end() if match else self.cursor
        self.indent = self.first - self.cursor
        if self.indent and "\t" in (indent := self.src[self.cursor : self.first]):
            self.indent = len((" " * (self.column % 4) + indent).expandtabs(4)) - self.column % 4

    def rest_of_line(self) -> list[Piece]:
        """The line from the cursor on, with its line end; spaces stand for what is left of a tab."""
        end = min(self.next_line, len(self.document.text))
        if not self.in_tab:
            return [Piece(self.cursor, end)]
        spaces = " " * (4 - self.column % 4)
        return [Piece(self.cursor, self.cursor + 1, spaces), Piece(self.cursor + 1, end)]

    def trimmed(self, start: int, end: int) -> int:
        return trimmed(self.src, start, end)


def trimmed(text: str, start: int, end: int) -> int:
    """The end of `[start, end)` without the white space there."""
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    return end


def extend(pieces: list[Piece], more: list[Piece]) -> None:
    """Add `more` behind `pieces`; neighbours become one piece, so that a long block has few."""
    if pieces and pieces[-1].replacement is None is more[0].replacement and pieces[-1].end == more[0].start:
        pieces[-1] = Piece(pieces[-1].start, more[0].end)
        more = more[1:]
    pieces += more


def behind(pieces: list[Piece], length: int) -> list[Piece]:
    """What is left of copied `pieces` without their first `length` characters."""
    left: list[Piece] = []
    for piece in pieces:
        size = piece.end - piece.start
        if size > length:
            left.append(Piece(piece.start + length, piece.end))
        length = max(0, length - size)
    return left
