"""What the READMEs, CONTRIBUTING.md and the pages below docs/ show is what is true."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from postlint.config.finder import read
from postlint.config.link_options import LinkOptions
from postlint.web.address import parse
from postlint.web.memory import Memory
from postlint.web.verdicts import Evidence, Hop, Verdict
from tests.conftest import ROOT

READMES = ("README.md", "README.ko.md")
PAIRS = (
    READMES,
    *((f"docs/{name}.md", f"docs/{name}.ko.md") for name in ("links", "configuration", "json")),
)
"""The pages written by hand, in English and in Korean."""
LOCALES = {page: "ko_KR.UTF-8" if page.endswith(".ko.md") else "C.UTF-8" for pair in PAIRS for page in pair}
"""Each page with the locale of who reads it."""

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    """The code blocks of `language` in the file `name`."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [content for info, content in _FENCE.findall(text) if info == language]


SESSIONS = [
    pytest.param(name, *session.split("\n", 1), id=f"{name}: {session.splitlines()[0]}")
    for name in LOCALES
    for session in blocks(name, "console")
]


def output_of(command: str, locale: str, folder: Path = ROOT) -> str:
    """What the command, which begins with `$ postlint`, prints in `folder`."""
    prompt, program, *arguments = shlex.split(command)
    assert (prompt, program) == ("$", "postlint")
    done = subprocess.run(
        [sys.executable, "-m", "postlint", *arguments],
        cwd=folder,
        env={**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize(("name", "command", "shown"), SESSIONS)
def test_the_output_shown_is_what_postlint_prints(name: str, command: str, shown: str) -> None:
    printed = output_of(command, LOCALES[name])
    assert _without_space_at_ends(shown) == _without_space_at_ends(printed)


def _without_space_at_ends(text: str) -> str:
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n")


def answer(address: str) -> Evidence:
    """What the web is taken to answer where the pages show `postlint links`."""
    if address.endswith("에서"):
        return Evidence(Verdict.BROKEN, "status", status=404, final=address)
    if address in ("http://alistapart.com/", "http://xkcd.com/"):
        upgraded = address.replace("http:", "https:")
        return Evidence(Verdict.MOVED, "status", "", 200, upgraded, (Hop(address, 301),))
    verdict = Verdict.REDIRECTED if "youtu.be" in address else Verdict.ALIVE
    return Evidence(verdict, "status", status=200, final=address)


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """A folder with the example blog, which remembers these answers."""
    blog = tmp_path / "examples" / "blog"
    shutil.copytree(ROOT / "examples" / "blog", blog, ignore=shutil.ignore_patterns(".postlint_cache"))
    with Memory(blog / ".postlint_cache" / "links.sqlite") as memory:
        for post in blog.rglob("*.md"):
            for address in re.findall(r"https?://[^\s<>)]+", post.read_text(encoding="utf-8")):
                memory.keep(parse(address).whole, answer(address))
        elided, whole = (f"https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B{end}80" for end in ("%", "8%"))
        memory.keep(whole, answer(whole))
        memory.keep_candidates(elided, (whole,))
    return tmp_path


@pytest.mark.parametrize("name", ["docs/links.md", "docs/links.ko.md"])
def test_the_links_shown_are_as_postlint_shows_them(name: str, answered: Path) -> None:
    (block,) = blocks(name, "text")
    command, shown = block.split("\n", 1)
    printed = output_of(f"{command} --offline", LOCALES[name], answered)
    # What the asking cost, at the end, is another time's.
    cost = re.compile(r"[^.]+, [\d.]+초\.\Z|[^.]+ in [\d.]+ s\.\Z")
    assert cost.sub("", shown.strip()) == cost.sub("", printed.strip())


def test_the_json_of_links_is_as_shown(answered: Path) -> None:
    shown, printed = (
        json.loads(text)
        for text in (
            blocks("docs/json.md", "json")[0],
            output_of("$ postlint links --offline --output-format json examples/blog", "C.UTF-8", answered),
        )
    )
    (moved,) = shown["links"]
    alike = next(link for link in printed["links"] if link["url"] == moved["url"])
    assert {**alike, "last_alive": moved["last_alive"]} == moved
    assert list(alike) == list(moved)
    assert list(printed["summary"]) == list(shown["summary"])


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_both_languages_show_the_same_commands(pair: tuple[str, str]) -> None:
    english, korean = ([session.split("\n", 1)[0] for session in blocks(name, "console")] for name in pair)
    assert english == korean


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("ending", ["/postlint check examples/blog", "/pytest"])
def test_each_readme_has_the_two_lines_for_a_newcomer(name: str, ending: str) -> None:
    """`.ci/run` takes the second one from README.md."""
    lines = [line for block in blocks(name, "sh") for line in block.splitlines() if line.endswith(ending)]
    assert len(lines) == 1
    assert lines[0].startswith("python3 -m venv .venv && .venv/bin/pip install")


@pytest.mark.parametrize("name", [*READMES, "docs/configuration.md", "docs/configuration.ko.md"])
def test_the_configuration_shown_is_understood(name: str, tmp_path: Path) -> None:
    (shown,) = [block for block in blocks(name, "yaml") if block.startswith("# .postlint.yml\n")]
    file = tmp_path / ".postlint.yml"
    file.write_text(shown, encoding="utf-8")
    assert read(file).ignored_for(tmp_path / "_posts" / "2009-01-01-a.md") == ("URL024", "bare-url")


@pytest.mark.parametrize("name", ["docs/links.md", "docs/links.ko.md"])
def test_the_keys_of_links_are_all_told(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    told = [key for row in rows for key in re.findall(r"`([a-z0-9-]+)`", row)]
    assert sorted(told) == sorted(key.replace("_", "-") for key in LinkOptions._fields)


@pytest.mark.parametrize("block", blocks("CONTRIBUTING.md", "python"))
def test_the_rule_that_contributing_walks_through_is_as_shown(block: str) -> None:
    rule = ROOT / "postlint" / "rules" / "page" / "extra_trailing_spaces.py"
    assert block in rule.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*LOCALES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_local_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
