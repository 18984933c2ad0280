"""Many files at once: as many processes as there are cores, where that saves more than they cost."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from postlint.run.files import Linter
from postlint.run.request import Mode, Request
from postlint.run.results import FileResult, Unit

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from postlint.site.index import SiteIndex
    from postlint.web.answers import Answers

_WORTH_FORKING = 200_000
"""Bytes of Markdown that take about as long to check as a forked process to begin."""
_WORTH_SPAWNING = 4_000_000
"""The same where a process must begin anew and import postlint again."""
_CHUNKS_PER_PROCESS = 4


def process_files(
    request: Request,
    linter: Linter,
    paths: Sequence[Path],
    ask: Callable[[Mapping[Path, Unit]], None] | None = None,
) -> Iterator[FileResult]:
    """The result of each of `paths`, in their order.

    Where the web is to be asked, `ask` is called with all files that could be read, before the first result.
    """
    units = examine_files(request, linter, paths) if request.mode is Mode.CHECK or ask is not None else {}
    if ask is not None:
        ask({path: unit for path, unit in units.items() if isinstance(unit, Unit)})
    if request.mode is Mode.CHECK:
        for path in paths:
            result = units.pop(path)
            yield linter.linked(path, result) if isinstance(result, Unit) else result
        return
    if linter.needs_sites(paths):
        linter.blogs.prepare(paths)
    yield from _each(_process, linter.process, request, linter, paths)


def examine_files(request: Request, linter: Linter, paths: Sequence[Path]) -> dict[Path, Unit | FileResult]:
    """Each file alone, in as many processes as there are cores; the result where it cannot be read."""
    units: dict[Path, Unit | FileResult] = {}
    for path in paths:
        if (unit := linter.remembered(path)) is not None:
            units[path] = unit
    new = [path for path in paths if path not in units]
    examined = _each(_examine, linter.unit, request, linter, new)
    # While the others are at work:
    if request.asking is not None:
        import postlint.run.links  # noqa: F401 - what asks the web takes a third of a second to load
    if linter.needs_sites(paths):
        linter.blogs.prepare(paths)
    for path, result in zip(new, examined, strict=True):
        units[path] = result
        if isinstance(result, Unit):
            linter.remember(path, result)
    for path, result in units.items():
        if isinstance(result, Unit):
            linter.note(path, result)
    return units


_Result = TypeVar("_Result")


def _each(
    there: Callable[[Path], _Result],
    here: Callable[[Path], _Result],
    request: Request,
    linter: Linter,
    paths: Sequence[Path],
) -> Iterator[_Result]:
    """What becomes of each of `paths`: `there` in other processes, or `here`.

    The others begin at once, before the first result is asked for.
    """
    processes = _process_count(paths)
    if processes < 2:
        return map(here, paths)
    return _or_here(_in_processes(there, request, linter, paths, processes), here, paths)


def _or_here(
    results: Iterator[_Result], here: Callable[[Path], _Result], paths: Sequence[Path]
) -> Iterator[_Result]:
    done = 0
    for result in results:
        yield result
        done += 1
    yield from map(here, paths[done:])


def _in_processes(
    there: Callable[[Path], _Result], request: Request, linter: Linter, paths: Sequence[Path], processes: int
) -> Iterator[_Result]:
    """The results of `paths`, but for the last ones where processes cannot be had any more."""
    # Only a run over many files pays for this import.
    from concurrent.futures import ProcessPoolExecutor

    try:
        known = (request, linter.blogs.indexes, linter.answers)
        pool = ProcessPoolExecutor(processes, initializer=_begin, initargs=known)
        size = max(1, len(paths) // (processes * _CHUNKS_PER_PROCESS))
        results = pool.map(there, paths, chunksize=size)
    except (ImportError, NotImplementedError, OSError):
        return iter(())  # no shared memory, as in some containers
    return _gathered(pool, results)


def _gathered(pool: ProcessPoolExecutor, results: Iterator[_Result]) -> Iterator[_Result]:
    from concurrent.futures.process import BrokenProcessPool

    with pool:
        try:
            yield from results
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


def _begin(request: Request, indexes: Mapping[Path, SiteIndex | None], answers: Answers | None) -> None:
    global _linter
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the run once, and not in every process
    _linter = Linter(request, indexes, answers)


def _process(path: Path) -> FileResult:
    assert _linter is not None, "the pool did not call _begin"
    return _linter.process(path)


def _examine(path: Path) -> Unit | FileResult:
    assert _linter is not None, "the pool did not call _begin"
    return _linter.unit(path)
