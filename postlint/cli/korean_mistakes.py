"""Mistakes on the command line, told in Korean: what click says of them, and what postlint adds to it.

Loaded only where a Korean reader has made one. What has no Korean here is told in English.
"""

from __future__ import annotations

import re
import sys

import click

from postlint.cli.streams import say
from postlint.particles import with_particles

_SENTENCES = {
    # click's
    r"No such command '(.*)'\.": "`{0}` 명령이 없습니다.",
    r"'(.*)' is not one of (.*)\.": "`{0}`은(는) 쓸 수 없습니다. 쓸 수 있는 값: {1}",
    r"(?:File|Path) '(.*)' does not exist\.": "`{0}` 파일이 없습니다.",
    r"Directory '(.*)' does not exist\.": "`{0}` 폴더가 없습니다.",
    r"File '(.*)' is a directory\.": "`{0}`은(는) 파일이 아니라 폴더입니다.",
    r"Directory '(.*)' is a file\.": "`{0}`은(는) 폴더가 아니라 파일입니다.",
    r"Got unexpected extra arguments? \((.*)\)": "쓰이지 않는 인자가 있습니다: {0}",
    r"Option '(.*)' requires an argument\.": "`{0}` 옵션에는 값이 있어야 합니다.",
    r"Option '(.*)' does not take a value\.": "`{0}` 옵션에는 값을 줄 수 없습니다.",
    # postlint's
    r"There is no rule '(.*)'\.": "`{0}` 규칙이 없습니다.",
    r"There is no rule '(.*)'\. `postlint rules` lists them\.": (
        "`{0}` 규칙이 없습니다. 규칙의 목록은 `postlint rules`로 볼 수 있습니다."
    ),
    r"'(.*)' is no rule, code or prefix of one\.": (
        "`{0}`은(는) 규칙의 이름이나 코드, 코드의 앞부분이 아닙니다."
    ),
    r"It names no rule\.": "규칙이 적혀 있지 않습니다.",
    r"The path is empty\.": "경로가 비어 있습니다.",
    r"'(.*)' is not HOST:PORT:ADDRESS\.": "`{0}`은(는) HOST:PORT:ADDRESS 형식이 아닙니다.",
    r"'(.*)' is no IP address\.": "`{0}`은(는) IP 주소가 아닙니다.",
    r"(\S+) and (\S+) exclude each other\.": "{0}과(와) {1}은(는) 함께 쓸 수 없습니다.",
    r"--fix cannot mend standard input; `postlint fix -` writes the mended text\.": (
        "--fix로는 표준 입력을 고칠 수 없습니다. `postlint fix -`가 고친 글을 적어 줍니다."
    ),
    r"--statistics is text; --output-format (\S+) shows each finding\.": (
        "--statistics는 텍스트로만 보여 줍니다. --output-format {0}은(는) 문제를 하나씩 보여 줍니다."
    ),
    r"--resolve and --allow-private are about --links\.": (
        "--resolve와 --allow-private는 --links와 함께 씁니다."
    ),
    r"Standard input \(-\) is read alone, without other paths\.": (
        "표준 입력(-)은 다른 경로와 함께 읽을 수 없습니다."
    ),
    r"Standard input \(-\) is closed\.": "표준 입력(-)이 닫혀 있습니다.",
    r"--stdin-filename names what standard input \(-\) has\.": (
        "--stdin-filename은 표준 입력(-)을 읽을 때만 씁니다."
    ),
    r"'(.*)' is about what the web answers: it needs --links\.": (
        "`{0}`은(는) 웹에 물어보는 규칙이라 --links가 있어야 합니다."
    ),
    r"`postlint check --links -` reads standard input; `postlint links` does not\.": (
        "`postlint links`는 표준 입력을 읽지 않습니다. `postlint check --links -`를 쓰세요."
    ),
    r"--offline shows what is remembered, and --no-cache remembers nothing\.": (
        "--offline은 기억해 둔 것을 보여 주는데 --no-cache는 아무것도 기억하지 않습니다."
    ),
}
"""Each sentence as an expression that it matches as a whole, and its Korean, into which the groups go."""

_NEAR = re.compile(r"(.*?) Did you mean '(.*)'\?", re.DOTALL)
_BAD_VALUE = re.compile(r"Invalid value for (.*?): (.*)", re.DOTALL)


def show(error: click.UsageError) -> None:
    """Says on standard error how the command is called, and what is wrong with this call."""
    if error.ctx is not None:
        usage = error.ctx.get_usage().replace("Usage:", "사용법:", 1)
        say(f"{usage}\n도움말: {error.ctx.command_path} --help\n", to=sys.stderr)
    say(f"오류: {_told(error)}", to=sys.stderr)


def _told(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f" 혹시 {', '.join(error.possibilities)} 중 하나인가요?" if error.possibilities else ""
        return f"{error.option_name} 옵션이 없습니다.{near}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{error.param.make_metavar(error.ctx or click.Context(click.Command(None)))} 인자가 없습니다."
    return in_korean(error.format_message())


def in_korean(sentence: str) -> str:
    """`sentence` in Korean, or as it is where nothing here matches it."""
    if bad := _BAD_VALUE.fullmatch(sentence):
        return f"{bad[1]}에 쓸 수 없는 값입니다. {in_korean(bad[2])}"
    if near := _NEAR.fullmatch(sentence):
        return with_particles(f"{in_korean(near[1])} 혹시 `{near[2]}`을(를) 뜻했나요?")
    for expression, korean in _SENTENCES.items():
        if found := re.fullmatch(expression, sentence, re.DOTALL):
            return with_particles(korean.format(*found.groups()))
    return sentence
