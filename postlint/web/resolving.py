"""Names to addresses: each name once in a run, and the connection goes to the address that was looked at.

A name server that answers differently the second time (DNS rebinding) is not asked a second time.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from postlint.named import NamedTuple
from postlint.web.address import Target
from postlint.web.failures import NoSuchHost, NotConnected, Refused
from postlint.web.hosts import IpAddress, ip_of
from postlint.web.lookups import Lookups
from postlint.web.policy import is_bad_port, permitted, refusal
from postlint.web.settings import Settings

_NOT_THERE = frozenset(
    number for name in ("EAI_NONAME", "EAI_NODATA") if (number := getattr(socket, name, None)) is not None
)
_LOOKUPS = 32
"""Names that are looked up at once."""


class _Found(NamedTuple):
    addresses: list[IpAddress]
    seconds: float
    """What the look-up took."""


class Names(AbstractResolver):
    """The addresses of hosts that may be asked. aiohttp connects to what `pin` found, and to nothing else."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._system = Lookups()
        self._lookup = settings.lookup or self._system
        self._places = asyncio.Semaphore(_LOOKUPS)
        self._found: dict[str, asyncio.Task[_Found]] = {}
        self._pinned: dict[tuple[str, int], list[IpAddress]] = {}

    async def pin(self, target: Target) -> float:
        """Makes sure that the host of `target` may be asked; the seconds that its look-up took, if one did.

        Raises Refused, NoSuchHost and NotConnected (`lookup`).
        """
        key = (target.host.strip("[]"), target.port)
        if key in self._pinned:
            return 0.0
        if (given := self._settings.resolve.get(key)) is not None:
            self._pinned[key] = [ipaddress.ip_address(given.strip("[]"))]
            return 0.0
        if is_bad_port(target.port):
            raise Refused("port", str(target.port))
        literal = ip_of(target.host)
        if literal is not None:
            reason = refusal(literal)
            if reason and not self._settings.allow_private:
                raise Refused(reason, str(literal))
            self._pinned[key] = [literal]
            return 0.0
        found, seconds = await self._find(target.host)
        allowed, refused = (found, None) if self._settings.allow_private else permitted(found)
        if not allowed:
            raise Refused(refused or "no-address", ", ".join(map(str, found)))
        self._pinned[key] = allowed
        return seconds

    async def _find(self, host: str) -> _Found:
        if host not in self._found:
            self._found[host] = asyncio.create_task(self._ask(host))
        # One who gives up waiting must not end the look-up for the others.
        return await asyncio.shield(self._found[host])

    async def _ask(self, host: str) -> _Found:
        try:
            async with self._places:
                begun = asyncio.get_running_loop().time()
                async with asyncio.timeout(self._settings.connect):
                    found = await self._lookup(host)
                seconds = asyncio.get_running_loop().time() - begun
        except socket.gaierror as error:
            if error.errno in _NOT_THERE:
                raise NoSuchHost("no-such-host", error.strerror or "") from error
            raise NotConnected("lookup", error.strerror or "") from error
        except OSError as error:
            # It took too long, or this machine has no file left to ask with.
            raise NotConnected("lookup", error.strerror or "") from error
        # A scope (`fe80::1%eth0`) tells of an interface of this machine.
        return _Found([ipaddress.ip_address(address.partition("%")[0]) for address in found], seconds)

    def forget(self, host: str) -> None:
        """Lets a name that was not found be looked up again, in a second try."""
        task = self._found.get(host)
        if task is not None and task.done() and not task.cancelled() and task.exception() is not None:
            del self._found[host]

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """What `pin` found; aiohttp asks for it. Raises OSError where it found nothing."""
        pinned = self._pinned.get((host.strip("[]"), port))
        if pinned is None:
            raise OSError(f"{host} was not looked at before")
        return [
            ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET if address.version == 4 else socket.AF_INET6,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in pinned
        ]

    async def close(self) -> None:
        for task in self._found.values():
            task.cancel()
        await asyncio.gather(*self._found.values(), return_exceptions=True)
        self._system.close()
