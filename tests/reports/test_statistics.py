"""How often each rule has found something, as a table."""

from __future__ import annotations

import pytest

from postlint.findings import Safety, Severity
from postlint.reports import statistics
from postlint.run.located import Located
from postlint.run.results import FileResult
from tests.reports.samples import located


def plain(text: str, **_: object) -> str:
    return text


def table(*found: Located, language: str = "en") -> list[str]:
    return statistics.table([FileResult(one.path, (one,)) for one in found], language, plain)


def test_findings_are_counted_over_all_files() -> None:
    assert table(located("⟦a⟧"), located("⟦b⟧", path="둘째.md")) == ["     2  ZZZ001   warning  no-season"]


def test_what_is_frequent_comes_first() -> None:
    error = located("⟦a⟧", severity=Severity.ERROR)
    first, second = table(error, located("⟦b⟧"), located("⟦c⟧"))
    assert "warning" in first
    assert "error" in second


@pytest.mark.parametrize(
    ("safety", "language", "told"),
    [
        (Safety.SAFE, "en", "fix: 1"),
        (Safety.REPAIR, "ko", "고치기: 1"),
        (Safety.UNSAFE, "en", "fix, with --unsafe: 1"),
    ],
)
def test_it_tells_how_many_can_be_mended(safety: Safety, language: str, told: str) -> None:
    (line,) = table(located("⟦a⟧", replacement="b", safety=safety), located("⟦c⟧"), language=language)
    assert line.endswith(f"no-season  {told}")


def test_nothing_found_is_no_table() -> None:
    assert statistics.table([FileResult("글.md", ())], "en", plain) == []
