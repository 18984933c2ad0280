"""One deadline over many waits: only what the web takes counts, not the wait for one's turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Deadline:
    """Seconds that may still be spent."""

    def __init__(self, seconds: float) -> None:
        self.remaining = seconds

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Counts the time within. Raises TimeoutError when none remains.

        A read timeout would be none: a server that sends a byte now and then never trips it.
        """
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(max(self.remaining, 0.0)):
                yield
        finally:
            self.remaining -= loop.time() - begun

    def part(self, share: float) -> Deadline:
        """A deadline of its own with a share of what remains; what it leaves is not given back."""
        return Deadline(self.remaining * share)
