"""robots.txt, for who asks for it: what a host excludes, and how slowly it wants to be asked (RFC 9309)."""

from __future__ import annotations

import asyncio
import re
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
_LINE_END = lazy(r"\r\n?|\n")
_BREAK = lazy(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What Python takes for the end of a line, and a robots.txt does not (2.2)."""
_TOKEN = lazy(r"[a-z_-]+|\*", re.IGNORECASE)
"""The name of a product; what stands behind it counts for nothing (2.2.1)."""
_AGENT = frozenset(("user-agent", "user agent", "useragent"))
_ANYBODY, _ELSE = "*", "else"
_LONGEST_LINE = 8 * 2083
"""Characters; Google's parser cuts off what is beyond (robots.cc, kMaxLineLen)."""


def _for_us(text: str) -> str:
    """What Protego has to read of a robots.txt: lines that are rules, and whether they are for postlint.

    Protego takes `Disallow /a` for a rule, and a group for `post` for one that is for `postlint` too; and it
    keeps each rule for each name of its group, which fills the memory where there are thousands of both.
    """
    lines: list[str] = []
    for line in _LINE_END.split(text):
        key, mark, value = line[:_LONGEST_LINE].partition("#")[0].partition(":")
        if not mark:
            continue
        if key.strip().lower() in _AGENT:
            token = _TOKEN.match(value.strip())
            name = "" if token is None else token[0].lower()
            line = f"user-agent: {name if name in (_NAME, _ANYBODY) else _ELSE}"
            lines.append(line)
        else:
            # Behind a space, no value is looked through for another key.
            lines.append(_BREAK.sub(" ", f"{key}: {value}"))
    return "\n".join(lines)


class Rules(NamedTuple):
    """What a robots.txt has for postlint."""

    parsed: Protego

    @classmethod
    def of(cls, text: str) -> Rules:
        # Only who wants it needs it: Python's own parser knows no `*`, no longest rule and no groups of one
        # name.
        from protego import Protego

        return cls(Protego.parse(_for_us(text)))

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
