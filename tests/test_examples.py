"""The example blog has exactly the faults that it is there to show, and `fix` leaves exactly the rest."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from postlint.run.discovery import discover
from postlint.run.files import FileResult, Linter, Mode, Request
from tests.conftest import ROOT

BLOG = ROOT / "examples" / "blog"
EXPECTED_FAULTS = ROOT / "examples" / "expected-faults.yml"

Fault = tuple[str, int, str]
"""File, line and code."""

MENDED_BY_FIX: set[Fault] = {
    ("2024-04-06-study-week-2.md", 10, "URL007"),
    ("2024-04-06-study-week-2.md", 11, "URL020"),
    ("2024-04-20-moving-to-jekyll.md", 2, "FM003"),
    ("2024-04-20-moving-to-jekyll.md", 23, "PAGE009"),
    ("2024-05-11-jeju.md", 3, "FM016"),
    ("2024-05-11-jeju.md", 19, "PAGE009"),
    ("2024-06-01-reading-list.md", 9, "URL020"),
    ("2024-06-01-reading-list.md", 12, "URL020"),
}
LEFT_TO_THE_AUTHOR: set[Fault] = {
    ("2024-03-16-gradient-descent.md", 20, "HEAD001"),
    ("2024-03-16-gradient-descent.md", 22, "MATH001"),
    ("2024-04-06-study-week-2.md", 8, "URL001"),
    ("2024-04-06-study-week-2.md", 9, "URL003"),
    ("2024-04-20-moving-to-jekyll.md", 15, "URL013"),
    ("2024-05-11-jeju.md", 4, "FM014"),
    ("2024-05-11-jeju.md", 12, "PAGE001"),
    ("2024-06-01-reading-list.md", 11, "URL002"),
    ("2024-06-01-reading-list.md", 14, "URL024"),
}


def run(blog: Path, mode: Mode) -> list[FileResult]:
    linter = Linter(Request(mode=mode, no_config=True))
    return [linter.process(found.path) for found in discover([blog], lambda path: False)]


def faults(results: list[FileResult]) -> list[Fault]:
    return sorted(
        (Path(result.path).name, located.place.line, located.finding.code)
        for result in results
        for located in result.findings
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BLOG, tmp_path / "blog"))


def test_the_blog_has_exactly_these_faults() -> None:
    assert faults(run(BLOG, Mode.CHECK)) == sorted(MENDED_BY_FIX | LEFT_TO_THE_AUTHOR)


def test_fix_leaves_exactly_what_needs_the_author(copy: Path) -> None:
    assert faults(run(copy, Mode.FIX)) == sorted(LEFT_TO_THE_AUTHOR)


def test_a_second_fix_changes_nothing(copy: Path) -> None:
    run(copy, Mode.FIX)
    assert [result.path for result in run(copy, Mode.FIX) if result.change] == []


def test_the_commit_hook_expects_exactly_these_faults() -> None:
    by_file: dict[str, set[str]] = {}
    for name, _, code in MENDED_BY_FIX | LEFT_TO_THE_AUTHOR:
        by_file.setdefault(name, set()).add(code)
    settings = yaml.safe_load(EXPECTED_FAULTS.read_text(encoding="utf-8"))
    assert {name: set(codes) for name, codes in settings["per-file-ignores"].items()} == by_file


@pytest.mark.jekyll
def test_jekyll_builds_the_blog(copy: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run(
        ["jekyll", "build", "--source", str(copy), "--destination", str(site), "--disable-disk-cache"],
        check=True,
        capture_output=True,
    )
    posts = sorted(path.parent.name for path in site.glob("*/*/*/index.html"))
    # Without its front matter, the post whose YAML does not parse has lost its address too.
    assert posts == sorted(
        path.stem if path.stem == "2024-04-20-moving-to-jekyll" else path.stem[len("2024-00-00-") :]
        for path in (BLOG / "_posts").glob("*.md")
    )
