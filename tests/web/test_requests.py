"""What leaves this machine: byte for byte what the author wrote, but for what a browser escapes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from postlint.web.address import BadAddressError, OtherSchemeError, parse
from postlint.web.settings import Extra
from postlint.web.verdicts import Verdict
from tests.web.hostile import HostileWeb, answer, redirect

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "urltestdata.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['input']!r}" for case in CASES])
def test_an_address_is_read_as_the_standard_says(case: dict[str, Any]) -> None:
    base = parse(case["base"]) if case["base"] else None
    if case.get("failure"):
        with pytest.raises((BadAddressError, OtherSchemeError)):
            parse(case["input"], base)
        return
    target = parse(case["input"], base)
    read = (f"{target.scheme}:", target.authority, target.path)
    assert read == (case["protocol"], case["host"], case["pathname"] + _kept(case["search"], target.path))
    assert (target.fragment or "") == case["hash"].removeprefix("#")


def _kept(search: str, path: str) -> str:
    # The standard's API does not tell a lone `?`; it is sent.
    return "?" if not search and path.endswith("?") else search


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/a%2Fb%26c", "/a%2Fb%26c"),
        ("/%7Euser/~user", "/%7Euser/~user"),
        ("/a//b///c", "/a//b///c"),
        ("//a", "//a"),
        ("/%ed%95%9c", "/%ed%95%9c"),
        ("/%ED%95%9C", "/%ED%95%9C"),
        ("/한글", "/%ED%95%9C%EA%B8%80"),
        ("/\u1112\u1161\u11ab\u1100\u1173\u11af", "/%E1%84%92%E1%85%A1%E1%86%AB%E1%84%80%E1%85%B3%E1%86%AF"),
        ("/%B1%DB", "/%B1%DB"),
        ("/a b", "/a%20b"),
        ("/a+b", "/a+b"),
        ("/100%", "/100%"),
        ("/a|b[c]", "/a|b[c]"),
        ("/a?q=봄&r=%26#여름", "/a?q=%EB%B4%84&r=%26"),
        ("/a?", "/a?"),
        ("/a?b?c=/d/../e", "/a?b?c=/d/../e"),
        ("?a=1", "/?a=1"),
        ("", "/"),
        ("#여름", "/"),
        ("/a/../b/./c", "/b/c"),
        ("/a\\b", "/a/b"),
        ("/a\tb\n", "/ab"),
        ("/(괄호)'\"<>", "/(%EA%B4%84%ED%98%B8)'%22%3C%3E"),
        ("/\ud800", "/%EF%BF%BD"),
    ],
)
def test_the_request_line_is_what_was_written(web: HostileWeb, written: str, sent: str) -> None:
    web.probe(web.site("a.test", answer()) + written, fragments=False)
    assert web.asked() == [f"HEAD {sent}"]


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("한국.test", "xn--3e0b707e.test"),
        ("HanGul.TEST", "hangul.test"),
        ("%ED%95%9C%EA%B5%AD.test", "xn--3e0b707e.test"),
        ("ｅｘ.test", "ex.test"),
        ("a。test", "a.test"),
        ("faß.test", "xn--fa-hia.test"),
        ("☃.test", "xn--n3h.test"),
        ("a.test.", "a.test."),
    ],
)
def test_a_host_is_asked_by_its_name_in_ascii(web: HostileWeb, written: str, host: str) -> None:
    web.site(host, answer())
    web.probe(f"http://{written}:{web.port}/")
    assert [one.headers["host"] for one in web.requests] == [f"{host}:{web.port}"]


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http://a b.test/",
        "http://a.test:99999/",
        "http://[::1/",
        "http://1.2.3.4.5/",
        "//a.test/x",
    ],
)
def test_what_no_browser_takes_is_not_asked(web: HostileWeb, address: str) -> None:
    assert web.probe(address).verdict.value == "invalid"


@pytest.mark.parametrize(
    "address", ["mailto:a@a.test", "file:///etc/passwd", "ftp://a.test/", "javascript:1"]
)
def test_other_schemes_are_not_opened(web: HostileWeb, address: str) -> None:
    found = web.probe(address)
    assert (found.verdict.value, found.evidence.reason) == ("refused", "scheme")


def test_what_is_excluded_is_not_asked(web: HostileWeb) -> None:
    root = web.site("a.test", answer())
    found = web.probe(f"{root}/x", exclude=(re.compile(r"a\.test"),))
    assert (found.verdict.value, found.evidence.reason, web.asked()) == ("refused", "excluded", [])


def test_what_leads_to_an_excluded_address_is_not_followed(web: HostileWeb) -> None:
    root = web.site("a.test", redirect(f"{web.site('b.test', answer())}/c"))
    probe = web.probe(f"{root}/a", exclude=(re.compile(r"//b\.test"),))
    assert (probe.verdict, probe.evidence.reason) == (Verdict.REFUSED, "excluded")
    assert web.asked("b.test") == []


def test_credentials_of_an_address_go_to_its_server_only(web: HostileWeb) -> None:
    other = web.site("b.test", answer())
    web.site("a.test", {"/1": redirect("/2"), "*": redirect(f"{other}/")})
    web.probe(f"http://me:p%40ss@a.test:{web.port}/1")
    sent = [(one.host, one.headers.get("authorization")) for one in web.requests]
    assert sent == [("a.test", "Basic bWU6cEBzcw=="), ("a.test", "Basic bWU6cEBzcw=="), ("b.test", None)]


@pytest.mark.parametrize(
    "pattern", [r"a\.test", r"^http://a\.test", r"//a\.test:\d+/", r"\.?test\b", r".*", r"(^|\.)test:\d"]
)
def test_headers_are_sent_where_the_host_is_named(web: HostileWeb, pattern: str) -> None:
    web.probe(
        web.site("a.test", answer()) + "/1", headers=(Extra(re.compile(pattern), {"X-Token": "secret"}),)
    )
    assert [one.headers.get("x-token") for one in web.requests] == ["secret"]


@pytest.mark.parametrize(
    ("host", "path"),
    [
        *(("b.test", "/?u=http://a.test/"), ("b.test", "/a.test/1"), ("b.test", "/web/2020/http://a.test/1")),
        *(("a.test.b.test", "/1"), ("evil-a.test", "/1"), ("ba.test", "/1"), ("b.test", "/1#a.test")),
    ],
)
def test_a_secret_is_not_sent_to_who_only_writes_the_name(web: HostileWeb, host: str, path: str) -> None:
    extra = (Extra(re.compile(r"a\.test"), {"X-Token": "secret"}),)
    web.probe(web.site(host, answer()) + path, headers=extra)
    assert [one.headers.get("x-token") for one in web.requests] == [None]


def test_headers_for_a_site_go_to_it_only(web: HostileWeb) -> None:
    other = web.site("b.test", answer())
    root = web.site("a.test", redirect(f"{other}/"))
    extra = (Extra(re.compile(r"//a\.test"), {"X-Token": "secret"}),)
    web.probe(f"{root}/1", headers=extra)
    assert [(one.host, one.headers.get("x-token")) for one in web.requests] == [
        ("a.test", "secret"),
        ("b.test", None),
    ]


def test_the_fragment_never_leaves(web: HostileWeb) -> None:
    web.probe(web.site("a.test", answer()) + "/x#비밀")
    assert all("%EB%B9%84" not in f"{one.target}{one.headers}" for one in web.requests)
