"""Which files a run reads."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from postlint.named import NamedTuple
from postlint.paths import absolute, exists, is_folder
from postlint.run.git import ask_git

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
        if is_folder(path):
            inside = list(_markdown_files(path, is_excluded))
            ignored = ignored_by_git(path, inside)
            for file in inside:
                if file not in ignored:
                    found.setdefault(absolute(file), Found(file, named=False))
        else:
            found.setdefault(absolute(path), Found(path, named=True))
    return sorted(found.values(), key=lambda one: one.path.as_posix())


def _markdown_files(folder: Path, is_excluded: Callable[[Path], bool]) -> Iterator[Path]:
    """The files below `folder`, and the folders that cannot be read, so that they are told.

    Symbolic links to folders are followed, each folder is entered once: a loop ends.
    """
    entered: set[tuple[int, int]] = set()
    closed: list[Path] = []
    for parent, folders, files in os.walk(folder, followlinks=True, onerror=_remember(closed)):
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
            file = here / name
            if name.startswith(".") or not name.lower().endswith(SUFFIXES) or is_excluded(file):
                continue
            if not _is_device(file):
                yield file
    yield from closed


def _remember(folders: list[Path]) -> Callable[[OSError], None]:
    return lambda error: folders.append(Path(error.filename))


def _is_device(path: Path) -> bool:
    """Whether to read `path` might never end: a pipe, a socket. What is not there is none of them."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)


def ignored_by_git(folder: Path, files: Sequence[Path]) -> set[Path]:
    """Those of `files`, all below `folder`, that git ignores.

    git itself is asked, and none are where it cannot say. A `folder` that is ignored itself was
    named by the user all the same, so nothing in it is.
    """
    if not files or not _is_in_repository(folder):
        return set()
    ignored = _ask_git(folder, [folder, *files])
    if ignored is None:
        # git stops at a file beyond a symbolic link or in a submodule: each folder is asked for its own.
        by_parent: dict[Path, list[Path]] = {folder: [folder]}
        for file in files:
            by_parent.setdefault(file.parent, []).append(file)
        asked = (_ask_git(parent, inside) for parent, inside in by_parent.items())
        ignored = {file for answer in asked if answer for file in answer}
    return set() if folder in ignored else ignored


def _ask_git(folder: Path, files: Sequence[Path]) -> set[Path] | None:
    """Those of `files` that the repository of `folder` ignores; None if git would not say of all."""
    here = absolute(folder)
    names = [os.fsencode(os.path.relpath(absolute(file), here)) for file in files]
    answer = ask_git(here, "check-ignore", "-z", "--stdin", given=b"\0".join(names))
    if answer is None:
        return set()
    if answer.returncode not in (_SOME_IGNORED, _NONE_IGNORED):
        return None
    ignored = set(answer.stdout.split(b"\0"))
    return {file for file, name in zip(files, names, strict=True) if name in ignored}


_SOME_IGNORED, _NONE_IGNORED = 0, 1


def _is_in_repository(folder: Path) -> bool:
    whole = absolute(folder)
    return any(exists(parent / ".git") for parent in (whole, *whole.parents))
