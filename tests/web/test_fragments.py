"""Whether a page has what a fragment names."""

from __future__ import annotations

import time

import pytest

from postlint.web.pages import read
from postlint.web.verdicts import Verdict
from tests.web.hostile import HostileWeb, answer, page

PAGE = page(
    "봄",
    """
    <h1 ID=top-of-it>봄</h1> <h2 id='봄-꽃'>꽃</h2> <a name="old">옛</a> <form name="form">
    <p id="a&amp;b">둘</p> <h2 id="user-content-설치">설치</h2> <p id="with space">셋</p> <p id="%EC%97%AC">
    <h2 id="자주-묻는-질문">물음</h2>
    <!-- <p id="commented"> --> <script>document.write('<p id="scripted">')</script>
    <textarea><p id="typed"></textarea> <p data-id="data"> <p title="<p id='quoted'>">
    """
    + "여기에는 글이 있고 " * 40,
)


@pytest.mark.parametrize(
    "fragment",
    [
        *("top-of-it", "봄-꽃", "%EB%B4%84-%EA%BD%83", "old", "a&b", "설치", "user-content-설치"),
        *("with%20space", "with space", "%EC%97%AC", "", "top", "TOP"),
        *(":~:text=꽃", "old:~:text=꽃", "/posts/1", "!list", "t=30", "page=3"),
        *(
            "L10",
            "L10-L20",
            "L3C1-L4C9",
            "lines-12:30",
            "issuecomment-1234",
            "comment77_88",
            "discussion_r12",
        ),
    ],
)
def test_a_fragment_that_the_page_has_or_need_not_have(web: HostileWeb, fragment: str) -> None:
    assert web.probe(web.site("a.test", answer(200, PAGE)) + f"/x#{fragment}").verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    "fragment",
    [
        "여름",
        "Old",
        "L",
        "Lima",
        "comments",
        "form",
        "commented",
        "scripted",
        "typed",
        "data",
        "quoted",
        "none:~:text=꽃",
    ],
)
def test_a_fragment_that_the_page_has_not(web: HostileWeb, fragment: str) -> None:
    found = web.probe(web.site("a.test", answer(200, PAGE)) + f"/x#{fragment}")
    assert (found.verdict, found.evidence.status) == (Verdict.NO_SUCH_FRAGMENT, 200)


def test_the_nearest_id_is_told(web: HostileWeb) -> None:
    root = web.site("a.test", answer(200, PAGE))
    found = web.probe_all([f"{root}/x#자주-묻는-질믄", f"{root}/x#전혀-다른"])
    assert [one.evidence.nearest for one in found.values()] == ["자주-묻는-질문", None]


def test_an_id_that_nobody_could_have_meant_is_not_the_nearest(web: HostileWeb) -> None:
    long = "봄" * 301
    root = web.site("a.test", answer(200, page("봄", f'<p id="{long}">' + "여기에는 글이 있고 " * 40)))
    found = web.probe(f"{root}/x#{long[1:]}꽃")
    assert (found.verdict, found.evidence.nearest) == (Verdict.NO_SUCH_FRAGMENT, None)


def test_many_fragments_of_a_page_are_one_request(web: HostileWeb) -> None:
    root = web.site("a.test", answer(200, PAGE))
    found = web.probe_all([f"{root}/x", *(f"{root}/x#{number}" for number in range(20)), f"{root}/x#old"])
    assert [one.verdict is Verdict.ALIVE for one in found.values()].count(True) == 2
    assert web.asked() == ["GET /x"]


@pytest.mark.parametrize("charset", ["euc-kr", "cp949", "utf-16", "utf-8-sig"])
def test_ids_are_read_in_the_page_s_encoding(web: HostileWeb, charset: str) -> None:
    named = "utf-8" if charset == "utf-8-sig" else charset
    html = f'<meta charset="{named}"><h2 id="봄">봄</h2>'.encode(charset)
    for content_type in ("text/html", f"text/html; charset={named}"):
        web.site("a.test", answer(200, html, content_type=content_type))
        address = f"http://a.test:{web.port}/x"
        found = web.probe_all([f"{address}#봄", f"{address}#여름"])
        assert [one.verdict for one in found.values()] == [Verdict.ALIVE, Verdict.NO_SUCH_FRAGMENT]


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "raw_unicode_escape", "utf-7", "utf-32", "punycode", "rot13", "x-none", "."]
)
def test_an_encoding_that_no_page_has_is_none(web: HostileWeb, charset: str) -> None:
    html = page("\\ud800", "<h2 id='봄'>\\ud800</h2>").encode()
    root = web.site("a.test", answer(200, html, content_type=f"text/html; charset={charset}"))
    memory = web.memory()
    found = web.probe_all([f"{root}/a/x#봄", f"{root}/a/x#여름"], memory, siblings=True)
    memory.save()
    assert [one.verdict for one in found.values()] == [Verdict.ALIVE, Verdict.NO_SUCH_FRAGMENT]


def test_a_page_that_can_say_that_it_is_utf_16_is_not(web: HostileWeb) -> None:
    root = web.site("a.test", answer(200, "<meta charset=utf-16><h2 id='봄'>", content_type="text/html"))
    assert web.probe(f"{root}/x#여름").verdict is Verdict.NO_SUCH_FRAGMENT
    assert web.probe(f"{root}/x#봄", recheck=True).verdict is Verdict.ALIVE


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "text/plain"])
def test_what_is_no_page_has_no_ids_to_miss(web: HostileWeb, content_type: str) -> None:
    root = web.site("a.test", answer(200, PAGE, content_type=content_type))
    assert web.probe(f"{root}/x#여름").verdict is Verdict.ALIVE


def test_a_page_that_was_not_read_to_its_end_tells_nothing(web: HostileWeb) -> None:
    root = web.site("a.test", answer(200, page(body="<p id='a'>" + "글" * 10_000)))
    assert web.probe(f"{root}/x#여름", fragment_page_bytes=10_000).verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    "script", ["location.replace('/z' + location.hash)", "document.body.innerHTML = '<p id=여름>'"]
)
def test_a_page_of_hardly_a_word_with_a_script_in_it_tells_nothing(web: HostileWeb, script: str) -> None:
    root = web.site("a.test", answer(200, page(body=f"<p id='bc'></p><script>{script}</script>")))
    assert web.probe(f"{root}/x#여름").verdict is Verdict.ALIVE


@pytest.mark.parametrize("frame", ["root", "notion-app", "wrap"])
def test_a_page_that_a_program_makes_tells_nothing(web: HostileWeb, frame: str) -> None:
    body = f"<div id='{frame}'></div><script src='/a.js'></script>"
    root = web.site("a.test", answer(200, page(body=body)))
    assert web.probe(f"{root}/x#여름").verdict is Verdict.ALIVE


def test_fragments_are_not_read_for_if_not_wanted(web: HostileWeb) -> None:
    root = web.site("a.test", answer(200, PAGE))
    assert web.probe(f"{root}/x#여름", fragments=False).verdict is Verdict.ALIVE
    assert web.asked() == ["HEAD /x"]


@pytest.mark.parametrize(
    "source",
    [
        *("<a " * 300_000, '<a "' * 250_000, "<a b='" * 150_000, "<!--" * 250_000, "<script>" * 120_000),
        *("<title>" * 140_000, "</" * 500_000, "< " * 500_000, "<a b" + " " * 1_000_000, "&" * 1_000_000),
        *("<p id=" * 160_000, "<a =" * 250_000),
    ],
    ids=lambda source: source[:8].strip(),
)
def test_no_page_takes_long_to_read(source: str) -> None:
    begun = time.process_time()
    read(source)
    assert time.process_time() - begun < 3
