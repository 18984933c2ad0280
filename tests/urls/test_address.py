"""An address taken apart, and what of it is not ASCII."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.urls import (
    as_destination,
    host_of,
    is_example,
    is_local,
    percent_encode,
    raw_non_ascii,
    split_url,
)

ADDRESSES = [
    "",
    "#",
    "?",
    "/posts/봄/?page=2#인사",
    "../images/a b.png",
    "https://example.org",
    "https://user:pass@example.org:8080/a/b?c=d?e#f#g",
    "http://[2001:db8::1]:80/",
    "//cdn.example.org/x.js",
    "mailto:someone@example.org",
    "data:image/png;base64,iVBORw0KGgo=",
    "https://한글.kr/경로?질의=값#조각",
    "C:\\blog\\image.png",
    "http:///path",
    "http://a:b:c/",
]


def test_the_parts_of_an_address_have_their_places_in_it() -> None:
    url = split_url("https://me:pw@blog.example.org:8080/2021/봄?page=2&q=#댓글")
    assert (url.scheme, url.host, url.port) == ("https", "blog.example.org", "8080")
    assert (url.path, url.query, url.fragment) == ("/2021/봄", "page=2&q=", "댓글")
    assert url.part(url.userinfo_span) == "me:pw"


def test_a_part_that_is_not_there_has_no_span() -> None:
    url = split_url("/about")
    assert (url.scheme_span, url.host_span, url.query_span, url.fragment_span) == (None, None, None, None)
    assert (url.scheme, url.host, url.query, url.fragment) == ("", "", "", "")


def test_an_empty_part_is_there() -> None:
    url = split_url("https://example.org/?#")
    assert (url.query_span, url.fragment_span) == ((21, 21), (22, 22))


def test_an_ipv6_host_keeps_its_brackets() -> None:
    url = split_url("http://[2001:db8::1]:80/")
    assert (url.host, url.port) == ("[2001:db8::1]", "80")


@given(st.sampled_from(("http://", "HTTPS://")), st.text() | st.text(alphabet="ab8:/@[]?#\\.가"))
def test_the_host_alone_is_that_of_the_parts(scheme: str, rest: str) -> None:
    assert host_of(scheme + rest) == split_url(scheme + rest).host


@given(st.text() | st.sampled_from(ADDRESSES) | st.text(alphabet="htps:/@[]?#&=%.가…"))
def test_any_text_splits_into_parts_that_follow_each_other(text: str) -> None:
    url = split_url(text)
    spans = [
        url.scheme_span,
        url.userinfo_span,
        url.host_span,
        url.port_span,
        url.path_span,
        url.query_span,
        url.fragment_span,
    ]
    ends = [end for span in spans if span is not None for end in span]
    assert ends == sorted(ends)
    assert not ends or 0 <= ends[0] <= ends[-1] <= len(text)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("app.localhost", True),
        ("nas", True),
        ("printer.local", True),
        ("host.docker.internal", True),
        ("127.0.0.1", True),
        ("10.0.3.4", True),
        ("172.31.0.1", True),
        ("192.168.0.1", True),
        ("[::1]", True),
        ("[fe80::1]", True),
        ("[2001:db8::1]", False),
        ("172.32.0.1", False),
        ("8.8.8.8", False),
        ("10.example.org", False),
        ("localhost.example.org", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_a_local_host_is_one_that_no_reader_gets_to(host: str, local: bool) -> None:
    assert is_local(host) is local


@pytest.mark.parametrize(
    ("host", "example"),
    [("example.com", True), ("www.example.org", True), ("site.test", True), ("myexample.com", False)],
)
def test_example_hosts_are_those_reserved_for_it(host: str, example: bool) -> None:
    assert is_example(host) is example


def test_raw_characters_are_found_everywhere_but_in_the_host() -> None:
    url = "https://한글.kr/봄/a여름?q=가을#겨울"
    assert [url[slice(*span)] for span in raw_non_ascii(url)] == ["봄", "여름", "가을", "겨울"]


@pytest.mark.parametrize(
    ("url", "encoded"),
    [
        ("https://example.org/봄", "https://example.org/%EB%B4%84"),
        ("https://한글.kr/봄?q=🌱#봄", "https://한글.kr/%EB%B4%84?q=%F0%9F%8C%B1#%EB%B4%84"),
        ('/a b%20c%zz|"<>/[x]', '/a b%20c%zz|"<>/[x]'),
        ("/%EB%B4%84/봄", "/%EB%B4%84/%EB%B4%84"),
        ("/\u1107\u1169\u11b7", "/%E1%84%87%E1%85%A9%E1%86%B7"),
        ("/\ud800", "/%EF%BF%BD"),
    ],
)
def test_encoding_touches_nothing_but_what_is_beyond_ascii(url: str, encoded: str) -> None:
    assert percent_encode(url) == encoded


@given(st.text())
def test_encoding_twice_is_encoding_once(url: str) -> None:
    once = percent_encode(url)
    assert percent_encode(once) == once
    assert raw_non_ascii(once) == ()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.test/(b)", "https://a.test/%28b%29"),
        ("https://a.test/봄?a=1&b=2#c", "https://a.test/%EB%B4%84?a=1&b=2#c"),
        ("https://a.test/a b\n\tc\x00\x7f", "https://a.test/a%20b%0A%09c%00%7F"),
        ("https://a.test/%28b%29", "https://a.test/%28b%29"),
    ],
)
def test_a_destination_holds_nothing_that_ends_it(address: str, expected: str) -> None:
    assert as_destination(address) == expected
