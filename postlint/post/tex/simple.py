r"""The formulas that need no reader: in blogs 19 of 20 are made of what is surely right.

Each command becomes one sign that says what MathJax does with it. Then what is innermost (in braces, between
`\left` and `\right`, in an environment) is replaced by a sign in its turn, over and over, until the formula
is a row of signs with their scripts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from postlint.patterns import lazy
from postlint.post.tex.characters import UNKNOWN

# A sign is an ordinary character where MathJax treats what it stands for as it treats that character.
_SYMBOL, _DELIMITER, _OPERATOR, _ATOM = "a|∑¤"
"""A command without arguments, or anything in braces; … ; what may be a script, but is no argument without
braces: `\\hat` is one, and not `\\hat x`."""
_ONE, _TWO, _ROOT, _BIG, _BOLD, _LEFT, _RIGHT = "\x01\x02\x03\x04\x05\x06\x07"
_LIMITS, _ROW, _TABLE, _EQUATIONS, _FUNCTION, _NOTHING = "\x0e\x0f\x10\x11\x12\x13"
"""Functions need braces to be a script, and so do tables; what makes nothing has no scripts."""
_BEGIN, _END, _WRONG = "\x14\x15\x16"
"""Behind the first two stands a letter for each environment."""

_COMMANDS = {
    _SYMBOL: r"""\alpha \approx \ast \because \beta \bmod \bot \bullet \cap \cdot \cdots \chi \circ \cong \cup
        \ddots \Delta \delta \div \ell \emptyset \epsilon \equiv \eta \exists \forall \Gamma \gamma \ge \geq
        \gets \gg \hbar \iff \implies \in \infty \intercal \iota \kappa \Lambda \lambda \ldots \le \leftarrow
        \Leftarrow \leftrightarrow \leq \ll \longrightarrow \mapsto \mid \mp \mu \nabla \ne \neg \neq \ni
        \notin \nu \odot \Omega \omega \oplus \otimes \parallel \partial \perp \Phi \phi \Pi \pi \pm \prec
        \prime \propto \Psi \psi \qquad \quad \Re \rho \Rightarrow \rightarrow \setminus \Sigma \sigma \sim
        \simeq \star \subset \subseteq \succ \tau \therefore \Theta \theta \times \to \top \triangle
        \triangledown \Upsilon \upsilon \varepsilon \varnothing \varphi \varrho \vartheta \vartriangle \vdots
        \vee \wedge \Xi \xi \zeta \, \; \: \! \> \# \% \_ \$ \&""",
    _DELIMITER: r"""\{ \} \| \backslash \gt \langle \lbrace \lceil \lfloor \lt \lVert \lvert \rangle \rbrace
        \rceil \rfloor \rVert \rvert \Vert \vert""",
    _OPERATOR: r"\bigcap \bigcup \coprod \inf \int \lim \max \min \prod \sum \sup",
    _FUNCTION: r"\arctan \arg \cos \cosh \dim \exp \ker \lg \ln \log \sin \sinh \tan \tanh",
    _NOTHING: r"\bf \displaystyle \dots \it \nonumber \notag \rm \textstyle",
    _ONE: r"""\bar \breve \check \ddot \dot \grave \hat \mathbb \mathbf \mathcal \mathfrak \mathit \mathrm
        \mathscr \mathsf \mathtt \operatorname \operatorname* \overleftarrow \overline \overrightarrow \tilde
        \underbrace \underline \vec \widehat \widetilde""",
    _TWO: r"\binom \dfrac \frac \overset \tfrac",
    _ROOT: r"\sqrt",
    _BIG: r"""\big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigm \Bigm \biggm \Biggm \bigr \Bigr \biggr
        \Biggr""",
    _BOLD: r"\boldsymbol",
    _LEFT: r"\left",
    _RIGHT: r"\right",
    _LIMITS: r"\limits \nolimits",
    _ROW: "\\\\",
}
_EQUATION = ("equation", "equation*", "align", "align*", "eqnarray", "eqnarray*", "gather", "gather*")
"""What may stand in nothing else, and only once. The first two have no cells."""
_TABLES = (
    *("aligned", "Bmatrix", "bmatrix", "cases", "dcases", "gathered", "matrix", "pmatrix", "smallmatrix"),
    *("split", "Vmatrix", "vmatrix"),
)
_SIGNS = {name: sign for sign, names in _COMMANDS.items() for name in names.split()} | {"\\ ": _SYMBOL}
for _letter, _name in zip("abcdefghijklmnopqrstuvwxyz", [*_EQUATION, *_TABLES, "array"], strict=False):
    _SIGNS[f"\\begin{{{_name}}}"] = _BEGIN + _letter
    _SIGNS[f"\\end{{{_name}}}"] = _END + _letter
_ARRAY, _FIRST_TABLE = _SIGNS["\\begin{array}"], _SIGNS[f"\\begin{{{_TABLES[0]}}}"]

_NOT_SET = lazy(f"[{UNKNOWN}]")
_COMMAND = lazy(
    r"\\(?:(?:begin|end)\{[A-Za-z]+\*?\}|operatorname\*|(?:text(?:bf|it|rm)?|mbox)\{[^\\{}$%^_&#~]*\}|[A-Za-z]+|.)",
    re.DOTALL,
)
_PART = r"[^\x00-\x20\\{}^_'%&#~@$\xa0]"
_PARTS = (
    rf"(?:[ \n]++|(?:{_PART}++(?:(?<={_OPERATOR})[ ]*{_LIMITS})?+|[~{_FUNCTION}{_TABLE}])"
    rf"(?:'++(?:[_^]{_PART})?+|[ ]*_{_PART}(?:'++|[ ]*\^{_PART})?+|[ ]*\^{_PART}(?:[ ]*_{_PART})?+)?+"
    rf"|{_NOTHING})*+"
)
_INNERMOST = lazy(rf"\{{(?<!{_BOLD}\{{)(?:{_PARTS}|[ ]*'++[ ]*)\}}")
_ARGUMENT = rf"[ \n]*(?![*\[\]{_ATOM}]){_PART}"
_DELIMITED = r"[ ]*[()\[\]|./<>]"
_WITH_ARGUMENTS = lazy(
    rf"[{_ONE}-{_BOLD}](?:(?<={_ONE}){_ARGUMENT}|(?<={_TWO}){_ARGUMENT}{_ARGUMENT}"
    rf"|(?<={_ROOT})(?:[ ]*\[[ ]*[A-Za-z0-9]+[ ]*\])?{_ARGUMENT}|(?<={_BIG}){_DELIMITED}"
    rf"|(?<={_BOLD})\{{[ ]*+(?:{_PART}[ ]*+)++\}})"
)
_BETWEEN = lazy(rf"{_LEFT}{_DELIMITED}{_PARTS}{_RIGHT}{_DELIMITED}")
_NEW_ROW = rf"{_ROW}(?!\s*[\[*])"
_ENVIRONMENT = lazy(
    rf"{_BEGIN}(?:(?P<one>[ab]){_PARTS}{_END}(?P=one)|(?P<name>[c-z])(?!\s*\[)(?:(?<!{_ARRAY})|\s*{_SYMBOL})"
    rf"(?:{_PARTS}(?:&|{_NEW_ROW})?+)*+{_END}(?P=name))"
)
_TO_BE_REPLACED = lazy(f"[{{{_ONE}-{_RIGHT}{_BEGIN}]")
_WHOLE = lazy(rf"(?:{_PARTS}(?:{_EQUATIONS}|{_NEW_ROW})?+)*+")
_LONGEST = 20_000
"""Characters: MathJax gives up what has a thousand environments (`maxMacros`)."""
_DEEPEST = 12
"""How often what is innermost is replaced: each time takes a look at all of the formula."""


@lru_cache(maxsize=4096)
def is_simple(tex: str) -> bool:
    """Whether there is nothing in `tex` that could be wrong, as long as no macro has another meaning."""
    if len(tex) > _LONGEST or _NOT_SET.search(tex):
        return False
    tex = tex.replace("’", "'")
    if "\\" in tex:
        tex = _COMMAND.sub(_sign, tex)
        if _WRONG in tex:
            return False
    for _ in range(_DEEPEST):
        if not _TO_BE_REPLACED.search(tex):
            break
        before = tex
        if "{" in tex:
            tex = _INNERMOST.sub(_SYMBOL, tex)
        tex = _WITH_ARGUMENTS.sub(_ATOM, tex)
        if _RIGHT in tex:
            tex = _BETWEEN.sub(_ATOM, tex)
        if _END in tex:
            tex = _ENVIRONMENT.sub(_environment, tex)
        if tex == before:
            return False
    return tex.count(_EQUATIONS) < 2 and _WHOLE.fullmatch(tex) is not None


def _sign(match: re.Match[str]) -> str:
    written = match[0]
    sign = _SIGNS.get(written)
    if sign is not None:
        return sign
    return _ATOM if written.endswith("}") and written.startswith(("\\text", "\\mbox")) else _WRONG


def _environment(match: re.Match[str]) -> str:
    return _TABLE if match[0][:2] >= _FIRST_TABLE else _EQUATIONS
