"""When FM003 puts a value in quotes, and when it had better leave that to the author."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.findings import Fix, Safety
from postlint.post.source import Source
from postlint.rules.front_matter.invalid_yaml import InvalidYaml
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.request import Request


def offered(content: str) -> tuple[Safety, str] | None:
    """How safe the fix is that is offered for a front matter, and what becomes of the front matter."""
    text = f"---\n{content}\n---\n본문\n"
    post = Linter(Request(no_config=True)).post(Path("_posts/2024-05-01-a.md"), Source(text))
    (finding,) = check(post, [InvalidYaml()])
    return None if finding.fix is None else (finding.fix.safety, applied(finding.fix, text))


def applied(fix: Fix, text: str) -> str:
    (edit,) = fix.edits
    fixed = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return fixed.removeprefix("---\n").removesuffix("\n---\n본문\n")


CERTAIN = [
    ("title: Rust: a tour", 'title: "Rust: a tour"'),
    ("title: Rust: [a], b", 'title: "Rust: [a], b"'),
    ('title: Rust: "a" \\ b', r'title: "Rust: \"a\" \\ b"'),
    ("title: C#: 문법", 'title: "C#: 문법"'),
    ("title: @home", 'title: "@home"'),
    ("title: `code` 읽기", 'title: "`code` 읽기"'),
    ("title: %a", 'title: "%a"'),
    ("title: [공지] 봄", 'title: "[공지] 봄"'),
    ("tags:\n  - @home\n  - 봄", 'tags:\n  - "@home"\n  - 봄'),
    ("author:\n  name: Kim: a life\n  mail: a", 'author:\n  name: "Kim: a life"\n  mail: a'),
    ("title: 'It's'", 'title: "It\'s"'),
    ("title: 'It's what it's'", "title: \"It's what it's\""),
    # a fault further on is another one
    ("title: a: b\nsubtitle: c: d", 'title: "a: b"\nsubtitle: c: d'),
    ("title: a: b\ntags: [c", 'title: "a: b"\ntags: [c'),
]


@pytest.mark.parametrize(("content", "fixed"), CERTAIN)
def test_what_can_be_meant_in_one_way_only_is_repaired(content: str, fixed: str) -> None:
    assert offered(content) == (Safety.REPAIR, fixed)


UNCERTAIN = [
    ('title: "Rust" in anger', r'title: "\"Rust\" in anger"'),
    ("title: 'a' and 'b'", "title: \"'a' and 'b'\""),
    ("author: [a] b", 'author: "[a] b"'),
    ("title: {공지} 봄", 'title: "{공지} 봄"'),
    ("title: | 봄", 'title: "| 봄"'),
    ("title: *봄* 소풍", 'title: "*봄* 소풍"'),
    ("title: - 봄", 'title: "- 봄"'),
    ("layout: post title: 봄", 'layout: "post title: 봄"'),
]


@pytest.mark.parametrize(("content", "fixed"), UNCERTAIN)
def test_what_may_be_meant_for_more_than_text_waits_for_the_author(content: str, fixed: str) -> None:
    assert offered(content) == (Safety.UNSAFE, fixed)


LEFT_ALONE = [
    pytest.param(content, id=content)
    for content in (
        # never closed
        'title: "봄',
        "title: '봄\ntags: 여름",
        "tags: [봄",
        # a comment
        "title: a: b # note",
        "title: @home # note",
        # several values
        'categories: "a", "b"',
        "tags: [a]]",
        "categories: [a] [b]",
        "tags: [a], b",
        "tags: a: b",
        "Keywords: @a",
        '"tags": @a, @b',
        'languages: "a", "b"',
        "title: 'It's you, not me'",
        # inside of brackets
        "tags: [a, @b]",
        "tags: [a,\n  @b\n  ]",
        "author: {\n  name: @a,\n  }",
        # the value goes on in the next line
        "title: a: b\n  c: d",
        "title: a: b\n  c d",
        "title: a: b\n\n  c d",
        "title: %a\n  b",
        "title: @a\n\tb",
        "author:\n  name: a: b\n   c",
    )
]


@pytest.mark.parametrize("content", LEFT_ALONE)
def test_where_quotes_might_change_the_meaning_or_not_help_none_are_offered(content: str) -> None:
    assert offered(content) is None
