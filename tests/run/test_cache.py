"""What is remembered is what would be found anew, whatever happened in between."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group
from postlint.run import remembering
from postlint.run.blogs import predicted
from postlint.run.cache import FOLDER, digest
from postlint.site.home import Site

FIRST = """\
---
title: 봄
---
[둘](/blog/둘/), [셋](/blog/셋/), [절](/blog/둘/#없음)

## 봄

#### 꽃    <!-- postlint-disable-line HEAD001 -->
"""
SECOND = "---\ntitle: 둘\n---\n## 절\n"
RULES = "SITE001,SITE002,SITE008,HEAD001,LINT001"


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A blog to be in: a dead link, and a link to an anchor that is not there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    posts = tmp_path / "_posts"
    posts.mkdir()
    (tmp_path / "_config.yml").write_text("baseurl: /blog\npermalink: /:title/\n", encoding="utf-8")
    (posts / "2024-05-01-하나.md").write_text(FIRST, encoding="utf-8")
    (posts / "2024-05-02-둘.md").write_text(SECOND, encoding="utf-8")
    return tmp_path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files were written long enough before the run for their times to tell."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10_000_000_000)


Check = Callable[..., list[tuple[str, str]]]


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main_group, ["check", "--output-format", "json", *arguments])


@pytest.fixture
def check(blog: Path) -> Check:
    """The codes and messages that `postlint check` has for the blog."""

    def checked(*arguments: str) -> list[tuple[str, str]]:
        report = json.loads(call("--select", RULES, *arguments, "_posts").stdout)
        return [(one["code"], one["message"]) for one in report["findings"]]

    return checked


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened from here on."""
    names: list[str] = []
    real = io.open

    def noted(file: Any, *arguments: Any, **options: Any) -> Any:
        names.append(Path(os.fsdecode(file)).name if not isinstance(file, int) else "")
        return real(file, *arguments, **options)

    monkeypatch.setattr(io, "open", noted)
    return names


def records(blog: Path) -> list[Path]:
    return sorted((blog / FOLDER).rglob("*.json"))


FOUND = [
    ("SITE001", "nothing on this site is at `/셋/`"),
    ("SITE002", "no heading or anchor of the page is `#없음`"),
]


def test_a_second_run_finds_the_same(check: Check) -> None:
    assert check() == check() == FOUND


@pytest.mark.usefixtures("later")
def test_a_second_run_reads_no_text(check: Check, opened: list[str]) -> None:
    check()
    assert "2024-05-01-하나.md" in opened
    opened.clear()
    check()
    assert not [name for name in opened if name.endswith(".md")]


def test_a_folder_with_records_is_ignored_by_git(check: Check, blog: Path) -> None:
    check()
    assert (blog / FOLDER / ".gitignore").read_text(encoding="utf-8").endswith("\n*\n")


def test_without_a_cache_nothing_is_left_behind(check: Check, blog: Path) -> None:
    assert check("--no-cache") == FOUND
    assert not (blog / FOLDER).exists()


def test_a_lone_file_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# 봄\n", encoding="utf-8")
    call(str(tmp_path / "note.md"))
    assert [path.name for path in tmp_path.iterdir()] == ["note.md"]


@pytest.mark.usefixtures("later")
def test_a_text_of_the_same_size_and_time_is_read_again(check: Check, blog: Path) -> None:
    post = blog / "_posts" / "2024-05-01-하나.md"
    check()
    before = post.stat()
    post.write_text(FIRST.replace("셋", "넷"), encoding="utf-8")
    os.utime(post, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert check()[0] == ("SITE001", "nothing on this site is at `/넷/`")


@pytest.mark.usefixtures("later")
def test_a_new_post_is_a_place_to_lead_to(check: Check, blog: Path) -> None:
    check()
    (blog / "_posts" / "2024-05-03-셋.md").write_text(SECOND, encoding="utf-8")
    assert [code for code, _ in check()] == ["SITE002"]


@pytest.mark.usefixtures("later")
def test_a_post_that_moves_takes_its_address_along(check: Check, blog: Path) -> None:
    check()
    (blog / "_posts" / "2024-05-02-둘.md").write_text("---\npermalink: /새/\n---\n## 절\n", encoding="utf-8")
    assert [code for code, _ in check()].count("SITE001") == 3


@pytest.mark.usefixtures("later")
def test_a_heading_that_comes_to_another_post_is_an_anchor(check: Check, blog: Path) -> None:
    check()
    (blog / "_posts" / "2024-05-02-둘.md").write_text(SECOND + "## 없음\n", encoding="utf-8")
    assert [code for code, _ in check()] == ["SITE001"]


@pytest.mark.usefixtures("later")
def test_the_body_of_a_post_does_not_change_the_site(
    check: Check, blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check()
    (blog / "_posts" / "2024-05-02-둘.md").write_text(SECOND + "말.\n", encoding="utf-8")

    def never(site: Site) -> None:
        raise AssertionError("the site was predicted again")

    monkeypatch.setattr(remembering, "predicted", never)
    assert check() == FOUND


@pytest.mark.usefixtures("later")
def test_a_setting_of_the_engine_counts(check: Check, blog: Path) -> None:
    check()
    (blog / "_config.yml").write_text("baseurl: /blog\npermalink: /p/:title/\n", encoding="utf-8")
    assert [code for code, _ in check()].count("SITE001") == 3


@pytest.mark.usefixtures("later")
def test_a_setting_of_postlint_counts(check: Check, blog: Path) -> None:
    check()
    (blog / ".postlint.yml").write_text("severity: {SITE001: info}\n", encoding="utf-8")
    report = json.loads(call("--select", "SITE001", "_posts").stdout)
    assert [one["severity"] for one in report["findings"]] == ["info"]


@pytest.mark.usefixtures("later")
def test_time_alone_publishes_a_post(check: Check, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (blog / "_posts" / "2999-05-03-셋.md").write_text(SECOND, encoding="utf-8")
    assert "SITE008" in dict(check())
    kept = json.loads((blog / FOLDER / "site.json").read_bytes().partition(b"\n")[2])
    asked: list[Site] = []

    def noted(site: Site) -> object:
        asked.append(site)
        return predicted(site)

    monkeypatch.setattr(remembering, "predicted", noted)
    monkeypatch.setattr(time, "time", lambda: kept["valid_until"] + 1)
    check()
    assert asked


# What may happen to the records


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: b"", id="empty"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut"),
        pytest.param(lambda content: content.replace(b"SITE", b"EVIL"), id="changed"),
        pytest.param(lambda content: b"\x89PNG\0" * 100, id="foreign"),
        pytest.param(lambda content: signed(b"[]"), id="of another shape"),
        pytest.param(lambda content: signed(b'{"context": 1}'), id="of another kind"),
    ],
)
@pytest.mark.usefixtures("later")
def test_a_damaged_record_is_made_anew(check: Check, blog: Path, damage: Callable[[bytes], bytes]) -> None:
    check()
    for record in records(blog):
        record.write_bytes(damage(record.read_bytes()))
    assert check() == FOUND


@pytest.mark.usefixtures("later")
def test_a_record_whose_inside_is_none_is_made_anew(check: Check, blog: Path) -> None:
    check()
    for record in records(blog):
        kept = json.loads(record.read_bytes().partition(b"\n")[2])
        record.write_bytes(signed(json.dumps({**kept, "record": [1, 2]}).encode()))
    assert check() == FOUND


def signed(body: bytes) -> bytes:
    return digest(body).encode() + b"\n" + body


def test_what_a_killed_run_left_half_written_is_no_record(check: Check, blog: Path) -> None:
    check()
    (records(blog)[0].parent / "half.json.1").write_bytes(b"{")
    assert check() == FOUND


def test_two_runs_at_once_find_what_one_finds(blog: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "postlint",
        "check",
        "--select",
        "SITE",
        "--output-format",
        "json",
        "_posts",
    ]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=blog) for _ in range(4)]
    reports = [run.communicate()[0] for run in runs]
    assert len(set(reports)) == 1
    assert [one["code"] for one in json.loads(reports[0])["findings"]] == ["SITE001", "SITE002"]


def test_where_nothing_can_be_kept_one_line_says_so(blog: Path, check: Check) -> None:
    (blog / FOLDER).write_text("", encoding="utf-8")
    assert check() == FOUND
    told = call("_posts").stderr.splitlines()
    assert len(told) == 1
    assert "nothing is remembered for the next run" in told[0]


def test_old_records_are_thrown_away(check: Check, blog: Path) -> None:
    check()
    old = blog / FOLDER / "files" / "old.json"
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    (blog / "about.md").write_text("---\n---\n", encoding="utf-8")
    check()
    assert not old.exists()
