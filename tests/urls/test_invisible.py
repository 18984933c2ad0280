"""Characters in an address that nobody sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.urls import escaped_invisible, invisible_edges, invisible_within


@pytest.mark.parametrize("character", ["\u200b", "\ufeff", "\u00a0", "\u3000", "\u200d", "\u202c", "\u3164"])
def test_nothing_invisible_belongs_at_an_edge(character: str) -> None:
    url = f"{character}https://a.kr/b{character * 2}"
    assert invisible_edges(url) == (Span(0, 1), Span(15, 17))
    assert invisible_within(url) == ()


@pytest.mark.parametrize("character", ["\u200b", "\ufeff", "\u00ad", "\u2060"])
def test_within_an_address_it_is_what_takes_no_place(character: str) -> None:
    assert invisible_within(f"https://a.kr/b{character * 3}c") == (Span(14, 17),)


@pytest.mark.parametrize("character", ["\u00a0", "\u202f", "\u200d", "\u200c", "\ufe0f", "한"])
def test_what_names_may_hold_is_left_alone_within(character: str) -> None:
    assert invisible_within(f"https://a.kr/b{character}c") == ()


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://a.kr/%E2%80%8B", 1),
        ("https://a.kr/b/%e2%80%8b%C2%A0?c=d#e", 1),
        ("https://a.kr/b%E2%80%8B", 0),
        ("https://a.kr/?c=%E2%80%8B#%E2%80%8B", 0),
        ("https://a.kr/%E2%80%8B/b", 0),
        ("https://a.kr/%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB", 0),
        ("https://a.kr/b", 0),
    ],
)
def test_escaped_it_is_found_where_it_is_all_of_a_name(url: str, count: int) -> None:
    assert len(escaped_invisible(url)) == count


@given(st.text(alphabet="\u200b\u00a0a/%E2808B?#"))
def test_any_text_may_be_asked(text: str) -> None:
    spans = (*invisible_edges(text), *invisible_within(text))
    assert sorted(set(spans)) == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in (*spans, *escaped_invisible(text)))
