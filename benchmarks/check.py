"""How long `postlint check` takes, beside what it cannot be faster than and beside markdownlint-cli2.

    python benchmarks/check.py FOLDER [--runs N]

FOLDER holds posts; the one of median size is also checked alone. markdownlint-cli2 is installed by
npm into a temporary folder; without npm its row is missing. Times are of whole processes, run in
turn so that a busy machine slows all of them alike; compare the ratios.

postlint is the one installed beside the Python that runs this. Install it as users do (`pip install .`):
pip compiles it then, and an editable install may have to be compiled at every start.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

MARKDOWNLINT = "markdownlint-cli2@0.22"
_POSTLINT = (str(Path(sys.executable).with_name("postlint")), "check", "--no-config", "-q")
_IMPORTS = (sys.executable, "-c", "import click, mistune, yaml")

Command = Sequence[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of posts")
    parser.add_argument("--runs", type=int, default=15, help="runs of each command (default: 15)")
    arguments = parser.parse_args()
    posts = sorted(arguments.folder.rglob("*.md"), key=lambda path: (path.stat().st_size, path))
    if not posts:
        parser.error(f"there is no post in {arguments.folder}")

    post = posts[len(posts) // 2]
    one: dict[str, Command] = {
        "import click, mistune, yaml": _IMPORTS,
        "postlint, one post": (*_POSTLINT, str(post)),
    }
    _print_table(f"{post.name}, {post.stat().st_size / 1000:.0f} kB", medians(one, arguments.runs))

    with tempfile.TemporaryDirectory() as folder:
        many: dict[str, Command] = {f"postlint, {len(posts)} posts": (*_POSTLINT, str(arguments.folder))}
        if markdownlint := _install_markdownlint(Path(folder)):
            many[f"{MARKDOWNLINT}, {len(posts)} posts"] = (str(markdownlint), *map(str, posts))
        size = sum(path.stat().st_size for path in posts)
        _print_table(f"{len(posts)} posts, {size / 1000:.0f} kB", medians(many, arguments.runs))


def medians(commands: Mapping[str, Command], runs: int) -> dict[str, float]:
    """The median time of each command in seconds, without the first round, which fills the disk's cache."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, check=False)
            if done.returncode not in (0, 1):
                raise SystemExit(f"{name} failed:\n{done.stderr.decode(errors='replace')}")
            if number:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def _install_markdownlint(folder: Path) -> Path | None:
    npm = shutil.which("npm")
    if npm is None:
        return None
    subprocess.run(
        [npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder), MARKDOWNLINT],
        check=True,
    )
    return folder / "node_modules" / ".bin" / "markdownlint-cli2"


def _print_table(title: str, times: Mapping[str, float]) -> None:
    first = next(iter(times.values()))
    width = max(map(len, times))
    print(title)
    for name, seconds in times.items():
        print(f"  {name:<{width}}  {seconds * 1000:8.0f} ms  {seconds / first:6.2f} x")
    print()


if __name__ == "__main__":
    main()
