"""The rule malformed-liquid-tag says that Jekyll's build stops exactly where Jekyll refuses a tag."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from postlint.post.source import Source
from postlint.rules.liquid.malformed_liquid_tag import MalformedLiquidTag
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.request import Request
from tests.conftest import Ruby

WORDS = (
    *("a", "b.c", "page.title", "'a b'", '"x"', "“x”", "1", "-1", "(1..3)", "a[0]", "한글", "nil", "empty"),
    *(
        "==",
        "!=",
        "=",
        "<",
        ">=",
        "contains",
        "is",
        "not",
        "and",
        "or",
        "in",
        "reversed",
        "limit:2",
        ",",
        "|",
    ),
    *("size", "a=b", "a='b'", 'a="b c"', "a=”b”", "java", "c++", "linenos", 'hl="1 2"', "a.html", "b/c.html"),
    *("../a.html", "그림.html", "a==b", "a<b", ":", "."),
)
SHAPES = (
    *("{%% if %s %%}x{%% endif %%}", "{%% unless %s %%}x{%% endunless %%}", "{%% assign %s %%}"),
    *("{%% capture %s %%}x{%% endcapture %%}", "{%% case %s %%}{%% when 1 %%}x{%% endcase %%}"),
    *("{%% case a %%}{%% when %s %%}x{%% endcase %%}", "{%% cycle %s %%}", "{%% for %s %%}x{%% endfor %%}"),
    *("{%% tablerow %s %%}x{%% endtablerow %%}", "{%% highlight %s %%}x{%% endhighlight %%}"),
    *("{%% include %s %%}", "{%%- include_relative %s -%%}"),
)

DECIDED_BY_VALUES = re.compile(r"(?:if|unless) .*\b(?:and|or)\b")
"""What Liquid asks first, and whether it asks for more."""


def random_tags(count: int) -> list[str]:
    chance = random.Random(20261122)
    found = [
        chance.choice(SHAPES) % " ".join(chance.choices(WORDS, k=chance.randint(0, 4))) for _ in range(count)
    ]
    return [text for text in found if not DECIDED_BY_VALUES.search(text)]


@pytest.mark.jekyll
def test_jekyll_refuses_what_the_rule_finds_and_nothing_else(ruby: Ruby) -> None:
    linter, rules = Linter(Request(no_config=True)), [MalformedLiquidTag()]
    texts = random_tags(4000)
    answers = ruby("liquid_tags.rb", texts)
    refused = [text for text, is_refused in zip(texts, answers, strict=True) if is_refused]
    path = Path("_posts/2024-05-01-example.md")
    found = [text for text in texts if check(linter.post(path, Source(f"글 {text}")), rules)]
    assert 0 < len(refused) < len(texts)
    assert found == refused
