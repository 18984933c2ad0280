"""Blogs in temporary folders, and what the real Jekyll makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from postlint.site.jekyll.site import JekyllBlog
from tests.site.cases import NOW

Write = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a blog's files below a new folder, and gives the folder back."""
    count = 0

    def written(files: Mapping[str, str]) -> Path:
        nonlocal count
        count += 1
        root = tmp_path / str(count)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return written


@pytest.fixture
def blog(write: Write) -> Callable[..., JekyllBlog]:
    """The blog that some files make, `_config.yml` among them or not."""

    def made(files: Mapping[str, str]) -> JekyllBlog:
        return JekyllBlog(write(files), NOW)

    return made
