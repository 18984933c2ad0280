"""A file's text, and the way between its offsets and what an editor shows: line and column."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import chain

from postlint.findings import Span
from postlint.patterns import lazy, lazy_bytes

_LINE_END = lazy(r"\r\n|\n|\r")
_LINE_FEED = lazy(r"\n")
_NO_CONTROLS = bytes({*range(256)} - {*range(0x20), 0x7F}) + b"\t\n\r"
_C1 = lazy_bytes(rb"\xc2[\x80-\x9f]")


class Source:
    """The decoded text of one file, without its byte order mark.

    Offsets and columns count characters (Unicode code points), so that an astral character is
    one. A line ends at LF, CR LF or CR, as editors and kramdown have it, and at nothing else:
    U+2028 and the form feed, where `str.splitlines` would also break, end no line.
    """

    def __init__(self, text: str, *, bom: bool = False, content: bytes | None = None) -> None:
        """`content` is the same in UTF-8, where it is known already; with or without the mark."""
        self.text = text
        self.bom = bom
        self._content = content

    @cached_property
    def _line_starts(self) -> array[int]:
        # Megabytes of empty lines fit into an array, and would not into a list of integers.
        end = _LINE_END if "\r" in self.text else _LINE_FEED  # which is found twice as fast
        return array("L", chain((0,), [match.end() for match in end.finditer(self.text)]))

    @cached_property
    def has_controls(self) -> bool:
        """Whether there is a character of U+0000 to U+001F or U+007F to U+009F but for tabs and line ends."""
        content = self._content
        if content is None:
            content = self.text.encode("utf-8", "surrogatepass")
        return bool(content.translate(None, _NO_CONTROLS)) or _C1.search(content) is not None

    @property
    def line_count(self) -> int:
        return len(self._line_starts)

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of the character at `offset`.

        The end of the text has a position too; an offset beyond it raises IndexError.
        """
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"offset {offset} is outside a text of {len(self.text)} characters")
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column; raises IndexError if there is no such place."""
        if not 1 <= line <= self.line_count:
            raise IndexError(f"there is no line {line} in a text of {self.line_count} lines")
        offset = self._line_starts[line - 1] + column - 1
        end = self._line_starts[line] if line < self.line_count else len(self.text) + 1
        if column < 1 or offset >= end:
            raise IndexError(f"line {line} has no column {column}")
        return offset

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its line end; raises IndexError if there is no such line."""
        starts = self._line_starts
        if not 1 <= line <= len(starts):
            raise IndexError(f"there is no line {line} in a text of {len(starts)} lines")
        start = starts[line - 1]
        if line == len(starts):
            return Span(start, len(self.text))
        end = starts[line] - 1
        if end > start and self.text[end - 1 : end + 1] == "\r\n":
            end -= 1
        return Span(start, end)

    def line_at(self, offset: int) -> int:
        """The 1-based line that the character at `offset` stands on."""
        return bisect_right(self._line_starts, offset)

    def lines_of(self, spans: Iterable[Span]) -> list[int]:
        """The 1-based lines that `spans` stand on, in order, those at which they end included."""
        starts, found = self._line_starts, set()
        for start, end in spans:
            first, last = bisect_right(starts, start), bisect_right(starts, end)
            found.add(first)
            if first < last:
                found.update(range(first + 1, last + 1))
        return sorted(found)

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]
