"""What a site's templates have to do with the formulas of its pages."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

from postlint.named import NamedTuple
from postlint.post.tex.macros import Macro


class Typesetter(enum.Enum):
    """What makes formulas of the TeX on a page."""

    MATHJAX = "MathJax"
    """Version 3 or later."""
    MATHJAX_2 = "MathJax 2"
    KATEX = "KaTeX"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class MathSettings(NamedTuple):
    """The defaults are those of a site of which nothing is known."""

    typesetter: Typesetter = Typesetter.UNKNOWN
    has_dollars: bool = True
    """Whether `$…$` may be a formula."""
    macros: Mapping[str, Macro] = MappingProxyType({})
    """The commands that the site defines for all its pages."""
    breaks_lines: bool = True
    """Whether `\\\\` begins a line outside of environments too, as it does in all but MathJax 3."""
    knows_commands: bool = True
    """Whether there are no others than these and MathJax's own."""
