"""Pages that lead on to the address in one of their parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote_to_bytes

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls.address import percent_encode, split_url
from postlint.urls.hosts import Place, by_host, extended, rows_at

_SEPARATOR = lazy(r"&(?:amp;)?")
_WEB = lazy(r"https?://[^/?#]", re.IGNORECASE)
_UNSAFE = lazy(r"[\x00-\x20<>\"'\\^`{|}\x7f]")
"""What may not stand in an address (RFC 3986, section 2), and the quotation mark that ends an attribute."""


class Redirector(NamedTuple):
    """A page that notes who passes. Its facts are data, each with its source."""

    name: str
    name_ko: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    """Whole paths, without a `/` at their end; none: any."""
    parameters: tuple[str, ...]
    """Of these, the first that holds an address counts."""


class Redirection(NamedTuple):
    redirector: Redirector
    target: str
    """Where it leads: an address of the web, escaped so that it may stand in a link."""


Redirectors = Mapping[str, tuple[Redirector, ...]]


def redirectors_from(data: Mapping[str, Any]) -> Redirectors:
    """The table that a data file holds. Raises KeyError for a redirector that lacks one of its facts."""
    return by_host(
        Redirector(
            row["name"],
            row["name_ko"],
            tuple(row["hosts"]),
            tuple(path.rstrip("/") for path in row["paths"]),
            tuple(row["parameters"]),
        )
        for row in data["redirector"]
    )


@cache
def redirector_table() -> Redirectors:
    """The table that comes with postlint (data/redirectors.yml)."""
    from postlint import data  # only an address with a query needs the table

    return redirectors_from(data.load("redirectors"))


def with_redirectors(table: Redirectors, more: Mapping[str, Sequence[str]]) -> Redirectors:
    """`table` with others that a user knows: their parameters by the place (`Place.of`)."""
    return extended(table, (_redirector(name, parameters) for name, parameters in more.items()))


def _redirector(name: str, parameters: Sequence[str]) -> Redirector:
    host, path = Place.of(name)
    return Redirector(host, host, (host,), (path.rstrip("/"),) if path else (), tuple(parameters))


def redirection(url: str, table: Redirectors | None = None) -> Redirection | None:
    """Where `url` leads on to, if it is a redirector's and says so.

    `&amp;` separates parameters like `&`.
    """
    parts = split_url(url)
    if not parts.query:
        return None
    for row in rows_at(redirector_table() if table is None else table, parts.host):
        if row.paths and parts.path.rstrip("/") not in row.paths:
            continue
        values = _parameters(parts.query)
        for name in row.parameters:
            target = _target(values.get(name, ""))
            if target:
                return Redirection(row, target)
    return None


def _parameters(query: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in reversed(_SEPARATOR.split(query)))
    return {name: value for name, _, value in pairs}


def _target(value: str) -> str:
    """The address in a parameter's value; empty where there is none that can be told."""
    if "+" in value:
        return ""  # a space to most servers, and an address has none
    try:
        address = unquote_to_bytes(value).decode()
    except UnicodeDecodeError:
        return ""
    if not _WEB.match(address):
        return ""
    escaped = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", percent_encode(address))
    return escaped if _is_balanced(escaped) else escaped.replace("(", "%28").replace(")", "%29")


def _is_balanced(address: str) -> bool:
    """Whether each parenthesis has its partner, so that all of them may stand in a link."""
    depth = 0
    for character in address:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
