"""robots.txt, for who asks for it: what a host excludes, and how slowly it wants to be asked (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.web.address import Target
from postlint.web.failures import Refused

if TYPE_CHECKING:
    from protego import Protego

_NAME = "postlint"
"""The name that a group of robots.txt may be for."""
_LONGEST_DELAY = 30.0
"""Seconds; some hosts write a delay by which one would not be done in a day."""
_NO_RULE = lazy(r"(?m)^[^:\r\n]*$")
"""A line that is none (2.2); Protego is as liberal as to take `Disallow /a` for one."""
_VERSION = lazy(r"(?im)^(\s*user-agent\s*:\s*[a-z_-]+)/[^\r\n]*")
"""What stands behind a product's name counts for nothing (2.2.1)."""


class Rules(NamedTuple):
    """What a robots.txt has for postlint."""

    parsed: Protego

    @classmethod
    def of(cls, text: str) -> Rules:
        # Only who wants it needs it: Python's own parser knows no `*`, no longest rule and no groups of one
        # name.
        from protego import Protego

        return cls(Protego.parse(_VERSION.sub(r"\1", _NO_RULE.sub("", text))))

    @property
    def delay(self) -> float:
        """Seconds between two requests."""
        return min(self.parsed.crawl_delay(_NAME) or 0.0, _LONGEST_DELAY)

    def allow(self, address: str) -> bool:
        """Whether `address` may be asked for."""
        return self.parsed.can_fetch(address, _NAME)


class Robots:
    """The rules of each host, asked for once. `fetch` gives a file's bytes, empty where there is none, and
    None where the host does not say."""

    def __init__(self, fetch: Callable[[Target], Awaitable[bytes | None]]) -> None:
        self._fetch = fetch
        self._rules: dict[tuple[str, str, int], asyncio.Task[Rules | None]] = {}

    async def demand(self, target: Target) -> float:
        """The seconds that the host wants between two requests. Raises Refused if it excludes `target`."""
        task = self._rules.get(target.origin)
        if task is None:
            task = self._rules[target.origin] = asyncio.create_task(self._read(target))
        rules = await asyncio.shield(task)
        if rules is None:
            # Then all is taken to be excluded (2.3.1.4).
            raise Refused("robots-unknown")
        if not rules.allow(target.text):
            raise Refused("robots")
        return rules.delay

    async def _read(self, target: Target) -> Rules | None:
        content = await self._fetch(target._replace(path="/robots.txt", fragment=None, userinfo=""))
        return None if content is None else Rules.of(content.decode("utf-8-sig", "replace"))

    async def close(self) -> None:
        """Ends what is under way."""
        for task in self._rules.values():
            task.cancel()
        await asyncio.gather(*self._rules.values(), return_exceptions=True)
