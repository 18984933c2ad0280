"""Tables of hosts, each row with what is known of the addresses there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol, TypeVar

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls.address import LONGEST_HOST, split_url

# Under which a country's own second level stands, as in `co.kr`: no more letters than this.
_LONGEST_TOP_LEVEL = 3
# `postfiles3.naver.net` is one of many of the same kind.
_NUMBERED = lazy(r"\A(?P<name>[a-z-]+)[0-9]+(?=\.)")


class Row(Protocol):
    @property
    def hosts(self) -> tuple[str, ...]:
        """In lower case, each with its subdomains; `.*` at its end stands for any top-level domain."""


R = TypeVar("R", bound=Row)


class Place(NamedTuple):
    """A host, or a part of one, as a user names it: `example.org`, `example.org/path`."""

    host: str
    """In lower case."""
    path: str
    """With its `/`; empty where none is given."""

    @classmethod
    def of(cls, text: str) -> Place:
        host, slash, path = text.partition("/")
        return cls(host.lower(), slash + path)


def by_host(rows: Iterable[R]) -> dict[str, tuple[R, ...]]:
    """The table of `rows` by each of their hosts, in their order."""
    table: dict[str, tuple[R, ...]] = {}
    for row in rows:
        for host in row.hosts:
            table[host] = (*table.get(host, ()), row)
    return table


def extended(table: Mapping[str, tuple[R, ...]], rows: Iterable[R]) -> dict[str, tuple[R, ...]]:
    """`table` with `rows` too, which go before those that it has for the same host."""
    added = by_host(rows)
    return {**table, **{host: (*rows, *table.get(host, ())) for host, rows in added.items()}}


def rows_at(table: Mapping[str, tuple[R, ...]], host: str) -> Iterator[R]:
    """The rows that hold at `host`, as written in an address: the nearest domain's first."""
    for name in _names(host):
        yield from table.get(name, ())


def speaking_of(*tables: Collection[str]) -> Callable[[str], bool]:
    """Tells by the `authority` of an address whether any of `tables`, which are by host, speaks of it."""

    @lru_cache(maxsize=1024)
    def speaks_of(authority: str) -> bool:
        host = split_url(f"//{authority}").host
        return any(name in table for name in _names(host) for table in tables)

    return speaks_of


def is_at(host: str, hosts: Collection[str]) -> bool:
    """Whether one of `hosts`, which are as those of a row, holds at `host`, as written in an address."""
    return any(name in hosts for name in _names(host))


@lru_cache(maxsize=512)  # one host is looked for in several tables
def _names(host: str) -> tuple[str, ...]:
    """By what names a table may have `host`, the nearest first."""
    return tuple(_each_name(host))


def _each_name(host: str) -> Iterator[str]:
    host = host.lower().rstrip(".")
    if len(host) > LONGEST_HOST:
        return
    if _NUMBERED.match(host):
        yield host
    labels = _NUMBERED.sub(r"\g<name>", host).split(".")
    for first in range(len(labels)):
        yield ".".join(labels[first:])
        for top in (2, 1):
            name, ending = labels[first:-top], labels[-top:]
            if name and (top == 1 or max(map(len, ending)) <= _LONGEST_TOP_LEVEL):
                yield f"{'.'.join(name)}.*"
