"""What the engine has made of a part of a formula: emphasis, a cell of a table, a tag."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from postlint.named import NamedTuple
from postlint.post import nodes
from postlint.post.post import Post
from postlint.post.written_formulas import WrittenFormula, written_formulas


class Cut(NamedTuple):
    """A place in the file where markup stands, and the node that it is of."""

    offset: int
    node: nodes.Node


_KINDS = (nodes.Emphasis, nodes.Strong, nodes.Strikethrough, nodes.TableCell, nodes.HtmlElement)


@lru_cache(maxsize=1)
def cuts(post: Post) -> tuple[tuple[WrittenFormula, Cut], ...]:
    """The formulas that do not reach the page whole, each with the first markup in it."""
    torn = [formula for formula in written_formulas(post) if formula.on_page is None]
    if not torn:
        return ()
    places = sorted(
        (cut for node in post.nodes_of(*_KINDS) for cut in _places(node)),
        key=lambda cut: cut.offset,
    )
    found = []
    for formula in torn:
        first = bisect_left(places, formula.tex_span.start, key=lambda cut: cut.offset)
        inside = [cut for cut in places[first : first + _MOST] if cut.offset < formula.tex_span.end]
        if inside:
            found.append((formula, min(inside, key=lambda cut: _rank(cut.node))))
    return tuple(found)


_MOST = 200
"""Marks in one formula that are looked at."""


def _places(node: nodes.Node) -> Iterator[Cut]:
    yield Cut(node.span.start, node)
    if not isinstance(node, (nodes.TableCell, nodes.HtmlElement)):
        yield Cut(node.span.end - 1, node)


def _rank(node: nodes.Node) -> int:
    """A cell cuts more than a tag, and a tag more than emphasis."""
    return 0 if isinstance(node, nodes.TableCell) else 1 if isinstance(node, nodes.HtmlElement) else 2


def mark(post: Post, node: nodes.Node) -> str:
    """The sign that makes the emphasis `node`: `_`, `**` …"""
    sign = post.source.text[node.span.start]
    return sign if isinstance(node, nodes.Emphasis) else sign * 2
