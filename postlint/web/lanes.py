"""Whose turn it is: a lane per host, and places for all that is on its way.

A lane knows how fast its host may be asked, whether it asked to be left alone, and whether it is down. Places
are taken for a request only, never for a wait, so that a slow host holds up nobody.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque

from postlint.web.failures import Resting
from postlint.web.settings import Settings

_SLOWEST = 5.0
"""Seconds between requests that a host which is asked too often is slowed down to at most."""

_FIRST_REST = 1.0
"""Seconds that a host is left alone which does not say how long it wants to be; doubled with every complaint
upon which no other answer followed."""
_MOST_COMPLAINTS = 10
"""In a row, after which a host is not asked again in this run, however short the rests are that it wants."""
_MOST_RESTS = 10
"""The same when all its rests together have come to as many of the longest that is waited for."""
_CALM = 50
"""Answers without a complaint after which a host that was slowed down is asked faster again."""
_LATE = 0.1
"""Seconds by which a request may follow sooner upon one that was late for its turn."""
_COUNTED = 10
"""So many requests never come within less than as many intervals, however late some of them were."""


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
        self._next_in_line = asyncio.Lock()
        self._vacated = asyncio.Event()
        self._usual = 1.0 / settings.per_second
        self.interval = self._usual
        """Seconds between two requests."""
        self._answers = 0
        """Since the host last complained, or was last asked faster."""
        self._next = 0.0
        self._recent: deque[float] = deque(maxlen=_COUNTED)
        """When the last ones went, at this pace."""
        self._closed_until = 0.0
        self.has_given_up = False
        """Whether the host is not asked again in this run, because it wants to be left alone."""
        self._complaints: list[float] = []
        """Those in a row: the seconds for which it wanted to be left alone."""
        self._rested = 0.0
        """Seconds for which it wanted that, all together."""
        self._failures: dict[int, int] = {}
        """By port, connections in a row that were not made: who has no `https` may have `http`."""
        self._silences: dict[int, int] = {}
        """The same of connections over which no answer came in time."""
        self.backlog = 0
        """Addresses that still wait for this host."""
        self.head_lies = False
        """Whether HEAD was refused where GET was not; then it is not tried again."""

    def is_down(self, port: int) -> bool:
        """Whether so many requests in a row got no answer from `port` that it is left alone."""
        most = max(self._failures.get(port, 0), self._silences.get(port, 0))
        return most >= self._settings.breaker

    def turn(self, port: int, *, second_try: bool = False) -> Turn:
        """To be entered: waits until the host may be asked, and holds a place while it is.

        Raises Resting if `port` is down (unless this is a second try), or the host wants to be left alone for
        longer than postlint has patience.
        """
        return Turn(self, port, second_try=second_try)

    async def start(self, port: int, *, second_try: bool) -> None:
        """Takes a turn; who does has to end it."""
        # One of those who wait for this host waits for a place: two would get it in the same moment, and the
        # second could only give it back.
        async with self._next_in_line:
            due = 0.0
            while True:
                self._demand_open(port, second_try=second_try)
                if self._active >= self._limit:
                    self._vacated.clear()
                    await self._vacated.wait()
                elif (seconds := self._seconds_to_wait()) > 0:
                    due = _now() + seconds
                    await asyncio.sleep(seconds)
                else:
                    await self._places.take(self.backlog)
                    # While this one waited for its place, the host may have had enough.
                    if self._active < self._limit and not self.has_given_up and self._seconds_to_wait() <= 0:
                        break
                    self._places.give_back()
            self._active += 1
            self._keep_pace(due)

    def _keep_pace(self, due: float) -> None:
        """Says when the next one may go, once one has gone that waited until `due`."""
        begun = _now()
        self._recent.append(begun)
        # Who was a little late does not make all others late that come after,
        self._next = (due if begun - due <= _LATE else begun) + self.interval
        if len(self._recent) == _COUNTED:
            # yet in no second there are more than may be.
            self._next = max(self._next, self._recent[0] + _COUNTED * self.interval)

    def end(self) -> None:
        """Ends a turn."""
        self._active -= 1
        self._places.give_back()
        self._vacated.set()

    def _demand_open(self, port: int, *, second_try: bool) -> None:
        if self.has_given_up:
            raise Resting("retry-after", self._closed_until - _now())
        if self.is_down(port) and not second_try:
            raise Resting("resting")

    def _seconds_to_wait(self) -> float:
        return max(self._next, self._closed_until) - _now()

    def answered(self, port: int) -> None:
        """The host answered at `port`, and does not complain."""
        self._is_there(port)
        self._complaints.clear()
        self._answers += 1
        if self._answers >= _CALM and self.interval > self._usual:
            self._answers = 0
            self._change_pace(max(self.interval / 2, self._usual))
            if self.interval == self._usual:
                self._limit = self._settings.per_host
                self._vacated.set()

    def _is_there(self, port: int) -> None:
        self._failures.pop(port, None)
        self._silences.pop(port, None)

    def failed(self, port: int) -> None:
        """No connection was made to `port`."""
        self._failures[port] = self._failures.get(port, 0) + 1

    def was_silent(self, port: int) -> None:
        """A connection was made to `port`, and no answer came over it in time."""
        self._failures.pop(port, None)
        self._silences[port] = self._silences.get(port, 0) + 1

    def forgive_silence(self) -> None:
        """Gives the host another chance: unlike a connection, an answer may be late for one page only."""
        self._silences.clear()

    def slow_down(self, interval: float) -> None:
        """Leaves at least `interval` seconds between two requests from now on."""
        self._usual = max(self._usual, interval)
        self._change_pace(max(self.interval, interval))

    def go_slowly(self, interval: float) -> None:
        """The same until the host has answered for a while without complaint."""
        self._answers = 0
        self._change_pace(max(self.interval, interval))

    def _change_pace(self, interval: float) -> None:
        if interval != self.interval:
            self.interval = interval
            self._recent.clear()

    def complained(self, port: int, wanted: float | None) -> None:
        """The host says at `port` that it wants to be left alone, and for how many seconds if that is known.

        It is asked more slowly then, and by one connection at a time, until it has answered for a while
        without complaint; and not at the second, when everyone who was told the same comes back.
        """
        settings = self._settings
        self._is_there(port)
        self._limit = 1
        self._answers = 0
        seconds = _FIRST_REST * 2 ** len(self._complaints) if wanted is None else wanted
        # What it says of those that were on their way already is the same complaint.
        if _now() >= self._closed_until:
            self._complaints.append(seconds)
            self._rested += seconds
            self._change_pace(min(self.interval * 2, max(_SLOWEST, self.interval)))
        jitter = settings.random.uniform(0.0, 0.1 * seconds + 0.5)
        self._closed_until = max(self._closed_until, _now() + seconds + jitter)
        if (
            max(seconds, sum(self._complaints)) > settings.patience
            or len(self._complaints) >= _MOST_COMPLAINTS
            or self._rested > _MOST_RESTS * settings.patience
        ):
            self.has_given_up = True


class Turn:
    """One turn of a lane, as a context."""

    __slots__ = ("_lane", "_port", "_second_try")

    def __init__(self, lane: Lane, port: int, *, second_try: bool) -> None:
        self._lane = lane
        self._port = port
        self._second_try = second_try

    async def __aenter__(self) -> None:
        await self._lane.start(self._port, second_try=self._second_try)

    async def __aexit__(self, *_: object) -> None:
        self._lane.end()


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
