"""What some spans of a text cover."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from postlint.findings import Span


class Covered:
    """The characters of some spans; an empty one is the place between two, and counts as the second of them.

    To ask takes time with the logarithm of how many spans there are, which may overlap.
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((max(span.end, span.start + 1) for span in ordered), max))

    def __contains__(self, offset: int) -> bool:
        before = bisect_right(self._starts, offset)
        return before > 0 and offset < self._ends[before - 1]

    def meets(self, span: Span) -> bool:
        """Whether any character of `span` is among them."""
        before = bisect_left(self._starts, max(span.end, span.start + 1))
        return before > 0 and self._ends[before - 1] > span.start
