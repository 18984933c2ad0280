"""An address whose scheme was left out: how its host is told from the name of a file."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from postlint import data
from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy

_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?P<top>[^\W\d_]{2,})"
_SCHEMELESS = lazy(rf"(?P<host>{_HOST})(?P<port>:[0-9]{{2,5}})?(?P<rest>[/?#].*)?", re.DOTALL)
_MAILBOX = lazy(rf"[A-Za-z0-9][A-Za-z0-9.+_-]*@{_HOST}")
_LONGEST_HOST = 253
"""Characters: RFC 1035, section 2.3.4, counts 255 octets with those for the lengths of the labels."""


class TopLevelDomains(NamedTuple):
    """By which the end of a host is told from that of a file's name. All are in lower case."""

    alone: frozenset[str]
    before_a_path: frozenset[str]
    """Those that files' names end in too, but folders' do not."""

    def extended(self, more: Collection[str], fewer: Collection[str]) -> TopLevelDomains:
        """These with those that a user has files or hosts with."""
        left_out = frozenset(map(str.lower, fewer))
        alone = self.alone | frozenset(map(str.lower, more))
        return TopLevelDomains(alone - left_out, self.before_a_path - left_out)


def schemeless_host(address: str, domains: TopLevelDomains | None = None) -> Span | None:
    """The host that `address` begins with, where the form says that it is one and not a file.

    `www.` says so, and an end that is a top-level domain and no kind of file. An address with a scheme,
    a relative one and a placeholder have none.
    """
    if "." not in address[:_LONGEST_HOST]:
        return None
    match = _SCHEMELESS.fullmatch(address)
    if match is None:
        return None
    top = match["top"].lower()
    has_path = match["rest"] is not None and len(match["rest"]) > 1
    if match["host"][:4].lower() != "www." and not _is_top_level(top, domains, has_path=has_path):
        return None
    return Span(*match.span("host"))


def is_mailbox(address: str, domains: TopLevelDomains | None = None) -> bool:
    """Whether `address` is that of a person's mail, without `mailto:`."""
    if "@" not in address or len(address) > _LONGEST_HOST:
        return False
    match = _MAILBOX.fullmatch(address)
    return match is not None and _is_top_level(match["top"].lower(), domains, has_path=False)


def _is_top_level(name: str, domains: TopLevelDomains | None, *, has_path: bool) -> bool:
    alone, before_a_path = domains or top_level_domains()
    return name in alone or (has_path and name in before_a_path)


@cache
def top_level_domains() -> TopLevelDomains:
    """Those that come with postlint (data/top_level_domains.yml)."""
    table = data.load("top_level_domains")
    return TopLevelDomains(frozenset(table["alone"]["names"]), frozenset(table["before_a_path"]["names"]))
