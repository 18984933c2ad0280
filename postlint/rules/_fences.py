"""Fences of code blocks as an author writes them, beside the code blocks that the page has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.covered import Covered
from postlint.post.liquid import LiquidKind
from postlint.post.post import Post

FENCE = lazy(
    r"^(?P<before>[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    r"(?P<fence>`{3,}(?=[^`\r\n]*\r?$)|~{3,})(?P<info>[^\r\n]*)\r?$",
    8,
)
_MARK = lazy(r"[-*+.)]")


class Fence(NamedTuple):
    """A line that begins or ends a code block, or was to; offsets into the file."""

    span: Span
    """From its first backtick or tilde to the end of its info string."""
    before: str
    """What stands before it on its line: indent, quote and list marks."""
    mark: str
    """Its backticks or tildes."""
    info: str
    """What stands behind them, stripped."""

    def may_close(self, opening: Fence) -> bool:
        """Whether an author may have meant it for the end of what `opening` begins."""
        return (
            not self.info
            and self.mark.startswith(opening.mark)
            and (
                self.before == opening.before == ""
                or (not _MARK.search(self.before) and self.before.count(">") == opening.before.count(">"))
            )
        )


class Fenced(NamedTuple):
    """What an author meant for a code block; without `closing` where there is none."""

    opening: Fence
    closing: Fence | None
    next_opening: Fence | None
    """A fence with an info string that stands in it, as where the closing one was forgotten."""

    @property
    def span(self) -> Span:
        return Span(self.opening.span.start, (self.closing or self.opening).span.end)


def fences(post: Post) -> Iterator[Fence]:
    """The lines of the post that look like fences, without those in comments, Liquid and raw text."""
    text = post.source.text
    matches = list(_lines(text, post.body_start))
    if not matches:
        return
    hidden = sorted(_hidden(post))
    index = 0
    for match in matches:
        start, end = match.start("fence"), match.end("info")
        while index < len(hidden) and hidden[index].end <= start:
            index += 1
        if index < len(hidden) and hidden[index].start <= start:
            continue
        yield Fence(Span(start, end), match["before"], match["fence"], match["info"].strip())


def _lines(text: str, start: int) -> Iterator[re.Match[str]]:
    # To look for the marks first takes a tenth of the time that the whole expression does.
    for begin in sorted({*_lines_with("```", text, start), *_lines_with("~~~", text, start)}):
        match = FENCE.match(text, begin)
        if match is not None:
            yield match


def _lines_with(mark: str, text: str, start: int) -> Iterator[int]:
    """Where the lines begin in which `mark` stands."""
    at = text.find(mark, start)
    while at >= 0:
        yield max(text.rfind("\n", start, at) + 1, start)
        end = text.find("\n", at)
        at = text.find(mark, end) if end >= 0 else -1


@lru_cache(maxsize=1)
def meant_blocks(post: Post) -> tuple[Fenced, ...]:
    """The code blocks that the fences of the post were written for, in its order.

    The last answer is kept: several rules ask for the same post.
    """
    return tuple(_meant_blocks(post))


def _meant_blocks(post: Post) -> Iterator[Fenced]:
    opening: Fence | None = None
    inner: Fence | None = None
    for fence in fences(post):
        if opening is None:
            opening, inner = fence, None
        elif fence.may_close(opening):
            yield Fenced(opening, fence, inner)
            opening = None
        elif fence.info and inner is None and fence.mark[0] == opening.mark[0]:
            inner = fence
    if opening is not None:
        yield Fenced(opening, None, inner)


class MeantCode:
    """What an author wrote between fences, whether it is code on the page or not.

    Where it is not, that is the fault, and nothing else that seems to be wrong in it is one.
    """

    def __init__(self, post: Post) -> None:
        self._post = post

    def __contains__(self, span: Span) -> bool:
        return span.start in _meant_code(self._post)


@lru_cache(maxsize=1)
def _meant_code(post: Post) -> Covered:
    end = len(post.source.text)
    return Covered(
        Span(one.opening.span.start, one.closing.span.end if one.closing else end)
        for one in meant_blocks(post)
    )


def _hidden(post: Post) -> Iterator[Span]:
    for region in post.liquid_regions:
        if region.kind in (LiquidKind.COMMENT, LiquidKind.HIGHLIGHT):
            yield Span(region.span.start + post.body_start, region.span.end + post.body_start)
    for node in post.nodes_of(nodes.HtmlComment, nodes.RawOutput):
        yield node.span
    for element in post.nodes_of(nodes.HtmlElement):
        if element.name in ("pre", "script", "style", "textarea"):
            yield element.span
