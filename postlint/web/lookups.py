"""The system's own look-up of names, in threads: it has no other form, and takes half a minute to fail.

Threads are daemons, for neither an end by Ctrl-C nor the end of the program waits for a name server; and they
are used again, since to begin one for each of hundreds of names holds up the event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import threading
from collections.abc import Sequence
from queue import SimpleQueue

from postlint.named import NamedTuple


class _Job(NamedTuple):
    host: str
    answer: asyncio.Future[Sequence[str]]


class Lookups:
    """Looks up names, as many at once as it is asked for. It belongs to one event loop."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads = 0
        self._idle = 0
        """Threads that wait, and for which there is no job yet."""

    async def __call__(self, host: str) -> Sequence[str]:
        """The addresses of `host`. Raises socket.gaierror and other OSErrors."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[str]] = loop.create_future()
        if self._idle:
            self._idle -= 1
        else:
            self._begin_thread(loop)
        self._jobs.put(_Job(host, answer))
        return await answer

    def _begin_thread(self, loop: asyncio.AbstractEventLoop) -> None:
        # A thread whose asker has given up may be stuck for long yet, so it is none to wait for.
        thread = threading.Thread(target=self._work, args=(loop,), name="look-ups", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            # The system allows no more of them: then those that there are have to do.
            if not self._threads:
                raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        else:
            self._threads += 1

    def close(self) -> None:
        """Has each thread end when it is done with what it looks up."""
        for _ in range(self._threads):
            self._jobs.put(None)

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        while (job := self._jobs.get()) is not None:
            found, trouble = _looked_up(job.host)
            # The run, and its loop with it, may have ended meanwhile.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._tell, job.answer, found, trouble)

    def _tell(self, answer: asyncio.Future[Sequence[str]], found: list[str], trouble: OSError | None) -> None:
        self._idle += 1
        if answer.done():
            return
        if trouble is None:
            answer.set_result(found)
        else:
            answer.set_exception(trouble)


def _looked_up(host: str) -> tuple[list[str], OSError | None]:
    try:
        # In bytes, for Python's own codec for names refuses some that exist.
        entries = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    except OSError as error:
        return [], error
    return list(dict.fromkeys(str(entry[4][0]) for entry in entries)), None
