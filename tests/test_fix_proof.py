"""Fixes are safe: what kramdown renders before and after differs in the mended addresses only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from postlint.findings import Safety
from postlint.fixing import APPLIED_BY_DEFAULT, Fixed, fix_text
from postlint.post.source import Source
from postlint.run.checking import check
from postlint.run.discovery import discover
from postlint.run.files import Linter, Request
from postlint.run.reading import decode
from tests.conftest import Ruby

_ADDRESS = re.compile(r'(?<=href=")[^"]*(?=")|(?<=src=")[^"]*(?=")')
_BEFORE_BREAK = re.compile(r" +(?=<br />)")
"""What kramdown leaves of more than two spaces at a line's end: no reader sees it."""
_BLOGS = (
    *("JinyongJeong", "MinsonLee", "TaegyunWoo", "WooilJeong", "andrewcharlesjones", "buomsoo-kim"),
    *("greeksharifa", "hobeen-kim", "ratsgo", "sandokim", "seolhokim", "ukcastle"),
    "woongjoonchoi",
)


@dataclass(frozen=True)
class Mended:
    path: Path
    before: str
    after: str
    rules: frozenset[str]


def _fixed(linter: Linter, path: Path, text: str, safeties: frozenset[Safety]) -> Fixed:
    rules = linter.rules_for(path)
    return fix_text(text, lambda current: check(linter.post(path, Source(current)), rules), safeties)


def _mended(blog: Path, safeties: frozenset[Safety]) -> list[Mended]:
    linter = Linter(Request())
    mended = []
    for found in discover([blog], linter.leaves_out):
        source = decode(found.path.read_bytes())
        if not isinstance(source, Source):
            continue
        fixed = _fixed(linter, found.path, source.text, safeties)
        assert not fixed.cycle, found.path
        again = _fixed(linter, found.path, fixed.text, safeties)
        assert again.text == fixed.text, f"a second run changes {found.path}"
        if fixed.text != source.text:
            names = frozenset(finding.name for finding in fixed.applied)
            mended.append(Mended(found.path, source.text, fixed.text, names))
    return mended


def _rest(html: str) -> str:
    """The page but for its addresses."""
    return _ADDRESS.sub("", _BEFORE_BREAK.sub("", html))


def _render(ruby: Ruby, texts: list[str]) -> list[dict[str, Any]]:
    rendered: list[dict[str, Any]] = ruby("kramdown_html.rb", {"texts": texts})
    return rendered


@pytest.mark.jekyll
@pytest.mark.corpus
@pytest.mark.parametrize("blog", _BLOGS)
def test_safe_fixes_change_addresses_only(blog: str, corpus: Path, ruby: Ruby) -> None:
    (folder,) = [one for one in corpus.iterdir() if one.name.startswith(blog)]
    mended = _mended(folder, frozenset({Safety.SAFE}))
    assert mended, "nothing was mended: the blog proves nothing"
    before = _render(ruby, [one.before for one in mended])
    after = _render(ruby, [one.after for one in mended])
    changed_pages = changed_addresses = 0
    for one, old, new in zip(mended, before, after, strict=True):
        assert old["data"] == new["data"], f"{one.path}: the front matter says something else"
        assert _rest(old["html"]) == _rest(new["html"]), (one.path, one.rules)
        changed = sum(
            a != b for a, b in zip(_ADDRESS.findall(old["html"]), _ADDRESS.findall(new["html"]), strict=True)
        )
        changed_pages += bool(changed)
        changed_addresses += changed
    print(
        f"\n{folder.name}: {len(mended)} files mended, {changed_pages} pages changed, "
        f"in {changed_addresses} addresses and nothing else"
    )


@pytest.mark.jekyll
def test_mending_the_seed_post_changes_three_addresses_of_its_page(seed: Path, ruby: Ruby) -> None:
    linter = Linter(Request())
    text = seed.read_text(encoding="utf-8")
    fixed = _fixed(linter, seed, text, APPLIED_BY_DEFAULT)
    old, new = _render(ruby, [text, fixed.text])
    assert _rest(old["html"]) == _rest(new["html"])
    pairs = zip(_ADDRESS.findall(old["html"]), _ADDRESS.findall(new["html"]), strict=True)
    assert sum(a != b for a, b in pairs) == 3
