"""Tables of hosts, each row with what is known of the addresses there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from postlint.patterns import lazy
from postlint.urls.address import LONGEST_HOST

# Under which a country's own second level stands, as in `co.kr`: no more letters than this.
_LONGEST_TOP_LEVEL = 3
# `postfiles3.naver.net` is one of many of the same kind.
_NUMBERED = lazy(r"\A(?P<name>[a-z-]+)[0-9]+(?=\.)")


class Row(Protocol):
    @property
    def hosts(self) -> tuple[str, ...]:
        """In lower case, each with its subdomains; `.*` at its end stands for any top-level domain."""


R = TypeVar("R", bound=Row)


def by_host(rows: Iterable[R]) -> dict[str, tuple[R, ...]]:
    """The table of `rows` by each of their hosts, in their order."""
    table: dict[str, tuple[R, ...]] = {}
    for row in rows:
        for host in row.hosts:
            table[host] = (*table.get(host, ()), row)
    return table


def rows_at(table: Mapping[str, tuple[R, ...]], host: str) -> Iterator[R]:
    """The rows that hold at `host`, as written in an address: the nearest domain's first."""
    host = host.lower().rstrip(".")
    if len(host) > LONGEST_HOST:
        return
    labels = _NUMBERED.sub(r"\g<name>", host).split(".")
    for first in range(len(labels)):
        yield from table.get(".".join(labels[first:]), ())
        top = labels[first + 1 :]
        if 1 <= len(top) <= 2 and (len(top) == 1 or max(map(len, top)) <= _LONGEST_TOP_LEVEL):
            yield from table.get(f"{labels[first]}.*", ())
