"""TeX as MathJax 3 reads it. `test_tex_truth.py` holds all of this against MathJax itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.post.tex import Macro, Macros, errors
from postlint.post.tex.simple import is_simple
from postlint.post.tex.tables import tables

ERRORS = [
    # Braces, brackets, delimiters
    (r"\frac{a}⟦{⟧b", "MissingCloseBrace"),
    (r"x + ⟦{⟧ y", "ExtraOpenMissingClose"),
    (r"x ⟦}⟧ y", "ExtraCloseMissingOpen"),
    (r"\sqrt⟦[⟧3{x}", "MissingCloseBracket"),
    (r"⟦\left⟧( x", "ExtraLeftMissingRight"),
    (r"x ⟦\right⟧)", "MissingLeftExtraRight"),
    (r"( x ⟦\middle⟧| y )", "ExtraMiddle"),
    (r"{ \left( x ⟦}⟧ \right)", "ExtraCloseMissingOpen"),
    (r"⟦\left x⟧ \right)", "MissingOrUnrecognizedDelim"),
    (r"⟦\big⟧", "MissingOrUnrecognizedDelim"),
    # Arguments
    (r"⟦\frac⟧{a}", "MissingArgFor"),
    (r"{⟦\sqrt⟧}", "ExtraCloseMissingOpen"),
    (r"a^⟦⟧", "MissingScript"),
    (r"a ⟦\hspace⟧{wide}", "MissingDimOrUnits"),
    (r"⟦\root⟧ 3 \sqrt{x}", "TokenNotFoundForCommand"),
    # Scripts
    (r"x_1⟦_⟧2", "DoubleSubscripts"),
    (r"x^1⟦^⟧2", "DoubleExponent"),
    (r"x^2⟦'⟧", "DoubleExponentPrime"),
    (r"f'_1⟦^⟧2", "DoubleExponent"),
    (r"x^12⟦⟧^3^4", "DoubleExponent"),
    (r"x⟦_⟧\sin y", "MissingOpenForSub"),
    (r"x⟦^⟧\displaystyle y", "MissingOpenForSup"),
    (r"\underset{a}{b}⟦_⟧c", "DoubleSubscripts"),
    (r"x ⟦\limits⟧_1", "MisplacedLimits"),
    (r"a \over b ⟦\over⟧ c", "AmbiguousUseOf"),
    # Environments, cells
    (r"\begin{aligned} a ⟦\end{align}⟧", "EnvBadEnd"),
    (r"⟦\begin{aligned}⟧ a", "EnvMissingEnd"),
    (r"a ⟦\end{aligned}⟧", "MissingBeginExtraEnd"),
    (r"⟦\begin{algin}⟧ a \end{algin}", "UnknownEnv"),
    (r"a ⟦&⟧ b", "Misplaced"),
    (r"\begin{matrix} {a ⟦&⟧ b} \end{matrix}", "Misplaced"),
    (r"\begin{array}{c} a ⟦\hline⟧ \end{array}", "Misplaced"),
    (r"\cases{ a & b ⟦&⟧ c }", "ExtraAlignTab"),
    (r"\begin{matrix} a ⟦\\[x]⟧ b \end{matrix}", "BracketMustBeDimension"),
    (r"\begin{align} ⟦\begin{gather}⟧ a \end{gather} \end{align}", "ErroneousNestingEq"),
    (r"\begin{multline} a & b ⟦⟧\\ c \end{multline}", "MultlineRowsOneCol"),
    (r"\begin{align} \tag{1} ⟦\tag⟧{2} a \end{align}", "MultipleCommand"),
    # What is not there
    (r"⟦\argmin⟧_x f", "UndefinedControlSequence"),
    (r"a ⟦#⟧ b", "CantUseHash1"),
    (r"\text{a ⟦$x⟧}", "MathNotTerminated"),
    ("5⟦₩⟧", "UnknownCharacter"),
    ("a⟦\b⟧eta", "UnknownCharacter"),
    # In what a macro makes, the place is the macro's
    (r"\newcommand{\two}[1]{#1_1_2} y + ⟦\two{x}⟧", "DoubleSubscripts"),
    (r"\newcommand{\two}[1]{#1} \two{x}_1⟦_⟧2", "DoubleSubscripts"),
    (r"\def\a{⟦\a⟧}\a", "MaxMacroSub1"),
]

RIGHT = [
    "",
    r"\frac12 + \frac{a}{b} + \sqrt[3]{x} + \sqrt\frac{a}{b}",
    r"x_1^2 + {x_1}_2 + f'_1 + f'^2 + x^{2'} + _a + ^2",
    r"\sum_{i}^n\limits + \sum\limits_i^n + \int\limits_0^1 + \operatorname*{arg}\limits_x",
    r"\left( a \middle| b \right. + \big\{ x \Bigr] + \left\langle a \right\rangle + \left\lVert x \right\|",
    r"\begin{cases} a & b \\ c & d & e \end{cases} + \begin{array}{c|c} 1 & 2 \\[2pt] \hline 3 \end{array}",
    r"\begin{aligned}[t] a &= b \\ &= c \\ \end{aligned} \begin{pmatrix*}[r] 1 \\ 2 \end{pmatrix*}",
    r"\begin{align} a &= b \tag{1} \\ \label{x} c &= d \notag \end{align}",
    r"a \\ b + {a \over b} + {n \choose k} + \matrix{a & b \cr c}",
    r"\text{한글 $x_i$ and \(y\)} + \mbox{a_b} + \text{\{x\}} + 값_{최대}",
    r"\newcommand{\R}{\mathbb{R}} \def\norm#1{\left\|#1\right\|} \norm{x} \in \R^2",
    r"\newenvironment{two}{\begin{aligned}}{\end{aligned}} \begin{two} a &= b \end{two}",
    r"\DeclareMathOperator*{\argmin}{arg\,min} \argmin_x f \let\to=\rightarrow a \to b",
    r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert} \abs*{x} + \abs[\big]{y}",
    r"a % a comment with } and \foo" + "\n + b",
    r"\ce{H2O} \require{cancel} \cancel{x} \boxed{x_1} \substack{a \\ b} \stackrel{a}{b} \color{red} x",
    r"\hat\alpha + \mathbf x + \overline{ab}^c + \overbrace{a}^b + \underbrace{a}_b + \not= + \dots",
    r"\begin{CD} A @>a>> B \\ @VVV @VVV \\ C @= D \end{CD} + P@K",
]


def marked(text: str) -> tuple[str, int, int]:
    """The TeX without its marks, and the place between them."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    return text.replace("⟦", "").replace("⟧", ""), start, end


@pytest.mark.parametrize(("written", "error"), ERRORS)
def test_an_error_is_found_with_its_name(written: str, error: str) -> None:
    tex, _, _ = marked(written)
    (found,) = errors(tex, macros=Macros())
    assert found.id == error


PLACED = [one for one in ERRORS if "⟦⟧" not in one[0] and "\\def\\a" not in one[0]]


@pytest.mark.parametrize(("written", "error"), PLACED)
def test_an_error_is_found_at_its_place(written: str, error: str) -> None:
    tex, start, end = marked(written)
    (found,) = errors(tex, macros=Macros())
    assert found.span == (start, end)


@pytest.mark.parametrize("tex", RIGHT)
def test_what_mathjax_typesets_has_no_error(tex: str) -> None:
    assert errors(tex, macros=Macros()) == []


def test_a_formula_knows_what_those_before_it_defined() -> None:
    macros = Macros()
    assert errors(r"\newcommand{\R}{\mathbb{R}}", macros=macros) == []
    assert errors(r"x \in \R", macros=macros) == []


def test_a_site_has_macros_of_its_own() -> None:
    macros = Macros({"vect": Macro(r"\boldsymbol{#1}", 1)})
    assert errors(r"\vect{x}", macros=macros) == []


def test_a_redefined_command_means_what_the_page_says() -> None:
    macros = Macros()
    (error,) = errors(r"\renewcommand{\alpha}{x_1} \alpha_2", macros=macros)
    assert error.id == "DoubleSubscripts"


def test_a_label_belongs_to_one_formula_of_a_page() -> None:
    macros = Macros()
    tex = r"\begin{equation} a \label{e} \end{equation}"
    assert errors(tex, macros=macros) == []
    (error,) = errors(tex, macros=macros)
    assert error.id == "MultipleLabel"


def test_an_underscore_in_text_is_an_error_for_the_package_textmacros_only() -> None:
    assert errors(r"\text{a_b}", macros=Macros()) == []
    (error,) = errors(r"\text{a_b}", macros=Macros(), every_package=True)
    assert error.id == "MathModeOnly"


def test_all_kinds_of_commands_are_obeyed_by_something() -> None:
    from postlint.post.tex import formula

    known = tables()
    for kind in set(known.commands.values()):
        assert callable(formula.METHODS_BY_KIND[kind])
    for name in known.environments:
        found = errors(rf"\begin{{{name}}}", macros=Macros())
        assert [error.id for error in found] != ["UnknownEnv"]


# Whatever somebody writes

_WRITTEN = r"""
    { } [ ] ( ) ^ _ ' & \\ $ # % ~ @>>> | a 1 12 . 한 ₩ \left \right \middle \frac \sqrt \root \of \over \text
    \begin{matrix} \end{matrix} \begin{align} \end{align} \begin{cases*} \end{cases*} \begin{empheq}{align}
    \end{empheq} \begin{spreadlines}{1em} \end{spreadlines} \begin{x} \end{x} \newenvironment{x}{{}{}} \set
    \newcommand{\a} \def\a#1 \a \let\a= \limits \sum \sin \mathop \operatorname* \hline \tag \label \boxed
    \cases \matrix \cr \verb \color \bbox \prescript \Aboxed \DeclarePairedDelimiter\p() \p \raise 1em \not
    \dots \underset \boldsymbol \displaystyle \mathchoice \genfrac \AXC \UIC \begin{prooftree} \toggle
"""
PIECES = st.sampled_from(_WRITTEN.split())


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=60))
def test_any_text_has_an_error_within_it_or_none(tex: str) -> None:
    for every_package in (False, True):
        for error in errors(tex, macros=Macros(), every_package=every_package):
            assert 0 <= error.span.start <= error.span.end <= len(tex)


# Formulas that need no reader

_SIMPLE = r"""
    { { } } ( ) [ ] _ ^ _ ^ ' & | * . 1 12 x a ~ ’ ∑ ¤ {x} {'} _{a} ^2 \\ [2pt] \alpha \langle \{ \sum \limits
    \log \dots \displaystyle \bf \hat \operatorname \operatorname* \frac \overset \sqrt [3] \big
    \boldsymbol{x} \boldsymbol \left( \left\{ \left \right) \right. \text{ab} \mbox{a_b}
    \begin{matrix} \end{matrix} \begin{array}{c|c} \begin{array} \end{array} \begin{aligned}
    \end{aligned} \begin{align} \end{align}
    \begin{equation} \end{equation} \foo \tag{1} %
"""
_SIMPLE_PIECES = st.sampled_from([*_SIMPLE.split(), " ", "\n"])
_AROUND = r"""
    {%s} \frac{%s}{b} \left(%s\right) x_{%s} x^{%s} \hat{%s} \sqrt{%s} \boldsymbol{%s} \overset{a}{%s}
    \sum_{%s} \begin{matrix}%s\end{matrix} \begin{align*}%s\end{align*} \begin{array}{c}%s\end{array}
    \text{%s}
"""


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, max_size=4).map("".join)
    return several | st.tuples(st.sampled_from(_AROUND.split()), several).map(
        lambda pair: pair[0].replace("%s", pair[1])
    )


@given(st.lists(st.recursive(_SIMPLE_PIECES, _wrapped, max_leaves=12), max_size=4).map("".join))
def test_a_simple_formula_is_right(tex: str) -> None:
    from postlint.post.tex.formula import first_error

    if is_simple(tex):
        assert first_error(tex, Macros(), every_package=True) is None


@pytest.mark.parametrize(
    "tex",
    [
        r"\mathcal{L}(\theta) = -\sum\limits_{i=1}^{n} \log p_\theta(y_i \mid \mathbf{x}_i)",
        r"\hat{\beta} = \left( X^\top X \right)^{-1} X^\top y",
        r"\begin{align*} \frac{\partial f}{\partial x} &= f'(x) \\ &= \text{기울기} \end{align*}",
        r"A = \begin{bmatrix} a_{11} & a_{12} \\ a_{21} & a_{22} \end{bmatrix}^T",
        r"\left\{ \begin{array}{ll} 0 & x < 0 \\ 1 & x \geq 0 \end{array} \right.",
        r"\boldsymbol{\mu} = \operatorname*{arg} \min_x \lVert \overline{x_{i_j}} \rVert_2^2",
    ],
)
def test_what_blogs_are_full_of_needs_no_reader(tex: str) -> None:
    assert is_simple(tex)


@pytest.mark.parametrize(
    "piece", ["{", r"\frac{", r"\left(", r"\begin{matrix}", "x^{", r"\text{$", r"\sqrt["]
)
def test_depth_without_end_is_no_trouble(piece: str) -> None:
    (error,) = errors(piece * 20_000, macros=Macros())
    assert error.span.end <= len(piece) * 20_000


def test_what_is_deeper_than_anybody_writes_is_not_followed() -> None:
    assert errors(r"\frac{a}{" * 500 + r"\foo" + "}" * 500, macros=Macros()) == []


def test_macros_that_double_each_other_come_to_an_end() -> None:
    names = "abcdefghijklmnopqrstuvwxy"
    doubled = "".join(rf"\def\q{a}{{\frac{{\q{b}}}{{\q{b}}}}}" for a, b in pairwise(names))
    assert errors(doubled + r"\def\qy{x}\qa", macros=Macros()) == []
