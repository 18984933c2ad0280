"""Text that came out of a file with pieces left out, added or replaced, and the way back.

Jekyll gives kramdown a post without its front matter, with Liquid already replaced; kramdown
reads the inside of a list item or quote without its indent or `>`. Each of these is another
text; a finding must still name the place in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from postlint.findings import Span
from postlint.named import NamedTuple


class Piece(NamedTuple):
    """A stretch of a new text.

    Copied from `[start, end)` of the text it is made from where `replacement` is None;
    otherwise `replacement`, standing in place of `[start, end)` there.
    """

    start: int
    end: int
    replacement: str | None = None


class Mapped:
    """A text, each of whose characters knows which characters of the file it stands for.

    The map is a list of segments: one begins at `_starts[i]` of the text and stands for the
    file from `_origins[i]`; `_replaced[i]` is the number of the file's characters that a whole
    replaced segment stands for, or -1 for a copied one, which goes character by character.
    """

    __slots__ = ("_origins", "_replaced", "_starts", "text")

    def __init__(self, text: str, starts: list[int], origins: list[int], replaced: list[int]) -> None:
        self.text = text
        self._starts = starts
        self._origins = origins
        self._replaced = replaced

    @classmethod
    def whole(cls, text: str) -> Mapped:
        """The text of a file as it is."""
        return cls(text, [0], [0], [-1])

    def shift(self, start: int, end: int) -> int | None:
        """What to add to any index in `[start, end)` for its offset in the file; None if that varies."""
        starts = self._starts
        segment = 0 if len(starts) == 1 else bisect_right(starts, start) - 1
        if self._replaced[segment] >= 0 or (segment + 1 < len(starts) and starts[segment + 1] < end):
            return None
        return self._origins[segment] - starts[segment]

    def origin(self, index: int) -> int:
        """The offset in the file of the character at `index`; at the end of the text, of its end."""
        if index >= len(self.text) > 0:
            return self.origin_end(len(self.text)) + index - len(self.text)
        segment = bisect_right(self._starts, index) - 1
        if self._replaced[segment] >= 0:
            return self._origins[segment]
        return self._origins[segment] + index - self._starts[segment]

    def origin_end(self, index: int) -> int:
        """The offset in the file just behind the character before `index`."""
        if index <= 0:
            return self.origin(0)
        segment = bisect_right(self._starts, index - 1) - 1
        if self._replaced[segment] >= 0:
            return self._origins[segment] + self._replaced[segment]
        return self._origins[segment] + index - self._starts[segment]

    def span(self, start: int, end: int) -> Span:
        """The span in the file that `[start, end)` of this text stands for."""
        if len(self._starts) == 1 and self._replaced[0] < 0:
            base = self._origins[0]
            return Span(base + start, base + max(start, end))
        if start >= end:
            at = self.origin(start) if start < len(self.text) else self.origin_end(start)
            return Span(at, at)
        return Span(self.origin(start), self.origin_end(end))

    def derive(self, pieces: Iterable[Piece]) -> Mapped:
        """The text made of `pieces` of this one, in order, mapped to the file."""
        texts: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        replaced: list[int] = []
        length = 0
        where = 0
        for start, end, replacement in pieces:
            where = start
            if replacement is not None:
                if replacement:
                    span = self.span(start, end)
                    texts.append(replacement)
                    starts.append(length)
                    origins.append(span.start)
                    replaced.append(span.end - span.start)
                    length += len(replacement)
                continue
            if start >= end:
                continue
            texts.append(self.text[start:end])
            first = bisect_right(self._starts, start) - 1
            last = bisect_right(self._starts, end - 1) - 1
            for segment in range(first, last + 1):
                begin = max(start, self._starts[segment])
                origin = self._origins[segment]
                whole = self._replaced[segment]
                starts.append(length + begin - start)
                origins.append(origin if whole >= 0 else origin + begin - self._starts[segment])
                replaced.append(whole)
            length += end - start
        if not starts:
            return Mapped("", [0], [self.span(where, where).start], [-1])
        return Mapped("".join(texts), starts, origins, replaced)

    def slice(self, start: int, end: int) -> Mapped:
        return self.derive([Piece(start, end)])
