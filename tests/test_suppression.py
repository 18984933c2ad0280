"""Comments in a post that silence findings.

In the texts, `http://a.kr` is what URL024 finds, and `#### h4` below `## h2` what HEAD001 finds.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from postlint.run.files import Linter
from postlint.run.request import Request

RULES = ("URL024", "HEAD001", "FM014", "LINT001", "LINT002")


def found(text: str, *, path: str = "_posts/2024-05-01-a.md", select: tuple[str, ...] = RULES) -> list[str]:
    """What is found, as `CODE line`, in the order of the file."""
    linter = Linter(Request(no_config=True, select=select))
    result, _ = linter.process_content(Path(path), text.encode())
    return [f"{one.finding.code} {one.place.line}" for one in result.findings]


INSECURE = "<http://a.kr>\n"


def test_without_a_comment_everything_is_told() -> None:
    assert found(f"{INSECURE}\n## h2\n\n#### h4\n") == ["URL024 1", "HEAD001 5"]


# What the comment may be

COMMENTS = [
    "<!-- postlint-disable-next-line URL024 -->",
    "<!--postlint-disable-next-line URL024-->",
    "<!--\npostlint-disable-next-line\nURL024\n-->",
    "{% comment %} postlint-disable-next-line URL024 {% endcomment %}",
    "{%- comment -%}postlint-disable-next-line URL024{%- endcomment -%}",
    "{::comment}\npostlint-disable-next-line URL024\n{:/comment}",
    "{::comment}postlint-disable-next-line URL024{:/}",
    # a colon, several rules, a reason
    "<!-- postlint-disable-next-line: URL024 -->",
    "<!-- postlint-disable-next-line URL024 -- the host has no certificate -->",
    "<!-- postlint-disable-next-line URL024 --so it is-->",
]


@pytest.mark.parametrize("comment", COMMENTS)
def test_a_comment_may_be_html_or_liquid_or_kramdown(comment: str) -> None:
    assert found(f"{comment}\n\n{INSECURE}\n{INSECURE}") == [f"URL024 {comment.count(chr(10)) + 5}"]


SELECTORS = [
    # (selectors, what is still found)
    ("URL024", ["HEAD001 5"]),
    ("url024", ["HEAD001 5"]),
    ("insecure-url", ["HEAD001 5"]),
    ("URL", ["HEAD001 5"]),
    ("URL024, HEAD001", []),
    ("URL024 HEAD", []),
    ("skipped-heading-level,insecure-url", []),
    ("ALL", []),
    ("", []),
]


@pytest.mark.parametrize(("selectors", "left"), SELECTORS)
def test_a_comment_speaks_of_rules_by_code_prefix_or_name(selectors: str, left: list[str]) -> None:
    text = f"## h2\n\n{INSECURE}\n#### h4\n\n<!-- postlint-disable-file {selectors} -->\n"
    assert found(text) == left


# Where it holds

PLACES = [
    # (text, what is still found)
    ("http://a.kr <http://a.kr> <!-- postlint-disable-line URL024 -->\n\n<http://b.kr>\n", ["URL024 3"]),
    ("<!-- postlint-disable-line URL024 --> <http://a.kr>\n", []),
    ("<!-- postlint-disable-next-line URL024 -->\n<http://a.kr>\n<http://b.kr>\n", ["URL024 3"]),
    ("<!-- postlint-disable-next-line URL024 -->\n\n \n<http://a.kr>\n", []),
    ("가 <!-- postlint-disable-next-line URL024 --> 나\n<http://a.kr>\n", []),
    ("<http://a.kr>\n\n<!-- postlint-disable URL024 -->\n\n<http://b.kr>\n\n<http://c.kr>\n", ["URL024 1"]),
    (
        "<!-- postlint-disable URL024 -->\n<http://a.kr>\n<!-- postlint-enable URL024 -->\n<http://b.kr>\n",
        ["URL024 4"],
    ),
    ("<!-- postlint-disable -->\n<http://a.kr>\n<!-- postlint-enable -->\n<http://b.kr>\n", ["URL024 4"]),
    (
        "<!-- postlint-disable URL -->\n<http://a.kr>\n<!-- postlint-enable URL024 -->\n<http://b.kr>\n",
        ["URL024 4"],
    ),
    (
        "<!-- postlint-disable URL024 -->\n<http://a.kr>\n<!-- postlint-enable HEAD001 -->\n<http://b.kr>\n",
        [],
    ),
    ("<http://a.kr>\n\n<!-- postlint-disable-file URL024 -->\n\n<http://b.kr>\n", []),
    ("<!-- postlint-disable-file URL024 -->\n<http://a.kr>\n<!-- postlint-enable URL024 -->\n", []),
]


@pytest.mark.parametrize(("text", "left"), PLACES)
def test_a_comment_holds_where_it_says(text: str, left: list[str]) -> None:
    assert found(text) == left


FRONT_MATTER = [
    ("---\nuse_math: true # postlint-disable-line FM014\n---\n가\n", []),
    ("---\n# postlint-disable-next-line FM014\nuse_math: true\n---\n가\n", []),
    ("---\nuse_math: true\n# postlint-disable-file FM014 -- for later\n---\n가\n", []),
    ("---\n# postlint-disable URL024\nuse_math: true\n---\n<http://a.kr>\n", ["FM014 3"]),
    ("---\nuse_math: true\n---\n<!-- postlint-disable-file FM014 -->\n\n가\n", []),
    # what only looks like a comment
    ('---\ntitle: "# postlint-disable-file FM014"\nuse_math: true\n---\n가\n', ["FM014 3"]),
    ("---\ntitle: |\n  # postlint-disable-file FM014\nuse_math: true\n---\n가\n", ["FM014 4"]),
    ("---\ntitle: a#postlint-disable-file FM014\nuse_math: true\n---\n가\n", ["FM014 3"]),
]


@pytest.mark.parametrize(("text", "left"), FRONT_MATTER)
def test_a_comment_in_the_front_matter_is_yaml(text: str, left: list[str]) -> None:
    assert found(text) == left


IN_CODE = [
    "`<!-- postlint-disable-file URL024 -->`\n\n",
    "```\n<!-- postlint-disable-file URL024 -->\n```\n\n",
    "    <!-- postlint-disable-file URL024 -->\n\n",
    "{% highlight html %}\n<!-- postlint-disable-file URL024 -->\n{% endhighlight %}\n\n",
]


@pytest.mark.parametrize("code", IN_CODE)
def test_in_code_a_comment_is_an_example(code: str) -> None:
    assert found(f"{code}{INSECURE}") == [f"URL024 {code.count(chr(10)) + 1}"]


NOT_TO_POSTLINT = [
    "<!-- postlint said URL024 -->\n",
    "<!-- see postlint-disable-file URL024 -->\n",
    "postlint-disable-file URL024\n",
    "<!-- postlint-disable-file URL024\n",
    "{% comment %} postlint-disable-file URL024\n",
]


@pytest.mark.parametrize("text", NOT_TO_POSTLINT)
def test_other_comments_are_not_heeded(text: str) -> None:
    assert found(f"{INSECURE}\n{text}") == ["URL024 1"]


def test_what_is_silenced_is_not_mended() -> None:
    text = "가    \n나 <!-- postlint-disable-line PAGE009 -->    \n다\n"
    linter = Linter(Request(no_config=True, select=("PAGE009",)))
    result, _ = linter.process_content(Path("_posts/2024-05-01-a.md"), text.encode())
    assert [one.place.line for one in result.findings] == [1]


# Comments that silence nothing

UNUSED = [
    # (text, what is found)
    ("<!-- postlint-disable-line URL024 -->\n", ["LINT001 1"]),
    ("<!-- postlint-disable-next-line URL024 -->\n가\n", ["LINT001 1"]),
    ("<!-- postlint-disable-file HEAD001 -->\n", ["LINT001 1"]),
    ("<http://a.kr>\n\n<!-- postlint-disable URL024 -->\n", ["URL024 1", "LINT001 3"]),
    # each selector is judged for itself
    ("<http://a.kr> <!-- postlint-disable-line URL024, HEAD001 -->\n", ["LINT001 1"]),
    ("<http://a.kr> <!-- postlint-disable-line URL024, insecure-url -->\n", ["LINT001 1"]),
    # the second of two that say the same
    (
        "<!-- postlint-disable URL024 -->\n\n<!-- postlint-disable URL024 -->\n\n<http://a.kr>\n",
        ["LINT001 3"],
    ),
    # to end what never began is harmless
    ("<!-- postlint-enable URL024 -->\n", []),
]


@pytest.mark.parametrize(("text", "findings"), UNUSED)
def test_a_comment_that_silences_nothing_is_found(text: str, findings: list[str]) -> None:
    assert found(text) == findings


def test_an_unused_selector_is_pointed_at() -> None:
    text = "<http://a.kr> <!-- postlint-disable-line URL024, HEAD001 -->\n"
    result, _ = Linter(Request(no_config=True, select=RULES)).process_content(Path("a.md"), text.encode())
    (located,) = result.findings
    assert text[slice(*located.finding.span)] == "HEAD001"


@pytest.mark.parametrize("select", [("URL024", "LINT001"), ("ALL",)])
def test_a_comment_about_a_rule_that_is_off_is_not_judged(select: tuple[str, ...]) -> None:
    linter = Linter(Request(no_config=True, select=select, ignore=("HEAD001",)))
    text = b"<!-- postlint-disable-file HEAD001 -->\n"
    result, _ = linter.process_content(Path("_posts/2024-05-01-a.md"), text)
    assert "LINT001" not in {one.finding.code for one in result.findings}


def test_a_comment_may_silence_the_finding_about_another_comment() -> None:
    silenced = "<!-- postlint-disable-next-line LINT001 -->\n<!-- postlint-disable-file HEAD001 -->\n"
    assert found(silenced) == []
    assert found("<!-- postlint-disable-file LINT001 -->\n\n<!-- postlint-disable-file HEAD001 -->\n") == []


# Comments with a slip in them

MISSPELT = [
    (
        "<!-- postlint-disabel URL024 -->\n",
        "disabel",
        "postlint does not know `disabel`; did you mean `disable`?",
    ),
    ("<!-- postlint-disable_line URL024 -->\n", "disable_line", "did you mean `disable-line`?"),
    ("<!-- postlint- URL024 -->\n", "", "postlint does not know ``"),
    ("<!-- postlint-disable URL0O1 -->\n", "URL0O1", "did you mean `URL001`?"),
    ("<!-- postlint-disable insecure-urls -->\n", "insecure-urls", "did you mean `insecure-url`?"),
    ("---\n# postlint-disable-nextline FM014\ntitle: 봄\n---\n", "disable-nextline", "`disable-next-line`?"),
]


@pytest.mark.parametrize(("text", "word", "message"), MISSPELT)
def test_a_slip_is_found_and_the_right_word_offered(text: str, word: str, message: str) -> None:
    linter = Linter(Request(no_config=True, select=("LINT002",)))
    result, _ = linter.process_content(Path("_posts/2024-05-01-a.md"), text.encode())
    (located,) = result.findings
    assert text[slice(*located.finding.span)] == word
    assert message in located.finding.message.render("en")


def test_a_misspelt_comment_silences_nothing() -> None:
    assert found(f"<!-- postlint-disabel URL024 -->\n\n{INSECURE}") == ["LINT002 1", "URL024 3"]


@pytest.mark.parametrize("unit", ["<!-- postlint-", "{% comment %}postlint-", "{::comment}postlint-", "<!--"])
def test_comments_that_never_end_take_one_pass(unit: str) -> None:
    text = f"postlint-\n\n{unit * 2_000}\n"
    assert found(text, path="README.md") == []


@pytest.mark.parametrize(
    ("unit", "left"),
    [
        ("<!-- postlint-disable HEAD001 -->\n\n", "LINT001"),
        ("<!-- postlint-disable URL024 -->\n<http://a.kr>\n<!-- postlint-enable URL024 -->\n\n", None),
        ("<http://a.kr> <!-- postlint-disable-line URL024 --> ", None),
        ("<http://a.kr> `a` <!-- postlint-disable-file URL024 -->\n\n", None),
    ],
)
def test_many_comments_take_time_in_proportion(unit: str, left: str | None) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        assert {one.split()[0] for one in found(unit * count)} == ({left} if left else set())
        return time.process_time() - started

    assert min(seconds(2_400) for _ in range(2)) < 16 * min(seconds(300) for _ in range(2))
