"""Whose turn it is: a lane per host, and places for all that is on its way.

A lane knows how fast its host may be asked, whether it asked to be left alone, and whether it is down. Places
are taken for a request only, never for a wait, so that a slow host holds up nobody.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from postlint.web.failures import Resting
from postlint.web.settings import Settings

_SLOWEST = 5.0
"""Seconds between requests that a host which is asked too often is slowed down to at most."""


class Places:
    """How many requests may be on their way; of those who wait, who has most behind them goes first."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._count = 0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []

    async def take(self, urgency: int) -> None:
        """Waits for a place. The host with the longest queue decides when a run ends: it has to be first."""
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._waiting, (-urgency, self._count, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back()
            raise

    def give_back(self) -> None:
        while self._waiting:
            turn = heapq.heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Lane:
    """The requests to one host."""

    def __init__(self, settings: Settings, places: Places) -> None:
        self._settings = settings
        self._places = places
        self._limit = settings.per_host
        self._active = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self.interval = 1.0 / settings.per_second
        """Seconds between two requests."""
        self._next = 0.0
        self._closed_until = 0.0
        self._given_up = False
        self._failures = 0
        self.backlog = 0
        """Addresses that still wait for this host."""
        self.head_lies = False
        """Whether HEAD was refused where GET was not; then it is not tried again."""

    @property
    def is_down(self) -> bool:
        """Whether so many connections failed in a row that the host is left alone."""
        return self._failures >= self._settings.breaker

    @asynccontextmanager
    async def turn(self, *, second_try: bool = False) -> AsyncIterator[None]:
        """Waits until the host may be asked, and holds a place while it is.

        Raises Resting if it is down (unless this is a second try), or wants to be left alone for longer than
        postlint has patience.
        """
        await self._start(second_try=second_try)
        try:
            yield
        finally:
            self._active -= 1
            self._places.give_back()
            self._wake()

    async def _start(self, *, second_try: bool) -> None:
        try:
            while True:
                self._demand_open(second_try=second_try)
                if self._active >= self._limit:
                    await self._vacancy()
                elif (seconds := self._seconds_to_wait()) > 0:
                    await asyncio.sleep(seconds)
                else:
                    await self._places.take(self.backlog)
                    # While this one waited for its place, another may have gone, or the host have had enough.
                    if self._active < self._limit and not self._given_up and self._seconds_to_wait() <= 0:
                        break
                    self._places.give_back()
        except BaseException:
            # It may have been woken in the stead of another.
            self._wake()
            raise
        self._active += 1
        self._next = _now() + self.interval

    def _demand_open(self, *, second_try: bool) -> None:
        if self._given_up:
            raise Resting("retry-after", self._closed_until - _now())
        if self.is_down and not second_try:
            raise Resting("resting")

    def _seconds_to_wait(self) -> float:
        return max(self._next, self._closed_until) - _now()

    async def _vacancy(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        await turn

    def _wake(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return

    def answered(self) -> None:
        """The host answered, whatever it said."""
        self._failures = 0

    def failed(self) -> None:
        """No connection was made."""
        self._failures += 1

    def slow_down(self, interval: float) -> None:
        """Leaves at least `interval` seconds between two requests from now on."""
        self.interval = max(self.interval, interval)

    def pause(self, seconds: float) -> bool:
        """The host wants to be left alone for `seconds`. Whether it will be asked again in this run.

        It is asked more slowly then, and by one connection at a time; and not at the second, when everyone
        who was told the same comes back.
        """
        settings = self._settings
        self._limit = 1
        self.interval = min(self.interval * 2, max(_SLOWEST, self.interval))
        jitter = settings.random.uniform(0.0, 0.1 * seconds + 0.5)
        self._closed_until = max(self._closed_until, _now() + seconds + jitter)
        if seconds > settings.patience:
            self._given_up = True
        return not self._given_up


class Lanes:
    """The lane of each host."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._places = Places(settings.connections)
        self._lanes: dict[str, Lane] = {}

    def __getitem__(self, host: str) -> Lane:
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = Lane(self._settings, self._places)
        return lane


def _now() -> float:
    return asyncio.get_running_loop().time()
