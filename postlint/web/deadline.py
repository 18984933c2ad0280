"""One deadline over many waits: only what the web takes counts, not the wait for one's turn."""

from __future__ import annotations

import asyncio
from types import TracebackType


class Deadline:
    """Seconds that may still be spent."""

    def __init__(self, seconds: float) -> None:
        self.remaining = seconds

    def running(self) -> Running:
        """To be entered: counts the time within. Raises TimeoutError when none remains.

        A read timeout would be none: a server that sends a byte now and then never trips it.
        """
        return Running(self)

    def part(self, share: float) -> Deadline:
        """A deadline of its own with a share of what remains; what it leaves is not given back."""
        return Deadline(self.remaining * share)


class Running:
    """A time that a deadline counts, as a context."""

    __slots__ = ("_begun", "_deadline", "_timeout")

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    async def __aenter__(self) -> None:
        now = asyncio.get_running_loop().time()
        self._begun = now
        self._timeout = asyncio.timeout_at(now + max(self._deadline.remaining, 0.0))
        await self._timeout.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._deadline.remaining -= asyncio.get_running_loop().time() - self._begun
        await self._timeout.__aexit__(kind, error, trace)
