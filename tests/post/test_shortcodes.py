"""Hugo's shortcodes: what Markdown does not see of a text."""

from __future__ import annotations

import time

import pytest

from postlint.post.liquid import UNKNOWN, LiquidKind
from postlint.post.mapped import Mapped
from postlint.post.shortcodes import Shortcodes, arguments, regions


def seen(text: str, *, has_emoji: bool = False) -> str:
    shown = Shortcodes(has_emoji=has_emoji).rendered(Mapped.whole(text), regions(text)).text
    return shown.replace(UNKNOWN, "◯")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("가 {{< leaf >}} 나", "가 ◯ 나"),
        ("{{% leaf %}}", "◯"),
        ("{{<leaf>}}", "◯"),
        ('{{< leaf "a >}} b" `>}}` >}} 나', "◯ 나"),
        ("{{< box >}}# 안{{< /box >}} 밖", "◯ 밖"),
        ("{{< box >}}{{< box >}}a{{< /box >}}b{{< /box >}}c", "◯c"),
        ("{{< box >}}{{< leaf >}}{{< /box >}}{{< leaf >}}", "◯◯"),
        ("{{< leaf >}} 글 {{< box >}}a{{< / box >}}", "◯ 글 ◯"),
        ("{{<box>}}a{{</>}}b", "◯b"),
        ("{{< box />}}a", "◯a"),
        ('{{< name/space a="1" >}}\n여러\n줄', "◯\n여러\n줄"),
        ("{{</* leaf */>}}", "{{< leaf >}}"),
        ("{{%/* leaf */%}}", "{{% leaf %}}"),
        ("{{< 열림", "{{< 열림"),
        ("{{ .Title }}", "{{ .Title }}"),
        ("{{< /box >}}", "{{< /box >}}"),
    ],
)
def test_markdown_sees_a_sign_in_the_place_of_each(text: str, shown: str) -> None:
    assert seen(text) == shown


def test_the_first_divider_stands_alone() -> None:
    assert seen("앞<!--more-->\n\n\n뒤<!--more-->") == "앞\n\n<!--more-->\n\n뒤<!--more-->"


def test_an_emoji_is_a_sign_where_the_site_shows_it() -> None:
    assert seen("## :tada: 10:30:45", has_emoji=True) == "## \N{WHITE SQUARE} 10:30:45"
    assert seen("## :tada:") == "## :tada:"


def test_what_is_left_leads_back_to_the_file() -> None:
    text = "{{< leaf >}}가{{</* a */>}}나"
    shown = Shortcodes().rendered(Mapped.whole(text), regions(text))
    assert shown.span(0, 1) == (0, 12)
    assert shown.origin(shown.text.index("나")) == text.index("나")


def test_regions_know_their_name_and_content() -> None:
    text = "{{< highlight go >}}\ncode\n{{< /highlight >}}{{< x a >}}"
    code, leaf = regions(text)
    assert (code.kind, code.name) == (LiquidKind.HIGHLIGHT, "highlight")
    assert text[code.content.start : code.content.end] == "\ncode\n"
    assert (leaf.kind, leaf.name, text[leaf.content.start : leaf.content.end]) == (LiquidKind.TAG, "x", " a ")


def test_arguments_have_a_name_or_a_number() -> None:
    text = '{{< x "a b" `c"d` e >}}{{< y k="v \\"w\\"" l=m >}}'
    first, second = (arguments(text, region) for region in regions(text))
    assert first == {"0": "a b", "1": 'c"d', "2": "e"}
    assert second == {"k": 'v "w"', "l": "m"}


@pytest.mark.parametrize(
    "text",
    [
        "{{<" * 20000,
        "{{< a >}}" * 10000,
        "{{< a >}}" * 5000 + "{{< /a >}}" * 5000,
        '{{< "' * 10000,
        "{{</*" * 9000,
    ],
    ids=["open", "leaves", "nested", "quotes", "comments"],
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.perf_counter()
    seen(text)
    assert time.perf_counter() - begun < 5
