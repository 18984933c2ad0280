"""The same findings, in the same order, in one process and in several."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from postlint.run import parallel
from postlint.run.files import Linter
from postlint.run.parallel import process_files
from postlint.run.request import Mode, Request
from postlint.run.results import FileResult

REQUEST = Request(no_config=True, select=("HEAD001", "PAGE009", "PAGE011", "LINT003"))


@pytest.fixture
def posts(tmp_path: Path) -> list[Path]:
    """Twelve posts with two findings each, a file that is no text, and one that is not there."""
    folder = tmp_path / "_posts"
    folder.mkdir()
    paths = []
    for day in range(1, 13):
        path = folder / f"2024-05-{day:02}-글.md"
        path.write_text(f"## 봄\n\n#### 여름 {day}\n\n줄    \n다음\n", encoding="utf-8")
        paths.append(path)
    (folder / "그림.md").write_bytes(b"\x89PNG\0")
    return [*paths, folder / "그림.md", folder / "없음.md"]


@pytest.fixture
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_process_count", lambda paths: 2)


def run(paths: list[Path], request: Request = REQUEST) -> list[FileResult]:
    return list(process_files(request, Linter(request), paths))


def test_several_processes_find_what_one_finds(posts: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_process_count", lambda paths: 1)
    alone = run(posts)
    monkeypatch.setattr(parallel, "_process_count", lambda paths: 3)
    assert run(posts) == alone
    assert [result.path for result in alone] == [path.as_posix() for path in posts]
    assert [len(result.findings) for result in alone] == [2] * 12 + [1, 1]


@pytest.mark.usefixtures("two_processes")
def test_several_processes_mend_what_one_mends(posts: list[Path]) -> None:
    results = run(posts, Request(Mode.FIX, no_config=True, select=("PAGE009",)))
    assert [len(result.applied) for result in results] == [1] * 12 + [0, 0]
    assert all("줄  \n" in path.read_text(encoding="utf-8") for path in posts[:12])


@pytest.mark.usefixtures("two_processes")
def test_where_no_process_can_be_had_this_one_does_the_work(
    posts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: ProcessPoolExecutor, *args: Any, **kwargs: Any) -> None:
        raise PermissionError(13, "Permission denied", "/dev/shm")

    monkeypatch.setattr(ProcessPoolExecutor, "__init__", refuse)
    assert [result.path for result in run(posts)] == [path.as_posix() for path in posts]


def _end_at_the_ninth(path: Path) -> FileResult:
    if "05-09" in path.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return Linter(REQUEST).process(path)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
@pytest.mark.usefixtures("two_processes")
def test_a_process_that_was_ended_is_made_up_for(posts: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_process", _end_at_the_ninth)
    assert [result.path for result in run(posts)] == [path.as_posix() for path in posts]


def test_few_bytes_are_worth_no_process(posts: list[Path]) -> None:
    assert parallel._process_count(posts) == 1


def test_many_bytes_are_worth_processes_where_there_are_cores(
    posts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(4)), raising=False)
    posts[0].write_text("봄\n" * 2_000_000, encoding="utf-8")
    assert parallel._process_count(posts) == 4
    assert parallel._process_count(posts[:2]) == 2
    assert parallel._process_count(posts[:1]) == 1
