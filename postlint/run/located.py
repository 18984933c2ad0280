"""Where a finding stands, as a reader of the report needs it: without the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Protocol

from postlint.findings import Finding, Span
from postlint.named import NamedTuple
from postlint.post.source import Source

_EXCERPT_REACH = 240
"""Characters of a line kept on either side of a finding: more than any terminal shows."""


class Place(NamedTuple):
    """Where a span stands in a file: 1-based, columns in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Excerpt(NamedTuple):
    """What stands around a finding on its first line; `column` is that of the excerpt's first character."""

    text: str
    column: int
    ends_line: bool = True


class Located(NamedTuple):
    """A finding with its place, those of its edits, and the text around it."""

    path: str
    finding: Finding
    place: Place
    edits: tuple[tuple[Place, str], ...]
    excerpt: Excerpt


class Lines(Protocol):
    """The lines of a file, or as many as are needed. Offsets count characters, lines and columns from 1."""

    def position(self, offset: int) -> tuple[int, int]: ...

    def line_at(self, offset: int) -> int: ...

    def line_span(self, line: int) -> Span: ...

    def __getitem__(self, span: Span) -> str: ...


class Line(NamedTuple):
    number: int
    start: int
    """The offset of its first character."""
    text: str


class KnownLines:
    """The lines of a file that some spans stand on. Of any other it knows nothing."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = tuple(lines)
        self._starts = [line.start for line in self.lines]

    @classmethod
    def around(cls, source: Source, spans: Iterable[Span]) -> KnownLines:
        """Those of `source` that `spans` stand on."""
        spans_of_lines = ((number, source.line_span(number)) for number in source.lines_of(spans))
        return cls(Line(number, span.start, source[span]) for number, span in spans_of_lines)

    def _at(self, offset: int) -> Line:
        return self.lines[bisect_right(self._starts, offset) - 1]

    def position(self, offset: int) -> tuple[int, int]:
        line = self._at(offset)
        return line.number, offset - line.start + 1

    def line_at(self, offset: int) -> int:
        return self._at(offset).number

    def line_span(self, line: int) -> Span:
        known = self.lines[bisect_left(self.lines, line, key=lambda one: one.number)]
        return Span(known.start, known.start + len(known.text))

    def __getitem__(self, span: Span) -> str:
        line = self._at(span.start)
        return line.text[span.start - line.start : span.end - line.start]


def locate(path: str, lines: Lines, finding: Finding) -> Located:
    edits = finding.fix.edits if finding.fix else ()
    return Located(
        path,
        finding,
        _place(lines, finding.span),
        tuple((_place(lines, edit.span), edit.replacement) for edit in edits),
        _excerpt(lines, finding.span),
    )


def _place(lines: Lines, span: Span) -> Place:
    return Place(*lines.position(span.start), *lines.position(span.end))


def _excerpt(lines: Lines, span: Span) -> Excerpt:
    line = lines.line_span(lines.line_at(span.start))
    start = max(line.start, span.start - _EXCERPT_REACH)
    end = min(line.end, max(span.start, min(span.end, line.end)) + _EXCERPT_REACH, start + 3 * _EXCERPT_REACH)
    return Excerpt(lines[Span(start, end)], start - line.start + 1, end == line.end)
