"""The real blogs beside the checkout, and the real Jekyll, Hugo and MathJax."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

EXAMPLES = os.environ.get("POSTLINT_EXAMPLES")
"""How many random texts each property is held against, new ones each time; none means the same ones at
every run, so that a change is judged by what it changed."""
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("search", max_examples=int(EXAMPLES or 0) or 1, deadline=None)
settings.load_profile("search" if EXAMPLES else "same")


ROOT = Path(__file__).parent.parent
TRUTH = Path(__file__).parent / "truth"
CORPUS = ROOT.parent / "shared" / "corpus"
SEED = ROOT.parent / "shared" / "seed"

MATHJAX = os.environ.get("POSTLINT_MATHJAX")
"""The folder in which npm has installed mathjax-full@3."""

_LIBRARIES = "require 'jekyll'; require 'kramdown-parser-gfm'; require 'nokogiri'"


def _has_jekyll() -> bool:
    ruby = shutil.which("ruby")
    if ruby is None:
        return False
    return subprocess.run([ruby, "-e", _LIBRARIES], capture_output=True, check=False).returncode == 0


def _has_mathjax() -> bool:
    return MATHJAX is not None and shutil.which("node") is not None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what needs Jekyll, Hugo or MathJax where there is none.

    POSTLINT_REQUIRE_JEKYLL, …_HUGO and …_MATHJAX say that there must be.
    """
    for marker, is_there, reason in (
        ("jekyll", _has_jekyll, "needs Ruby with jekyll, kramdown-parser-gfm and nokogiri"),
        ("hugo", lambda: shutil.which("hugo") is not None, "needs hugo"),
        ("mathjax", _has_mathjax, "needs node, and POSTLINT_MATHJAX: where npm has put mathjax-full@3"),
    ):
        marked = [item for item in items if item.get_closest_marker(marker)]
        is_required = bool(os.environ.get(f"POSTLINT_REQUIRE_{marker.upper()}"))
        if marked and not is_required and not is_there():
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=reason))


Ruby = Callable[[str, Any], Any]


@pytest.fixture(scope="session")
def ruby() -> Ruby:
    """Runs a script of `tests/truth` with JSON on its standard input, and gives back its JSON."""

    def run(script: str, value: Any) -> Any:
        done = subprocess.run(
            ["ruby", str(TRUTH / script)],
            input=json.dumps(value).encode(),
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real blogs, unpacked, a folder each."""
    if not CORPUS.is_dir():
        pytest.skip("the real blogs are not beside the checkout")
    folder = tmp_path_factory.mktemp("corpus")
    subprocess.run([sys.executable, str(CORPUS / "unpack.py"), str(folder)], check=True, capture_output=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def seed() -> Path:
    """The post that this project began with."""
    if not SEED.is_dir():
        pytest.skip("the seed post is not beside the checkout")
    return SEED / "2021-08-13-w2.md"
