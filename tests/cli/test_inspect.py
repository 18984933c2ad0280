"""`postlint inspect`: what a post, or a whole blog, will become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group

POST = """\
---
title: 첫 글
tags: [산책]
---
## 한강에서

[둘째](/second/#끝) [밖](https://example.com/a) [없음](/third/) ![그림](../img/a.png)

$$
x^2
$$
"""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    files = {
        "_config.yml": "url: https://blog.example\npermalink: /:title/\ntimezone: Asia/Seoul\n",
        "_posts/2020-01-02-first.md": POST,
        "_posts/2020-01-03-second.md": "---\n---\n## 끝\n",
        "_posts/notes.md": "",
        "_drafts/idea.md": "---\n---\n",
        "img/a.png": "",
        "about.md": "---\n---\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def inspect(*arguments: object) -> Result:
    return CliRunner().invoke(main_group, ["inspect", *map(str, arguments)])


def as_json(*arguments: object) -> dict[str, Any]:
    result = inspect(*arguments, "--output-format", "json")
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def test_a_post_is_shown_with_all_that_is_on_its_page(blog: Path) -> None:
    result = inspect(blog / "_posts/2020-01-02-first.md", "--language", "en")
    assert (
        result.stdout
        == """\
_posts/2020-01-02-first.md
  URL          https://blog.example/first/
  date         2020-01-02
  title        첫 글
  tags         산책
  headings     1
        5  ## 한강에서  #한강에서
  links        3
        7  /second/#끝  → _posts/2020-01-03-second.md#끝
        7  https://example.com/a  (leaves the site)
        7  /third/  (nothing is there)
  images       1
        7  ../img/a.png  → img/a.png
  formulas     1
        9  x^2
"""
    )


def test_it_is_shown_in_korean_too(blog: Path) -> None:
    result = inspect(blog / "_posts/2020-01-02-first.md", "--language", "ko")
    assert "  주소         https://blog.example/first/\n" in result.stdout
    assert "/third/  (가리키는 것이 없음)\n" in result.stdout


def test_a_blog_is_shown_as_a_list(blog: Path) -> None:
    result = inspect(blog, "--language", "en")
    assert (
        result.stdout
        == """\
2020-01-02  https://blog.example/first/  _posts/2020-01-02-first.md
2020-01-03  https://blog.example/second/  _posts/2020-01-03-second.md
_posts/notes.md  not published: its name is not a date and a title (YYYY-MM-DD-title.md)
2 published, 1 not.
"""
    )


def test_a_front_matter_that_jekyll_refuses_is_told(blog: Path) -> None:
    (blog / "_posts/2020-01-02-first.md").write_text("---\ntitle: it's: me\n---\n", encoding="utf-8")
    for path in (blog, blog / "_posts/2020-01-02-first.md"):
        assert "Jekyll cannot use its front matter" in inspect(path, "--language", "en").stdout


def test_a_file_that_is_not_published_says_why(blog: Path) -> None:
    assert "게시되지 않음: 초안입니다" in inspect(blog / "_drafts/idea.md", "--language", "ko").stdout


def test_programs_get_all_of_it(blog: Path) -> None:
    report = as_json(blog, "--language", "en")
    assert report["site"]["url"] == "https://blog.example"
    assert report["ignored"] == [
        {"path": "_posts/notes.md", "reason": "its name is not a date and a title (YYYY-MM-DD-title.md)"}
    ]
    first, second = report["posts"]
    assert second["path"] == "_posts/2020-01-03-second.md"
    assert first == {
        "path": "_posts/2020-01-02-first.md",
        "url": "/first/",
        "date": "2020-01-02",
        "title": "첫 글",
        "tags": ["산책"],
        "categories": [],
        "headings": [{"level": 2, "id": "한강에서", "text": "한강에서", "line": 5}],
        "links": [
            {"href": "/second/#끝", "line": 7, "column": 1, "target": "_posts/2020-01-03-second.md#끝"},
            {"href": "https://example.com/a", "line": 7, "column": 18, "target": "https://example.com/a"},
            {"href": "/third/", "line": 7, "column": 45, "target": None},
        ],
        "images": [{"src": "../img/a.png", "line": 7, "column": 59, "target": "img/a.png"}],
        "math": [{"display": True, "tex": "x^2", "line": 9}],
    }


def test_a_configuration_that_cannot_be_used_is_one_line_and_the_rest_goes_on(blog: Path) -> None:
    (blog / "_config.yml").write_text("url: x\nlimit_posts: many\n", encoding="utf-8")
    result = inspect(blog, "--language", "en")
    assert result.exit_code == 0
    assert result.stderr.endswith("_config.yml:2: `limit_posts` must be a number; its default is taken\n")
    assert "2 published, 1 not." in result.stdout


@pytest.mark.parametrize(
    ("name", "says"),
    [("about.md", "Jekyll makes no post of this"), ("_posts/2020-01-04-none.md", "no such file")],
)
def test_what_is_no_post_is_told(blog: Path, name: str, says: str) -> None:
    result = inspect(blog / name, "--language", "en")
    assert result.exit_code == 2
    assert says in result.stderr


def test_without_a_blog_nothing_can_be_told(tmp_path: Path) -> None:
    result = inspect(tmp_path, "--language", "en")
    assert result.exit_code == 2
    assert "there is no `_config.yml`" in result.stderr


def test_a_blog_of_another_engine_is_told(blog: Path) -> None:
    (blog / "package.json").write_text('{"dependencies": {"hexo": "7"}}', encoding="utf-8")
    result = inspect(blog, "--language", "en")
    assert result.exit_code == 2
    assert "this blog is not made by Jekyll" in result.stderr


def test_an_empty_path_is_not_the_current_folder() -> None:
    result = inspect("")
    assert result.exit_code == 2
    assert "The path is empty." in result.stderr
