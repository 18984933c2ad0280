"""Images on other sites: who refuses to show them, and until when they are there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.urls import Expiry, expiry, image_table, refusing_host, split_url, with_image_hosts

SIGNED = [
    (
        "https://b.kr/a?X-Amz-Date=20240101T233000Z&X-Amz-Expires=3600&X-Amz-Signature=f",
        (2024, 1, 2),
    ),
    ("https://b.kr/a?X-Goog-Date=20240101T000000Z&X-Goog-Expires=604800&X-Goog-Signature=f", (2024, 1, 8)),
    ("https://d1.cloudfront.net/a.png?Expires=1700000000&Signature=f&Key-Pair-Id=K", (2023, 11, 14)),
    ("https://b.s3.amazonaws.com/a?AWSAccessKeyId=A&amp;Expires=1700000000&amp;Signature=f", (2023, 11, 14)),
    ("https://blog.kakaocdn.net/dn/a/img.png?credential=x&expires=1767193199&signature=f", (2025, 12, 31)),
    ("https://a.blob.core.windows.net/b/c.png?sv=2020-08-04&se=2024-05-01T00%3A00%3A00Z&sig=f", (2024, 5, 1)),
    ("https://cdn.discordapp.com/attachments/1/2/a.png?ex=65d903de&is=65c68ede&hm=2481", (2024, 2, 23)),
    ("https://scontent.xx.fbcdn.net/v/a.jpg?oh=00_A&oe=65D903DE", (2024, 2, 23)),
]

FOR_A_SHORT_TIME = [
    "https://cdn.discordapp.com/attachments/1/2/a.png",
    "https://private-user-images.githubusercontent.com/1/2.png?jwt=eyJ0",
    "https://raw.githubusercontent.com/owner/private/main/a.png?token=AD7X",
    "https://d1.cloudfront.net/a.png?Expires=tomorrow&Signature=f",
    "https://d1.cloudfront.net/a.png?Expires=99999999999999999999&Signature=f",
]

LASTING = [
    "https://d1.cloudfront.net/a.png?Expires=4102444800&Signature=f&Key-Pair-Id=K",
    "https://cdn.discordapp.com/emojis/1.png",
    "https://raw.githubusercontent.com/owner/public/main/a.png",
    "https://a.kr/a.png?expires=1700000000",
    "https://a.kr/a.png?ex=1&is=2&hm=3",
    "https://a.kr/a.png",
    "a.png",
]


@pytest.mark.parametrize(("url", "until"), SIGNED)
def test_a_signed_address_says_until_when_it_is_good(url: str, until: tuple[int, int, int]) -> None:
    assert expiry(split_url(url)) == Expiry(date(*until))


@pytest.mark.parametrize("url", FOR_A_SHORT_TIME)
def test_an_address_may_be_good_for_a_time_that_it_does_not_say(url: str) -> None:
    assert expiry(split_url(url)) == Expiry(None)


@pytest.mark.parametrize("url", LASTING)
def test_any_other_address_lasts(url: str) -> None:
    assert expiry(split_url(url)) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://postfiles.pstatic.net/a.png", "Naver"),
        ("http://postfiles7.naver.net/a.png", "Naver"),
        ("https://wx3.sinaimg.cn/large/a.jpg", "Weibo"),
        ("https://drive.google.com/uc?export=view&id=1", "Google Drive"),
    ],
)
def test_some_hosts_refuse(url: str, name: str) -> None:
    host = refusing_host(split_url(url))
    assert host is not None
    assert host.name == name


@pytest.mark.parametrize(
    "url",
    ["https://ssl.pstatic.net/a.png", "https://drive.google.com/thumbnail?id=1", "https://i.imgur.com/a.png"],
)
def test_others_do_not(url: str) -> None:
    assert refusing_host(split_url(url)) is None


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://img.Example.org/tmp/a.png", "사흘만 둡니다"),
        ("https://example.org/a.png", None),
        ("https://postfiles.pstatic.net/a.png", ""),
    ],
)
def test_a_user_names_more_and_says_why(url: str, why: str | None) -> None:
    host = refusing_host(
        split_url(url), with_image_hosts(image_table(), {"Example.org/tmp/": "사흘만 둡니다"})
    )
    assert (host and host.why) == why


@given(st.text(), st.sampled_from([url for url, _ in SIGNED]))
def test_whatever_an_address_says_is_read(text: str, url: str) -> None:
    expiry(split_url(url + text))
    refusing_host(split_url(text))
