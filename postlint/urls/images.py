"""Images on other sites that readers do not get to see, or not for long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import unquote

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls.address import Url
from postlint.urls.hosts import Place, by_host, extended, rows_at

_SEPARATOR = lazy(r"&(?:amp;)?")
_COMPACT = "%Y%m%dT%H%M%SZ"
_FOREVER = 2100
"""Whoever signs until then means it to last."""


class ImageHost(NamedTuple):
    """A host that shows its images on no other site. Its facts are data, each with its source."""

    name: str
    name_ko: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    by_referrer: bool
    """Whether it shows them where a page does not say which it is."""
    why: str = ""
    """What else keeps readers from seeing them, in a user's words."""


class Signature(NamedTuple):
    """How an address says until when it is good. Its facts are data, each with its source."""

    hosts: tuple[str, ...]
    """Empty: anywhere."""
    paths: tuple[str, ...]
    parameters: tuple[str, ...]
    """All of these must be there, in lower case."""
    until: str
    """The parameter that holds the time; empty where none does."""
    form: str
    since: str


class Expiry(NamedTuple):
    """An address that is good for a time only."""

    until: date | None
    """The last day; None where the address does not say."""


class ImageTable(NamedTuple):
    refusing: Mapping[str, tuple[ImageHost, ...]]
    signed: tuple[Signature, ...]
    signed_at: Mapping[str, tuple[Signature, ...]]


def images_from(data: Mapping[str, Any]) -> ImageTable:
    """The table that a data file holds. Raises KeyError for a row that lacks one of its facts."""
    refusing = by_host(
        ImageHost(
            row["name"],
            row["name_ko"],
            tuple(row["hosts"]),
            tuple(row.get("paths", ())),
            row.get("by_referrer", False),
        )
        for row in data["refuses"]
    )
    signatures = [
        Signature(
            tuple(row.get("hosts", ())),
            tuple(row.get("paths", ())),
            tuple(row["parameters"]),
            row.get("until", {}).get("parameter", ""),
            row.get("until", {}).get("form", ""),
            row.get("until", {}).get("since", ""),
        )
        for row in data["signed"]
    ]
    anywhere = tuple(row for row in signatures if not row.hosts)
    return ImageTable(refusing, anywhere, by_host(row for row in signatures if row.hosts))


@cache
def image_table() -> ImageTable:
    """The table that comes with postlint (data/expiring_images.yml)."""
    from postlint import data  # a post without images from elsewhere needs no table

    return images_from(data.load("expiring_images"))


def with_image_hosts(table: ImageTable, more: Mapping[str, str]) -> ImageTable:
    """`table` with others that a user knows to show no images for long: why, by the place (`Place.of`)."""
    hosts = (_image_host(name, why) for name, why in more.items())
    return table._replace(refusing=extended(table.refusing, hosts))


def _image_host(name: str, why: str) -> ImageHost:
    host, path = Place.of(name)
    return ImageHost(host, host, (host,), (path,) if path else (), by_referrer=False, why=why)


def refusing_host(url: Url, table: ImageTable | None = None) -> ImageHost | None:
    """Who refuses to show the image at `url` on another site."""
    refusing = (table or image_table()).refusing
    found = (row for row in rows_at(refusing, url.host) if not row.paths or url.path.startswith(row.paths))
    return next(found, None)


def expiry(url: Url, table: ImageTable | None = None) -> Expiry | None:
    """Until when the image at `url` is there, if its address is signed.

    None too for one that is signed until the end of the century.
    """
    values = _parameters(url.query)
    table = table or image_table()
    for row in (*rows_at(table.signed_at, url.host), *table.signed):
        if row.paths and not url.path.startswith(row.paths):
            continue
        if all(values.get(name) for name in row.parameters):
            until = _until(row, values)
            return None if until and until.year >= _FOREVER else Expiry(until)
    return None


def _parameters(query: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in _SEPARATOR.split(query) if piece)
    return {name.lower(): unquote(value) for name, _, value in pairs}


def _until(signature: Signature, values: Mapping[str, str]) -> date | None:
    value = values.get(signature.until, "")
    try:
        match signature.form:
            case "seconds":
                return datetime.fromtimestamp(int(value), UTC).date()
            case "hexadecimal":
                return datetime.fromtimestamp(int(value, 16), UTC).date()
            case "lifetime":
                since = datetime.strptime(values[signature.since], _COMPACT)
                return (since + timedelta(seconds=int(value))).date()
            case "iso":
                return datetime.fromisoformat(value).date()
    except (ValueError, OverflowError, OSError):
        return None
    return None
