"""Text as cells of a terminal: Hangul takes two, a combining mark none."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from postlint.patterns import lazy

_JOINING_JAMO = lazy("[\u1160-\u11ff\ud7b0-\ud7ff]")


@lru_cache(maxsize=4096)  # a report has few characters, each of them many times
def cell_width(character: str) -> int:
    """The cells that one character takes."""
    # Vowels and finals of decomposed Hangul are drawn into the cells of the consonant before them.
    if unicodedata.category(character) in ("Mn", "Me") or _JOINING_JAMO.match(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """The cells that `text` takes on one line."""
    return sum(map(cell_width, text))


def padded(text: str, cells: int) -> str:
    """`text` with spaces behind it, so that it takes at least `cells`."""
    return text + " " * (cells - width(text))


def cut(text: str, cells: int) -> str:
    """As much of the beginning of `text` as takes at most so many cells."""
    taken = 0
    for at, character in enumerate(text):
        taken += cell_width(character)
        if taken > cells:
            return text[:at]
    return text
