"""What MathJax refuses in a formula."""

from __future__ import annotations

from postlint.findings import Span
from postlint.named import NamedTuple


class TexError(NamedTuple):
    """An error at which MathJax 3 gives up a formula."""

    id: str
    """MathJax's own name of it: `MissingCloseBrace`, `UndefinedControlSequence` …"""
    span: Span
    """What in the formula it is about, as offsets into its TeX."""
    about: str = ""
    """The command, environment or character that MathJax's message names, as written; empty if none. For
    `ExtraCloseMissingOpen` what has nothing between it and the brace, if that is the trouble."""


class RefusedError(Exception):
    """Raised where a TeX reader meets an error, to leave the formula as MathJax does."""

    def __init__(self, error: TexError) -> None:
        super().__init__(error.id)
        self.error = error
