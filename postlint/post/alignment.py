"""Where each character of a text that the engine has made stands in the file."""

from __future__ import annotations

from postlint.findings import Span
from postlint.patterns import lazy

_ENTITY = lazy(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);?")
_LIQUID = lazy(r"(?:\{%.*?%\}|\{\{.*?\}\})+", 16)
_SIGNS = {
    "\u2014": ("---",),
    "\u2013": ("--",),
    "\u2026": ("...",),
    "\u00ab": ("<< ", "<<"),
    "\u00bb": (">>",),
    "\u00a0": (" ", "&nbsp;"),
    "\u2018": ("'",),
    "\u2019": ("'",),
    "\u201c": ('"',),
    "\u201d": ('"',),
}
"""What kramdown's `typographic_symbol.rb` and `smart_quotes.rb` make signs of."""
_PREFIX = " \t>"
"""What a list or a quote has before its lines."""
_DEEPEST = 200
"""Characters of such a prefix."""
_LANDMARK, _REACH = 6, 4000
"""Characters that say where a text goes on behind something unknown, and how far they are looked for."""

_AT_ONCE = 256
"""Characters that are compared at once."""


def places(source: str, span: Span, value: str, *, escapes: bool = True) -> list[int]:
    """The offset in `source` of each character of `value`, which an engine made of `span`, and of its end.

    `escapes` says whether a backslash before a sign was taken away there, as it is outside raw HTML. Offsets
    never go back; where a character cannot be found, it has the place of the one before.
    """
    if source[span.start : span.end] == value:
        return list(range(span.start, span.end + 1))
    found: list[int] = []
    at = span.start
    while (index := len(found)) < len(value):
        # What stands there as it is needs no closer look; a backslash may be that of an escape.
        end = min(span.end, at + _AT_ONCE)
        stop = source.find("\\", at, end) if escapes else end
        same = _same(source[at : stop if stop >= 0 else end], value[index : index + _AT_ONCE])
        if same:
            found += range(at, at + same)
            at += same
            continue
        begin, end = _next(source, at, span.end, value[index], escapes=escapes)
        if begin < 0:
            landmark = value[index : index + _LANDMARK]
            begin = source.find(landmark, at, min(span.end, at + _REACH))
            if begin < 0:
                begin = end = at
            else:
                end = begin + 1
        found.append(begin)
        at = end
    found.append(span.end)
    return found


def _same(one: str, other: str) -> int:
    """How many characters at the beginning of both are the same."""
    if one == other[: len(one)]:
        return len(one)
    same, different = 0, min(len(one), len(other)) + 1
    while different - same > 1:
        middle = (same + different) // 2
        if one.startswith(other[:middle]):
            same = middle
        else:
            different = middle
    return same


def _next(source: str, at: int, stop: int, character: str, *, escapes: bool) -> tuple[int, int]:
    """What of `source` from `at` on makes `character`; (-1, at) if nothing does."""
    while at < stop:
        begins = source[at]
        if escapes and begins == "\\" and at + 1 < stop and source[at + 1] == character:
            return at, at + 2
        if begins == character:
            return at, at + 1
        if begins == "&" and (entity := _ENTITY.match(source, at, stop)):
            return at, entity.end()
        for sign in _SIGNS.get(character, ()):
            if source.startswith(sign, at):
                return at, at + len(sign)
        if begins == "{" and (liquid := _LIQUID.match(source, at, stop)):
            at = liquid.end()
        elif begins == "\r" or (begins in _PREFIX and _begins_line(source, at)):
            at += 1
        else:
            break
    return -1, at


def _begins_line(source: str, at: int) -> bool:
    before = source[max(0, at - _DEEPEST) : at].rstrip(_PREFIX)
    return not before or before.endswith(("\n", "\r"))
