"""What a server may do to postlint: take its deadline, and no more memory than the limits say."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import resource
import socket
import tracemalloc
import zlib
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest

from postlint.web.bodies import Decoded
from postlint.web.verdicts import Verdict
from tests.web.hostile import HostileWeb, Request, answer, page

DEADLINE = 20.0
BOTH_TRIES = 2 * DEADLINE + 5.0 + 1.0
"""The first try, the rest before the second, and that one."""


async def dripping_headers(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not writer.is_closing():
        writer.write(b"a")
        await asyncio.sleep(1)


async def silent(request: Request, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def endless_headers(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X-More: " + b"a" * 1000 + b"\r\n")
        await writer.drain()


async def endless_information(request: Request, writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
        await asyncio.sleep(1)


async def nonsense(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    await writer.drain()


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (dripping_headers, "timeout"),
        (silent, "timeout"),
        (endless_information, "timeout"),
        (endless_headers, "headers"),
        (nonsense, "malformed"),
    ],
)
def test_an_answer_that_never_comes_costs_the_deadline(web: HostileWeb, reply: object, reason: str) -> None:
    found = web.probe(web.site("a.test", reply) + "/x")  # type: ignore[arg-type]
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, reason)
    assert web.seconds <= BOTH_TRIES


def test_the_deadline_is_one_for_all_hops(web: HostileWeb) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(6)
        number = int(request.target[1:])
        writer.write(answer(302, location=f"/{number + 1}", connection="close"))

    found = web.probe(web.site("a.test", slow) + "/1")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "timeout")
    assert web.seconds <= BOTH_TRIES


def test_the_wait_for_a_turn_is_not_in_the_deadline(web: HostileWeb) -> None:
    root = web.site("a.test", answer())
    found = web.probe_all([f"{root}/{number}" for number in range(60)], per_second=1)
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    assert web.seconds > DEADLINE


def test_a_host_that_takes_no_connection_costs_the_connection_s_time(web: HostileWeb) -> None:
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        port = full.getsockname()[1]
        web.resolve("a.test", port)
        found = web.probe_all([f"http://a.test:{port}/{number}" for number in range(20)])
    assert {(one.verdict, one.evidence.reason) for one in found.values()} == {
        (Verdict.UNREACHABLE, "timeout")
    }
    assert round(web.seconds, 3) <= 36, "of twenty, few are asked in the first try and one in the second"


def test_a_refused_connection_is_unreachable(web: HostileWeb) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    web.resolve("a.test", port)
    found = web.probe(f"http://a.test:{port}/")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "refused")


@pytest.mark.parametrize("size", [9_000, 50_000])
def test_a_long_header_is_taken(web: HostileWeb, size: int) -> None:
    root = web.site("a.test", answer(200, x_policy="a" * size))
    assert web.probe(f"{root}/x").verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    "headers", [{"x_a": "a" * 70_000}, {f"x_{number}": "a" * 1_000 for number in range(70)}]
)
def test_headers_beyond_64_kb_are_not(web: HostileWeb, headers: dict[str, str]) -> None:
    found = web.probe(web.site("a.test", answer(200, **headers)) + "/x")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "headers")


async def endless_body(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p id='a'>")
    while not writer.is_closing():
        writer.write("가".encode() * 20_000)
        await writer.drain()


async def dripping_body(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p id='a'>")
    while not writer.is_closing():
        writer.write(b"a")
        await asyncio.sleep(1)


async def short_body(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<p id='a'>")
    await writer.drain()


@pytest.mark.parametrize("reply", [endless_body, dripping_body, short_body])
@pytest.mark.parametrize("fragment", ["", "#b"])
def test_a_body_without_end_is_alive_and_tells_no_more(web: HostileWeb, reply: object, fragment: str) -> None:
    found = web.probe(web.site("a.test", reply) + f"/x{fragment}")  # type: ignore[arg-type]
    assert found.verdict is Verdict.ALIVE
    assert web.seconds <= DEADLINE + 1


def packed(packer: Any, mebibytes: int) -> bytes:
    """So many mebibytes of spaces, packed piece by piece: the tests' own memory is measured too."""
    pack = packer.process if hasattr(packer, "process") else packer.compress
    pieces = [pack(b" " * 2**20) for _ in range(mebibytes)]
    return b"".join([*pieces, packer.finish() if hasattr(packer, "finish") else packer.flush()])


BOMBS = {
    "gzip": packed(zlib.compressobj(9, zlib.DEFLATED, 31), 1024),
    "gzip of gzip": gzip.compress(packed(zlib.compressobj(9, zlib.DEFLATED, 31), 1024)),
    "br": packed(brotli.Compressor(quality=1), 1024),
    "deflate": packed(zlib.compressobj(9), 1024),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_to_the_limit(web: HostileWeb, name: str) -> None:
    encoding = name.split()[0]
    root = web.site("a.test", answer(200, BOMBS[name], content_encoding=encoding))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert web.probe(f"{root}/x#b").verdict is Verdict.ALIVE
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 30_000, "kilobytes"


def test_many_endless_pages_at_once_are_read_few_at_a_time(web: HostileWeb) -> None:
    async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<!DOCTYPE html>"
        )
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(b"<p>" + b"a" * 65_536)
                await writer.drain()

    roots = [web.site(f"s{number}.test", endless) for number in range(32)]
    tracemalloc.start()
    found = web.probe_all([f"{root}/#b" for root in roots])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {one.verdict for one in found.values()} == {Verdict.ALIVE}
    assert peak < 50_000_000, "two megabytes of each would be 64"


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
def test_no_more_of_a_bomb_exists_than_may_be_read(encoding: str) -> None:
    decoded = Decoded(encoding, 500_000)
    tracemalloc.start()
    decoded.feed(BOMBS[encoding])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(decoded.body(is_ended=True).content) == 500_000
    assert peak < 1_500_000


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("identity", bytes),
    ],
)
def test_a_packed_page_is_read(web: HostileWeb, encoding: str, pack: object) -> None:
    packed = pack(page(body="<h2 id='봄'>봄</h2>" * 999).encode())  # type: ignore[operator]
    root = web.site("a.test", answer(200, packed, content_encoding=encoding))
    found = web.probe_all([f"{root}/x#봄", f"{root}/x#여름"])
    assert [one.verdict for one in found.values()] == [Verdict.ALIVE, Verdict.NO_SUCH_FRAGMENT]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "nonsense"])
def test_a_page_that_cannot_be_unpacked_is_alive(web: HostileWeb, encoding: str) -> None:
    root = web.site("a.test", answer(200, b"\x00no such thing" * 9, content_encoding=encoding))
    assert web.probe(f"{root}/x#b").verdict is Verdict.ALIVE


def test_what_no_verdict_needs_is_not_read(web: HostileWeb) -> None:
    sent = 0

    async def large(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n")
        for _ in range(1000):
            writer.write(bytes(100_000))
            await writer.drain()
            sent += 100_000

    found = web.probe(web.site("a.test", large) + "/paper.pdf#page=3")
    assert found.verdict is Verdict.ALIVE
    assert sent < 20_000_000


@pytest.mark.parametrize(("status", "verdict"), [(404, Verdict.BROKEN), (200, Verdict.ALIVE)])
def test_bodies_that_never_come_are_waited_for_a_few_times(
    web: HostileWeb, status: int, verdict: Verdict
) -> None:
    async def drip(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(status, content_length="100000"))
        while request.method == "GET" and not writer.is_closing():
            await asyncio.sleep(1)
            writer.write(b"a")

    root = web.site("a.test", drip)
    found = web.probe_all(f"{root}/{number}#a" for number in range(40))
    assert {one.verdict for one in found.values()} == {verdict}
    assert web.seconds < 3 * DEADLINE, "for each, it would take ten of them"
