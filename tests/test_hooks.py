"""The hooks, as pre-commit itself builds and runs them on a blog."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

_PACKAGE = ("postlint", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

CLEAN = "---\ntitle: 봄\n---\n\n[한강](https://example.com/han)을 따라 걸었다.\n"
TRACKED = "---\ntitle: 봄\n---\n\n[한강](https://example.com/han?fbclid=IwAR0)을 따라 걸었다.\n"
ELIDED = "---\ntitle: 봄\n---\n\n[한강](https://example.com/%ED%95%9C[…]%95)을 따라 걸었다.\n"


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=_environment())


def _environment(**more: str) -> dict[str, str]:
    """Without the settings of whoever runs the tests, and with messages in English."""
    own = ("GIT_", "LC_", "LANG", "PRE_COMMIT")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    people = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "a"), ("EMAIL", "a@example.com"))
    }
    configuration = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return {**inherited, **people, **configuration, "LC_ALL": "C.UTF-8", **more}


def _repository(folder: Path) -> Path:
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "begin")
    return folder


@pytest.fixture(scope="module")
def postlint_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as it stands, as a repository that pre-commit can clone."""
    folder = tmp_path_factory.mktemp("postlint")
    for name in _PACKAGE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return _repository(folder)


class Ran:
    """What `pre-commit try-repo` with both hooks said of a blog with one post, and left of it."""

    def __init__(self, postlint_repository: Path, folder: Path, post: str) -> None:
        self.post = folder / "blog" / "_posts" / "2024-05-01-봄.md"
        self.post.parent.mkdir(parents=True)
        self.post.write_text(post, encoding="utf-8")
        # Neither hook is about files outside `_posts` and `_drafts`.
        (folder / "blog" / "README.md").write_text(ELIDED, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "try-repo", str(postlint_repository), "--all-files"],
            cwd=_repository(folder / "blog"),
            env=_environment(PRE_COMMIT_HOME=str(folder / "home"), PRE_COMMIT_COLOR="never"),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.output = done.stdout + done.stderr

    def outcome(self, hook: str) -> str:
        found = re.search(
            rf"^{hook}\.+(Passed|Failed|\(no files to check\)Skipped)$", self.output, re.MULTILINE
        )
        assert found, self.output
        return found[1]


@pytest.fixture(scope="module")
def faulty(postlint_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(postlint_repository, tmp_path_factory.mktemp("faulty"), TRACKED)


@pytest.fixture(scope="module")
def clean(postlint_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(postlint_repository, tmp_path_factory.mktemp("clean"), CLEAN)


def test_a_finding_fails_the_check(faulty: Ran) -> None:
    assert faulty.outcome("postlint") == "Failed"
    assert "_posts/2024-05-01-봄.md:5:" in faulty.output
    assert "URL020 tracking-parameter" in faulty.output


def test_a_mended_file_fails_the_fix_so_that_it_is_looked_at(faulty: Ran) -> None:
    assert faulty.outcome("postlint-fix") == "Failed"
    assert "files were modified by this hook" in faulty.output


def test_the_fix_mends_the_post(faulty: Ran) -> None:
    assert faulty.post.read_text(encoding="utf-8") == CLEAN


def test_a_clean_post_passes_both_hooks(clean: Ran) -> None:
    assert (clean.outcome("postlint"), clean.outcome("postlint-fix")) == ("Passed", "Passed")
    assert clean.post.read_text(encoding="utf-8") == CLEAN


@pytest.mark.parametrize(
    ("path", "is_a_post"),
    [
        ("_posts/2024-05-01-a.md", True),
        ("_posts/travel/2024-05-01-a.markdown", True),
        ("blog/_drafts/a.md", True),
        ("README.md", False),
        ("my_posts/a.md", False),
        ("_posts/a.png", False),
    ],
)
def test_the_hooks_are_about_posts_and_drafts(path: str, is_a_post: bool) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [bool(re.search(hook["files"], path)) for hook in hooks] == [is_a_post, is_a_post]
