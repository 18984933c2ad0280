"""Where blocks stand on the page, for rules that begin from what is written in the file."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from postlint.post import nodes
from postlint.post.post import Post


class Paragraphs:
    """The paragraphs of a post, to be found by an offset into its file."""

    def __init__(self, post: Post) -> None:
        self._paragraphs = sorted(post.nodes_of(nodes.Paragraph), key=lambda one: one.span)

    def around(self, offset: int) -> nodes.Paragraph | None:
        """The paragraph with text before and behind `offset`; None where there is none."""
        index = bisect_left(self._paragraphs, offset, key=lambda one: one.span.start) - 1
        found = self._paragraphs[index] if index >= 0 else None
        return found if found is not None and offset < found.span.end else None


def place_in_page(node: nodes.Node, post: Post) -> int | None:
    """The number of `node` among the blocks of the page, from 0; None within another block."""
    return _places(post.document).get(id(node))


@lru_cache(maxsize=1)
def _places(document: nodes.Document) -> dict[int, int]:
    return {id(node): number for number, node in enumerate(document.children)}
