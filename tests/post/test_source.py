"""Offsets into a text, and the lines and columns that an editor shows for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.post.source import Source

POSITIONS = [
    # (text, offset, line, column)
    ("", 0, 1, 1),
    ("봄", 0, 1, 1),
    ("봄", 1, 1, 2),
    ("봄\n", 2, 2, 1),
    ("봄\n여름", 2, 2, 1),
    ("봄\n여름", 4, 2, 3),
    ("\n\n", 1, 2, 1),
    # an astral character is one column; so are a tab, a combining mark, a part of a decomposed syllable
    ("🌱🌱 x", 3, 1, 4),
    ("\tx", 1, 1, 2),
    ("e\u0301x", 2, 1, 3),
    ("\u1109\u1165x", 2, 1, 3),
    # CR LF is one line end, CR alone is one too
    ("a\r\nb", 1, 1, 2),
    ("a\r\nb", 2, 1, 3),
    ("a\r\nb", 3, 2, 1),
    ("a\rb", 2, 2, 1),
    ("a\n\rb", 2, 2, 1),
    ("a\n\rb", 3, 3, 1),
    # what str.splitlines would break at ends no line
    ("a\u2028b\x0cc\x85d", 6, 1, 7),
]


@pytest.mark.parametrize(("text", "offset", "line", "column"), POSITIONS)
def test_an_offset_has_a_line_and_a_column(text: str, offset: int, line: int, column: int) -> None:
    source = Source(text)
    assert source.position(offset) == (line, column)
    assert source.offset(line, column) == offset
    assert source.line_at(offset) == line


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_has_no_position(offset: int) -> None:
    with pytest.raises(IndexError, match=str(offset)):
        Source("a\nb").position(offset)


@pytest.mark.parametrize(("line", "column"), [(0, 1), (3, 1), (1, 0), (1, 3), (2, 3)])
def test_a_line_or_column_that_is_not_there_has_no_offset(line: int, column: int) -> None:
    with pytest.raises(IndexError):
        Source("a\nb").offset(line, column)


LINES = [
    ("", [""]),
    ("\n", ["", ""]),
    ("봄\r\n여름\r겨울\n", ["봄", "여름", "겨울", ""]),
    ("\r\n\r\n", ["", "", ""]),
    ("\r\r\n\n", ["", "", "", ""]),
    ("줄바꿈  \n다음", ["줄바꿈  ", "다음"]),
]


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_the_span_of_a_line_leaves_out_its_end(text: str, lines: list[str]) -> None:
    source = Source(text)
    assert [source[source.line_span(number)] for number in range(1, source.line_count + 1)] == lines


@pytest.mark.parametrize("line", [0, -1, 3])
def test_a_line_that_is_not_there_has_no_span(line: int) -> None:
    with pytest.raises(IndexError, match=f"no line {line}"):
        Source("a\nb").line_span(line)


def test_a_span_reads_its_text() -> None:
    assert Source("봄 여름 가을")[Span(2, 4)] == "여름"


@given(st.text(alphabet="a봄🌱\r\n\t\u2028"))
def test_every_offset_leads_to_a_place_and_back(text: str) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        assert source.offset(*source.position(offset)) == offset


@given(st.text(alphabet="a봄\r\n"))
def test_lines_and_their_ends_make_up_the_text(text: str) -> None:
    source = Source(text)
    spans = [source.line_span(number) for number in range(1, source.line_count + 1)]
    ends = [after.start for after in spans[1:]] + [len(text)]
    assert "".join(text[span.start : end] for span, end in zip(spans, ends, strict=True)) == text
    assert all(
        text[span.end : end] in ("", "\n", "\r", "\r\n") for span, end in zip(spans, ends, strict=True)
    )
