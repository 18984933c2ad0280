"""A run as a whole: off line, interrupted, large, and what it leaves behind."""

from __future__ import annotations

import asyncio
import errno
import random
import socket
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from postlint.web.asking import Asker
from postlint.web.chain import Chain
from postlint.web.control import Control
from postlint.web.deadline import Deadline
from postlint.web.headers import Headers
from postlint.web.lanes import Lanes, Places
from postlint.web.memory import Memory
from postlint.web.probing import probe
from postlint.web.session import Session
from postlint.web.verdicts import Probe, Verdict
from postlint.web.wire import Answer
from tests.web.hostile import DAY, HostileWeb, Reply, Request, answer, redirect


async def later(host: str) -> Sequence[str]:
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


async def forever(host: str) -> Sequence[str]:
    await asyncio.Event().wait()
    return []


def test_a_host_that_does_not_exist_is_gone_if_another_does(web: HostileWeb) -> None:
    control = web.site("control.test", answer())
    found = web.probe("http://no.test/x", controls=(f"{control}/",))
    assert (found.verdict, found.evidence.reason) == (Verdict.GONE, "no-such-host")
    assert web.asked() == ["GET /"]


def test_a_machine_that_is_off_line_says_nothing_of_any_address(web: HostileWeb) -> None:
    memory = web.memory()
    addresses = ["http://no.test/x", "http://no.test/x#a", "https://also-no.test/"]
    found = web.probe_all(addresses, memory, controls=("http://control.test/",))
    assert {(one.verdict, one.evidence.reason) for one in found.values()} == {(Verdict.UNASKED, "offline")}
    assert not list(memory.records())


def test_the_control_is_asked_once_for_many_failures(web: HostileWeb) -> None:
    control = web.site("control.test", answer())
    web.probe_all([f"http://no{n}.test/" for n in range(50)], controls=(f"{control}/",))
    assert web.asked() == ["GET /"]


def test_one_of_the_controls_is_enough(web: HostileWeb) -> None:
    control = web.site("control.test", answer(500))
    found = web.probe("http://no.test/", controls=("http://down.test/", f"{control}/"))
    assert found.verdict is Verdict.GONE


def test_no_control_is_asked_while_all_is_well(web: HostileWeb) -> None:
    control = web.site("control.test", answer())
    web.probe(web.site("a.test", answer(404)) + "/x", controls=(f"{control}/",))
    assert web.asked("control.test") == []


@pytest.mark.parametrize("reply", [answer(500), b"no answer at all\r\n\r\n", redirect("/x")])
def test_a_server_that_answers_is_asked_by_a_machine_on_line(web: HostileWeb, reply: bytes) -> None:
    found = web.probe(web.site("a.test", reply) + "/x", controls=("http://down.test/",))
    assert found.verdict is Verdict.UNREACHABLE


@pytest.mark.parametrize("host", ["a.test", "127.0.0.1"])
def test_what_is_near_is_reached_by_a_machine_off_line_too(web: HostileWeb, host: str) -> None:
    closed = unused_port()
    web.resolve("a.test", closed)
    found = web.probe(f"http://{host}:{closed}/", controls=("http://down.test/",), allow_private=True)
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "refused")


CONTROLS = ("http://down.test/",)
"""That cannot be reached, as by a machine in a network that wants a login first."""


def intercepted(web: HostileWeb, address: str, lookup: str = "127.0.0.1", **settings: Any) -> Probe:
    """What is said of `address` where a network answers all names with its own `lookup`."""

    async def own(host: str) -> Sequence[str]:
        if host == "down.test":
            return await later(host)
        return [lookup]

    chosen: dict[str, Any] = {
        "controls": CONTROLS,
        "lookup": own,
        "resolve": {},
        "allow_private": True,
        **settings,
    }
    return web.probe(address, **chosen)


def test_a_network_that_wants_a_login_says_nothing_of_a_page(web: HostileWeb) -> None:
    root = web.site("a.test", answer(511, "<p>로그인"))
    memory = web.memory()
    found = web.probe(f"{root}/x", memory)
    assert (found.verdict, found.evidence.reason) == (Verdict.UNASKED, "intercepted")
    assert not list(memory.records())


@pytest.mark.parametrize("status", [301, 302, 307])
@pytest.mark.parametrize("path", ["/", "/hello/login", "/2019/봄", "/?url={}"])
def test_nor_does_one_that_leads_all_to_its_own_page(web: HostileWeb, path: str, status: int) -> None:
    end = path.format(f"http://a.test:{web.port}/2019/글")
    portal = web.site("portal.test", answer())
    root = web.site("a.test", redirect(f"{portal}{end}", status))
    found = intercepted(web, f"{root}/2019/글")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNASKED, "intercepted")


def test_nor_does_one_whose_names_all_lead_to_its_own_machine(web: HostileWeb) -> None:
    found = intercepted(web, "http://a.test/", "10.0.0.1", allow_private=False)
    assert (found.verdict, found.evidence.reason) == (Verdict.UNASKED, "intercepted")


def test_a_page_that_leads_elsewhere_is_led_by_its_host_if_this_machine_is_on_line(web: HostileWeb) -> None:
    control = web.site("control.test", answer())
    new = web.site("new.test", answer())
    root = web.site("a.test", redirect(f"{new}/봄", 301))
    assert intercepted(web, f"{root}/2019/글", controls=(f"{control}/",)).verdict is Verdict.MOVED


def test_no_control_is_asked_where_a_page_moves_within_its_site(web: HostileWeb) -> None:
    web.site("www.a.test", answer())
    root = web.site("a.test", redirect(f"http://www.a.test:{web.port}/봄", 301))
    assert intercepted(web, f"{root}/2019/글").verdict is Verdict.MOVED


def unused_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def with_no_file_left(host: str) -> Sequence[str]:
    raise OSError(errno.EMFILE, "Too many open files")


@pytest.mark.parametrize("lookup", [later, forever, with_no_file_left])
def test_a_name_server_that_fails_says_nothing_of_the_name(web: HostileWeb, lookup: object) -> None:
    found = web.probe("http://a.test/", lookup=lookup)
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "lookup")
    assert web.seconds <= 30


def test_a_name_server_that_fails_once_is_asked_again_in_the_second_try(web: HostileWeb) -> None:
    asked = []

    async def at_first_not(host: str) -> Sequence[str]:
        asked.append(host)
        if len(asked) == 1:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return ["127.0.0.1"]

    web.site("a.test", answer())
    found = web.probe(f"http://a.test:{web.port}/", lookup=at_first_not, resolve={}, allow_private=True)
    assert (found.verdict, len(asked)) == (Verdict.ALIVE, 2)


def test_a_name_server_is_not_asked_for_all_names_at_once(web: HostileWeb) -> None:
    now, most = 0, 0

    async def slow(host: str) -> Sequence[str]:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(5)
        now -= 1
        return ["127.0.0.1"]

    for number in range(100):
        web.site(f"a{number}.test", answer())
    addresses = [f"http://a{number}.test:{web.port}/" for number in range(100)]
    found = web.probe_all(addresses, lookup=slow, resolve={}, allow_private=True)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}, "nor does the wait cost the deadline"
    assert most == 32


def test_that_this_machine_is_on_line_holds_for_a_moment(web: HostileWeb) -> None:
    control = web.site("control.test", answer())

    async def ask() -> list[int]:
        session = Session(web.settings(controls=(f"{control}/",)))
        asked_by_then = []
        control_ = Control(session.settings, session.walker)
        for seconds in (0, 4, 2):
            await asyncio.sleep(seconds)
            assert await control_.is_up()
            asked_by_then.append(len(web.requests))
        await control_.close()
        await session.close()
        return asked_by_then

    assert web.run(ask()) == [1, 1, 2]


def test_each_name_is_looked_up_once(web: HostileWeb) -> None:
    asked: Counter[str] = Counter()

    async def count(host: str) -> Sequence[str]:
        asked[host] += 1
        return ["127.0.0.1"]

    web.site("a.test", answer())
    addresses = [f"http://a.test:{web.port}/{number}" for number in range(20)]
    web.probe_all(addresses, lookup=count, resolve={}, allow_private=True)
    assert asked == {"a.test": 1}


def test_whoever_ends_a_run_has_what_was_known_and_leaves_nothing_running(web: HostileWeb) -> None:
    async def silent(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    quick, slow = web.site("quick.test", answer()), web.site("slow.test", silent)
    memory = web.memory()

    async def first_ten() -> list[Probe]:
        found = []
        addresses = [f"{root}/{number}" for number in range(50) for root in (quick, slow)]
        run = probe(addresses, web.settings(), memory)
        async for one in run:
            found.append(one)
            if len(found) == 10:
                break
        begun = web.loop.time()
        await run.aclose()
        assert web.loop.time() - begun < 1
        return found

    found = web.run(first_ten())
    assert len(found) == 10
    assert {record.address for record in memory.records()} >= {one.address for one in found}


def test_a_cancelled_run_keeps_what_it_learned(web: HostileWeb, tmp_path: Path) -> None:
    root = web.site("a.test", answer())
    path = tmp_path / "links.sqlite"

    async def cut_short(memory: Memory) -> None:
        async with asyncio.timeout(1.05):
            async for _ in probe([f"{root}/{number}" for number in range(50)], web.settings(), memory):
                pass

    with Memory(path) as memory, pytest.raises(TimeoutError):
        web.run(cut_short(memory))
    with Memory(path) as memory:
        assert 9 <= len(list(memory.records())) <= 12


def test_an_https_that_leads_to_the_same_is_told_if_asked_for(web: HostileWeb) -> None:
    class Both:
        """A walker for a host that answers alike by both schemes."""

        async def walk(self, method: str, target: object, *rest: object, **more: object) -> Chain:
            headers = Headers([(b"Content-Type", b"text/html")])
            return Chain((), target, Answer(target, method, 200, headers))  # type: ignore[arg-type]

    from postlint.web.address import parse

    async def ask() -> str | None:
        settings = web.settings(upgrades=True)
        asker = Asker(settings, Both(), Lanes(settings), web.memory())  # type: ignore[arg-type]
        return (await asker.ask(parse("http://a.test/글"), [])).evidence.upgrade

    assert web.run(ask()) == "https://a.test/%EA%B8%80"


def test_a_deadline_counts_only_what_runs_in_it(web: HostileWeb) -> None:
    async def spend() -> float:
        deadline = Deadline(10)
        async with deadline.running():
            await asyncio.sleep(3)
        await asyncio.sleep(100)
        async with deadline.running():
            await asyncio.sleep(3)
        return deadline.remaining

    assert web.run(spend()) == pytest.approx(4)


@pytest.mark.parametrize("connections", [13, 64])
def test_a_run_takes_little_longer_than_it_must(web: HostileWeb, connections: int) -> None:
    async def after_100_ms(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(answer(connection="close"))

    sizes = [1, 2, 3, 5, 10, 30]
    addresses = [
        f"{web.site(f'a{number}.test', after_100_ms)}/{page}"
        for number in range(48)
        for page in range(sizes[number % len(sizes)])
    ]
    web.probe_all(addresses, connections=connections)
    bound = max(len(addresses) * 0.1 / connections, max(sizes) * 0.1)
    assert web.seconds <= 1.15 * bound


def test_who_gives_up_waiting_leaves_its_place_to_others(web: HostileWeb) -> None:
    async def take_turns() -> None:
        places = Places(1)
        await places.take(0)
        impatient = asyncio.create_task(places.take(5))
        patient = asyncio.create_task(places.take(0))
        await asyncio.sleep(1)
        impatient.cancel()
        places.give_back()
        await asyncio.wait_for(patient, 1)

    web.run(take_turns())


def test_all_kinds_of_sites_at_once_end_in_time(web: HostileWeb) -> None:
    """2,000 addresses on 200 names: quick, slow, moody, gone and dead ones."""
    chance = random.Random(5)

    def kind(number: int) -> str:
        return ("quick", "slow", "busy", "dead", "gone")[min(number % 10, 4)] if number % 10 < 5 else "quick"

    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(chance.uniform(0.5, 2))
        writer.write(answer(connection="close"))

    tired: dict[str, float] = {}

    def busy(request: Request) -> bytes:
        last, tired[request.host] = tired.get(request.host, -9.0), request.time
        return answer(429, retry_after="2") if request.time - last < 0.15 else answer()

    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = server.getsockname()[1]
    addresses = []
    expected: dict[str, Verdict] = {}
    for number in range(200):
        host, what = f"a{number}.test", kind(number)
        root = f"http://{host}:{web.port}"
        if what == "dead":
            root = f"http://{host}:{closed}"
            web.resolve(host, closed)
        elif what != "gone":
            replies: dict[str, Reply] = {"quick": answer(), "slow": slow, "busy": busy}
            web.site(host, replies[what])
        for page in range(10):
            expected[f"{root}/{page}"] = {
                "dead": Verdict.UNREACHABLE,
                "gone": Verdict.GONE,
            }.get(what, Verdict.ALIVE)
    addresses = list(expected)
    chance.shuffle(addresses)
    found = web.probe_all(addresses)
    wrong = {
        address: found[address].evidence
        for address in expected
        if found[address].verdict is not expected[address]
    }
    assert not wrong
    assert web.seconds < 60


def test_a_second_day_asks_only_what_is_due(web: HostileWeb) -> None:
    roots = [web.site(f"a{number}.test", answer()) for number in range(20)]
    addresses = [f"{root}/{number}" for root in roots for number in range(5)]
    memory = web.memory()
    web.probe_all(addresses, memory)
    asked = []
    for _ in range(12):
        web.requests.clear()
        web.now += DAY
        web.probe_all(addresses, memory)
        asked.append(len(web.requests))
    assert asked[:4] == [0, 0, 0, 0]
    assert sum(asked) >= 100
    assert max(asked) < 60, "what was asked in one run is not all due in one"
