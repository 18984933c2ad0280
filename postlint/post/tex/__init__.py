"""TeX as MathJax 3 reads it: which formulas it cannot typeset, and where they go wrong."""

from __future__ import annotations

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.tex.error import TexError
from postlint.post.tex.macros import Macro, Macros

__all__ = ["Macro", "Macros", "TexError", "errors"]

_BRACES = lazy(r"\\.|[{}]", 16)


def errors(tex: str, *, display: bool, macros: Macros) -> list[TexError]:
    """Why MathJax 3 cannot typeset `tex`; empty if it can, else one: MathJax stops at the first.

    `tex` is the formula without its delimiters, as the browser has it: entities resolved. `macros` is
    what the page has defined before, and gets what this formula defines.
    """
    opened: list[int] = []
    for match in _BRACES.finditer(tex):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and not opened:
            return [TexError("ExtraCloseMissingOpen", Span(*match.span()))]
        elif match[0] == "}":
            opened.pop()
    if opened:
        return [TexError("ExtraOpenMissingClose", Span(opened[-1], opened[-1] + 1))]
    return []
