"""The JSON report, version 1: a contract, described in `docs/json.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from postlint.reports import Summary
from postlint.run.located import Located, Place
from postlint.run.results import FileResult

VERSION = 1


def document(results: Sequence[FileResult], summary: Summary, language: str) -> str:
    """The whole report; the same bytes for the same results.

    A lone surrogate, which stands for a byte of a path that is no UTF-8, is written as `\\udcXX`.
    """
    report = {
        "version": VERSION,
        "findings": [_finding(located, language) for result in results for located in result.findings],
        "summary": {
            "files": summary.files,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "fixable": summary.fixable,
        },
    }
    text = json.dumps(report, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _finding(located: Located, language: str) -> dict[str, Any]:
    finding = located.finding
    return {
        "path": located.path,
        **_place(located.place),
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.label,
        "message": finding.message.render(language),
        "fix": None
        if finding.fix is None
        else {
            "safety": finding.fix.safety.value,
            "title": finding.fix.title.render(language),
            "edits": [{**_place(place), "replacement": text} for place, text in located.edits],
        },
    }


def _place(place: Place) -> dict[str, int]:
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
