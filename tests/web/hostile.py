"""A web of raw servers on loopback, which do what real ones do and should not."""

from __future__ import annotations

import asyncio
import inspect
import random
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from postlint.web.memory import Memory
from postlint.web.probing import probe
from postlint.web.settings import Settings
from postlint.web.verdicts import Probe
from tests.web.virtual_time import VirtualTimeLoop

T = TypeVar("T")

DAY = 86_400.0
BEGINNING = 1_700_000_000.0
"""When the tests take place, in Unix seconds."""


class Request(NamedTuple):
    """What a server was sent."""

    method: str
    host: str
    """Without the port."""
    target: str
    """The request's first line between the method and the version, byte for byte."""
    headers: dict[str, str]
    """By names in lower case."""
    time: float
    """When, on the loop's clock."""


Reply = bytes | Callable[[Request], bytes] | Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def answer(status: int = 200, body: str | bytes = "", **headers: str) -> bytes:
    """A whole answer; `content_type="…"` is the header `Content-Type`."""
    content = body.encode() if isinstance(body, str) else body
    fields = {"content_type": "text/html; charset=utf-8", "content_length": str(len(content)), **headers}
    lines = "".join(f"{name.replace('_', '-').title()}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} So\r\n{lines}\r\n".encode("utf-8", "surrogateescape") + content


def redirect(to: str | bytes, status: int = 302, **headers: str) -> bytes:
    place = to if isinstance(to, str) else to.decode("utf-8", "surrogateescape")
    return answer(status, location=place, **headers)


def page(title: str = "봄", body: str = "<p id='a'>글</p>") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


async def nobody(host: str) -> Sequence[str]:
    """A name server that knows no name, so that no test asks a real one."""
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


class HostileWeb:
    """Sites by name. `probe` asks them as postlint does, on a clock that jumps over every wait."""

    def __init__(self) -> None:
        self.loop = VirtualTimeLoop()
        self.requests: list[Request] = []
        self.seconds = 0.0
        """What the last `probe` took, on the loop's clock."""
        self.now = BEGINNING
        self._sites: dict[str, dict[str, Reply]] = {}
        self._resolve: dict[tuple[str, int], str] = {}
        self._serving: set[asyncio.Task[None]] = set()
        self._servers: list[asyncio.Server] = []
        self.port = self.listen()
        # One that trusts nobody; to load what the system trusts takes longer than most tests.
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def listen(self, context: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> int:
        """Begins to listen on a port of its own."""
        server = self.run(asyncio.start_server(self._accept, address, 0, ssl=context, limit=2**20))
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def site(self, host: str, replies: Mapping[str, Reply] | Reply, *, port: int | None = None) -> str:
        """Puts a site on the web: replies by path, `*` for all others. Gives the address of its root."""
        self._sites[host] = dict(replies) if isinstance(replies, Mapping) else {"*": replies}
        self.resolve(host, port or self.port)
        return f"http://{host}:{port or self.port}"

    def resolve(self, host: str, port: int, address: str = "127.0.0.1") -> None:
        self._resolve[(host, port)] = address

    def settings(self, **changes: Any) -> Settings:
        chosen: dict[str, Any] = {
            "resolve": self._resolve,
            "lookup": nobody,
            "tls": self.tls,
            "controls": (),
            "siblings": False,
            "random": random.Random(1),
            "now": lambda: self.now + self.loop.time(),
            **changes,
        }
        return Settings(**chosen)

    def memory(self) -> Memory:
        return Memory(None, lambda: self.now + self.loop.time(), random.Random(1))

    def probe_all(
        self, addresses: Iterable[str], memory: Memory | None = None, **settings: Any
    ) -> dict[str, Probe]:
        """What is said of each address."""
        chosen = self.settings(**settings)
        kept = memory or self.memory()

        async def gather() -> list[Probe]:
            return [found async for found in probe(addresses, chosen, kept)]

        begun = self.loop.time()
        probes = self.run(gather())
        self.seconds = self.loop.time() - begun
        assert len({one.address for one in probes}) == len(probes), "each address is answered once"
        return {one.address: one for one in probes}

    def probe(self, address: str, memory: Memory | None = None, **settings: Any) -> Probe:
        return self.probe_all([address], memory, **settings)[address]

    def asked(self, host: str | None = None) -> list[str]:
        """What was asked, as `METHOD target`, of `host` or of all."""
        return [f"{one.method} {one.target}" for one in self.requests if host in (None, one.host)]

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self.loop.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *fields = head.rstrip("\r\n").split("\r\n")
        method, target, _ = line.split(" ")
        headers = {name.lower(): value for name, _, value in (field.partition(": ") for field in fields)}
        host = re.sub(r":\d+\Z", "", headers["host"])
        request = Request(method, host, target, headers, self.loop.time())
        self.requests.append(request)
        replies = self._sites[host]
        reply = replies.get(target, replies.get("*", answer(404, page("없음"))))
        if callable(reply):
            made = reply(request, writer) if _takes_two(reply) else reply(request)  # type: ignore[call-arg]
            if isinstance(made, bytes):
                reply = made
            else:
                await made
                return False
        if method == "HEAD" and isinstance(reply, bytes):
            reply = reply[: reply.index(b"\r\n\r\n") + 4]
        assert isinstance(reply, bytes)
        writer.write(reply)
        await writer.drain()
        return b"Connection: close" not in reply

    def close(self) -> None:
        async def end() -> None:
            for server in self._servers:
                server.close()
            for task in self._serving:
                task.cancel()
            await asyncio.gather(*self._serving, return_exceptions=True)
            left = asyncio.all_tasks() - {asyncio.current_task()}
            assert not left, "postlint leaves nothing running"

        self.run(end())
        self.loop.close()


def _takes_two(reply: Callable[..., object]) -> bool:
    return len(inspect.signature(reply).parameters) == 2
