"""Delimiters of formulas that nothing closes in their block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.post.written_formulas import WrittenFormula, written_formulas

_DELIMITER = lazy(r"\\.|\$\$?", re.DOTALL)
_TEX = lazy(r"(?<![A-Za-z:%\\])\\[A-Za-z]{2,}|[_^]\{[^{}\n]+\}")
"""What nobody writes but in a formula: shell variables, prices, paths and class names are none."""
_SCRIPT = lazy(r"(?<![A-Za-z_])[A-Za-z][_^][A-Za-z0-9](?![A-Za-z_])")
"""What stands behind `$$` in formulas alone; behind `$` it may be the name of a variable."""
_OPENS = lazy(r"\$(?![\s\d]|[A-Z_]{3,}/)")
"""A `$` before a space, a price or the variable that begins a path begins no formula."""
_ENDS = lazy(
    r"(?<![A-Za-z:%\\])(?:\\[A-Za-z]{2,}|[A-Za-z][_^][A-Za-z0-9]|[_^]\{[^{}\n]+\})[^\s가-힣$]{0,20}\Z"
)
"""TeX that ends at a `$`."""
_REACH = 60
"""Characters before a `$` in which such TeX stands."""
_BLOCKS = (nodes.Paragraph, nodes.Heading, nodes.TableCell, nodes.DefinitionTerm)


class Unclosed(NamedTuple):
    """A delimiter, `$` or `$$`, without a partner in its block, where there is TeX."""

    span: Span
    delimiter: str
    block: nodes.Node
    closes: bool = False
    """Whether it ends a formula that nothing begins."""


@lru_cache(maxsize=1)
def unclosed(post: Post) -> tuple[Unclosed, ...]:
    """The delimiters of `post` that nothing closes, at most one in a block."""
    if "$" not in post.source.text or post.home.conventions.has_extensions:
        return ()
    text = post.source.text
    found = []
    for node in post.nodes_of(*_BLOCKS):
        if count := text.count("$", *node.span):
            one = _in_block(node, text) or (_unopened(node, post) if count % 2 else None)
            if one is not None:
                found.append(one)
    return tuple(found)


def _in_block(block: nodes.Node, text: str) -> Unclosed | None:
    stretches = list(_texts(block))
    double: re.Match[str] | None = None
    single: re.Match[str] | None = None
    for span in stretches:
        for match in _DELIMITER.finditer(text, *span):
            sign = match[0]
            if sign == "$$":
                double = match if double is None else None
            elif sign == "$" and double is None:
                single = match if single is None else None
    if double is not None:
        # `$x$$` has its TeX before the sign that is one too many.
        begin = double.end() if single is None else single.end()
        is_word = single is None and text[max(0, double.start() - 1) : double.start()].isalnum()
        if _has_tex(text, stretches, begin) or (not is_word and _has_tex(text, stretches, begin, _SCRIPT)):
            return Unclosed(Span(*double.span()), "$$", block)
    elif (
        single is not None and _OPENS.match(text, single.start()) and _has_tex(text, stretches, single.end())
    ):
        return Unclosed(Span(*single.span()), "$", block)
    return None


def _unopened(block: nodes.Node, post: Post) -> Unclosed | None:
    """The only `$` outside of all formulas, if TeX ends there."""
    text = post.source.text
    formulas = written_formulas(post)
    alone: Span | None = None
    for span in _texts(block):
        for match in _DELIMITER.finditer(text, *span):
            if match[0][0] == "$" and not _is_within(match.start(), formulas):
                if match[0] == "$$" or alone is not None:
                    return None
                alone = Span(*match.span())
    if alone is None or not _ENDS.search(text, max(block.span.start, alone.start - _REACH), alone.start):
        return None
    return Unclosed(alone, "$", block, closes=True)


def _is_within(offset: int, formulas: Sequence[WrittenFormula]) -> bool:
    index = bisect_right(formulas, offset, key=lambda formula: formula.span.start) - 1
    return index >= 0 and offset < formulas[index].span.end


def _has_tex(text: str, stretches: list[Span], begin: int, sign: re.Pattern[str] | None = None) -> bool:
    """Whether there is TeX, or `sign`, in `stretches` from the offset `begin` on."""
    return any((sign or _TEX).search(text, max(start, begin), end) for start, end in stretches if end > begin)


def _texts(block: nodes.Node) -> Iterator[Span]:
    """The stretches of a block in which MathJax looks for delimiters: no code, nothing the engine took."""
    stack = list(reversed(block.children))
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text):
            yield node.span
        elif not isinstance(node, (nodes.CodeSpan, nodes.Formula, nodes.Image)):
            stack.extend(reversed(node.children))
