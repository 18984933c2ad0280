"""What is known of an address."""

from __future__ import annotations

import enum

from postlint.named import NamedTuple


class Verdict(enum.Enum):
    """What is known of an address; the value is the name that users see."""

    ALIVE = "alive"
    """Answered 2xx, and no challenge."""
    MOVED = "moved"
    """Every hop was permanent, and the end is a page: neither a front page nor a login."""
    REDIRECTED = "redirected"
    """A temporary hop was among them; the end is a page."""
    BROKEN = "broken"
    """GET was answered with 404 or 410."""
    GONE = "gone"
    """There is no such host, though others are found."""
    TLS = "tls"
    """The server could not show who it is."""
    UNREACHABLE = "unreachable"
    """No answer, or that the server failed, also after a second, slow try."""
    RATE_LIMITED = "rate-limited"
    """The server said that it was asked too often."""
    BLOCKED = "blocked"
    """The server answers, but not to a program."""
    SOFT_404 = "soft-404"
    """Answered 2xx with what it says of pages that are not there."""
    NO_SUCH_FRAGMENT = "no-such-fragment"
    """The page is there; nothing on it has the id."""
    INVALID = "invalid"
    """No browser takes it for an address."""
    INCOMPLETE = "incomplete"
    """A part of the address was left out or lost, so that there is no use in asking."""
    REFUSED = "refused"
    """postlint does not ask: a private network, another scheme, excluded."""
    UNASKED = "unasked"
    """This machine is not on line, or the run ended before."""

    @property
    def is_success(self) -> bool:
        """Whether the page is there; this ends a row of strikes."""
        return self in _SUCCESSES

    @property
    def is_failure(self) -> bool:
        """Whether it counts as a strike. What is neither is not known, and counts for nothing."""
        return self in _FAILURES


_SUCCESSES = frozenset((Verdict.ALIVE, Verdict.MOVED, Verdict.REDIRECTED, Verdict.NO_SUCH_FRAGMENT))
_FAILURES = frozenset((Verdict.BROKEN, Verdict.GONE, Verdict.TLS, Verdict.UNREACHABLE, Verdict.SOFT_404))


class Hop(NamedTuple):
    """A redirect: the address that answered, and its status (301, 302, 303, 307 or 308)."""

    address: str
    status: int


class Evidence(NamedTuple):
    """What one look at an address found."""

    verdict: Verdict
    reason: str = ""
    """What decided, as a word: `status`, `timeout`, `front-page`, `loopback`…; the modules of
    this package say which there are."""
    detail: str = ""
    """More of it for a reader: the system's message, the name of a challenge."""
    status: int | None = None
    """Of the last answer."""
    final: str | None = None
    """The address that gave the last answer, with no fragment but one that a redirect has named."""
    chain: tuple[Hop, ...] = ()
    """The redirects before it."""
    nearest: str | None = None
    """For a fragment that is missing: the id on the page that is most like it."""
    upgrade: str | None = None
    """For `http`: the address with `https`, if that leads to the same, and empty if not; None if that was not
    asked."""


STRIKES = 3
"""Failures after which an address that was once alive is dead (InternetArchiveBot's rule)."""
DAYS_APART = 3
"""Days between two failures that both count."""


class Probe(NamedTuple):
    """What is known of `address`, from this run or from the memory of others. Times are in Unix seconds."""

    address: str
    """As it was given."""
    evidence: Evidence
    first_seen: float = 0.0
    last_seen: float = 0.0
    last_alive: float | None = None
    strikes: int = 0
    """Failures in a row that are at least DAYS_APART days apart."""
    confirmations: int = 1
    """Runs that asked, and found this verdict and this end."""
    remembered: bool = False
    """Whether it was found by an earlier run, and nothing was asked in this one."""

    @property
    def verdict(self) -> Verdict:
        return self.evidence.verdict

    @property
    def is_dead(self) -> bool:
        """Whether it fails for good: an address that was never alive at once, another after three strikes."""
        return self.verdict.is_failure and (self.last_alive is None or self.strikes >= STRIKES)


class Restoration(NamedTuple):
    """What an address may have been before a part of it was left out or lost."""

    candidates: tuple[str, ...]
    """All that fit, in the order of their sources; several are for the author to choose from."""
    certain: str | None = None
    """The only one that fits, if it answers."""
    is_all: bool = True
    """Whether there can be no more of them; a list may be too long to be read to its end."""
