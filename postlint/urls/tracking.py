"""Parameters that tell a third party who shared a link, and how to take them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls.address import split_url
from postlint.urls.hosts import Place, is_at

_NESTED = lazy(r"[?/=&]https?:/", re.IGNORECASE)
_SEPARATOR = lazy(r"&(?:amp;)?")

ANYWHERE = "*"
"""What a user names all hosts by."""


class Parameter(NamedTuple):
    """A parameter that no page depends on. Its facts are data, each with its source."""

    name: str
    """In full; with a `*` at its end, all that begin so."""
    hosts: frozenset[str] = frozenset()
    """Where it is known to track, subdomains included; empty: anywhere."""
    path: str = ""
    """What the path must contain."""

    def is_called(self, name: str) -> bool:
        if not self.name.endswith("*"):
            return name == self.name
        return len(name) >= len(self.name) and name.startswith(self.name[:-1])

    def is_at(self, host: str, path: str) -> bool:
        return self.path in path and (not self.hosts or is_at(host, self.hosts))


class TrackingTable(NamedTuple):
    named: Mapping[str, tuple[Parameter, ...]]
    """By full name."""
    prefixed: tuple[Parameter, ...]
    """Those whose names end in `*`."""
    signatures: frozenset[str]
    """Parameters, in lower case, that sign the others: an address that has one is left alone."""
    exempt_hosts: frozenset[str]
    """Where such parameters do something for whoever opens the page, or are asked for."""
    kept: tuple[Parameter, ...] = ()
    """Those that count as no tracking parameters, whatever else is known of them."""

    def tracks(self, name: str, host: str, path: str) -> bool:
        """Whether the parameter `name` tracks at that place."""
        rows = (*self.named.get(name, ()), *(row for row in self.prefixed if row.is_called(name)))
        return any(row.is_at(host, path) for row in rows) and not any(
            row.is_called(name) and row.is_at(host, path) for row in self.kept
        )

    def extended(self, more: Mapping[str, Sequence[str]], kept: Mapping[str, Sequence[str]]) -> TrackingTable:
        """This table with what a user knows: names by the place (`Place.of`), or by `*` for anywhere.

        `more` track, and `kept` do not.
        """
        named, prefixed = _by_name(_parameters(more))
        return self._replace(
            named={
                **self.named,
                **{name: (*self.named.get(name, ()), *rows) for name, rows in named.items()},
            },
            prefixed=(*self.prefixed, *prefixed),
            kept=(*self.kept, *_parameters(kept)),
        )


class Tracking(NamedTuple):
    """Tracking parameters that stand side by side."""

    names: tuple[str, ...]
    span: Span
    """What to delete: the parameters, and the `?` or `&` that becomes superfluous with them."""


def table_from(data: Mapping[str, Any]) -> TrackingTable:
    """The table that a data file holds. Raises KeyError for a parameter without a name."""
    named, prefixed = _by_name(
        Parameter(row["name"], frozenset(row.get("hosts", ())), row.get("path", ""))
        for row in data["parameter"]
    )
    signatures, exempt = data["signatures"]["names"], data["exempt"]["hosts"]
    return TrackingTable(named, prefixed, frozenset(signatures), frozenset(exempt))


def _by_name(
    parameters: Iterable[Parameter],
) -> tuple[Mapping[str, tuple[Parameter, ...]], tuple[Parameter, ...]]:
    """Those of one name by it, and those of many."""
    named: dict[str, tuple[Parameter, ...]] = {}
    prefixed: list[Parameter] = []
    for parameter in parameters:
        if parameter.name.endswith("*"):
            prefixed.append(parameter)
        else:
            named[parameter.name] = (*named.get(parameter.name, ()), parameter)
    return named, tuple(prefixed)


def _parameters(names: Mapping[str, Sequence[str]]) -> Iterator[Parameter]:
    for where, at_it in names.items():
        host, path = Place.of(where)
        for name in at_it:
            yield Parameter(name, frozenset() if host == ANYWHERE else frozenset((host,)), path)


@cache
def tracking_table() -> TrackingTable:
    """The table that comes with postlint (data/tracking_parameters.yml)."""
    from postlint import data  # only an address with a query needs the table

    return table_from(data.load("tracking_parameters"))


def tracking_parameters(url: str, table: TrackingTable | None = None) -> tuple[Tracking, ...]:
    """The tracking parameters in the query of `url`, in order, those side by side together.

    Deleting all the spans, or any of them, leaves the other parameters, their order and the
    fragment as they are. Nothing is found in an address that is signed or that holds another
    address as it stands (a redirect, an archived page), whose parameters these may be. `&amp;`
    separates like `&`; `;` does not (WHATWG URL, application/x-www-form-urlencoded), and a value
    that has one is left alone, since some server may split there.
    """
    parts = split_url(url)
    if parts.query_span is None or not parts.query or _NESTED.search(url, parts.path_span.start):
        return ()
    table = table or tracking_table()
    pieces = list(_pieces(parts.query, parts.query_span.start))
    names = [url[start:end].partition("=")[0] for start, end in pieces]
    host = parts.host
    if is_at(host, table.exempt_hosts) or any(name.lower() in table.signatures for name in names):
        return ()
    tracks = [
        ";" not in url[start:end] and table.tracks(name, host, parts.path)
        for (start, end), name in zip(pieces, names, strict=True)
    ]
    if not any(tracks):
        return ()
    if all(tracked or not name for tracked, name in zip(tracks, names, strict=True)):
        kept = tuple(name for name in names if name)
        return (Tracking(kept, Span(parts.query_span.start - 1, parts.query_span.end)),)
    return tuple(_groups(pieces, names, tracks))


def _groups(pieces: list[Span], names: list[str], tracks: list[bool]) -> Iterator[Tracking]:
    for tracked, group in groupby(range(len(pieces)), key=tracks.__getitem__):
        if not tracked:
            continue
        indices = list(group)
        first, last = indices[0], indices[-1]
        # The first of all leaves its `?` to the next; any other goes with the separator before it.
        if first == 0:
            span = Span(pieces[0].start, pieces[last + 1].start)
        else:
            span = Span(pieces[first - 1].end, pieces[last].end)
        yield Tracking(tuple(names[first : last + 1]), span)


def _pieces(query: str, offset: int) -> Iterator[Span]:
    start = 0
    for separator in _SEPARATOR.finditer(query):
        yield Span(offset + start, offset + separator.start())
        start = separator.end()
    yield Span(offset + start, offset + len(query))
