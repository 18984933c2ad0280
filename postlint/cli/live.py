"""What is seen of the asking while it goes on, on a terminal: a bar, counts, and who keeps it waiting."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text as Shown

from postlint.findings import Text
from postlint.reports import visible
from postlint.reports.links import FROM_WORST, colour_of
from postlint.web.words import VERDICTS

if TYPE_CHECKING:
    from postlint.web.traffic import Pace, Traffic
    from postlint.web.verdicts import Probe, Verdict

_DONE = Text(en="{done} of {count} addresses", ko="주소 {count}개 중 {done}개")
_RATE = Text(en="{requests} requests, {rate}/s", ko="요청 {requests}번, 초당 {rate}번")
_SLOWEST = Text(en="slowest: {hosts}", ko="느린 호스트: {hosts}")
_SECONDS = Text(en="{host} {seconds} s", ko="{host} {seconds}초")
_LOOKING = Text(en="looking for what was at {address}", ko="원래 주소 찾는 중: {address}")
_PICTURES_PER_SECOND = 8
_WINDOW = 5.0
"""Seconds over which the rate is taken."""
_BAR_WIDTH = 30
_HOSTS = 3


class Dashboard:
    """Draws on `console` until the end, and then takes away what it drew."""

    def __init__(self, console: Console, language: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._language = language
        self._clock = clock
        self._count = 0
        self._done = 0
        self._verdicts: Counter[Verdict] = Counter()
        self._traffics: list[Traffic] = []
        self._sent: deque[tuple[float, int]] = deque()
        self._looking = ""
        self._live = Live(
            get_renderable=self.picture,
            console=console,
            refresh_per_second=_PICTURES_PER_SECOND,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __enter__(self) -> Dashboard:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def begins(self, count: int, traffic: Traffic) -> None:
        self._count += count
        self._traffics.append(traffic)

    def found(self, probe: Probe) -> None:
        self._done += 1
        self._verdicts[probe.verdict] += 1

    def looks_back(self, address: str) -> None:
        self._looking = address

    def picture(self) -> RenderableType:
        """All there is to see now, a line for each thing, none wider than the terminal."""
        lines: list[RenderableType] = [self._bar()]
        counts = self._verdicts.copy()
        if counts:
            lines.append(self._counts(counts))
        if hosts := self._slowest():
            lines.append(_line(_SLOWEST.render(self._language, {"hosts": " · ".join(hosts)}), "dim"))
        if self._looking:
            lines.append(_line(_LOOKING.render(self._language, {"address": visible(self._looking)})))
        return Group(*lines)

    def _bar(self) -> Table:
        done = {"done": self._done, "count": self._count}
        requests = sum(traffic.requests for traffic in self._traffics)
        rate = {"requests": requests, "rate": f"{self._rate(requests):.0f}"}
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_row(
            ProgressBar(total=max(self._count, 1), completed=self._done, width=_BAR_WIDTH),
            _line(_DONE.render(self._language, done)),
            _line(_RATE.render(self._language, rate), "dim"),
        )
        return table

    def _rate(self, requests: int) -> float:
        """Requests a second of late."""
        now = self._clock()
        self._sent.append((now, requests))
        while now - self._sent[0][0] > _WINDOW:
            self._sent.popleft()
        since, before = self._sent[0]
        return (requests - before) / (now - since) if now > since else 0.0

    def _counts(self, counts: Counter[Verdict]) -> Shown:
        line = Shown()
        for verdict in FROM_WORST:
            if counts[verdict]:
                line.append(" · " if line else "")
                line.append(f"{VERDICTS[verdict].render(self._language)} ", style=colour_of(verdict))
                line.append(str(counts[verdict]))
        return line

    def _slowest(self) -> list[str]:
        paces: list[Pace] = [pace for traffic in self._traffics for pace in traffic.slowest(_HOSTS)]
        paces.sort(key=lambda pace: -pace.seconds)
        return [
            _SECONDS.render(self._language, {"host": pace.host, "seconds": f"{pace.seconds:.1f}"})
            for pace in paces[:_HOSTS]
        ]


def _line(text: str, style: str = "") -> Shown:
    return Shown(text, style=style, no_wrap=True, overflow="ellipsis")


def dashboard(stream: TextIO, language: str) -> Dashboard | None:
    """One that draws on `stream`; None where nobody would see it."""
    console = Console(file=stream, highlight=False)
    return Dashboard(console, language) if console.is_terminal and not console.is_dumb_terminal else None
