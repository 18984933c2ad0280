"""The help, in the language that the reader reads."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group
from postlint.cli.korean import HELP
from postlint.cli.links_memory import COMMANDS
from postlint.reports.cells import width

NAMES = ["check", "fix", "links", "inspect", "rules", "explain"]
CALLS = [[], *([name] for name in NAMES), ["links", "export"], ["links", "import"]]


def called(*arguments: str, korean: bool) -> Result:
    environment = {"LC_ALL": "ko_KR.UTF-8" if korean else "C.UTF-8"}
    return CliRunner(env=environment).invoke(
        main_group, [*arguments], prog_name="postlint", catch_exceptions=False
    )


def commands() -> Iterator[click.Command]:
    yield main_group
    for name in NAMES:
        command = main_group.get_command(click.Context(main_group), name)
        assert command is not None
        yield command
    yield from COMMANDS.values()


def paragraphs() -> Iterator[str]:
    """Every paragraph of help that a reader may meet, on one line."""
    for command in commands():
        written = [command.help, command.short_help, command.epilog, "Show this message and exit."]
        written += [getattr(parameter, "help", None) for parameter in command.params]
        yield from (" ".join(one.split()) for text in written if text for one in text.split("\n\n"))


def test_all_help_is_there_in_korean() -> None:
    assert set(paragraphs()) == set(HELP)


@pytest.mark.parametrize("call", CALLS)
def test_korean_help_is_korean_and_fits_the_terminal(call: list[str]) -> None:
    lines = called(*call, "--help", korean=True).stdout.splitlines()
    assert lines[0].startswith("사용법: postlint ")
    assert "옵션:" in lines
    assert "  -h, --help" in "\n".join(lines)
    assert not [line for line in lines if "Show this message" in line]
    assert max(map(width, lines)) <= 80


def test_a_default_is_told_in_korean_too() -> None:
    assert "[기본값: warning]" in called("check", "--help", korean=True).stdout


def test_help_is_english_elsewhere() -> None:
    assert called("check", "--help", korean=False).stdout.startswith("Usage: postlint check ")


@pytest.mark.parametrize("name", NAMES)
def test_the_language_may_be_asked_for(name: str) -> None:
    assert called(name, "--language", "ko", "--help", korean=False).stdout.startswith("사용법: ")
    assert called(name, "--language", "en", "--help", korean=True).stdout.startswith("Usage: ")
