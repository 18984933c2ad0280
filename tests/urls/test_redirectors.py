"""Redirectors, and the address that each leads on to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.urls import redirection, redirector_table, split_url, with_redirectors

TARGETS = [
    ("https://www.google.com/url?q=https%3A%2F%2Fa.kr%2Fb&sa=D&ust=1", "https://a.kr/b"),
    ("https://www.google.co.kr/url?sa=t&q=&url=http%3A%2F%2Fa.kr%2F&usg=x", "http://a.kr/"),
    ("https://www.google.com/url?q=https://a.kr/b&sa=D", "https://a.kr/b"),
    ("https://www.google.com/url?sa=D&amp;q=https%3A%2F%2Fa.kr", "https://a.kr"),
    ("http://WWW.GOOGLE.DE/url?q=https%3A%2F%2Fa.kr", "https://a.kr"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.kr%2F%3Ffbclid%3Dx&h=AT1", "https://a.kr/?fbclid=x"),
    ("https://lm.facebook.com/l.php?u=https%3A%2F%2Fa.kr", "https://a.kr"),
    ("https://l.instagram.com/?u=https%3A%2F%2Fa.kr&e=x", "https://a.kr"),
    ("https://www.youtube.com/redirect?event=v&q=https%3A%2F%2Fa.kr", "https://a.kr"),
    ("https://link.naver.com/bridge?url=https%3A%2F%2Fa.kr&dst=x", "https://a.kr"),
    ("https://cr.naver.com/rd?m=1&u=https%3A%2F%2Fa.kr", "https://a.kr"),
    ("https://m.search.naver.com/p/crd/rd?m=1&q=%EB%B4%84+%EB%B9%84&u=https%3A%2F%2Fa.kr", "https://a.kr"),
    ("https://www.linkedin.com/safety/go/?url=https%3A%2F%2Fa%2Ekr", "https://a.kr"),
    ("https://link.juejin.cn?target=https%3A%2F%2Fa.kr", "https://a.kr"),
    # What may not stand in a link is escaped again, and no more than that
    ("https://www.google.com/url?q=https%3A%2F%2Fa.kr%2F%EB%B4%84", "https://a.kr/%EB%B4%84"),
    ("https://www.google.com/url?q=https%3A%2F%2Fa.kr%2Fa%20b%3Cc", "https://a.kr/a%20b%3Cc"),
    ("https://www.google.com/url?q=https%3A%2F%2Fa.kr%2Fa_(b)", "https://a.kr/a_(b)"),
    ("https://www.google.com/url?q=https%3A%2F%2Fa.kr%2Fa)b", "https://a.kr/a%29b"),
    ("https://www.google.com/url?q=https%3A%2F%2Fa.kr%2F%25EB%25B4%2584", "https://a.kr/%EB%B4%84"),
]

WHOLE = [
    "https://www.google.com/search?q=https%3A%2F%2Fa.kr",
    "https://www.google.com/url?q=spring",
    "https://www.google.com/url?q=javascript%3Aalert(1)",
    "https://www.google.com/url?q=%2Fsearch",
    "https://www.google.com/url",
    "https://notgoogle.com/url?q=https%3A%2F%2Fa.kr",
    "https://google.example.org/url?q=https%3A%2F%2Fa.kr",
    "https://a.kr/url?q=https%3A%2F%2Fb.kr",
    # No address has a space, and no text in UTF-8 these bytes
    "https://www.google.com/url?q=https%3A%2F%2Fa.kr%2Fa+b",
    "https://www.google.com/url?q=https%3A%2F%2Fa.kr%2F%B0%A1",
    "/url?q=https%3A%2F%2Fa.kr",
]


@pytest.mark.parametrize(("url", "target"), TARGETS)
def test_a_redirector_says_where_it_leads(url: str, target: str) -> None:
    found = redirection(url)
    assert found is not None
    assert found.target == target


@pytest.mark.parametrize("url", WHOLE)
def test_any_other_address_leads_to_itself(url: str) -> None:
    assert redirection(url) is None


EXTENDED = with_redirectors(
    redirector_table(), {"Example.org/out": ["url", "to"], "go.example.com": ["u"], "a.kr/": ["u"]}
)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.example.org/out/?to=https%3A%2F%2Fa.kr", "https://a.kr"),
        ("https://example.org/out?to=https%3A%2F%2Fa.kr&url=https%3A%2F%2Fb.kr", "https://b.kr"),
        ("https://example.org/in?to=https%3A%2F%2Fa.kr", None),
        ("https://go.example.com/any/way?u=https%3A%2F%2Fa.kr", "https://a.kr"),
        ("https://a.kr?u=https%3A%2F%2Fb.kr", "https://b.kr"),
        ("https://a.kr/login?u=https%3A%2F%2Fb.kr", None),
        ("https://www.google.com/url?q=https%3A%2F%2Fa.kr", "https://a.kr"),
    ],
)
def test_a_user_names_more(url: str, target: str | None) -> None:
    found = redirection(url, EXTENDED)
    assert (found and found.target) == target


@given(st.text(), st.sampled_from(["https://www.google.com/url?q=", "https://link.juejin.cn?target=", ""]))
def test_a_target_is_an_address_that_may_stand_in_a_link(text: str, before: str) -> None:
    found = redirection(f"{before}{text}")
    if found is not None:
        assert found.target.isascii() or not split_url(found.target).host.isascii()
        assert not set(found.target) & set(" <>\"'\n\\")
