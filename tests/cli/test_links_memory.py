"""`postlint links export` and `import`: what is remembered, carried by a repository."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group
from postlint.web.memory import Memory
from postlint.web.verdicts import Evidence, Verdict

Call = Callable[..., Result]
MEMORY = Path(".postlint_cache", "links.sqlite")


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with the memory of two addresses."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "_config.yml").write_text("title: 봄\n", encoding="utf-8")
    with Memory(tmp_path / MEMORY, lambda: 1_700_000_000.5) as memory:
        memory.keep("https://b.kr/", Evidence(Verdict.ALIVE, "status", status=200))
        memory.keep("https://a.kr/", Evidence(Verdict.BROKEN, "status", status=404))
    return tmp_path


@pytest.fixture
def call(blog: Path) -> Call:
    def run(*arguments: str, standard_input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(
            main_group, ["links", *arguments], input=standard_input, catch_exceptions=False
        )

    return run


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another copy of the blog, which remembers nothing."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "_config.yml").write_text("title: 봄\n", encoding="utf-8")
    return folder


def addresses(exported: str) -> list[str]:
    return [json.loads(line)["address"] for line in exported.splitlines()]


@pytest.mark.parametrize("arguments", [["export"], ["export", "-"]])
def test_each_address_is_a_line_and_they_are_sorted(call: Call, arguments: list[str]) -> None:
    assert addresses(call(*arguments).stdout) == ["https://a.kr/", "https://b.kr/"]


def test_it_may_be_written_to_a_file(call: Call, blog: Path) -> None:
    result = call("export", "links.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (blog / "links.jsonl").read_text(encoding="utf-8") == call("export").stdout
    call("export", "links.jsonl")
    assert [path.name for path in blog.iterdir() if "jsonl" in path.name or "postlint-" in path.name] == [
        "links.jsonl"
    ]


def test_what_was_exported_can_be_taken_in_elsewhere(call: Call, other: Path) -> None:
    exported = call("export").stdout
    call("export", "links.jsonl")
    assert call("import", "links.jsonl", "--root", str(other)).stdout == (
        "Took in 2 of 2 records; the others were known.\n"
    )
    assert call("export", "--root", str(other)).stdout == exported
    assert call("import", "-", "--root", str(other), standard_input=exported).stdout.startswith(
        "Took in 0 of"
    )


def test_the_memory_is_found_from_any_folder_of_the_blog(
    call: Call, blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (blog / "_posts").mkdir()
    monkeypatch.chdir(blog / "_posts")
    assert len(addresses(call("export").stdout)) == 2


def test_a_blog_that_remembers_nothing_has_nothing_to_export(call: Call, other: Path) -> None:
    result = call("export", "--root", str(other))
    assert (result.exit_code, result.stdout) == (0, "")
    assert not (other / ".postlint_cache").exists()


def test_several_files_are_all_taken_in_or_none(call: Call, blog: Path, other: Path) -> None:
    call("export", "good.jsonl")
    (blog / "bad.jsonl").write_text("\n{}\n", encoding="utf-8")
    result = call("import", "good.jsonl", "bad.jsonl", "--root", str(other))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "bad.jsonl:2: it is no record of an address\n"
    assert call("export", "--root", str(other)).stdout == ""


WRONG = [
    # (content, arguments, what is said)
    (b"<<<<<<< HEAD\n", [], "a.jsonl:1: it is no JSON (Expecting value)\n"),
    (b"<<<<<<< HEAD\n", ["--language", "ko"], "a.jsonl:1: JSON이 아닙니다(Expecting value)\n"),
    (b'{"address": "https://a.kr/"}\n', [], "a.jsonl:1: `verdict` is missing\n"),
    (b"\xff", [], "a.jsonl: it is not UTF-8\n"),
]


@pytest.mark.parametrize(("content", "arguments", "said"), WRONG)
def test_what_is_no_export_is_told_with_its_line(
    call: Call, blog: Path, content: bytes, arguments: list[str], said: str
) -> None:
    (blog / "a.jsonl").write_bytes(content)
    result = call("import", "a.jsonl", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)


def test_a_file_that_is_not_there_is_told(call: Call) -> None:
    result = call("import", "a.jsonl")
    assert (result.exit_code, result.stderr) == (2, "a.jsonl: cannot be read: No such file or directory\n")


@pytest.mark.skipif(os.name != "posix", reason="the messages are the system's")
def test_a_folder_that_cannot_be_written_to_is_told(call: Call, blog: Path) -> None:
    result = call("export", "없음/a.jsonl")
    assert (result.exit_code, result.stderr) == (
        2,
        "없음/a.jsonl: cannot be written: No such file or directory\n",
    )


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device")
def test_a_device_is_written_to_and_not_replaced(call: Call) -> None:
    assert call("export", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_a_folder_of_no_blog_has_no_memory(call: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("nowhere")
    result = call("export", "--root", str(folder))
    assert result.exit_code == 2
    assert result.stderr == (
        f"{folder}: nothing is remembered here; there is no blog, and no .postlint.yml\n"
    )


@pytest.mark.parametrize("command", [["export"], ["import", "-"]])
def test_a_memory_that_cannot_be_used_is_told(call: Call, blog: Path, command: list[str]) -> None:
    with sqlite3.connect(blog / MEMORY) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    result = call(*command, standard_input="")
    assert result.exit_code == 2
    assert result.stderr == f"{blog / MEMORY}: cannot be used: made by a later postlint (version 99)\n"


def test_folders_that_are_called_so_can_be_reached(call: Call, blog: Path) -> None:
    for name in ("export", "import"):
        (blog / name).mkdir()
        result = call(f"./{name}", "--offline")
        assert result.stderr == f"There is no Markdown file in {name}.\n"


@pytest.mark.parametrize("name", ["export", "import"])
def test_each_has_a_page_of_help(call: Call, name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert f"links {name} [OPTIONS] FILE" in result.stdout.replace("[FILE]", "FILE")
