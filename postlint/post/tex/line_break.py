"""A line break that ends no row."""

from __future__ import annotations

from postlint.findings import Span
from postlint.named import NamedTuple


class LineBreak(NamedTuple):
    """A `\\\\` that ends no row: MathJax 3 makes a space without width of it (`BaseMethods.ts`)."""

    span: Span
    """As offsets into the formula."""
    is_outermost: bool
    """Whether it stands in nothing else, neither braces nor delimiters."""
