"""Emphasis, code, autolinks, footnotes' marks, formulas, struck text.

Settled by `emphasis.rb`, `codespan.rb`, `autolink.rb`, `footnote.rb`, `math.rb` of kramdown's
`parser/kramdown/`, and by `parse_strikethrough_gfm` in kramdown-parser-gfm's `gfm.rb`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postlint.patterns import lazy
from postlint.post.kramdown.attributes import IDENTIFIER
from postlint.post.kramdown.characters import SPACE, SPACES, STRIPPED, is_alphanumeric, is_letter
from postlint.post.kramdown.code import code_span, ticks
from postlint.post.kramdown.context import MAXIMUM_DEPTH
from postlint.post.kramdown.scope import EMPHASIS, STRONG, Scope
from postlint.post.kramdown.symbols import resolved
from postlint.post.nodes import (
    CodeSpan,
    Emphasis,
    FootnoteReference,
    Formula,
    Link,
    LinkKind,
    Strikethrough,
    Strong,
)

if TYPE_CHECKING:
    from postlint.post.kramdown.spans import SpanParser

_AUTOLINK = lazy(r"<(?:((?:mailto|https?|ftps?):[^\n]+?)|([-\w.]+?@[-\w.]+?))>")
_FOOTNOTE = lazy(rf"\[\^({IDENTIFIER})\]")
_STRIKETHROUGH = lazy(rf"~~(?![{SPACE}~]).*?[^{SPACE}~]~~", re.DOTALL)


def emphasis(parser: SpanParser, scope: Scope, at: int) -> bool:
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


def code(parser: SpanParser, scope: Scope, at: int) -> bool:
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


def autolink(parser: SpanParser, scope: Scope, at: int) -> bool:
    if parser.last(">") < at:
        return False
    match = _AUTOLINK.match(parser.text, at)
    if match is None or (match[2] is not None and not match[2].isascii() and not _is_address(match[2])):
        return False
    address = match[1] or match[2]
    place = parser.place
    start, end = match.start() + 1, match.end() - 1
    shown = address.removeprefix("mailto:")
    text_span = place.span(end - len(shown), end)
    inner = parser.inner(scope)
    inner.add_value(end - len(shown), end, resolved(shown), sign=False)
    inner.flush(last=True)
    scope.add_node(
        Link(
            place.span(at, match.end()),
            kind=LinkKind.AUTOLINK,
            destination=resolved(address if match[1] else f"mailto:{address}"),
            destination_span=place.span(start, end),
            text_span=text_span,
            children=inner.children,
        )
    )
    parser.position = match.end()
    return True


def _is_address(text: str) -> bool:
    return all(character in "-_.@" or is_alphanumeric(character) for character in text)


def footnote(parser: SpanParser, scope: Scope, at: int) -> bool:
    match = _FOOTNOTE.match(parser.text, at)
    if match is None:
        return False
    if match[1] in parser.context.footnotes:
        scope.add_node(FootnoteReference(parser.place.span(at, match.end()), name=match[1]))
    else:
        scope.add(at, match.end())
    parser.position = match.end()
    return True


def formula(parser: SpanParser, scope: Scope, at: int) -> bool:
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


def strikethrough(parser: SpanParser, scope: Scope, at: int) -> bool:
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
    children = parser.separate(at + 2, end - 2, scope.depth + 1)
    scope.add_node(Strikethrough(parser.place.span(at, end), children=children))
    parser.position = end
    return True
