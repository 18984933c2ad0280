"""How a site's posts write their tags and categories."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from postlint.patterns import lazy

_LISTS = {"tag": "tags", "tags": "tags", "category": "categories", "categories": "categories"}
_BETWEEN_WORDS = lazy(r"[\s_-]+")


class Terms:
    """The ways in which each tag and category is written, with how many posts write it so."""

    def __init__(self, tags: Mapping[str, int], categories: Mapping[str, int]) -> None:
        self._ways = {"tags": _ways(tags), "categories": _ways(categories)}

    def usual(self, key: str, term: str) -> tuple[str, int] | None:
        """How most posts write the `term` that a post has for `key`, and how many; None where they agree."""
        ways = self._ways.get(_LISTS.get(key, ""), {}).get(_bare(term), [])
        own = next((count for other, count in ways if other == term), 0)
        return ways[0] if own and ways[0][1] > own else None


def _ways(counts: Mapping[str, int]) -> Mapping[str, list[tuple[str, int]]]:
    """The ways of each term, the most frequent first."""
    ways: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for term, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        ways[_bare(term)].append((term, count))
    return ways


def _bare(term: str) -> str:
    """A term as terms are compared: in one case, composed, its words without anything between them."""
    return _BETWEEN_WORDS.sub("", unicodedata.normalize("NFC", term).casefold())
