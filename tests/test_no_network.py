"""Whoever does not ask for the web gets none: nothing opens a socket, and no name is looked up."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from postlint.cli import main_group
from tests.conftest import ROOT

COMMANDS = [
    ["check"],
    ["check", "--select", "ALL", "--output-format", "json", "--no-cache"],
    ["check", "--fix"],
    ["fix"],
    ["fix", "--unsafe", "--diff"],
    ["rules"],
    ["rules", "--output-format", "markdown"],
    ["explain", "URL001"],
    ["inspect"],
    ["inspect", "_posts/2024-06-22-walk-along-the-han.md"],
    ["links", "--offline"],
    ["links", "export"],
    ["--help"],
    ["--version"],
]

WATCHED = """
import sys

def look(event, arguments):
    if event.startswith("socket."):
        print("OPENED", event, arguments, file=sys.stderr, flush=True)

sys.addaudithook(look)
from postlint.__main__ import main
main()
"""


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example blog, to be in."""
    folder = tmp_path / "blog"
    shutil.copytree(ROOT / "examples" / "blog", folder, ignore=shutil.ignore_patterns(".postlint_cache"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("blog")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_opens_a_socket(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *command],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "OPENED" not in done.stderr


def test_the_watch_would_see_one(blog: Path) -> None:
    (blog / ".postlint.yml").write_text("links: {controls: [], archive: ''}\n", encoding="utf-8")
    (blog / "a.md").write_text("---\n---\n[글](http://127.0.0.1:9999/)\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "check", "--links", "a.md"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "OPENED socket." in done.stderr


@pytest.mark.usefixtures("blog")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_opens_one_in_this_process(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*arguments: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "socketpair", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, forbidden)
    result = CliRunner().invoke(main_group, command, catch_exceptions=False)
    assert result.exit_code in (0, 1)
