"""Links and images: kramdown's `parser/kramdown/link.rb`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.kramdown.characters import SPACE, STRIPPED
from postlint.post.kramdown.context import MAXIMUM_DEPTH, normalized_label
from postlint.post.kramdown.scope import LINK, Scope
from postlint.post.kramdown.symbols import resolved
from postlint.post.nodes import Image, Link, LinkKind

if TYPE_CHECKING:
    from postlint.post.kramdown.spans import SpanParser

_LABEL = lazy(rf"[{SPACE}]*?\[([^\]]*)\]")
_ANGLED = lazy(r"\(<([^\n]*?)>")
_PARENTHESES = lazy(rf"[()]|[{SPACE}](?=['\"])")
_TITLE = lazy(rf"""[{SPACE}]*(["'])(.+?)\1[{SPACE}]*\)""", re.DOTALL)
_TITLE_END = lazy(rf"""["'][{SPACE}]*\)""")
_ESCAPED = lazy(r"""\\([\\.*_+`<>()\[\]{}#!:|"'$=-])""")


class _Brackets:
    """Counts the brackets in a link's text, to find the one that ends it."""

    def __init__(self, parser: SpanParser, scope: Scope) -> None:
        self.text = parser.text
        self.scope = scope
        self.open = 1
        self.seen = 0
        self.images = 0
        self.unmatched: list[int] = []

    def __call__(self, position: int) -> bool:
        character = self.text[position]
        if character == "]":
            self.open -= 1
        elif character == "[" or (character == "!" and self.text.startswith("[", position + 1)):
            self.open += 1
        else:
            return False
        # An image's own brackets are within it, and only its first has been counted.
        children = self.scope.children
        while self.seen < len(children):
            if isinstance(children[self.seen], Image):
                self.images += 1
                self._forget("!")
            self.seen += 1
        if character != "]":
            self.unmatched.append(position)
        elif self.unmatched:
            self.unmatched.pop()
        return self.open - self.images == 0

    def _forget(self, character: str) -> None:
        for number in range(len(self.unmatched) - 1, -1, -1):
            if self.text[self.unmatched[number]] == character:
                del self.unmatched[number]
                return


def parse(parser: SpanParser, scope: Scope, at: int, start: int) -> None:
    """Read the link or image at `at`, whose text begins at `start`; if there is none, its mark is text."""
    text = parser.text
    key = (at, "[", scope.flags)
    is_image = text[at] == "!"
    nests = not is_image and scope.flags & LINK
    if nests or parser.last("]") < start or scope.depth >= MAXIMUM_DEPTH or key in parser.failed:
        scope.add(at, start)
        parser.position = start
        return
    inner = parser.inner(scope, LINK)
    brackets = _Brackets(parser, inner)
    parser.position = start
    if not parser.run(inner, brackets):
        # Links that this one went by without an end have none either; images may well have one.
        parser.failed.update(
            (position, "[", scope.flags) for position in brackets.unmatched if text[position] == "["
        )
    elif _finish(parser, _Text(scope, inner, at, start, parser.position)):
        return
    parser.failed.add(key)
    scope.add(at, start)
    parser.position = start


class _Text(NamedTuple):
    """The text of what may be a link or an image; offsets into the parser's text."""

    scope: Scope
    """In which it stands."""
    inner: Scope
    """What it holds."""
    at: int
    """Where its mark is."""
    start: int
    close: int


class _Target(NamedTuple):
    """Where a link leads, and how that is written."""

    kind: LinkKind
    destination: str
    span: Span
    """That of the destination, in the file."""
    title: str | None
    attributes: dict[str, str]


def _finish(parser: SpanParser, written: _Text) -> bool:
    """Reads what stands behind the text, and adds the link if it is one."""
    position = written.close + 1
    label = _LABEL.match(parser.text, position) if parser.last("]") >= position else None
    if label is None and parser.text.startswith("(", position):
        target = _inline(parser, position)
    else:
        target = _reference(parser, written, label)
    if target is None:
        return False
    _add(parser, written, target)
    return True


def _reference(parser: SpanParser, written: _Text, label: re.Match[str] | None) -> _Target | None:
    """The target by the definition that `label` or else the text names; moves the position behind it."""
    definitions = parser.context.definitions
    if not definitions:
        return None
    name = label[1] if label is not None else ""
    definition = definitions.get(
        normalized_label(name or _ESCAPED.sub(r"\1", parser.text[written.start : written.close]))
    )
    if definition is None:
        return None
    parser.position = label.end() if label is not None else written.close + 1
    attributes: dict[str, str] = {}
    if definition.block is not None and definition.block.ial is not None:
        definition.block.ial.apply(attributes, parser.context.named_lists)
    return _Target(
        LinkKind.REFERENCE,
        resolved(definition.destination),
        definition.destination_span,
        definition.title,
        attributes,
    )


def _inline(parser: SpanParser, position: int) -> _Target | None:
    """The target that is written in parentheses from `position` on; moves the position behind them."""
    text = parser.text
    if parser.last(")") < position:
        return None
    angled = _ANGLED.match(text, position)
    if angled is not None:
        (begin, end), position = angled.span(1), angled.end()
        is_closed = text.startswith(")", position)
        position += is_closed
    else:
        begin = position + 1
        position, is_closed = _closing(parser, position)
        end = max(position - 1, begin)
        while begin < end and text[begin] in STRIPPED:
            begin += 1
        while end > begin and text[end - 1] in STRIPPED:
            end -= 1
    title = None
    if not is_closed:
        match = _TITLE.match(text, position) if _title_can_end(parser, position) else None
        if match is None:
            return None
        position, title = match.end(), match[2]
    parser.position = position
    return _Target(LinkKind.INLINE, resolved(text[begin:end]), parser.place.span(begin, end), title, {})


def _closing(parser: SpanParser, position: int) -> tuple[int, bool]:
    """Behind what ends an address that begins at `position`, and whether that is its parenthesis."""
    depth = 0
    while True:
        match = _PARENTHESES.search(parser.text, position)
        parser.steps -= 1
        if match is None or parser.steps < 0:
            return position, depth == 0
        position = match.end()
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth -= 1
            if depth == 0:
                return position, True
        else:
            return position, depth == 0


def _title_can_end(parser: SpanParser, position: int) -> bool:
    """Whether a quote and a closing parenthesis stand together anywhere behind `position`."""
    last = parser.remembered.get("title")
    if last is None:
        last = -1
        for match in _TITLE_END.finditer(parser.text):
            last = match.start()
        parser.remembered["title"] = last
    return last > position


def _add(parser: SpanParser, written: _Text, target: _Target) -> None:
    """Adds the link or image that ends at the parser's position."""
    place, attributes = parser.place, target.attributes
    span = place.span(written.at, parser.position)
    text_span = place.span(written.start, written.close)
    title = attributes.pop("title", None)
    if target.title is not None:
        title = resolved(target.title)
    if parser.text[written.at] == "!":
        for name in ("src", "alt"):
            attributes.pop(name, None)
        written.scope.add_node(
            Image(
                span,
                kind=target.kind,
                destination=target.destination,
                destination_span=target.span,
                text_span=text_span,
                alt=resolved(_ESCAPED.sub(r"\1", parser.text[written.start : written.close])),
                title=title,
                attributes=attributes,
            )
        )
        return
    attributes.pop("href", None)
    written.inner.flush(last=True)
    written.scope.add_node(
        Link(
            span,
            kind=target.kind,
            destination=target.destination,
            destination_span=target.span,
            text_span=text_span,
            title=title,
            children=written.inner.children,
            attributes=attributes,
        )
    )
