"""The rule heading-not-recognised where kramdown reads its own dialect, not GFM."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.findings import Safety
from postlint.fixing import fix_text
from postlint.post.nodes import Heading
from postlint.post.source import Source
from postlint.rules.heading.heading_not_recognised import HeadingNotRecognised
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.request import Request


@pytest.fixture
def post_path(tmp_path: Path) -> Path:
    (tmp_path / "_config.yml").write_text("kramdown:\n  input: kramdown\n", encoding="utf-8")
    (tmp_path / "_posts").mkdir()
    return tmp_path / "_posts" / "2024-05-01-example.md"


def mended(path: Path, text: str) -> str:
    linter, rules = Linter(Request(no_config=True)), [HeadingNotRecognised()]
    return fix_text(
        text, lambda current: check(linter.post(path, Source(current)), rules), frozenset({Safety.REPAIR})
    ).text


def test_a_heading_right_below_text_gets_the_blank_line_that_makes_it_one(post_path: Path) -> None:
    text = mended(post_path, "먼저 준비한다.\n## 설치\n\n글\n")
    assert text == "먼저 준비한다.\n\n## 설치\n\n글\n"
    nodes = Linter(Request(no_config=True)).post(post_path, Source(text)).nodes
    assert [node.text() for node in nodes if isinstance(node, Heading)] == ["설치"]


def test_the_line_ends_of_the_file_are_kept(post_path: Path) -> None:
    assert mended(post_path, "글\r\n## 설치\r\n") == "글\r\n\r\n## 설치\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "글\n\n## 설치\n",
        "글\n#해시태그\n",
        "글 `a\n## 코드\nb` 글\n",
        "글\n  ## 들여쓴 줄\n",
        "글\n\\## 기호\n",
    ],
)
def test_what_is_a_heading_or_was_not_to_be_one_stays(post_path: Path, text: str) -> None:
    assert mended(post_path, text) == text
