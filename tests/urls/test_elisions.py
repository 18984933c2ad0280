"""Addresses that were shortened when they were copied, and those with dots of their own.

⟦…⟧ marks what must be found.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.urls import elisions

SHORTENED = [
    "https://news.example.kr/view/AKR20220903⟦...⟧",
    "https://news.example.kr/endPage.do?news_id⟦...⟧",
    "https://news.example.kr/view/?id=NISX20220903_00⟦...⟧",
    "https://news.example.kr/how-to-⟦…⟧",
    "https://news.example.kr/research/how-to-⟦…⟧",
    "https://news.example.kr/view?key=how-to⟦...⟧",
    "https://blog.naver.kr/오늘의-회⟦…⟧",
    "https://blog.naver.kr/%EB%B4%84%EC%9D%B4⟦...⟧",
    "https://blog.naver.kr/%EB%B4%84%EC%⟦[…]⟧A%B9%85",
    "https://blog.naver.kr/%EB%B4%84%EC⟦…⟧%84",
    "https://blog.naver.kr/%EB%B4%84%E⟦...⟧D%8A",
    "https://news.example.kr/a/⟦[...]⟧/b",
    "https://news.example.kr/a%20⟦%5B%E2%80%A6%5D⟧b",
    "https://news.example.kr/2021/⟦...⟧/article-1.html",
    "https://blog.nav⟦...⟧",
    "https://news.example.kr/view⟦..…⟧",
    "data:image/png;base64,iVBORw0KGgo⟦...⟧",
]

WHOLE = [
    "https://docs.example.kr/List.html#of-java.lang.String...-",
    "https://docs.example.kr/List.html#of(E...)",
    "https://docs.example.kr/Statements/try...catch",
    "https://docs.example.kr/Statements/for-await...of",
    "https://github.com/owner/repo/compare/v1.0...v1.1",
    "https://github.com/owner/repo/compare/main...",
    "https://github.com/owner/repo/tree/main/pages/[...slug].js",
    "https://en.wikipedia.org/wiki/Oops!..._I_Did_It_Again",
    "https://en.wikipedia.org/wiki/To_Be_Continued...",
    "https://search.example.kr/search?q=what+is...",
    "https://search.example.kr/results?search_query=what+is...",
    "https://search.example.kr/results?page=2&totalQuery=what+is...",
    "https://search.example.kr/search;?p=what+is...",
    "https://shop.example.kr/s?k=what+is...",
    "https://shop.example.kr/Search?wq=what+is...",
    "https://example.kr/search/what+is...",
    "https://example.kr/ko/search/what-is…",
    "https://math.example.kr/svg.image?P_1,P_2,...,P_n",
    "https://math.example.kr/svg.image?n*(n-1)*...*1",
    "https://math.example.kr/svg.image?a_1,a_2,...",
    "https://auth.example.kr/#token=xxx....&expires_in=900",
    "https://velog.io/@me/그래서…-결국",
    "https://velog.io/@me/%EA%B7%B8%EB%9E%98%EC%84%9C%E2%80%A6",
    "https://news.example.kr/view/1.2.3..4",
    # An author's sign for "any address"
    "https://github.com/...",
    "https://github.com/…",
    "https://github.com/owner/...",
    "https://github.com/[...]",
    "https://...",
    "https://example.com/posts/first...",
    "https://api.example.test/v1/[…]/items",
    "../../images/...",
    "...",
    "",
]


@pytest.mark.parametrize("marked", [address.replace("example.kr", "yna.co.kr") for address in SHORTENED])
def test_what_was_left_out_is_found(marked: str) -> None:
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    assert elisions(marked.replace("⟦", "").replace("⟧", "")) == ((start, end),)


@pytest.mark.parametrize("url", [address.replace("example.kr", "yna.co.kr") for address in WHOLE])
def test_dots_that_belong_to_an_address_are_left_alone(url: str) -> None:
    assert elisions(url) == ()


@given(st.text(alphabet="….[]/?#&=a%E2가:") | st.text())
def test_any_text_is_looked_through(url: str) -> None:
    for span in elisions(url):
        assert 0 <= span.start < span.end <= len(url)


def test_a_megabyte_of_dots_is_looked_through_at_once() -> None:
    assert elisions("https://yna.co.kr/" + "a...b/" * 200_000) == ()
