"""A site's configuration: what it sets, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.site.jekyll.config import JekyllConfig, read
from postlint.site.jekyll.defaults import FrontMatterDefaults
from tests.site.cases import NOW


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def config(root: Path, text: str) -> JekyllConfig:
    (root / "_config.yml").write_text(text, encoding="utf-8")
    return read(root, NOW)


def problems(root: Path, text: str) -> list[str]:
    found = config(root, text).problems
    return [f"{one.path.name}:{one.line}: {one.message.render('en')}" for one in found]


def test_without_a_file_there_are_jekylls_defaults(root: Path) -> None:
    empty = read(root, NOW)
    assert empty == JekyllConfig(root)
    assert empty.permalink == "date"
    assert empty.include == (".htaccess",)
    assert "node_modules" in empty.exclude


def test_what_is_empty_is_not_set(root: Path) -> None:
    assert config(root, "permalink:\nurl:\nbaseurl:\ntimezone:\ndefaults:\n").problems == ()


def test_both_names_of_the_file_count(root: Path) -> None:
    (root / "_config.yaml").write_text("url: https://a.example\n", encoding="utf-8")
    assert read(root, NOW).url == "https://a.example"
    assert config(root, "url: https://b.example\n").url == "https://b.example"


def test_collections_are_a_list_or_have_settings(root: Path) -> None:
    assert list(config(root, "collections: [notes]\n").collections) == ["posts", "notes"]
    settings = config(root, "collections:\n  notes:\n    output: true\n  empty:\n").collections
    assert settings == {"posts": {}, "notes": {"output": True}, "empty": {}}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b\nlimit_posts: many\n", "_config.yml:2: `limit_posts` must be a number; its default is taken"),
        ("include: _pages\n", "_config.yml:1: `include` must be a list; its default is taken"),
        ("a: b\n\nexclude:\n", "_config.yml:3: `exclude` must be a list; its default is taken"),
        ("permalink: [a]\n", "_config.yml:1: `permalink` must be text; its default is taken"),
        ("kramdown: GFM\n", "_config.yml:1: `kramdown` must be keys and values; its default is taken"),
        (
            "collections: 1\n",
            "_config.yml:1: `collections` must be a list, or keys and values; its default is taken",
        ),
        (
            "x: 1\npermalink: /:yaer/:title/\n",
            "_config.yml:2: `permalink` asks for `:yaer`, which Jekyll does not have",
        ),
        (
            "collections:\n  notes:\n    permalink: /:nam/\n",
            "_config.yml:1: `collections.notes.permalink` asks for `:nam`, which Jekyll does not have",
        ),
        (
            "defaults:\n- {scope: {path: ''}, values: {date: soon}}\n",
            "_config.yml:1: `defaults` must be values with a date that Ruby can read; its default is taken",
        ),
        ("- a\n- b\n", "_config.yml:1: has no keys and values; Jekyll's defaults are taken"),
    ],
)
def test_what_is_wrong_is_one_line_each(root: Path, text: str, problem: str) -> None:
    assert problems(root, text) == [problem]


def test_what_cannot_be_read_is_told_with_its_line(root: Path) -> None:
    (one,) = problems(root, "url: x\ntitle: it's: me\n")
    assert one.startswith("_config.yml:2: is no YAML that Jekyll can read (")


def test_a_file_that_is_no_text_is_told(root: Path) -> None:
    (root / "_config.yml").write_bytes(b"title: \xb1\xe2\n")
    (one,) = read(root, NOW).problems
    assert one.message.render("ko") == "UTF-8이 아니어서 기본값을 씁니다"


def test_a_wrong_setting_leaves_the_others_alone(root: Path) -> None:
    wrong = config(root, "future: true\nlimit_posts: [1]\nurl: https://a.example\n")
    assert (wrong.future, wrong.limit_posts, wrong.url) == (True, 0, "https://a.example")


DEFAULTS = """\
defaults:
- scope: {path: ""}
  values: {layout: any, a: 1, deep: {x: 1, y: 1}}
- scope: {path: "", type: posts}
  values: {layout: post, deep: {y: 2}}
- scope: {path: study/}
  values: {layout: study}
- scope: {path: "", type: post}
  values: {old: name}
- nothing
- {scope: {path: ""}}
"""


def test_the_longer_scope_prevails_and_then_the_one_with_a_type(root: Path) -> None:
    defaults = FrontMatterDefaults(config(root, DEFAULTS))
    assert defaults.all("_posts/x.md", "posts") == {
        "layout": "post",
        "a": 1,
        "deep": {"x": 1, "y": 2},
        "old": "name",
    }
    assert defaults.all("study/_posts/x.md", "posts")["layout"] == "study"
    assert defaults.all("about.md", "pages") == {"layout": "any", "a": 1, "deep": {"x": 1, "y": 1}}
    assert defaults.find("study/x.md", "pages", "layout") == "study"
    assert defaults.find("study/x.md", "pages", "none") is None
