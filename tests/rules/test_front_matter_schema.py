"""How a user says what front matter must be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postlint.config.finder import read
from postlint.findings import ConfigError
from postlint.run.files import Linter
from postlint.run.request import Request

POST = "_posts/2024-05-01-spring.md"


def configured(folder: Path, options: str) -> Path:
    path = folder / ".postlint.yml"
    lines = "".join(f"    {line}\n" for line in options.splitlines())
    path.write_text(f"select: [FM017]\nrules:\n  front-matter-schema:\n{lines}", encoding="utf-8")
    return path


def told(folder: Path, text: str, language: str = "en") -> list[str]:
    """What is said of a post with this front matter, under the configuration in `folder`."""
    post = folder / POST
    post.parent.mkdir()
    post.write_text(f"---\n{text}---\n", encoding="utf-8")
    findings = Linter(Request()).process(post).findings
    return [one.finding.message.render(language) for one in findings]


def test_the_short_form_says_what_is_missing_wrong_or_misspelt(tmp_path: Path) -> None:
    configured(tmp_path, "required: [title]\ntypes: {tags: list}\nallowed: {categories: [Rust, Python]}\n")
    assert told(tmp_path, "tags: a\ncategories: [Pyhton]\n") == [
        "`title` is missing",
        "`tags` must be a list",
        "`Pyhton` is not among the values of `categories`; did you mean `Python`?",
    ]


def test_a_finding_is_told_in_korean_too(tmp_path: Path) -> None:
    configured(tmp_path, "required: [title]\ntypes: {tags: list}\nallowed: {categories: [Rust, Python]}\n")
    assert told(tmp_path, "tags: a\ncategories: [Pyhton]\n", "ko") == [
        "`title`이 없습니다",
        "`tags`의 값은 목록이어야 합니다",
        "`Pyhton`은 `categories`에 쓸 수 있는 값이 아닙니다. 혹시 `Python`을 뜻했나요?",
    ]


SCHEMA = {
    "type": "object",
    "required": ["title"],
    "properties": {"header": {"required": ["image"]}, "date": {"format": "date"}},
    "$defs": {"text": {"type": "string"}},
}
OF_SCHEMA = ["`title` is missing", "`header.image` is missing", "`date`: 'soon' is not a 'date'"]


@pytest.mark.parametrize(("name", "indent"), [("post.json", 2), ("post.json", "\t"), ("a/post.yml", 2)])
def test_a_schema_may_be_a_file_beside_the_configuration(
    name: str, indent: int | str, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / name).write_text(json.dumps(SCHEMA, indent=indent), encoding="utf-8")
    configured(tmp_path, f"schema: {name}\n")
    assert told(tmp_path, "header: {}\ndate: soon\n") == OF_SCHEMA


def test_a_schema_may_stand_in_the_configuration(tmp_path: Path) -> None:
    configured(tmp_path, f"schema: {json.dumps(SCHEMA)}\n")
    assert told(tmp_path, "header: {}\ndate: soon\n") == OF_SCHEMA


def test_a_schema_may_stand_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.postlint]\nselect = ["FM017"]\n\n'
        '[tool.postlint.rules.front-matter-schema.schema]\nrequired = ["title"]\n',
        encoding="utf-8",
    )
    assert told(tmp_path, "layout: post\n") == ["`title` is missing"]


REFUSED = [
    # (options, what is said of them)
    ("types: {tags: array}", "types.tags: `array` is none of text, integer, number, boolean, date, list"),
    ("schema: {properties: {title: {type: text}}}", "properties.title.type: 'text' is not valid"),
    ('schema: {properties: {title: {pattern: "["}}}', "properties.title.pattern: '[' is not a 'regex'"),
    ('schema: {$ref: "https://example.org/a.json"}', "$ref: `https://example.org/a.json` is not within"),
    ('schema: {$ref: "#/$defs/none"}', "$ref: there is no `#/$defs/none`"),
    ('schema: {$ref: "#"}', "$ref: `#` leads to itself"),
    ("schema: [title]", "`schema` must be keys and values, or the name of a YAML or JSON file"),
    ("schema: none.json", "cannot be read"),
    ("types: [tags]", "`types` must be a mapping"),
    ("allowed: {tags: 1}", "`allowed.tags` must be a list of strings"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_what_cannot_be_used_is_told_before_any_post_is_read(
    options: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        read(configured(tmp_path, options))
    assert message in caught.value.message.render("en")


def test_a_mistake_in_a_json_schema_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "post.json").write_text('{\n  "required": [,]\n}\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read(configured(tmp_path, "schema: post.json\n"))
    assert (caught.value.path.name, caught.value.line) == ("post.json", 2)
