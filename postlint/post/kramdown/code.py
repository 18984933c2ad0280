"""Code spans: kramdown's `parser/kramdown/codespan.rb`."""

from __future__ import annotations

from postlint.named import NamedTuple
from postlint.post.kramdown.characters import SPACES


class Code(NamedTuple):
    """A code span's content is `[start, end)`; its closing backticks end at `stop`."""

    start: int
    end: int
    stop: int


def ticks(text: str, position: int, end: int) -> int:
    """How many backticks stand from `position` on."""
    at = position
    while at < end and text[at] == "`":
        at += 1
    return at - position


def code_span(text: str, position: int, begin: int, end: int) -> Code | None:
    """The code span whose backticks begin at `position` of the text `[begin, end)`."""
    count = ticks(text, position, end)
    start = position + count
    if (
        count == 1
        and start < end
        and text[start] in SPACES
        and (position == begin or text[position - 1] in SPACES)
    ):
        return None
    close = text.find("`" * count, start, end)
    if close < 0:
        return None
    stop = close + count
    if count > 1:
        if close > start and text[start] == " ":
            start += 1
        if close > start and text[close - 1] == " ":
            close -= 1
    return Code(start, close, stop)
