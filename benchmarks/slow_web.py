"""A web of many names on loopback that takes its time to answer, and knows what it was asked.

It runs in a process of its own, and is cheap: answers are made beforehand, and one timer per request is all
that waits, so that a checker is held up by latency alone.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import resource
from collections import Counter, defaultdict
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

_HOST = re.compile(rb"\r\n[Hh]ost: *([^\r\n:]+)")
_ADDRESS = re.compile(rb"/articles/(\d+)-([a-z]+)\Z")
_PAGE = b"<!DOCTYPE html><title>An article</title><h1>An article</h1>" + b"<p>All of it is text.</p>" * 300
_SECONDS_OF_TROUBLE = 1.0
"""How long `flaky` fails, from the first time that it is asked."""
_TOO_MANY = 6
"""Requests within a second of which `busy` does not answer the last."""


class Seen(NamedTuple):
    """What the server was asked since the last time."""

    requests: int
    statuses: Counter[int]
    largest: int
    """How many one name got at most."""
    in_all: int
    """The most that were on their way at once."""
    at_once: int
    """The most requests that one name had at once."""
    in_a_second: int
    """The most that one name got within a second."""
    connections: int
    cpu: float
    """The seconds of processor time that the server took; of one processor, it must leave most."""
    addresses: int
    """How many different ones were asked."""


class SlowWeb:
    """The server's process, as long as it is a context."""

    def __init__(self, latency: float) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=_serve, args=(theirs, latency), daemon=True)

    def __enter__(self) -> SlowWeb:
        self._process.start()
        self.port: int = self._ours.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()

    def show(self, addresses: Sequence[str]) -> None:
        """Has links to `addresses` on the page `/all`, for who reads no files."""
        self._ours.send(list(addresses))
        self._ours.recv()

    def seen(self) -> Seen:
        """What was asked since this was called last; trouble begins anew."""
        self._ours.send(None)
        seen: Seen = self._ours.recv()
        return seen


def _serve(control: Connection, latency: float) -> None:
    asyncio.run(_run(control, latency))


async def _run(control: Connection, latency: float) -> None:
    loop = asyncio.get_running_loop()
    log = _Log()
    server = await loop.create_server(lambda: _Exchange(loop, log, latency), "0.0.0.0", 0, backlog=4096)
    control.send(server.sockets[0].getsockname()[1])

    def tell() -> None:
        shown = control.recv()
        if shown is None:
            control.send(log.seen())
        else:
            links = "".join(f'<p><a href="{address}">An article</a></p>' for address in shown)
            _ANSWERS["all"] = _made(200, body=f"<!DOCTYPE html><title>All</title>{links}".encode())
            control.send(None)

    loop.add_reader(control.fileno(), tell)
    await server.serve_forever()


class _Log:
    def __init__(self) -> None:
        self._cpu = 0.0
        self.all_active = 0
        self.active: Counter[bytes] = Counter()
        """What is on its way, from an earlier run too."""
        self.forget()

    def forget(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.connections = 0
        self.most_of_all = 0
        self.most: Counter[bytes] = Counter()
        self.times: defaultdict[bytes, list[float]] = defaultdict(list)
        self.begun: dict[bytes, float] = {}
        """When an address that is flaky was first asked."""
        self.addresses: set[bytes] = set()

    def seen(self) -> Seen:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        cpu = usage.ru_utime + usage.ru_stime
        seen = Seen(
            sum(self.statuses.values()),
            self.statuses,
            max(map(len, self.times.values()), default=0),
            self.most_of_all,
            max(self.most.values(), default=0),
            max(map(_in_a_second, self.times.values()), default=0),
            self.connections,
            cpu - self._cpu,
            len(self.addresses),
        )
        self._cpu = cpu
        self.forget()
        return seen


def _in_a_second(times: list[float]) -> int:
    first = most = 0
    for last, time in enumerate(times):
        while time - times[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


class _Exchange(asyncio.Protocol):
    def __init__(self, loop: asyncio.AbstractEventLoop, log: _Log, latency: float) -> None:
        self._loop = loop
        self._log = log
        self._latency = latency
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._log.connections += 1

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, self._buffer = self._buffer[: end + 2], self._buffer[end + 4 :]
            method, target, _ = head.split(b" ", 2)
            match = _HOST.search(head)
            host = match[1] if match else b""
            now = self._loop.time()
            log = self._log
            log.times[host].append(now)
            log.all_active += 1
            log.most_of_all = max(log.most_of_all, log.all_active)
            log.active[host] += 1
            if log.active[host] > log.most[host]:
                log.most[host] = log.active[host]
            status, answer = self._answer(method, target, host, now)
            log.statuses[status] += 1
            self._loop.call_later(self._latency, self._reply, host, answer)

    def _answer(self, method: bytes, target: bytes, host: bytes, now: float) -> tuple[int, bytes]:
        match = _ADDRESS.match(target)
        if match is None:
            status, head, body = _ANSWERS["all" if target == b"/all" else "missing"]
            return status, head if method == b"HEAD" else head + body
        kind = match[2].decode()
        self._log.addresses.add(host + target)
        if kind == "flaky" and now - self._log.begun.setdefault(host + target, now) > _SECONDS_OF_TROUBLE:
            kind = "ok"
        elif kind == "busy":
            times = self._log.times[host]
            kind = "busy" if len(times) >= _TOO_MANY and now - times[-_TOO_MANY] < 1.0 else "ok"
        status, head, body = _ANSWERS.get(kind, _ANSWERS["missing"])
        if b"%" in head:
            head = head.replace(b"%", match[1])
        return status, head if method == b"HEAD" else head + body

    def _reply(self, host: bytes, answer: bytes) -> None:
        self._log.all_active -= 1
        self._log.active[host] -= 1
        if not self._transport.is_closing():
            self._transport.write(answer)


def _made(status: int, *fields: str, body: bytes = b"") -> tuple[int, bytes, bytes]:
    lines = [
        f"HTTP/1.1 {status} So",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        *fields,
    ]
    return status, ("\r\n".join(lines) + "\r\n\r\n").encode(), body


_ANSWERS = {
    "ok": _made(200, body=_PAGE),
    "moved": _made(301, "Location: /articles/%-ok"),
    "found": _made(302, "Location: /articles/%-ok"),
    "missing": _made(404, body=b"<!DOCTYPE html><title>Not found</title>"),
    "gone": _made(410, body=b"<!DOCTYPE html><title>Gone</title>"),
    "refusing": _made(403, body=b"<!DOCTYPE html><title>Forbidden</title>"),
    "failing": _made(500, body=b"<!DOCTYPE html><title>Error</title>"),
    "flaky": _made(503, body=b"<!DOCTYPE html><title>Error</title>"),
    "busy": _made(429, "Retry-After: 1", body=b"<!DOCTYPE html><title>Too many</title>"),
}
