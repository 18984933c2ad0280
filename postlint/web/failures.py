"""Why there is no answer. Each is raised where it is seen, and becomes a verdict in one place."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - what is raised are its kinds, named for what happened
    """No answer. `reason` is why, as a word; `detail` is what the system said."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Refused(Failure):
    """postlint does not ask there: `loopback` and the other words of `policy`, `port`, `robots`."""


class NoSuchHost(Failure):
    """The name has no address: `no-such-host`."""


class NotConnected(Failure):
    """No connection: `lookup`, `timeout`, `refused`, `unroutable`, `reset`. It counts for the breaker."""


class NoAnswer(Failure):
    """A connection, but no answer that can be read: `timeout`, `reset`, `malformed`, `headers`."""


class Untrusted(Failure):
    """TLS failed: `expired`, `not-yet-valid`, `wrong-host`, `self-signed`, `incomplete-chain`, `untrusted`,
    `handshake`; or the server demands what postlint has not: `client-certificate`, `http2`."""


class Resting(Failure):
    """The host was not asked: `resting` after failures in a row, `retry-after` since it said so.

    `seconds` is what a `Retry-After` still leaves, 0 for the other.
    """

    def __init__(self, reason: str, seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.seconds = seconds


class EndlessRedirect(Failure):
    """The redirects come back to where they were (`loop`) or are too many (`hops`)."""


class BadLocation(Failure):
    """A redirect that leads nowhere: `location` for none or a bad one, `scheme` for one that is not the
    web's."""
