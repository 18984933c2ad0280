"""Where a file's front matter stands to Hugo, in each of its languages."""

from __future__ import annotations

import pytest

from postlint.post.front_matter import Syntax
from postlint.post.hugo_front_matter import find, split
from postlint.post.yaml_tree import Problem


@pytest.mark.parametrize(
    ("text", "syntax", "content", "body"),
    [
        ("---\ntitle: 봄\n---\n본문\n", Syntax.YAML, "title: 봄\n", "본문\n"),
        ('+++\ntitle = "봄"\n+++\n본문\n', Syntax.TOML, 'title = "봄"\n', "본문\n"),
        ('{"title": "}", "a": {}}\n본문\n', Syntax.JSON, '{"title": "}", "a": {}}', "본문\n"),
        ('{"a": "\\""}본문', Syntax.JSON, '{"a": "\\""}', "본문"),
        ("\n \n---\na: b\n---\n\n본문\n", Syntax.YAML, "a: b\n", "\n본문\n"),
        ("---\n---\n본문\n", Syntax.YAML, "", "본문\n"),
        ("---\r\na: b\r\n---\r\n본문\r\n", Syntax.YAML, "a: b\r\n", "본문\r\n"),
        ("---\na: b\n---  \n본문\n", Syntax.YAML, "a: b\n", "  \n본문\n"),
    ],
)
def test_front_matter_and_body(text: str, syntax: Syntax, content: str, body: str) -> None:
    place = find(text)
    assert place is not None
    assert place.syntax is syntax
    assert text[place.content.start : place.content.end] == content
    assert text[place.span.end :] == body
    assert split(text)[1] == place.span.end


@pytest.mark.parametrize(
    "text", ["", "본문\n", "# 제목\n", "---\ntitle: a\n", "+++\na = 1\n", '{"a": 1\n', "--\n"]
)
def test_without_front_matter_all_is_body(text: str) -> None:
    assert split(text) == (None, 0)


def test_yaml_has_its_entries_at_their_places() -> None:
    text = "\n---\ntitle: 봄\ntags: [a]\n---\n"
    front_matter, _ = split(text)
    assert front_matter is not None
    title = front_matter.get("title")
    assert title is not None
    assert (title.value, text[title.value_span.start : title.value_span.end]) == ("봄", "봄")


def test_yaml_that_cannot_be_read_says_why() -> None:
    front_matter, _ = split("---\ntitle: a: b\n---\n")
    assert front_matter is not None
    assert front_matter.error is not None
    assert front_matter.error.problem is Problem.UNQUOTED_COLON


@pytest.mark.parametrize("text", ['+++\ntitle = "a"  \n+++\n', '{\n"title": "a"  \n}\n'])
def test_no_rule_about_yaml_has_anything_to_look_at_in_another_language(text: str) -> None:
    front_matter, _ = split(text)
    assert front_matter is not None
    assert front_matter.entries == ()
    assert front_matter.error is None
    assert front_matter.content_span.start == front_matter.content_span.end


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "봄"\ntags = ["a", "b"]\ndraft = true\ndate = 2020-01-02\nweight = 3\n+++\n',
        '{"title": "봄", "tags": ["a", "b"], "draft": true, "date": "2020-01-02", "weight": 3}\n',
    ],
)
def test_what_a_key_has_is_known_in_every_language(text: str) -> None:
    front_matter, _ = split(text)
    assert front_matter is not None
    keys = ("title", "tags", "draft", "date", "weight")
    entries = [front_matter.get(key) for key in keys]
    assert [entry and entry.value for entry in entries] == ["봄", ["a", "b"], True, "2020-01-02", 3]
    assert all(
        entry and text[entry.span.start : entry.span.end].strip('"').startswith(entry.key)
        for entry in entries
    )


@pytest.mark.parametrize("text", ["+++\na = = b\n+++\n", '{"a": }\n', "+++\n" + "[" * 5000 + "\n+++\n"])
def test_what_cannot_be_read_has_no_keys(text: str) -> None:
    front_matter, _ = split(text)
    assert front_matter is not None
    assert front_matter.mapping.entries == ()
