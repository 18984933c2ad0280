"""Many files at once: as many processes as there are cores, where that saves more than they cost."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from postlint.run.files import FileResult, Linter, Request

_WORTH_FORKING = 200_000
"""Bytes of Markdown that take about as long to check as a forked process to begin."""
_WORTH_SPAWNING = 4_000_000
"""The same where a process must begin anew and import postlint again."""
_CHUNKS_PER_PROCESS = 4


def process_files(request: Request, linter: Linter, paths: Sequence[Path]) -> Iterator[FileResult]:
    """The result of each of `paths`, in their order."""
    processes = _process_count(paths)
    done = 0
    if processes > 1:
        for result in _in_processes(request, paths, processes):
            yield result
            done += 1
    yield from map(linter.process, paths[done:])


def _in_processes(request: Request, paths: Sequence[Path], processes: int) -> Iterator[FileResult]:
    """The results of `paths`, but for the last ones where processes cannot be had any more."""
    # Only a run over many files pays for these imports.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    try:
        pool = ProcessPoolExecutor(processes, initializer=_begin, initargs=(request,))
    except (ImportError, NotImplementedError, OSError):
        return  # no shared memory, as in some containers
    size = max(1, len(paths) // (processes * _CHUNKS_PER_PROCESS))
    with pool:
        try:
            yield from pool.map(_process, paths, chunksize=size)
        except BrokenProcessPool:
            return  # somebody ended one, as the system does for want of memory


def _process_count(paths: Sequence[Path]) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2 or len(paths) < 2:
        return 1
    worth = _WORTH_FORKING if sys.platform == "linux" else _WORTH_SPAWNING
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size
        except (OSError, ValueError):
            continue
        if total > worth:
            return min(cores, len(paths))
    return 1


_linter: Linter | None = None


def _begin(request: Request) -> None:
    global _linter
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the run once, and not in every process
    _linter = Linter(request)


def _process(path: Path) -> FileResult:
    assert _linter is not None, "the pool did not call _begin"
    return _linter.process(path)
