"""Text of the page in which an address, or what was to be a link, can be found."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.mapped import Mapped
from postlint.post.post import Post

_LONGEST_LABEL = 500
"""Characters of a link's text: to look farther back for its beginning would cost a long line dearly."""
_LONGEST_ADDRESS = 2_048
"""Characters: search engines take no more (sitemaps.org, "loc")."""
_BRACKET = lazy(r"[()]")
_KINDS = {")": _BRACKET, "]": lazy(r"[\[\]]")}
_END_OF_ADDRESS = lazy(r"[\s<>\"`]")


def running_text(post: Post, sign: re.Pattern[str]) -> Iterator[tuple[Span, Span]]:
    """The stretches of text that are in no link and no raw HTML, each with the span of its block.

    Only those in which `sign` begins, whose matches never overlap. An address may go on behind such a
    stretch: its `_` and `*` begin an emphasis.
    """
    places = [match.start() for match in sign.finditer(post.source.text, post.body_start)]
    if not places or not post.is_any_text(places):
        return
    stretches, starts, are_apart = _running_text(post.document)
    if are_apart:  # most posts have many stretches and few places
        done = -1
        for place in places:
            index = bisect_right(starts, place) - 1
            if index > done and place < stretches[index][0].end:
                done = index
                yield stretches[index]
        return
    for stretch, block in stretches:
        index = bisect_left(places, stretch.start)
        if index < len(places) and places[index] < stretch.end:
            yield stretch, block


_Stretches = tuple[tuple[Span, Span], ...]


@lru_cache(maxsize=1)
def _running_text(document: nodes.Document) -> tuple[_Stretches, list[int], bool]:
    """The stretches, where they start, and whether each starts where the one before has ended.

    Liquid may show one place of the file several times.
    """
    stretches = tuple(_walk(document))
    are_apart = all(one[0].end <= other[0].start for one, other in pairwise(stretches))
    return stretches, [stretch.start for stretch, _ in stretches], are_apart


def _walk(document: nodes.Document) -> Iterator[tuple[Span, Span]]:
    stack: list[tuple[nodes.Node, Span]] = [(document, document.span)]
    while stack:
        node, block = stack.pop()
        if isinstance(node, nodes.Text):
            yield node.span, block
        elif isinstance(node, nodes.HtmlElement):
            if not node.raw and node.name != "a":
                inside = node.span if node.block else block
                stack.extend((child, inside) for child in reversed(node.children))
        elif isinstance(node, _INLINE):
            stack.extend((child, block) for child in reversed(node.children))
        elif node.children and not isinstance(node, _LINKS):
            stack.extend((child, node.span) for child in reversed(node.children))


_INLINE = (nodes.Emphasis, nodes.Strong, nodes.Strikethrough)
_LINKS = (nodes.Link, nodes.Image)


def opening_of(text: str, closing: int, start: int, close: str | None = None) -> int | None:
    """Where the bracket opens that closes at `closing`, in the same line and not before `start`.

    `close` stands for the bracket at `closing`, if it should be another one.
    """
    begin = max(start, closing - _LONGEST_LABEL)
    begin = max(begin, text.rfind("\n", begin, closing) + 1)
    unclosed: list[int] = []
    for bracket in _KINDS[close or text[closing]].finditer(text, begin, closing):
        if text[bracket.start() - 1 : bracket.start()] == "\\":
            continue
        if bracket[0] in "([":
            unclosed.append(bracket.start())
        elif unclosed:
            unclosed.pop()
    return unclosed[-1] if unclosed else None


def end_of_address(text: str, start: int, end: int) -> int:
    """The end of the address at `start`: where space begins, or a parenthesis closes that it did not open."""
    limit = min(end, start + _LONGEST_ADDRESS)
    stop = _END_OF_ADDRESS.search(text, start, limit)
    limit = stop.start() if stop else limit
    depth = 0
    for bracket in _BRACKET.finditer(text, start, limit):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            return bracket.start()
    return limit


def is_one_link(post: Post, markup: str, destination: str) -> bool:
    """Whether `markup` is, for the engine of this post, a link or image to `destination` and nothing else."""
    page = post.home.engine(post.kind).parse(Mapped.whole(markup))
    return any(
        isinstance(node, (nodes.Link, nodes.Image))
        and node.span == (0, len(markup))
        and node.destination == destination
        for node in page.walk()
    )
