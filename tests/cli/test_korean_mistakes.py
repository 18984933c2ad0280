"""A mistake on the command line is told in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import postlint.cli
from postlint.cli import main_group
from postlint.cli.korean_mistakes import in_korean


def called(*arguments: str, korean: bool = True) -> Result:
    environment = {"LC_ALL": "ko_KR.UTF-8" if korean else "C.UTF-8"}
    return CliRunner(env=environment).invoke(main_group, [*arguments], prog_name="postlint")


MISTAKES = [
    (["chek"], "`chek` 명령이 없습니다. 혹시 `check`를 뜻했나요?"),
    (["check", "--nothing-like-it"], "--nothing-like-it 옵션이 없습니다."),
    (["explain"], "RULE 인자가 없습니다."),
    (["explain", "missing-alt"], "`missing-alt` 규칙이 없습니다. 혹시 `missing-alt-text`를 뜻했나요?"),
    (
        ["check", "--select", "봄"],
        "'--select'에 쓸 수 없는 값입니다. `봄`은 규칙의 이름이나 코드, 코드의 앞부분이 아닙니다.",
    ),
    (["check", "--config", "no.yml"], "'--config'에 쓸 수 없는 값입니다. `no.yml` 파일이 없습니다."),
    (["links", "--offline", "--recheck"], "--offline과 --recheck는 함께 쓸 수 없습니다."),
]


@pytest.mark.parametrize(("arguments", "told"), MISTAKES)
def test_a_mistake_is_told_in_korean(arguments: list[str], told: str) -> None:
    result = called(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("사용법: postlint ")
    assert "\n도움말: postlint " in result.stderr
    assert result.stderr.endswith(f"\n오류: {told}\n")


def test_a_mistake_is_told_in_english_elsewhere() -> None:
    result = called("check", "--config", "no.yml", korean=False)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: postlint check ")


def test_the_language_may_be_asked_for() -> None:
    assert called("check", "--language", "ko", "--select", "", korean=False).stderr.startswith("사용법: ")


RAISED = ("click.UsageError", "self.fail", "ctx.fail")


def sentences() -> Iterator[str]:
    """What the commands themselves say of a mistake; a value is `x` in it, and a hint is left out."""
    for path in Path(postlint.cli.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in RAISED:
                said = node.args[0]
                parts = said.values if isinstance(said, ast.JoinedStr) else [said]
                yield "".join(map(told, parts))


def told(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "" if "hint" in ast.unparse(part) else "x"


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_all_that_a_command_says_of_a_mistake_is_there_in_korean(sentence: str) -> None:
    assert in_korean(sentence) != sentence
