"""How often a host is asked, and when it is not."""

from __future__ import annotations

import asyncio
import re
import socket
from collections import Counter
from itertools import pairwise

import pytest

from postlint.web.settings import Accepted
from postlint.web.verdicts import Verdict
from tests.web.hostile import BEGINNING, DAY, HostileWeb, Reply, Request, answer, redirect


def numbered(root: str, count: int) -> list[str]:
    return [f"{root}/{number}" for number in range(count)]


def test_a_host_gets_ten_requests_a_second(web: HostileWeb) -> None:
    web.probe_all(numbered(web.site("a.test", answer()), 50))
    times = [one.time for one in web.requests]
    assert len(times) == 50
    assert all(later - earlier >= 0.099 for earlier, later in pairwise(times))
    assert web.seconds == pytest.approx(4.9, abs=0.2)


def test_a_host_gets_no_more_in_any_second_when_some_were_late(web: HostileWeb) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.08)
        writer.write(answer(connection="close"))

    quick = web.site("a.test", answer())
    others = [web.site(f"b{number}.test", slow) for number in range(30)]
    web.probe_all([*numbered(quick, 60), *(f"{root}/" for root in others)], connections=1)
    times = [one.time for one in web.requests if one.host == "a.test"]
    assert any(later - earlier > 0.101 for earlier, later in pairwise(times)), "some had to wait"
    assert all(later - earlier >= 0.999 for earlier, later in zip(times, times[10:], strict=False))


def test_who_was_late_makes_nobody_else_late(web: HostileWeb) -> None:
    async def now_and_then(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.03)
        writer.write(answer(connection="close"))

    quick = web.site("a.test", answer())
    others = [web.site(f"b{number}.test", now_and_then) for number in range(30)]
    web.probe_all([*numbered(quick, 60), *(f"{root}/" for root in others)], connections=1)
    times = [one.time for one in web.requests if one.host == "a.test"]
    assert times[-1] - times[0] == pytest.approx(5.9, abs=0.06)


class Crowd:
    """A site that takes a second for each request, and knows the most that it had at once."""

    def __init__(self) -> None:
        self.now = 0
        self.most = 0

    async def __call__(self, request: Request, writer: asyncio.StreamWriter) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(1)
        writer.write(answer(connection="close"))
        self.now -= 1


def asking(crowd: Crowd) -> Reply:
    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        await crowd(request, writer)

    return reply


def test_a_host_gets_four_at_once(web: HostileWeb) -> None:
    crowd = Crowd()
    web.probe_all(numbered(web.site("a.test", asking(crowd)), 20))
    assert crowd.most == 4


def test_all_hosts_together_get_no_more_than_the_connections(web: HostileWeb) -> None:
    crowd = Crowd()
    roots = [web.site(f"a{number}.test", asking(crowd)) for number in range(40)]
    web.probe_all([f"{root}/" for root in roots], connections=8)
    assert crowd.most == 8


def test_a_host_that_wants_a_rest_holds_up_no_other(web: HostileWeb) -> None:
    resting = web.site("a.test", answer(429, retry_after="50"))
    other = web.site("b.test", answer())
    found = web.probe_all([*numbered(resting, 4), f"{other}/"], connections=1, per_host=4)
    assert found[f"{other}/"].verdict is Verdict.ALIVE
    assert max(one.time for one in web.requests if one.host == "b.test") < 5


@pytest.mark.parametrize("status", [429, 403, 503])
def test_nothing_is_asked_during_retry_after(web: HostileWeb, status: int) -> None:
    def busy(request: Request) -> bytes:
        return answer(status, retry_after="30") if request.time < 30 else answer()

    root = web.site("a.test", busy)
    found = web.probe_all(numbered(root, 10), per_host=1)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    times = [one.time for one in web.requests]
    assert times[0] < 1
    assert all(time >= 30 for time in times[1:])
    assert Counter(one.target for one in web.requests) == {"/0": 2} | {
        f"/{number}": 1 for number in range(1, 10)
    }


def test_a_retry_after_may_be_a_date(web: HostileWeb) -> None:
    # 20 seconds after the beginning of the tests.
    date = "Tue, 14 Nov 2023 22:13:40 GMT"
    assert BEGINNING == 1_700_000_000

    def busy(request: Request) -> bytes:
        return answer(429, retry_after=date) if request.time < 20 else answer()

    assert web.probe(web.site("a.test", busy) + "/x").verdict is Verdict.ALIVE
    assert [one.time >= 20 for one in web.requests] == [False, True]


def test_a_retry_after_of_a_day_is_taken_at_its_word(web: HostileWeb) -> None:
    root = web.site("a.test", answer(429, retry_after="86400"))
    found = web.probe_all(numbered(root, 10), per_host=1)
    assert {one.verdict for one in found.values()} == {Verdict.RATE_LIMITED}
    assert web.asked() == ["HEAD /0"]
    assert web.seconds < 5


@pytest.mark.parametrize("wanted", ["99999999999", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_a_retry_after_of_years_is_forgotten_in_a_week(web: HostileWeb, wanted: str) -> None:
    root, memory = web.site("a.test", answer(429, retry_after=wanted)), web.memory()
    web.probe(f"{root}/", memory)
    web.site("a.test", answer())
    web.now += 7 * DAY
    assert web.probe(f"{root}/", memory).verdict is Verdict.ALIVE


def test_the_next_run_keeps_to_it_as_well(web: HostileWeb) -> None:
    root = web.site("a.test", answer(429, retry_after="86400"))
    memory = web.memory()
    web.probe(f"{root}/x", memory)
    web.now += 3_600
    assert web.probe(f"{root}/x", memory).remembered
    web.now += 86_400
    assert not web.probe(f"{root}/x", memory).remembered


def test_a_429_without_a_time_is_tried_again_later_and_more_slowly(web: HostileWeb) -> None:
    found = web.probe(web.site("a.test", answer(429)) + "/x")
    assert found.verdict is Verdict.RATE_LIMITED
    assert web.asked() == ["HEAD /x", "GET /x", "GET /x"]
    first, second, third = (one.time for one in web.requests)
    assert 1 <= second - first < third - second


@pytest.mark.parametrize("wanted", ["", "0", "5", "30", "60", "soon"])
def test_a_host_that_only_complains_is_soon_left_alone(web: HostileWeb, wanted: str) -> None:
    headers = {"retry_after": wanted} if wanted else {}
    found = web.probe_all(numbered(web.site("a.test", answer(429, **headers)), 100))
    assert {one.verdict for one in found.values()} == {Verdict.RATE_LIMITED}
    assert len(web.requests) <= 10
    assert web.seconds < 75, "little longer than the longest rest that is waited for"


def test_a_host_that_complains_again_and_again_holds_up_no_run(web: HostileWeb) -> None:
    def every_second(request: Request) -> bytes:
        return answer() if len(web.requests) % 2 else answer(429, retry_after="50")

    found = web.probe_all(numbered(web.site("a.test", every_second), 100))
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE, Verdict.RATE_LIMITED}
    assert web.seconds < 12 * 60


def test_all_that_a_host_was_not_asked_for_rests_as_long_as_it_wants(web: HostileWeb) -> None:
    root = web.site("a.test", answer(429, retry_after="86400"))
    memory = web.memory()
    web.probe_all(numbered(root, 3), memory, per_host=1)
    web.now += 3_600
    assert all(one.remembered for one in web.probe_all(numbered(root, 3), memory).values())


def test_who_complains_of_head_only_is_alive(web: HostileWeb) -> None:
    def get_only(request: Request) -> bytes:
        return answer(429) if request.method == "HEAD" else answer()

    assert web.probe(web.site("a.test", get_only) + "/x").verdict is Verdict.ALIVE
    assert web.asked() == ["HEAD /x", "GET /x"]


def test_what_the_user_takes_for_alive_is_no_complaint(web: HostileWeb) -> None:
    accept = (Accepted(re.compile("a.test"), frozenset({429})),)
    found = web.probe_all(numbered(web.site("a.test", answer(429)), 20), accept=accept)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    assert web.seconds < 3


def test_nothing_is_asked_once_nonsense_is_complained_of(web: HostileWeb) -> None:
    known = {f"/{number}": answer() for number in range(9)}
    root = web.site("a.test", {**known, "*": answer(429, retry_after="86400")})
    found = web.probe_all(numbered(root, 9), per_host=1, siblings=True)
    assert [one.method for one in web.requests] == ["HEAD", "GET"]
    assert [one.verdict for one in found.values()].count(Verdict.RATE_LIMITED) == 8


def test_a_host_that_is_asked_too_often_is_asked_more_slowly(web: HostileWeb) -> None:
    def easily_tired(request: Request) -> bytes:
        return answer(429, retry_after="1") if len(web.requests) == 3 else answer()

    web.probe_all(numbered(web.site("a.test", easily_tired), 20), per_host=1)
    times = [one.time for one in web.requests]
    assert all(later - earlier >= 0.199 for earlier, later in pairwise(times[3:]))


def test_a_host_that_is_asked_too_often_is_asked_by_one_at_a_time(web: HostileWeb) -> None:
    crowd = Crowd()

    async def tired(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.time < 1:
            writer.write(answer(429, retry_after="5", connection="close"))
        else:
            await crowd(request, writer)

    web.probe_all(numbered(web.site("a.test", tired), 12))
    assert crowd.most == 1


def test_a_host_that_complains_no_more_is_asked_faster_again(web: HostileWeb) -> None:
    def tired_once(request: Request) -> bytes:
        return answer(429, retry_after="1") if len(web.requests) == 3 else answer()

    web.probe_all(numbered(web.site("a.test", tired_once), 200))
    times = [one.time for one in web.requests]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert all(gap >= 0.199 for gap in gaps[4:50])
    assert all(gap == pytest.approx(0.1, abs=0.01) for gap in gaps[60:])


def test_what_a_host_says_to_several_at_once_is_one_complaint(web: HostileWeb) -> None:
    async def tired(request: Request, writer: asyncio.StreamWriter) -> None:
        begun = request.time
        await asyncio.sleep(1)
        writer.write(answer(429 if begun < 1 else 200, retry_after="1", connection="close"))

    web.probe_all(numbered(web.site("a.test", tired), 4), per_second=4.0)
    times = [one.time for one in web.requests]
    assert len([time for time in times if time < 1]) == 4
    assert all(1.0 <= later - earlier < 1.1 for earlier, later in pairwise(times[4:])), "one at a time"


def test_a_second_try_is_slow(web: HostileWeb) -> None:
    root = web.site("a.test", answer(500))
    web.probe_all(numbered(root, 5))
    times = [one.time for one in web.requests[10:]]
    assert len(times) == 5
    assert all(later - earlier >= 0.999 for earlier, later in pairwise(times))


def test_a_server_that_is_out_of_order_is_believed_after_a_few_second_tries(web: HostileWeb) -> None:
    found = web.probe_all(numbered(web.site("a.test", answer(500)), 100))
    assert {(one.verdict, one.evidence.status) for one in found.values()} == {(Verdict.UNREACHABLE, 500)}
    assert len(web.requests) == 205


def test_a_second_try_finds_all_that_is_there_again(web: HostileWeb) -> None:
    def out_of_order(request: Request) -> bytes:
        return answer(500) if request.time < 21 else answer()

    found = web.probe_all(numbered(web.site("a.test", out_of_order), 100))
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    assert web.seconds < 110, "at one a second, the second try alone would take a hundred"


def test_rests_are_not_all_over_at_the_same_moment(web: HostileWeb) -> None:
    def busy(request: Request) -> bytes:
        return answer(429, retry_after="30") if request.time < 20 else answer()

    roots = [web.site(f"a{number}.test", busy) for number in range(10)]
    web.probe_all([f"{root}/" for root in roots])
    again = [one.time for one in web.requests if one.time > 20]
    assert len(again) == 10
    assert max(again) - min(again) > 0.5


def test_a_dead_host_is_connected_to_by_few(web: HostileWeb) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    web.resolve("dead.test", port)
    found = web.probe_all(numbered(f"http://dead.test:{port}", 200))
    assert {one.evidence.reason for one in found.values()} == {"refused"}
    assert web.seconds < 10, "at ten a second, all of them would take twenty"


def test_what_a_dead_host_was_not_asked_for_has_its_own_address(web: HostileWeb) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    web.resolve("dead.test", port)
    found = web.probe_all(numbered(f"http://dead.test:{port}", 9))
    assert all(one.evidence.final == address for address, one in found.items())


def test_a_dead_port_says_nothing_of_another(web: HostileWeb) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    root = web.site("a.test", answer())
    web.resolve("a.test", port)
    found = web.probe_all([*numbered(f"http://a.test:{port}", 5), *numbered(root, 5)])
    assert [one.verdict for one in found.values() if one.address.startswith(root)] == [Verdict.ALIVE] * 5


async def reset(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


def test_what_is_not_answered_is_not_sent_again_at_once(web: HostileWeb) -> None:
    web.probe_all(numbered(web.site("a.test", reset), 10))
    times = [one.time for one in web.requests]
    assert all(later - earlier >= 0.999 for earlier, later in zip(times, times[10:], strict=False))
    assert Counter(web.asked())["HEAD /0"] == 1


def test_nor_where_no_connection_was_kept(web: HostileWeb) -> None:
    async def headless(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.method == "HEAD" and request.target != "/0":
            writer.transport.abort()
        else:
            writer.write(answer(connection="close"))

    web.probe_all(numbered(web.site("a.test", headless), 2), per_host=1)
    assert web.asked() == ["HEAD /0", "HEAD /1", "GET /1"]


def test_a_server_may_end_a_connection_that_was_kept(web: HostileWeb) -> None:
    async def once(request: Request, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        if peer in seen:
            writer.transport.abort()
            return
        seen.add(peer)
        writer.write(answer())
        await web._exchange(readers[peer], writer)

    seen: set[object] = set()
    readers: dict[object, asyncio.StreamReader] = {}
    accept = web._serve

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        readers[writer.get_extra_info("peername")] = reader
        await accept(reader, writer)

    web._serve = serve  # type: ignore[method-assign]
    found = web.probe_all(numbered(web.site("a.test", once), 3), per_host=1)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    assert "GET /1" not in web.asked()


async def silence(request: Request, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


def test_a_host_that_is_silent_is_asked_for_few(web: HostileWeb) -> None:
    found = web.probe_all(numbered(web.site("a.test", silence), 100))
    assert {(one.verdict, one.evidence.reason) for one in found.values()} == {
        (Verdict.UNREACHABLE, "timeout")
    }
    assert web.seconds < 120, "a hundred deadlines would take half an hour"


def test_pages_that_are_silent_say_nothing_of_others(web: HostileWeb) -> None:
    silent = {f"/{number}": silence for number in range(4)}
    root = web.site("a.test", {**silent, "*": answer()})
    found = web.probe_all([*(root + path for path in silent), f"{root}/a", f"{root}/b"], per_host=1)
    assert [one.verdict for one in list(found.values())].count(Verdict.ALIVE) == 2


def test_who_is_silent_to_head_only_is_alive(web: HostileWeb) -> None:
    async def get_only(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.method == "HEAD":
            await asyncio.Event().wait()
        writer.write(answer(connection="close"))

    found = web.probe_all(numbered(web.site("a.test", get_only), 9))
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}


def test_a_host_that_comes_back_has_all_its_addresses_asked(web: HostileWeb) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    web.site("a.test", answer(), port=port)

    async def come_back() -> None:
        await asyncio.sleep(4)
        await asyncio.start_server(web._accept, "127.0.0.1", port)

    task = web.loop.create_task(come_back())
    found = web.probe_all(numbered(f"http://a.test:{port}", 8))
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    assert task.done()


def test_the_longest_queue_goes_first(web: HostileWeb) -> None:
    small = [web.site(f"a{number}.test", answer()) for number in range(30)]
    large = web.site("large.test", answer())
    web.probe_all([*(f"{root}/" for root in small), *numbered(large, 20)], connections=2)
    assert web.requests[0].host == "large.test"
    assert web.seconds < 2.5


def test_a_host_that_only_others_lead_to_has_its_turns_too(web: HostileWeb) -> None:
    end = web.site("end.test", answer())
    roots = [web.site(f"a{number}.test", redirect(f"{end}/{number}", 301)) for number in range(20)]
    found = web.probe_all([f"{root}/글" for root in roots])
    assert {one.verdict for one in found.values()} == {Verdict.MOVED}
    times = [one.time for one in web.requests if one.host == "end.test"]
    assert all(later - earlier >= 0.099 for earlier, later in pairwise(times))


ROBOTS = b"User-agent: *\nDisallow: /private/\nCrawl-delay: 2\n"


def test_robots_is_not_asked_for_unless_wanted(web: HostileWeb) -> None:
    web.probe(web.site("a.test", answer()) + "/private/1")
    assert web.asked() == ["HEAD /private/1"]


def test_what_robots_excludes_is_not_asked_if_wanted(web: HostileWeb) -> None:
    root = web.site("a.test", {"/robots.txt": answer(200, ROBOTS, content_type="text/plain"), "*": answer()})
    found = web.probe_all([f"{root}/private/1", f"{root}/1", f"{root}/2"], robots=True)
    assert [one.evidence.reason for one in found.values()].count("robots") == 1
    assert found[f"{root}/private/1"].verdict is Verdict.REFUSED
    assert sorted(web.asked()) == ["GET /robots.txt", "HEAD /1", "HEAD /2"]


def test_a_crawl_delay_is_kept_if_wanted(web: HostileWeb) -> None:
    root = web.site("a.test", {"/robots.txt": answer(200, ROBOTS, content_type="text/plain"), "*": answer()})
    web.probe_all(numbered(root, 4), robots=True)
    times = [one.time for one in web.requests[1:]]
    assert all(later - earlier >= 1.999 for earlier, later in pairwise(times))
