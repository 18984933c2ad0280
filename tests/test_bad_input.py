"""Whatever a file holds, wherever it lies and whatever the terminal can show: each gives a finding or one
clear line, the other files are checked, nothing is half-written, and no traceback is ever shown.

Everything here goes through the real command in a process of its own, with bounded memory.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from postlint.run.files import Linter
from postlint.run.request import Request

POSIX = os.name == "posix"
MEMORY = 500 * 1024 * 1024

GOOD = "## 봄\n\n#### 꽃\n"
"""One finding: HEAD001 at line 3."""


class Run(NamedTuple):
    code: int
    out: str
    errors: str
    peak: int
    """Bytes of memory that the process and its children took at most; 0 where that cannot be told."""


MEASURED = """
import json, os, resource, subprocess, sys
code = subprocess.call([sys.executable, "-m", "postlint", *sys.argv[2:]])
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN,))
with open(sys.argv[1], "w") as file:
    json.dump([code, peak * (1 if sys.platform == "darwin" else 1024)], file)
"""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A folder with one good post, whose finding must be told whatever lies beside it."""
    folder = tmp_path / "blog"
    (folder / "_posts").mkdir(parents=True)
    (folder / "_posts" / "2024-05-01-good.md").write_text(GOOD, encoding="utf-8")
    return folder


_RULES = "FM003,FM014,FM016,HEAD001,PAGE001,PAGE009,PAGE011,LINT"
"""Rules for files of every kind, so that one more rule changes nothing here."""


def run(folder: Path, *arguments: str | Path, encoding: str = "utf-8", **environment: str) -> Run:
    """`postlint` with `arguments` in `folder`; `encoding` is that of its standard output."""
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))
    }
    measured = folder.parent / "measured.json"
    command = [sys.executable, "-c", MEASURED, measured] if POSIX else [sys.executable, "-m", "postlint"]
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        capture_output=True,
        env={**inherited, "LC_ALL": "C.UTF-8", "COLUMNS": "100", **environment},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    errors = done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in errors
    code, peak = json.loads(measured.read_text()) if POSIX else (done.returncode, 0)
    assert code in (0, 1, 2), errors
    assert peak < MEMORY
    return Run(code, done.stdout.decode(encoding), errors, peak)


def checked(folder: Path, *arguments: str | Path, **environment: str) -> list[tuple[str, int, str, str]]:
    """What `check` finds (path, line, code, message) beside the one finding of the good post."""
    done = run(folder, "check", "--output-format", "json", "--select", _RULES, *arguments, **environment)
    assert done.errors == ""
    findings = [
        (finding["path"], finding["line"], finding["code"], finding["message"])
        for finding in json.loads(done.out)["findings"]
    ]
    good = [finding for finding in findings if finding[0].endswith("_posts/2024-05-01-good.md")]
    assert [(line, code) for _, line, code, _ in good] == [(3, "HEAD001")]
    return [finding for finding in findings if finding not in good]


def untouched_by_fix(folder: Path) -> None:
    """Mending all there is leaves each file that is told to be unreadable as it is, and nothing beside it."""

    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = content()
    run(folder, "fix", "--unsafe", "--select", "ALL")
    assert content() == before


# Bytes that are no post

KOREAN = "---\ntitle: 봄\n---\n\n봄이 온다. 봄이 간다.\n"
NO_POSTS = [
    # (bytes, code, message)
    (
        KOREAN.encode("cp949"),
        "PAGE011",
        "the file is not UTF-8 (byte offset 11); it reads as CP949: save it as UTF-8",
    ),
    (
        KOREAN.encode("utf-16"),
        "PAGE011",
        "the file is not UTF-8 (byte offset 0); it reads as UTF-16: save it as UTF-8",
    ),
    (KOREAN.encode("utf-16-le"), "PAGE011", "(byte offset 1); it reads as UTF-16"),
    (b"caf\xe9 \xff\n", "PAGE011", "the file is not UTF-8 (byte offset 3)"),
    (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "LINT003",
        "the file cannot be checked: it is no text: there is a zero byte at offset 8",
    ),
    (b"\0" * 4096, "LINT003", "there is a zero byte at offset 0"),
]


@pytest.mark.parametrize(("content", "code", "message"), NO_POSTS, ids=[str(n) for n in range(len(NO_POSTS))])
def test_bytes_that_are_no_text_are_told(blog: Path, content: bytes, code: str, message: str) -> None:
    (blog / "_posts" / "2024-05-02-bad.md").write_bytes(content)
    (finding,) = checked(blog)
    assert finding[:3] == ("_posts/2024-05-02-bad.md", 1, code)
    assert message in finding[3]
    untouched_by_fix(blog)


def test_it_is_told_in_korean_too(blog: Path) -> None:
    (blog / "_posts" / "2024-05-02-bad.md").write_bytes(KOREAN.encode("cp949"))
    ((*_, message),) = checked(blog, "--language", "ko")
    assert message == "UTF-8 파일이 아닙니다(바이트 위치 11). CP949로 읽힙니다. UTF-8로 다시 저장하세요"


NOTHING_TO_SAY = [
    b"",
    b"\xef\xbb\xbf",
    b"\n",
    b"\r\n\r\n",
    b"---\n---\n",
    b"---\ntitle: a\n---",
    b"---\ntitle: a\n---\n",
    b"---\n",
    b"---",
    b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n",
]


@pytest.mark.parametrize("content", NOTHING_TO_SAY)
def test_an_empty_file_or_one_of_front_matter_only_is_fine(blog: Path, content: bytes) -> None:
    (blog / "_posts" / "2024-05-02-small.md").write_bytes(content)
    assert checked(blog) == []
    untouched_by_fix(blog)


# Much of it


def test_a_file_of_twenty_megabytes_is_told_and_not_read(blog: Path) -> None:
    line = "봄이 온다. [글](https://example.org/a)\n\n".encode()
    (blog / "_posts" / "2024-05-02-large.md").write_bytes(line * (20_000_000 // len(line)))
    assert checked(blog) == [
        (
            "_posts/2024-05-02-large.md",
            1,
            "LINT003",
            "the file cannot be checked: it is larger than 6 MB, the most that postlint reads",
        )
    ]


LONG_LINES = [
    "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo",
    "*봄*이 온다. [글](https://example.org/a)과 `code` ",
]


@pytest.mark.skipif(not POSIX, reason="the memory of a process is not told there")
@pytest.mark.parametrize("unit", LONG_LINES)
@pytest.mark.parametrize("name", ["_posts/2024-05-02-long.md", "README.md"])
def test_one_line_of_five_megabytes_is_read(blog: Path, unit: str, name: str) -> None:
    (blog / name).write_text("시작\n\n" + unit * (5_000_000 // len(unit.encode())) + "\n", encoding="utf-8")
    assert checked(blog) == []


NESTED = {
    "quotes": ">" * 10_000 + " 봄\n",
    "quotes with spaces": "> " * 10_000 + "봄\n",
    "quotes line by line": "".join(">" * depth + " 봄\n" for depth in range(1, 300)),
    "brackets": "[" * 10_000 + "봄" + "]" * 10_000 + "\n",
    "open brackets": "[" * 10_000 + "\n",
    "closing brackets": "]" * 10_000 + "\n",
    "links": "[봄](" * 10_000 + "\n",
    "images": "![" * 10_000 + "봄" + "](a)" * 10_000 + "\n",
    "emphasis": "*" * 10_000 + "봄" + "*" * 10_000 + "\n",
    "open emphasis": "*봄 _여름 " * 5_000 + "\n",
    "lists": "- " * 10_000 + "봄\n",
    "lists line by line": "".join("  " * depth + "- 봄\n" for depth in range(300)),
    "HTML": "<div>" * 10_000 + "\n",
    "HTML in a line": "봄 <b>" * 10_000 + "\n",
    "open HTML": "<" * 10_000 + "\n",
    "comments": "<!-- " * 10_000 + "\n",
    "code": "".join("`" * length + " " for length in range(1, 300)) + "\n",
    "formulas": "$$ " * 10_001 + "\n",
    "Liquid": "{{ " * 10_000 + "{% " * 10_000 + "\n",
    "raw": "{% raw %}" * 10_000 + "\n",
    "attribute lists": "{: " * 10_000 + "\n",
    "footnotes": "[^a]" * 10_000 + "\n\n[^a]: [^a]\n",
    "a table": "|a" * 10_000 + "\n" + "|-" * 10_000 + "\n",
    "addresses": "https://a.example.org/" * 5_000 + "\n",
    "dots": "https://a.example.org/" + "." * 100_000 + "\n",
    "front matter": "---\na: " + "[" * 10_000 + "\n---\n",
}


@pytest.mark.parametrize("name", ["_posts/2024-05-02-deep.md", "README.md"])
@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_deep_nesting_ends(name: str, text: str) -> None:
    linter = Linter(Request(no_config=True, select=("ALL",)))
    result, _ = linter.process_content(Path(name), text.encode())
    assert not result.unread


def test_all_of_that_together_fits_into_memory(blog: Path) -> None:
    for number, text in enumerate(NESTED.values()):
        (blog / "_posts" / f"2024-05-02-{number:02}.md").write_text(text, encoding="utf-8")
        (blog / f"README-{number:02}.md").write_text(text, encoding="utf-8")
    findings = checked(blog)
    assert {code for _, _, code, _ in findings} <= {"FM003", "PAGE009"}


@pytest.mark.parametrize("text", ["[" * 10_000, "> " * 10_000 + "봄    \n"], ids=["brackets", "quotes"])
def test_deep_nesting_is_mended_like_anything_else(blog: Path, text: str) -> None:
    post = blog / "_posts" / "2024-05-02-deep.md"
    post.write_text(f"봄    \n여름\n\n{text}\n", encoding="utf-8")
    run(blog, "fix", "--select", "PAGE009")
    assert post.read_text(encoding="utf-8").startswith("봄  \n여름\n\n" + text[:100])


def test_aliases_that_explode_are_told(blog: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    text = "---\n" + "\n".join(lines) + "\n---\n봄\n"
    (blog / "_posts" / "2024-05-02-aliases.md").write_text(text, encoding="utf-8")
    ((path, _, code, message),) = checked(blog)
    assert (path, code) == ("_posts/2024-05-02-aliases.md", "FM003")
    assert "beyond measure" in message


# Files that cannot be read or written


def test_a_file_that_is_not_there_is_told(blog: Path) -> None:
    missing = "_posts/2024-05-02-없음.md"
    assert checked(blog, "_posts", missing) == [
        (missing, 1, "LINT003", "the file cannot be checked: there is no such file")
    ]


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_file_that_is_not_there_is_told_whatever_is_selected(blog: Path, command: str) -> None:
    done = run(blog, command, "--select", "URL001", "없음.md", "--quiet")
    assert done.code == 1
    assert "없음.md:1:1: error LINT003 unreadable-file: " in done.out + done.errors


UNPRIVILEGED = """
import encodings.cp949, encodings.utf_8_sig, importlib, os, pkgutil, subprocess, sys, tempfile
import postlint
from postlint.cli import main
from postlint.registry import all_rules
all_rules()
for module in pkgutil.walk_packages(postlint.__path__, "postlint."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main(sys.argv[1:], prog_name="postlint")
"""
"""Root, as in a container, becomes nobody, once it has loaded what nobody may not be able to load."""


@pytest.fixture
def unprivileged(blog: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`postlint` as a user to whom permissions apply."""
    if not POSIX:
        pytest.skip("Windows has no permissions of this kind")
    for parent in (blog, *blog.parents):
        if parent.name.startswith("pytest-"):
            parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    blog.chmod(0o777)
    (blog / "_posts").chmod(0o777)

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", UNPRIVILEGED, *arguments],
            cwd=blog,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done

    return call


Call = Callable[..., subprocess.CompletedProcess[str]]


def test_a_file_that_must_not_be_read_is_told(blog: Path, unprivileged: Call) -> None:
    secret = blog / "_posts" / "2024-05-02-secret.md"
    secret.touch(0o000)
    done = unprivileged("check", "--output-format", "concise", "--fail-on", "error")
    assert done.returncode == 1
    told = "_posts/2024-05-02-secret.md:1:1: error LINT003 unreadable-file: the file cannot be checked: "
    assert told + "you may not read it" in done.stdout
    assert "_posts/2024-05-01-good.md:3:1: info HEAD001" in done.stdout


def test_a_folder_that_must_not_be_read_is_told(blog: Path, unprivileged: Call) -> None:
    closed = blog / "closed"
    closed.mkdir(0o000)
    done = unprivileged("check", "--output-format", "concise")
    closed.chmod(0o755)
    assert "closed:1:1: error LINT003 unreadable-file" in done.stdout
    assert "_posts/2024-05-01-good.md:3:1: info HEAD001" in done.stdout


def test_a_file_behind_a_closed_folder_is_told(blog: Path, unprivileged: Call) -> None:
    closed = blog / "closed"
    closed.mkdir()
    (closed / "a.md").touch()
    closed.chmod(0o000)
    done = unprivileged("check", "--output-format", "concise", "closed/a.md", "_posts")
    closed.chmod(0o755)
    assert "closed/a.md:1:1: error LINT003 unreadable-file" in done.stdout
    assert "_posts/2024-05-01-good.md:3:1: info HEAD001" in done.stdout


def test_a_file_that_must_not_be_written_is_told_and_left(blog: Path, unprivileged: Call) -> None:
    post = blog / "_posts" / "2024-05-02-kept.md"
    post.write_text("봄    \n여름\n", encoding="utf-8")
    post.chmod(0o444)
    done = unprivileged("fix")
    assert done.returncode == 1
    assert "_posts/2024-05-02-kept.md: cannot be written: Permission denied" in done.stderr
    assert post.read_text(encoding="utf-8") == "봄    \n여름\n"


def test_a_folder_that_must_not_be_written_is_told_and_left(blog: Path, unprivileged: Call) -> None:
    post = blog / "_posts" / "2024-05-02-kept.md"
    post.write_text("봄    \n여름\n", encoding="utf-8")
    post.chmod(0o666)
    (blog / "_posts").chmod(0o555)
    done = unprivileged("fix")
    (blog / "_posts").chmod(0o755)
    assert done.returncode == 1
    assert "_posts/2024-05-02-kept.md: cannot be written: Permission denied" in done.stderr
    assert post.read_text(encoding="utf-8") == "봄    \n여름\n"


@pytest.mark.skipif(not POSIX, reason="Windows makes no symbolic links without being asked")
def test_circles_of_symbolic_links_are_told_or_left(blog: Path) -> None:
    (blog / "_posts" / "2024-05-02-self.md").symlink_to("2024-05-02-self.md")
    (blog / "_posts" / "up").symlink_to(blog)
    ((path, _, code, message),) = checked(blog)
    assert (path, code) == ("_posts/2024-05-02-self.md", "LINT003")
    assert "symbolic links" in message


# Odd paths

NAMES = [
    "2024-05-02-봄이 온다.md",
    unicodedata.normalize("NFD", "2024-05-02-봄이 온다.md"),
    "2024-05-02-with space & 'quotes\".md",
    "2024-05-02-🌱.md",
    pytest.param("2024-05-02-new\nline.md", marks=pytest.mark.skipif(not POSIX, reason="no such name there")),
    pytest.param("2024-05-02-\x1b[31m.md", marks=pytest.mark.skipif(not POSIX, reason="no such name there")),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_path_may_be_odd(blog: Path, name: str) -> None:
    post = blog / "_posts" / name
    post.write_text(GOOD + "\n봄    \n여름\n", encoding="utf-8")
    codes = [(path, code) for path, _, code, _ in checked(blog)]
    assert codes == [(f"_posts/{name}", "HEAD001"), (f"_posts/{name}", "PAGE009")]
    done = run(blog, "check", "--select", _RULES, "--output-format", "concise", f"_posts/{name}")
    lines = done.out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("_posts/2024-05-02-") for line in lines[:2])
    assert "\x1b" not in done.out
    run(blog, "fix", f"_posts/{name}")
    assert post.read_text(encoding="utf-8") == GOOD + "\n봄  \n여름\n"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
@pytest.mark.parametrize("output_format", ["text", "concise", "json", "github"])
def test_a_path_that_is_no_utf8_is_shown_with_escapes(blog: Path, output_format: str) -> None:
    (blog / "_posts" / os.fsdecode("2024-05-02-봄.md".encode("cp949"))).write_text(GOOD, encoding="utf-8")
    done = run(blog, "check", "--select", "HEAD001", "--output-format", output_format)
    assert sum("HEAD001" in line for line in done.out.splitlines()) == 2
    assert done.errors == ""


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_file_beside_the_posts_may_have_a_name_that_is_no_utf8(blog: Path) -> None:
    (blog / "_config.yml").touch()
    (blog / os.fsdecode("그림 1.png".encode("cp949"))).touch()
    assert "HEAD001" in run(blog, "check").out


def test_a_path_of_five_thousand_characters_is_told(blog: Path) -> None:
    done = run(blog, "check", "a" * 5_000 + ".md", "--output-format", "concise")
    assert done.code == 1
    assert "File name too long" in done.out or not POSIX


# Terminals that cannot show everything

TERMINALS = [
    # (encoding of standard output, whether it has Hangul, whether it has the plant)
    ("utf-8", True, True),
    ("cp949", True, False),
    ("ascii", False, False),
    ("latin-1", False, False),
]


@pytest.mark.parametrize("output_format", ["text", "concise", "github"])
@pytest.mark.parametrize(("encoding", "hangul", "plant"), TERMINALS)
def test_what_a_terminal_cannot_show_is_replaced(
    blog: Path, encoding: str, hangul: bool, plant: bool, output_format: str
) -> None:
    (blog / "봄🌱.md").write_text("## 봄\n\n#### 여름🌱\n", encoding="utf-8")
    done = run(
        blog,
        *("check", "--language", "ko", "--output-format", output_format, "봄🌱.md"),
        encoding=encoding,
        PYTHONIOENCODING=encoding,
        PYTHONUTF8="0",
    )
    assert done.code == 0
    assert ("봄" in done.out) is hangul
    assert ("🌱" in done.out) is plant
    assert "HEAD001" in done.out


@pytest.mark.parametrize(
    ("encoding", "total"),
    [("ascii", "2 findings in 1 file (2 infos)."), ("cp949", "파일 1개에서 문제 2개를 찾았습니다 (정보 2).")],
)
def test_a_terminal_without_hangul_is_told_in_english(blog: Path, encoding: str, total: str) -> None:
    (blog / "spring.md").write_text(GOOD + "\na   \nb\n", encoding="utf-8")
    command = ("check", "--select", "HEAD001,PAGE009", "spring.md")
    environment = {"LC_ALL": "ko_KR", "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    assert total in run(blog, *command, encoding=encoding, **environment).out


@pytest.mark.parametrize("encoding", ["ascii", "cp949"])
def test_json_is_utf8_whatever_the_terminal_reads(blog: Path, encoding: str) -> None:
    (blog / "봄🌱.md").write_text(GOOD, encoding="utf-8")
    ((path, *_),) = checked(blog, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert path == "봄🌱.md"


LOCALES = [
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "ko_KR.eucKR"},
]


@pytest.mark.parametrize("locale", LOCALES)
def test_files_are_utf8_whatever_the_locale(blog: Path, locale: dict[str, Any]) -> None:
    post = blog / "_posts" / "2024-05-02-locale.md"
    post.write_bytes(b"\xef\xbb\xbf" + "봄🌱    \r\n여름\r\n".encode())
    run(blog, "fix", **locale)
    assert post.read_bytes() == b"\xef\xbb\xbf" + "봄🌱  \r\n여름\r\n".encode()


def test_what_one_locale_remembers_another_may_read(blog: Path) -> None:
    (blog / "_config.yml").touch()
    (blog / "그림").mkdir()
    (blog / "그림" / "봄.png").touch()
    for locale in ({}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}):
        assert "HEAD001" in run(blog, "check", **locale).out


def test_a_configuration_is_utf8_whatever_the_locale(blog: Path) -> None:
    (blog / ".postlint.yml").write_text("exclude: ['봄.md']\n", encoding="utf-8")
    (blog / "봄.md").write_text(GOOD, encoding="utf-8")
    assert checked(blog, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0") == []
