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
from postlint.registry import all_rules
from postlint.rule import Bad
from postlint.run.checking import check
from postlint.run.discovery import discover
from postlint.run.files import Linter, Request
from postlint.run.reading import decode
from tests.conftest import Ruby

_ADDRESS = re.compile(r'(?<=href=")[^"]*(?=")|(?<=src=")[^"]*(?=")')
_AUTOLINK = re.compile(r'(<a href="([^"]*)">)\2(</a>)')
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
    """The page but for its addresses; what an autolink shows is one, too."""
    html = _AUTOLINK.sub(lambda match: match[1] + match[2].partition("?")[0] + match[3], html)
    return _ADDRESS.sub("", _BEFORE_BREAK.sub("", html))


def _render(ruby: Ruby, texts: list[str]) -> list[dict[str, Any]]:
    rendered: list[dict[str, Any]] = ruby("kramdown_html.rb", {"texts": texts})
    return rendered


_HANGUL, _TRACKED = "https://ko.wikipedia.org/wiki/한글", "https://arxiv.org/abs/1706.03762?fbclid=IwAR0"

SNIPPETS = [
    f"[글]({_HANGUL}) 과 [논문]({_TRACKED})\n",
    f'[글]({_HANGUL} "제목 한글") ![그림]({_HANGUL}.png)\n',
    f"<{_HANGUL}> 과 <{_TRACKED}>\n",
    f"## <{_HANGUL}>\n\n## <{_TRACKED}>\n\n## [{_HANGUL}]({_HANGUL})\n",
    f"<{_HANGUL}_가_나>와 <{_HANGUL}--다>\n",
    f"[글][1], [논문][2]\n\n[1]: {_HANGUL}\n[2]: <{_TRACKED}> 'title'\n",
    f"| 이름 | 주소 |\n|---|---|\n| 글 | [글]({_HANGUL}) |   \n| 논문 | <{_TRACKED}> |\n",
    f"- 하나   \n  [글]({_HANGUL})   \n  - 둘    \n    > 인용   \n    > [논문]({_TRACKED})    \n",
    f"각주[^1]   \n다음\n\n[^1]: [글]({_HANGUL})   \n    이어서   \n",
    f'<a href="{_HANGUL}">글</a> <img src="{_TRACKED}&amp;utm_source=a"/>   \n',
    f'<div>\n<a href="{_HANGUL}?utm_source=a&amp;no=1">글</a>   \n</div>\n',
    f'[글](<{_HANGUL}> "두 줄   \n제목")   \n![두   \n줄]({_HANGUL})\n',
    f"[괄호]({_HANGUL}_(문자)) **[굵게]({_TRACKED}#한글)**   \n",
    f"`{_TRACKED}   `   \n\n    {_HANGUL}    \n\n```\n{_TRACKED}   \n```\n",
    f"$$x   \ny$$   \n수식   \n\n$$\nx   \n$$\n\n[글]({_HANGUL})\n",
    f"*[한글]: 문자\n\n<{_HANGUL}> 한글\n",
    "# 제목   \n\n제목   \n===   \n\n***   \n\n글   \n\n> 인용   \n\n1. 하나   \n\n2. 둘   \n",
]
"""Bodies with everything that a safe fix mends, wherever it may stand."""

_WITH_FRONT_MATTER = "---\ntitle: 글  \ntags: [가, 나] \n---\n\n"


@pytest.mark.jekyll
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_safe_fix_changes_addresses_only_wherever_they_stand(line_end: str, ruby: Ruby) -> None:
    linter, path = Linter(Request(no_config=True)), Path("_posts/2024-05-01-proof.md")
    texts = [(_WITH_FRONT_MATTER + body).replace("\n", line_end) for body in SNIPPETS]
    mended = [_fixed(linter, path, text, frozenset({Safety.SAFE})).text for text in texts]
    assert all(old != new for old, new in zip(texts, mended, strict=True)), "a snippet proves nothing"
    for body, old, new in zip(SNIPPETS, _render(ruby, texts), _render(ruby, mended), strict=True):
        assert old["data"] == new["data"], body
        assert _rest(old["html"]) == _rest(new["html"]), body


@pytest.mark.jekyll
def test_a_safe_fix_of_a_rule_changes_addresses_only(ruby: Ruby) -> None:
    """Every example that a rule says it mends safely, as its documentation shows it."""
    linter = Linter(Request(no_config=True))
    texts, mended = [], []
    for rule in all_rules():
        for example in rule.examples:
            if isinstance(example, Bad) and example.path.startswith("_posts"):
                fixed = _fixed(linter, Path(example.path), example.source, frozenset({Safety.SAFE})).text
                if fixed != example.source:
                    texts.append(example.source)
                    mended.append(fixed)
    assert len(texts) > 5
    for text, old, new in zip(texts, _render(ruby, texts), _render(ruby, mended), strict=True):
        assert old["data"] == new["data"], text
        assert _rest(old["html"]) == _rest(new["html"]), text


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
