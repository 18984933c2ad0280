"""Blocks as Goldmark reads them: CommonMark's, and what Hugo adds to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from postlint.findings import Span
from postlint.post.commonmark.blocks import Blocks, has, rest_read
from postlint.post.commonmark.html import TAG
from postlint.post.commonmark.leaves import (
    add_heading,
    close,
    close_leaf,
    open_container,
    open_leaf,
    without_definitions,
)
from postlint.post.commonmark.lines import NOWHERE, Closer, HtmlBlock, Inline, OpenParagraph, State
from postlint.post.goldmark.attributes import AttributeList, first_whole_list, list_at, trailing_list
from postlint.post.goldmark.closing import GoldmarkCloser, add_table, lines_of, table_at
from postlint.post.goldmark.ids import HugoIds, heading_text
from postlint.post.goldmark.options import GoldmarkOptions
from postlint.post.liquid import UNKNOWN
from postlint.post.mapped import Mapped, Piece
from postlint.post.nodes import (
    DefinitionDetails,
    DefinitionList,
    DefinitionTerm,
    FootnoteDefinition,
    Heading,
    Node,
    Paragraph,
)

_HTML_END = {
    "<!--": re.compile("-->"),
    "<?": re.compile(r"\?>"),
    "<![CDATA[": re.compile(r"\]\]>"),
}
_HTML_DECLARATION_END = re.compile(">")
_HTML_VERBATIM = ("script", "pre", "style", "textarea")
_HTML_VERBATIM_END = re.compile(rf"</(?:{'|'.join(_HTML_VERBATIM)})>", re.IGNORECASE)
_HTML_VERBATIM_NAME_END = re.compile(r"[ \t\r\f]|/?>|\Z")
_HTML_NAME_END = re.compile(r" |/?>|\Z")
_HTML_WHOLE_TAG = re.compile(rf"(?:{TAG})[ ]*+\Z")
_HTML_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center"),
        *("col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head"),
        *("header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "meta"),
        *("nav", "noframes", "ol", "optgroup", "option", "p", "param", "section", "source", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul"),
    )
)
"""CommonMark 0.30, section 4.6, the sixth kind."""

_DEFINITION = r":(?=[ \t])"
_FOOTNOTE = r"\[\^(?P<label>(?:[^\\\[\]\n]|\\[!-/:-@\[-`{-~]|\\)+)\]:"
_WIDEST_DEFINITION = 8
"""From so many columns behind its colon on, a definition begins with indented code."""


class GoldmarkState(State):
    """What Goldmark keeps of a page beside the lines."""

    def __init__(self, document: Mapped, closer: Closer, options: GoldmarkOptions) -> None:
        super().__init__(document, closer, gfm=False)
        self.ids = HugoIds(options.auto_heading_id_type)
        self._options = options
        self.definition_lists: list[DefinitionList] = []
        self._has_unknown = UNKNOWN in self.src
        self._counted = 0
        self._shortcodes = 0

    def shortcodes_before(self, offset: int) -> int:
        """How many shortcodes stand before `offset`; it is asked for in the order of the text."""
        if self._has_unknown and offset > self._counted:
            self._shortcodes += self.src.count(UNKNOWN, self._counted, offset)
            self._counted = offset
        return self._shortcodes

    def identify(self, heading: Heading, pieces: Sequence[Piece]) -> None:
        """Give the heading the id that its attributes or its text say. Its text has been read."""
        if "id" in heading.attributes:
            heading.id = heading.attributes["id"]
            self.ids.keep(heading.id)
        elif self._options.auto_heading_id and (text := heading_text(heading)):
            # Of more than one line, the last one counts.
            last = (
                text.rpartition("\n")[2]
                if pieces[0].start < self.src.rfind("\n", 0, pieces[-1].end)
                else text
            )
            heading.id = self.ids.next(last, self.shortcodes_before(pieces[0].start))


class GoldmarkBlocks(Blocks):
    """Reads a document into blocks; the texts in them are left to be read."""

    def __init__(self, options: GoldmarkOptions) -> None:
        super().__init__(gfm=False)
        self._options = options
        self.closer = GoldmarkCloser(options)
        for name, first, grammar, is_on in (
            ("footnote", "[", _FOOTNOTE, options.footnote),
            ("definition", ":", _DEFINITION, options.definition_list),
            ("attributes", "{", r"\{", options.block_attributes),
        ):
            if is_on:
                self.register(name, grammar, getattr(GoldmarkBlocks, f"parse_{name}"))
                self.starters |= {first}

    def new_state(self, document: Mapped) -> GoldmarkState:
        return GoldmarkState(document, self.closer, self._options)

    def read(self, document: Mapped) -> GoldmarkState:
        state = super().read(document)
        assert isinstance(state, GoldmarkState)
        for definitions in state.definition_lists:
            items = definitions.children
            definitions.span = Span(items[0].span.start, items[-1].span.end)
        return state

    def parse_heading(self, mark: re.Match[str], state: State) -> int:
        end = super().parse_heading(mark, state)
        node, pieces = state.inlines[-1]
        assert isinstance(node, Heading)
        line = Piece(pieces[0].start, state.first + mark.end("atx_2"))
        if not self._options.is_old:
            state.inlines[-1] = Inline(node, self._without_closing(state, node, line))
            return end
        # `## text ## {#id}` is one too: the closing marks stand before the list.
        closed = _closed_heading(state.src[line.start : line.end]) if self._options.title_attributes else None
        if closed:
            text, found = closed
            pieces = [Piece(line.start, state.trimmed(line.start, line.start + len(text)))]
            self._identify(state, node, pieces, found)
        else:
            pieces = self._with_id(state, node, pieces)
        state.inlines[-1] = Inline(node, pieces)
        return end

    def _without_closing(self, state: State, heading: Heading, line: Piece) -> list[Piece]:
        """The text of a heading on `line`: without its attributes and the marks before them."""
        start, end = line.start, state.trimmed(line.start, line.end)
        found = self._attributes(state.src[start:end])
        if found:
            end = state.trimmed(start, start + found.start)
        text = state.src[start:end]
        if not text.strip("#"):
            end = start
        elif text.endswith("#") and (bare := text.rstrip("#")).endswith((" ", "\t")):
            end = state.trimmed(start, start + len(bare))
        pieces = [Piece(start, end)]
        self._identify(state, heading, pieces, found)
        return pieces

    def _attributes(self, line: str) -> AttributeList | None:
        if not self._options.title_attributes:
            return None
        return (trailing_list if self._options.is_old else first_whole_list)(line)

    def parse_underline(self, mark: re.Match[str], state: State) -> int | None:
        leaf = state.leaf
        if type(leaf) is OpenParagraph and state.interrupts and leaf.pieces:
            leaf.pieces = without_definitions(state, leaf.pieces)
            table = table_at(state, leaf.pieces) if self._options.table else None
            pieces = table.before if table else leaf.pieces
            state.leaf = None
            if table:
                add_table(state, table)
            if pieces:
                span = Span(pieces[0].start, state.trimmed(state.first, state.line_end))
                heading = add_heading(state, span, 1 if mark[0][0] == "=" else 2, pieces)
                state.inlines[-1] = Inline(heading, self._with_id(state, heading, pieces))
                return rest_read(state)
        return super().parse_underline(mark, state)

    def _with_id(self, state: State, heading: Heading, pieces: list[Piece]) -> list[Piece]:
        """The heading's text without its attribute list; the id is that of its last line."""
        lines = [Piece(*line) for line in lines_of(state.src, pieces)]
        last = lines[-1] if lines else Piece(pieces[0].start, pieces[0].start)
        found = self._attributes(state.src[last.start : last.end])
        if found:
            last = Piece(last.start, state.trimmed(last.start, last.start + found.start))
            pieces = [*lines[:-1], last]
        self._identify(state, heading, pieces, found)
        return pieces

    def _identify(
        self, state: State, heading: Heading, pieces: list[Piece], found: AttributeList | None
    ) -> None:
        """Give the heading its attributes, and the id that they or the last line of its text make."""
        assert isinstance(state, GoldmarkState)
        start, end = pieces[0].start, pieces[-1].end
        heading.text_span = state.document.span(start, state.trimmed(start, end))
        if found and found.values:
            heading.attributes = found.values
        if not self._options.is_old:
            return
        if "id" in heading.attributes:
            heading.id = heading.attributes["id"]
            if self._options.auto_heading_id:
                state.ids.keep(heading.id)
        elif self._options.auto_heading_id:
            line = state.src.rfind("\n", pieces[-1].start, state.trimmed(start, end)) + 1
            last = max(line, pieces[-1].start)
            heading.id = state.ids.next(state.src[last:end], state.shortcodes_before(last))

    def parse_footnote(self, mark: re.Match[str], state: State) -> int | None:
        name = mark["label"]
        if len(state.containers) > self.max_nested_level or not name.strip():
            return None
        state.footnotes.setdefault(name, name)
        start = state.first
        state.take(len(mark[0]))
        open_container(state, FootnoteDefinition(NOWHERE, name), start, 4)
        state.container.filled = True
        state.take_indent(state.indent)
        return state.cursor

    def parse_definition(self, mark: re.Match[str], state: State) -> int | None:
        """`: details`, below a paragraph each of whose lines is a term, or below other details."""
        if state.indent or len(state.containers) > self.max_nested_level:
            return None
        children = state.containers[state.matched - 1].children
        if state.interrupts:
            close_leaf(state)
        elif not (children and isinstance(children[-1], (Paragraph, DefinitionList))):
            return None
        if not (children and isinstance(children[-1], (Paragraph, DefinitionList))):
            return None
        close(state, state.matched)
        items = self._definitions(state, children)
        start = state.first
        state.take(1)
        width = state.indent if state.indent < _WIDEST_DEFINITION else 5
        details = DefinitionDetails(NOWHERE)
        open_container(state, details, start, width + 1)
        items.append(children.pop())
        state.container.filled = True
        state.take_indent(width)
        return state.cursor

    def _definitions(self, state: State, children: list[Node]) -> list[Node]:
        """What is in the list that goes on behind `children`; their last paragraph becomes terms in it."""
        assert isinstance(state, GoldmarkState)
        paragraph = children.pop() if isinstance(children[-1], Paragraph) else None
        if children and isinstance(children[-1], DefinitionList):
            definitions = children[-1]
        else:
            definitions = DefinitionList(NOWHERE, children=[])
            state.definition_lists.append(definitions)
            children.append(definitions)
        items = definitions.children
        assert isinstance(items, list)
        if paragraph is not None:
            items += _terms(state, paragraph)
        return items

    def parse_attributes(self, mark: re.Match[str], state: State) -> int | None:
        """`{#id .class}` on a line of its own: attributes of the block right above."""
        found = list_at(state.src, state.first)
        if found is None or state.src[found.end : state.line_end].strip() or found.end > state.line_end:
            return None
        line_start = state.src.rfind("\n", 0, state.first) + 1
        line_before = state.src[state.src.rfind("\n", 0, max(0, line_start - 1)) + 1 : line_start]
        open_leaf(state, None)
        children = state.container.children
        if children and line_before.strip():
            node = children[-1]
            node.attributes = {**found.values, **node.attributes}
        return rest_read(state)

    def parse_html(self, mark: re.Match[str], state: State) -> int | None:
        sign = mark[0]
        name = sign.lstrip("</").lower()
        behind = state.first + len(sign)
        closing = _HTML_END.get(sign)
        if closing is None:
            if sign[1] == "!":
                if not sign[2].isupper():
                    return None
                closing = _HTML_DECLARATION_END
            elif (
                name in _HTML_VERBATIM
                and sign[1] != "/"
                and _HTML_VERBATIM_NAME_END.match(state.src, behind, state.line_end)
            ):
                closing = _HTML_VERBATIM_END
            elif not (
                name in _HTML_BLOCKS and _HTML_NAME_END.match(state.src, behind, state.line_end)
            ) and not (
                _HTML_WHOLE_TAG.match(state.src, state.first, state.line_end)
                and (name in _HTML_BLOCKS or _begins_any(name, state))
            ):
                return None
        block = HtmlBlock(state.first, state.cursor, state.line_end, closing)
        open_leaf(state, block)
        block.add(state)
        if closing and has(closing, state):
            close(state, len(state.containers))
        return rest_read(state)


def _begins_any(name: str, state: State) -> bool:
    """Whether any other whole tag may begin a block here: not within a paragraph."""
    return name not in _HTML_VERBATIM[:3] and type(state.leaf) is not OpenParagraph


_CLOSED = re.compile(r"((?:\\[!-/:-@\[-`{-~]|(?![ \t]#).)*?)[ \t]#+(?=[ \t]*\{)")


def _closed_heading(line: str) -> tuple[str, AttributeList] | None:
    """The text and the list of `text ## {#id}`."""
    closed = _CLOSED.match(line)
    if closed is None:
        return None
    start = line.index("{", closed.end())
    found = list_at(line, start)
    if found is None or line[found.end :].strip(" \t\r\n"):
        return None
    return closed[1], found


def _terms(state: State, paragraph: Node) -> list[Node]:
    """Each line of a paragraph is a term."""
    index = next(i for i in range(len(state.inlines) - 1, -1, -1) if state.inlines[i].node is paragraph)
    terms: list[Node] = []
    texts: list[Inline] = []
    for start, line_end in lines_of(state.src, state.inlines[index].pieces):
        end = state.trimmed(start, line_end)
        terms.append(DefinitionTerm(state.document.span(start, end)))
        texts.append(Inline(terms[-1], [Piece(start, end)]))
    state.inlines[index : index + 1] = texts
    return terms
