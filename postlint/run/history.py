"""Whole addresses that a blog itself knows: in its posts, and in what these were before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from postlint.run.git import ask_git
from postlint.run.reading import read_bytes
from postlint.urls import split_url
from postlint.web.answers import is_incomplete

_ADDRESS = re.compile(r"https?://(?:[^\s<>\"'`\[\]]|\[(?:…|\.{3})\])+")
_TRAILING = ".,;:!?*_"
"""What stands behind an address in a sentence rather than in it."""
_PATIENCE = 20.0
"""Seconds for git; the history of one file is read far faster, but for the largest repositories."""


def knower(posts: Iterable[Path], damaged: Iterable[Path]) -> Callable[[str], tuple[str, ...]]:
    """A function that gives the addresses at the host of an address, each once.

    They are those of `posts`, and of what the `damaged` posts once said, by their repository. Nothing is
    read before it is first called.
    """
    posts, damaged = tuple(posts), tuple(damaged)

    @lru_cache(maxsize=1)
    def by_host() -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for text in (*map(_text, posts), *map(_former, damaged)):
            for address in addresses(text):
                found.setdefault(_host(address), {})[address] = None
        return found

    return lambda address: tuple(by_host().get(_host(address), ()))


def addresses(text: str) -> Iterator[str]:
    """The whole addresses on the web in any text, without what ends a link or a sentence behind them."""
    for match in _ADDRESS.finditer(text):
        address = match[0]
        if is_incomplete(address):
            continue
        while address and (address[-1] in _TRAILING or address.count(")") > address.count("(")):
            address = address.rpartition(")")[0] if address[-1] not in _TRAILING else address[:-1]
        yield address


def _host(address: str) -> str:
    return split_url(address).host.lower()


def _text(path: Path) -> str:
    content = read_bytes(path)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _former(path: Path) -> str:
    """All that was ever written in the file at `path`, as git tells it; nothing where git cannot say."""
    plainly = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv")
    answer = ask_git(path.parent, "log", "-p", "--follow", *plainly, "--", path.name, seconds=_PATIENCE)
    return "" if answer is None else answer.stdout.decode("utf-8", "replace")
