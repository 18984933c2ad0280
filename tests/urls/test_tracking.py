"""Tracking parameters, and what remains of an address without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint import data
from postlint.urls import Tracking, split_url, tracking_parameters, tracking_table


def without(url: str, found: tuple[Tracking, ...]) -> str:
    for tracking in reversed(found):
        url = url[: tracking.span.start] + url[tracking.span.end :]
    return url


CLEANED = [
    ("https://arxiv.org/abs/1?fbclid=IwAR0", "https://arxiv.org/abs/1"),
    ("https://arxiv.org/abs/1?fbclid=IwAR0#sec", "https://arxiv.org/abs/1#sec"),
    ("https://a.kr/?utm_source=x&utm_medium=y", "https://a.kr/"),
    ("https://a.kr/?utm_source=x&amp;utm_medium=y#z", "https://a.kr/#z"),
    ("https://a.kr/?id=1&utm_source=x&page=2", "https://a.kr/?id=1&page=2"),
    ("https://a.kr/?utm_source=x&id=1&fbclid=y", "https://a.kr/?id=1"),
    ("https://a.kr/?utm_source=x&amp;id=1&amp;gclid=y", "https://a.kr/?id=1"),
    ("https://a.kr/?utm_source=x&gclid=z&id=1", "https://a.kr/?id=1"),
    ("https://a.kr/?&utm_source=x", "https://a.kr/"),
    ("https://a.kr/?utm_source", "https://a.kr/"),
    ("https://a.kr/?q=봄&fbclid=x", "https://a.kr/?q=봄"),
    ("https://youtu.be/abc?si=x&t=30", "https://youtu.be/abc?t=30"),
    ("https://www.youtube.com/watch?v=abc&feature=share&si=x", "https://www.youtube.com/watch?v=abc"),
    ("https://twitter.com/me/status/1?ref_src=twsrc%5Etfw", "https://twitter.com/me/status/1"),
    ("https://x.com/me/status/1?s=20", "https://x.com/me/status/1"),
    ("https://OPEN.SPOTIFY.COM/track/1?si=x", "https://OPEN.SPOTIFY.COM/track/1"),
]

KEPT = [
    "https://a.kr/search?q=fbclid",
    "https://a.kr/?q=utm_source%3Dx",
    "https://a.kr/#utm_source=x",
    "https://a.kr/utm_source=x",
    "https://a.kr/;utm_source=x?id=1",
    "https://a.kr/?id=1;utm_source=x",
    "https://a.kr/?utm_source=x;id=1",
    "https://a.kr/?si=x",
    "https://myyoutube.com/?si=x",
    "https://twitter.com/search?s=20",
    "https://a.kr/?utm_=x",
    "https://a.kr/?UTM_SOURCE=x",
    "https://a.kr/?",
    "https://a.kr/",
    # Signed
    "https://b.s3.amazonaws.com/a.png?utm_source=x&X-Amz-Signature=abc",
    "https://cdn.kr/a.png?Expires=1&Signature=abc&utm_source=x",
    # Another address inside, whose parameters these may be
    "https://a.kr/redirect?to=https://b.kr/?id=1&utm_source=x",
    "https://a.kr/redirect?to=https%3A%2F%2Fb.kr%2F%3Futm_source%3Dx",
    "https://web.archive.org/web/2020/https://b.kr/?utm_source=x",
    "https://ga-dev-tools.google/campaign-url-builder/?utm_source=x",
    "",
]


@pytest.mark.parametrize(("url", "cleaned"), CLEANED)
def test_they_go_and_all_else_stays(url: str, cleaned: str) -> None:
    assert without(url, tracking_parameters(url)) == cleaned


@pytest.mark.parametrize("url", KEPT)
def test_what_only_looks_like_one_stays(url: str) -> None:
    assert tracking_parameters(url) == ()


def test_those_side_by_side_are_told_together() -> None:
    url = "https://a.kr/?utm_source=x&utm_medium=y&id=1&fbclid=z"
    assert [tracking.names for tracking in tracking_parameters(url)] == [
        ("utm_source", "utm_medium"),
        ("fbclid",),
    ]


def test_each_group_may_be_deleted_alone() -> None:
    url = "https://a.kr/?utm_source=x&id=1&fbclid=z"
    first, second = tracking_parameters(url)
    assert without(url, (first,)) == "https://a.kr/?id=1&fbclid=z"
    assert without(url, (second,)) == "https://a.kr/?utm_source=x&id=1"


EXTENDED = tracking_table().extended(
    {"*": ["mtm_*"], "Example.org/news/": ["from"], "shop.*": ["click"]},
    {"youtu.be": ["si"], "me.kr": ["*"], "*": ["utm_id"]},
)


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("https://a.kr/?mtm_kwd=x&mtm_=y", "https://a.kr/?mtm_=y"),
        ("https://www.example.org/news/1?from=x", "https://www.example.org/news/1"),
        ("https://example.org/list?from=x", "https://example.org/list?from=x"),
        ("https://a.kr/news/1?from=x", "https://a.kr/news/1?from=x"),
        ("https://shop.co.kr/?click=x", "https://shop.co.kr/"),
        ("https://youtu.be/a?si=x&feature=share", "https://youtu.be/a?si=x"),
        ("https://youtube.com/a?si=x", "https://youtube.com/a"),
        ("https://blog.me.kr/?utm_source=x&mtm_kwd=y", "https://blog.me.kr/?utm_source=x&mtm_kwd=y"),
        ("https://a.kr/?utm_id=x&utm_source=y", "https://a.kr/?utm_id=x"),
        ("https://a.kr/?fbclid=x", "https://a.kr/"),
    ],
)
def test_a_user_names_more_and_those_to_keep(url: str, cleaned: str) -> None:
    assert without(url, tracking_parameters(url, EXTENDED)) == cleaned


PARAMETERS = st.sampled_from(["utm_source=x", "fbclid=y", "id=1", "q=봄", "a", "", "utm_id=%20"])


@given(st.lists(PARAMETERS), st.sampled_from(["", "#f", "#"]), st.sampled_from(["&", "&amp;"]))
def test_the_other_parameters_keep_their_order(parameters: list[str], end: str, separator: str) -> None:
    url = "https://a.kr/p?" + separator.join(parameters) + end
    cleaned = without(url, tracking_parameters(url))
    others = [p for p in parameters if p and not p.startswith(("utm_", "fbclid"))]
    query = split_url(cleaned).query
    assert [p for p in query.split(separator) if p] == others
    assert tracking_parameters(cleaned) == ()
    assert cleaned.endswith(end)


@given(st.text() | st.text(alphabet="https:/?&=;utm_#가"))
def test_any_text_is_looked_through(url: str) -> None:
    for tracking in tracking_parameters(url):
        assert 0 <= tracking.span.start < tracking.span.end <= len(url)


def test_every_row_of_the_table_has_a_source_and_a_date() -> None:
    table = data.load("tracking_parameters")
    for row in [*table["parameter"], table["signatures"], table["exempt"]]:
        assert row["source"]
        assert row["date"].year >= 2026
    names = [(row["name"], tuple(row.get("hosts", ()))) for row in table["parameter"]]
    assert len(names) == len(set(names))
