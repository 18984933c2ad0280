"""TeX as MathJax 3 reads it: which formulas it cannot typeset, and where they go wrong.

This is a reader of its own because the parser of LaTeX there is for Python, pylatexenc (2.11 was tried), does
not ask what MathJax asks: of 7,074 mutilated formulas that MathJax refuses it lets 2,618 pass (unknown
commands, double scripts, delimiters, `&`), of the 21 on 17 real blogs all, and takes seven times as long.
"""

from __future__ import annotations

from postlint.post.tex.error import TexError
from postlint.post.tex.line_break import LineBreak
from postlint.post.tex.macros import Macro, Macros
from postlint.post.tex.simple import is_simple

__all__ = ["LineBreak", "Macro", "Macros", "TexError", "errors", "is_simple", "lost_line_breaks"]


def errors(tex: str, *, macros: Macros, every_package: bool = False) -> list[TexError]:
    """Why MathJax 3 cannot typeset `tex`; empty if it can, else one: MathJax stops at the first.

    `tex` is the formula without its delimiters, as the browser has it: entities resolved; whether it is
    displayed makes no difference. `macros` is what the page has defined before, and gets what this formula
    defines. `every_package` says that the page loads also the packages that change what a text means and are
    in none of MathJax's ready-made components: textmacros, with which `_` is an error in `\\text`, and amscd
    outside of its environment.
    """
    if macros.is_empty and is_simple(tex):
        return []
    from postlint.post.tex.formula import first_error  # a page with simple formulas needs none of it

    found = first_error(tex, macros, every_package=every_package)
    return [] if found is None else [found]


def lost_line_breaks(tex: str, *, macros: Macros) -> list[LineBreak]:
    """The line breaks in `tex` of which MathJax 3 makes nothing, as they end no row; in their order.

    `tex` and `macros` are as in `errors`. Of a formula that MathJax refuses nothing is said.
    """
    if "\\\\" not in tex and "\\newline" not in tex:
        return []
    from postlint.post.tex.formula import breaks_outside_rows

    return breaks_outside_rows(tex, macros)
