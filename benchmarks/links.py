"""How long `postlint links` takes, beside what it cannot be faster than and beside other link checkers.

    python benchmarks/links.py [--addresses N] [--names N] [--connections N] [--tool NAME=COMMAND …]

Makes Markdown files with N addresses on as many names, and a web on loopback that answers each request after
100 ms. What an address really is stands in it, so that each checker's verdicts are counted as right or wrong.
Linux only, and as root (or where users may make namespaces): the names are in a hosts file that only the
checkers see.

All checkers get the same files, and are held to the same politeness as far as they have options for it:
postlint's defaults. What they really did is counted by the server. Beside each time stands how often it holds
the least time that a polite checker can take (one request per address and redirect, so many of them at once,
and for no name more a second than allowed), and the least that its own requests can take: postlint asks each
folder once for a page that cannot be, to know its soft 404, and asks again with GET whatever HEAD did not
find.

`--mix rough` adds pages that fail for a moment (503) or for good (500), and names that answer 429 to more
than five requests a second. postlint asks what failed again some seconds after it is done with its host, and
asks more slowly who complained; the least times have no such waits in them.

postlint is the one installed beside the Python that runs this. Install it as users do (`pip install .`): pip
compiles it then, and an editable install may have to be compiled at every start.

A checker that is not found is left out, and said to be. They are found by name, or where `--tool` says:

    npm install linkinator markdown-link-check
    pip install linkchecker
    cargo install lychee
    go install github.com/raviqqe/muffet/v2@latest
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from slow_web import Seen, SlowWeb

from postlint.web.settings import Settings

ALIVE, BROKEN, UNKNOWN = "alive", "broken", "unknown"
_KINDS = {
    # What the server does, what is true of it then, and the requests it takes to know.
    "ok": (ALIVE, 1),
    "moved": (ALIVE, 2),
    "found": (ALIVE, 2),
    "missing": (BROKEN, 1),
    "gone": (BROKEN, 1),
    "refusing": (UNKNOWN, 1),
    "failing": (BROKEN, 1),
    "flaky": (ALIVE, 2),
    "busy": (ALIVE, 1),
}
_PLAIN = {"moved": 4, "found": 2, "missing": 4, "gone": 1, "refusing": 1}
_MIXES = {"plain": _PLAIN, "rough": {**_PLAIN, "failing": 1, "flaky": 1}}
"""In percent; the rest is ok."""
_BUSY_NAMES = 50
"""In a rough mix, one of so many names has enough of more than five requests a second."""
_AS_HOSTS = 'mount --bind "$1" /etc/hosts && shift && exec "$@"'

Verdicts = Mapping[str, str]
"""What a checker says of each address: alive, broken or unknown."""


class Task(NamedTuple):
    """What the checkers are asked to do."""

    files: Sequence[Path]
    page: str
    """The address of a page with all the links, for those that read no files."""
    folder: Path
    """Where they may keep what they need."""
    connections: int
    per_host: int
    per_second: float
    interval: float
    """Seconds between two requests to a name, for a checker that paces what it is given, and not what that
    redirects to."""


class Checker(NamedTuple):
    """How one is called, and how its answer is read."""

    executable: str
    arguments: Callable[[Task], list[str]]
    read: Callable[[str], Verdicts]


class Run(NamedTuple):
    """How one went."""

    seconds: float
    cpu: float
    stolen: float
    """Seconds that other guests of the same host had this machine's processors meanwhile."""
    megabytes: float
    seen: Seen
    verdicts: Verdicts
    is_cut_short: bool


def main() -> None:
    arguments = _arguments()
    prefix = _namespace()
    hosts = _spread(arguments.addresses, arguments.names, arguments.spread)
    kinds = _mixed(arguments.addresses, _MIXES[arguments.mix])
    if arguments.mix == "rough":
        kinds = [
            "busy" if kind == "ok" and is_busy else kind
            for kind, is_busy in zip(kinds, map(_is_busy, hosts), strict=True)
        ]
    with tempfile.TemporaryDirectory() as name, SlowWeb(arguments.latency) as web:
        folder = Path(name)
        folder.chmod(0o755)  # LinkChecker drops root's rights
        addresses = [
            f"http://{host}:{web.port}/articles/{number}-{kind}"
            for number, (host, kind) in enumerate(zip(hosts, kinds, strict=True))
        ]
        files = _write(addresses, folder, arguments.files)
        _write_hosts(hosts, folder / "hosts")
        web.show(addresses)
        page = f"http://127.0.0.1:{web.port}/all"
        usual = Settings()
        task = Task(
            files,
            page,
            folder,
            arguments.connections,
            usual.per_host,
            usual.per_second,
            arguments.interval or 1 / usual.per_second,
        )
        least = _tell_least(arguments, hosts, kinds, task)
        checkers = {
            name: command
            for name in arguments.only or CHECKERS
            if (command := _found(name, arguments.tool)) is not None
        }
        runs: dict[str, list[Run]] = {name: [] for name in checkers}
        for _ in range(arguments.runs):
            for name, command in checkers.items():
                line = [*prefix, str(folder / "hosts"), *command, *CHECKERS[name].arguments(task)]
                runs[name].append(_run(line, CHECKERS[name], web, folder, arguments.limit))
        _tell(
            runs,
            least,
            lambda seen: _bound(seen.requests, seen.largest, task, arguments.latency),
            dict(zip(addresses, kinds, strict=True)),
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--addresses", type=int, default=5000)
    parser.add_argument("--names", type=int, default=500)
    parser.add_argument("--files", type=int, default=50, help="the addresses are spread over so many (50)")
    parser.add_argument("--latency", type=float, default=0.1, help="seconds before each answer (0.1)")
    parser.add_argument(
        "--connections",
        type=int,
        default=Settings().connections,
        help=f"requests on their way at once ({Settings().connections})",
    )
    parser.add_argument("--mix", choices=_MIXES, default="plain", help="what the server answers (plain)")
    parser.add_argument(
        "--spread",
        choices=("even", "zipf"),
        default="even",
        help="whether all names have as many addresses (even), or some many and most few (zipf)",
    )
    parser.add_argument(
        "--interval",
        type=float,
        help="seconds that lychee is told to leave between two requests to a name, of which it does not count"
        " redirects: see what it has a second (as many as the pace says)",
    )
    parser.add_argument("--limit", type=float, default=300.0, help="seconds that a checker may take (300)")
    parser.add_argument(
        "--runs", type=int, default=1, help="of each checker, by turns; the medians are shown (1)"
    )
    parser.add_argument(
        "--only", action="append", choices=CHECKERS, metavar="NAME", help="just these checkers"
    )
    parser.add_argument(
        "--tool", action="append", default=[], metavar="NAME=COMMAND", help="how a checker is called"
    )
    return parser.parse_args()


def _namespace() -> list[str]:
    """What a command is called by, after the path of a hosts file, to see that as the system's."""
    for options in (["--mount"], ["--map-root-user", "--mount"]):
        command = ["unshare", *options, "sh", "-c", _AS_HOSTS, "sh"]
        with contextlib.suppress(FileNotFoundError):
            if not subprocess.run([*command, "/etc/hosts", "true"], capture_output=True).returncode:
                return command
    raise SystemExit("the names need a namespace of their own, which `unshare --mount` cannot make here")


def _mixed(count: int, mix: Mapping[str, int]) -> list[str]:
    kinds = [kind for kind, percent in mix.items() for _ in range(count * percent // 100)]
    kinds += ["ok"] * (count - len(kinds))
    random.Random(1).shuffle(kinds)
    return kinds


def _spread(count: int, names: int, spread: str) -> list[str]:
    weights = [1.0 if spread == "even" else 1 / (rank + 10) for rank in range(names)]
    hosts = [f"site{name}.internal" for name in range(names)]
    left = count - names
    shares = [int(left * weight / sum(weights)) for weight in weights]
    for name in range(left - sum(shares)):
        shares[name % names] += 1
    chosen = [host for host, share in zip(hosts, shares, strict=True) for _ in range(share + 1)]
    random.Random(2).shuffle(chosen)
    return chosen


def _is_busy(host: str) -> bool:
    return int(host.removeprefix("site").partition(".")[0]) % _BUSY_NAMES == _BUSY_NAMES // 2


def _write(addresses: Sequence[str], folder: Path, count: int) -> list[Path]:
    paths = []
    for number in range(count):
        path = folder / "notes" / f"notes-{number:03}.md"
        path.parent.mkdir(exist_ok=True)
        lines = (f"- What [an article]({address}) says of it.\n" for address in addresses[number::count])
        path.write_text(f"# Notes {number}\n\n{''.join(lines)}", encoding="utf-8")
        paths.append(path)
    return paths


def _write_hosts(hosts: Iterable[str], path: Path) -> None:
    # Each name has an address of its own, for who counts connections by address.
    places = (f"127.{1 + number // 250}.{number % 250}.1" for number in range(1 << 16))
    lines = [f"{place} {host}\n" for host, place in zip(dict.fromkeys(hosts), places, strict=False)]
    path.write_text("127.0.0.1 localhost\n" + "".join(lines), encoding="ascii")
    path.chmod(0o644)


def _tell_least(
    arguments: argparse.Namespace, hosts: Sequence[str], kinds: Sequence[str], task: Task
) -> float:
    """Prints what is measured; the seconds that any checker takes."""
    requests = [_KINDS[kind][1] for kind in kinds]
    per_host: Counter[str] = Counter()
    for host, number in zip(hosts, requests, strict=True):
        per_host[host] += number
    largest = max(per_host.values())
    latency = arguments.latency
    bound = _bound(sum(requests), largest, task, latency)
    print(
        f"{len(kinds):,} addresses on {len(per_host)} names ({arguments.spread}, {arguments.mix}), "
        f"{latency * 1000:.0f} ms; {task.connections} connections, {task.per_host} and "
        f"{task.per_second:g} requests a second per name\n"
        f"{sum(requests):,} requests tell all, {largest} of them one name: {bound:.2f} s at least\n"
    )
    return bound


def _bound(requests: int, largest: int, task: Task, latency: float) -> float:
    """The seconds that so many requests take at least, so many of them to one name."""
    paced = (largest - 1) / min(task.per_second, task.per_host / latency) + latency
    return max(requests * latency / task.connections, paced)


def _found(name: str, tools: Iterable[str]) -> list[str] | None:
    given = dict(tool.split("=", 1) for tool in tools)
    if name in given:
        return shlex.split(given[name])
    executable = CHECKERS[name].executable
    beside = Path(sys.executable).with_name(executable)
    if beside.exists():
        return [str(beside)]
    if (path := shutil.which(executable)) is not None:
        return [path]
    print(f"{name} is left out: there is no {executable} on the PATH")
    return None


def _run(line: Sequence[str], checker: Checker, web: SlowWeb, folder: Path, limit: float) -> Run:
    web.seen()
    stolen = _stolen()
    output, errors = folder / "output", folder / "errors"
    begun = time.perf_counter()
    with output.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(line, stdout=out, stderr=err, cwd=folder, start_new_session=True)
        timer = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
    seconds = time.perf_counter() - begun
    is_cut_short = os.WIFSIGNALED(status)
    verdicts: Verdicts = {}
    if not is_cut_short:
        try:
            verdicts = checker.read(output.read_text(encoding="utf-8"))
        except (ValueError, KeyError, TypeError) as error:
            said = errors.read_text(encoding="utf-8", errors="replace")
            raise SystemExit(f"{checker.executable} did not answer as expected: {error!r}\n{said}") from error
    return Run(
        seconds,
        usage.ru_utime + usage.ru_stime,
        _stolen() - stolen,
        usage.ru_maxrss / 1024,
        web.seen(),
        verdicts,
        is_cut_short,
    )


def _stolen() -> float:
    """The seconds, of all processors together, in which this machine had work and no processor (proc(5))."""
    ticks = Path("/proc/stat").read_text(encoding="ascii").split(maxsplit=9)[8]
    return int(ticks) / os.sysconf("SC_CLK_TCK")


def _tell(
    runs: Mapping[str, Sequence[Run]],
    least: float,
    bound: Callable[[Seen], float],
    kinds: Mapping[str, str],
) -> None:
    truth = Counter(_KINDS[kind][0] for kind in kinds.values())
    print(
        f"{'':<20} {'seconds':>8} {'x least':>8} {'x own':>6} {'cpu s':>6} {'stolen':>6} {'MB':>5} "
        f"{'requests':>9} {'in all':>7} {'at once':>8} {'a second':>9} {'alive':>6} "
        f"{'broken':>7} {'unknown':>8} {'wrong':>6}\n"
        f"{'the truth':<20} {'':>81} {truth[ALIVE]:>6} {truth[BROKEN]:>7} {truth[UNKNOWN]:>8}"
    )
    wrong: dict[str, Counter[str]] = {}
    for name, all_runs in runs.items():
        run = sorted(all_runs, key=lambda run: run.seconds)[len(all_runs) // 2]
        seen = run.seen
        measured = (
            f"{name:<20} {run.seconds:8.2f} {run.seconds / least:8.2f} {run.seconds / bound(seen):6.2f} "
            f"{run.cpu:6.1f} {run.stolen:6.1f} {run.megabytes:5.0f} {seen.requests:9,} "
            f"{seen.in_all:7} {seen.at_once:8} {seen.in_a_second:9}"
        )
        if run.is_cut_short:
            print(f"{measured}  ended by the limit, when {seen.addresses:,} addresses had been asked")
            continue
        said = {address: run.verdicts.get(address, "not told") for address in kinds}
        mix = Counter(said.values())
        wrong[name] = Counter(
            f"{kinds[address]} is {verdict}"
            for address, verdict in said.items()
            if verdict != _KINDS[kinds[address]][0]
        )
        print(f"{measured} {mix[ALIVE]:6} {mix[BROKEN]:7} {mix[UNKNOWN]:8} {wrong[name].total():6}")
    print(
        "\nx least: of what any checker takes at least; x own: of what its own requests take at least\n"
        "stolen: seconds that the machine's host gave its processors to others; many of them, and the run "
        "tells little\n"
        "in all: the most requests at once; at once, a second: the most that one name had\nwrong:"
    )
    for name, counts in wrong.items():
        print(f"  {name}: " + (", ".join(f"{count} x {what}" for what, count in counts.items()) or "none"))


def _paths(task: Task) -> list[str]:
    # linkinator takes what begins with a slash for a place on its own server.
    return [str(path.relative_to(task.folder)) for path in task.files]


def _postlint(task: Task) -> list[str]:
    configuration = task.folder / "postlint.yml"
    configuration.write_text(f"links:\n  connections: {task.connections}\n", encoding="ascii")
    options = ("--output-format", "json", "--allow-private", "--no-cache", "--config", str(configuration))
    return ["links", *_paths(task), *options]


_POSTLINT_VERDICTS = {
    **dict.fromkeys(("alive", "moved", "redirected"), ALIVE),
    **dict.fromkeys(("broken", "gone", "unreachable", "soft-404", "tls"), BROKEN),
}


def _read_postlint(output: str) -> Verdicts:
    links = json.loads(output)["links"]
    return {link["url"]: _POSTLINT_VERDICTS.get(link["verdict"], UNKNOWN) for link in links}


def _lychee(task: Task) -> list[str]:
    return [
        *("--no-progress", "--format", "json", "--verbose", "--max-concurrency", str(task.connections)),
        *("--host-concurrency", str(task.per_host)),
        *("--host-request-interval", f"{1000 * task.interval:.0f}ms"),
        *_paths(task),
    ]


def _read_lychee(output: str) -> Verdicts:
    answer = json.loads(output)
    verdicts = {}
    for key, verdict in (
        ("success_map", ALIVE),
        ("error_map", BROKEN),
        ("timeout_map", BROKEN),
        ("excluded_map", UNKNOWN),
    ):
        for links in answer[key].values():
            verdicts.update((link["url"], verdict) for link in links)
    return verdicts


def _linkinator(task: Task) -> list[str]:
    options = ("--markdown", "--format", "json", "--retry", "--concurrency", str(task.connections))
    return [*_paths(task), *options]


def _read_linkinator(output: str) -> Verdicts:
    states = {"OK": ALIVE, "BROKEN": BROKEN}
    # What it says before the JSON is about the configuration.
    links = json.loads(output[output.index("{") :])["links"]
    return {link["url"]: states.get(link["state"], UNKNOWN) for link in links}


def _linkchecker(task: Task) -> list[str]:
    configuration = task.folder / "linkcheckerrc"
    configuration.write_text(
        f"[checking]\nmaxrequestspersecond={task.per_second}\n[MarkdownCheck]\n", encoding="ascii"
    )
    return [
        *("-f", str(configuration), "--check-extern", "--no-robots", "--no-status", "--verbose", "-o", "csv"),
        *("-r1", "-t", str(task.connections)),
        *_paths(task),
    ]


def _read_linkchecker(output: str) -> Verdicts:
    rows = csv.DictReader((line for line in output.splitlines() if not line.startswith("#")), delimiter=";")
    return {row["urlname"]: ALIVE if row["valid"] == "True" else BROKEN for row in rows}


def _markdown_link_check(task: Task) -> list[str]:
    return ["--retry", *_paths(task)]


def _read_markdown_link_check(output: str) -> Verdicts:
    states = {"✓": ALIVE, "✖": BROKEN}
    found = re.findall(r"\[(.)\] (http://\S+)", output)
    return {address: states.get(mark, UNKNOWN) for mark, address in found}


def _muffet(task: Task) -> list[str]:
    # By its documentation: where this was written it could not be installed.
    return [
        *("--one-page-only", "--format=json", "--verbose", f"--max-connections={task.connections}"),
        *(f"--max-connections-per-host={task.per_host}", task.page),
    ]


def _read_muffet(output: str) -> Verdicts:
    links = [link for page in json.loads(output) for link in page["links"]]
    return {link["url"]: BROKEN if "error" in link else ALIVE for link in links}


CHECKERS = {
    "postlint": Checker("postlint", _postlint, _read_postlint),
    "lychee": Checker("lychee", _lychee, _read_lychee),
    "linkinator": Checker("linkinator", _linkinator, _read_linkinator),
    "muffet": Checker("muffet", _muffet, _read_muffet),
    "markdown-link-check": Checker("markdown-link-check", _markdown_link_check, _read_markdown_link_check),
    "linkchecker": Checker("linkchecker", _linkchecker, _read_linkchecker),
}


if __name__ == "__main__":
    main()
