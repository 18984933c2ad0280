"""One line that tells how far the asking is, where somebody is looking."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from postlint.cli.streams import say
from postlint.findings import Text
from postlint.reports import visible
from postlint.reports.cells import cut

if TYPE_CHECKING:
    from postlint.web.traffic import Traffic
    from postlint.web.verdicts import Probe

_ASKED = Text(en="Links: {done} of {count}", ko="링크 {count}개 중 {done}개 확인")
_LOOKING = Text(en="Looking for what was at {address}", ko="원래 주소 찾는 중: {address}")
_INTERVAL = 0.1
"""Seconds between two pictures of the line."""
_WIDEST = 78
"""Cells: of a line that a terminal breaks, only the last part could be taken away."""


class Progress:
    """Writes to `stream` if that is a terminal, and takes the line away at the end."""

    def __init__(self, stream: TextIO, language: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._language = language
        self._clock = clock
        self._is_seen = stream.isatty()
        self._count = 0
        self._done = 0
        self._drawn_at: float | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn_at is not None:
            self._write("")

    def begins(self, count: int, traffic: Traffic) -> None:
        self._count += count

    def found(self, probe: Probe) -> None:
        self._done += 1
        self._draw(_ASKED.render(self._language, {"done": self._done, "count": self._count}))

    def looks_back(self, address: str) -> None:
        self._drawn_at = None
        self._draw(_LOOKING.render(self._language, {"address": address}))

    def _draw(self, line: str) -> None:
        now = self._clock()
        if self._is_seen and (self._drawn_at is None or now - self._drawn_at >= _INTERVAL):
            self._drawn_at = now
            self._write(cut(visible(line), _WIDEST))

    def _write(self, line: str) -> None:
        say(f"\r\x1b[K{line}", to=self._stream, newline=False)
        self._stream.flush()
