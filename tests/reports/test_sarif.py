"""SARIF, for code scanning."""

from __future__ import annotations

import json
from typing import Any

import pytest

from postlint.findings import Safety, Severity
from postlint.registry import all_rules
from postlint.reports import sarif
from postlint.rule import Rule
from postlint.ruledoc import summary
from postlint.rules.url.tracking_parameter import TrackingParameter
from postlint.run.located import Located
from postlint.run.results import FileResult
from tests.reports.samples import located


def run(*found: Located, language: str = "en", below: str = "") -> dict[str, Any]:
    """The one run of a report about `found`."""
    rules: dict[str, type[Rule]] = {rule.code: rule for rule in all_rules()}
    results = [
        FileResult(one.path, (one._replace(finding=one.finding._replace(code="URL020")),)) for one in found
    ]
    report = json.loads(sarif.document(results, rules, language, below))
    assert report["version"] == "2.1.0"
    (only,) = report["runs"]
    return dict(only)


def test_a_finding_stands_at_its_lines_and_columns_which_count_characters() -> None:
    told = run(located("하나\n제철은 ⟦바나나⟧이다"))
    assert told["columnKind"] == "unicodeCodePoints"
    (result,) = told["results"]
    assert result["message"] == {"text": "`바나나` is not a season"}
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 5,
        "endLine": 2,
        "endColumn": 8,
    }


def test_a_file_is_named_by_an_address_from_the_root_of_the_repository() -> None:
    (result,) = run(located("⟦a⟧", path="_posts/봄 a.md"), below="blog/")["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "blog/_posts/%EB%B4%84%20a.md",
        "uriBaseId": "%SRCROOT%",
    }


def test_a_file_that_is_named_from_the_root_of_the_machine_is_found_there() -> None:
    (result,) = run(located("⟦a⟧", path="/home/봄.md"), below="blog/")["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///home/%EB%B4%84.md"}


LEVELS = [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")]


@pytest.mark.parametrize(("severity", "level"), LEVELS)
def test_sarif_has_its_own_words_for_severities(severity: Severity, level: str) -> None:
    (result,) = run(located("⟦a⟧", severity=severity))["results"]
    assert result["level"] == level


def test_each_rule_that_found_something_is_described_once() -> None:
    told = run(located("⟦a⟧"), located("⟦b⟧"), language="ko")
    (rule,) = told["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("URL020", "tracking-parameter")
    assert rule["shortDescription"]["text"] == summary(TrackingParameter, "ko")
    assert [(one["ruleId"], one["ruleIndex"]) for one in told["results"]] == [("URL020", 0)] * 2


def test_a_fix_says_what_it_replaces_and_how_safe_it_is() -> None:
    (result,) = run(located("a⟦b\nc⟧", path="a.md", replacement="봄", safety=Safety.REPAIR))["results"]
    (fix,) = result["fixes"]
    assert fix["description"] == {"text": "write `봄`"}
    assert fix["properties"] == {"safety": "repair"}
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "a.md"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 2, "endLine": 2, "endColumn": 2},
            "insertedContent": {"text": "봄"},
        }
    ]


def test_a_finding_without_a_fix_names_none() -> None:
    (result,) = run(located("⟦a⟧"))["results"]
    assert "fixes" not in result


def test_a_path_whose_bytes_are_no_text_is_named_by_them() -> None:
    (result,) = run(located("⟦a⟧", path="b\udcff.md"))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b%FF.md"


def test_nothing_found_is_a_report_without_results() -> None:
    assert run()["results"] == []
