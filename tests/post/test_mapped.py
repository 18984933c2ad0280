"""Texts made of a file's text, and the way back to the file.

In the pieces, a pair of offsets copies, and a third part replaces.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.post.mapped import Mapped, Piece

FILE = "> 봄이 온다\n> 여름이 온다\n"


def without_marks() -> Mapped:
    """The inside of the quotation: each line without its `> `."""
    second = FILE.index(">", 1)
    return Mapped.whole(FILE).derive([Piece(2, second), Piece(second + 2, len(FILE))])


def test_the_whole_file_is_where_it_is() -> None:
    whole = Mapped.whole(FILE)
    assert whole.text == FILE
    assert [whole.origin(index) for index in range(len(FILE) + 1)] == list(range(len(FILE) + 1))


def test_what_is_left_out_shifts_what_follows() -> None:
    inside = without_marks()
    assert inside.text == "봄이 온다\n여름이 온다\n"
    summer = inside.text.index("여름")
    span = inside.span(summer, summer + 2)
    assert FILE[slice(*span)] == "여름"


def test_a_span_over_what_was_left_out_covers_it_in_the_file() -> None:
    inside = without_marks()
    span = inside.span(inside.text.index("온다"), inside.text.index("여름") + 2)
    assert FILE[slice(*span)] == "온다\n> 여름"


def test_a_span_ends_before_what_is_left_out_behind_it() -> None:
    inside = without_marks()
    line = inside.span(0, inside.text.index("\n") + 1)
    assert FILE[slice(*line)] == "봄이 온다\n"


TAG = "가 {{ site.title }} 나"
REPLACED = [
    # (start, end in the text with the tag replaced by "블로그", the file's text it stands for)
    (0, 2, "가 "),
    (2, 5, "{{ site.title }}"),
    (3, 4, "{{ site.title }}"),
    (1, 3, " {{ site.title }}"),
    (4, 6, "{{ site.title }} "),
    (5, 7, " 나"),
    (0, 7, TAG),
]


@pytest.mark.parametrize(("start", "end", "written"), REPLACED)
def test_any_part_of_a_replacement_stands_for_all_that_it_replaced(
    start: int, end: int, written: str
) -> None:
    page = Mapped.whole(TAG).derive([Piece(0, 2), Piece(2, 18, "블로그"), Piece(18, 20)])
    assert page.text == "가 블로그 나"
    assert TAG[slice(*page.span(start, end))] == written


@pytest.mark.parametrize("replacement", ["", None])
def test_a_replacement_by_nothing_leaves_out(replacement: str | None) -> None:
    pieces = [Piece(0, 2), *([Piece(2, 18, "")] if replacement == "" else []), Piece(18, 20)]
    page = Mapped.whole(TAG).derive(pieces)
    assert page.text == "가  나"
    assert page.span(2, 4) == Span(18, 20)
    assert page.span(0, 2) == Span(0, 2)


def test_text_that_the_file_does_not_have_stands_for_an_empty_place() -> None:
    page = Mapped.whole("가나").derive([Piece(0, 1), Piece(1, 1, "\n"), Piece(1, 2)])
    assert page.text == "가\n나"
    assert page.span(1, 2) == Span(1, 1)
    assert page.span(0, 3) == Span(0, 2)


def test_an_empty_span_is_a_place_between_two_characters() -> None:
    inside = without_marks()
    assert inside.span(0, 0) == Span(2, 2)
    assert inside.span(len(inside.text), len(inside.text)) == Span(len(FILE), len(FILE))


def test_a_slice_of_a_slice_still_names_the_file() -> None:
    inside = without_marks().slice(3, 6).slice(0, 2)
    assert inside.text == "온다"
    assert FILE[slice(*inside.span(0, 2))] == "온다"


@pytest.mark.parametrize("place", [0, 3, 7])
def test_an_empty_slice_is_where_it_was_cut(place: int) -> None:
    empty = Mapped.whole("가 나 다 라").slice(place, place)
    assert empty.text == ""
    assert empty.span(0, 0) == Span(place, place)


FILE_OF_ITS_OWN = st.text(alphabet="abc봄🌱\n", max_size=20)
CUTS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from([None, "", "X", "XY"])), max_size=4
)


@given(FILE_OF_ITS_OWN, st.lists(CUTS, max_size=3))
def test_every_character_that_was_copied_is_the_one_its_origin_names(
    file: str, generations: list[list[tuple[int, int, str | None]]]
) -> None:
    mapped = Mapped.whole(file)
    for cuts in generations:
        places = sorted(min(place, len(mapped.text)) for start, end, _ in cuts for place in (start, end))
        pairs = zip(places[::2], places[1::2], (replacement for _, _, replacement in cuts), strict=True)
        mapped = mapped.derive([Piece(*pair) for pair in pairs])
    for index, character in enumerate(mapped.text):
        span = mapped.span(index, index + 1)
        assert 0 <= span.start <= span.end <= len(file)
        assert character in "XY" or file[slice(*span)] == character
    spans = [mapped.span(index, index + 1) for index in range(len(mapped.text))]
    assert spans == sorted(spans)
    assert mapped.span(0, len(mapped.text)).end == (spans[-1].end if spans else mapped.span(0, 0).end)
