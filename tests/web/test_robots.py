"""What a robots.txt says (RFC 9309), and what comes of one that says nothing."""

from __future__ import annotations

import time

import pytest

from postlint.web.robots import Rules
from postlint.web.verdicts import Verdict
from tests.web.hostile import HostileWeb, answer, redirect


def disallowed(robots: str, *paths: str) -> list[str]:
    rules = Rules.of(robots)
    return [path for path in paths if not rules.allow(f"http://a.test{path}")]


@pytest.mark.parametrize(
    ("rules", "paths", "expected"),
    [
        ("Disallow: /a", ["/", "/a", "/ab", "/a/b", "/b/a"], ["/a", "/ab", "/a/b"]),
        ("Disallow:", ["/", "/a"], []),
        ("Disallow: /a$", ["/a", "/ab"], ["/a"]),
        ("Disallow: /*.pdf$", ["/a.pdf", "/a.pdf.pdf", "/a.pdfx", "/pdf"], ["/a.pdf", "/a.pdf.pdf"]),
        ("Disallow: /*?", ["/a?b", "/?", "/a"], ["/a?b", "/?"]),
        ("Disallow: /a*b*c", ["/abc", "/a-b-b-c/d", "/acb", "/ab"], ["/abc", "/a-b-b-c/d"]),
        ("Disallow: /a*bc*c$", ["/abc", "/abcc"], ["/abcc"]),
        ("Disallow: *b", ["/a", "/ab"], ["/ab"]),
        ("Disallow: /\nAllow: /a", ["/a", "/b"], ["/b"]),
        ("Allow: /\nDisallow: /a", ["/a", "/b"], ["/a"]),
        ("Disallow: /a\nAllow: /a", ["/a"], []),
        ("Disallow: /봄", ["/봄", "/%EB%B4%84", "/%eb%b4%84", "/%EB"], ["/봄", "/%EB%B4%84", "/%eb%b4%84"]),
        ("Disallow: /%eb%b4%84", ["/봄"], ["/봄"]),
        ("Disallow: /%7ea", ["/~a", "/%7Ea"], ["/~a", "/%7Ea"]),
        ("Disallow: /a%2Fb", ["/a/b", "/a%2fb"], ["/a%2fb"]),
        ("Disallow: /a # 비밀", ["/a"], ["/a"]),
        ("  DISALLOW :/a  ", ["/a"], ["/a"]),
        ("Sitemap: https://a.test/sitemap.xml\nDisallow: /a", ["/a"], ["/a"]),
        ("\n\nDisallow: /a\n\nDisallow: /b", ["/a", "/b"], ["/a", "/b"]),
        ("Disallow /a\nDisallow\n: /a\n\0\nDisallow: /b", ["/a", "/b"], ["/b"]),
    ],
)
def test_the_longest_rule_that_fits_counts(rules: str, paths: list[str], expected: list[str]) -> None:
    assert disallowed(f"User-agent: *\n{rules}\n", *paths) == expected


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", ["/a", "/b"]),
        ("User-agent: postlint\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", ["/a"]),
        ("User-agent: *\nDisallow: /b\n\nUser-agent: PostLint/2.0\nDisallow: /a", ["/a"]),
        ("User-agent: postlint\n\nUser-agent: *\nDisallow: /a", ["/a"]),
        ("User-agent: other\nUser-agent: *\nDisallow: /a", ["/a"]),
        ("User-agent: lint\nDisallow: /a", []),
        ("User-agent: other\nDisallow: /a", []),
        ("Disallow: /a", []),
        ("<!DOCTYPE html><p>없음", []),
        ("User-agent: *\rDisallow: /a\r", ["/a"]),
        ("User-agent: *\rDisallow /a\r", []),
        ("User-agent: post\nDisallow: /a", []),
        ("User-agent: post*\nDisallow: /a", []),
        ("User-agent: postlinter\nDisallow: /a", []),
        ("User-agent: postlint bot\nDisallow: /a", ["/a"]),
        ("User-agent: other\nDisallow: /b\nUser-agent:\nDisallow: /a", []),
        ("User-agent: *\nDisallow: /b\u2028Disallow: /a", []),
        ("User-agent: *\nNote: Disallow: /a", []),
    ],
)
def test_groups_of_one_name_are_one(robots: str, expected: list[str]) -> None:
    assert disallowed(robots, "/a", "/b") == expected


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [("2", 2.0), ("2.5", 2.5), ("100", 30.0), ("-3", 0.0), ("nan", 0.0), ("²", 0.0), ("9" * 5_000, 0.0)],
)
def test_a_crawl_delay_is_a_number(delay: str, seconds: float) -> None:
    assert Rules.of(f"User-agent: *\nCrawl-delay: {delay}").delay == seconds


def test_no_pattern_takes_long() -> None:
    rules = Rules.of("User-agent: *\nDisallow: /" + "a*" * 200 + "b$")
    begun = time.process_time()
    assert rules.allow("http://a.test/" + "a" * 5_000)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "robots",
    [
        "\n" * 2**19,
        "user-agent" + "\n" * 2**19,
        "".join(f"User-agent: a{letter * 9}\n" for letter in "abcdefghi" * 2_000) * 2,
        "".join(f"User-agent: {'a' * number}\n" for number in range(1_000)) + "Allow:/a\n" * 20_000,
        "User-agent: *\nDisallow: " + "$" * 2**19,
    ],
    ids=["lines", "no name", "names", "names and rules", "one rule"],
)
def test_no_file_takes_long(robots: str) -> None:
    begun = time.process_time()
    assert Rules.of(robots).allow("http://a.test/a")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "reply",
    [
        answer(500),
        answer(503),
        answer(429),
        answer(200, "User-agent: *\n", content_length="99", connection="close"),
        answer(200, b"\0" * 20, content_encoding="gzip"),
    ],
)
def test_nothing_is_asked_of_a_host_that_does_not_say_what_it_excludes(web: HostileWeb, reply: bytes) -> None:
    root = web.site("a.test", {"/robots.txt": reply, "*": answer()})
    probe = web.probe(f"{root}/a", robots=True)
    assert (probe.verdict, probe.evidence.reason) == (Verdict.REFUSED, "robots-unknown")
    assert web.asked() == ["GET /robots.txt"]


@pytest.mark.parametrize("reply", [answer(404), answer(403), redirect("/robots.txt"), answer(200, b"\xff")])
def test_all_may_be_asked_of_a_host_that_excludes_nothing(web: HostileWeb, reply: bytes) -> None:
    root = web.site("a.test", {"/robots.txt": reply, "*": answer()})
    assert web.probe(f"{root}/a", robots=True).verdict is Verdict.ALIVE


def test_a_mark_of_the_byte_order_is_no_part_of_the_first_line(web: HostileWeb) -> None:
    robots = answer(200, "\ufeffUser-agent: *\nDisallow: /a\n", content_type="text/plain")
    root = web.site("a.test", {"/robots.txt": robots, "*": answer()})
    assert web.probe(f"{root}/a", robots=True).evidence.reason == "robots"


def test_what_leads_to_an_excluded_page_is_not_followed(web: HostileWeb) -> None:
    robots = answer(200, "User-agent: *\nDisallow: /a\n", content_type="text/plain")
    end = web.site("b.test", {"/robots.txt": robots, "*": answer()})
    root = web.site("a.test", {"/robots.txt": answer(404), "*": redirect(f"{end}/a")})
    assert web.probe(f"{root}/a", robots=True).verdict is Verdict.REFUSED
    assert web.asked("b.test") == ["GET /robots.txt"]
