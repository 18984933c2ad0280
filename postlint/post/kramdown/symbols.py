"""Characters that stand for others: quotes, dashes, ellipses, guillemets, HTML entities.

Settled by `smart_quotes.rb`, `typographic_symbol.rb`, `html_entity.rb` of kramdown's `parser/kramdown/`
and by its `utils/entities.rb`.
"""

from __future__ import annotations

import functools
import re

from postlint.patterns import lazy
from postlint.post.kramdown.characters import SPACE

_PUNCTUATION = r"""!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~"""

# kramdown tries these in this order. Per alternative: the text before the quote, the quote or quotes.
QUOTE = lazy(
    rf"""()(?P<open1>["'])(?=[_*]{{1,2}}[^{SPACE}])"""
    rf"""|()(?P<close1>["'])(?=[{_PUNCTUATION}](?!\.\.)\B)"""
    rf"""|([{SPACE}]?)(?P<double_single>"')(?=[A-Za-z0-9_])"""
    rf"""|([{SPACE}]?)(?P<single_double>'")(?=[A-Za-z0-9_])"""
    rf"""|([{SPACE}]?)(?P<decade>')(?=[0-9][0-9]s)"""
    rf"""|([{SPACE}])(?P<open2>["'])(?=[A-Za-z0-9_])"""
    r"""|([^ \\\t\r\n\[{(-])(?P<close2>["'])"""
    rf"""|()(?P<close3>["'])(?=[{SPACE}]|s\b|\Z)"""
    r"""|(.?)(?P<open3>')|(.?)(?P<open4>")""",
    re.DOTALL,
)
_OPENING = frozenset(("open1", "open2", "open3", "open4"))


def quotes(match: re.Match[str], signs: tuple[str, str, str, str]) -> str:
    """What the quotes in a match of `QUOTE` become."""
    rule = match.lastgroup or ""
    if rule == "double_single":
        return signs[2] + signs[0]
    if rule == "single_double":
        return signs[0] + signs[2]
    if rule == "decade":
        return signs[1]
    return signs[(0 if match[rule] == "'" else 2) + (0 if rule in _OPENING else 1)]


TYPOGRAPHIC = lazy(r"---|--|\.\.\.|\\<<|\\>>|<< | >>|<<|>>")
SIGNS = {
    "---": "\u2014",
    "--": "\u2013",
    "...": "\u2026",
    "\\<<": "<<",
    "\\>>": ">>",
    "<< ": "\u00ab\u00a0",
    " >>": "\u00a0\u00bb",
    "<<": "\u00ab",
    ">>": "\u00bb",
}

ENTITY = lazy(r"&(?:([A-Za-z0-9_:][-A-Za-z0-9_.:]*)|#([0-9]+)|#x([0-9a-fA-F]+));")

# Windows-1252, as browsers read these numbers.
_C1 = dict(zip(range(0x80, 0xA0), "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ", strict=True))
# Where kramdown's table is not HTML 4's.
_OTHER_NAMES = {
    "apos": "'",
    "vellip": "\u22ee",
    "rceil": "\u2308",
    "lceil": "\u2309",
    "rang": "\u2329",
    "lang": "\u232a",
}


@functools.cache
def _names() -> dict[str, str]:
    from html.entities import name2codepoint  # slow to load, and most posts have none

    return {**{name: chr(point) for name, point in name2codepoint.items()}, **_OTHER_NAMES}


def entity(match: re.Match[str]) -> str | None:
    """The character that a match of `ENTITY` stands for; None for a name that kramdown does not know."""
    name, decimal, hexadecimal = match.groups()
    if name is not None:
        return _names().get(name)
    if len(decimal or hexadecimal) > 8:
        return match[0]
    point = int(decimal) if decimal else int(hexadecimal, 16)
    if point in _C1:
        return _C1[point]
    return chr(point) if point < 0xD800 or 0xE000 <= point < 0x110000 else match[0]


def resolved(text: str) -> str:
    """Text with its character references resolved as a browser does where kramdown leaves them alone."""
    if "&" not in text:
        return text
    from html import unescape

    return _REFERENCE.sub(lambda match: unescape(match[0]), text)


_REFERENCE = lazy(r"&(?:[A-Za-z0-9_:][-A-Za-z0-9_.:]*|#[0-9]{1,8}|#x[0-9a-fA-F]{1,8});")
