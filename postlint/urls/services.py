"""Services that are gone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from postlint.named import NamedTuple
from postlint.urls.address import Url
from postlint.urls.hosts import Place, by_host, extended, rows_at


class GoneService(NamedTuple):
    """A service whose addresses lead nowhere any more. Its facts are data, each with its source."""

    name: str
    name_ko: str
    hosts: tuple[str, ...]
    closed: str = ""
    """When, as in ISO 8601: a day, a month or a year; empty where that is not known."""
    now: str = ""
    """Where to look instead; empty where nothing better is known than a web archive."""
    now_ko: str = ""
    paths: tuple[str, ...] = ()
    """Only what begins so; empty: all of it."""
    kept: tuple[str, ...] = ()
    """What begins so still works."""
    is_fading: bool = False
    """Whether some of its addresses still work."""

    def had(self, path: str) -> bool:
        """Whether `path` is of those that lead nowhere."""
        return (not self.paths or path.startswith(self.paths)) and not path.startswith(self.kept)


Services = Mapping[str, tuple[GoneService, ...]]


def services_from(data: Mapping[str, Any]) -> Services:
    """The table that a data file holds. Raises KeyError for a service without a name, hosts or an end."""
    rows = [(row, False) for row in data["service"]] + [(row, True) for row in data["fading"]]
    return by_host(
        GoneService(
            row["name"],
            row["name_ko"],
            tuple(row["hosts"]),
            row["closed"],
            row.get("now", ""),
            row.get("now_ko", ""),
            tuple(row.get("paths", ())),
            tuple(row.get("kept", ())),
            is_fading,
        )
        for row, is_fading in rows
    )


@cache
def service_table() -> Services:
    """The table that comes with postlint (data/gone_services.yml)."""
    from postlint import data  # a post without addresses needs no table

    return services_from(data.load("gone_services"))


def with_services(table: Services, more: Mapping[str, str]) -> Services:
    """`table` with others that a user knows to be gone: where to look now, by the place (`Place.of`)."""
    return extended(table, (_service(name, now) for name, now in more.items()))


def _service(name: str, now: str) -> GoneService:
    host, path = Place.of(name)
    return GoneService(name, name, (host,), now=now, now_ko=now, paths=(path,) if path else ())


def gone_service(url: Url, table: Services | None = None) -> GoneService | None:
    """The service that `url` was at, if it is gone."""
    table = service_table() if table is None else table
    found = (row for row in rows_at(table, url.host) if row.had(url.path))
    return next(found, None)
