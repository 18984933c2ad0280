"""Quotation marks, dashes and dots as Goldmark sets them (`extension/typographer.go`)."""

from __future__ import annotations

import unicodedata

from postlint.patterns import lazy
from postlint.post.commonmark.delimiters import GITHUB, Classes, Run

MARKS = r"""['"]|---?|\.\.\.|<<|>>"""
_DASHES_AND_DOTS = {"---": "—", "--": "–", "...": "…", "<<": "«", ">>": "»"}

_DECADE = lazy(r"'[0-9][0-9]s")
_CONTRACTED = lazy(r"'(?:[smtd]|ve|ll|re)(?:[\s!-/:-@\[-`{-~]|\Z)")


class Quotes:
    """How many quotations of a text are still open."""

    __slots__ = ("_classes", "double", "single")

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self.single = 0
        self.double = 0

    def shown(self, text: str, start: int, end: int) -> str | None:
        """What the page shows for the mark at `[start, end)`; None where it is left as it stands."""
        mark = text[start:end]
        if mark in _DASHES_AND_DOTS:
            return _DASHES_AND_DOTS[mark]
        # Marks of one kind beside each other are one run; each is looked at by itself all the same.
        run_end = start
        while run_end < len(text) and text[run_end] == mark:
            run_end += 1
        run = Run(text, start, run_end, 0, self._classes)
        following = text[start + 1 : start + 2]
        if mark == "'":
            return self._single(text, start, run, following)
        if run.can_open and not run.can_close:
            self.double += 1
            return "“"
        if self.double and self._closes(text, start, run):
            if following == '"' and text[start - 1].isdecimal():
                return None  # inches
            self.double -= 1
            return "”"
        return None

    def _single(self, text: str, start: int, run: Run, following: str) -> str | None:
        before = text[start - 1] if start else "\n"
        if run.can_open and not run.can_close and _DECADE.match(text, start):
            after = text[start + 4 : start + 5] or " "
            if after.isspace() or _is_punctuation(after):
                return "’"
        if following and (before.isspace() or _is_punctuation(before)) and following in "tenl":
            return "’"
        if following and (before.isdecimal() or before.isalpha()) and following.isalpha():
            return "’"
        if run.can_open and not run.can_close:
            if _CONTRACTED.match(text, start):
                return "’"
            self.single += 1
            return "‘"
        # To Goldmark the mark itself is punctuation, so that almost any other ends a word.
        line_end = text.find("\n", start) + 1 or len(text)
        if len(text[start:line_end].encode()) > 2 and not following.isdecimal():
            return "’"
        if self.single and self._closes(text, start, run):
            self.single -= 1
            return "’"
        return None

    @staticmethod
    def _closes(text: str, start: int, run: Run) -> bool:
        if not run.can_close:
            return False
        if not run.can_open:
            return True
        following, after = text[start + 1 : start + 2], text[start + 2 : start + 3]
        return (
            bool(following)
            and _is_punctuation(following)
            and (not after or after.isspace() or GITHUB[after] == 1)
        )


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"
