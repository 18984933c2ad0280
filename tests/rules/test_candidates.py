"""What is tried on the page's engine before a fix is proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.findings import Finding
from postlint.post.source import Source
from postlint.rule import Rule
from postlint.rules import _candidates
from postlint.rules.math.display_formula_inline import DisplayFormulaInline
from postlint.rules.page.control_character import ControlCharacter
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.request import Request

CONTROLS = "".join(f"글 {number}\x08. 끝\n\n" for number in range(40))
FORMULAS = "".join(f"식은 다음과 같다.\n$$\nx = y_{number}\n$$\n\n" for number in range(40))


def findings(*rules: type[Rule]) -> list[Finding]:
    post = Linter(Request(no_config=True)).post(Path("_posts/2024-05-01-a.md"), Source(CONTROLS + FORMULAS))
    return check(post, [rule() for rule in rules])


def test_what_a_rule_proposes_does_not_depend_on_how_much_others_have_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_candidates, "_MOST", 1_000)
    formulas, controls = findings(DisplayFormulaInline), findings(ControlCharacter)
    both = findings(ControlCharacter, DisplayFormulaInline)
    assert both == [*controls, *formulas] == findings(DisplayFormulaInline, ControlCharacter)
    assert {finding.fix is None for finding in formulas} == {True, False}, "either nothing is tried, or all"
