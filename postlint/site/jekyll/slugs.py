"""Slugs and titles (Jekyll's lib/jekyll/utils.rb)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby

_PRETTY = frozenset("._~!$&'()+,;=@")
"""What the mode `pretty` leaves beside letters, marks and digits."""

_EDGE = re.compile("^-|-$", re.MULTILINE)
_SPACE = re.compile(r"[ \t\n\v\f\r]+")
_NO_ASCII_WORD = re.compile("[^A-Za-z0-9]+")


def slugify(text: str, mode: str = "default", *, cased: bool = False) -> str:
    """`text` with one hyphen for each run of characters that `mode` does not leave.

    Modes are `raw`, `default`, `pretty` and `ascii`; any other leaves the text, in lower case.
    """
    if mode == "default":
        slug = _hyphenated(text, frozenset())
    elif mode == "pretty":
        slug = _hyphenated(text, _PRETTY)
    elif mode == "raw":
        slug = _SPACE.sub("-", text)
    elif mode == "ascii":
        slug = _NO_ASCII_WORD.sub("-", text)
    else:
        return text if cased else text.lower()
    slug = _EDGE.sub("", slug)
    return slug if cased else slug.lower()


def _hyphenated(text: str, left: frozenset[str]) -> str:
    runs = groupby(text, key=lambda character: character in left or _is_word(character))
    return "".join("".join(run) if kept else "-" for kept, run in runs)


@cache
def _is_word(character: str) -> bool:
    """Whether it is a letter, a mark or a decimal digit."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def titleize(slug: str) -> str:
    """The title of a post that has none: `two-words` is `Two Words`."""
    words = slug.split("-")
    while words and not words[-1]:
        words.pop()
    return " ".join(word.capitalize() for word in words)
