"""What a status, a redirect or a silence is said to mean."""

from __future__ import annotations

import asyncio

import pytest

from postlint.web.settings import Accepted
from postlint.web.verdicts import Hop, Verdict
from tests.web.hostile import HostileWeb, Request, answer, page, redirect


@pytest.mark.parametrize("status", [200, 201, 204, 206])
def test_every_success_is_alive(web: HostileWeb, status: int) -> None:
    root = web.site("a.test", answer(status))
    found = web.probe(f"{root}/글")
    assert (found.verdict, found.evidence.status) == (Verdict.ALIVE, status)
    assert web.asked() == ["HEAD /%EA%B8%80"]


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (404, Verdict.BROKEN),
        (410, Verdict.BROKEN),
        (400, Verdict.BLOCKED),
        (401, Verdict.BLOCKED),
        (403, Verdict.BLOCKED),
        (405, Verdict.BLOCKED),
        (406, Verdict.BLOCKED),
        (451, Verdict.BLOCKED),
        (999, Verdict.BLOCKED),
        (429, Verdict.RATE_LIMITED),
        (408, Verdict.UNREACHABLE),
        (500, Verdict.UNREACHABLE),
        (502, Verdict.UNREACHABLE),
        (503, Verdict.UNREACHABLE),
        (522, Verdict.UNREACHABLE),
    ],
)
def test_a_failing_status_has_its_verdict(web: HostileWeb, status: int, verdict: Verdict) -> None:
    found = web.probe(web.site("a.test", answer(status)) + "/x")
    assert (found.verdict, found.evidence.status) == (verdict, status)


def test_only_get_says_that_a_page_is_missing(web: HostileWeb) -> None:
    root = web.site("a.test", lambda request: answer(404 if request.method == "HEAD" else 200))
    assert web.probe(f"{root}/x").verdict is Verdict.ALIVE
    assert web.asked() == ["HEAD /x", "GET /x"]


@pytest.mark.parametrize(
    "to", ["/", "/x", "/y", "", "http://a:b/", "http://[::1]/", "market://a", "http://nobody.test/", "/404"]
)
def test_only_get_says_where_a_page_leads(web: HostileWeb, to: str) -> None:
    def led(request: Request) -> bytes:
        return answer(200, page()) if request.method == "GET" else redirect(to)

    root = web.site("a.test", {"/": answer(), "/404": answer(404), "*": led})
    assert web.probe(f"{root}/x").evidence[:4] == (Verdict.ALIVE, "status", "", 200)


def test_a_host_whose_head_lies_is_asked_by_get_from_then_on(web: HostileWeb) -> None:
    root = web.site("a.test", lambda request: answer(405 if request.method == "HEAD" else 200))
    found = web.probe_all([f"{root}/{number}" for number in range(6)], per_host=1)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    assert web.asked() == ["HEAD /0", "GET /0", *(f"GET /{number}" for number in range(1, 6))]


def test_a_head_that_is_never_answered_leaves_time_for_get(web: HostileWeb) -> None:
    async def silent(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.method == "HEAD":
            await asyncio.Event().wait()
        writer.write(answer(200, connection="close"))

    assert web.probe(web.site("a.test", silent) + "/x").verdict is Verdict.ALIVE
    assert web.seconds <= 20


def test_one_address_is_asked_once(web: HostileWeb) -> None:
    root = web.site("a.test", answer(200))
    found = web.probe_all([f"{root}/글", f"{root}/%EA%B8%80", f"{root}/글", f"{root}/x/../글"])
    assert len(found) == 3
    assert web.asked() == ["HEAD /%EA%B8%80"]


def test_permanent_hops_make_moved(web: HostileWeb) -> None:
    root = web.site("a.test", {"/1": redirect("/2", 301), "/2": redirect("/글", 308), "/%EA%B8%80": answer()})
    found = web.probe(f"{root}/1").evidence
    assert found.verdict is Verdict.MOVED
    assert found.final == f"{root}/%EA%B8%80"
    assert found.chain == (Hop(f"{root}/1", 301), Hop(f"{root}/2", 308))


@pytest.mark.parametrize("status", [302, 303, 307])
def test_one_temporary_hop_makes_redirected(web: HostileWeb, status: int) -> None:
    root = web.site("a.test", {"/1": redirect("/2", 301), "/2": redirect("/3", status), "/3": answer()})
    assert web.probe(f"{root}/1").verdict is Verdict.REDIRECTED


def test_a_redirect_to_a_missing_page_is_broken(web: HostileWeb) -> None:
    root = web.site("a.test", {"/1": redirect("/2", 301)})
    found = web.probe(f"{root}/1").evidence
    assert (found.verdict, found.status, found.final) == (Verdict.BROKEN, 404, f"{root}/2")


@pytest.mark.parametrize(
    "path",
    [
        *("/login?next=%2Fa%2Fb", "/accounts/login/", "/signin", "/nidlogin.login?url=x", "/users/sign_in"),
        *("/ServiceLogin?continue=x", "/authwall?trk=x", "/bbs/login.php"),
    ],
)
def test_a_login_hides_the_page(web: HostileWeb, path: str) -> None:
    root = web.site("a.test", {"/a/b": redirect(path, 301), path: answer()})
    found = web.probe(f"{root}/a/b")
    assert (found.verdict, found.evidence.reason) == (Verdict.BLOCKED, "login")


@pytest.mark.parametrize("host", ["accounts.a.test", "login.b.test"])
def test_a_host_that_is_for_logins_hides_the_page(web: HostileWeb, host: str) -> None:
    login = web.site(host, answer())
    found = web.probe(web.site("a.test", redirect(f"{login}/v3?continue=x", 301)) + "/a")
    assert (found.verdict, found.evidence.reason) == (Verdict.BLOCKED, "login")


@pytest.mark.parametrize("status", [99, 101])
def test_what_is_no_answer_to_a_question_is_no_page(web: HostileWeb, status: int) -> None:
    found = web.probe(
        web.site("a.test", f"HTTP/1.1 {status:03} X\r\nContent-Length: 0\r\n\r\n".encode()) + "/"
    )
    assert found.verdict is Verdict.UNREACHABLE


def test_a_page_that_asks_for_consent_hides_another(web: HostileWeb) -> None:
    consent = web.site("consent.a.test", answer())
    root = web.site("a.test", redirect(f"{consent}/m?continue=x", 302))
    found = web.probe(f"{root}/watch")
    assert (found.verdict, found.evidence.reason) == (Verdict.BLOCKED, "consent")


def test_where_a_page_moved_has_the_fragment_that_a_redirect_names(web: HostileWeb) -> None:
    page = answer(200, b"<p id='spring'>")
    root = web.site("a.test", {"/1": redirect("/2#spring", 301), "/2": page, "/3": redirect("/2", 301)})
    found = web.probe_all([f"{root}/1", f"{root}/1#summer", f"{root}/3#spring"])
    told = {address: (probe.verdict, probe.evidence.final) for address, probe in found.items()}
    assert told == {
        f"{root}/1": (Verdict.MOVED, f"{root}/2#spring"),
        f"{root}/1#summer": (Verdict.MOVED, f"{root}/2#spring"),
        f"{root}/3#spring": (Verdict.MOVED, f"{root}/2"),
    }


def test_a_redirect_without_a_place_is_no_page(web: HostileWeb) -> None:
    found = web.probe(web.site("a.test", answer(302)) + "/x")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "location")


@pytest.mark.parametrize(("second", "verdict"), [("/1", Verdict.REDIRECTED), ("/2", Verdict.UNREACHABLE)])
def test_a_redirect_to_several_places_leads_nowhere(web: HostileWeb, second: str, verdict: Verdict) -> None:
    root = web.site("a.test", {"/x": redirect(f"/1\r\nLocation: {second}"), "*": answer()})
    assert web.probe(f"{root}/x").verdict is verdict


def test_a_redirect_to_an_app_is_not_followed(web: HostileWeb) -> None:
    found = web.probe(web.site("a.test", redirect("market://details?id=a.b")) + "/x")
    assert (found.verdict, found.evidence.reason, found.evidence.detail) == (
        Verdict.REFUSED,
        "scheme",
        "market",
    )


def test_a_loop_is_seen_before_the_tenth_hop(web: HostileWeb) -> None:
    root = web.site("a.test", {"/1": redirect("/2"), "/2": redirect("/1")})
    found = web.probe(f"{root}/1")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "loop")
    assert web.asked() == ["HEAD /1", "HEAD /2", "GET /1", "GET /2"]


def test_ten_hops_are_followed_and_no_more(web: HostileWeb) -> None:
    def on(request: Request) -> bytes:
        number = int(request.target[1:])
        return redirect(f"/{number + 1}") if number < 100 else answer()

    root = web.site("a.test", on)
    assert web.probe(f"{root}/90").verdict is Verdict.REDIRECTED
    found = web.probe(f"{root}/89")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "hops")


def test_a_cookie_opens_the_gate(web: HostileWeb) -> None:
    def gate(request: Request) -> bytes:
        if "seen=1" in request.headers.get("cookie", ""):
            return answer()
        return redirect("/글", set_cookie="seen=1; Path=/; HttpOnly")

    found = web.probe(web.site("a.test", gate) + "/글")
    assert (found.verdict, len(found.evidence.chain)) == (Verdict.REDIRECTED, 1)


@pytest.mark.parametrize(
    ("given", "brought"),
    [
        *(("s=1; Max-Age=", "s=1"), ("s=1; Max-Age=1.5", "s=1"), ("s=1; Max-Age=soon", "s=1")),
        *(("s=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT", "s=1"), ("s=1; Expires=never", "s=1")),
        *(
            ("s=봄", "s=봄"),
            ("s=", "s="),
            ("=s", "=s"),
            ("seen", "seen"),
            ("a=b=c", "a=b=c"),
            (" s = 1 ", "s=1"),
        ),
    ],
)
def test_a_cookie_is_brought_back(web: HostileWeb, given: str, brought: str) -> None:
    root = web.site("a.test", {"/1": redirect("/2", set_cookie=f"{given}; Path=/"), "/2": answer()})
    web.probe(f"{root}/1")
    assert web.requests[-1].headers["cookie"].encode("latin-1").decode() == brought


@pytest.mark.parametrize(
    "end",
    [
        *(
            "Max-Age=0",
            "Max-Age=-1",
            "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "expires=Thu, 01-Jan-1970 00:00:00 GMT",
        ),
        "Max-Age=0; Expires=Thu, 01 Jan 2099 00:00:00 GMT",
    ],
)
def test_a_cookie_that_has_ended_is_forgotten(web: HostileWeb, end: str) -> None:
    replies = {
        "/1": redirect("/2", set_cookie="s=1; Path=/"),
        "/2": redirect("/3", set_cookie=f"s=; Path=/; {end}"),
        "/3": answer(),
    }
    web.probe(web.site("a.test", replies) + "/1")
    assert [one.headers.get("cookie") for one in web.requests] == [None, "s=1", None]


def test_a_cookie_that_cannot_be_sent_back_is_left_out(web: HostileWeb) -> None:
    replies = {"/1": redirect("/2", set_cookie="a\x7f=1; Path=/"), "/2": answer()}
    assert web.probe(web.site("a.test", replies) + "/1").verdict is Verdict.REDIRECTED


def test_cookies_stay_with_their_site_and_chain(web: HostileWeb) -> None:
    other = web.site("b.test", answer())
    root = web.site("a.test", redirect(f"{other}/x", set_cookie="secret=1; Path=/"))
    web.probe_all([f"{root}/1", f"{root}/2"])
    assert not [one for one in web.requests if "cookie" in one.headers]


@pytest.mark.parametrize(
    ("raw", "asked"),
    [
        ("/글".encode(), "/%EA%B8%80"),
        ("/글".encode("euc-kr"), "/%B1%DB"),
        (b"/%ea%b8%80?a=%2F", "/%ea%b8%80?a=%2F"),
        (b"?page=2", "/a/b?page=2"),
        (b"../c d", "/c%20d"),
        (b"\\c//d", "/c//d"),
    ],
)
def test_a_location_is_read_as_browsers_do(web: HostileWeb, raw: bytes, asked: str) -> None:
    replies = {"/a/b": redirect(raw), "*": answer()}
    found = web.probe(web.site("a.test", replies) + "/a/b")
    assert web.asked() == ["HEAD /a/b", f"HEAD {asked}"]
    assert found.verdict is Verdict.REDIRECTED


def test_a_status_may_be_accepted_for_some_addresses(web: HostileWeb) -> None:
    import re

    root = web.site("a.test", answer(403))
    accept = (Accepted(re.compile(r"/members/"), frozenset((403,))),)
    found = web.probe_all([f"{root}/members/1", f"{root}/2"], accept=accept)
    assert [one.verdict for one in found.values()] == [Verdict.ALIVE, Verdict.BLOCKED]


def test_a_passing_failure_is_asked_a_second_time(web: HostileWeb) -> None:
    seen: list[str] = []

    def once(request: Request) -> bytes:
        seen.append(request.method)
        return answer(503 if len(seen) <= 2 else 200, page())

    assert web.probe(web.site("a.test", once) + "/x").verdict is Verdict.ALIVE
    assert seen == ["HEAD", "GET", "GET"]


def test_one_reset_is_no_failure(web: HostileWeb) -> None:
    seen: list[str] = []

    async def reset(request: Request, writer: asyncio.StreamWriter) -> None:
        seen.append(request.method)
        if len(seen) <= 2:
            writer.transport.abort()
        else:
            writer.write(answer(connection="close"))

    assert web.probe(web.site("a.test", reset) + "/x").verdict is Verdict.ALIVE
