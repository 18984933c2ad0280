"""Korean in addresses: old encodings, decomposed syllables, and what is escaped in UTF-8."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.urls import compose, decomposed_hangul, escaped_hangul, legacy_korean

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)


def old(text: str, encoding: str = "cp949") -> str:
    return quote(text.encode(encoding))


@pytest.mark.parametrize("text", ["자바 프로그래밍", "한글", "제목없음.JPG", "최병현", "글"])
def test_korean_in_euc_kr_is_read(text: str) -> None:
    assert [piece.text for piece in legacy_korean(f"https://a.kr/?q={old(text)}")] == [text]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("中国人民", "gbk"),
        ("数据库", "gbk"),
        ("程序员", "gbk"),
        ("東京タワー", "euc_jp"),
        ("プログラミング", "shift_jis"),
        ("資料庫", "big5"),
        ("café", "latin-1"),
        ("한글", "utf-8"),
    ],
)
def test_what_is_in_another_encoding_is_no_korean(text: str, encoding: str) -> None:
    assert legacy_korean(f"https://a.kr/?q={old(text, encoding)}") == ()


@given(SYLLABLES, SYLLABLES)
def test_decomposed_syllables_are_found_and_composed(first: str, second: str) -> None:
    for spell in (str, quote):
        text = spell(unicodedata.normalize("NFD", first))
        url = f"https://a.kr/{text}/{spell(second)}#{text}"
        spans = decomposed_hangul(url)
        assert [url[span.start : span.end] for span in spans] == [text]
        assert compose(text) == spell(first)


@given(SYLLABLES, SYLLABLES)
def test_escaped_syllables_are_read_where_they_stand(first: str, second: str) -> None:
    url = f"https://a.kr/{quote(first)}%20{quote('✨' + second + '漢')}?q={first}"
    found = escaped_hangul(url)
    assert [hangul for _, hangul in found] == [first, second]
    assert all(url[span.start : span.end] == quote(hangul) for span, hangul in found)


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    legacy_korean(text)
    decomposed_hangul(text)
    escaped_hangul(text)
