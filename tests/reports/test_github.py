"""Annotations for GitHub Actions."""

from __future__ import annotations

import pytest

from postlint.findings import Severity
from postlint.reports import github
from tests.reports.samples import located


def test_github_is_told_by_a_workflow_command() -> None:
    assert github.line(located("하나\n제철은 ⟦바나나⟧이다"), "en") == (
        "::warning file=_posts/2024-05-01-봄.md,line=2,endLine=2,col=5,endColumn=8,"
        "title=ZZZ001 no-season::_posts/2024-05-01-봄.md:2:5: ZZZ001 `바나나` is not a season"
    )


def test_github_finds_files_from_the_folder_of_the_repository() -> None:
    line = github.line(located("⟦a⟧", path="_posts/a.md"), "en", "blog/")
    assert "file=blog/_posts/a.md," in line
    assert "::_posts/a.md:1:1: " in line
    assert "file=/home/a.md," in github.line(located("⟦a⟧", path="/home/a.md"), "en", "blog/")


COMMANDS = [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]


@pytest.mark.parametrize(("severity", "command"), COMMANDS)
def test_github_has_its_own_words_for_severities(severity: Severity, command: str) -> None:
    assert github.line(located("⟦a⟧", severity=severity), "en").startswith(f"::{command} file=")


def test_github_takes_no_columns_over_several_lines() -> None:
    assert ",line=1,endLine=2,title=" in github.line(located("a⟦b\nc⟧"), "en")


def test_what_would_end_a_workflow_command_is_escaped() -> None:
    line = github.line(located("⟦100%\r\n::error::⟧", path="a:b,c%d\n.md"), "en")
    assert line == (
        "::warning file=a%3Ab%2Cc%25d%0A.md,line=1,endLine=2,title=ZZZ001 no-season"
        "::a:b,c%25d%0A.md:1:1: ZZZ001 `100%25%0D%0A::error::` is not a season"
    )


def test_what_would_change_a_terminal_is_visible() -> None:
    assert github.line(located("⟦\x1b[31m\x9b\u202e⟧"), "en").endswith(
        "`\\x1b[31m\\u{9b}\\u{202e}` is not a season"
    )
