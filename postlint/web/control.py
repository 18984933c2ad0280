"""Whether this machine is on line at all: without that, no failure says anything about an address."""

from __future__ import annotations

import asyncio

from postlint.web.address import parse
from postlint.web.chain import Walker
from postlint.web.deadline import Deadline
from postlint.web.settings import Settings

_HOLDS = 5.0
"""Seconds for which an answer is taken to hold: a machine may go off line in the middle of a run."""


class Control:
    """Asks hosts that are always there, when something failed and not before."""

    def __init__(self, settings: Settings, walker: Walker) -> None:
        self._settings = settings
        self._walker = walker
        self._known: asyncio.Task[bool] | None = None
        self._until = 0.0

    async def is_up(self) -> bool:
        """Whether one of the control addresses answers; True if there is none."""
        if not self._settings.controls:
            return True
        now = asyncio.get_running_loop().time()
        if self._known is None or (self._known.done() and now > self._until):
            self._known = asyncio.create_task(self._ask())
        return await asyncio.shield(self._known)

    async def _ask(self) -> bool:
        try:
            return await self._answers()
        finally:
            self._until = asyncio.get_running_loop().time() + _HOLDS

    async def _answers(self) -> bool:
        for address in self._settings.controls:
            chain = await self._walker.walk(
                "GET",
                parse(address),
                lambda *_: 0,
                Deadline(self._settings.connect),
                second_try=True,
                exclusions=False,
            )
            if chain.answer is not None:
                return True
        return False

    async def close(self) -> None:
        """Ends what is under way."""
        if self._known is not None:
            self._known.cancel()
            await asyncio.gather(self._known, return_exceptions=True)
