"""One formula, read with all that MathJax knows."""

from __future__ import annotations

from postlint.findings import Span
from postlint.post.tex import definitions, environments, packages
from postlint.post.tex.commands import METHODS, Methods
from postlint.post.tex.error import RefusedError, TexError
from postlint.post.tex.items import Tags
from postlint.post.tex.line_break import LineBreak
from postlint.post.tex.macros import Macros
from postlint.post.tex.parser import Page, Parser, TooMuchError
from postlint.post.tex.tables import tables

_REGISTERED = (definitions, environments, packages)
"""The modules of which nothing is called by name: each has put its methods into METHODS."""
METHODS_BY_KIND = Methods(METHODS)


def first_error(tex: str, macros: Macros, *, every_package: bool) -> TexError | None:
    """The first error of a formula; None if there is none, or it is more than is followed."""
    try:
        Parser((tex, 0, 0, Span(0, 0)), _page(macros, every_package=every_package)).read()
    except RefusedError as refusal:
        return refusal.error
    except TooMuchError:
        return None
    return None


def breaks_outside_rows(tex: str, macros: Macros) -> list[LineBreak]:
    """The line breaks of a formula that end no row; none if MathJax refuses it, or it is not followed."""
    page = _page(macros, every_package=False)
    try:
        Parser((tex, 0, 0, Span(0, 0)), page).read()
    except (RefusedError, TooMuchError):
        return []
    return page.line_breaks


def _page(macros: Macros, *, every_package: bool) -> Page:
    known = tables()
    return Page(
        macros=macros,
        methods=METHODS_BY_KIND,
        kind_of=known.commands.get,
        built_in=known.macros,
        delimiters=known.delimiters,
        environment_of=known.environments.get,
        tags=Tags(),
        every_package=every_package,
        steps=[0],
        line_breaks=[],
    )
