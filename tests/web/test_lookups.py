"""The system's look-ups: in threads that serve again, and that nobody waits for."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from postlint.web.lookups import Lookups

Entries = list[tuple[Any, ...]]
ENTRIES: Entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.88.98.1", 0))]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], Entries]], None]:
    """Has names looked up by a function of their own."""

    def answered(by: Callable[[str], Entries]) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: by(host.decode("ascii")))

    return answered


def asked(*hosts: str, at_once: bool = False) -> list[Sequence[str] | BaseException]:
    async def ask() -> list[Sequence[str] | BaseException]:
        lookups = Lookups()
        if at_once:
            found = await asyncio.gather(*map(lookups, hosts), return_exceptions=True)
        else:
            found = [(await asyncio.gather(lookups(host), return_exceptions=True))[0] for host in hosts]
        lookups.close()
        return found

    return asyncio.run(ask())


def test_a_name_has_the_addresses_that_the_system_gives_it(system: Any) -> None:
    system(lambda host: [*ENTRIES, *ENTRIES])
    assert asked("a.test") == [["192.88.98.1"]]


def test_why_a_name_is_not_found_is_told(system: Any) -> None:
    def unknown(host: str) -> Entries:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    system(unknown)
    (trouble,) = asked("a.test")
    assert isinstance(trouble, socket.gaierror)


@pytest.fixture
def threads(system: Any) -> set[threading.Thread]:
    """Those in which names were looked up."""
    used: set[threading.Thread] = set()

    def note(host: str) -> Entries:
        used.add(threading.current_thread())
        return ENTRIES

    system(note)
    return used


def test_a_thread_serves_one_name_after_another(threads: set[threading.Thread]) -> None:
    asked(*(f"a{number}.test" for number in range(20)))
    assert len(threads) == 1


def test_a_name_that_takes_long_holds_up_no_other(system: Any) -> None:
    all_are_asked = threading.Barrier(4)

    def wait(host: str) -> Entries:
        all_are_asked.wait(timeout=10)
        return ENTRIES

    system(wait)
    hosts = [f"a{number}.test" for number in range(4)]
    assert asked(*hosts, at_once=True) == [["192.88.98.1"]] * 4


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_with_no_more_threads_those_that_there_are_have_to_do(
    system: Any, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    begun: list[threading.Thread] = []
    start = threading.Thread.start

    def start_few(thread: threading.Thread) -> None:
        if len(begun) >= allowed:
            raise RuntimeError("can't start new thread")
        begun.append(thread)
        start(thread)

    system(lambda host: ENTRIES)
    monkeypatch.setattr(threading.Thread, "start", start_few)
    found = asked("a.test", "b.test", "c.test", at_once=True)
    if allowed:
        assert found == [["192.88.98.1"]] * 3
    else:
        assert all(isinstance(one, OSError) for one in found)


def test_nothing_is_left_when_it_is_closed(threads: set[threading.Thread]) -> None:
    asked("a.test")
    assert threads
    for thread in threads:
        thread.join(timeout=10)
        assert not thread.is_alive()


def test_who_gave_up_leaves_a_thread_that_serves_others(system: Any) -> None:
    is_free = threading.Event()

    def stuck(host: str) -> Entries:
        if host == "stuck.test":
            is_free.wait(timeout=10)
        return ENTRIES

    async def give_up() -> Sequence[str]:
        lookups = Lookups()
        stuck = asyncio.ensure_future(lookups("stuck.test"))
        await asyncio.sleep(0)
        stuck.cancel()
        found = await lookups("a.test")
        is_free.set()
        lookups.close()
        return found

    system(stuck)
    assert asyncio.run(give_up()) == ["192.88.98.1"]
