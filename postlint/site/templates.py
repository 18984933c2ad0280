"""What a Jekyll site's own templates ask of a page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from postlint.paths import beginning_of, is_folder
from postlint.patterns import lazy_bytes

_FOLDERS = ("_layouts", "_includes")
LONGEST = 1_000_000
"""Bytes of a template that are looked at; a longer file is a library that somebody put beside them."""
_KEY = lazy_bytes(rb"\b(?:page|layout)(?:\.([A-Za-z_][\w-]*)|\[\s*['\"]([^'\"\]]+)['\"]\s*\])")


def page_keys(root: Path) -> frozenset[str] | None:
    """The front-matter keys that the templates below `root` read; None where there are no templates."""
    folders = [root / name for name in _FOLDERS if is_folder(root / name)]
    if not folders:
        return None
    return frozenset(
        (one or other).decode("utf-8", "replace")
        for folder in folders
        for content in contents(folder)
        for one, other in _KEY.findall(content)
    )


def contents(folder: Path) -> Iterator[bytes]:
    """What is in each template below `folder`, as far as one is looked at."""
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                yield beginning_of(Path(parent) / name, LONGEST)
            except OSError:
                continue
