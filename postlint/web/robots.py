"""robots.txt, for who asks for it: what a host excludes, and how slowly it wants to be asked (RFC 9309)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from urllib.parse import unquote_to_bytes

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.web.address import Target
from postlint.web.failures import Refused

_NAME = "postlint"
"""The name that a group of robots.txt may be for."""
_EVERYBODY = "*"
_LONGEST_DELAY = 30.0
"""Seconds; some hosts write a delay by which one would not be done in a day."""
_LINE_END = lazy(r"\r\n?|\n")
_LINE = lazy(r"\s*(?P<key>[A-Za-z-]+)\s*:\s*(?P<value>[^#]*)")
_PRODUCT = lazy(r"[A-Za-z_-]+")
_SECONDS = lazy(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)
_PIECES = lazy(r"(?:%[0-9A-Fa-f]{2}|[^\x00-\x7f])+")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class _Rule(NamedTuple):
    """What a path may be: it begins with the first of `pieces` and has the others behind it, in order."""

    pieces: tuple[str, ...]
    is_whole: bool
    """Whether the last piece has to end the path."""
    allows: bool

    @property
    def rank(self) -> tuple[int, bool]:
        """The longest of those that fit counts; of two that are as long, the one that allows (2.2.2)."""
        return sum(map(len, self.pieces)) + len(self.pieces) + self.is_whole, self.allows

    def fits(self, path: str) -> bool:
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        position = len(first)
        last = others.pop() if others and self.is_whole else None
        for piece in others:
            # The first place is as good as any: what follows may then stand farther left.
            found = path.find(piece, position)
            if found < 0:
                return False
            position = found + len(piece)
        if last is not None:
            return path.endswith(last) and len(path) - len(last) >= position
        return not self.is_whole or position == len(path)


class Rules(NamedTuple):
    """What a robots.txt has for postlint."""

    rules: tuple[_Rule, ...] = ()
    """Those that count first stand first."""
    delay: float = 0.0
    """Seconds between two requests."""

    @classmethod
    def of(cls, text: str) -> Rules:
        """The groups for postlint together; if there is none, those for everybody."""
        groups: dict[str, list[tuple[str, str]]] = {}
        named: list[str] = []
        is_begun = False
        for key, value in _lines(text):
            if key == "user-agent":
                if is_begun:
                    named, is_begun = [], False
                product = _PRODUCT.match(value)
                name = product[0].lower() if product else value
                named.append(name)
                groups.setdefault(name, [])
            elif key in ("allow", "disallow", "crawl-delay"):
                is_begun = True
                for name in named:
                    groups[name].append((key, value))
        lines = groups.get(_NAME, groups.get(_EVERYBODY, []))
        rules = [
            _rule(value, allows=key == "allow") for key, value in lines if value and key != "crawl-delay"
        ]
        delays = [float(value) for key, value in lines if key == "crawl-delay" and _SECONDS.fullmatch(value)]
        ranked = sorted(rules, key=lambda rule: rule.rank, reverse=True)
        return cls(tuple(ranked), min(max(delays, default=0.0), _LONGEST_DELAY))

    def allow(self, path: str) -> bool:
        """Whether `path`, which may have a query, may be asked for."""
        written = _plain(path)
        return next((rule.allows for rule in self.rules if rule.fits(written)), True)


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
        if not rules.allow(target.path):
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


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The keys, in lower case, and values; a line that has none counts for nothing (2.2)."""
    for line in _LINE_END.split(text):
        match = _LINE.match(line)
        if match:
            yield match["key"].lower(), match["value"].strip()


def _rule(pattern: str, *, allows: bool) -> _Rule:
    is_whole = pattern.endswith("$")
    return _Rule(tuple(map(_plain, _parts(pattern.removesuffix("$")))), is_whole, allows)


def _parts(pattern: str) -> Iterable[str]:
    first, *others = pattern.split("*")
    # Several in a row are as one; the last piece may be empty, which any end is.
    return [first, *(part for part in others[:-1] if part), *others[-1:]]


def _plain(text: str) -> str:
    """`text` as it is compared (2.2.2): escaped beyond ASCII, and what needs no escape as it is."""
    return _PIECES.sub(_rewritten, text)


def _rewritten(match: re.Match[str]) -> str:
    content = unquote_to_bytes(match[0])
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in content)
