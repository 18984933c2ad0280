"""Every limit of asking the web, in one place."""

from __future__ import annotations

import random
import re
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

import postlint
from postlint.named import NamedTuple
from postlint.web.address import Target

Lookup = Callable[[str], Awaitable[Sequence[str]]]
"""The addresses (IPv4 or IPv6, as text) of a host name in ASCII. Raises `socket.gaierror`."""


class Accepted(NamedTuple):
    """Statuses that mean "alive" where `pattern` is found in the address."""

    pattern: re.Pattern[str]
    statuses: frozenset[int]


class Extra(NamedTuple):
    """Headers that are sent to addresses whose host `pattern` names, and to no other origin."""

    pattern: re.Pattern[str]
    headers: Mapping[str, str]

    def is_for(self, target: Target) -> bool:
        """Whether `pattern` is found in the address of `target`, and has the end of its host or all of it.

        An address may have another in its path or its query, as an archive's has, or a host may begin as the
        one that is meant: neither must get what is secret.
        """
        start = len(target.scheme) + len("://")
        end = start + len(target.host)
        return any(_covers(match, start, end) for match in self.pattern.finditer(target.text))


def _covers(match: re.Match[str], start: int, end: int) -> bool:
    if not match.start() < end <= match.end():
        return False
    return match.start() <= start or "." in match.string[match.start() - 1 : match.start() + 1]


class Settings(NamedTuple):
    """How the web is asked. Times are in seconds, sizes in bytes."""

    deadline: float = 20.0
    """All that one try of an address may take, over all its hops; the time in which it waits its turn for
    politeness is not in it."""
    connect: float = 10.0
    """Of it, a connection with its handshake."""
    hops: int = 10
    """Redirects that are followed."""
    connections: int = 128
    """Requests on their way at once, to all hosts."""
    per_host: int = 4
    """Requests on their way at once to one host."""
    per_second: float = 10.0
    """Requests a second to one host."""
    patience: float = 60.0
    """The longest `Retry-After` that is waited for; a host that wants more is not asked again in this run."""
    second_try_after: float = 5.0
    """How long after its last address a host is asked again for what failed."""
    breaker: int = 3
    """Requests that get no answer in a row before a host's port is left alone until its second try."""
    header_bytes: int = 64 * 1024
    """All headers together."""
    page_bytes: int = 512 * 1024
    """What is read of a page at most, counted after decompression."""
    fragment_page_bytes: int = 2 * 1024 * 1024
    """The same where an id is looked for."""
    user_agent: str = f"Mozilla/5.0 (compatible; postlint/{postlint.__version__}; link check)"
    allow_private: bool = False
    """Whether addresses within private networks may be asked."""
    resolve: Mapping[tuple[str, int], str] = {}
    """The address for a host and port, as curl's `--resolve` has it; it may be private."""
    lookup: Lookup | None = None
    """Finds the addresses of a name; None asks the system."""
    tls: ssl.SSLContext | None = None
    """Who is trusted; None trusts whom the system does."""
    controls: tuple[str, ...] = (
        "https://www.gstatic.com/generate_204",
        "https://www.cloudflare.com/",
        "https://www.naver.com/",
    )
    """Addresses of which one answers if this machine is on line at all; without any, it is taken to be."""
    recheck: bool = False
    """Whether what the memory has fresh is asked all the same."""
    siblings: bool = True
    """Whether a host is asked once per folder for a page that cannot be, to know its soft 404."""
    fragments: bool = True
    """Whether pages are read for the ids that fragments name."""
    upgrades: bool = False
    """Whether `https` is tried where an address says `http`."""
    robots: bool = False
    """Whether robots.txt is asked for, and its exclusions and `Crawl-delay` kept to."""
    exclude: tuple[re.Pattern[str], ...] = ()
    """Addresses in which one of these is found are not asked."""
    accept: tuple[Accepted, ...] = ()
    headers: tuple[Extra, ...] = ()
    now: Callable[[], float] = time.time
    """The time of day, in Unix seconds; what is waited for goes by the event loop's clock."""
    random: random.Random = random.Random()

    def excludes(self, address: str) -> bool:
        """Whether the user does not want `address` to be asked."""
        return any(pattern.search(address) for pattern in self.exclude)

    def accepts(self, address: str, status: int) -> bool:
        """Whether the user takes `status` for "alive" at `address`."""
        return any(status in one.statuses and one.pattern.search(address) for one in self.accept)
