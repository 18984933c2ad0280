"""An event loop whose clock jumps: what would be waited for has come once nothing else is left to do."""

from __future__ import annotations

import asyncio
import selectors
from selectors import SelectorKey

_GRACE = 0.002
"""Real seconds in which what is on its way through the kernel may still come before the clock jumps."""


_TICK = 1e-7
"""Seconds that each look takes: for who waits less than the clock resolves, it must not stand still."""


class _Jumping(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.jumped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        self.jumped += _TICK
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        ready = super().select(_GRACE if timeout is not None else None)
        if not ready and timeout is not None:
            self.jumped += timeout
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """Minutes pass in it in milliseconds, in the right order. All that it talks to must run in it as well."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.jumped
