"""Escapes that no server reads as they were meant."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.urls import doubled_escapes, unicode_escapes

WORDS = st.text(st.characters(min_codepoint=0xA1, exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(WORDS, st.integers(1, 3))
def test_a_word_that_is_encoded_too_often_is_read(word: str, times: int) -> None:
    escaped = quote(word)
    for _ in range(times):
        escaped = quote(escaped)
    (doubled,) = doubled_escapes(f"https://a.kr/{escaped}/b")
    assert (doubled.text, doubled.escaped) == (word, quote(word))


@pytest.mark.parametrize(
    "url",
    [
        "https://a.kr/%ED%95%9C",
        "https://a.kr/like-%25.png",
        "https://a.kr/100%25EC",  # one byte is no character
        "https://a.kr/feature%252Flogin/a%2520b",
        "https://a.kr/?q=%25ED%2595%259C",
        "https://a.kr/%ED%95%9C-%25ED%2595%259C",
        "https://a.kr/한-%25ED%2595%259C",
        "https://a.kr/image/https%3A%2F%2Fb.kr%2F%25ED%2595%259C",
        "https://web.archive.org/web/2020/https://b.kr/%25ED%2595%259C",
        "https://a.kr/%25B0%25A1",
        "https://a.kr/lecture/22106/%25ED%2595%259C",
        "https://a.kr/lecture/2010/%25ED%2595%259C",
        "https://a.kr/1Z5xeAs4UAPk2MbeXwRbzk/%25ED%2595%259C",
    ],
)
def test_what_may_be_meant_is_left_alone(url: str) -> None:
    assert doubled_escapes(url) == ()


def test_a_date_is_no_number_of_a_page() -> None:
    assert doubled_escapes("https://a.kr/2021/05/01/%25ED%2595%259C/")


@pytest.mark.parametrize(
    ("url", "text", "escaped"),
    [
        ("https://a.kr/%uD55C%uAE00", "한글", "%ED%95%9C%EA%B8%80"),
        ("https://a.kr/\\ud55c", "한", "%ED%95%9C"),
        ("https://a.kr/?a=1\\u0026b=2", "&", "&"),
        ("https://a.kr/a\\u0020b", " ", "%20"),
        ("https://a.kr/%uD83D%uDE00", "😀", "%F0%9F%98%80"),
    ],
)
def test_units_of_javascript_and_json_are_read(url: str, text: str, escaped: str) -> None:
    (found,) = unicode_escapes(url)
    assert (found.text, found.escaped) == (text, escaped)


@pytest.mark.parametrize(
    "url", ["https://a.kr/%uD83D", "https://a.kr/\\uDE00a", "https://a.kr/%u12", "/users"]
)
def test_half_a_pair_and_too_few_digits_spell_nothing(url: str) -> None:
    assert unicode_escapes(url) == ()


@given(st.text(alphabet="%25EDu\\9Cab/?#"))
def test_any_text_may_be_asked(text: str) -> None:
    for found in (*doubled_escapes(text), *unicode_escapes(text)):
        assert 0 <= found.span.start < found.span.end <= len(text)
