"""Runs of `*`, `_` and `~`, and which of them make emphasis (CommonMark 0.31.2, section 6.2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_SPACE, _PUNCTUATION, _OTHER = range(3)


class Classes(dict[str, int]):
    """What each character is to a delimiter run beside it; filled as characters are met.

    `punctuation` has the first letters of the Unicode categories of what counts as such.
    """

    def __init__(self, punctuation: str) -> None:
        self._punctuation = punctuation

    def __missing__(self, character: str) -> int:
        category = unicodedata.category(character)
        if category == "Zs" or character in "\t\n\f\r":
            known = _SPACE
        elif category[0] in self._punctuation or (category[0] == "S" and character.isascii()):
            known = _PUNCTUATION
        else:
            known = _OTHER
        self[character] = known
        return known


COMMONMARK = Classes("PS")
"""CommonMark 0.31.2, section 2.1."""
GITHUB = Classes("P")
"""GFM 0.29, section 2.1: a symbol outside ASCII, such as an emoji, is like a letter."""


class Run:
    """A run of one delimiter character, at `[start, end)` of the text.

    Matching takes characters off its left end where it closes (`closes` has the length of each,
    first to last) and off its right end where it opens (`opens`, innermost first).
    """

    __slots__ = (
        "can_close",
        "can_open",
        "character",
        "closes",
        "end",
        "is_whole",
        "left",
        "opens",
        "order",
        "start",
    )

    def __init__(self, text: str, start: int, end: int, order: int, classes: Classes) -> None:
        self.start = start
        self.end = end
        self.order = order
        self.character = text[start]
        self.is_whole = self.character == "~"
        """Whether only a run of the same length matches it, to which it belongs as a whole."""
        self.left = end - start
        self.opens: list[int] = []
        self.closes: list[int] = []
        before = classes[text[start - 1]] if start else _SPACE
        after = classes[text[end]] if end < len(text) else _SPACE
        left_flanking = after != _SPACE and (after != _PUNCTUATION or before != _OTHER)
        right_flanking = before != _SPACE and (before != _PUNCTUATION or after != _OTHER)
        if self.character == "_":
            self.can_open = left_flanking and (not right_flanking or before == _PUNCTUATION)
            self.can_close = right_flanking and (not left_flanking or after == _PUNCTUATION)
        else:
            self.can_open = left_flanking
            self.can_close = right_flanking

    @property
    def length(self) -> int:
        return self.end - self.start

    def matches(self, closer: Run) -> bool:
        """Whether `closer` may close what this run opens."""
        if self.character != closer.character:
            return False
        if self.is_whole:
            return self.length == closer.length
        if self.can_close or closer.can_open:
            together = self.length + closer.length
            return together % 3 != 0 or self.length % 3 == 0
        return True


def match_runs(runs: Sequence[Run]) -> None:
    """Find which runs open and close what; `runs` are in the order of the text.

    Linear: a search for an opener that failed is never repeated over the same runs.
    """
    openers: list[Run] = []
    searched: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        if run.can_close:
            key = (run.character, run.can_open, run.length if run.is_whole else run.length % 3)
            while run.left:
                index = len(openers) - 1
                bottom = searched.get(key, -1)
                while index >= 0 and openers[index].order > bottom and not openers[index].matches(run):
                    index -= 1
                if index < 0 or openers[index].order <= bottom:
                    searched[key] = openers[-1].order if openers else -1
                    break
                opener = openers[index]
                del openers[index + 1 :]
                taken = run.length if run.is_whole else min(2, opener.left, run.left)
                opener.opens.append(taken)
                run.closes.append(taken)
                opener.left -= taken
                run.left -= taken
                if not opener.left:
                    openers.pop()
        if run.can_open and run.left:
            openers.append(run)
