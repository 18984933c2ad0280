"""What the page's engine would make of a piece of text, asked only where a fault has been found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from postlint.findings import Edit, Span, applied
from postlint.named import NamedTuple
from postlint.post import nodes
from postlint.post.mapped import Mapped
from postlint.post.post import Post

_LONGEST = 20_000
"""Characters of a piece in which a change is tried."""
_MOST = 500_000
"""Characters of a post in all pieces that one rule has read anew: of hundreds in a long one, the first must
do. What a rule finds must not depend on which others are asked before it, so each has its own share."""


class Trial(NamedTuple):
    """The blocks of the page that edits change, and those that would stand in their place: in the order of
    the file, with offsets into a piece of it without and with the edits."""

    before: tuple[nodes.Node, ...]
    after: tuple[nodes.Node, ...]

    @property
    def kinds(self) -> tuple[list[type[nodes.Node]], list[type[nodes.Node]]]:
        return [type(node) for node in self.before], [type(node) for node in self.after]


def parsed(text: str, post: Post) -> nodes.Document:
    """The page that `text` alone would be; spans are offsets into `text`."""
    piece = Mapped.whole(text + "\n")
    if post.liquid_regions:
        templates = post.home.conventions.templates
        piece = templates.rendered(piece, templates.regions(piece.text))
    return post.home.engine(post.kind).parse(piece)


def tried(edits: Sequence[Edit], post: Post, asked_by: str, place: Span | None = None) -> Trial | None:
    """What `edits`, which are in order, make of the page's blocks; None where that cannot be said.

    `asked_by` is the code of the rule that wants to know.

    Blocks are looked at from the first to the last edit, or from one end of `place` to the other if that is
    farther. Nothing can be said where they are other ones without the rest of the page, as within Liquid, and
    where there is too much to read anew.
    """
    source = post.source
    start, end = edits[0].span.start, edits[-1].span.end
    if place is not None:
        start, end = min(start, place.start), max(end, place.end)
    lines = [source.line_span(source.line_at(at)) for at in (start, end)]
    around = _around(Span(start, end), post)
    low = min(lines[0].start, around.start)
    high = max(lines[1].end, around.end)
    spent = _spent(post)
    if high - low > _LONGEST or spent[asked_by] > _MOST:
        return None
    spent[asked_by] += high - low
    text = source.text[low:high]
    changed = applied(source.text, edits, Span(low, high))
    before, after = _blocks(text, post), _blocks(changed, post)
    blocks = _top(post)
    first, last = (bisect_left(blocks, at, key=lambda block: block.span.start) for at in (low, high))
    if [type(node) for node in blocks[first:last]] != [type(node) for node in before]:
        return None
    while before and after and _place(before[0], 0) == _place(after[0], 0):
        del before[0], after[0]
    while before and after and _place(before[-1], len(text)) == _place(after[-1], len(changed)):
        del before[-1], after[-1]
    return Trial(tuple(before), tuple(after))


def keeps_elements(edits: Sequence[Edit], post: Post, asked_by: str) -> bool:
    """Whether the page certainly has the same blocks and elements with `edits`."""
    trial = tried(edits, post, asked_by)
    if trial is None:
        return False
    before, after = ([elements(block) for block in blocks] for blocks in (trial.before, trial.after))
    return before == after


def elements(block: nodes.Node) -> list[type[nodes.Node]]:
    """The kinds of what `block` is made of, itself the first, but for text."""
    return [type(node) for node in block.walk() if not isinstance(node, nodes.Text)]


@lru_cache(maxsize=1)
def _spent(post: Post) -> Counter[str]:
    """The number of characters of the post that have been read anew for each rule, by its code."""
    return Counter()


def _around(span: Span, post: Post) -> Span:
    """The lines of the blocks that `span` meets, and of one more on either side."""
    blocks = _top(post)
    first = bisect_left(blocks, span.start, key=lambda block: block.span.end)
    last = bisect_right(blocks, span.end, key=lambda block: block.span.start)
    near = [block.span for block in blocks[max(0, first - 1) : last + 1]]
    if not near:
        return span
    source = post.source
    low = source.line_span(source.line_at(near[0].start)).start
    end = max(block.end for block in near)
    return Span(max(post.body_start, low), source.line_span(source.line_at(max(near[0].start, end - 1))).end)


@lru_cache(maxsize=1)
def _top(post: Post) -> list[nodes.Node]:
    """The blocks of the page in the order of the file: notes stand at its end."""
    return sorted(post.document.children, key=lambda node: node.span)


def _blocks(text: str, post: Post) -> list[nodes.Node]:
    return sorted(parsed(text, post).children, key=lambda node: node.span)


def _place(block: nodes.Node, origin: int) -> tuple[type[nodes.Node], int, int]:
    return type(block), block.span.start - origin, block.span.end - origin
