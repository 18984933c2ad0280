"""Our reader of TeX against MathJax 3 itself.

They are skipped where node or MathJax is absent: `npm install mathjax-full@3` in some folder, and name that
folder in POSTLINT_MATHJAX.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from postlint.post.formulas import formulas_of
from postlint.post.source import Source
from postlint.post.tex import Macros, TexError, errors, lost_line_breaks
from postlint.post.tex.tables import tables
from postlint.run.files import Linter
from postlint.run.reading import decode
from postlint.run.request import Request

SCRIPT = Path(__file__).parent.parent / "truth" / "tex_errors.mjs"
pytestmark = pytest.mark.mathjax

Formula = tuple[bool, str]
"""Whether it is displayed, and its TeX."""
Page = list[Formula]
Typeset = Callable[[list[Page]], list[list[str | None]]]


@pytest.fixture(scope="session")
def typeset() -> Typeset:
    """For each formula of each page the name of MathJax's error."""

    def run(pages: list[Page]) -> list[list[str | None]]:
        done = subprocess.run(
            ["node", str(SCRIPT)], input=json.dumps(pages).encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return [[one and one[0] for one in page] for page in json.loads(done.stdout)]

    return run


class Compared(NamedTuple):
    tex: str
    theirs: str | None
    ours: TexError | None

    @property
    def agree(self) -> bool:
        return (self.theirs is None) == (self.ours is None)


def compared(pages: list[Page], typeset: Typeset) -> list[Compared]:
    found = []
    for page, theirs in zip(pages, typeset(pages), strict=True):
        macros = Macros()
        for (_, tex), error in zip(page, theirs, strict=True):
            ours = errors(tex, macros=macros, every_package=True)
            found.append(Compared(tex, error, ours[0] if ours else None))
    return found


def report(title: str, found: list[Compared]) -> tuple[float, float]:
    """Prints the table, and gives back which share of MathJax's errors is found, and of ours is right."""
    counts = Counter((one.theirs is not None, one.ours is not None) for one in found)
    both, missed, invented = counts[True, True], counts[True, False], counts[False, True]
    same = sum(one.ours is not None and one.ours.id == one.theirs for one in found)
    print(
        f"\n{title}: {len(found)} formulas, {counts[False, False]} right to both, {both} wrong to both",
        end="",
    )
    print(f" ({same} by the same name), {missed} to MathJax alone, {invented} to us alone")
    for one in found:
        if not one.agree:
            print(f"  MathJax: {one.theirs}, we: {one.ours and one.ours.id}: {one.tex!r}")
    return both / max(1, both + missed), both / max(1, both + invented)


# Real formulas


@pytest.fixture(scope="session")
def pages(corpus: Path) -> list[Page]:
    """The formulas of each page of the real blogs."""
    linter = Linter(Request(no_config=True))
    found: list[Page] = []
    for path in sorted(corpus.rglob("*")):
        if path.suffix in (".md", ".markdown") and path.is_file():
            source = decode(path.read_bytes())
            if isinstance(source, Source):
                page = formulas_of(linter.post(path, source))
                found.append([(formula.display, formula.tex) for formula in page])
    return [page for page in found if page]


@pytest.mark.corpus
def test_real_formulas(pages: list[Page], typeset: Typeset) -> None:
    recall, precision = report("17 blogs", compared(pages, typeset))
    assert recall >= 0.99
    assert precision >= 0.99


_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_INSERTED = r"""
{ } [ ] | ^ _ ' & \\ \\[2pt] # % ~ $ 1 a \left( \right) \right \left \middle| \frac \sqrt \sqrt[3] \limits
\sum \nolimits \int \sin \over \choose \mathop{x} \underset{a} \overset{a} \overline \hline \tag{1}
\label{a} \nonumber \boldsymbol{x_1} \hat \binom \big \Big\{ \displaystyle \not \dots \raise1em \hspace{1em}
\hspace \color{red} \{ \} \foo \pmod \operatorname \operatorname*{x} \DeclareMathOperator{\foo}{foo}
\newcommand{\bar}[1]{#1} \def\foo#1{#1_a} \let\foo=\frac \stackrel \mathrm \begin{matrix} \end{matrix}
\begin{equation} \end{equation} \begin{aligned} \end{aligned} \begin{cases} \end{cases} \begin{array}{cc}
\end{array} \begin{align} \end{align} \begin{split} \end{split} \begin{gather*} \end{gather*}
\begin{multline} \end{multline} \begin{alignat}{2} \end{alignat} \begin \end \textbf \mbox \prime \overbrace
\underbrace{a} \substack{a\\b} \cfrac \dfrac \hfill \root3\of \atop \genfrac \phantom \xrightarrow[a]
\verb|a| \bf \vec \mathbb \prescript{a}{b} \sideset{}{} \bra \Set \mathclap \coloneqq \cancel \boxed
\matrix{a&b\cr\ c} \cases{a&b\cr\ c&d} \notag \eqref{a} \mathchoice \smash[b] \rule{1em}{2em} \kern3pt
\unicode{x41} \bbox[red] ∑ 한글 ₩ \overunderset \DeclarePairedDelimiter\abs{\lvert}{\rvert} \abs*{x}
"""


def mutated(chance: random.Random, formulas: list[Formula], inserted: list[str]) -> Formula:
    """A formula with tokens lost, doubled, moved or put in, or with a piece of another."""
    display, tex = chance.choice(formulas)
    for _ in range(chance.randint(1, 4)):
        tokens = _TOKEN.findall(tex)
        at = chance.randint(0, len(tokens))
        other = _TOKEN.findall(chance.choice(formulas)[1])
        begin = chance.randint(0, len(other))
        tokens = chance.choice(
            [
                tokens[:at] + tokens[at + 1 :],
                [*tokens[:at], chance.choice(inserted), *tokens[at:]],
                [*tokens[:at], chance.choice(inserted), *tokens[at:]],
                tokens[:at] + other[begin : begin + chance.randint(1, 12)] + tokens[at:],
                tokens[at:],
                tokens[:at],
            ]
        )
        tex = "".join(tokens)
    return display, tex


@pytest.mark.corpus
def test_mutated_formulas(pages: list[Page], typeset: Typeset) -> None:
    """25 to a page, so that what one defines meets the others."""
    chance = random.Random(4)
    formulas = sorted({formula for page in pages for formula in page if len(formula[1]) < 300})
    inserted = _INSERTED.split()
    found = compared([[mutated(chance, formulas, inserted) for _ in range(25)] for _ in range(400)], typeset)
    recall, precision = report("mutated formulas", found)
    assert recall >= 0.995
    assert precision >= 0.995


# Every command


CONTEXTS = (
    r"{c}",
    r"{c} a",
    r"{c}{{a}}",
    r"{c}{{a}}{{b}}",
    r"{c}{{a}}{{b}}{{c}}",
    r"{c}{{a}}_b",
    r"{c}_a^b'",
    r"{c}{{a}}^b_c^d",
    r"{c}\limits_a",
    r"{c}{{\sum}}\limits_a",
    r"x_{c} y",
    r"x^{c}{{a}}{{b}}",
    r"{{{c}}}",
    r"{c}[a]{{b}}",
    r"{c}[1em]{{2em}}{{1em}}",
    r"{c}({c})",
    r"{c} 1em x",
    r"{c}* x",
    r"\left{c} x \right{c}",
    r"\begin{{matrix}} {c} a & {c}{{b}} \\ \end{{matrix}}",
    r"\begin{{align}} a {c} & b \end{{align}}",
    r"\text{{a $ {c} $}}",
)
_APART = frozenset(("ce", "pu", "require", "mathtoolsset", "newtagform", "renewtagform", "usetagform"))
"""Chemistry has a grammar of its own, `\\require` is there where MathJax is put together for the browser;
of the others postlint reads the arguments without asking what they mean."""


def test_every_command_in_many_places(typeset: Typeset) -> None:
    commands = sorted(tables().commands.keys() - _APART)
    pages: list[Page] = [
        [(True, context.format(c="\\" + name)) for name in commands[at : at + 10] for context in CONTEXTS]
        for at in range(0, len(commands), 10)
    ]
    recall, precision = report("commands", compared(pages, typeset))
    assert recall >= 0.99
    assert precision >= 0.99


def test_every_environment_is_known_to_both(typeset: Typeset) -> None:
    pages: list[Page] = [
        [
            (True, rf"\begin{{{name}}}{{2}} a \\ b \end{{{name}}}"),
            (True, rf"\begin{{{name}}}"),
            (True, rf"\end{{{name}}}"),
        ]
        for name in sorted(tables().environments)
    ]
    assert [one for one in compared(pages, typeset) if not one.agree] == []


LINES = (
    r"a \\ b",
    r"a \\[1em] b \\* c",
    r"a \newline b",
    r"{a \\ b}",
    r"\left( a \\ b \right)",
    r"\sum_{i \\ j} x \\ y",
    r"\begin{equation} a \\ b \end{equation}",
    r"\begin{gathered} a \\ {b \\ c} \end{gathered}",
    r"\begin{cases} a \\ b \end{cases} \\ \begin{array}{l} c \\ d \end{array}",
    r"\displaylines{a \\ b} \substack{c \\ d} \text{e \\ f} \pmatrix{g \cr h}",
    r"\def\x{a \\ b} \x \\ \x",
    r"\begin{split} a &= b \\ &= c \end{split}",
)


def test_line_breaks_outside_of_rows_are_those_of_which_mathjax_makes_a_space() -> None:
    done = subprocess.run(
        ["node", str(SCRIPT.with_name("tex_line_breaks.mjs"))],
        input=json.dumps(LINES).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    ours = [len(lost_line_breaks(tex, macros=Macros())) for tex in LINES]
    assert dict(zip(LINES, ours, strict=True)) == dict(zip(LINES, json.loads(done.stdout), strict=True))
