"""The pages below docs/ are what the rules say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.registry import all_rules
from postlint.ruledoc import reference

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize(("name", "language"), [("rules.md", "en"), ("rules.ko.md", "ko")])
def test_the_rules_page_is_made_of_the_rules(name: str, language: str) -> None:
    made = reference(all_rules(), language)
    written = (DOCS / name).read_text(encoding="utf-8")
    hint = f"postlint rules --output-format markdown --language {language} > docs/{name}"
    assert written == made, f"make it anew: {hint}"


@pytest.mark.parametrize("name", ["rules.md", "rules.ko.md"])
def test_every_rule_has_its_place(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert all(f"\n## {rule.code} {rule.name}\n" in written for rule in all_rules())
