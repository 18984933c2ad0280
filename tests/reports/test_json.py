"""The JSON report is a contract: its fields, their order and their meaning are held here to the letter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from postlint.findings import Safety, Severity
from postlint.reports import summarise
from postlint.reports.as_json import document
from postlint.run.files import Linter
from postlint.run.located import Located
from postlint.run.request import Mode, Request
from postlint.run.results import FileResult
from tests.reports.samples import located


def reported(*findings: Located, language: str = "en") -> str:
    results = [FileResult(found.path, (found,)) for found in findings]
    return document(results, summarise(results), language)


def test_without_findings_the_report_is_an_empty_one() -> None:
    assert document([], summarise([]), "en") == (
        """\
{
  "version": 1,
  "findings": [],
  "summary": {
    "files": 0,
    "errors": 0,
    "warnings": 0,
    "infos": 0,
    "fixable": 0
  }
}
"""
    )


def test_a_finding_is_written_to_the_letter() -> None:
    assert reported(located("하나\n제철은 ⟦바나나⟧이다\n", replacement="봄")) == (
        """\
{
  "version": 1,
  "findings": [
    {
      "path": "_posts/2024-05-01-봄.md",
      "line": 2,
      "column": 5,
      "end_line": 2,
      "end_column": 8,
      "code": "ZZZ001",
      "name": "no-season",
      "severity": "warning",
      "message": "`바나나` is not a season",
      "fix": {
        "safety": "safe",
        "title": "write `봄`",
        "edits": [
          {
            "line": 2,
            "column": 5,
            "end_line": 2,
            "end_column": 8,
            "replacement": "봄"
          }
        ]
      }
    }
  ],
  "summary": {
    "files": 1,
    "errors": 0,
    "warnings": 1,
    "infos": 0,
    "fixable": 1
  }
}
"""
    )


def only(found: Located, *, language: str = "en") -> dict[str, Any]:
    report = json.loads(reported(found, language=language))
    (finding,) = report["findings"]
    assert isinstance(finding, dict)
    return finding


def place(finding: dict[str, Any]) -> tuple[int, ...]:
    return tuple(finding[key] for key in ("line", "column", "end_line", "end_column"))


PLACES = [
    # columns count characters, from 1, ends exclusive
    ("⟦a⟧", (1, 1, 1, 2)),
    ("⟦⟧a", (1, 1, 1, 1)),
    ("🌱\t봄⟦e\u0301⟧", (1, 4, 1, 6)),
    ("a\r\n⟦b\r\nc⟧", (2, 1, 3, 2)),
    ("a⟦\n⟧b", (1, 2, 2, 1)),
    ("a\n⟦⟧", (2, 1, 2, 1)),
]


@pytest.mark.parametrize(("marked", "expected"), PLACES)
def test_places_are_lines_and_columns_of_characters(marked: str, expected: tuple[int, ...]) -> None:
    finding = only(located(marked, replacement="x"))
    assert place(finding) == expected
    assert place(finding["fix"]["edits"][0]) == expected


@pytest.mark.parametrize("severity", list(Severity))
def test_a_severity_is_a_word(severity: Severity) -> None:
    assert only(located("⟦a⟧", severity=severity))["severity"] in {"error", "warning", "info"}
    assert only(located("⟦a⟧", severity=severity))["severity"] == severity.label


SAFETIES = [(Safety.SAFE, "safe", 1), (Safety.REPAIR, "repair", 1), (Safety.UNSAFE, "unsafe", 0)]


@pytest.mark.parametrize(("safety", "word", "fixable"), SAFETIES)
def test_a_fix_says_how_safe_it_is_and_counts_if_fix_applies_it(
    safety: Safety, word: str, fixable: int
) -> None:
    report = json.loads(reported(located("⟦a⟧", replacement="", safety=safety)))
    assert report["findings"][0]["fix"]["safety"] == word
    assert report["summary"]["fixable"] == fixable


def test_a_finding_without_a_fix_has_null_for_one() -> None:
    assert only(located("⟦a⟧"))["fix"] is None


def test_messages_are_in_the_language_asked_for_and_keys_are_not() -> None:
    korean, english = only(located("⟦바나나⟧"), language="ko"), only(located("⟦바나나⟧"))
    assert korean["message"] == "`바나나`는 철이 아닙니다"
    assert {**korean, "message": ""} == {**english, "message": ""}


def test_the_summary_counts_files_and_findings_by_severity() -> None:
    severities = (Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.INFO)
    findings = tuple(located("⟦a⟧", severity=severity) for severity in severities)
    results = [FileResult("a.md", findings), FileResult("b.md", ())]
    report = json.loads(document(results, summarise(results), "en"))
    assert report["summary"] == {"files": 2, "errors": 1, "warnings": 2, "infos": 1, "fixable": 0}


def test_a_path_has_slashes_and_keeps_its_characters() -> None:
    assert only(located("⟦a⟧", path='_posts/봄이 "온다"\n.md'))["path"] == '_posts/봄이 "온다"\n.md'


def test_a_path_that_is_no_utf8_is_written_in_utf8_all_the_same() -> None:
    text = reported(located("⟦a⟧", path="\udcba\udcbd.md"))
    assert r'"path": "\udcba\udcbd.md"' in text
    assert text.encode("utf-8").decode("utf-8") == text
    assert json.loads(text)["findings"][0]["path"] == "\udcba\udcbd.md"


POST = """\
---
title: 봄
---

## 봄

#### 꽃__
http://a.kr http://b.kr__
""".replace("__", "    ")


def test_findings_come_by_position_and_code_and_are_the_same_bytes_on_every_run() -> None:
    def run() -> str:
        linter = Linter(Request(no_config=True, select=("ALL",)))
        result, _ = linter.process_content(Path("_posts/2024-05-01-a.md"), POST.encode())
        return document([result], summarise([result]), "en")

    first = run()
    findings = json.loads(first)["findings"]
    order = [(*place(finding), finding["code"]) for finding in findings]
    assert len(order) >= 3
    assert order == sorted(order)
    assert run() == first


def test_applying_the_edits_of_the_report_is_what_fix_does() -> None:
    """An editor can mend a file with nothing but the report."""
    path = Path("_posts/2024-05-01-a.md")
    linter = Linter(Request(no_config=True, select=("PAGE009",)))
    result, _ = linter.process_content(path, POST.encode())
    lines = POST.split("\n")
    for finding in reversed(json.loads(document([result], summarise([result]), "en"))["findings"]):
        for edit in finding["fix"]["edits"]:
            assert edit["line"] == edit["end_line"]
            line = lines[edit["line"] - 1]
            lines[edit["line"] - 1] = (
                line[: edit["column"] - 1] + edit["replacement"] + line[edit["end_column"] - 1 :]
            )
    mending = Linter(Request(Mode.FIX, no_config=True, select=("PAGE009",)))
    _, content = mending.process_content(path, POST.encode())
    assert "\n".join(lines).encode() == content != POST.encode()
