"""Which files a run reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from postlint.run.discovery import discover


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def found(*paths: Path, excluded: Iterable[str] = ()) -> list[str]:
    """The files that the paths mean, relative to the first one."""
    leaves_out = set(excluded)
    is_excluded: Callable[[Path], bool] = lambda path: path.name in leaves_out  # noqa: E731
    base = paths[0] if paths[0].is_dir() else paths[0].parent
    return [os.path.relpath(one.path, base) for one in discover(paths, is_excluded)]


def test_a_folder_means_its_markdown_files(tmp_path: Path) -> None:
    touch(tmp_path, "b.md", "a.markdown", "C.MD", "a.txt", "a.mdx", "md", "a.md.bak", "_posts/old/d.md")
    assert found(tmp_path) == ["C.MD", "_posts/old/d.md", "a.markdown", "b.md"]


LEFT_OUT = [
    ".hidden.md",
    ".git/a.md",
    ".jekyll-cache/deep/a.md",
    "_site/a.md",
    "vendor/bundle/a.md",
    "node_modules/x/readme.md",
    "blog/_site/a.md",
]


@pytest.mark.parametrize("name", LEFT_OUT)
def test_hidden_built_and_foreign_files_are_left_out(name: str, tmp_path: Path) -> None:
    touch(tmp_path, name, "a.md")
    assert found(tmp_path) == ["a.md"]


@pytest.mark.parametrize("name", [*LEFT_OUT, "a.txt", "없음.md"])
def test_a_file_that_is_named_is_always_read(name: str, tmp_path: Path) -> None:
    if name != "없음.md":
        touch(tmp_path, name)
    (one,) = discover([tmp_path / name], lambda path: True)
    assert (one.path, one.named) == (tmp_path / name, True)


@pytest.mark.parametrize("name", ["_site", ".drafts", "node_modules"])
def test_a_folder_that_is_named_is_always_read(name: str, tmp_path: Path) -> None:
    touch(tmp_path, f"{name}/a.md")
    assert found(tmp_path / name) == ["a.md"]


def test_what_the_configuration_excludes_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.md", "b.md", "old/c.md")
    assert found(tmp_path, excluded=["b.md", "old"]) == ["a.md"]


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "_posts/a.md", "_posts/b.md")
    monkeypatch.chdir(tmp_path)
    paths = [
        Path("_posts/b.md"),
        Path("_posts"),
        Path(),
        tmp_path / "_posts" / "a.md",
        Path("../") / tmp_path.name,
    ]
    assert [one.path.name for one in discover(paths, lambda path: False)] == ["a.md", "b.md"]


def test_paths_are_shown_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "_posts/a.md")
    monkeypatch.chdir(tmp_path)
    for given, shown in [
        (Path(), "_posts/a.md"),
        (Path("_posts"), "_posts/a.md"),
        (Path("./_posts"), "_posts/a.md"),
    ]:
        assert [one.path.as_posix() for one in discover([given], lambda path: False)] == [shown]


NAMES = [
    "봄이 온다.md",
    unicodedata.normalize("NFD", "봄이 온다.md"),
    "with space.md",
    "new\nline.md",
    "'quote\".md",
    "-dash.md",
    "🌱.md",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_may_be_odd(name: str, tmp_path: Path) -> None:
    touch(tmp_path, name, f"{name} folder/a.md")
    assert set(found(tmp_path)) == {name, f"{name} folder/a.md"}


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="names are text there")
def test_a_name_may_be_no_utf8(tmp_path: Path) -> None:
    name = os.fsdecode("봄.md".encode("cp949"))
    touch(tmp_path, name)
    assert found(tmp_path) == [name]


# Symbolic links


def test_a_folder_behind_a_symbolic_link_is_read(tmp_path: Path) -> None:
    touch(tmp_path, "content/a.md", "blog/b.md")
    (tmp_path / "blog" / "_posts").symlink_to(tmp_path / "content")
    assert found(tmp_path / "blog") == ["_posts/a.md", "b.md"]


def test_a_circle_of_symbolic_links_ends(tmp_path: Path) -> None:
    touch(tmp_path, "_posts/a.md", "_posts/deep/b.md")
    (tmp_path / "_posts" / "deep" / "up").symlink_to(tmp_path)
    (tmp_path / "_posts" / "self").symlink_to(tmp_path / "_posts")
    assert found(tmp_path) == ["_posts/a.md", "_posts/deep/b.md"]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("없음.md")
    (tmp_path / "b.md").symlink_to("b.md")
    assert found(tmp_path) == ["a.md", "b.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
def test_a_pipe_in_a_folder_is_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert found(tmp_path) == []


# git

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that ignores `ignored/`, `*.draft.md` and `봄.md`."""
    folder = tmp_path / "blog"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / ".gitignore").write_text("ignored/\n*.draft.md\n봄.md\n", encoding="utf-8")
    return folder


@needs_git
def test_what_git_ignores_is_left_out(repository: Path) -> None:
    touch(
        repository, "a.md", "a.draft.md", "ignored/b.md", "_posts/봄.md", "_posts/c.md", "new\nline.draft.md"
    )
    assert found(repository) == ["_posts/c.md", "a.md"]
    assert found(repository / "_posts") == ["c.md"]


@needs_git
def test_what_git_keeps_in_spite_of_that_is_read(repository: Path) -> None:
    touch(repository, "a.draft.md")
    git(repository, "add", "-f", "a.draft.md")
    assert found(repository) == ["a.draft.md"]


@needs_git
def test_an_ignored_file_or_folder_that_is_named_is_read(repository: Path) -> None:
    touch(repository, "a.draft.md", "ignored/b.md", "ignored/deep/c.md")
    assert found(repository / "a.draft.md") == ["a.draft.md"]
    assert found(repository / "ignored") == ["b.md", "deep/c.md"]


@needs_git
def test_what_is_ignored_beside_a_symbolic_link_is_left_out_too(repository: Path, tmp_path: Path) -> None:
    touch(repository, "a.md", "a.draft.md", "_posts/b.draft.md")
    touch(tmp_path, "content/c.md")
    (repository / "content").symlink_to(tmp_path / "content")
    assert found(repository) == ["a.md", "content/c.md"]


@needs_git
def test_what_is_ignored_beside_a_submodule_is_left_out_too(repository: Path) -> None:
    touch(repository, "a.draft.md", "theme/readme.md", "theme/x.md")
    git(repository / "theme", "init", "-q")
    (repository / "theme" / ".gitignore").write_text("x.md\n", encoding="utf-8")
    git(repository / "theme", "commit", "-q", "--allow-empty", "-m", "theme")
    git(repository, "add", "theme")
    assert found(repository) == ["theme/readme.md"]


@needs_git
def test_a_repository_that_another_one_ignores_has_its_own_rules(repository: Path) -> None:
    touch(repository, "ignored/a.md", "ignored/b.md")
    git(repository / "ignored", "init", "-q")
    (repository / "ignored" / ".gitignore").write_text("b.md\n", encoding="utf-8")
    assert found(repository / "ignored") == ["a.md"]


@needs_git
def test_the_environment_of_a_hook_does_not_mislead(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(repository, "a.md", "a.draft.md")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "elsewhere")
    assert found(repository) == ["a.md"]


@needs_git
def test_without_git_nothing_is_ignored(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(repository, "a.md", "a.draft.md")
    monkeypatch.setenv("PATH", "")
    assert found(repository) == ["a.draft.md", "a.md"]
