"""Pages that say "not found" with 200, and pages that only look as if."""

from __future__ import annotations

import time

import pytest

from postlint.web.verdicts import Verdict
from tests.web.hostile import HostileWeb, Reply, Request, answer, page, redirect

MISSING = page("오류", "<p>페이지를 찾을 수 없습니다</p>")
LONG = "<p>" + "여기에는 글이 있고 " * 40 + "</p>"


def site(web: HostileWeb, reply: Reply, **pages: str) -> str:
    replies: dict[str, Reply] = {f"/blog/{name}": answer(200, html) for name, html in pages.items()}
    return web.site("a.test", {**replies, "*": reply}) + "/blog"


def test_a_page_like_that_for_nonsense_is_a_soft_404(web: HostileWeb) -> None:
    root = site(web, answer(200, MISSING), real=page("봄", LONG))
    found = web.probe_all([f"{root}/real", f"{root}/lost"], siblings=True)
    assert [one.verdict for one in found.values()] == [Verdict.ALIVE, Verdict.SOFT_404]
    assert found[f"{root}/lost"].evidence.reason == "sibling"


def test_a_page_that_names_the_address_is_still_alike(web: HostileWeb) -> None:
    def missing(request: Request) -> bytes:
        words = "Sorry, but the page that you asked for does not exist on this server."
        return answer(200, page("Error", f"<p>{words}</p><code>{request.target}</code>"))

    assert web.probe(f"{site(web, missing)}/lost", siblings=True).verdict is Verdict.SOFT_404


def test_a_long_page_that_names_the_address_is_still_alike(web: HostileWeb) -> None:
    def missing(request: Request) -> bytes:
        numbers = " ".join(map(str, range(1_000, 1_400)))
        return answer(200, page("Error", f"<p>No {request.target}</p><p>{numbers}</p>{request.target}"))

    assert web.probe(f"{site(web, missing)}/lost", siblings=True).verdict is Verdict.SOFT_404


@pytest.mark.parametrize(
    ("one", "other"),
    [("a b " * 1_000, "a " * 1_000 + "b " * 1_000), ("a b " * 100, "a " * 100 + "b " * 100)],
)
def test_two_pages_of_few_words_are_soon_compared(web: HostileWeb, one: str, other: str) -> None:
    begun = time.process_time()
    root = site(web, answer(200, page("표", other)), table=page("표", one))
    assert web.probe(f"{root}/table", siblings=True).verdict is Verdict.ALIVE
    assert time.process_time() - begun < 2


def test_a_folder_is_asked_for_nonsense_once(web: HostileWeb) -> None:
    root = site(web, lambda request: answer(404 if len(request.target) > 20 else 200))
    web.probe_all([f"{root}/{number}" for number in range(9)], siblings=True)
    assert len([line for line in web.asked() if line.startswith("GET")]) == 1


@pytest.mark.parametrize("form", ["{}/", "{}/?utm=1", "{}.html", "{}?p=1"])
def test_whatever_form_its_addresses_have(web: HostileWeb, form: str) -> None:
    root = site(web, lambda request: answer(404 if len(request.target) > 20 else 200))
    web.probe_all([f"{root}/{form.format(number)}" for number in range(9)], siblings=True)
    asked = [line for line in web.asked() if line.startswith("GET")]
    assert len(asked) == 1
    assert asked[0].startswith("GET /blog/")


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf"])
def test_what_is_no_page_is_no_page_about_a_missing_one(web: HostileWeb, media_type: str) -> None:
    root = site(web, answer(200, b"", content_type=media_type))
    assert web.probe(f"{root}/map", siblings=True).verdict is Verdict.ALIVE
    assert web.asked() == ["HEAD /blog/map"]


def test_what_does_not_say_what_it_is_may_be_a_page(web: HostileWeb) -> None:
    root = site(web, answer(200, MISSING, content_type=""))
    assert web.probe(f"{root}/lost", siblings=True).verdict is Verdict.SOFT_404


def test_the_next_run_knows_the_folder(web: HostileWeb) -> None:
    root = site(web, lambda request: answer(404 if len(request.target) > 20 else 200))
    memory = web.memory()
    web.probe(f"{root}/1", memory, siblings=True)
    memory.save()
    web.requests.clear()
    web.probe(f"{root}/2", memory, siblings=True)
    assert web.asked() == ["HEAD /blog/2"]


def test_a_front_page_cannot_be_missing(web: HostileWeb) -> None:
    root = web.site("a.test", answer(200, MISSING))
    found = web.probe_all([f"{root}/", f"{root}/index.html", f"{root}/ko/"], siblings=True)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    assert len(web.requests) == 3


def test_a_program_s_page_is_alike_for_every_address_and_tells_nothing(web: HostileWeb) -> None:
    shell = page("앱", f"<div id='root'></div>{LONG}<script src='/app.js'></script>")
    assert web.probe(f"{site(web, answer(200, shell))}/글", siblings=True).verdict is Verdict.ALIVE


def test_an_article_about_missing_pages_is_alive(web: HostileWeb) -> None:
    root = site(web, answer(404, MISSING), article=page("404 Not Found", f"{LONG}페이지를 찾을 수 없습니다"))
    assert web.probe(f"{root}/article", siblings=True).verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    "missing",
    [
        page("알림", "<script>alert('존재하지 않는 게시물입니다.'); history.back();</script>"),
        page("", '<script>alert("글이 존재하지 않습니다.")</script>'),
        page("", "<p>원하시는 페이지를 찾을 수가 없습니다.</p>"),
        page("", "<p>존재하지 않거나 삭제된 글입니다.</p>"),
        page("Oops", "<p>This page doesn’t exist.</p>"),
        page("a.test", "<p>This domain is for sale</p>"),
        page("Error 404", "<p>-</p>"),
    ],
)
def test_a_page_that_says_that_another_is_missing_is_known(web: HostileWeb, missing: str) -> None:
    root = site(web, answer(200, missing), real=page("봄", "<p>글</p>"))
    found = web.probe_all([f"{root}/real", f"{root}/lost"], siblings=True)
    assert [found[f"{root}/{name}"].verdict for name in ("real", "lost")] == [Verdict.ALIVE, Verdict.SOFT_404]


@pytest.mark.parametrize(
    "shell",
    [
        page("점검", "<p>잠시 쉽니다. 문의: 02-1404-4040, 사건 번호 14045</p>"),
        page("앱", "<div id='a'></div><script src='/app.js'></script><script>alert('없는 페이지')</script>"),
        page("앱", "<script>const MISSING = '없는 페이지'</script>"),
    ],
)
def test_what_only_has_such_words_somewhere_is_alive(web: HostileWeb, shell: str) -> None:
    assert web.probe(f"{site(web, answer(200, shell))}/글", siblings=True).verdict is Verdict.ALIVE


MANY = "<p>" + "이용에 불편을 드려 죄송합니다. " * 20 + "</p>"


@pytest.mark.parametrize(
    ("notice", "verdict", "reason"),
    [
        (page("안내", "<p>시스템 점검 중입니다</p>"), Verdict.UNREACHABLE, "closed"),
        (page("Be right back", "<p>Under maintenance</p>"), Verdict.UNREACHABLE, "closed"),
        (page("안내", f"<p>일일 트래픽을 초과했습니다</p>{MANY}"), Verdict.UNREACHABLE, "closed"),
        (page("Access Denied", f"<p>웹방화벽이 막았습니다</p>{MANY}"), Verdict.BLOCKED, "refusal"),
        (page("보안 확인", "<script src='/captcha.js'></script>로봇이 아닙니다"), Verdict.BLOCKED, "refusal"),
        (page("오류", "<p>접근 권한이 없거나 존재하지 않는 글입니다</p>"), Verdict.SOFT_404, "sibling"),
        (page("봄", f"{LONG * 3}<label>로봇이 아닙니다</label>"), Verdict.SOFT_404, "sibling"),
    ],
)
def test_a_notice_at_every_address_is_taken_at_its_word(
    web: HostileWeb, notice: str, verdict: Verdict, reason: str
) -> None:
    found = web.probe(f"{site(web, answer(200, notice))}/글", siblings=True)
    assert (found.verdict, found.evidence.reason) == (verdict, reason)


def test_a_notice_in_the_encoding_of_old_hosts_is_read(web: HostileWeb) -> None:
    notice = "<title>안내</title>서비스 점검 안내".encode("euc-kr")
    root = site(web, answer(200, notice, content_type="text/html; charset=euc-kr"))
    assert web.probe(f"{root}/글", siblings=True).evidence.reason == "closed"


def test_an_article_about_such_a_notice_is_alive(web: HostileWeb) -> None:
    root = site(web, answer(404, MISSING), article=page("시스템 점검 중", "<p>웹방화벽</p>"))
    assert web.probe(f"{root}/article", siblings=True).verdict is Verdict.ALIVE


def test_a_short_page_that_is_alike_without_a_word_is_alive(web: HostileWeb) -> None:
    root = site(web, answer(200, page("점검", "<p>잠시 쉽니다</p>")))
    assert web.probe(f"{root}/글", siblings=True).verdict is Verdict.ALIVE


def test_long_pages_that_are_alike_are_the_same_page(web: HostileWeb) -> None:
    root = site(web, answer(200, page("대문", LONG)))
    assert web.probe(f"{root}/글", siblings=True).verdict is Verdict.SOFT_404


def test_nonsense_that_is_led_to_the_same_place_tells(web: HostileWeb) -> None:
    root = web.site("a.test", {"/error/": answer(200, page("오류")), "*": redirect("/error/")})
    found = web.probe(f"{root}/blog/글", siblings=True)
    assert (found.verdict, found.evidence.reason) == (Verdict.SOFT_404, "sibling")


@pytest.mark.parametrize("key", ["aspxerrorpath={}", "from={}&code=1"])
def test_nor_does_it_matter_that_the_place_is_told_what_was_missing(web: HostileWeb, key: str) -> None:
    def missing(request: Request) -> bytes:
        if request.target.startswith("/error"):
            return answer(200, page("오류"))
        return redirect(f"/error?{key.format(request.target)}")

    found = web.probe(web.site("a.test", missing) + "/blog/글.aspx", siblings=True)
    assert (found.verdict, found.evidence.reason) == (Verdict.SOFT_404, "sibling")


@pytest.mark.parametrize("page", ["/index.php?title=봄", "/?p=12", "/index.php?mid=blog&document_srl=7"])
def test_a_program_of_one_file_has_pages_too(web: HostileWeb, page: str) -> None:
    root = web.site("a.test", lambda request: redirect(page) if request.target == "/blog/1" else answer())
    assert web.probe(f"{root}/blog/1").verdict is Verdict.REDIRECTED


def test_such_a_page_that_leads_to_the_front_page_is_gone(web: HostileWeb) -> None:
    root = web.site("a.test", {"/": answer(), "*": redirect("/")})
    assert web.probe(f"{root}/?p=12").evidence.reason == "front-page"


def test_a_folder_may_get_a_host_of_its_name(web: HostileWeb) -> None:
    new = web.site("haneul.test", answer())
    root = web.site("a.test", redirect(f"{new}/", 301))
    found = web.probe_all([f"{root}/projects/Haneul/", f"{root}/projects/an/"])
    assert [one.verdict for one in found.values()] == [Verdict.MOVED, Verdict.SOFT_404]


@pytest.mark.parametrize("status", [301, 302])
@pytest.mark.parametrize("front", ["/", "/index.html", "/main", "/ko", "/index.php?from=old"])
def test_a_page_that_leads_to_the_front_page_is_gone(web: HostileWeb, status: int, front: str) -> None:
    root = web.site("a.test", {front: answer(), "*": redirect(front, status)})
    found = web.probe(f"{root}/2015/글")
    assert (found.verdict, found.evidence.reason) == (Verdict.SOFT_404, "front-page")


def test_a_deep_page_that_leads_to_another_site_s_front_page_is_gone(web: HostileWeb) -> None:
    new = web.site("new.test", answer())
    root = web.site("a.test", redirect(f"{new}/", 301))
    found = web.probe_all([f"{root}/2015/글", f"{root}/blog"])
    told = {address: one.verdict for address, one in found.items()}
    assert told == {f"{root}/2015/글": Verdict.SOFT_404, f"{root}/blog": Verdict.MOVED}


@pytest.mark.parametrize("path", ["/me", "/qa", "/go/"])
def test_a_page_with_a_short_name_is_no_front_page(web: HostileWeb, path: str) -> None:
    root = web.site("a.test", {path: answer(), "*": redirect(path, 301)})
    assert web.probe(f"{root}/2019/봄").verdict is Verdict.MOVED


def test_the_front_page_for_telephones_may_lead_to_that_for_desks(web: HostileWeb) -> None:
    root = web.site("haneul.tistory.com", {"/": answer(), "/m": redirect("/", 302)})
    assert web.probe(f"{root}/m").verdict is Verdict.REDIRECTED


def test_a_front_page_may_move_to_another(web: HostileWeb) -> None:
    new = web.site("new.test", answer())
    assert web.probe(web.site("a.test", redirect(f"{new}/", 301)) + "/index.html").verdict is Verdict.MOVED


@pytest.mark.parametrize("path", ["/blog/", "/posts", "/Articles/"])
def test_a_list_of_posts_may_move_to_the_front_page(web: HostileWeb, path: str) -> None:
    root = web.site("a.test", {"/": answer(), path: redirect("/", 301), "*": answer(404)})
    assert web.probe(f"{root}{path}", siblings=True).verdict is Verdict.MOVED


def test_but_not_where_all_that_is_missing_leads_there(web: HostileWeb) -> None:
    root = web.site("a.test", {"/": answer(200, page("봄", LONG)), "*": redirect("/", 301)})
    found = web.probe(f"{root}/blog/", siblings=True)
    assert (found.verdict, found.evidence.reason) == (Verdict.SOFT_404, "sibling")


def test_a_short_address_may_stand_for_a_front_page(web: HostileWeb) -> None:
    new = web.site("new.test", answer())
    assert web.probe(web.site("bit.ly", redirect(f"{new}/", 301)) + "/a/b").verdict is Verdict.MOVED


@pytest.mark.parametrize(
    ("host", "source"),
    [
        ("blog.naver.com", "<script>alert('게시물이 삭제되었거나 다른 페이지로 변경되었습니다.');</script>"),
        ("m.blog.naver.com", "<p>유효하지 않은 요청입니다. 해당 블로그가 없습니다.</p>"),
        ("cafe.naver.com", "<script>alert('삭제되었거나 없는 게시글입니다.')</script>"),
        ("velog.io", "<html><head><title>404 - velog</title></head></html>"),
        (
            "haneul.tistory.com",
            '<div class="absent_post">잘못된 주소이거나, 비공개 또는 삭제된 글입니다</div>',
        ),
    ],
)
def test_the_missing_pages_of_korean_platforms_are_known(web: HostileWeb, host: str, source: str) -> None:
    found = web.probe(web.site(host, answer(200, source)) + "/someone/1")
    assert (found.verdict, found.evidence.reason) == (Verdict.SOFT_404, "platform")


def test_a_post_about_such_a_page_is_alive(web: HostileWeb) -> None:
    source = "<p>잘못된 주소이거나, 비공개 또는 삭제된 글입니다</p><script>$('.absent_post')</script>"
    root = web.site("haneul.tistory.com", answer(200, f"{source}{LONG}"))
    assert web.probe(f"{root}/12").verdict is Verdict.ALIVE


def test_a_page_of_such_a_platform_is_alive(web: HostileWeb) -> None:
    root = web.site("blog.naver.com", answer(200, page("봄", LONG)))
    assert web.probe(f"{root}/someone/1").verdict is Verdict.ALIVE


CHALLENGES = {
    "cf-mitigated": answer(403, cf_mitigated="challenge"),
    "cf-mitigated with 200": answer(200, cf_mitigated="challenge"),
    "vercel": answer(429, x_vercel_mitigated="challenge"),
    "datadome": answer(403, x_datadome="protected"),
    "anubis with 200": answer(200, set_cookie="techaro.lol-anubis-cookie-verification-6b=x; Path=/"),
    "aws 202": answer(202, x_amzn_waf_action="challenge"),
    "aws 405": answer(405, x_amzn_waf_action="captcha"),
}


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_is_known_by_its_headers(web: HostileWeb, name: str) -> None:
    found = web.probe(web.site("a.test", CHALLENGES[name]) + "/글")
    assert (found.verdict, found.evidence.reason) == (Verdict.BLOCKED, "challenge")


def test_datadome_on_a_page_that_is_shown_is_no_challenge(web: HostileWeb) -> None:
    assert web.probe(web.site("a.test", answer(200, x_datadome="protected")) + "/글").verdict is Verdict.ALIVE


ANUBIS = page(
    "Making sure you're not a bot!", '<script id="anubis_challenge" type="application/json">{}</script>'
)
CLOUDFLARE = page(
    "Just a moment...", '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate.js"></script>'
)


IMPERVA = page("", '<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fff"></script>')
AKAMAI = page("", '<div id="sec-if-cpt-container"></div><script src="/Yx1/challenge"></script>')
F5 = page(
    "Request Rejected",
    "The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 4040414",
)
WORDFENCE = page("Your access to this site has been limited by the site owner", "Generated by Wordfence")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        *(
            (ANUBIS, "Anubis"),
            (CLOUDFLARE, "Cloudflare"),
            (IMPERVA, "Imperva"),
            (AKAMAI, "Akamai"),
            (F5, "F5"),
        ),
        (WORDFENCE, "Wordfence"),
    ],
)
def test_a_challenge_with_200_is_known_by_its_page(web: HostileWeb, source: str, kind: str) -> None:
    root = web.site("a.test", answer(200, source))
    found = web.probe(f"{root}/글", siblings=True)
    assert (found.verdict, found.evidence.detail) == (Verdict.BLOCKED, kind)


def test_a_challenge_with_200_is_known_where_a_fragment_is_looked_for(web: HostileWeb) -> None:
    found = web.probe(web.site("a.test", answer(200, ANUBIS)) + "/글#봄")
    assert found.verdict is Verdict.BLOCKED


def test_an_article_about_a_challenge_is_alive(web: HostileWeb) -> None:
    about = page("Making sure you're not a bot: how it works", "<p>anubis</p>")
    other = page("Anubis를 써 보니", "<code>anubis_challenge</code>")
    shown = IMPERVA.replace("<title></title>", "<title>보호받는 글</title>")
    pages = {"/1": about, "/2": other, "/3": shown, "/4": page("Request Rejected라는 응답", F5)}
    root = web.site("a.test", {path: answer(200, source) for path, source in pages.items()})
    found = web.probe_all([f"{root}{path}#top" for path in pages], siblings=True)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
