"""SARIF 2.1.0 (OASIS), which GitHub's code scanning and editors read.

Sections in brackets are those of the standard.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

import postlint
from postlint.findings import Severity
from postlint.rule import Rule
from postlint.ruledoc import description, summary
from postlint.run.located import Located, Place
from postlint.run.results import FileResult

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"
"""What GitHub puts the root of the repository in place of."""


def document(
    results: Sequence[FileResult], rules: Mapping[str, type[Rule]], language: str, below: str = ""
) -> str:
    """The whole report; the same bytes for the same results.

    `rules` are known by their codes; `below` is the path of the current folder from that of the repository,
    with `/` behind.
    """
    found = [located for result in results for located in result.findings]
    codes = sorted({located.finding.code for located in found})
    index = {code: number for number, code in enumerate(codes)}
    report = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "postlint",
                        "version": postlint.__version__,
                        "rules": [_rule(rules[code], language) for code in codes],
                    }
                },
                "language": language,
                "columnKind": "unicodeCodePoints",
                "results": [_result(located, index, language, below) for located in found],
            }
        ],
    }
    text = json.dumps(report, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _rule(rule: type[Rule], language: str) -> dict[str, Any]:
    page = description(rule, language)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary(rule, language)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"enabled": rule.enabled, "level": _LEVELS[rule.severity]},
    }


def _result(located: Located, index: Mapping[str, int], language: str, below: str) -> dict[str, Any]:
    finding = located.finding
    artifact = _artifact(located.path, below)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message.render(language)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(located.place)}}],
    }
    if finding.fix is not None:
        replacements = [
            {"deletedRegion": _region(place), "insertedContent": {"text": text}}
            for place, text in located.edits
        ]
        result["fixes"] = [
            {
                "description": {"text": finding.fix.title.render(language)},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
                "properties": {"safety": finding.fix.safety.value},
            }
        ]
    return result


def _artifact(path: str, below: str) -> dict[str, str]:
    """Where the file is: an address, relative to the repository if it may lie in there (3.4)."""
    if PurePath(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(below + path)), "uriBaseId": _ROOT}


def _region(place: Place) -> dict[str, int]:
    """The end is that of the character behind it, as a place has it (3.30.8)."""
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
