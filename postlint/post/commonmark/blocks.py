"""Blocks: what each line of a document adds (CommonMark 0.31.2, the strategy of its appendix).

mistune gives the grammar of the marks that begin a block, and the way from a mark to its rule. It
reads the inside of a quote or an item as another text, cut out of the first where it guesses the
end; here every line is read once, in its place, with all containers open.
"""

from __future__ import annotations

import re

from mistune import BlockParser
from mistune.helpers import BLOCK_TAGS, PRE_TAGS

from postlint.findings import Span
from postlint.post.commonmark.html import TAG
from postlint.post.commonmark.leaves import (
    LeafCloser,
    add_heading,
    add_node,
    add_to_paragraph,
    close,
    close_leaf,
    open_container,
    open_leaf,
    without_definitions,
)
from postlint.post.commonmark.lines import (
    NOWHERE,
    Closer,
    Fence,
    HtmlBlock,
    IndentedCode,
    OpenList,
    OpenParagraph,
    OpenTable,
    State,
)
from postlint.post.commonmark.syntax import normalized_label
from postlint.post.commonmark.tables import add_row, begins_table
from postlint.post.mapped import Mapped, Piece
from postlint.post.nodes import FootnoteDefinition, Item, Quote, ThematicBreak

CONTAINER_LIMIT = 100
"""How deep quotes and items nest before their marks are text: as deep as lists do in cmark-gfm."""

_PLAIN_LINES = re.compile(r"(?:[^\s#>+\-*_=`~<0-9|:{\[][^\n]*+\n|\[(?!\^)[^\n]*+\n)++")
"""Lines that begin no block but a paragraph, whatever stands before them."""
_BLANK_LINES = re.compile(r"(?:[ \t]*+\n)++")

_HTML_END = {"<!--": re.compile("-->"), "<?": re.compile(r"\?>"), "<![CDATA[": re.compile(r"\]\]>")}
_HTML_DECLARATION_END = re.compile(">")
_HTML_VERBATIM_END = re.compile(f"</(?:{'|'.join(PRE_TAGS)})>", re.IGNORECASE)
_HTML_NAME_END = re.compile(r"[ \t]|/?>|\Z")
_HTML_WHOLE_TAG = re.compile(rf"(?:{TAG})[ \t]*+\Z")

_MARKS = {
    "fence": BlockParser.SPECIFICATION["fenced_code"],
    "heading": BlockParser.SPECIFICATION["atx_heading"],
    "underline": r"(?:=++|-++)[ \t]*+$",
    "rule": r"(?:(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+)$",
    "quote": ">",
    "item": BlockParser.SPECIFICATION["list"],
    "html": r"</?[A-Za-z][A-Za-z0-9-]*+|<!--|<\?|<![A-Za-z]|<!\[CDATA\[",
    "footnote": r"\[\^(?P<name>(?:[^\\\[\]\s]|\\.)+)\]:",
}
"""What may begin a line behind the marks of its containers and an indent, by the rule that reads on."""


class Blocks(BlockParser):
    """Reads a document into blocks; the texts in them are left to be read."""

    starters: frozenset[str] = frozenset("#>+-*_=`~<[0123456789")
    """The characters that a mark may begin with."""

    def __init__(self, *, gfm: bool) -> None:
        super().__init__(max_nested_level=CONTAINER_LIMIT)
        self._gfm = gfm
        self.closer: Closer = LeafCloser()
        self.rules = []
        for name, grammar in _MARKS.items():
            if gfm or name != "footnote":
                self.register(name, grammar, getattr(type(self), f"parse_{name}"))

    def read(self, document: Mapped) -> State:
        """Read all lines of `document`, each of which ends at LF."""
        state = self.new_state(document)
        position = 0
        while position < state.cursor_max:
            if len(state.containers) == 1 and (state.leaf is None or type(state.leaf) is OpenParagraph):
                plain = _PLAIN_LINES.match(state.src, position)
                if plain:
                    add_to_paragraph(state, Piece(*plain.span()))
                    position = plain.end()
                    continue
            state.begin_line(position)
            self._read_line(state)
            position = state.next_line
        close(state, 0)
        return state

    def new_state(self, document: Mapped) -> State:
        return State(document, self.closer, gfm=self._gfm)

    def _read_line(self, state: State) -> None:
        _match_containers(state)
        if state.matched == len(state.containers) and self._continues_verbatim(state):
            return
        while not state.is_blank:
            if state.indent >= 4:
                if type(state.leaf) is OpenParagraph:
                    break
                start = state.cursor
                state.take_indent(4)
                code = IndentedCode(start, state.cursor, state.line_end)
                open_leaf(state, code)
                code.add(state)
                return
            if state.src[state.first] not in self.starters:
                break
            mark = self.compile_sc().match(state.src[state.first : state.line_end])
            if mark is None or not self.parse_method(mark, state):
                break
            if state.cursor == state.line_end:
                return
        self._read_text(state)

    def _continues_verbatim(self, state: State) -> bool:
        """Whether the line belongs to the open code or HTML block; what ends there is closed."""
        leaf = state.leaf
        if isinstance(leaf, Fence):
            if state.indent < 4 and leaf.closing.match(state.src, state.first, state.line_end):
                leaf.end = state.line_end
                close_leaf(state)
                return True
            state.take_indent(leaf.indent)
        elif isinstance(leaf, IndentedCode):
            if state.indent < 4 and not state.is_blank:
                close_leaf(state)
                return False
            state.take_indent(4)
        elif isinstance(leaf, HtmlBlock):
            if state.is_blank and leaf.closing is None:
                close_leaf(state)
                return False
        else:
            return False
        leaf.add(state)
        if isinstance(leaf, HtmlBlock) and leaf.closing and has(leaf.closing, state):
            close_leaf(state)
        return True

    def _read_text(self, state: State) -> None:
        """Read what begins no block."""
        if state.is_blank:
            close(state, state.matched)
            if all(container.indent and container.filled for container in state.containers[1:]):
                blank = _BLANK_LINES.match(state.src, state.next_line)
                state.next_line = blank.end() if blank else state.next_line
            return
        if type(state.leaf) is OpenParagraph:
            if not (state.gfm and state.interrupts and begins_table(state, state.leaf)):
                add_to_paragraph(state, Piece(state.first, state.next_line))
            return
        if type(state.leaf) is OpenTable and state.matched == len(state.containers):
            add_row(state, state.leaf, Span(state.first, state.line_end))
            return
        close(state, state.matched)
        add_to_paragraph(state, Piece(state.first, state.next_line))

    # Rules: each reads a mark that begins a block and returns the cursor behind it, None where the
    # line goes on as text.

    def parse_fence(self, mark: re.Match[str], state: State) -> int | None:
        run, info = mark["fenced_2"], mark["fenced_3"].strip(" \t")
        if run[0] == "`" and "`" in info:
            return None
        closing = rf"{run[0]}{{{len(run)},}}+[ \t]*+"
        content = state.next_line
        fence = Fence(state.first, content, state.line_end, state.indent, info, closing + r"\Z")
        open_leaf(state, fence)
        if len(state.containers) == 1 and not fence.indent:
            end = re.compile(rf"^ {{0,3}}{closing}$", re.MULTILINE).search(state.src, content)
            stop = end.start() if end else len(state.document.text)
            if stop > content:
                fence.pieces.append(Piece(content, stop))
                fence.end = stop
            if end:
                fence.end = end.end()
            state.next_line = end.end() + 1 if end else state.cursor_max
            close_leaf(state)
        return rest_read(state)

    def parse_heading(self, mark: re.Match[str], state: State) -> int:
        start, end = (state.first + place for place in mark.span("atx_2"))
        span = Span(state.first, state.trimmed(state.first, end))
        text = state.src[start:end].rstrip(" \t")
        without_closing = text.rstrip("#")
        if not without_closing or without_closing[-1] in " \t":
            text = without_closing.rstrip(" \t")
        end = start + len(text)
        start = end - len(text.lstrip(" \t"))
        open_leaf(state, None)
        add_heading(state, span, len(mark["atx_1"]), [Piece(start, end)])
        return rest_read(state)

    def parse_underline(self, mark: re.Match[str], state: State) -> int | None:
        leaf = state.leaf
        if type(leaf) is OpenParagraph and state.interrupts:
            leaf.pieces = without_definitions(state, leaf.pieces)
            if leaf.pieces:
                span = Span(leaf.pieces[0].start, state.trimmed(state.first, state.line_end))
                add_heading(state, span, 1 if mark[0][0] == "=" else 2, leaf.pieces)
                state.leaf = None
                return rest_read(state)
        other = self.compile_sc(["rule", "item"]).match(mark.string)
        return self.parse_method(other, state) if other else None

    def parse_rule(self, mark: re.Match[str], state: State) -> int:
        open_leaf(state, None)
        add_node(state, ThematicBreak, Span(state.first, state.trimmed(state.first, state.line_end)))
        return rest_read(state)

    def parse_quote(self, mark: re.Match[str], state: State) -> int | None:
        if len(state.containers) > self.max_nested_level:
            return None
        open_container(state, Quote(NOWHERE), state.first, 0)
        state.container.end = _take_quote_mark(state)
        return state.cursor

    def parse_item(self, mark: re.Match[str], state: State) -> int | None:
        sign = mark["list_2"]
        number = int(sign[:-1]) if len(sign) > 1 else None
        empty = not mark["list_3"].strip(" \t")
        if len(state.containers) > self.max_nested_level:
            return None
        if state.interrupts and (empty or number not in (None, 1)):
            return None
        close(state, state.matched)
        parent = state.container
        siblings = parent.list
        if siblings is None or siblings.mark != sign[-1]:
            siblings = OpenList(number, state.first, sign[-1])
            parent.children.append(siblings.node)
        start, indent = state.first, state.indent + len(sign)
        state.take(len(sign))
        width = 1 if empty or state.indent > 4 else state.indent
        open_container(state, Item(NOWHERE), start, indent + width, siblings)
        parent.list = siblings
        if not empty:
            state.take_indent(width)
        return state.cursor

    def parse_footnote(self, mark: re.Match[str], state: State) -> int | None:
        if len(state.containers) > self.max_nested_level:
            return None
        name = mark["name"]
        state.footnotes.setdefault(normalized_label(name), name)
        start = state.first
        state.take(len(mark[0]))
        open_container(state, FootnoteDefinition(NOWHERE, name), start, 4)
        state.container.filled = True
        state.take_indent(state.indent)
        return state.cursor

    def parse_html(self, mark: re.Match[str], state: State) -> int | None:
        sign = mark[0]
        name = sign.lstrip("</").lower()
        closing = _HTML_END.get(sign)
        if closing is None:
            name_ends = _HTML_NAME_END.match(state.src, state.first + len(sign), state.line_end)
            if sign[1] == "!":
                closing = _HTML_DECLARATION_END
            elif name in PRE_TAGS and sign[1] != "/" and name_ends:
                closing = _HTML_VERBATIM_END
            elif not (name in BLOCK_TAGS and name_ends) and (
                type(state.leaf) is OpenParagraph
                or not _HTML_WHOLE_TAG.match(state.src, state.first, state.line_end)
            ):
                return None
        block = HtmlBlock(state.first, state.cursor, state.line_end, closing)
        open_leaf(state, block)
        block.add(state)
        if closing and has(closing, state):
            close_leaf(state)
        return rest_read(state)


def _match_containers(state: State) -> None:
    """Find the containers that the line belongs to, and move behind their marks."""
    state.matched = 1
    for container in state.containers[1:]:
        if not container.indent:
            if state.indent > 3 or state.src[state.first] != ">":
                return
            container.end = _take_quote_mark(state)
        elif not container.filled if state.is_blank else state.indent < container.indent:
            return
        else:
            state.take_indent(container.indent)
        state.matched += 1


def _take_quote_mark(state: State) -> int:
    """Move the cursor behind the `>` and the space that belongs to it; the offset behind the `>`."""
    state.take(1)
    end = state.cursor
    if state.indent:
        state.take_indent(1)
    return end


def rest_read(state: State) -> int:
    state.cursor = state.line_end
    return state.cursor


def has(closing: re.Pattern[str], state: State) -> bool:
    return closing.search(state.src, state.first, state.line_end) is not None
