"""Which files a run reads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".md", ".markdown")
LEFT_OUT = frozenset({"_site", "vendor", "node_modules"})
"""Folders of built pages and of other people's files; hidden ones are left out too."""


class Found(NamedTuple):
    """A file to read. `named` files were given by the user and are read whatever they are."""

    path: Path
    named: bool


def discover(paths: Iterable[Path], is_excluded: Callable[[Path], bool]) -> list[Found]:
    """The files that `paths` mean, each once, in the order of their names.

    A folder means its Markdown files, at any depth, but for hidden, built, foreign, git-ignored
    and excluded ones. What is named itself is read even if it does not exist, so that it is told.
    """
    found: dict[Path, Found] = {}
    for path in paths:
        if path.is_dir():
            inside = list(_markdown_files(path, is_excluded))
            ignored = _ignored_by_git(path, inside)
            for file in inside:
                if file not in ignored:
                    found.setdefault(file, Found(file, named=False))
        else:
            found[path] = Found(path, named=True)
    return sorted(found.values(), key=lambda one: one.path.as_posix())


def _markdown_files(folder: Path, is_excluded: Callable[[Path], bool]) -> Iterator[Path]:
    """Symbolic links to folders are followed, each folder is entered once: a loop ends."""
    entered: set[tuple[int, int]] = set()
    for parent, folders, files in os.walk(folder, followlinks=True):
        try:
            status = Path(parent).stat()
        except OSError:
            folders.clear()
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in entered:
            folders.clear()
            continue
        entered.add(identity)
        here = Path(parent)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in LEFT_OUT and not is_excluded(here / name)
        )
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES) and not is_excluded(here / name):
                yield here / name


def _ignored_by_git(folder: Path, files: list[Path]) -> set[Path]:
    """Those of `files` that git ignores: git itself is asked, and none are where it cannot say."""
    if not files or not _is_in_repository(folder):
        return set()
    import subprocess  # only a folder in a repository pays for it

    names = [os.fsencode(file.absolute()) for file in files]
    try:
        answer = subprocess.run(
            ["git", "-C", os.fspath(folder.absolute()), "check-ignore", "-z", "--stdin"],
            input=b"\0".join(names),
            capture_output=True,
            check=False,
        )
    except OSError:
        return set()
    ignored = set(answer.stdout.split(b"\0"))
    return {file for file, name in zip(files, names, strict=True) if name in ignored}


def _is_in_repository(folder: Path) -> bool:
    absolute = folder.absolute()
    return any((parent / ".git").exists() for parent in (absolute, *absolute.parents))
