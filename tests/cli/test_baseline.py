"""`postlint check --baseline`: a blog that has findings can be checked from today on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group

Call = Callable[..., Result]

POST = "_posts/2024-05-01-old.md"
HEAD = "---\ntitle: 옛글\n---\n\n"
OLD = "![](https://example.org/a.png)\n\n[글](http://example.org/b)\n"
"""PAGE008 and URL024, both of them info."""


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "_posts").mkdir()
    (tmp_path / POST).write_text(HEAD + OLD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def check(blog: Path) -> Call:
    def called(*arguments: str) -> Result:
        command = ["check", "--no-config", "--select", "PAGE008,URL024,LINT", "--fail-on", "info"]
        return CliRunner().invoke(
            main_group, [*command, "--language", "en", *arguments], catch_exceptions=False
        )

    return called


def codes(result: Result) -> list[str]:
    return [finding["code"] for finding in json.loads(result.stdout)["findings"]]


def test_what_is_accepted_is_written_as_counts(check: Call, blog: Path) -> None:
    result = check("--write-baseline", "known.json")
    assert result.exit_code == 0
    assert result.stdout == "known.json now accepts 2 findings.\n"
    assert json.loads((blog / "known.json").read_text(encoding="utf-8")) == {
        "version": 1,
        "findings": {POST: {"PAGE008": 1, "URL024": 1}},
    }


def test_what_is_accepted_is_told_no_more(check: Call) -> None:
    check("--write-baseline", "known.json")
    result = check("--baseline", "known.json")
    assert result.exit_code == 0
    assert result.stdout == "No findings in 1 file.\n2 more, accepted by known.json, not shown.\n"


def test_lines_may_move(check: Call, blog: Path) -> None:
    check("--write-baseline", "known.json")
    (blog / POST).write_text(HEAD + "새로 쓴 문단.\n\n" + OLD, encoding="utf-8")
    assert check("--baseline", "known.json").exit_code == 0


def test_where_a_rule_finds_more_all_that_it_finds_there_is_told(check: Call, blog: Path) -> None:
    check("--write-baseline", "known.json")
    (blog / POST).write_text(HEAD + OLD + "\n[새](http://example.org/c)\n", encoding="utf-8")
    result = check("--baseline", "known.json", "--output-format", "json")
    assert result.exit_code == 1
    assert codes(result) == ["URL024", "URL024"]


def test_another_file_has_nothing_accepted(check: Call, blog: Path) -> None:
    check("--write-baseline", "known.json")
    (blog / "_posts/2024-05-02-new.md").write_text(HEAD + OLD, encoding="utf-8")
    assert codes(check("--baseline", "known.json", "--output-format", "json")) == ["PAGE008", "URL024"]


def test_statistics_count_what_is_not_accepted(check: Call) -> None:
    check("--write-baseline", "known.json")
    assert "URL024" not in check("--baseline", "known.json", "--statistics").stdout


def test_paths_are_those_from_the_baseline_wherever_the_command_is_called(
    check: Call, blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check("--write-baseline", "known.json")
    monkeypatch.chdir(blog / "_posts")
    assert check("--baseline", "../known.json").exit_code == 0


def test_writing_again_keeps_what_is_known_of_files_not_looked_at(check: Call, blog: Path) -> None:
    check("--write-baseline", "known.json")
    (blog / "_posts/2024-05-02-new.md").write_text(HEAD + OLD, encoding="utf-8")
    check("--write-baseline", "known.json", "_posts/2024-05-02-new.md")
    findings = json.loads((blog / "known.json").read_text(encoding="utf-8"))["findings"]
    assert list(findings) == [POST, "_posts/2024-05-02-new.md"]


def test_writing_again_forgets_what_was_mended_and_what_is_gone(check: Call, blog: Path) -> None:
    gone = blog / "_posts/2024-05-02-gone.md"
    gone.write_text(HEAD + OLD, encoding="utf-8")
    check("--write-baseline", "known.json")
    gone.unlink()
    (blog / POST).write_text(HEAD + "글\n", encoding="utf-8")
    check("--write-baseline", "known.json", POST)
    assert json.loads((blog / "known.json").read_text(encoding="utf-8"))["findings"] == {}


def test_a_file_that_cannot_be_read_is_never_accepted(check: Call, blog: Path) -> None:
    written = check("--write-baseline", "known.json", "nowhere.md")
    assert written.exit_code == 1
    assert written.stderr.startswith("nowhere.md:1:1: error LINT003 ")
    assert "LINT003" not in (blog / "known.json").read_text(encoding="utf-8")
    assert check("--baseline", "known.json", "nowhere.md").exit_code == 1


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 2, "findings": {}}', '{"version": 1, "findings": {"a": 1}}']
)
def test_another_file_is_no_baseline(content: str, check: Call, blog: Path) -> None:
    (blog / "known.json").write_text(content, encoding="utf-8")
    for option in ("--baseline", "--write-baseline"):
        result = check(option, "known.json")
        assert result.exit_code == 2
        assert result.stderr == "known.json: is no baseline; `postlint check --write-baseline` makes one\n"
    assert (blog / "known.json").read_text(encoding="utf-8") == content


def test_a_baseline_that_is_not_there_is_told(check: Call) -> None:
    result = check("--baseline", "nowhere.json")
    assert result.exit_code == 2
    assert result.stderr.startswith("nowhere.json: cannot be read: ")


def test_a_baseline_that_cannot_be_saved_is_told(check: Call) -> None:
    result = check("--write-baseline", "no/where.json")
    assert result.exit_code == 2
    assert result.stderr.startswith("no/where.json: cannot be saved: ")


def test_one_baseline_is_read_or_written(check: Call) -> None:
    result = check("--baseline", "a.json", "--write-baseline", "b.json")
    assert result.exit_code == 2
    assert "--baseline and --write-baseline exclude each other." in result.stderr
