"""What stands between a reader and a page: logins, consent, gates, notices, domains for sale."""

from __future__ import annotations

import pytest

from postlint.web.verdicts import Verdict
from tests.web.hostile import HostileWeb, Reply, Request, answer, page, redirect

LONG = "<p>" + "여기에는 글이 있고 " * 100 + "</p>"


def judged(web: HostileWeb, end: str, status: int = 301) -> tuple[Verdict, str]:
    """What is said of `/post/1`, which leads to `end`."""

    def reply(request: Request) -> bytes:
        return redirect(end, status) if request.target == "/post/1" else answer(200, page("봄", LONG))

    found = web.probe(web.site("a.test", reply) + "/post/1")
    return found.verdict, found.evidence.reason


@pytest.mark.parametrize("status", [301, 302])
@pytest.mark.parametrize(
    "end",
    [
        "/wp-login.php?redirect_to=x",
        "/users/sign_in",
        "/Account/LogOn",
        "/member/loginForm.do",
        "/bbs/login.php?url=x",
        "/index.php?act=dispMemberLoginForm",
        "/index.php?title=Special:UserLogin",
        "/auth/realms/a/protocol/openid-connect/auth?client_id=b",
        "/sso/start?SAMLRequest=x",
        "/start?response_type=code",
        "/adfs/ls/?wa=wsignin1.0",
        "/login_form",
        "/nidlogin.login?mode=form",
    ],
)
def test_a_login_is_not_the_page(web: HostileWeb, end: str, status: int) -> None:
    assert judged(web, end, status) == (Verdict.BLOCKED, "login")


@pytest.mark.parametrize("end", ["/consent?x=1", "/privacy/consent", "/cookie-consent/"])
def test_a_question_for_consent_is_not_the_page(web: HostileWeb, end: str) -> None:
    assert judged(web, end) == (Verdict.BLOCKED, "consent")


def test_nor_is_that_of_a_host_that_only_asks_for_it(web: HostileWeb) -> None:
    root = web.site("guce.a.test", answer())
    assert judged(web, f"{root}/v2/collect") == (Verdict.BLOCKED, "consent")


@pytest.mark.parametrize(
    "end",
    [
        "/age?next=/post/1",
        "/cookies?return=%2Fpost%2F1",
        "/ask?ReturnUrl=%252Fpost%252F1",
        "/wall?came_from=/post/1&a=b",
        "/wall?redirect-to={root}/post/1",
        "/portal?url={root}/post/1",
        "/portal?dst={root}/post/1",
    ],
)
def test_a_page_that_leads_back_later_is_not_the_page(web: HostileWeb, end: str) -> None:
    assert judged(web, end.replace("{root}", f"http://a.test:{web.port}")) == (Verdict.BLOCKED, "gate")


@pytest.mark.parametrize("key", ["return=/a?b=1&c=2", "url=http://a.test:{port}/a?b=1&c=2"])
def test_nor_is_it_where_the_way_back_is_not_escaped(web: HostileWeb, key: str) -> None:
    gate = f"/gate?{key.format(port=web.port)}"
    root = web.site("a.test", {"/a?b=1&c=2": redirect(gate, 301), "*": answer()})
    assert web.probe(f"{root}/a?b=1&c=2").evidence.reason == "gate"


@pytest.mark.parametrize(
    "end",
    [
        "/how-to-login",
        "/login-made-easy/",
        "/weblogin",
        "/2020/consent-of-the-governed/",
        "/index.php?path=/post/1",
        "/viewer?url=/post/1",
        "/view?next=/post/2",
        "/post/1/?next=",
        "/blog?view=list&page=2",
    ],
)
def test_a_page_that_only_sounds_so_is_one(web: HostileWeb, end: str) -> None:
    assert judged(web, end) == (Verdict.MOVED, "status")


def test_a_login_may_move(web: HostileWeb) -> None:
    root = web.site("a.test", {"/login": redirect("/members/login", 301), "*": answer()})
    assert web.probe(f"{root}/login").verdict is Verdict.MOVED


@pytest.mark.parametrize("path", ["/", "/post/1"])
@pytest.mark.parametrize("host", ["hugedomains.com", "www.hugedomains.com", "sedo.com"])
def test_a_domain_that_is_for_sale_is_not_there(web: HostileWeb, host: str, path: str) -> None:
    market = web.site(host, answer(200, page("a.test is for sale", LONG)))
    root = web.site("a.test", redirect(f"{market}/domain_profile.cfm?d=a.test", 301))
    found = web.probe(f"{root}{path}")
    assert (found.verdict, found.evidence.reason) == (Verdict.SOFT_404, "parked")


def test_who_links_to_the_market_means_it(web: HostileWeb) -> None:
    root = web.site("hugedomains.com", {"/a": redirect("/b", 301), "/b": answer()})
    assert web.probe(f"{root}/a").verdict is Verdict.MOVED


def test_an_account_that_is_suspended_is_not_there(web: HostileWeb) -> None:
    assert judged(web, "/cgi-sys/suspendedpage.cgi", 302) == (Verdict.SOFT_404, "parked")


LANDER = '<html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>'
KEYED = '<!doctype html><html data-adblockkey="MFwwDQYJKoZI" lang="en"><body><script>1</script></body></html>'
STOPPED = '<html><head><meta http-equiv="refresh" content="0;url=\'http://www.warning.or.kr/i1.html\'"></head></html>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (LANDER, (Verdict.SOFT_404, "parked")),
        (KEYED, (Verdict.SOFT_404, "parked")),
        (STOPPED, (Verdict.BLOCKED, "law")),
    ],
)
def test_the_pages_of_parked_and_of_forbidden_sites_are_known(
    web: HostileWeb, source: str, expected: tuple[Verdict, str]
) -> None:
    root = web.site("a.test", answer(200, source))
    found = web.probe(f"{root}/post/1", siblings=True)
    assert (found.verdict, found.evidence.reason) == expected


def test_a_post_about_them_is_alive(web: HostileWeb) -> None:
    quoted: Reply = answer(200, page("봄", f"{LONG}{LANDER}{KEYED}{STOPPED}"))
    root = web.site("a.test", {"/post/1": quoted})
    assert web.probe(f"{root}/post/1#top", siblings=True).verdict is Verdict.ALIVE


@pytest.mark.parametrize("status", [301, 302])
@pytest.mark.parametrize("path", ["/", "/post/1"])
def test_what_an_authority_keeps_back_is_not_broken(web: HostileWeb, path: str, status: int) -> None:
    notice = web.site("www.warning.or.kr", answer(200, page("차단")))
    root = web.site("a.test", redirect(f"{notice}/", status))
    found = web.probe(f"{root}{path}")
    assert (found.verdict, found.evidence.reason) == (Verdict.BLOCKED, "law")
