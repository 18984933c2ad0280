"""Paths as users mean them, and questions about them that raise nothing."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path


def shown(path: Path) -> str:
    """`path` with `/` between its parts.

    Its name is read as UTF-8 whatever the locale; a byte that is none becomes a lone surrogate.
    """
    text = path.as_posix()
    if os.name == "nt" or sys.getfilesystemencoding() == "utf-8":
        return text
    return os.fsencode(text).decode("utf-8", "surrogateescape")


def absolute(path: Path) -> Path:
    """`path` from the root, without `..`. Symbolic links stay what the user called them."""
    return _absolute(path, os.getcwd())  # noqa: PTH109 - as for abspath, which asks for it too


@lru_cache(maxsize=65_536)  # a run asks for the same paths over and over
def _absolute(path: Path, _here: str) -> Path:
    whole = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow symbolic links
    return path if whole == str(path) else Path(whole)


def is_file(path: Path) -> bool:
    """Whether there is a file; there is none where the system will not say."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder; there is none where the system will not say."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def exists(path: Path) -> bool:
    """Whether there is anything; there is nothing where the system will not say."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


_AT_ONCE = 1 << 16
"""Bytes that are asked for of any file: those of the system (`/proc`) say that they have none."""


def beginning_of(path: Path, most: int) -> bytes:
    """The first bytes of a file, no more than `most`. Raises OSError, and ValueError for no path at all."""
    with path.open("rb") as file:
        # To get the memory for `most` of them takes longer than to read a post.
        size = os.fstat(file.fileno()).st_size
        return file.read(min(most, max(size, _AT_ONCE) + 1))


def text_of(path: Path) -> str:
    """The text of a file, without its byte order mark; none where it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
