"""What the requests of a run have cost so far, by their hosts."""

from __future__ import annotations

import heapq

from postlint.named import NamedTuple


class Pace(NamedTuple):
    """How long a host takes to answer: on average, in seconds."""

    host: str
    seconds: float


class Traffic:
    """Counts requests. It may be read by another thread than the one that counts."""

    def __init__(self) -> None:
        self.requests = 0
        self._spent: dict[str, tuple[int, float]] = {}

    def add(self, host: str, seconds: float) -> None:
        """One request to `host` took so long, from its connection to the last byte that was read."""
        self.requests += 1
        count, spent = self._spent.get(host, (0, 0.0))
        self._spent[host] = (count + 1, spent + seconds)

    def slowest(self, number: int) -> list[Pace]:
        """The hosts that take longest, the slowest first."""
        paces = [Pace(host, spent / count) for host, (count, spent) in self._spent.copy().items()]
        return heapq.nlargest(number, paces, key=lambda pace: pace.seconds)
