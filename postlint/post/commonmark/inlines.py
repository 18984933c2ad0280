"""The inside of a paragraph, heading or cell: mistune's inline rules, with the place of everything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from mistune import InlineParser, InlineState

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.post.commonmark import autolinks
from postlint.post.commonmark.delimiters import COMMONMARK, GITHUB, Run, match_runs
from postlint.post.commonmark.escapes import resolve, resolve_entities
from postlint.post.commonmark.html import TAG, element_at
from postlint.post.commonmark.syntax import LABEL_LIMIT, inline_target_at, label_at, normalized_label
from postlint.post.mapped import Mapped
from postlint.post.nodes import (
    CodeSpan,
    Emphasis,
    FootnoteReference,
    HtmlComment,
    Image,
    LineBreak,
    Link,
    LinkDefinition,
    LinkKind,
    Node,
    Strikethrough,
    Strong,
    Text,
)

_WRAPPERS: dict[tuple[str, int], type[Node]] = {
    ("*", 1): Emphasis,
    ("_", 1): Emphasis,
    ("*", 2): Strong,
    ("_", 2): Strong,
    ("~", 1): Strikethrough,
    ("~", 2): Strikethrough,
}

_MARKS = {
    "escaped": InlineParser.SPECIFICATION["escape"],
    "code": InlineParser.SPECIFICATION["codespan"],
    "delimiters": r"\*+|_+",
    "bracket": r"!?\[",
    "closing_bracket": r"\]",
    "autolink": InlineParser.SPECIFICATION["auto_link"],
    "email": InlineParser.SPECIFICATION["auto_email"],
    "tag": TAG,
    "comment": r"<[!?]",
    "line_end": r"\\?\n",
    "tildes": r"~+",
}
"""What may be more than text, by the rule that reads on."""


class References(NamedTuple):
    """What the text of a document may refer to."""

    links: Mapping[str, LinkDefinition]
    """By normalized label; of two with the same label, the first."""
    footnotes: Mapping[str, str]
    """The name of each footnote, by normalized label."""


class Bracket(NamedTuple):
    """A `[` or `![` at `[start, end)` that may begin a link or an image."""

    start: int
    end: int
    image: bool
    item: int
    """Its index in the items."""
    run: int
    """How many delimiter runs stand before it."""


class Bare(NamedTuple):
    """A bare address at `[start, end)`: a link, or text where it stands inside a link."""

    start: int
    end: int
    scheme: str
    """What the destination has before the address as written."""


class Candidate(NamedTuple):
    """Where a bare address may begin; `behind` is the offset behind its scheme, or `www.`."""

    start: int
    behind: int


class _Range(NamedTuple):
    """Text at `[start, end)`."""

    start: int
    end: int


_Item: TypeAlias = "_Range | Bare | Run | Node"


class InlinesState(InlineState):
    """What was found so far in one text, in its order."""

    def __init__(self, leaf: Mapped, references: References) -> None:
        super().__init__({})
        self.src = leaf.text
        self.leaf = leaf
        self.references = references
        self.items: list[_Item] = []
        self.runs: list[Run] = []
        self.last_bracket = self.src.rfind("]")
        self.open_brackets: list[Bracket] = []
        self.inactive = 0
        """So many of the open brackets, from the first, begin no link: it would have a link in it."""
        self.nested_from = -1
        """The end of the last bracket that was opened: what begins before it is no label."""
        self.has_unclosed = False
        """Whether a bracket was passed that nothing closes."""
        self.plain_from = 0
        """Where the text begins that is in no item yet."""
        self.token: dict[str, Any] = {}
        """What a rule of mistune's made last."""

    def append_token(self, token: dict[str, Any]) -> None:
        self.token = token

    def flush(self, end: int) -> None:
        """Make an item of the text before `end`."""
        if self.plain_from < end:
            self.items.append(_Range(self.plain_from, end))
        self.plain_from = end

    def add(self, item: _Item, start: int, end: int) -> None:
        """Add what stands at `[start, end)`, and before it the text that leads there."""
        if self.plain_from < start:
            self.items.append(_Range(self.plain_from, start))
        self.items.append(item)
        self.plain_from = end


class Inlines(InlineParser):
    """Reads a text into nodes, in time linear in its length.

    mistune's rules find code spans, raw HTML and autolinks. Links and emphasis are matched here:
    mistune forgets where their text stood, makes no link between `<a name=…>` and the end of a
    paragraph, and encodes destinations anew.
    """

    def __init__(self, *, gfm: bool) -> None:
        super().__init__()
        self._gfm = gfm
        self.classes = GITHUB if gfm else COMMONMARK
        self.rules = []
        for name, grammar in _MARKS.items():
            if gfm or name != "tildes":
                self.register(name, grammar, getattr(type(self), f"parse_{name}"))
        self.look_for(r"[\\`*_!\[\]<" + ("~]" if gfm else "]"))

    def look_for(self, marks: str) -> None:
        """Stop where this pattern matches: there may be more than text."""
        self._next_mark = re.compile(marks).search
        self._next_mark_or_line_end = re.compile(rf"{marks}|\n").search

    def nodes(self, leaf: Mapped, references: References) -> list[Node]:
        """What `leaf` is made of."""
        text = leaf.text
        next_mark = self._next_mark_or_line_end if "  \n" in text else self._next_mark
        mark = next_mark(text)
        addresses = self.address_candidates(text)
        address = next(addresses, None)
        if mark is None and address is None:
            nodes: list[Node] = []
            self._add_text(leaf, nodes, 0, len(text), in_link=False)
            return nodes
        state = InlinesState(leaf, references)
        rule_at = self.compile_sc().match
        position, at = 0, mark.start() if mark else len(text) + 1
        while True:
            if at < position:
                mark = next_mark(text, position)
                at = mark.start() if mark else len(text) + 1
            while address and address.start < position:
                address = next(addresses, None)
            if address and address.start < at:
                position = self.bare_address(address, state)
            elif mark is None:
                break
            else:
                match = rule_at(text, at)
                position = (match and self.parse_method(match, state)) or at + 1
        state.flush(len(text))
        return self._resolved(state, 0, 0, in_link=False)

    def address_candidates(self, text: str) -> Iterator[Candidate]:
        if self._gfm and ("://" in text or "www." in text or "WWW." in text):
            for match in autolinks.CANDIDATE.finditer(text):
                yield Candidate(*match.span())

    # Rules: each returns the offset behind what it read, None where there is nothing of its kind.
    # What none of them adds to the state is text.

    def parse_escaped(self, match: re.Match[str], state: InlinesState) -> int:
        return match.end()

    def parse_line_end(self, match: re.Match[str], state: InlinesState) -> int:
        start, end = match.span()
        text = state.src
        if end - start == 1:
            while start > state.plain_from and text[start - 1] == " ":
                start -= 1
            if end - start < 3:
                return end
        state.add(LineBreak(state.leaf.span(start, end)), start, end)
        return end

    def parse_code(self, match: re.Match[str], state: InlinesState) -> int:
        end = self.parse_codespan(match, state)
        if state.token["type"] == "codespan":
            start = match.start()
            state.add(CodeSpan(state.leaf.span(start, end), state.token["raw"]), start, end)
        return end

    def parse_tag(self, match: re.Match[str], state: InlinesState) -> int:
        start, end = match.span()
        if match[0][1] == "/":
            state.flush(start)
            state.plain_from = end
        else:
            state.add(element_at(state.leaf, start, end, block=False), start, end)
        return end

    def parse_comment(self, match: re.Match[str], state: InlinesState) -> int | None:
        end = self.parse_inline_html(match, state)
        if end is not None:
            state.add(HtmlComment(state.leaf.span(match.start(), end)), match.start(), end)
        return end

    def parse_autolink(self, match: re.Match[str], state: InlinesState) -> int:
        start, end = match.span()
        state.add(
            self._address(state.leaf, Bare(start + 1, end - 1, ""), LinkKind.AUTOLINK, start, end), start, end
        )
        return end

    def parse_email(self, match: re.Match[str], state: InlinesState) -> int:
        start, end = match.span()
        bare = Bare(start + 1, end - 1, "mailto:")
        state.add(self._address(state.leaf, bare, LinkKind.AUTOLINK, start, end), start, end)
        return end

    def parse_delimiters(self, match: re.Match[str], state: InlinesState) -> int:
        start, end = match.span()
        run = Run(state.src, start, end, len(state.runs), self.classes)
        if run.can_open or run.can_close:
            state.add(run, start, end)
            state.runs.append(run)
        return end

    def parse_tildes(self, match: re.Match[str], state: InlinesState) -> int:
        return match.end() if len(match[0]) > 2 else self.parse_delimiters(match, state)

    def parse_bracket(self, match: re.Match[str], state: InlinesState) -> int:
        start, end = match.span()
        if end > state.last_bracket:
            state.has_unclosed = True
            return end
        state.add(_Range(start, end), start, end)
        state.open_brackets.append(
            Bracket(start, end, end - start == 2, len(state.items) - 1, len(state.runs))
        )
        state.nested_from = end
        return end

    def parse_closing_bracket(self, match: re.Match[str], state: InlinesState) -> int:
        close = match.start()
        if state.open_brackets:
            bracket = state.open_brackets.pop()
            active = bracket.image or len(state.open_brackets) >= state.inactive
            state.inactive = min(state.inactive, len(state.open_brackets))
            end = active and (self._link(state, bracket, close) or self.footnote(state, bracket, close))
            if end:
                return end
        return close + 1

    def _link(self, state: InlinesState, bracket: Bracket, close: int) -> int | None:
        """Add what stands between `bracket` and the one at `close`, if it is a link or image.

        Returns the offset behind it; None if it is neither.
        """
        text, leaf = state.src, state.leaf
        target = inline_target_at(text, close + 2) if text.startswith("(", close + 1) else None
        if target:
            kind, end = LinkKind.INLINE, target.end
            destination = resolve(text[target.destination.start : target.destination.end])
            destination_span = leaf.span(*target.destination)
            title = resolve(text[target.title.start : target.title.end]) if target.title else None
        else:
            reference = _reference(state, bracket, close) if state.references.links else None
            if reference is None:
                return None
            definition, end = reference
            kind, destination = LinkKind.REFERENCE, definition.destination
            destination_span, title = definition.destination_span, definition.title

        state.flush(close)
        children = self._resolved(state, bracket.item + 1, bracket.run, in_link=not bracket.image)
        del state.items[bracket.item :]
        span, text_span = leaf.span(bracket.start, end), leaf.span(bracket.end, close)
        if bracket.image:
            alternative = alternative_text(children)
            state.items.append(
                Image(span, kind, destination, destination_span, text_span, alternative, title)
            )
        else:
            link = Link(span, kind, destination, destination_span, text_span, title, children=tuple(children))
            state.items.append(link)
            state.inactive = len(state.open_brackets)
        state.plain_from = end
        return end

    def footnote(self, state: InlinesState, bracket: Bracket, close: int) -> int | None:
        """Add the reference that stands between `bracket` and the one at `close`, if it is one."""
        text = state.src
        if not self._gfm or bracket.image or not text.startswith("^", bracket.end):
            return None
        name = state.references.footnotes.get(normalized_label(text[bracket.end + 1 : close]))
        if name is None:
            return None
        del state.items[bracket.item :]
        del state.runs[bracket.run :]
        state.items.append(FootnoteReference(state.leaf.span(bracket.start, close + 1), name))
        state.plain_from = close + 1
        return close + 1

    def bare_address(self, candidate: Candidate, state: InlinesState) -> int:
        """Add the address that begins as `candidate`, if it is one; the offset behind it."""
        start, behind_scheme = candidate
        end = autolinks.address_end(state.src, start, behind_scheme)
        if end is not None and state.open_brackets:
            bracket = state.src.find("]", behind_scheme, end)
            end = end if bracket < 0 else bracket
        if end is None or end <= behind_scheme:
            return behind_scheme
        www = state.src[behind_scheme - 1] == "."
        state.add(Bare(start, end, "http://" if www else ""), start, end)
        return end

    def _resolved(self, state: InlinesState, item: int, run: int, *, in_link: bool) -> list[Node]:
        """The nodes made of the items from `item` on, whose delimiter runs are those from `run` on."""
        match_runs(state.runs[run:])
        del state.runs[run:]
        leaf = state.leaf
        nodes: list[Node] = []
        outer: list[tuple[list[Node], type[Node], int]] = []
        start = end = 0
        for entry in state.items[item:] if item else state.items:
            if isinstance(entry, _Range) or (in_link and isinstance(entry, Bare)):
                if entry.start != end:
                    self._add_text(leaf, nodes, start, end, in_link=in_link)
                    start = entry.start
                end = entry.end
                continue
            if not isinstance(entry, Run):
                self._add_text(leaf, nodes, start, end, in_link=in_link)
                start = end
                if isinstance(entry, Bare):
                    entry = self._address(leaf, entry, LinkKind.BARE, entry.start, entry.end)
                nodes.append(entry)
                continue
            if entry.start != end:
                self._add_text(leaf, nodes, start, end, in_link=in_link)
                start = end = entry.start
            for length in entry.closes:
                self._add_text(leaf, nodes, start, end, in_link=in_link)
                start = end = end + length
                children = nodes
                nodes, wrapper, opened = outer.pop()
                nodes.append(wrapper(leaf.span(opened, end), children=tuple(children)))
            end += entry.left
            for length in reversed(entry.opens):
                self._add_text(leaf, nodes, start, end, in_link=in_link)
                outer.append((nodes, _WRAPPERS[entry.character, length], end))
                nodes = []
                start = end = end + length
        self._add_text(leaf, nodes, start, end, in_link=in_link)
        return nodes

    def _add_text(self, leaf: Mapped, nodes: list[Node], start: int, end: int, *, in_link: bool) -> None:
        if start >= end:
            return
        if self._gfm and not in_link and leaf.text.find("@", start, end) >= 0:
            for email_start, email_end in autolinks.emails(leaf.text, start, end):
                if start < email_start:
                    nodes.append(_text(leaf, start, email_start))
                bare = Bare(email_start, email_end, "mailto:")
                nodes.append(self._address(leaf, bare, LinkKind.BARE, email_start, email_end))
                start = email_end
        if start < end:
            nodes.append(_text(leaf, start, end))

    def _address(self, leaf: Mapped, bare: Bare, kind: LinkKind, start: int, end: int) -> Link:
        """The link at `[start, end)` whose text and destination are one address."""
        place = leaf.span(bare.start, bare.end)
        address = self.address_text(leaf.text[bare.start : bare.end])
        text = Text(place, address)
        return Link(leaf.span(start, end), kind, bare.scheme + address, place, place, children=(text,))

    def address_text(self, written: str) -> str:
        """What an address without brackets means that is written so."""
        return resolve_entities(written)


def _text(leaf: Mapped, start: int, end: int) -> Text:
    written = leaf.text[start:end]
    if "\n" in written:
        *lines, last = written.split("\n")
        written = "\n".join([*(line.rstrip(" ") for line in lines), last])
    return Text(leaf.span(start, end), resolve(written))


def _reference(state: InlinesState, bracket: Bracket, close: int) -> tuple[LinkDefinition, int] | None:
    """The definition that a reference with this text names, and the offset behind the reference."""
    text, end = state.src, close + 1
    written = label_at(text, end)
    if written is None:
        if state.nested_from > bracket.end or close - bracket.end > LABEL_LIMIT:
            return None
        written = Span(bracket.end, close)
        if text.startswith("[]", end):
            end += 2
    else:
        end = written.end + 1
    definition = state.references.links.get(normalized_label(text[written.start : written.end]))
    return (definition, end) if definition else None


def alternative_text(nodes: Sequence[Node]) -> str:
    """What a reader who does not see an image is told of it: text without its markup."""
    page = Node(Span(0, 0), children=nodes)
    return "".join(
        node.alt if isinstance(node, Image) else node.value
        for node in page.walk()
        if isinstance(node, (Image, Text, CodeSpan))
    )
