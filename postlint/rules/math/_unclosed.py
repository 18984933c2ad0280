"""Delimiters of formulas that nothing closes in their block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post

_DELIMITER = lazy(r"\\.|\$\$?", re.DOTALL)
_TEX = lazy(r"(?<![A-Za-z:\\])\\[A-Za-z]{2,}|[_^]\{[^{}\n]+\}")
"""What nobody writes but in a formula: shell variables, prices, paths and class names are none."""
_OPENS = lazy(r"\$(?![\s\d])")
"""A `$` before a space or a price begins no formula."""
_BLOCKS = (nodes.Paragraph, nodes.Heading, nodes.TableCell, nodes.DefinitionTerm)


class Unclosed(NamedTuple):
    """A delimiter, `$` or `$$`, without a partner in its block, where there is TeX."""

    span: Span
    delimiter: str
    block: nodes.Node


@lru_cache(maxsize=1)
def unclosed(post: Post) -> tuple[Unclosed, ...]:
    """The delimiters of `post` that nothing closes, at most one in a block."""
    if "$" not in post.source.text:
        return ()
    return tuple(
        found
        for node in post.nodes
        if isinstance(node, _BLOCKS)
        for found in [_in_block(node, post.source.text)]
        if found is not None
    )


def _in_block(block: nodes.Node, text: str) -> Unclosed | None:
    stretches = list(_texts(block))
    double: Span | None = None
    single: Span | None = None
    for span in stretches:
        for match in _DELIMITER.finditer(text, *span):
            here = Span(*match.span())
            if match[0] == "$$":
                double = here if double is None else None
            elif match[0] == "$" and double is None:
                single = here if single is None else None
    if double is not None:
        # `$x$$` has its TeX before the sign that is one too many.
        begin = double.end if single is None else single.end
        if _has_tex(text, stretches, begin):
            return Unclosed(double, "$$", block)
    elif single is not None and _OPENS.match(text, single.start) and _has_tex(text, stretches, single.end):
        return Unclosed(single, "$", block)
    return None


def _has_tex(text: str, stretches: list[Span], begin: int) -> bool:
    """Whether there is TeX in `stretches` from the offset `begin` on."""
    return any(_TEX.search(text, max(start, begin), end) for start, end in stretches if end > begin)


def _texts(block: nodes.Node) -> Iterator[Span]:
    """The stretches of a block in which MathJax looks for delimiters: no code, nothing the engine took."""
    stack = list(reversed(block.children))
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text):
            yield node.span
        elif not isinstance(node, nodes.CodeSpan | nodes.Formula | nodes.Image):
            stack.extend(reversed(node.children))
