"""The ids that GitHub gives to the headings of a Markdown file."""

from __future__ import annotations

import re
import unicodedata

_NEITHER_WORD_NOR_BLANK = re.compile(r"[^\w\- ]")


def github_id(text: str) -> str:
    """The id of a heading that reads `text`, before duplicates are counted.

    Lower case; letters, marks, numbers that are digits or letters, `_` and `-` stay, each space
    becomes `-`, and anything else goes (html-pipeline's `toc_filter.rb`).
    """
    return _NEITHER_WORD_NOR_BLANK.sub(_kept, text.lower()).replace(" ", "-")


def _kept(match: re.Match[str]) -> str:
    return match[0] if unicodedata.category(match[0])[0] == "M" else ""


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
