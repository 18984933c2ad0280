"""What lets a rule be asked, beside its own examples: texts that differ from these by a few characters."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from postlint.post.source import Source
from postlint.registry import all_rules
from postlint.rule import Bad, Rule
from postlint.run.files import Linter
from postlint.run.request import Request
from tests.rules.signs import in_order, without_signs

_CHANGED = int(os.environ.get("POSTLINT_EXAMPLES", "12"))
"""How often each example is changed."""
_WRITTEN = (*" \t\n*_`~[](){}<>|$\\#-+:!?=.,;/%&'\"^0aA", "  ", "\r\n", "한글", "\u200b", "\u3000")


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.signs], ids=lambda rule: rule.name)
def test_signs_keep_nothing_from_a_rule_in_texts_like_its_examples(
    rule: type[Rule], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked, asked_always = rule(), without_signs(rule())
    linter = Linter(Request(no_config=True))
    for example in (example for example in rule.examples if isinstance(example, Bad)):
        for text in _changed(example.source):
            post = linter.post(Path(example.path), Source(text))
            assert in_order(post, [asked]) == in_order(post, [asked_always]), text


def _changed(text: str) -> Iterator[str]:
    """`text` with characters put in, left out or replaced in one to three places; the same at every run."""
    chance = random.Random(text)
    for _ in range(_CHANGED):
        changed = text
        for _ in range(chance.randint(1, 3)):
            start = chance.randint(0, len(changed))
            end = start + chance.choice((0, 0, 1, 1, 2))
            changed = changed[:start] + chance.choice(("", *_WRITTEN)) + changed[end:]
        yield changed
