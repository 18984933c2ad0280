"""The rule unclosed-liquid says that Jekyll's build stops exactly where Liquid refuses a text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from postlint.post.source import Source
from postlint.rules.liquid.unclosed_liquid import UnclosedLiquid
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.request import Request
from tests.conftest import Ruby

PIECES = (
    *("{{", "}}", "{%", "%}", "{", "}", " | ", "-", "\n", "{{ a }}", "{% assign a = 1 %}", "{%- endif -%}"),
    *("{% if a %}", "{% endif %}", "{% for a in b %}", "{% endfor %}", "{% unless a %}", "{% endunless %}"),
    *(
        "{% raw %}",
        "{% endraw %}",
        "{% comment %}",
        "{% endcomment %}",
        "{% capture z %}",
        "{% endcapture %}",
    ),
    *("{% case a %}", "{% when 1 %}", "{% endcase %}", "{% else %}"),
)


def random_texts(count: int) -> list[str]:
    choice = random.Random(20261122)
    return ["".join(choice.choices(PIECES, k=choice.randint(1, 6))) for _ in range(count)]


@pytest.mark.jekyll
def test_liquid_refuses_what_the_rule_finds_and_nothing_else(ruby: Ruby) -> None:
    linter, rules = Linter(Request(no_config=True)), [UnclosedLiquid()]
    texts = random_texts(3000)
    refused = [
        text for text, shown in zip(texts, ruby("liquid_text.rb", texts), strict=True) if shown is None
    ]
    path = Path("_posts/2024-05-01-example.md")
    # A post of its own would take braces at its beginning for front matter of another kind.
    found = [text for text in texts if check(linter.post(path, Source(f"글 {text}")), rules)]
    assert 0 < len(refused) < len(texts)
    assert found == refused
