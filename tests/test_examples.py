"""The example blog has exactly the faults that it is there to show, and `fix` leaves exactly the rest."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from postlint.run.discovery import discover
from postlint.run.files import Linter
from postlint.run.parallel import process_files
from postlint.run.request import Mode, Request
from postlint.run.results import FileResult
from tests.conftest import ROOT

BLOG = ROOT / "examples" / "blog"
UNPUBLISHED = "2024-09-autumn.md"
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
    ("2024-08-17-attention-by-hand.md", 7, "SITE001"),
    ("2024-08-17-attention-by-hand.md", 8, "MATH011"),
    ("2024-08-17-attention-by-hand.md", 12, "MATH002"),
    ("2024-08-17-attention-by-hand.md", 18, "MATH004"),
    ("2024-08-17-attention-by-hand.md", 22, "MATH003"),
    ("2024-09-07-deploy-with-actions.md", 8, "SITE004"),
    ("2024-09-07-deploy-with-actions.md", 12, "PAGE006"),
    ("2024-09-07-deploy-with-actions.md", 16, "URL012"),
    ("2024-09-07-deploy-with-actions.md", 28, "LIQ002"),
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
    ("2024-08-17-attention-by-hand.md", 3, "FM018"),
    ("2024-08-17-attention-by-hand.md", 34, "SITE002"),
    ("2024-08-17-attention-by-hand.md", 35, "SITE001"),
    ("2024-09-07-deploy-with-actions.md", 6, "PAGE007"),
    ("2024-09-07-deploy-with-actions.md", 10, "HEAD004"),
    ("2024-09-07-deploy-with-actions.md", 14, "PAGE005"),
    ("2024-09-07-deploy-with-actions.md", 18, "SITE003"),
    (UNPUBLISHED, 1, "FM010"),
}
GIVEN_WAY: set[Fault] = {
    ("2024-08-17-attention-by-hand.md", 22, "PAGE004"),
    ("2024-09-07-deploy-with-actions.md", 16, "URL007"),
}
"""What is told of the same places where the rule that says more of them is off."""


def run(blog: Path, mode: Mode, *, config: Path | None = None) -> list[FileResult]:
    request = Request(mode=mode, config=config, no_config=config is None, no_cache=True)
    linter = Linter(request)
    paths = [found.path for found in discover([blog], linter.leaves_out)]
    return list(process_files(request, linter, paths))


def faults(results: list[FileResult]) -> set[Fault]:
    return {
        (Path(result.path).name, located.place.line, located.finding.code)
        for result in results
        for located in result.findings
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BLOG, tmp_path / "blog"))


def test_the_blog_has_exactly_these_faults() -> None:
    assert faults(run(BLOG, Mode.CHECK)) == MENDED_BY_FIX | LEFT_TO_THE_AUTHOR


def test_fix_leaves_exactly_what_needs_the_author(copy: Path) -> None:
    assert faults(run(copy, Mode.FIX)) == LEFT_TO_THE_AUTHOR


def test_a_second_fix_changes_nothing(copy: Path) -> None:
    run(copy, Mode.FIX)
    assert [result.path for result in run(copy, Mode.FIX) if result.change] == []


def test_the_commit_hook_expects_exactly_these_faults() -> None:
    by_file: dict[str, set[str]] = {}
    for name, _, code in MENDED_BY_FIX | LEFT_TO_THE_AUTHOR | GIVEN_WAY:
        by_file.setdefault(name, set()).add(code)
    settings = yaml.safe_load(EXPECTED_FAULTS.read_text(encoding="utf-8"))
    assert {name: set(codes) for name, codes in settings["per-file-ignores"].items()} == by_file


def test_the_commit_hook_finds_no_others() -> None:
    assert faults(run(BLOG, Mode.CHECK, config=EXPECTED_FAULTS)) == set()


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
        if path.name != UNPUBLISHED
    )
