"""What stands within a block: kramdown's `parse_spans` in `parser/kramdown.rb` and its span parsers.

The parser goes from one character that may begin something to the next and asks kramdown's span
parsers in kramdown's order. An element that is not closed is taken back and read again as text; so
that this cannot take quadratic time, failures are remembered, and a text in which far too much is
read again is plain text from there on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from postlint.patterns import lazy
from postlint.post.kramdown import links, span_attributes, span_elements, span_html, span_text
from postlint.post.kramdown.characters import SPACES
from postlint.post.kramdown.context import Context
from postlint.post.kramdown.scope import LINK, Abbreviations, Place, Scope
from postlint.post.kramdown.tree import Raw
from postlint.post.mapped import Piece
from postlint.post.nodes import CodeSpan, HtmlElement, Node

_CODE_AND_TAGS = lazy("[`<]")

_MOST_STARTS = 400_000
"""No text has so many span elements; behind them, what might be one is text."""


class SpanParser:
    """Reads the spans of one text."""

    def __init__(self, raw: Raw, context: Context, abbreviations: Abbreviations | None = None) -> None:
        self.context = context
        self.settings = context.starts
        self.place = Place(raw, context.starts.hard_break, abbreviations)
        self.text = self.place.text
        self.end = len(self.text)
        self.position = 0
        self.failed: set[tuple[int, str, int]] = set()
        """Openers that are known not to be closed: where, what, and what they are in."""
        self.remembered: dict[str, int] = {}
        self.steps = min(1000 + 20 * self.end, _MOST_STARTS)
        """How often a start may be looked for yet."""

    def parse(self, *, breaks: bool = False, ends_block: bool = False, depth: int = 0) -> list[Node]:
        """All spans of the text.

        `breaks` tells whether GFM's own line breaks count, `ends_block` whether a block ends with the text.
        """
        scope = Scope(self.place, depth, breaks=breaks and self.settings.gfm)
        self.run(scope, None)
        scope.flush(last=True, block=ends_block)
        return scope.children

    def run(
        self,
        scope: Scope,
        stop: Callable[[int], bool] | None,
        pattern: re.Pattern[str] | None = None,
    ) -> bool:
        """Read spans into `scope` until `stop` says so; False if it never does."""
        text = self.text
        if pattern is None:
            pattern = self.settings.in_link if scope.flags & LINK else self.settings.outside
        search = pattern.search
        position = begin = self.position
        while position < self.end:
            match = search(text, begin)
            if match is None or self.steps < 0:
                break
            self.steps -= 1
            at = match.start()
            character = text[at]
            if character in "\"'>\n":
                # The line break is the two spaces, and kramdown looks at quotes from the character before.
                if character == "\n":
                    at -= 2
                    if at < position:
                        begin = at + 3
                        continue
                    character = " "
                elif at > position and (text[at - 1] == " " if character == ">" else text[at - 1] != "\\"):
                    at -= 1
                    character = text[at]
            if at > position:
                scope.add(position, at)
            self.position = at
            if stop is not None and stop(at):
                return True
            if pattern is span_html.TAGS_ONLY:
                if not span_html.parse(self, scope, at):
                    scope.add(at, at + 1)
                    self.position = at + 1
            else:
                handler = _HANDLERS.get(character)
                if (handler is None or not handler(self, scope, at)) and not span_text.quote_before(
                    self, scope, at
                ):
                    span_text.sign_or_character(self, scope, at)
            position = begin = self.position
        if stop is None and position < self.end:
            scope.add(position, self.end)
            self.position = self.end
        return False

    def last(self, needle: str) -> int:
        """Where `needle` occurs last; -1 if nowhere."""
        last = self.remembered.get(needle)
        if last is None:
            last = self.remembered[needle] = self.text.rfind(needle)
        return last

    def last_closer(self, delimiter: str) -> int:
        """Where an emphasis's closing delimiter may stand last: behind no space; -1 if nowhere."""
        key = delimiter + " "
        last = self.remembered.get(key)
        if last is None:
            last = self.text.rfind(delimiter)
            while last > 0 and self.text[last - 1] in SPACES:
                last = self.text.rfind(delimiter, 0, last + len(delimiter) - 1)
            self.remembered[key] = last
        return last

    def inner(self, scope: Scope, flag: int = 0) -> Scope:
        """The inside of an element in `scope`."""
        return Scope(self.place, scope.depth + 1, scope.flags | flag, breaks=scope.breaks)

    def separate(self, start: int, end: int, depth: int) -> list[Node]:
        """The spans of `[start, end)`, read without regard to what is around it."""
        content = Raw(self.place.source, [Piece(start, end)])
        inner = SpanParser(content, self.context, self.place.abbreviations)
        nodes = inner.parse(depth=depth)
        self.place.plain.update(inner.place.plain)
        return nodes


def _angle(parser: SpanParser, scope: Scope, at: int) -> bool:
    """An autolink or HTML, at `<`."""
    return span_elements.autolink(parser, scope, at) or span_html.parse(parser, scope, at)


def _bracket(parser: SpanParser, scope: Scope, at: int) -> bool:
    """A footnote's mark or a link, at `[`."""
    return span_elements.footnote(parser, scope, at) or _link(parser, scope, at)


def _link(parser: SpanParser, scope: Scope, at: int) -> bool:
    """A link or image, at `[` or `![`."""
    text = parser.text
    start = at + (2 if text[at] == "!" else 1)
    if text[start - 1 : start] != "[" or start >= parser.end or text[start] == "^":
        return False
    links.parse(parser, scope, at, start)
    return True


_HANDLERS: dict[str, Callable[[SpanParser, Scope, int], bool]] = {
    "*": span_elements.emphasis,
    "_": span_elements.emphasis,
    "`": span_elements.code,
    "<": _angle,
    "[": _bracket,
    "!": _link,
    "$": span_elements.formula,
    "{": span_attributes.parse,
    "&": span_text.ampersand,
    "\\": span_text.backslash,
    " ": span_text.space,
    "~": span_elements.strikethrough,
}


def table_parts(raw: Raw, context: Context) -> Iterator[tuple[bool, str]]:
    """A table's text as kramdown looks at it for pipes: whether each part is code, and what it holds."""
    parser = SpanParser(raw, context)
    text = parser.text
    plain = 0
    while parser.position < parser.end:
        match = _CODE_AND_TAGS.search(text, parser.position)
        if match is None:
            break
        at = parser.position = match.start()
        scope = Scope(parser.place, 0)
        if not (span_elements.code if text[at] == "`" else span_html.parse)(parser, scope, at):
            parser.position = at + 1
        if scope.children:
            if at > plain:
                yield False, text[plain:at]
            plain = parser.position
            node = scope.children[0]
            if isinstance(node, CodeSpan):
                yield True, node.value
            else:
                yield False, node.name if isinstance(node, HtmlElement) else text[at:plain]
    if plain < parser.end:
        yield False, text[plain:]
