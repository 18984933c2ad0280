"""Services that are gone: those that postlint knows, and those that a user does."""

from __future__ import annotations

import pytest

from postlint.urls import gone_service, service_table, split_url, with_services


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://haneul.egloos.com/1", "Egloos"),
        ("https://goo.gl/AbCd12", "goo.gl"),
        ("https://goo.gl/maps/AbCd12", None),
        ("https://travis-ci.org/haneul/blog", "travis-ci.org"),
        ("https://travis-ci.org/blog/2020", None),
        ("https://blog.naver.com/haneul", None),
        ("/egloos.com", None),
    ],
)
def test_a_service_is_known_by_its_host(url: str, name: str | None) -> None:
    service = gone_service(split_url(url))
    assert (service and service.name) == name


@pytest.mark.parametrize(
    ("url", "now"),
    [
        ("https://www.example.org/blog/1", "example.net"),
        ("https://www.example.org/shop/1", None),
        ("https://bbs.example.com/", ""),
        ("https://blog.daum.net/haneul/1", "티스토리에서"),
    ],
)
def test_a_user_names_more_or_knows_better_where_to_look(url: str, now: str | None) -> None:
    more = {"Example.org/blog/": "example.net", "bbs.example.com": "", "blog.daum.net": "티스토리에서"}
    service = gone_service(split_url(url), with_services(service_table(), more))
    assert (service and service.now) == now
