"""A machine that allows few open files, each of which a connection is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from postlint.web.files import most_connections, most_files, most_kept
from tests.web.served import Reply, Served

pytest.importorskip("resource", reason="this system does not count sockets as files")

RUN = """
import asyncio, collections, resource, sys
from postlint.web.memory import Memory
from postlint.web.probing import probe
from postlint.web.settings import Settings

now, most, hosts, port = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))

async def run():
    resolve = {(f"h{number}.test", port): "127.0.0.1" for number in range(hosts)}
    settings = Settings(resolve=resolve, controls=(), siblings=False, second_try_after=0.0, connections=32)
    addresses = [f"http://{host}:{port}/x" for host, _ in resolve]
    found = collections.Counter()
    async for one in probe(addresses, settings, Memory()):
        found[one.verdict.value, one.evidence.detail] += 1
    print(dict(found))

asyncio.run(run())
"""


@pytest.mark.parametrize(("now", "most"), [(128, 128), (128, 400)])
def test_many_hosts_are_asked_with_few_files(tmp_path: Path, now: int, most: int) -> None:
    served = Served({"/x": Reply()})
    try:
        done = subprocess.run(
            [sys.executable, "-c", RUN, *map(str, (now, most, 500, served.port))],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    finally:
        served.close()
    assert (done.stdout.strip(), done.stderr) == ("{('alive', ''): 500}", "")


def test_all_connections_together_are_fewer_than_the_files() -> None:
    for files in (1, 64, 128, 256, 1024, 4096):
        connections = min(128, most_connections(files))
        assert 0 < 2 * connections + 4 * most_kept(files, connections) <= max(files, 2)


def test_the_usual_limits_leave_the_usual_connections() -> None:
    assert most_files() >= 128
    assert most_connections(1024) >= 128
    assert most_kept(4096, 128) >= 500
