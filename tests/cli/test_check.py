"""`postlint check`: what it says, where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group

Call = Callable[..., Result]

FAULTY = """\
---
title: 4월의 산책
use_math: true
---

## 봄

#### 꽃

[글](https://example.org/a?utm_source=b)
"""
"""Info FM014 line 3, info HEAD001 line 8, warning URL020 line 10."""

FAULTS = ("FM014", "HEAD001", "URL020")
"""What is told of `FAULTY`, whatever other rules there are."""


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with two posts: one with three findings, one with none."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    posts = tmp_path / "_posts"
    posts.mkdir()
    (posts / "2024-05-01-faulty.md").write_text(FAULTY, encoding="utf-8")
    (posts / "2024-05-02-fine.md").write_text("---\ntitle: 여름\n---\n\n여름이다.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def call(blog: Path) -> Call:
    """Calls `postlint check` in the blog."""

    def check(*arguments: str, standard_input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(
            main_group, ["check", *arguments], input=standard_input, catch_exceptions=False
        )

    return check


def codes(result: Result) -> list[str]:
    """The codes of a JSON report, in its order."""
    return [finding["code"] for finding in json.loads(result.stdout)["findings"]]


def faults(result: Result) -> list[str]:
    """Those of `FAULTS` that a JSON report tells, in its order."""
    return [code for code in codes(result) if code in FAULTS]


# What is checked


@pytest.mark.parametrize(
    "paths", [[], ["."], ["_posts"], ["_posts/2024-05-01-faulty.md", "_posts/2024-05-02-fine.md"]]
)
def test_paths_are_files_or_folders_and_the_current_one_if_none(call: Call, paths: list[str]) -> None:
    report = json.loads(call(*paths, "--output-format", "json").stdout)
    assert report["summary"]["files"] == 2
    assert {finding["path"] for finding in report["findings"]} == {"_posts/2024-05-01-faulty.md"}


def test_a_folder_without_markdown_is_told_and_is_no_fault(call: Call, blog: Path) -> None:
    (blog / "empty").mkdir()
    result = call("empty")
    assert result.exit_code == 0
    assert result.stderr == "There is no Markdown file in empty.\n"


def test_standard_input_is_checked_by_the_name_it_is_given(call: Call) -> None:
    result = call(
        "-", "--stdin-filename", "_posts/2024-05-01-봄.md", "--output-format", "json", standard_input=FAULTY
    )
    findings = json.loads(result.stdout)["findings"]
    assert {finding["path"] for finding in findings} == {"_posts/2024-05-01-봄.md"}
    assert faults(result) == ["FM014", "HEAD001", "URL020"]


def test_standard_input_without_a_name_is_called_stdin(call: Call) -> None:
    result = call("-", "--output-format", "concise", "--select", "HEAD001", standard_input="## a\n\n#### b\n")
    assert result.stdout.startswith("stdin.md:3:1: ")


def test_standard_input_may_be_no_text(call: Call) -> None:
    result = call("-", "--output-format", "concise", standard_input=b"caf\xe9 \xff")
    assert result.exit_code == 1
    assert "PAGE011" in result.stdout


# How it ends

ENDS = [
    # (arguments, exit code); the worst finding is a warning
    ([], 1),
    (["--fail-on", "info"], 1),
    (["--fail-on", "warning"], 1),
    (["--fail-on", "error"], 0),
    (["--select", "HEAD001"], 0),
    (["--select", "HEAD001", "--fail-on", "info"], 1),
    (["_posts/2024-05-02-fine.md", "--fail-on", "info"], 0),
    (["없음.md"], 1),
]


@pytest.mark.parametrize(("arguments", "code"), ENDS)
def test_it_ends_with_1_at_findings_as_severe_as_asked(call: Call, arguments: list[str], code: int) -> None:
    assert call(*arguments).exit_code == code


@pytest.mark.parametrize("arguments", [["--ignore", "LINT003"], ["--ignore", "ALL"], ["--fail-on", "never"]])
def test_a_path_that_was_named_and_cannot_be_read_fails_whatever_is_asked(
    call: Call, arguments: list[str]
) -> None:
    result = call("없음.md", "--output-format", "json", *arguments)
    assert result.exit_code == 1
    assert codes(result) == ["LINT003"]


@pytest.mark.parametrize(
    "configuration",
    ["ignore: [LINT]\n", "per-file-ignores: {'*.md': LINT003}\n", "severity: {LINT003: info}\n"],
)
def test_no_configuration_hides_that_a_named_path_cannot_be_read(
    call: Call, blog: Path, configuration: str
) -> None:
    (blog / ".postlint.yml").write_text(configuration, encoding="utf-8")
    result = call("없음.md", "--output-format", "json")
    assert result.exit_code == 1
    assert codes(result) == ["LINT003"]


def test_standard_input_that_is_no_text_counts_as_named(call: Call) -> None:
    assert call("-", "--ignore", "LINT", standard_input=b"a\0b").exit_code == 1


def test_a_file_that_was_found_and_cannot_be_read_may_be_ignored(call: Call, blog: Path) -> None:
    (blog / "_posts" / "2024-05-03-binary.md").write_bytes(b"a\0b")
    assert "LINT003" in codes(call("_posts", "--output-format", "json"))
    assert "LINT003" not in codes(call("_posts", "--ignore", "LINT003", "--output-format", "json"))


def test_a_severity_from_the_configuration_counts(call: Call, blog: Path) -> None:
    (blog / ".postlint.yml").write_text("severity: {URL020: info, HEAD001: error}\n", encoding="utf-8")
    assert call("--select", "URL020").exit_code == 0
    assert call("--select", "HEAD001", "--fail-on", "error").exit_code == 1


WRONG = [
    # (arguments, what is said)
    (["--select", "URLX"], "'URLX' is no rule, code or prefix of one. Did you mean 'URL'?"),
    (
        ["--ignore", "elided-urls"],
        "'elided-urls' is no rule, code or prefix of one. Did you mean 'elided-url'?",
    ),
    (["--extend-select", ","], "It names no rule."),
    (["--select", ""], "It names no rule."),
    (["--output-format", "xml"], "'xml' is not one of"),
    (["--fail-on", "fatal"], "'fatal' is not one of"),
    (["--language", "fr"], "'fr' is not one of"),
    (["--colour"], "No such option"),
    (["--config", "없음.yml"], "does not exist"),
    (["--config", "_posts/2024-05-01-faulty.md", "--no-config"], "exclude each other"),
    (["-", "_posts"], "Standard input (-) is read alone"),
    (["--stdin-filename", "a.md"], "names what standard input (-) has"),
    (["-", "--fix"], "`postlint fix -` writes the mended text"),
    ([""], "The path is empty."),
    (["-", "--stdin-filename", ""], "The path is empty."),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_usage_ends_with_2_and_says_why(call: Call, arguments: list[str], said: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_a_mistake_in_the_configuration_ends_with_2_before_anything_is_checked(
    call: Call, blog: Path
) -> None:
    (blog / "_posts" / ".postlint.yml").write_text("language: ko\nselct: [URL]\n", encoding="utf-8")
    result = call()
    assert result.exit_code == 2
    assert result.stdout == ""
    place = f"{blog / '_posts' / '.postlint.yml'}:2"
    assert result.stderr == f"{place}: unknown key `selct`; did you mean `select`?\n"


def test_a_mistake_in_the_configuration_can_be_read_in_korean(call: Call, blog: Path) -> None:
    (blog / ".postlint.yml").write_text("selct: [URL]\n", encoding="utf-8")
    assert "알 수 없는 설정 `selct`. 혹시 `select`를 뜻했나요?" in call("--language", "ko").stderr


# Which rules

RULES = [
    (["--select", "URL"], ["URL020"]),
    (["--select", "url020"], ["URL020"]),
    (["--select", "tracking-parameter"], ["URL020"]),
    (["--select", "URL,HEAD"], ["HEAD001", "URL020"]),
    (["--select", "URL", "--select", "HEAD"], ["HEAD001", "URL020"]),
    (["--select", "ALL", "--ignore", "FM,URL"], ["HEAD001"]),
    (["--ignore", "FM014"], ["HEAD001", "URL020"]),
    (["--select", "URL", "--extend-select", "HEAD001"], ["HEAD001", "URL020"]),
]


@pytest.mark.parametrize(("arguments", "found"), RULES)
def test_rules_are_selected_by_code_prefix_name_or_all(
    call: Call, arguments: list[str], found: list[str]
) -> None:
    assert faults(call(*arguments, "--output-format", "json")) == found


def test_the_configuration_selects_and_the_command_line_adds(call: Call, blog: Path) -> None:
    (blog / ".postlint.yml").write_text("select: [URL, HEAD]\nignore: [HEAD001]\n", encoding="utf-8")
    assert faults(call("--output-format", "json")) == ["URL020"]
    assert faults(call("--extend-select", "FM", "--output-format", "json")) == ["FM014", "URL020"]
    assert faults(call("--select", "HEAD", "--output-format", "json")) == ["HEAD001"]
    assert faults(call("--no-config", "--output-format", "json")) == ["FM014", "HEAD001", "URL020"]


def test_a_configuration_may_be_named(call: Call, blog: Path) -> None:
    (blog / "ci.yml").write_text("select: [HEAD]\n", encoding="utf-8")
    assert faults(call("--config", "ci.yml", "--output-format", "json")) == ["HEAD001"]


def test_each_folder_has_its_own_configuration(call: Call, blog: Path) -> None:
    (blog / "old").mkdir()
    (blog / "old" / "a.md").write_text(FAULTY, encoding="utf-8")
    (blog / "old" / ".postlint.yml").write_text("select: [HEAD]\n", encoding="utf-8")
    (blog / ".postlint.yml").write_text("select: [URL]\n", encoding="utf-8")
    assert faults(call("--output-format", "json")) == ["URL020", "HEAD001"]


def test_exclude_and_per_file_ignores_leave_out(call: Call, blog: Path) -> None:
    (blog / "draft.md").write_text(FAULTY, encoding="utf-8")
    (blog / ".postlint.yml").write_text(
        "exclude: [draft.md]\nper-file-ignores: {'_posts/*faulty*': [URL, FM]}\n", encoding="utf-8"
    )
    result = call("--output-format", "json")
    assert faults(result) == ["HEAD001"]
    assert json.loads(result.stdout)["summary"]["files"] == 2
    assert "URL020" in codes(call("draft.md", "--output-format", "json"))


# What it says


def test_text_shows_each_finding_and_the_totals(call: Call) -> None:
    assert call("--select", "HEAD001,URL020").stdout == (
        "_posts/2024-05-01-faulty.md:8:1: info HEAD001 skipped-heading-level:"
        " h4 follows h2: the levels between are skipped\n"
        "    8 | #### 꽃\n"
        "      | ^^^^^^^\n"
        "\n"
        "_posts/2024-05-01-faulty.md:10:26: warning URL020 tracking-parameter:"
        " `utm_source` tracks whoever follows this link\n"
        "   10 | [글](https://example.org/a?utm_source=b)\n"
        "      |                           ^^^^^^^^^^^^^\n"
        "      = fix: remove `utm_source`\n"
        "\n"
        "2 findings in 2 files (1 warning, 1 info). `postlint fix` would mend 1.\n"
    )


def test_statistics_count_instead_of_showing(call: Call) -> None:
    result = call("--statistics", "_posts")
    assert "\n     1  HEAD001  info     skipped-heading-level\n" in f"\n{result.output}"
    assert "faulty.md" not in result.output
    assert "3 findings in " in result.output
    assert result.exit_code == 1


def test_statistics_are_no_report_for_programs(call: Call) -> None:
    result = call("--statistics", "--output-format", "json", "_posts")
    assert result.exit_code == 2
    assert "--output-format json" in result.output


def test_quiet_says_only_what_was_found(call: Call) -> None:
    assert len(call("--select", "HEAD001", "--output-format", "concise", "--quiet").stdout.splitlines()) == 1
    assert call("_posts/2024-05-02-fine.md", "-q").stdout == ""


@pytest.mark.parametrize("output_format", ["json", "github"])
def test_reports_for_programs_hold_nothing_else(call: Call, output_format: str) -> None:
    result = call("--output-format", output_format)
    if output_format == "json":
        assert json.loads(result.stdout)["version"] == 1
    else:
        assert all(line.startswith("::") for line in result.stdout.splitlines())
    assert result.stderr == ""


LANGUAGES = [
    # (environment, configuration, arguments, whether it is Korean)
    ({}, "", [], False),
    ({"LANG": "ko_KR.UTF-8"}, "", [], True),
    ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C.UTF-8"}, "", [], False),
    ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR"}, "", [], True),
    ({}, "language: ko\n", [], True),
    ({"LANG": "ko_KR.UTF-8"}, "language: en\n", [], False),
    ({}, "language: ko\n", ["--language", "en"], False),
    ({}, "", ["--language", "ko"], True),
    ({"LANG": "ko_KR.UTF-8"}, "language: en\n", ["--language", "auto"], True),
]


@pytest.mark.parametrize(("environment", "configuration", "arguments", "korean"), LANGUAGES)
def test_the_language_is_asked_for_or_configured_or_that_of_the_environment(
    call: Call,
    blog: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    configuration: str,
    arguments: list[str],
    korean: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (blog / ".postlint.yml").write_text(configuration, encoding="utf-8")
    assert ("문제" in call(*arguments).stdout) is korean


# --fix


def test_fix_mends_and_tells_what_is_left(call: Call, blog: Path) -> None:
    result = call("--fix", "--select", ",".join(FAULTS), "--output-format", "concise")
    assert result.exit_code == 0
    assert "utm_source" not in (blog / "_posts" / "2024-05-01-faulty.md").read_text(encoding="utf-8")
    *findings, mended, total = result.stdout.splitlines()
    assert [line.split()[2] for line in findings] == ["FM014", "HEAD001"]
    assert mended == "Mended 1 finding in 1 file."
    assert total.startswith("2 findings in 2 files (2 infos).")


def test_fix_that_mends_everything_says_that_nothing_is_left(call: Call) -> None:
    assert call("--fix", "--select", "URL").stdout == "Mended 1 finding in 1 file.\nNothing is left.\n"


def test_without_fix_nothing_is_written(call: Call, blog: Path) -> None:
    call()
    assert (blog / "_posts" / "2024-05-01-faulty.md").read_text(encoding="utf-8") == FAULTY


# Kinds of files

KINDS = [
    # (path, whether kramdown makes a page of it)
    ("_posts/2024-05-01-a.md", True),
    ("_drafts/a.md", True),
    ("blog/_posts/2024-05-01-a.md", True),
    ("about.md", True),
    ("README.md", False),
]


@pytest.mark.parametrize(("path", "is_page"), KINDS)
def test_a_readme_is_no_page_of_the_site(call: Call, blog: Path, path: str, is_page: bool) -> None:
    """A bare address is no link on a page that kramdown makes, and is one where GitHub shows the file."""
    file = blog / path
    file.parent.mkdir(parents=True, exist_ok=True)
    front_matter = "---\ntitle: 봄\n---\n\n" if path == "about.md" else ""
    file.write_text(f"{front_matter}출처: https://ko.example.org/a\n", encoding="utf-8")
    assert codes(call(path, "--select", "URL013", "--output-format", "json")) == (
        ["URL013"] if is_page else []
    )


# The program


def test_the_program_may_be_called_by_its_name(blog: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "postlint", "check", "--fail-on", "error", "--output-format", "concise"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "URL020" in done.stdout


def test_a_reader_that_goes_away_ends_it_quietly(blog: Path) -> None:
    (blog / "_posts" / "2024-05-03-long.md").write_text("## a\n\n#### b\n\n" * 20_000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "postlint", "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_ctrl_c_ends_any_command_as_shells_have_it(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("postlint.cli.check.write", interrupted)
    result = call()
    assert (result.exit_code, result.output) == (130, "")


def test_a_command_that_is_not_there_is_offered_the_nearest(blog: Path) -> None:
    result = CliRunner().invoke(main_group, ["chekc"])
    assert result.exit_code == 2
    assert "No such command 'chekc'. Did you mean 'check'?" in result.stderr


def test_the_version_is_told() -> None:
    from postlint import __version__

    assert CliRunner().invoke(main_group, ["--version"]).stdout == f"postlint, version {__version__}\n"


def test_github_is_told_of_files_from_the_folder_of_the_repository(
    call: Call, blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(blog.parent))
    first = call("--output-format", "github", "--select", "HEAD001").stdout
    assert f"file={blog.name}/_posts/2024-05-01-faulty.md,line=8" in first
    monkeypatch.setenv("GITHUB_WORKSPACE", str(blog))
    assert "file=_posts/2024-05-01-faulty.md,line=8" in call("--output-format", "github", "--no-cache").stdout
