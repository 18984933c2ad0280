"""The rules for programs, such as editors and pages about a blog's checks: JSON, version 1."""

from __future__ import annotations

import json
from collections.abc import Sequence

from postlint.rule import Rule
from postlint.ruledoc import page, summary

VERSION = 1


def document(rules: Sequence[type[Rule]], language: str) -> str:
    """All `rules`, in their order; severities are words for programs, whatever the language."""
    report = {
        "version": VERSION,
        "rules": [
            {
                "code": rule.code,
                "name": rule.name,
                "severity": rule.severity.label,
                "default": rule.enabled,
                "summary": summary(rule, language),
                "page": page(rule, language),
            }
            for rule in rules
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
