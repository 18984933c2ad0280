"""`postlint fix`: it mends what can be mended, and nothing else."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group
from postlint.fixing import Fixed, replace_file
from postlint.run import files

Call = Callable[..., Result]

FAULTY = (
    """\
---
title: 봄
use_math: true
---

첫 줄____
둘째 줄 [글](https://example.org/a?utm_source=b)

[위키](https://ko.wikipedia.org/wiki/한글)
""".replace("_", " ")
    .replace("use math", "use_math")
    .replace("utm source", "utm_source")
)
MENDED = (
    FAULTY.replace("첫 줄    ", "첫 줄  ")
    .replace("?utm_source=b", "")
    .replace("wiki/한글", "wiki/%ED%95%9C%EA%B8%80")
)

RULES = "PAGE009, PAGE011, URL007, URL020, FM014"
"""The rules of the blog: three that `fix` mends, one that nobody can, and one that `--unsafe` mends."""


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".postlint.yml").write_text(f"select: [{RULES}]\n", encoding="utf-8")
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2024-05-01-faulty.md").write_bytes(FAULTY.encode())
    (tmp_path / "_posts" / "2024-05-02-fine.md").write_bytes(b"---\ntitle: a\n---\n\nfine\n")
    return tmp_path


@pytest.fixture
def post(blog: Path) -> Path:
    return blog / "_posts" / "2024-05-01-faulty.md"


@pytest.fixture
def call(blog: Path) -> Call:
    """Calls `postlint fix` in the blog."""

    def fix(*arguments: str, standard_input: bytes | None = None) -> Result:
        return CliRunner().invoke(
            main_group, ["fix", *arguments], input=standard_input, catch_exceptions=False
        )

    return fix


def test_what_can_be_mended_is(call: Call, post: Path) -> None:
    result = call()
    assert post.read_text(encoding="utf-8") == MENDED
    assert result.stdout == (
        "Mended 3 findings in 1 file.\n"
        "Left in 2 files: 1 finding (1 info); `postlint check` tells what they are.\n"
    )
    assert result.exit_code == 0


def written(path: Path) -> tuple[int, ...]:
    """Which file it is, and when something was last written to it; reading it changes neither."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mode, found.st_mtime_ns, found.st_ctime_ns


def test_a_second_time_nothing_changes(call: Call, post: Path) -> None:
    call()
    before = written(post)
    assert call().stdout.startswith("Nothing was mended.\n")
    assert written(post) == before


def test_files_without_fixes_are_not_touched(call: Call, blog: Path) -> None:
    fine = blog / "_posts" / "2024-05-02-fine.md"
    before = written(fine)
    call()
    assert written(fine) == before


def test_unsafe_fixes_are_applied_when_asked_for(call: Call, post: Path) -> None:
    call("--unsafe")
    assert post.read_text(encoding="utf-8") == MENDED.replace("use_math: true\n", "")


def test_only_selected_rules_mend(call: Call, post: Path) -> None:
    call("--select", "PAGE009")
    assert post.read_text(encoding="utf-8") == FAULTY.replace("첫 줄    ", "첫 줄  ")


ENDS = [
    # (arguments, exit code): FM014, an info, is left, and with --select HEAD nothing is found
    ([], 0),
    (["--fail-on", "info"], 1),
    (["--unsafe", "--fail-on", "info"], 0),
    (["--select", "HEAD"], 0),
]


@pytest.mark.parametrize(("arguments", "code"), ENDS)
def test_it_ends_with_1_if_something_as_severe_is_left(call: Call, arguments: list[str], code: int) -> None:
    assert call(*arguments).exit_code == code


def test_quiet_says_nothing(call: Call) -> None:
    assert call("--quiet").output == ""


# Files stay what they are


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_and_byte_order_mark_stay(call: Call, post: Path, bom: bytes, line_end: str) -> None:
    post.write_bytes(bom + FAULTY.replace("\n", line_end).encode())
    call()
    assert post.read_bytes() == bom + MENDED.replace("\n", line_end).encode()


def test_a_missing_line_end_at_the_end_stays_missing(call: Call, post: Path) -> None:
    post.write_bytes(FAULTY.rstrip("\n").encode())
    call()
    assert post.read_bytes() == MENDED.rstrip("\n").encode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_mode_stays(call: Call, post: Path) -> None:
    post.chmod(0o640)
    call()
    assert stat.S_IMODE(post.stat().st_mode) == 0o640


def test_a_symbolic_link_stays(call: Call, blog: Path, post: Path) -> None:
    link = blog / "_posts" / "2024-05-03-link.md"
    link.symlink_to(post.name)
    call("_posts/2024-05-03-link.md")
    assert link.is_symlink()
    assert post.read_text(encoding="utf-8") == MENDED


# --diff


def test_diff_shows_what_would_change_and_writes_nothing(call: Call, post: Path) -> None:
    result = call("--diff", "--select", "PAGE009")
    assert result.stdout == (
        "--- a/_posts/2024-05-01-faulty.md\n"
        "+++ b/_posts/2024-05-01-faulty.md\n"
        "@@ -3,7 +3,7 @@\n"
        " use_math: true\n"
        " ---\n"
        " \n"
        "-첫 줄    \n"
        "+첫 줄  \n"
        " 둘째 줄 [글](https://example.org/a?utm_source=b)\n"
        " \n"
        " [위키](https://ko.wikipedia.org/wiki/한글)\n"
    )
    assert result.stderr.startswith("Would mend 1 finding in 1 file.\n")
    assert result.exit_code == 1
    assert post.read_text(encoding="utf-8") == FAULTY


def test_diff_of_nothing_is_empty(call: Call) -> None:
    result = call("--diff", "--select", "HEAD")
    assert (result.stdout, result.exit_code) == ("", 0)


def test_diff_that_would_mend_everything_says_that_nothing_would_be_left(call: Call) -> None:
    result = call("--diff", "--select", "PAGE009")
    assert result.stderr == "Would mend 1 finding in 1 file.\nNothing would be left.\n"


def test_diff_names_an_absolute_path_from_the_current_folder(call: Call, post: Path) -> None:
    assert call("--diff", str(post)).stdout.startswith("--- a/_posts/2024-05-01-faulty.md\n+++ b/_posts/")


def test_diff_names_a_path_elsewhere_from_the_root(
    call: Call, blog: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (blog / "here").mkdir()
    monkeypatch.chdir(blog / "here")
    told = post.relative_to(post.anchor).as_posix()
    assert call("--diff", "../_posts").stdout.startswith(f"--- a/{told}\n+++ b/{told}\n")


@pytest.mark.parametrize("arguments", [[], ["--diff"]])
def test_a_path_that_was_named_and_cannot_be_read_fails_whatever_is_asked(
    call: Call, arguments: list[str]
) -> None:
    result = call("없음.md", "--ignore", "ALL", "--fail-on", "never", *arguments)
    assert result.exit_code == 1
    assert "없음.md:1:1: error LINT003 unreadable-file: " in result.stderr


def test_an_empty_path_is_not_the_current_folder(call: Call, post: Path) -> None:
    result = call("")
    assert result.exit_code == 2
    assert "The path is empty." in result.stderr
    assert post.read_text(encoding="utf-8") == FAULTY


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize(
    "text",
    [
        FAULTY,
        FAULTY.rstrip("\n"),
        FAULTY.replace("\n", "\r\n"),
        "\ufeff" + FAULTY,
        FAULTY.replace("첫", "위\u2028아래\x0c끝\n첫"),
    ],
    ids=["plain", "no line end at the end", "CR LF", "byte order mark", "signs that end no line"],
)
def test_git_applies_the_diff(call: Call, blog: Path, post: Path, text: str) -> None:
    post.write_bytes(text.encode())
    (blog / "diff").write_bytes(call("--diff", "--quiet").stdout_bytes)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "diff"], cwd=blog, check=True, capture_output=True)
    for before, after in zip(FAULTY.splitlines(), MENDED.splitlines(), strict=True):
        text = text.replace(before, after)
    assert post.read_bytes() == text.encode()


# Standard input


def test_standard_input_comes_out_mended(call: Call, post: Path) -> None:
    result = call("-", "--stdin-filename", "_posts/2024-05-01-faulty.md", standard_input=FAULTY.encode())
    assert result.stdout_bytes == MENDED.encode()
    assert result.stderr.startswith("Mended 3 findings in 1 file.\n")
    assert post.read_text(encoding="utf-8") == FAULTY


@pytest.mark.parametrize("content", [b"", b"caf\xe9 \xff\n", b"\0\1\2", "봄\r\n".encode()])
def test_standard_input_that_is_not_mended_comes_out_as_it_is(call: Call, content: bytes) -> None:
    assert call("-", standard_input=content).stdout_bytes == content


def test_a_diff_of_standard_input_can_be_had(call: Call) -> None:
    result = call("-", "--diff", standard_input="---\n---\n\n봄    \n여름\n".encode())
    assert "-봄    \n+봄  \n" in result.stdout


# Trouble


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_mended(
    call: Call, blog: Path, post: Path
) -> None:
    bad = blog / "_posts" / "2024-05-03-bad.md"
    bad.write_bytes(b"caf\xe9 \xff    \n")
    result = call("--quiet")
    assert result.exit_code == 1
    assert result.stderr == (
        "_posts/2024-05-03-bad.md:1:1: error PAGE011 not-utf8: the file is not UTF-8 (byte offset 3)\n"
    )
    assert bad.read_bytes() == b"caf\xe9 \xff    \n"
    assert post.read_text(encoding="utf-8") == MENDED


def test_a_file_that_another_program_changes_meanwhile_is_left(
    call: Call, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def race(path: Path, before: bytes, after: bytes) -> None:
        path.write_bytes(b"by another program")
        replace_file(path, before, after)

    monkeypatch.setattr(files, "replace_file", race)
    result = call()
    assert result.exit_code == 1
    assert result.stderr == (
        "_posts/2024-05-01-faulty.md: left as it is: another program changed it meanwhile\n"
    )
    assert result.stdout.startswith("Nothing was mended.\n")
    assert post.read_bytes() == b"by another program"


def test_a_disk_that_is_full_is_told(call: Call, post: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, before: bytes, after: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "replace_file", fail)
    result = call()
    assert result.exit_code == 1
    assert result.stderr == "_posts/2024-05-01-faulty.md: cannot be written: No space left on device\n"
    assert post.read_text(encoding="utf-8") == FAULTY


def test_fixes_that_undo_each_other_are_named_and_the_file_is_left(
    call: Call, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        files, "fix_text", lambda text, check, safeties: Fixed(text, (), cycle=("AAA001", "BBB001"))
    )
    result = call("_posts/2024-05-01-faulty.md")
    assert result.exit_code == 1
    assert result.stderr == (
        "_posts/2024-05-01-faulty.md: left as it was:"
        " the fixes of AAA001, BBB001 undo each other; please report this\n"
    )
    assert post.read_text(encoding="utf-8") == FAULTY
