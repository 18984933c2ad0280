"""robots.txt, for who asks for it: what a host excludes, and how slowly it wants to be asked (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.robotparser import RobotFileParser

from postlint.web.address import Target
from postlint.web.failures import Refused

_NAME = "postlint"
"""The name that a group of robots.txt may be for."""
_LONGEST_DELAY = 30.0
"""Seconds; some hosts write a delay by which one would not be done in a day."""


class Robots:
    """The rules of each host, asked for once. `fetch` gives a file's bytes, empty where there is none."""

    def __init__(self, fetch: Callable[[Target], Awaitable[bytes]]) -> None:
        self._fetch = fetch
        self._rules: dict[tuple[str, str, int], asyncio.Task[RobotFileParser]] = {}

    async def demand(self, target: Target) -> float:
        """The seconds that the host wants between two requests. Raises Refused if it excludes `target`."""
        task = self._rules.get(target.origin)
        if task is None:
            task = self._rules[target.origin] = asyncio.create_task(self._read(target))
        rules = await asyncio.shield(task)
        if not rules.can_fetch(_NAME, target.text):
            raise Refused("robots")
        return min(float(rules.crawl_delay(_NAME) or 0.0), _LONGEST_DELAY)

    async def _read(self, target: Target) -> RobotFileParser:
        content = await self._fetch(target._replace(path="/robots.txt", fragment=None, userinfo=""))
        lines = content.decode("utf-8", "replace").splitlines()
        try:
            return _parsed(lines)
        except ValueError:
            # A line that cannot be parsed counts for nothing (RFC 9309, 2.2); Python's parser takes offence.
            return _parsed([line for line in lines if _can_be_parsed(line)])

    async def close(self) -> None:
        """Ends what is under way."""
        for task in self._rules.values():
            task.cancel()
        await asyncio.gather(*self._rules.values(), return_exceptions=True)


def _parsed(lines: list[str]) -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse(lines)
    return rules


def _can_be_parsed(line: str) -> bool:
    try:
        _parsed(["User-agent: *", line])
    except ValueError:
        return False
    return True
