"""Formulas as MathJax finds them on the page, and the place in the file of every character of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.post.alignment import places
from postlint.post.formulas import PageFormula, formulas_of
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.run.files import Linter
from postlint.run.request import Request


def post(text: str) -> Post:
    return Linter(Request(no_config=True)).post(Path("_posts/2024-05-01-formulas.md"), Source(text))


def found(text: str) -> list[PageFormula]:
    return list(formulas_of(post(text)))


@pytest.mark.parametrize(
    ("text", "tex", "display"),
    [
        ("값 $x_1$ 은\n", "x_1", False),
        ("값 $$x_1$$ 은\n", "x_1", False),
        ("$$x_1$$\n", "x_1", True),
        ("값\n$$\nx_1\n$$\n", "x_1", False),
        ("값 \\\\(x_1\\\\) 은\n", "x_1", False),
        ("\\\\[x_1\\\\]\n", "x_1", True),
        ("\\begin{align} a &= b \\end{align}\n", "\\begin{align} a &= b \\end{align}", True),
        ("집합 $\\{x\\}$ 은\n", "{x}", False),
        ("값 $\\text{($y$)} + 1$ 은\n", "\\text{($y$)} + 1", False),
        ("값 $f'(x) &lt; 1$ 은\n", "f’(x) < 1", False),
        ("<div>$\\{x\\}$</div>\n", "\\{x\\}", False),
        ("값 $x +<br>y$ 은\n", "x +\ny", False),
    ],
)
def test_a_formula_is_what_mathjax_gets(text: str, tex: str, display: bool) -> None:
    (formula,) = found(text)
    assert (formula.tex, formula.display) == (tex, display)


@pytest.mark.parametrize(
    "text",
    [
        "$\\bar{x}_{t}, \\bar{y}_{t}$\n",
        "값 $P(a|b)$\n",
        "\\(x_1\\)\n",
        "`$x_1$`\n",
        "    $x_1$\n",
        "<pre>$x_1$</pre>\n",
        "값 \\\\$5 와 \\\\$6\n",
        "값 $\\frac{a$ 은\n",
        "값 $x\n\ny$\n",
    ],
)
def test_what_is_torn_or_code_is_no_formula(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("값 $x_1$ 은\n", "$x_1$"),
        ("$$\nx_1\n$$\n", "$$\nx_1\n$$"),
        ("- 값 $$x_1$$ 은\n", "$$x_1$$"),
        ("값 \\\\(x\\_1\\\\) 은\n", "\\\\(x\\_1\\\\)"),
        ("> 값 $x +\n> y$ 은\n", "$x +\n> y$"),
        ('&amp; "말" -- $x_1$ 은\n', "$x_1$"),
        ("{% if a %}{{ b }}{% endif %} $x_1$ 은\n", "$x_1$"),
    ],
)
def test_a_formula_knows_where_it_stands(text: str, written: str) -> None:
    (formula,) = found(text)
    assert text[formula.span.start : formula.span.end] == written


def test_a_part_of_a_formula_has_its_own_place() -> None:
    text = "집합 $\\{x\\}\\_1 + y$ 은\n"
    (formula,) = found(text)
    assert formula.tex == "{x}_1 + y"
    at = formula.tex.index("y")
    assert formula.place(Span(at, at + 1)) == Span(text.index("y"), text.index("y") + 1)


def test_a_page_of_openings_is_given_up_on() -> None:
    assert found("${ " * 2000 + "\n\n$x_1$\n")[-1].tex == "x_1"


@given(
    source=st.text(alphabet="a\\{_&lt;> \n$'\"-.가", max_size=40), value=st.text(alphabet="a{_<>’…–\\ \n가")
)
def test_places_never_go_back(source: str, value: str) -> None:
    offsets = places(source, Span(0, len(source)), value)
    assert len(offsets) == len(value) + 1
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(source) for offset in offsets)
