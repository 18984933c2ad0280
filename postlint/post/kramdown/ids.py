"""The ids of headings: GFM's and kramdown's ways of making them of a heading's text.

Settled by `generate_gfm_header_id` in kramdown-parser-gfm's `gfm.rb` and by `generate_id` in kramdown's
`converter/base.rb`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from postlint.patterns import lazy
from postlint.post.kramdown.characters import is_word
from postlint.post.kramdown.context import lower

_NOT_PLAIN = lazy(r"[^\w \t-]|[^\x00-\x7f\u3131-\u318e\uac00-\ud7a3]")
_NOT_A_LETTER_FIRST = lazy(r"^[^a-zA-Z]+", re.MULTILINE)
_NOT_IN_ID = lazy(r"[^a-zA-Z0-9 -]")


def gfm_slug(text: str) -> str:
    slug = _NOT_PLAIN.sub(lambda match: match[0] if is_word(match[0]) else "", lower(text))
    return slug.replace(" ", "-").replace("\t", "-")


def kramdown_slug(text: str) -> str:
    """An id without regard to others; empty if the text has no ASCII letter."""
    slug = _NOT_IN_ID.sub("", _NOT_A_LETTER_FIRST.sub("", text))
    return slug.replace(" ", "-").lower()


class GfmIds:
    """Numbers the ids that the GFM parser makes."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._counts: dict[str, int] = {}

    def make(self, text: str) -> str:
        slug = gfm_slug(text)
        count = self._counts[slug] = self._counts.get(slug, -1) + 1
        return f"{self._prefix}{slug}-{count}" if count else self._prefix + slug


class KramdownIds:
    """Numbers the ids that the HTML converter makes."""

    def __init__(self, prefix: str, transliterate: Callable[[str], str] | None) -> None:
        self._prefix = prefix
        self._transliterate = transliterate
        self._counts: dict[str, int] = {}

    def make(self, text: str) -> str:
        if self._transliterate is not None:
            text = self._transliterate(text)
        slug = kramdown_slug(text) or "section"
        if slug in self._counts:
            self._counts[slug] += 1
            slug = f"{slug}-{self._counts[slug]}"
        else:
            self._counts[slug] = 0
        return self._prefix + slug
