"""One line for each finding, as editors and grep read it."""

from __future__ import annotations

from postlint.findings import Severity
from postlint.reports import concise
from tests.reports.samples import located


def test_concise_is_what_editors_and_grep_read() -> None:
    assert concise.line(located("하나\n제철은 ⟦바나나⟧이다"), "en") == (
        "_posts/2024-05-01-봄.md:2:5: warning ZZZ001 no-season: `바나나` is not a season"
    )


def test_concise_keeps_severities_for_programs_and_messages_for_people() -> None:
    assert concise.line(located("⟦바나나⟧", severity=Severity.ERROR), "ko") == (
        "_posts/2024-05-01-봄.md:1:1: error ZZZ001 no-season: `바나나`는 철이 아닙니다"
    )


def test_concise_stays_on_one_line() -> None:
    line = concise.line(located("⟦a\r\nb\x1b⟧", path="새\n글.md"), "en")
    assert line == "새\\n글.md:1:1: warning ZZZ001 no-season: `a\\r\\nb\\x1b` is not a season"
