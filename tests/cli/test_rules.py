"""`postlint rules`: the list of what there is."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from postlint.cli import main_group
from postlint.registry import all_rules
from postlint.ruledoc import summary
from postlint.rules.url.tracking_parameter import TrackingParameter


def rows(*arguments: str) -> list[str]:
    result = CliRunner(env={"LC_ALL": "C"}).invoke(main_group, ["rules", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout.splitlines()


def test_every_rule_has_a_row_by_code() -> None:
    assert [row.split()[0] for row in rows()] == [rule.code for rule in all_rules()]


def test_a_row_says_code_name_severity_and_what_is_found() -> None:
    (row,) = (row for row in rows() if row.startswith("URL020"))
    columns = re.split(r"\s{2,}", row)
    assert columns == [
        "URL020",
        "tracking-parameter",
        "warning",
        "A parameter that tells a third party who shared the link, or where a reader found it.",
    ]


def test_a_rule_that_is_off_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_rules()[0], "enabled", False)
    assert [row[9] for row in rows()] == [" " if rule.enabled else "-" for rule in all_rules()]


def test_the_list_can_be_read_in_korean() -> None:
    korean = rows("--language", "ko")
    assert {re.split(r"\s{2,}", row)[-2] for row in korean} <= {"오류", "경고", "정보"}
    assert all(re.search("[가-힣]", row.split("  ")[-1]) for row in korean)


def test_columns_stand_below_each_other() -> None:
    severities = {re.search(r"  (error|warning|info)\b", row).start() for row in rows()}  # type: ignore[union-attr]
    assert len(severities) == 1


def test_programs_get_every_rule_with_its_page() -> None:
    report = json.loads("\n".join(rows("--output-format", "json", "--language", "ko")))
    assert report["version"] == 1
    assert [rule["code"] for rule in report["rules"]] == [rule.code for rule in all_rules()]
    (tracking,) = (rule for rule in report["rules"] if rule["code"] == "URL020")
    assert tracking.pop("page").startswith("# URL020 tracking-parameter\n")
    assert tracking == {
        "code": "URL020",
        "name": "tracking-parameter",
        "severity": "warning",
        "default": True,
        "summary": summary(TrackingParameter, "ko"),
    }
