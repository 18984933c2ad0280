"""Standard streams that cannot be written or read: one line, status 2, and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")

POST = "---\ntitle: 봄\n---\n\n[글](https://example.org/a?utm_source=b)\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "_config.yml").write_text("title: 봄\n", encoding="utf-8")
    (tmp_path / "_posts").mkdir()
    for number in range(1, 10):
        (tmp_path / "_posts" / f"2024-05-0{number}-a.md").write_text(POST, encoding="utf-8")
    return tmp_path


def call(folder: Path, command: str, redirection: str, locale: str = "C.UTF-8") -> tuple[int, str]:
    """The exit status of `postlint command`, and what it says on standard error."""
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m postlint {command} {redirection}', sys.executable],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": locale},
        check=False,
    )
    return done.returncode, done.stderr


COMMANDS = [
    "check",
    "check --output-format json",
    "fix --diff --quiet",
    "fix --quiet - < _posts/2024-05-01-a.md",
    "links --offline",
    "links --offline --output-format json",
    "inspect",
    "inspect --output-format json",
    "rules",
    "explain URL007",
    "--help",
    "check --help",
    "--version",
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_that_is_full_is_told(blog: Path, command: str) -> None:
    told = "Standard output cannot be written: No space left on device\n"
    assert call(blog, command, "> /dev/full") == (2, told)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_standard_output_that_is_closed_is_told(blog: Path, command: str) -> None:
    told = "Standard output cannot be written: Bad file descriptor\n"
    assert call(blog, command, ">&-") == (2, told)


def test_it_is_told_in_korean_too(blog: Path) -> None:
    code, told = call(blog, "rules", ">&-", "ko_KR.UTF-8")
    assert (code, told.split(":")[0]) == (2, "표준 출력에 쓸 수 없습니다")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_goes_away_is_no_fault(blog: Path, command: str) -> None:
    assert call(blog, command, "| true") == (0, "")


@pytest.mark.parametrize("redirection", ["> /dev/null 2>&-", "> /dev/null 2> /dev/full"])
def test_a_standard_error_that_cannot_be_written_is_no_fault(blog: Path, redirection: str) -> None:
    assert call(blog, "check", redirection) == (1, "")


def test_a_standard_input_that_is_closed_is_told(blog: Path) -> None:
    code, told = call(blog, "check -", "<&-")
    assert code == 2
    assert "Standard input (-) is closed." in told
