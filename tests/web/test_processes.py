"""Runs as processes of their own: one that is killed, and two at once with one memory."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

RUN = """
import asyncio, sys
from pathlib import Path
from postlint.web.memory import Memory
from postlint.web.probing import probe
from postlint.web.settings import Settings

path, agent, addresses = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]

async def run():
    settings = Settings(allow_private=True, controls=(), siblings=False, per_second=1e6, user_agent=agent)
    with Memory(path) as memory:
        async for found in probe(addresses, settings, memory):
            print(found.verdict.value, found.address, flush=True)
        assert memory.trouble is None, memory.trouble

asyncio.run(run())
"""


class Site:
    """A site on loopback that answers when `lets_answer` returns, and knows who asked for what."""

    def __init__(self) -> None:
        self.lets_answer: Callable[[str, str], None] = lambda agent, path: None
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self) -> None:
                agent = self.headers["User-Agent"]
                site.asked.append((agent, self.path))
                site.lets_answer(agent, self.path)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Who asked is not there any more."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def begin(memory: Path, agent: str, addresses: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(memory), agent, *addresses],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def kept(memory: Path) -> list[str]:
    """The addresses in a file that is whole."""
    file = sqlite3.connect(memory)
    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    addresses = [row[0] for row in file.execute("SELECT address FROM link ORDER BY address")]
    file.close()
    return addresses


def test_a_run_goes_on_where_a_killed_one_was(site: Site, tmp_path: Path) -> None:
    addresses = [f"{site.root}/{number:03}" for number in range(200)]
    goes_on = threading.Event()

    def stop_at_150(agent: str, path: str) -> None:
        if agent == "killed" and path >= "/150":
            goes_on.wait(60)

    site.lets_answer = stop_at_150
    killed = begin(tmp_path / "links.sqlite", "killed", addresses)
    assert killed.stdout is not None
    told = [killed.stdout.readline() for _ in range(150)]
    assert all(line.startswith("alive") for line in told)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    goes_on.set()
    known = kept(tmp_path / "links.sqlite")
    assert len(known) >= 128, "it is written whenever 64 are known"

    next_one = begin(tmp_path / "links.sqlite", "next", addresses)
    output, errors = next_one.communicate(timeout=60)
    assert (next_one.returncode, errors) == (0, "")
    assert sorted(output.splitlines()) == [f"alive {address}" for address in addresses]
    asked = sorted(f"{site.root}{path}" for agent, path in site.asked if agent == "next")
    assert asked == sorted(set(addresses) - set(known))
    assert kept(tmp_path / "links.sqlite") == addresses


def test_two_runs_at_once_with_one_memory_both_end_right(site: Site, tmp_path: Path) -> None:
    shared = [f"{site.root}/{number:03}" for number in range(150)]
    own = {agent: [f"{site.root}/{agent}/{number:03}" for number in range(50)] for agent in ("one", "other")}
    both_are_there = {agent: threading.Event() for agent in own}

    def wait_for_the_other(agent: str, path: str) -> None:
        both_are_there[agent].set()
        assert all(event.wait(60) for event in both_are_there.values())

    site.lets_answer = wait_for_the_other
    runs = {agent: begin(tmp_path / "links.sqlite", agent, [*shared, *own[agent]]) for agent in own}
    for agent, run in runs.items():
        output, errors = run.communicate(timeout=60)
        assert (run.returncode, errors) == (0, "")
        assert sorted(output.splitlines()) == [f"alive {address}" for address in shared + own[agent]]
    assert kept(tmp_path / "links.sqlite") == sorted([*shared, *own["one"], *own["other"]])
