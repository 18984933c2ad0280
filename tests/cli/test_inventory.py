"""`postlint links`: the list of all addresses that lead out of a blog."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group
from tests.web.served import Reply, Served

Call = Callable[..., Result]

SETTINGS = "links:\n  controls: []\n  archive: ''\n  soft-404: false\n  per-second: 1000\n"


@pytest.fixture
def served() -> Iterator[Served]:
    replies = {
        "/a": Reply(),
        "/spring-1": Reply(),
        "/old": Reply(301, location="/a"),
        "/away": Reply(302, location="/a"),
        "/shut": Reply(403),
    }
    made = Served(replies)
    yield made
    made.close()


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "_posts").mkdir()
    (tmp_path / ".postlint.yml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def call(blog: Path) -> Call:
    """Calls `postlint links` in the blog; the web is on this machine."""

    def run(*arguments: str, private: bool = True, standard_input: str | None = None) -> Result:
        allowed = ["--allow-private"] if private else []
        return CliRunner().invoke(
            main_group, ["links", *arguments, *allowed], input=standard_input, catch_exceptions=False
        )

    return run


def write(blog: Path, text: str, name: str = "2024-05-01-봄.md") -> Path:
    path = blog / "_posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: 봄\n---\n\n{text}\n", encoding="utf-8")
    return path


def report(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


# What it says


def test_the_worst_comes_first_and_what_is_well_is_counted(blog: Path, served: Served, call: Call) -> None:
    paths = ["a", "away", "old", "shut", "없음", "a#c", "spr[…]"]
    write(blog, "\n".join(f"[글]({served.root}/{path})" for path in paths))
    write(blog, f"[글]({served.root}/없음)", "2024-05-02-여름.md")
    served.replies["/sitemap.xml"] = Reply(200, f"<loc>{served.root}/spring-1</loc>")
    result = call()
    assert result.stdout.replace(served.root, "http://a.kr").splitlines()[:-1] == [
        "broken            404  http://a.kr/없음",
        "                       the server has no such page (404)",
        "                       _posts/2024-05-01-봄.md:9:5",
        "                       _posts/2024-05-02-여름.md:5:5",
        "incomplete             http://a.kr/spr[…]",
        "                       a part of it is missing: it was `http://a.kr/spring-1`",
        "                       → http://a.kr/spring-1",
        "                       _posts/2024-05-01-봄.md:11:5",
        "no-such-fragment  200  http://a.kr/a#c",
        "                       nothing on the page has the id",
        "                       _posts/2024-05-01-봄.md:10:5",
        "moved             200  http://a.kr/old",
        "                       → http://a.kr/a",
        "                       _posts/2024-05-01-봄.md:7:5",
        "blocked           403  http://a.kr/shut",
        "                       the server refuses access (403)",
        "                       _posts/2024-05-01-봄.md:8:5",
    ]
    assert re.search(
        r"^7 addresses: 1 broken, 1 incomplete, 1 no-such-fragment, 1 moved, 1 blocked, 1 redirected,"
        r" 1 alive\. \d+ requests in \d+\.\d s\.\n\Z",
        result.stdout,
        re.MULTILINE,
    )
    assert result.exit_code == 1


def test_all_shows_what_is_well_too(blog: Path, served: Served, call: Call) -> None:
    write(blog, f"[글]({served.root}/a) [글]({served.root}/away)")
    assert call().stdout.count(served.root) == 0
    shown = call("--all").stdout.replace(served.root, "http://a.kr").splitlines()[:-1]
    assert shown == [
        "redirected        200  http://a.kr/away",
        "                       → http://a.kr/a",
        f"                       _posts/2024-05-01-봄.md:5:{len(f'[글]({served.root}/a) [글](') + 1}",
        "alive             200  http://a.kr/a",
        "                       _posts/2024-05-01-봄.md:5:5",
    ]


def test_it_speaks_korean(blog: Path, served: Served, call: Call) -> None:
    write(blog, f"[글]({served.root}/없음)")
    assert (
        call("--language", "ko")
        .stdout.replace(served.root, "http://a.kr")
        .startswith(
            "깨짐              404  http://a.kr/없음\n"
            "                       서버에 그런 페이지가 없습니다(404)\n"
            "                       _posts/2024-05-01-봄.md:5:5\n"
            "주소 1개: 깨짐 1. 요청 "
        )
    )


def test_quiet_leaves_the_totals_out(blog: Path, served: Served, call: Call) -> None:
    write(blog, f"[글]({served.root}/a)")
    assert call("--quiet").stdout == ""


def test_a_blog_without_links_has_none_to_show(blog: Path, call: Call) -> None:
    write(blog, "봄")
    result = call()
    assert (result.stdout, result.exit_code) == ("No address leads out of the blog.\n", 0)


def test_its_own_pages_are_not_listed(blog: Path, served: Served, call: Call) -> None:
    (blog / "_config.yml").write_text(f"url: {served.root}\n", encoding="utf-8")
    write(blog, f"[글]({served.root}/없음/) [글](/없음/) [글](#없음) [글](mailto:a@b.kr)")
    assert call("--output-format", "json").exit_code == 0
    assert report(call("--output-format", "json"))["links"] == []
    assert served.asked == []


def test_all_are_listed_though_no_rule_would_speak_of_them(blog: Path, served: Served, call: Call) -> None:
    (blog / ".postlint.yml").write_text(f"{SETTINGS}select: [PAGE]\n", encoding="utf-8")
    write(blog, f"[글]({served.root}/없음)")
    assert len(report(call("--output-format", "json"))["links"]) == 1


def test_what_the_configuration_excludes_is_counted_and_not_asked(
    blog: Path, served: Served, call: Call
) -> None:
    (blog / ".postlint.yml").write_text(f"{SETTINGS}  exclude: [/private]\n", encoding="utf-8")
    write(blog, f"[글]({served.root}/private)")
    assert call().stdout.startswith("1 address: 1 refused. 0 requests in ")
    assert "the configuration excludes it" in call("--all").stdout
    assert served.asked == []


def test_two_that_an_incomplete_one_may_have_been_are_both_shown(
    blog: Path, served: Served, call: Call
) -> None:
    listed = "".join(f"<loc>{served.root}/spring-{number}</loc>" for number in (1, 2))
    served.replies["/sitemap.xml"] = Reply(200, f"<urlset>{listed}</urlset>")
    write(blog, f"[글]({served.root}/spr[…])")
    (link,) = report(call("--output-format", "json"))["links"]
    assert (link["verdict"], link["final_url"]) == ("incomplete", None)
    assert f": it may have been `{served.root}/spring-1`, `{served.root}/spring-2`" in call().stdout


# For programs


def test_json_has_all_addresses_sorted_and_a_summary(blog: Path, served: Served, call: Call) -> None:
    write(blog, f"[글]({served.root}/old) ![글]({served.root}/없음)\n[글]({served.root}/a)")
    write(blog, f"[글]({served.root}/a)", "2024-05-02-여름.md")
    found = report(call("--output-format", "json", "--language", "ko"))
    alive, moved, broken = found["links"]
    time = alive.pop("last_alive")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time)
    assert alive == {
        "url": f"{served.root}/a",
        "verdict": "alive",
        "status": 200,
        "final_url": f"{served.root}/a",
        "chain": [],
        "reason": "status",
        "strikes": 0,
        "occurrences": [
            {"path": "_posts/2024-05-01-봄.md", "line": 6, "column": 5},
            {"path": "_posts/2024-05-02-여름.md", "line": 5, "column": 5},
        ],
    }
    assert (moved["verdict"], moved["final_url"]) == ("moved", f"{served.root}/a")
    assert moved["chain"] == [{"url": f"{served.root}/old", "status": 301}]
    assert (broken["url"], broken["strikes"], broken["last_alive"]) == (f"{served.root}/없음", 1, None)
    summary = found["summary"]
    assert {key: count for key, count in summary.items() if count} == {
        "alive": 1,
        "moved": 1,
        "broken": 1,
        "requests": len(served.asked),
        "seconds": summary["seconds"],
    }
    assert {"gone", "tls", "rate-limited", "no-such-fragment", "unasked"} <= summary.keys()


def test_nothing_but_json_is_written_for_programs(blog: Path, call: Call) -> None:
    write(blog, "봄")
    result = call("--output-format", "json")
    assert json.loads(result.stdout)["links"] == []
    assert result.stderr == ""


# How it ends


@pytest.mark.parametrize(("path", "code"), [("a", 0), ("old", 0), ("shut", 0), ("없음", 1)])
def test_it_ends_with_1_if_an_address_is_dead(
    blog: Path, served: Served, call: Call, path: str, code: int
) -> None:
    write(blog, f"[글]({served.root}/{path})")
    assert call().exit_code == code


def test_what_was_there_before_is_not_dead_at_the_first_failure(
    blog: Path, served: Served, call: Call
) -> None:
    write(blog, f"[글]({served.root}/a)")
    call()
    del served.replies["/a"]
    result = call("--recheck")
    assert result.exit_code == 0
    assert re.search(r"It was there on \d{4}-\d\d-\d\d; failure 1 of 3\.", result.stdout)


WRONG = [
    (["--offline", "--recheck"], "--offline and --recheck exclude each other."),
    (["--offline", "--no-cache"], "--offline shows what is remembered, and --no-cache remembers nothing."),
    (["-"], "`postlint check --links -` reads standard input; `postlint links` does not."),
    (["--output-format", "csv"], "'csv' is not one of"),
    (["--resolve", "a:80"], "'a:80' is not HOST:PORT:ADDRESS."),
    (["--config", "a.yml"], "does not exist"),
    ([""], "The path is empty."),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_usage_ends_with_2_and_says_why(call: Call, arguments: list[str], said: str) -> None:
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_a_path_that_is_not_there_is_told(blog: Path, served: Served, call: Call) -> None:
    result = call("없음.md")
    assert result.exit_code == 1
    assert "없음.md:1:1: " in result.stderr


def test_a_mistake_in_the_configuration_is_told(blog: Path, call: Call) -> None:
    (blog / ".postlint.yml").write_text("links: {timeot: 3}\n", encoding="utf-8")
    result = call()
    assert result.exit_code == 2
    assert "`timeot`" in result.stderr


# What is remembered


def test_a_second_run_asks_nothing_that_is_fresh(blog: Path, served: Served, call: Call) -> None:
    served.replies["/sitemap.xml"] = Reply(200, f"<loc>{served.root}/spring-1</loc>")
    paths = ("a", "old", "away", "a#a", "spr[…]", "fal[…]")
    write(blog, "\n".join(f"[글]({served.root}/{path})" for path in paths))
    call()
    first = report(call("--output-format", "json"))  # which has confirmed that a page moved
    served.asked.clear()
    second = report(call("--output-format", "json"))
    assert served.asked == []
    assert second["links"] == first["links"]
    assert second["summary"]["requests"] == 0


def test_what_failed_is_asked_again(blog: Path, served: Served, call: Call) -> None:
    write(blog, f"[글]({served.root}/a) [글]({served.root}/없음)")
    call()
    served.asked.clear()
    call()
    assert {line.split()[1] for line in served.asked} == {"/%EC%97%86%EC%9D%8C"}


def test_recheck_asks_all_anew(blog: Path, served: Served, call: Call) -> None:
    write(blog, f"[글]({served.root}/a)")
    call()
    served.asked.clear()
    call("--recheck")
    assert served.asked == ["HEAD /a"]


def test_without_a_cache_nothing_is_remembered(blog: Path, served: Served, call: Call) -> None:
    write(blog, f"[글]({served.root}/a)")
    call("--no-cache")
    call("--no-cache")
    assert served.asked == ["HEAD /a"] * 2
    assert not (blog / ".postlint_cache").exists()


def test_offline_tells_what_was_found_before_and_asks_nothing(blog: Path, served: Served, call: Call) -> None:
    post = write(blog, f"[글]({served.root}/없음) [글]({served.root}/old)")
    call()
    served.asked.clear()
    write(blog, f"{post.read_text(encoding='utf-8')}\n[글]({served.root}/a)")
    result = call("--offline", "--output-format", "json")
    assert served.asked == []
    assert [(link["verdict"], link["reason"]) for link in report(result)["links"]] == [
        ("unasked", "unknown"),
        ("moved", "status"),
        ("broken", "status"),
    ]
    assert (result.exit_code, result.stderr) == (1, "")


def test_offline_makes_no_memory(blog: Path, call: Call) -> None:
    write(blog, "[글](http://a.kr/)")
    call("--offline")
    assert not (blog / ".postlint_cache" / "links.sqlite").exists()


PROGRAM = [sys.executable, "-m", "postlint", "links", "--allow-private"]


@pytest.mark.skipif(os.name != "posix", reason="the system has no such signals")
def test_a_run_that_is_killed_leaves_what_it_has_saved_to_the_next(blog: Path, served: Served) -> None:
    (blog / ".postlint.yml").write_text(f"{SETTINGS}  per-host: 1\n", encoding="utf-8")
    pages = [f"/{number}" for number in range(150)]
    served.replies.update({page: Reply() for page in pages})
    with socket.create_server(("127.0.0.1", 0)) as silent:
        served.replies["/slow"] = Reply(302, location=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        write(blog, "\n".join(f"[글]({served.root}{page})" for page in [*pages, "/slow"]))
        process = subprocess.Popen(PROGRAM, stdout=subprocess.DEVNULL)
        connection, _ = silent.accept()
        with connection:
            process.kill()
            process.wait()
    served.asked.clear()
    served.replies["/slow"] = Reply()
    done = subprocess.run(PROGRAM, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("151 addresses: 151 alive.")
    assert 1 <= len(served.asked) <= 1 + 150 - 2 * 64, "all but the last batch was saved"


def test_two_runs_at_once_end_as_one_would(blog: Path, served: Served) -> None:
    pages = [f"/{number}" for number in range(150)]
    served.replies.update({page: Reply() for page in pages})
    write(blog, "\n".join(f"[글]({served.root}{page})" for page in pages))
    runs = [subprocess.Popen(PROGRAM, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    for run in runs:
        told, error = run.communicate(timeout=60)
        assert (run.returncode, error) == (0, b"")
        assert told.startswith(b"150 addresses: 150 alive.")
    served.asked.clear()
    done = subprocess.run(PROGRAM, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.startswith("150 addresses: 150 alive. 0 requests in ")
    assert served.asked == []


# In a terminal, in a pipe, and interrupted


def test_a_pipe_gets_no_colours_and_no_progress(blog: Path, served: Served) -> None:
    write(blog, f"[글]({served.root}/없음)")
    done = subprocess.run(PROGRAM, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "\x1b" not in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="the system has no such terminals")
@pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_sees_how_far_it_is_and_then_the_list(
    blog: Path, served: Served, setting: dict[str, str], coloured: bool
) -> None:
    write(blog, f"[글]({served.root}/없음)")
    seen = on_a_terminal(PROGRAM, {"TERM": "xterm-256color", **setting})
    assert "1 of 1 addresses" in seen
    picture, _, listed = seen.rpartition("\x1b[2K")
    assert "addresses" in picture
    assert re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", listed).startswith(
        "broken            404  http://127.0.0.1:"
    )
    assert ("\x1b[31m" in listed) is coloured


def on_a_terminal(command: list[str], settings: dict[str, str]) -> str:
    """All that the command writes to a terminal of 80 columns."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, **settings}
    )
    os.close(theirs)
    read = b""
    # At its end, Linux says that there is an error, and others that there is nothing.
    with contextlib.suppress(OSError):
        while part := os.read(ours, 65_536):
            read += part
    os.close(ours)
    process.wait()
    return read.decode()


def test_a_reader_that_goes_away_ends_it_quietly(blog: Path, served: Served) -> None:
    write(blog, "\n".join(f"[글](http://127.0.0.1:1/{number})" for number in range(3_000)))
    with subprocess.Popen(PROGRAM, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(os.name != "posix", reason="the system has no such signals")
def test_ctrl_c_ends_it_within_a_second_with_what_is_known(blog: Path, served: Served) -> None:
    (blog / ".postlint.yml").write_text(f"{SETTINGS}  per-host: 1\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        served.replies["/slow"] = Reply(302, location=f"http://127.0.0.1:{silent.getsockname()[1]}/")
        write(blog, "\n".join(f"[글]({served.root}/{path})" for path in ("없음", "slow", "a")))
        process = subprocess.Popen(
            [*PROGRAM, "--output-format", "json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A shell that runs the tests in the background has them, and all that they call, ignore Ctrl-C.
            preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        # One connection at a time: when the second address is asked for, the first is known.
        connection, _ = silent.accept()
        with connection:
            connection.recv(1)
            begun = monotonic()
            process.send_signal(signal.SIGINT)
            told, error = process.communicate(timeout=30)
            took = monotonic() - begun
    assert process.returncode == 130
    assert error.decode() == "Interrupted when 1 of 3 addresses were known.\n"
    found = {link["url"].rpartition("/")[2]: link["verdict"] for link in json.loads(told)["links"]}
    assert found == {"없음": "broken", "slow": "unasked", "a": "unasked"}
    assert took < 1
