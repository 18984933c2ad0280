"""Whether an address that readers see names the one that they get to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.urls.naming import is_address, names_another


def test_an_address_is_told_from_text() -> None:
    assert is_address("https://example.org/a")
    assert is_address("www.example.org")
    assert not is_address("example")
    assert not is_address("https://example.org 에서")
    assert not is_address("https://")


@pytest.mark.parametrize(
    ("shown", "destination"),
    [
        ("https://youtu.be/aaaa", "https://youtu.be/aaaab"),
        ("https://www.youtube.com/watch?v=a&t=1", "https://www.youtube.com/watch?v=b&t=1"),
        ("https://example.com/a/b", "https://example.com/c/d"),
        ("https://example.com/", "https://example.org/"),
        ("www.example.com/list?id=1", "https://example.com/list?no=2"),
        ("https://example.com/abc…", "https://example.com/def"),
    ],
)
def test_it_names_another(shown: str, destination: str) -> None:
    assert names_another(shown, destination)


@pytest.mark.parametrize(
    ("shown", "destination"),
    [
        ("http://example.com", "https://www.example.com/"),
        ("https://example.com/글", "https://example.com/%EA%B8%80/index.html"),
        ("https://example.com/a", "https://example.com/a/b?c#d"),
        ("https://example.com/a/b", "https://example.com/a"),
        ("https://example.com/a?b=1&amp;c=2", "https://example.com/a?c=2&b=1"),
        ("https://example.com/abc...", "https://example.com/abcdef"),
        ("https://example.com/a.", "https://example.com/a"),
        ("https://example.com/en/spring", "https://example.com/ko/spring"),
        ("https://example.com/spring", "https://example.org/2024/spring/"),
        ("https://en.wikipedia.org/wiki/Tree", "https://ko.wikipedia.org/wiki/나무"),
        ("https://blog.example.co.kr/a", "https://example.co.kr/b"),
        ("https://bit.ly/a", "https://example.com/b"),
        ("https://doi.org/10.1000/1", "https://papers.example.com/2"),
        ("https://example.com/a", "https://redirect.example.org/?to=https%3A%2F%2Fexample.com%2Fa"),
        ("https://www.youtube.com/watch?v=a&list=b&index=1", "https://www.youtube.com/watch?v=a&index=2"),
        ("http://localhost:8080/", "http://example.com/"),
    ],
)
def test_it_names_the_same(shown: str, destination: str) -> None:
    assert not names_another(shown, destination)


@given(st.text("htps:/.w?#&=a…[]@"), st.text("htps:/.w?#&=b…[]@"))
def test_any_text_will_do(shown: str, destination: str) -> None:
    is_address(shown)
    names_another(shown, destination)
