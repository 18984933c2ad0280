"""Repairs of formulas, tried on the engine before they are proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.formulas import PageFormula, page_formulas
from postlint.post.mapped import Mapped
from postlint.post.post import Post
from postlint.post.written_formulas import WrittenFormula, same_tex

_DISPLAYED = frozenset({"\\[", "\\\\[", ""})
_LONGEST = 20_000
"""Characters of a block in which a repair is tried."""
_SPECIAL = lazy(r"\\(?=[\\.*_+`<>()\[\]{}#!:|\"'$=~-])|[_*|]")
_BAR = lazy(r"(\\begin\s*\{(?:array|tabular)\}\s*\{[^}]*\})|(\\+)\||\|(?=([A-Za-z]?))")
_LESS = lazy(r"<(?=([A-Za-z]?))")


def knows_formulas(post: Post) -> bool:
    """Whether the engine takes `$$…$$` out of the text itself, and so leaves what is in it alone.

    Where it does not, an extension that postlint does not know may do so for `$…$` too.
    """
    return any(isinstance(node, nodes.Formula) for node in post.nodes) or any(
        isinstance(node, nodes.Formula)
        for node in post.home.engine(post.kind).parse(Mapped.whole("a $$b$$ c\n")).walk()
    )


def repaired(post: Post, formula: WrittenFormula, tex: str) -> str | None:
    """What to write for `formula` so that MathJax gets `tex`; None if nothing known makes it so."""
    for candidate in _candidates(formula, tex):
        if arrives(post, formula, candidate, tex):
            return candidate
    return None


def _candidates(formula: WrittenFormula, tex: str) -> Iterator[str]:
    yield f"$${tex}$$"
    if formula.opening == "$":
        if formula.lost:
            yield f"${_doubled(formula)}$"
        yield f"${escaped(tex)}$"


def _doubled(formula: WrittenFormula) -> str:
    """The TeX with those backslashes doubled that do not arrive."""
    parts: list[str] = []
    done = 0
    for (start, end), written, _ in formula.lost:
        following = written.lstrip("\\")
        backslashes = written[: len(written) - len(following)]
        parts += formula.tex[done:start], backslashes * 2, "\\" if following == "\n" else "", following
        done = end
    return "".join(parts) + formula.tex[done:]


def arrives(post: Post, formula: WrittenFormula, written: str, tex: str) -> bool:
    """Whether MathJax gets `tex`, displayed or in its line as before, if `written` stands for `formula`."""
    found = tried(post, formula, written)
    if found is None or not same_tex(found.tex, tex):
        return False
    return formula.opening == "$$" or found.display == (formula.opening in _DISPLAYED)


def tried(post: Post, formula: WrittenFormula, written: str) -> PageFormula | None:
    """The formula that MathJax finds if `written` stands for `formula`."""
    block = formula.block.span
    if block.end - block.start > _LONGEST:
        return None
    source = post.source.text
    before = source[block.start : formula.span.start]
    text = before + written + source[formula.span.end : block.end] + "\n"
    place = Span(len(before), len(before) + len(written))
    document = post.home.engine(post.kind).parse(Mapped.whole(text))
    return next((found for found in page_formulas(document, text) if found.span == place), None)


def escaped(tex: str) -> str:
    """`tex` for a place where Markdown takes one backslash of two."""
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], tex)


def without_bars(tex: str) -> str:
    """`tex` with a command for each `|`, but for those that draw a line between columns."""
    return _BAR.sub(_as_command, tex)


def _as_command(match: re.Match[str]) -> str:
    if match[1]:
        return match[0]
    if match[2]:  # `\|` is a command of its own, and `\\` is none of this bar
        return match[0] if len(match[2]) % 2 else match[2] + "\\vert"
    return "\\vert " if match[3] else "\\vert"


def without_less(tex: str) -> str:
    """`tex` with a command for each `<`."""
    return _LESS.sub(lambda match: "\\lt " if match[1] else "\\lt", tex)
