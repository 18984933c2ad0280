"""The report for people: the line, the span underlined, the fix offered, the totals."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import click
import pytest

from postlint.cli.options import plain, style_for
from postlint.findings import Message, Safety, Severity, Text
from postlint.reports import Summary, text
from postlint.run.located import Located
from postlint.run.results import FileResult
from tests.reports.samples import located


def shown(found: Located, *, language: str = "en", width: int = 80) -> str:
    return text.finding(found, language, plain, width)


def test_a_finding_is_its_place_its_line_and_its_fix() -> None:
    found = located("하나\n둘\n제철은 ⟦바나나⟧이다\n", replacement="봄")
    assert shown(found) == (
        "_posts/2024-05-01-봄.md:3:5: warning ZZZ001 no-season: `바나나` is not a season\n"
        "    3 | 제철은 바나나이다\n"
        "      |        ^^^^^^\n"
        "      = fix: write `봄`\n"
    )


def test_it_may_be_read_in_korean() -> None:
    found = located("⟦바나나⟧이다\n", severity=Severity.ERROR, replacement="봄", safety=Safety.UNSAFE)
    assert shown(found, language="ko") == (
        "_posts/2024-05-01-봄.md:1:1: 오류 ZZZ001 no-season: `바나나`는 철이 아닙니다\n"
        "    1 | 바나나이다\n"
        "      | ^^^^^^\n"
        "      = 고치기(--unsafe): `봄`으로 쓰기\n"
    )


FIXES = [
    (Safety.SAFE, "= fix: write `x`"),
    (Safety.REPAIR, "= fix: write `x`"),
    (Safety.UNSAFE, "= fix, with --unsafe: write `x`"),
]


@pytest.mark.parametrize(("safety", "line"), FIXES)
def test_a_fix_says_whether_it_must_be_asked_for(safety: Safety, line: str) -> None:
    assert shown(located("⟦a⟧", replacement="x", safety=safety)).splitlines()[-1].strip() == line


def underlined(marked: str, *, width: int = 80) -> tuple[str, str]:
    """The excerpt and the underline, without the margin."""
    _, line, marks, *_ = shown(located(marked), width=width).splitlines()
    number, excerpt = re.fullmatch(r"( *\d+) \| ?(.*)", line).groups()  # type: ignore[union-attr]
    margin = f"{'':>{len(number)}} | "
    assert marks.startswith(margin)
    return excerpt, marks.removeprefix(margin)


UNDERLINED = [
    # (text, excerpt, underline)
    ("a ⟦b⟧ c", "a b c", "  ^"),
    # Hangul and other wide characters take two cells
    ("봄 ⟦여름⟧ 가을", "봄 여름 가을", "   ^^^^"),
    ("🌱⟦🌱⟧", "🌱🌱", "  ^^"),
    ("全角　⟦。⟧", "全角　。", "      ^^"),
    # decomposed Hangul takes as much as composed
    (unicodedata.normalize("NFD", "봄밤 ⟦여름⟧"), unicodedata.normalize("NFD", "봄밤 여름"), "     ^^^^"),
    # what is drawn into the character before takes nothing
    ("e\u0301 ⟦b⟧", "e\u0301 b", "  ^"),
    ("❤\ufe0f ⟦b⟧", "❤\ufe0f b", "  ^"),
    # a tab is one space, so that the underline needs no tab either
    ("\ta\t⟦b⟧", " a b", "   ^"),
    ("⟦\t⟧b", "→b", "^"),
    # what cannot be seen is named
    ("a⟦\u200b⟧b", "a\\u{200b}b", " ^^^^^^^^"),
    ("\x1b[31m⟦b⟧", "\\x1b[31mb", "        ^"),
    # a place between characters, an end of line, spaces there
    ("ab⟦⟧cd", "abcd", "  ^"),
    ("ab⟦⟧\ncd", "ab", "  ^"),
    ("ab⟦  ⟧\ncd", "ab··", "  ^^"),
    ("ab⟦\ncd⟧", "ab", "  ^"),
    ("a⟦b\ncd⟧", "ab", " ^"),
    ("⟦ab\r\ncd⟧", "ab", "^^"),
    ("a\n⟦⟧\nb", "", "^"),
]


@pytest.mark.parametrize(("marked", "line", "underline"), UNDERLINED)
def test_the_underline_stands_below_the_span(marked: str, line: str, underline: str) -> None:
    assert underlined(marked) == (line, underline)


def cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


COUNTED = "".join(f"{number}번 " for number in range(200))


@pytest.mark.parametrize("before", ["", "앞 ", COUNTED])
@pytest.mark.parametrize("span", ["여름", COUNTED.replace("번", "봄")])
@pytest.mark.parametrize("behind", ["", " 뒤", COUNTED.replace("번", "철")])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_long_line_is_cut_around_the_span(before: str, behind: str, span: str, width: int) -> None:
    line, underline = underlined(f"{before}⟦{span}⟧{behind}", width=width)
    whole, visible = before + span + behind, line.strip("…")
    assert cells(line) <= width - len("    1 | ")
    assert visible in whole
    assert line.startswith("…") is not whole.startswith(visible)
    assert line.endswith("…") is not whole.rstrip().endswith(visible)
    assert beneath(line, underline) == span[: len(beneath(line, underline))]
    assert len(beneath(line, underline)) >= min(len(span), width // 4)


def beneath(line: str, underline: str) -> str:
    """The characters of `line` that the underline stands below."""
    start = len(underline) - len(underline.lstrip())
    at = 0
    marked = ""
    for character in line:
        if start <= at < len(underline):
            marked += character
        at += cells(character)
    return marked


def test_a_span_stands_in_the_middle_of_what_is_shown() -> None:
    """By what a reader sees, not by characters: Hangul takes twice the room of Latin letters."""
    line, marks = underlined("가" * 60 + "⟦x⟧" + "a" * 120, width=73)
    assert (line, marks) == ("…" + "가" * 15 + "x" + "a" * 30 + "…", " " * 31 + "^")


def test_a_line_of_megabytes_is_cut_too() -> None:
    line, underline = underlined("가" * 1_000_000 + "⟦나⟧" + "다" * 1_000_000)
    assert beneath(line, underline) == "나"
    assert (line[:2], line[-2:]) == ("…가", "다…")


def test_a_line_that_is_cut_on_a_very_wide_terminal_says_so() -> None:
    line, _ = underlined("⟦나⟧" + "x" * 100_000, width=5_000)
    assert line.endswith("x…")


def test_line_numbers_of_six_digits_move_the_underline_with_the_line() -> None:
    found = shown(located("\n" * 123_455 + "가 ⟦나⟧"))
    assert found.splitlines()[1:] == ["123456 | 가 나", "       |    ^^"]


def test_a_file_that_was_not_read_has_no_line() -> None:
    assert len(shown(located("⟦⟧")).splitlines()) == 1


def test_a_path_with_a_line_end_stays_on_one_line() -> None:
    head = shown(located("⟦a⟧", path="새\n글\udcb0.md")).splitlines()[0]
    assert head.startswith("새\\n글\\u{dcb0}.md:1:1: ")


# Colours


def test_colours_are_beside_the_text_and_never_in_it() -> None:
    found = located("제철은 ⟦바나나⟧이다", replacement="봄")
    coloured = text.finding(found, "en", click.style, 80)
    assert "\x1b[" in coloured
    assert click.unstyle(coloured) == shown(found)


class Terminal:
    def isatty(self) -> bool:
        return True


class Pipe:
    def isatty(self) -> bool:
        return False


COLOURED = [
    # (stream, NO_COLOR, whether there are colours)
    (Terminal(), None, True),
    (Terminal(), "", True),  # no-color.org: when present and not an empty string
    (Terminal(), "1", False),
    (Pipe(), None, False),
]


@pytest.mark.parametrize(("stream", "no_color", "coloured"), COLOURED)
def test_there_are_colours_on_a_terminal_unless_refused(
    stream: Any, no_color: str | None, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    assert ("\x1b[" in style_for(stream)("a", bold=True)) is coloured


# Totals

TOTALS = [
    (Summary(), "No findings in 0 files.", "파일 0개에서 찾은 문제가 없습니다."),
    (Summary(files=1), "No findings in 1 file.", "파일 1개에서 찾은 문제가 없습니다."),
    (
        Summary(files=1, errors=1),
        "1 finding in 1 file (1 error).",
        "파일 1개에서 문제 1개를 찾았습니다 (오류 1).",
    ),
    (
        Summary(files=126, errors=1, warnings=7, infos=2, fixable=5),
        "10 findings in 126 files (1 error, 7 warnings, 2 infos). `postlint fix` would mend 5.",
        "파일 126개에서 문제 10개를 찾았습니다 (오류 1, 경고 7, 정보 2)."
        " 이 중 5개는 `postlint fix`로 고칠 수 있습니다.",
    ),
    (
        Summary(files=2, warnings=3, unsafe=2),
        "3 findings in 2 files (3 warnings). `postlint fix --unsafe` would mend 2; look at what it does.",
        "파일 2개에서 문제 3개를 찾았습니다 (경고 3)."
        " 이 중 2개는 `postlint fix --unsafe`로 고친 뒤 직접 확인하세요.",
    ),
    (
        Summary(files=2, warnings=3, fixable=1, unsafe=2),
        "3 findings in 2 files (3 warnings). `postlint fix` would mend 1."
        " `postlint fix --unsafe` would mend 2 more; look at what it does.",
        "파일 2개에서 문제 3개를 찾았습니다 (경고 3)."
        " 이 중 1개는 `postlint fix`로 고칠 수 있습니다."
        " 2개는 `postlint fix --unsafe`로 고친 뒤 직접 확인하세요.",
    ),
]


@pytest.mark.parametrize(("summary", "english", "korean"), TOTALS)
def test_the_last_line_counts(summary: Summary, english: str, korean: str) -> None:
    assert text.total(summary, "en") == english
    assert text.total(summary, "ko") == korean


MENDED = [
    (1, 1, True, "Mended 1 finding in 1 file.", "파일 1개에서 문제 1개를 고쳤습니다."),
    (5, 2, False, "Would mend 5 findings in 2 files.", "파일 2개에서 문제 5개를 고칠 수 있습니다."),
    (0, 0, True, "Nothing was mended.", "고친 것이 없습니다."),
    (0, 0, False, "There is nothing to mend.", "고칠 것이 없습니다."),
]


@pytest.mark.parametrize(("findings", "files", "written", "english", "korean"), MENDED)
def test_fixing_says_what_it_did(findings: int, files: int, written: bool, english: str, korean: str) -> None:
    assert text.mended(findings, files, "en", written=written) == english
    assert text.mended(findings, files, "ko", written=written) == korean


LEFT = [
    (Summary(files=1), True, "Nothing is left.", "남은 문제가 없습니다."),
    (Summary(files=1), False, "Nothing would be left.", "남는 문제는 없습니다."),
    (
        Summary(files=2, errors=1),
        True,
        "Left in 2 files: 1 finding (1 error); `postlint check` tells what they are.",
        "파일 2개에 문제 1개가 남았습니다 (오류 1). `postlint check`로 확인하세요.",
    ),
]


@pytest.mark.parametrize(("summary", "written", "english", "korean"), LEFT)
def test_fixing_says_what_it_leaves(summary: Summary, written: bool, english: str, korean: str) -> None:
    assert text.left(summary, "en", written=written) == english
    assert text.left(summary, "ko", written=written) == korean


def test_a_file_that_was_left_alone_says_why() -> None:
    trouble = Message(
        Text(en="cannot be written: {reason}", ko="저장할 수 없습니다: {reason}"), {"reason": "x\ny"}
    )
    assert (
        text.trouble(FileResult("봄\n.md", (), trouble=trouble), "en") == "봄\\n.md: cannot be written: x\\ny"
    )
    assert text.trouble(FileResult("봄.md", ()), "en") is None
