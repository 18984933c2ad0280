"""Slugs, and what is escaped in an address."""

from __future__ import annotations

import pytest

from postlint.site.jekyll.slugs import slugify, titleize
from postlint.site.jekyll.urls import escape_path, filled_page, normalized, sanitized, unescape, with_suffix


@pytest.mark.parametrize(
    ("text", "default", "pretty"),
    [
        ("Hello World", "hello-world", "Hello-World"),
        ("주간 정리 (2)", "주간-정리-2", "주간-정리-(2)"),
        ("a--b__c", "a-b-c", "a-b__c"),
        ("C++ & C#", "c-c", "C++-&-C"),
        ("-x-", "x", "x"),
        ("café.md", "café-md", "café.md"),
        ("①²", "", ""),
    ],
)
def test_a_slug_has_one_hyphen_for_what_is_left_out(text: str, default: str, pretty: str) -> None:
    assert slugify(text) == default
    assert slugify(text, "pretty", cased=True) == pretty


def test_other_modes() -> None:
    assert slugify("A b.한", "ascii") == "a-b"
    assert slugify("A  b.한", "raw") == "a-b.한"
    assert slugify("A b", "none") == "a b"


def test_a_title_is_made_of_a_slug() -> None:
    assert titleize("why-I-write-한글--") == "Why I Write 한글"


@pytest.mark.parametrize(
    ("path", "escaped"),
    [
        ("글 하나", "%EA%B8%80%20%ED%95%98%EB%82%98"),
        ("c++&c;d=1", "c++&c;d=1"),
        ("100%", "100%25"),
        ("a#b#c", "a%23b%23c"),
        ("a?b", "a?b"),
        ("[wip]", "%5Bwip%5D"),
    ],
)
def test_a_placeholders_value_is_escaped(path: str, escaped: str) -> None:
    assert escape_path(path) == escaped


def test_an_address_begins_with_one_slash_and_never_goes_up() -> None:
    assert sanitized("a//b/../c/./d") == "/a/b/c/d"


def test_the_server_has_what_an_address_is_unescaped_to() -> None:
    assert unescape("/a%20b/%EA%B8%80") == "/a b/글"
    assert unescape("/%ff") == "/\udcff"


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("/글 하나/", "/%EA%B8%80%20%ED%95%98%EB%82%98/"),
        ("/\u1112\u1161\u11ab/", "/%ED%95%9C/"),
        ("/a/../b/./c", "/b/c"),
        ("/x?a=1&b=글#한", "/x?a=1&b=%EA%B8%80#%ED%95%9C"),
        ("HTTPS://Blog.Example:443/A%7eb", "https://blog.example/A~b"),
        ("http://한글.kr", "http://xn--bj0bj06e.kr/"),
    ],
)
def test_the_filters_for_addresses_leave_them_in_their_normal_form(address: str, normal: str) -> None:
    assert normalized(address) == normal


def test_pages_end_as_the_permalink_says() -> None:
    assert [with_suffix("/x", style) for style in ("pretty", "date", "/:title/", "/:title")] == [
        "/x/",
        "/x:output_ext",
        "/x/",
        "/x",
    ]
    assert filled_page(
        "/:path/:basename:output_ext", {"path": "/a b", "basename": "c", "output_ext": ".html"}
    ) == ("/a%20b/c.html")
