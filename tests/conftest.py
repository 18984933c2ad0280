"""The real blogs beside the checkout, and the real Jekyll and Hugo."""

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

ROOT = Path(__file__).parent.parent
TRUTH = Path(__file__).parent / "truth"
CORPUS = ROOT.parent / "shared" / "corpus"
SEED = ROOT.parent / "shared" / "seed"

_REQUIRED = bool(os.environ.get("POSTLINT_REQUIRE_JEKYLL"))
_HUGO_REQUIRED = bool(os.environ.get("POSTLINT_REQUIRE_HUGO"))
_LIBRARIES = "require 'jekyll'; require 'kramdown-parser-gfm'; require 'nokogiri'"


def _has_jekyll() -> bool:
    ruby = shutil.which("ruby")
    if ruby is None:
        return False
    return subprocess.run([ruby, "-e", _LIBRARIES], capture_output=True, check=False).returncode == 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what needs Jekyll or Hugo where there is none, unless POSTLINT_REQUIRE_JEKYLL or
    POSTLINT_REQUIRE_HUGO says that there must be."""
    for marker, is_required, is_there, reason in (
        ("jekyll", _REQUIRED, _has_jekyll, "needs Ruby with jekyll, kramdown-parser-gfm and nokogiri"),
        ("hugo", _HUGO_REQUIRED, lambda: shutil.which("hugo") is not None, "needs hugo"),
    ):
        marked = [item for item in items if item.get_closest_marker(marker)]
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
