"""What stands within a block: kramdown's `parse_spans` in `parser/kramdown.rb` and the span parsers beside it.

The parser goes from one character that may begin something to the next and asks kramdown's span
parsers in kramdown's order. An element that is not closed is taken back and read again as text; so
that this cannot take quadratic time, failures are remembered, and a text in which far too much is
read again is plain text from there on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from postlint.post.kramdown import links
from postlint.post.kramdown.attributes import ANY, IDENTIFIER, AttributeList
from postlint.post.kramdown.characters import (
    NAME,
    SPACE,
    SPACES,
    STRIPPED,
    is_alphanumeric,
    is_letter,
    is_name,
)
from postlint.post.kramdown.code import code_span, ticks
from postlint.post.kramdown.context import MAXIMUM_DEPTH, Context
from postlint.post.kramdown.definitions import extension_body
from postlint.post.kramdown.options import KramdownOptions
from postlint.post.kramdown.scope import EMPHASIS, LINK, STRONG, Abbreviations, Place, Scope
from postlint.post.kramdown.symbols import ENTITY, QUOTE, SIGNS, TYPOGRAPHIC, entity, quotes, resolved
from postlint.post.kramdown.tags import (
    BLOCK_ELEMENTS,
    VOID_ELEMENTS,
    Tag,
    closing_pattern,
    closing_tag,
    content_model,
    opening_tag,
)
from postlint.post.kramdown.tree import Raw
from postlint.post.mapped import Piece
from postlint.post.nodes import (
    CodeSpan,
    Emphasis,
    FootnoteReference,
    Formula,
    HtmlComment,
    HtmlElement,
    Image,
    Link,
    LinkKind,
    Node,
    RawOutput,
    Strikethrough,
    Strong,
    Text,
)

_AUTOLINK = re.compile(r"<(?:((?:mailto|https?|ftps?):[^\n]+?)|([-\w.]+?@[-\w.]+?))>")
_HTML_START = re.compile(rf"<(?:!--|/|({NAME}))")
_FOOTNOTE = re.compile(rf"\[\^({IDENTIFIER})\]")
_EXTENSION = re.compile(rf"\{{::([A-Za-z0-9_]+)(?:[{SPACE}]({ANY}*?)|)(/)?\}}|\{{:/(?:{IDENTIFIER})?\}}")
_ATTRIBUTE_LIST = re.compile(rf"\{{:({ANY}+)\}}")
_ESCAPED = re.compile(r"""\\([\\.*_+`<>()\[\]{}#!:|"'$=-])""")
_ESCAPED_GFM = re.compile(r"""\\([\\.*_+`<>()\[\]{}#!:|"'$=~-])""")
_STRIKETHROUGH = re.compile(rf"~~(?![{SPACE}~]).*?[^{SPACE}~]~~", re.DOTALL)
_STRIKE_END = re.compile(rf"[^{SPACE}~]~~")
_LINE_ENDS = re.compile("\n+")

_TAGS_ONLY = re.compile("<")
_CODE_AND_TAGS = re.compile("[`<]")


_MOST_STARTS = 400_000
"""No text has so many span elements; behind them, what might be one is text."""


class _Settings:
    """What a site's options mean to the span parser."""

    def __init__(self, options: KramdownOptions) -> None:
        self.gfm = options.gfm
        self.hard_break = "\n" if options.hard_wrap else "\\\n"
        self.typographic = not (options.gfm and "no_auto_typographic" in options.gfm_quirks)
        self.line_breaks = not (options.gfm and options.hard_wrap)
        self.outside = re.compile("|".join(self._starts()))
        self.in_link = re.compile("|".join([*self._starts(), r"\]"]))

    def _starts(self) -> list[str]:
        """Characters that may begin a span element, or show that it began just before (see `run`).

        Each alternative begins with a plain character, so that a search may skip all others at once.
        """
        starts = [r"\*", "_", "`", "<", "&", r"\$", r"\\", r"\[", r"!\[", r"\{:", '"', "'"]
        if self.typographic:
            starts += ["--", r"\.\.\.", ">>"]
        if self.line_breaks:
            starts.append(r"\n(?<=  \n)")
        if self.gfm:
            starts.append("~~")
        return starts


_settings_of: dict[int, tuple[KramdownOptions, _Settings]] = {}


def _settings(options: KramdownOptions) -> _Settings:
    known = _settings_of.get(id(options))
    if known is None or known[0] is not options:
        known = _settings_of[id(options)] = options, _Settings(options)
    return known[1]


class SpanParser:
    """Reads the spans of one text."""

    def __init__(self, raw: Raw, context: Context, abbreviations: Abbreviations | None = None) -> None:
        self.context = context
        self.settings = settings = _settings(context.options)
        self.place = Place(raw, settings.hard_break, abbreviations)
        self.text = self.place.text
        self.end = len(self.text)
        self.position = 0
        self.failed: set[tuple[int, str, int]] = set()
        """Openers that are known not to be closed: where, what, and what they are in."""
        self.remembered: dict[str, int] = {}
        self.steps = min(1000 + 20 * self.end, _MOST_STARTS)
        """How often a start may be looked for yet."""

    def parse(self, *, breaks: bool = False, depth: int = 0) -> list[Node]:
        """All spans of the text. `breaks`: whether GFM's own line breaks count."""
        scope = Scope(self.place, depth, breaks=breaks and self.settings.gfm)
        self.run(scope, None)
        scope.flush(last=True, block=breaks)
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
            if pattern is _TAGS_ONLY:
                if not _html(self, scope, at):
                    scope.add(at, at + 1)
                    self.position = at + 1
            else:
                handler = _HANDLERS.get(character)
                if (handler is None or not handler(self, scope, at)) and not _quote(self, scope, at):
                    self._other(scope, at)
            position = begin = self.position
        if stop is None and position < self.end:
            scope.add(position, self.end)
            self.position = self.end
        return False

    def _other(self, scope: Scope, at: int) -> None:
        """A sign, or the character alone."""
        text = self.text
        if self.settings.typographic:
            match = TYPOGRAPHIC.match(text, at)
            if match is not None:
                scope.add_value(at, match.end(), SIGNS[match[0]], sign=True)
                self.position = match.end()
                return
        scope.add(at, at + 1)
        self.position = at + 1

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
        inner = Scope(self.place, scope.depth + 1, scope.flags | flag, breaks=scope.breaks)
        return inner


def _emphasis(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    mark = text[at]
    count = 2 if text.startswith(mark, at + 1) else 1
    after = at + count
    if not (
        (mark == "_" and _behind_letter(text, at))
        or (after < parser.end and text[after] in SPACES)
        or scope.flags & (STRONG if count == 2 else EMPHASIS)
        or scope.depth >= MAXIMUM_DEPTH
    ):
        if _try_emphasis(parser, scope, at, mark * count):
            return True
        if count == 2 and not scope.is_emphasis and _try_emphasis(parser, scope, at, mark):
            return True
    scope.add(at, after)
    parser.position = after
    return True


def _behind_letter(text: str, at: int) -> bool:
    if not at:
        return False
    before = text[at - 1]
    if before == "-":
        return at > 1 and is_letter(text[at - 2])
    return is_letter(before)


def _try_emphasis(parser: SpanParser, scope: Scope, at: int, delimiter: str) -> bool:
    count = len(delimiter)
    mark = delimiter[0]
    key = scope.flags | (8 if scope.is_emphasis else 0)
    if parser.last_closer(delimiter) < at + count or (at, delimiter, key) in parser.failed:
        return False
    text, end = parser.text, parser.end
    inner = parser.inner(scope, STRONG if count == 2 else EMPHASIS)
    inner.is_emphasis = count == 1
    rejected: list[int] = []

    def closes(position: int) -> bool:
        if not text.startswith(delimiter, position):
            return False
        behind = position + count
        if (
            text[position - 1] not in SPACES
            and not (count == 1 and text.startswith(mark, behind) and not text.startswith(mark, behind + 1))
            and not (mark == "_" and behind < end and is_alphanumeric(text[behind]))
            and not inner.empty
        ):
            return True
        if count == 2 or not text.startswith(mark, behind):
            rejected.append(position)
        return False

    parser.position = at + count
    if not parser.run(inner, closes):
        parser.failed.add((at, delimiter, key))
        # Where this went by another such opener, that one would go the same way to the end.
        parser.failed.update((position, delimiter, key) for position in rejected)
        return False
    stop = parser.position + count
    inner.flush(last=True)
    parser.position = stop
    kind = Strong if count == 2 else Emphasis
    scope.add_node(kind(parser.place.span(at, stop), children=inner.children))
    return True


def _code(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    count = ticks(text, at, parser.end)
    run = "`" * count if count < 10 else text[at : at + count]
    code = None
    if parser.last(run) >= at + count:
        code = code_span(text, at, 0, parser.end)
    if code is None:
        scope.add(at, at + count)
        parser.position = at + count
        return True
    parser.position = code.stop
    scope.add_node(CodeSpan(parser.place.span(at, code.stop), value=text[code.start : code.end]))
    return True


def _tag(parser: SpanParser, scope: Scope, at: int) -> bool:
    """An autolink or HTML, at `<`."""
    if parser.last(">") > at:
        match = _AUTOLINK.match(parser.text, at)
        if match is not None and (match[2] is None or match[2].isascii() or _is_address(match[2])):
            _autolink(parser, scope, match)
            return True
    return _html(parser, scope, at)


def _html(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    start = _HTML_START.match(text, at)
    if start is None or (start[1] is not None and not is_name(start[1][0])):
        return False
    if text.startswith("<!--", at) and parser.last("-->") >= at + 4:
        end = text.index("-->", at + 4) + 3
        scope.add_node(HtmlComment(parser.place.span(at, end)))
        parser.position = end
        return True
    closing = closing_tag(text, at)
    if closing is not None:
        scope.add(at, closing[1])
        parser.position = closing[1]
        return True
    tag = opening_tag(text, at)
    if tag is None or scope.depth >= MAXIMUM_DEPTH:
        scope.add(at, at + 1)
        parser.position = at + 1
    elif tag.name in BLOCK_ELEMENTS:
        written = text[at : tag.end]
        if "&" in written:
            scope.add_value(at, tag.end, resolved(written), sign=False)
        else:
            scope.add(at, tag.end)
        parser.position = tag.end
    else:
        _element(parser, scope, tag)
    return True


def _is_address(text: str) -> bool:
    return all(character in "-_.@" or is_alphanumeric(character) for character in text)


def _element(parser: SpanParser, scope: Scope, tag: Tag) -> None:
    attributes = {
        attribute.name: resolved(_LINE_ENDS.sub(" ", attribute.value)) for attribute in tag.attributes
    }
    model = content_model(tag.name)
    parsed = model != "raw" and not scope.raw and parser.context.parse_span_html
    wanted = attributes.pop("markdown", None)
    if wanted == "span":
        parsed = True
    elif wanted == "1":
        parsed = model != "raw"
    elif wanted == "0":
        parsed = False
    place = parser.place
    inner = parser.inner(scope)
    inner.raw = not parsed
    inner.breaks = False
    parser.position = tag.end
    if not tag.closed and tag.name not in VOID_ELEMENTS:
        closing = closing_pattern(tag.name, tag.known)
        text = parser.text

        def closes(position: int) -> bool:
            return text[position] == "<" and closing.match(text, position) is not None

        if parser.run(inner, closes, None if parsed else _TAGS_ONLY):
            match = closing.match(text, parser.position)
            if match is not None:
                parser.position = match.end()
        else:
            inner.add(parser.position, parser.end)
            parser.position = parser.end
        inner.flush(last=True)
    scope.add_node(
        HtmlElement(
            place.span(tag.start, parser.position),
            name=tag.name,
            opening_span=place.span(tag.start, tag.end),
            block=False,
            raw=not parsed,
            attribute_spans=tag.value_spans(place.source) if tag.attributes else {},
            children=inner.children,
            attributes=attributes,
        )
    )


def _autolink(parser: SpanParser, scope: Scope, match: re.Match[str]) -> None:
    address = match[1] or match[2]
    destination = address if match[1] else f"mailto:{address}"
    place = parser.place
    start, end = match.start() + 1, match.end() - 1
    span = place.span(start, end)
    shown = address.removeprefix("mailto:")
    text_span = place.span(end - len(shown), end)
    scope.add_node(
        Link(
            place.span(match.start(), match.end()),
            kind=LinkKind.AUTOLINK,
            destination=resolved(destination),
            destination_span=span,
            text_span=text_span,
            children=(Text(text_span, value=resolved(shown)),),
        )
    )
    parser.position = match.end()


def _bracket(parser: SpanParser, scope: Scope, at: int) -> bool:
    """A footnote's mark or a link, at `[`."""
    text = parser.text
    match = _FOOTNOTE.match(text, at)
    if match is not None:
        if match[1] in parser.context.footnotes:
            scope.add_node(FootnoteReference(parser.place.span(at, match.end()), name=match[1]))
        else:
            scope.add(at, match.end())
        parser.position = match.end()
        return True
    return _link(parser, scope, at)


def _link(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    start = at + (2 if text[at] == "!" else 1)
    if text[start - 1 : start] != "[" or start >= parser.end or text[start] == "^":
        return False
    links.parse(parser, scope, at, start)
    return True


def _dollar(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    if not text.startswith("$$", at) or parser.last("$$") < at + 2:
        return False
    close = text.index("$$", at + 2)
    value = text[at + 2 : close]
    start = at + 2 + len(value) - len(value.lstrip(STRIPPED))
    value = value.strip(STRIPPED)
    scope.add_node(
        Formula(
            parser.place.span(at, close + 2),
            value=value,
            tex_span=parser.place.span(start, start + len(value)),
            display=False,
        )
    )
    parser.position = close + 2
    return True


def _brace(parser: SpanParser, scope: Scope, at: int) -> bool:
    """An extension or attribute list, at `{:`."""
    text = parser.text
    if not text.startswith("{:", at):
        return False
    parser.position = at + 1
    if parser.last("}") > at:
        match = _EXTENSION.match(text, at)
        if match is not None:
            if match[1] is None or not _extension(parser, scope, match):
                scope.add(at, at + 1)
                parser.position = at + 1
            return True
        match = _ATTRIBUTE_LIST.match(text, at)
        if match is not None and (scope.ends_in_node or scope.symbol_last):
            if scope.ends_in_node:
                attributes = AttributeList()
                attributes.add(match[1])
                node = scope.children[-1]
                values = dict(node.attributes)
                attributes.apply(values, parser.context.named_lists)
                set_attributes(node, values)
            parser.position = match.end()
            return True
    scope.add(at, at + 1)
    return True


def set_attributes(node: Node, attributes: dict[str, str]) -> None:
    """Give a node attributes; some of them say the same as fields do, and win."""
    if "&" in "".join(attributes.values()):
        attributes = {name: resolved(value) for name, value in attributes.items()}
    node.attributes = attributes
    if isinstance(node, Link):
        node.destination = attributes.pop("href", node.destination)
        node.title = attributes.pop("title", node.title)
    elif isinstance(node, Image):
        node.destination = attributes.pop("src", node.destination)
        node.alt = attributes.pop("alt", node.alt)
        node.title = attributes.pop("title", node.title)


def _extension(parser: SpanParser, scope: Scope, match: re.Match[str]) -> bool:
    name, written, slash = match[1], match[2], match[3]
    if name not in ("comment", "nomarkdown", "options"):
        return False
    body_end = None
    start, end = match.span()
    if slash is None:
        found = extension_body(parser.text, match, block=False) if parser.last("{:/") >= end else None
        if found is None:
            return False
        body_end, end = found
    attributes = AttributeList()
    attributes.add(written or "")
    parser.position = end
    if name == "options":
        for key, value in attributes.attributes.items():
            parser.context.set_option(key, value)
    elif body_end is not None:
        span = parser.place.span(start, end)
        if name == "comment":
            scope.add_node(HtmlComment(span))
        elif is_for_html(attributes.attributes):
            scope.add_node(RawOutput(span, value=parser.text[match.end() : body_end]))
    return True


def is_for_html(attributes: dict[str, str]) -> bool:
    """Whether raw output with these attributes goes to HTML pages."""
    types = attributes.get("type", "").split()
    return not types or "html" in types


def _ampersand(parser: SpanParser, scope: Scope, at: int) -> bool:
    if parser.text.startswith(('"', "'"), at + 1):
        return False
    match = ENTITY.match(parser.text, at)
    if match is None:
        return False
    value = entity(match)
    if value is None:
        scope.add_value(at, at + 1, "&", sign=True)
        scope.add(at + 1, match.end())
    else:
        scope.add_value(at, match.end(), value, sign=True)
    parser.position = match.end()
    return True


def _backslash(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    if parser.settings.typographic and text.startswith(("<<", ">>"), at + 1):
        return False
    if parser.settings.line_breaks and text.startswith("\\\n", at + 1):
        scope.add_break(at, at + 2)
        parser.position = at + 2
        return True
    match = (_ESCAPED_GFM if parser.settings.gfm else _ESCAPED).match(text, at)
    if match is None:
        scope.add(at, at + 1)
        parser.position = at + 1
    else:
        scope.add_value(at, at + 2, match[1], sign=False)
        parser.position = at + 2
    return True


def _space(parser: SpanParser, scope: Scope, at: int) -> bool:
    if not parser.settings.line_breaks or not parser.text.startswith("  \n", at):
        return False
    scope.add_break(at, at + 2)
    parser.position = at + 2
    return True


def _tilde(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    if not parser.settings.gfm or not text.startswith("~~", at):
        return False
    last = parser.remembered.get("~~ ")
    if last is None:
        last = parser.last("~~")
        while last > 0 and (text[last - 1] in SPACES or text[last - 1] == "~"):
            last = text.rfind("~~", 0, last + 1)
        parser.remembered["~~ "] = last
    match = _STRIKETHROUGH.match(text, at) if last > at + 2 and scope.depth < MAXIMUM_DEPTH else None
    if match is None:
        return False
    end = match.end()
    content = Raw(parser.place.source, [Piece(at + 2, end - 2)])
    inner = SpanParser(content, parser.context, parser.place.abbreviations)
    children = inner.parse(depth=scope.depth + 1)
    parser.place.plain.update(inner.place.plain)
    scope.add_node(Strikethrough(parser.place.span(at, end), children=children))
    parser.position = end
    return True


def _quote(parser: SpanParser, scope: Scope, at: int) -> bool:
    text = parser.text
    if text[at] not in "\"'" and (text[at] == "\\" or not text.startswith(('"', "'"), at + 1)):
        return False
    match = QUOTE.match(text, at)
    if match is None:
        return False
    quote = match.start(match.lastgroup or 0)
    scope.add(at, quote)
    scope.add_value(quote, match.end(), quotes(match, parser.context.options.smart_quotes), sign=True)
    parser.position = match.end()
    return True


_HANDLERS: dict[str, Callable[[SpanParser, Scope, int], bool]] = {
    "*": _emphasis,
    "_": _emphasis,
    "`": _code,
    "<": _tag,
    "[": _bracket,
    "!": _link,
    "$": _dollar,
    "{": _brace,
    "&": _ampersand,
    "\\": _backslash,
    " ": _space,
    "~": _tilde,
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
        if not (_code if text[at] == "`" else _html)(parser, scope, at):
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
