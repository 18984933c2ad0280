"""The ways into the network of the machine that checks: none gets there, and each is told."""

from __future__ import annotations

import asyncio
import ipaddress
import random
import socket
from collections.abc import Sequence

import pytest

from postlint.web.memory import Memory
from postlint.web.policy import refusal
from postlint.web.probing import probe
from postlint.web.settings import Lookup, Settings
from postlint.web.verdicts import Probe, Verdict
from tests.web.hostile import HostileWeb, answer, redirect


def names(**found: Sequence[str]) -> Lookup:
    """A name server that knows these, with `_` for the dot before `test`."""

    async def lookup(host: str) -> Sequence[str]:
        name = host.removesuffix(".test").replace("-", "_")
        if name not in found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found[name]

    return lookup


LITERALS = [
    ("127.0.0.1", "loopback"),
    ("127.1", "loopback"),
    ("127.0.1", "loopback"),
    ("2130706433", "loopback"),
    ("0x7f000001", "loopback"),
    ("0x7f.1", "loopback"),
    ("0177.0.0.1", "loopback"),
    ("017700000001", "loopback"),
    ("0X7F.0.0x0.01", "loopback"),
    ("127.0.0.1.", "loopback"),
    ("１２７.０.０.１", "loopback"),
    ("127。0。0。1", "loopback"),
    ("%31%32%37.0.0.1", "loopback"),
    ("user@127.0.0.1", "loopback"),
    ("example.org@127.0.0.1", "loopback"),
    ("0.0.0.0", "this-host"),
    ("0", "this-host"),
    ("[::1]", "loopback"),
    ("[0:0:0:0:0:0:0:1]", "loopback"),
    ("[::]", "this-host"),
    ("[::ffff:127.0.0.1]", "loopback"),
    ("[::ffff:7f00:1]", "loopback"),
    ("[::127.0.0.1]", "loopback"),
    ("[64:ff9b::7f00:1]", "loopback"),
    ("[2002:7f00:1::]", "loopback"),
    ("[fe80::1]", "link-local"),
    ("[fd12:3456::1]", "private"),
    ("10.1.2.3", "private"),
    ("172.31.255.255", "private"),
    ("192.168.0.1", "private"),
    ("3232235521", "private"),
    ("100.64.0.1", "shared"),
    ("169.254.1.1", "link-local"),
    ("169.254.169.254", "metadata"),
    ("2852039166", "metadata"),
    ("[::ffff:169.254.169.254]", "metadata"),
    ("[fd00:ec2::254]", "metadata"),
    ("168.63.129.16", "metadata"),
    ("100.100.100.200", "metadata"),
    ("224.0.0.1", "multicast"),
    ("255.255.255.255", "reserved"),
]


@pytest.mark.parametrize(("host", "reason"), LITERALS)
def test_no_spelling_of_a_private_address_is_asked(web: HostileWeb, host: str, reason: str) -> None:
    found = web.probe(f"http://{host}:{web.port}/latest/meta-data/", lookup=names())
    assert (found.verdict, found.evidence.reason) == (Verdict.REFUSED, reason)
    assert web.asked() == []


@pytest.mark.parametrize(("host", "reason"), LITERALS)
def test_nor_is_one_that_a_redirect_leads_to(web: HostileWeb, host: str, reason: str) -> None:
    root = web.site("a.test", redirect(f"http://{host}:{web.port}/".encode()))
    found = web.probe(f"{root}/x", lookup=names())
    assert (found.verdict, found.evidence.reason) == (Verdict.REFUSED, reason)
    assert {one.host for one in web.requests} == {"a.test"}


@pytest.mark.parametrize(
    ("addresses", "reason"),
    [
        (["127.0.0.1"], "loopback"),
        (["::1"], "loopback"),
        (["::ffff:127.0.0.1"], "loopback"),
        (["fe80::1%lo"], "link-local"),
        (["10.0.0.1", "192.168.0.1"], "private"),
        (["169.254.169.254"], "metadata"),
    ],
)
def test_a_name_for_a_private_address_is_not_asked(
    web: HostileWeb, addresses: list[str], reason: str
) -> None:
    found = web.probe(f"http://inside.test:{web.port}/", lookup=names(inside=addresses))
    assert (found.verdict, found.evidence.reason) == (Verdict.REFUSED, reason)
    assert web.asked() == []


def test_a_redirect_to_a_name_for_a_private_address_is_not_followed(web: HostileWeb) -> None:
    root = web.site("a.test", redirect(f"http://inside.test:{web.port}/", 307))
    found = web.probe(f"{root}/x", lookup=names(inside=["127.0.0.1"]))
    assert (found.verdict, found.evidence.reason) == (Verdict.REFUSED, "loopback")
    assert {one.host for one in web.requests} == {"a.test"}


def test_a_name_that_changes_its_address_is_looked_up_once(web: HostileWeb) -> None:
    asked: list[str] = []

    async def rebinding(host: str) -> Sequence[str]:
        asked.append(host)
        # A public address that nothing listens at, then this machine.
        return ["192.88.98.1"] if len(asked) == 1 else ["127.0.0.1"]

    addresses = [f"http://rebind.test:{web.port}/{number}" for number in range(4)]
    found = web.probe_all(addresses, lookup=rebinding, deadline=0.5, second_try_after=0)
    assert {one.verdict for one in found.values()} == {Verdict.UNREACHABLE}
    assert asked == ["rebind.test"]
    assert web.asked() == []


def test_of_mixed_addresses_only_public_ones_are_asked(web: HostileWeb) -> None:
    found = web.probe(
        f"http://mixed.test:{web.port}/",
        lookup=names(mixed=["127.0.0.1", "192.88.98.1"]),
        deadline=0.5,
        second_try_after=0,
    )
    assert found.verdict is Verdict.UNREACHABLE
    assert web.asked() == []


@pytest.mark.parametrize("port", [0, 22, 25, 6000, 6666, 10080])
def test_ports_that_no_browser_opens_are_not(web: HostileWeb, port: int) -> None:
    found = web.probe(f"http://a.test:{port}/", lookup=names(a=["192.88.98.1"]))
    assert (found.verdict, found.evidence.reason) == (Verdict.REFUSED, "port")


def test_the_system_s_own_names_for_this_machine_are_not_asked() -> None:
    async def ask() -> list[Probe]:
        settings = Settings(controls=())
        return [one async for one in probe(["http://localhost:8/", "http://localhost./"], settings, Memory())]

    found = asyncio.run(ask())
    assert [one.verdict for one in found].count(Verdict.REFUSED) >= 1
    assert not [one for one in found if one.verdict.is_success]


def test_private_addresses_are_asked_if_allowed(web: HostileWeb) -> None:
    web.site("127.0.0.1", answer())
    web.site("inside.test", answer())
    addresses = [f"http://127.0.0.1:{web.port}/", f"http://inside.test:{web.port}/"]
    found = web.probe_all(addresses, lookup=names(inside=["127.0.0.1"]), resolve={}, allow_private=True)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "203.0.112.1", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_public_addresses_are_not_refused(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None


def test_no_private_address_of_the_registry_is_let_through() -> None:
    chance = random.Random(7)
    for _ in range(5_000):
        address = ipaddress.IPv4Address(chance.getrandbits(32))
        if not address.is_global:
            assert refusal(address), address
