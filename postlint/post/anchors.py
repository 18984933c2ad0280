"""The ids that GitHub gives to the headings of a Markdown file."""

from __future__ import annotations

import re
import unicodedata

from postlint.patterns import lazy

_NOT_SURELY_KEPT = lazy(r"[^a-z0-9_\- ]")
_CIRCLED_LETTERS = lazy("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")
"""Symbols that Unicode calls alphabetic."""


def github_id(text: str) -> str:
    """The id of a heading that reads `text`, before duplicates are counted.

    Lower case; letters, marks, digits, letter numbers, connectors such as `_`, and `-` stay, each
    space becomes `-`, and anything else goes: Ruby's `\\p{Word}` in `toc_filter.rb` of html-pipeline.
    """
    return _NOT_SURELY_KEPT.sub(_kept, text.lower()).replace(" ", "-")


def _kept(match: re.Match[str]) -> str:
    character = match[0]
    category = unicodedata.category(character)
    is_word = category[0] in "LM" or category in ("Nd", "Nl", "Pc") or _CIRCLED_LETTERS.match(character)
    return character if is_word else ""


class GithubIds:
    """Counts the headings of one file, so that no two have the same id."""

    def __init__(self) -> None:
        self._uses: dict[str, int] = {}

    def next(self, text: str) -> str:
        """The id of the next heading, which reads `text`: that of a second `Usage` is `usage-1`."""
        base = candidate = github_id(text)
        while candidate in self._uses:
            self._uses[base] += 1
            candidate = f"{base}-{self._uses[base]}"
        self._uses[candidate] = 0
        return candidate
