"""How long all rules take beside the parsing that none of them can do without, and which take longest.

    python benchmarks/rules.py FOLDER [--rounds N]

FOLDER holds posts. They are parsed (read, front matter, Liquid, the engine's tree) and checked with
all rules, turn by turn in this one process and without a cache, so that a busy machine slows both alike;
times are medians of what the processor spent. Then each rule is timed in one more run, behind the parsing;
what several of them share, such as the addresses of a post, counts for the first that asks for it.
"""

from __future__ import annotations

import argparse
import functools
import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from postlint.findings import Finding
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.rule import Rule
from postlint.run.discovery import discover
from postlint.run.files import Linter
from postlint.run.reading import decode, read_bytes
from postlint.run.request import Request
from postlint.run.results import Unit

_SHOWN = 15
_REQUEST = Request(select=("ALL",), no_cache=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of posts")
    parser.add_argument("--rounds", type=int, default=7, help="times that each is done (default: 7)")
    arguments = parser.parse_args()
    paths = [found.path for found in discover([arguments.folder], Linter(_REQUEST).leaves_out)]
    if not paths:
        parser.error(f"there is no post in {arguments.folder}")
    gc.disable()  # as good as off in a run of the command, too
    check(Linter(_REQUEST), paths)  # modules, regular expressions and data are loaded once
    parsing: list[float] = []
    checking: list[float] = []
    for _ in range(arguments.rounds):
        parsing.append(_timed(lambda: parse(Linter(_REQUEST), paths)))
        checking.append(_timed(lambda: check(Linter(_REQUEST), paths)))
    _print_comparison(len(paths), statistics.median(parsing), statistics.median(checking))
    _print_rules(time_of_rules(paths))


def parse(linter: Linter, paths: list[Path]) -> None:
    """Makes the tree of every post, and throws it away."""
    for path in paths:
        content = read_bytes(path)
        source = decode(content) if isinstance(content, bytes) else None
        if isinstance(source, Source):
            _ = linter.post(path, source).nodes


def check(linter: Linter, paths: list[Path]) -> None:
    """What a run of the command does once it has found its files, in one process."""
    units = [(path, linter.unit(path)) for path in paths]
    linter.blogs.prepare(paths)
    for path, unit in units:
        if isinstance(unit, Unit):
            linter.note(path, unit)
    for path, unit in units:
        if isinstance(unit, Unit):
            linter.linked(path, unit)


class _ParsingFirst(Linter):
    def post(self, path: Path, source: Source) -> Post:
        post = super().post(path, source)
        _ = post.nodes
        return post


def time_of_rules(paths: list[Path]) -> dict[str, float]:
    """The seconds that each rule takes over all `paths`, by its code and name."""
    times: dict[str, float] = defaultdict(float)
    _forget()
    linter = _ParsingFirst(_REQUEST)
    configs = {id(config): config for config in map(linter.config_for, paths)}
    for config in configs.values():
        for rule in (*config.enabled, *config.enabled_for_sites):
            rule.check = _timing(rule, times)
    check(linter, paths)
    return times


def _timing(rule: Rule, times: dict[str, float]) -> Callable[..., Iterator[Finding]]:
    original, name = rule.check, f"{rule.code} {rule.name}"

    def timed(*asked_of: object) -> Iterator[Finding]:
        start = time.process_time()
        findings = list(original(*asked_of))
        times[name] += time.process_time() - start
        return iter(findings)

    return timed


def _timed(work: Callable[[], None]) -> float:
    gc.collect()
    _forget()
    start = time.process_time()
    work()
    return time.process_time() - start


def _forget() -> None:
    """Empties what is remembered of texts and addresses, as it is in a new process; tables of data stay."""
    for one in gc.get_objects():
        if (
            isinstance(one, functools._lru_cache_wrapper)
            and one.__module__.startswith("postlint.")
            and one.cache_parameters()["maxsize"] is not None
        ):
            one.cache_clear()


def _print_comparison(count: int, parsing: float, checking: float) -> None:
    print(f"{count} posts")
    print(f"  parsing alone         {parsing * 1000:8.0f} ms  {1:6.2f} x")
    print(f"  check with all rules  {checking * 1000:8.0f} ms  {checking / parsing:6.2f} x")
    print()


def _print_rules(times: dict[str, float]) -> None:
    slowest = sorted(times.items(), key=lambda one: -one[1])
    print(f"{len(times)} rules, {sum(times.values()) * 1000:.0f} ms; the slowest:")
    for name, seconds in slowest[:_SHOWN]:
        print(f"  {name:<45} {seconds * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
