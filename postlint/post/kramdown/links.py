"""Links and images: kramdown's `parser/kramdown/link.rb`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.kramdown.characters import SPACE, STRIPPED
from postlint.post.kramdown.context import MAXIMUM_DEPTH, Definition, normalized_label
from postlint.post.kramdown.scope import LINK, Scope
from postlint.post.kramdown.symbols import resolved
from postlint.post.nodes import Image, Link, LinkKind

if TYPE_CHECKING:
    from postlint.post.kramdown.spans import SpanParser

_LABEL = lazy(rf"[{SPACE}]*?\[([^\]]*)\]")
_ANGLED = lazy(r"\(<([^\n]*?)>")
_PARENTHESES = lazy(rf"[()]|[{SPACE}](?=['\"])")
_TITLE = lazy(rf"""[{SPACE}]*(["'])(.+?)\1[{SPACE}]*\)""", re.DOTALL)
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
    elif _finish(parser, scope, inner, at, start, parser.position):
        return
    parser.failed.add(key)
    scope.add(at, start)
    parser.position = start


def _finish(parser: SpanParser, scope: Scope, inner: Scope, at: int, start: int, close: int) -> bool:
    """Read what stands behind the text `[start, close)`, and add the link if it is one."""
    text = parser.text
    position = close + 1
    label = _LABEL.match(text, position) if parser.last("]") >= position else None
    if label is not None or not text.startswith("(", position):
        definitions = parser.context.definitions
        if not definitions:
            return False
        name = label[1] if label is not None and label[1] else _ESCAPED.sub(r"\1", text[start:close])
        definition = definitions.get(normalized_label(name))
        if definition is None:
            return False
        parser.position = label.end() if label is not None else position
        _add_reference(parser, scope, inner, (at, start, close), definition)
        return True
    if parser.last(")") < position:
        return False
    angled = _ANGLED.match(text, position)
    if angled is not None:
        begin, end = angled.span(1)
        position = angled.end()
        if text.startswith(")", position):
            parser.position = position + 1
            _add(parser, scope, inner, (at, start, close), (begin, end), None)
            return True
    else:
        begin = position + 1
        depth = 0
        stopped = False
        while not stopped:
            match = _PARENTHESES.search(text, position)
            parser.steps -= 1
            if match is None or parser.steps < 0:
                break
            position = match.end()
            if match[0] == "(":
                depth += 1
            elif match[0] == ")":
                depth -= 1
                stopped = depth == 0
            else:
                stopped = True
        end = max(position - 1, begin)
        while begin < end and text[begin] in STRIPPED:
            begin += 1
        while end > begin and text[end - 1] in STRIPPED:
            end -= 1
        if depth == 0:
            parser.position = position
            _add(parser, scope, inner, (at, start, close), (begin, end), None)
            return True
    title = _TITLE.match(text, position) if _title_can_end(parser, position) else None
    if title is None:
        return False
    parser.position = title.end()
    _add(parser, scope, inner, (at, start, close), (begin, end), title[2])
    return True


def _title_can_end(parser: SpanParser, position: int) -> bool:
    """Whether a quote and a closing parenthesis stand together anywhere behind `position`."""
    last = parser.remembered.get("title")
    if last is None:
        last = -1
        for match in _TITLE_END.finditer(parser.text):
            last = match.start()
        parser.remembered["title"] = last
    return last > position


_TITLE_END = lazy(rf"""["'][{SPACE}]*\)""")


def _add(
    parser: SpanParser,
    scope: Scope,
    inner: Scope,
    written: tuple[int, int, int],
    destination: tuple[int, int],
    title: str | None,
) -> None:
    place = parser.place
    value = resolved(parser.text[destination[0] : destination[1]])
    _add_node(parser, scope, inner, written, LinkKind.INLINE, value, place.span(*destination), title, {})


def _add_reference(
    parser: SpanParser,
    scope: Scope,
    inner: Scope,
    written: tuple[int, int, int],
    definition: Definition,
) -> None:
    attributes: dict[str, str] = {}
    if definition.block is not None and definition.block.ial is not None:
        definition.block.ial.apply(attributes, parser.context.named_lists)
    _add_node(
        parser,
        scope,
        inner,
        written,
        LinkKind.REFERENCE,
        resolved(definition.destination),
        definition.destination_span,
        definition.title,
        attributes,
    )


def _add_node(
    parser: SpanParser,
    scope: Scope,
    inner: Scope,
    written: tuple[int, int, int],
    kind: LinkKind,
    destination: str,
    destination_span: Span,
    title: str | None,
    attributes: dict[str, str],
) -> None:
    at, start, close = written
    place = parser.place
    span = place.span(at, parser.position)
    text_span = place.span(start, close)
    if title is not None:
        title = resolved(title)
        attributes.pop("title", None)
    else:
        title = attributes.pop("title", None)
    if parser.text[at] == "!":
        for name in ("src", "alt"):
            attributes.pop(name, None)
        scope.add_node(
            Image(
                span,
                kind=kind,
                destination=destination,
                destination_span=destination_span,
                text_span=text_span,
                alt=resolved(_ESCAPED.sub(r"\1", parser.text[start:close])),
                title=title,
                attributes=attributes,
            )
        )
        return
    attributes.pop("href", None)
    inner.flush(last=True)
    scope.add_node(
        Link(
            span,
            kind=kind,
            destination=destination,
            destination_span=destination_span,
            text_span=text_span,
            title=title,
            children=inner.children,
            attributes=attributes,
        )
    )
