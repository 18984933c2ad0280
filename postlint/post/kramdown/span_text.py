"""Characters that stand for others, and line breaks, within text.

Settled by `smart_quotes.rb`, `typographic_symbol.rb`, `html_entity.rb`, `escaped_chars.rb` and
`line_break.rb` of kramdown's `parser/kramdown/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.patterns import lazy
from postlint.post.kramdown.scope import Scope
from postlint.post.kramdown.symbols import ENTITY, QUOTE, SIGNS, TYPOGRAPHIC, entity, quotes

if TYPE_CHECKING:
    from postlint.post.kramdown.spans import SpanParser

_ESCAPED = lazy(r"""\\([\\.*_+`<>()\[\]{}#!:|"'$=-])""")
_ESCAPED_GFM = lazy(r"""\\([\\.*_+`<>()\[\]{}#!:|"'$=~-])""")


def ampersand(parser: SpanParser, scope: Scope, at: int) -> bool:
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


def backslash(parser: SpanParser, scope: Scope, at: int) -> bool:
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


def space(parser: SpanParser, scope: Scope, at: int) -> bool:
    if not parser.settings.line_breaks or not parser.text.startswith("  \n", at):
        return False
    scope.add_break(at, at + 2)
    parser.position = at + 2
    return True


def quote_before(parser: SpanParser, scope: Scope, at: int) -> bool:
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


def sign_or_character(parser: SpanParser, scope: Scope, at: int) -> None:
    """A typographic sign, or the character alone."""
    match = TYPOGRAPHIC.match(parser.text, at) if parser.settings.typographic else None
    if match is not None:
        scope.add_value(at, match.end(), SIGNS[match[0]], sign=True)
        parser.position = match.end()
    else:
        scope.add(at, at + 1)
        parser.position = at + 1
