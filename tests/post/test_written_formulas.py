"""Formulas as their authors wrote them, and what was meant by their backslashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.post.tex_escapes import escapes_signs, read
from postlint.post.written_formulas import WrittenFormula, is_meant, written_formulas
from tests.post.test_formulas import post


def written(text: str) -> list[WrittenFormula]:
    return list(written_formulas(post(text)))


@pytest.mark.parametrize(
    "text",
    [
        "평균 $\\bar{x}_{t}, \\bar{y}_{t}$ 는\n",
        "확률 $P(y|x)$ 는\n",
        "집합 \\(\\{x_1\\}\\) 은\n",
        "평균 $<x_1>$ 은\n",
        "| a | $x_1|y$ |\n",
    ],
)
def test_a_formula_that_does_not_reach_the_page_is_known(text: str) -> None:
    (formula,) = written(text)
    assert formula.on_page is None
    assert not formula.arrives


@pytest.mark.parametrize(
    "text",
    [
        "값 $x_1$ 은\n",
        "값 $f'(x) ... y$ 은\n",
        "값 $x\\_1$ 은\n",
        "값 \\\\(\\\\{x\\\\}\\\\) 은\n",
        "> 값 $x +\n> y$ 은\n",
        "<p>$\\{x_1\\}$</p>\n",
        "$$\n\\{x\\} \\\\ y\n$$\n",
        "| a | $$\\|x\\|$$ |\n",
    ],
)
def test_a_formula_that_arrives_as_it_was_meant_is_known_too(text: str) -> None:
    assert all(formula.arrives for formula in written(text))


def test_a_price_does_not_pair_with_a_formula() -> None:
    (formula,) = written("커피는 $5 이고 학습률은 $\\alpha$ 이다.\n")
    assert formula.tex == "\\alpha"


@pytest.mark.parametrize(
    "text", ["`$x_1$`\n", "[a](/$x_1$)\n", "<a title='$x_1$'>b</a>\n", "```\n$x_1$\n```\n"]
)
def test_code_and_addresses_hold_no_formula(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    "tex", ["x_1", "n", "O(n)", "α ≤ β", "\\alpha", "1", "a, b", "x = \\text{값}", "{a}"]
)
def test_tex_is_meant(tex: str) -> None:
    assert is_meant(tex, "$")


@pytest.mark.parametrize(
    "tex", ["", " ", "5 이고 차는 ", "는 학습률, ", "5 and ", "HOME 과 ", "a of the many b"]
)
def test_what_stands_between_two_signs_is_not(tex: str) -> None:
    assert not is_meant(tex, "$")


@pytest.mark.parametrize(
    ("tex", "meant", "lost"),
    [
        ("\\{a\\}", "\\{a\\}", ["\\{", "\\}"]),
        ("\\\\{a\\\\}", "\\{a\\}", []),
        ("x\\_i", "x_i", []),
        ("\\text{a\\_b}", "\\text{a\\_b}", ["\\_"]),
        ("\\frac\\{a\\}\\{b\\}", "\\frac{a}{b}", []),
        ("\\{n \\choose k\\}", "{n \\choose k}", []),
        ("a \\\\ b", "a \\ b", []),
        ("\\begin{matrix} a \\\\ b \\end{matrix}", "\\begin{matrix} a \\\\ b \\end{matrix}", ["\\\\ "]),
        ("\\begin{matrix} a\\\\b\\end{matrix}", "\\begin{matrix} a\\\\b\\end{matrix}", ["\\\\b"]),
        ("\\begin{matrix} a \\\\\\\\ b \\end{matrix}", "\\begin{matrix} a \\\\ b \\end{matrix}", []),
        ("\\begin{matrix} a \\\\\\ b \\end{matrix}", "\\begin{matrix} a \\\\ b \\end{matrix}", []),
        ("\\begin{matrix} a \\\\\nb \\end{matrix}", "\\begin{matrix} a \\\\\nb \\end{matrix}", ["\\\\\n"]),
        ("\\begin{matrix} a \\\\ \\end{matrix}", "\\begin{matrix} a \\ \\end{matrix}", []),
        ("\\\\alpha", "\\alpha", []),
        ("\\|x\\|", "\\|x\\|", ["\\|", "\\|"]),
        ("a\\!b", "a\\!b", ["\\!"]),
        ("\\left\\[ a \\right\\]", "\\left[ a \\right]", []),
    ],
)
def test_a_backslash_is_read_as_it_was_meant(tex: str, meant: str, lost: list[str]) -> None:
    reading = read(tex, escapes_bars=escapes_signs(tex))
    assert reading.meant == meant
    assert [one.written for one in reading.lost] == lost


@pytest.mark.parametrize("tex", ["p(x \\| y)", "\\|\\|x\\|\\|", "x\\_1 \\|y\\|", "p^\\*"])
def test_who_escapes_signs_for_markdown_means_a_single_bar(tex: str) -> None:
    assert escapes_signs(tex)


@given(st.text(alphabet="\\{}|_* \nab$&", max_size=60))
def test_what_is_lost_stands_in_the_tex(tex: str) -> None:
    for lost in read(tex, escapes_bars=False).lost:
        assert tex[lost.span.start : lost.span.end] == lost.written
