"""HTML as a browser knows it, for the rules about raw HTML in a post."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID_ELEMENTS = _names(
    "area base basefont bgsound br col command embed frame hr img input keygen link meta param source "
    "track wbr"
)
"""Elements that have no closing tag (HTML Living Standard, 13.1.2, and the obsolete ones of 13.2.6.4)."""

FORMATTING_ELEMENTS = _names(
    "abbr acronym b bdi bdo big center cite code del dfn em font i ins kbd label mark nobr q rp rt ruby s "
    "samp small span strike strong sub sup time tt u var"
)
"""Elements that change how their text looks or reads, also where they have no attribute."""

ELEMENTS = (
    VOID_ELEMENTS
    | FORMATTING_ELEMENTS
    | _names(
        "a address applet article aside audio blink blockquote body button canvas caption colgroup data "
        "datalist dd details dialog dir div dl dt fencedframe fieldset figcaption figure footer form "
        "frameset h1 h2 h3 h4 h5 h6 head header hgroup html iframe image layer legend li listing main map "
        "marquee math menu menuitem meter multicol nav nextid noembed noframes noindex noscript object ol "
        "optgroup option output p picture plaintext pre progress rb rtc script search section select "
        "selectedcontent slot spacer style summary svg table tbody td template textarea tfoot th thead "
        "title tr ul video xmp"
    )
)
"""HTML's elements (HTML Living Standard, section 4) and obsolete ones (16.2)."""

_FOREIGN = ("svg", "math")
"""Elements whose inside has elements of its own (HTML Living Standard, 4.8.15 and 4.8.16)."""

CALLED_TAG = lazy(r"[`'\"’”]? *(?:(?:tags?|elements?)\b|태그|테그|요소|엘리먼트)", re.IGNORECASE)
"""What stands behind a tag that is spoken of."""

_CLOSING = lazy(r"</([^\s<>/]+)\s*>")


class Placed(NamedTuple):
    """An element of raw HTML with what is around it."""

    element: nodes.HtmlElement
    name: str
    """As written."""
    is_closed: bool
    """Whether its closing tag stands in the same block."""


@lru_cache(maxsize=1)
def written_elements(post: Post) -> tuple[Placed, ...]:
    """The page's raw HTML elements in its order, without what is inside of pictures and formulas.

    The last answer is kept: several rules ask for the same post.
    """
    elements = post.nodes_of(nodes.HtmlElement)
    if not elements:
        return ()
    text = post.source.text
    found = closings(post)
    leaves: list[Span] | None = None
    placed: list[Placed] = []
    foreign = 0
    for node in elements:
        start, end = node.opening_span
        if start < foreign or not text.startswith("<", start):
            continue  # otherwise Liquid has made it
        if node.name in _FOREIGN:
            foreign = node.span.end
        name = text[start + 1 : start + 1 + len(node.name)]
        offsets = found.get(name.lower(), ())
        is_closed = _stands_within(offsets, end, node.span.end)
        if not is_closed and not node.block and offsets:
            if leaves is None:
                leaves = sorted(one.span for one in post.nodes_of(*_LEAVES))
            is_closed = _stands_within(offsets, end, _end_of_leaf(leaves, start))
        placed.append(Placed(node, name, is_closed))
    return tuple(placed)


_LEAVES = (nodes.Paragraph, nodes.Heading, nodes.TableCell, nodes.DefinitionTerm)


def _end_of_leaf(leaves: Sequence[Span], start: int) -> int:
    """Where the block of text ends that `start` stands in."""
    index = bisect_right(leaves, start, key=lambda leaf: leaf.start) - 1
    return leaves[index].end if index >= 0 else 0


def closings(post: Post) -> dict[str, list[int]]:
    """Where each closing tag begins, by its name in lower case."""
    found: dict[str, list[int]] = defaultdict(list)
    for match in _CLOSING.finditer(post.source.text, post.body_start):
        found[match[1].lower()].append(match.start())
    return found


def _stands_within(offsets: Sequence[int], start: int, end: int) -> bool:
    index = bisect_left(offsets, start)
    return index < len(offsets) and offsets[index] < end


def ends_in_its_tag(element: nodes.HtmlElement, post: Post) -> bool:
    """Whether the last thing of an element, where the tree has it end, is its own closing tag."""
    # At most a tag with some space around it: the text before need not be copied.
    written = post.source[Span(max(element.span.start, element.span.end - _LONGEST_TAG), element.span.end)]
    last = written.rfind("</")
    closing = _CLOSING.fullmatch(written.rstrip(), last) if last >= 0 else None
    if closing is None or closing[1].lower() != element.name.lower():
        return False
    # The tag at the end of an element that is never closed is that of another in it.
    begins = element.span.end - len(written) + last
    return not any(child.span.end > begins for child in element.children)


_LONGEST_TAG = 200
"""Characters of a closing tag with the space in and behind it."""
