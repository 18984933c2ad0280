"""Whatever may become of an address, there are words for it, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import postlint.web
from postlint.web import failures
from postlint.web.verdicts import Evidence, Verdict
from postlint.web.words import REASONS, VERDICTS, in_words

MODULES = sorted(Path(postlint.web.__file__).parent.glob("*.py"))
FAILURES = {
    name
    for name, value in vars(failures).items()
    if isinstance(value, type) and issubclass(value, failures.Failure)
}
UNSEEN = {"archive.py"}
"""What fails there is never the evidence for an address."""


def reasons() -> Iterator[str]:
    """Every word that this package gives as a reason: in a failure, in evidence, beside a verdict, or in a
    table of them."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if path.name in UNSEEN or path.name == "words.py":
                continue
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in FAILURES:
                    yield from strings(node.args[:1])
                elif node.func.id in ("Evidence", "evidence"):
                    yield from strings(node.args[1:2])
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and is_of_verdict(node.elts[0]):
                yield from strings(node.elts[1:])
            elif isinstance(node, ast.keyword) and node.arg == "reason":
                yield from strings([node.value])
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name == "reason":
                    yield from strings([node.value])
                elif name == "_UNTRUSTED" and isinstance(node.value, ast.Dict):
                    yield from strings(node.value.values)
                elif name == "_NETWORKS" and isinstance(node.value, ast.List):
                    yield from (row.elts[0].value for row in node.value.elts)  # type: ignore[attr-defined]


def is_of_verdict(expression: ast.expr) -> bool:
    """Whether it is what stands before a reason: a verdict, the name of one, or a call that gives one."""
    first = expression.func if isinstance(expression, ast.Call) else expression
    return ast.unparse(first).startswith(("Verdict.", "refusal", "_of_"))


def strings(expressions: list[ast.expr]) -> Iterator[str]:
    """The strings that an expression may have for its value."""
    for expression in expressions:
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
            yield expression.value
        elif isinstance(expression, ast.IfExp):
            yield from strings([expression.body, expression.orelse])
        elif isinstance(expression, ast.BoolOp):
            yield from strings(expression.values)
        elif isinstance(expression, ast.Call):  # _UNTRUSTED.get(code, "untrusted")
            yield from strings(expression.args[1:])


KNOWN = sorted(set(reasons()))


def test_the_reasons_are_found_in_the_source() -> None:
    assert {"status", "timeout", "loopback", "no-address", "refused", "untrusted", "offline"} <= set(KNOWN)


@pytest.mark.parametrize("reason", [reason for reason in KNOWN if reason != "status"])
def test_every_reason_has_words(reason: str) -> None:
    assert reason in REASONS


def test_there_are_no_words_for_what_is_no_reason() -> None:
    assert REASONS.keys() - {""} <= set(KNOWN)


@pytest.mark.parametrize("reason", ["no-scheme", "host", "port"])
def test_what_is_no_address_has_words_of_its_own(reason: str) -> None:
    said = in_words(Evidence(Verdict.INVALID, reason)).render("en")
    assert said.startswith("it has no scheme" if reason == "no-scheme" else f"its {reason} cannot")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_name_and_words_for_its_status(verdict: Verdict) -> None:
    assert VERDICTS[verdict].en == verdict.value
    assert re.search("[가-힣]", VERDICTS[verdict].ko)
    said = in_words(Evidence(verdict, "status", status=418))
    assert "418" in said.render("en")
    assert "418" in said.render("ko")


@pytest.mark.parametrize("status", [400, 401, 403, 405, 451, 999])
def test_a_refusal_says_by_which_status(status: int) -> None:
    said = in_words(Evidence(Verdict.BLOCKED, "status", status=status))
    assert str(status) in said.render("en")
    assert str(status) in said.render("ko")


def test_a_word_of_a_later_version_stands_for_itself() -> None:
    assert in_words(Evidence(Verdict.BLOCKED, "teapot")).render("ko") == "teapot"


def test_a_challenge_is_named() -> None:
    said = in_words(Evidence(Verdict.BLOCKED, "challenge", "Cloudflare"))
    assert said.render("ko").startswith("Cloudflare가 ")


def test_a_server_that_is_under_repair_was_not_asked_too_often() -> None:
    words = [
        in_words(Evidence(Verdict.RATE_LIMITED, "status", status=status)).render("en")
        for status in (429, 503)
    ]
    assert words == ["the server was asked too often (429)", "the server asks to come back later (503)"]
