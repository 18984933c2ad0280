"""The formulas of a page as MathJax meets them in the browser.

The engine writes what it takes for a formula itself (kramdown: `$$…$$`) as `\\(…\\)` or `\\[…\\]`; all other
formulas are text to it. MathJax then looks for its delimiters in each stretch of text between two
tags: what Markdown has torn apart, it never finds.

Settled by MathJax 3's `input/tex/FindTeX.ts` and `handlers/html/HTMLDomStrings.ts`, with the delimiters
`$…$`, `\\(…\\)`, `$$…$$` and `\\[…\\]` and `processEscapes`, as blogs configure it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.alignment import places
from postlint.post.post import Post

_START = lazy(r"\$\$?|\\[(\[]|\\begin\s*\{([^}]*)\}|\\[\\$]|\\(?:eq)?ref\s*\{[^}]*\}")
_CLOSING = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_ENDS = {
    "$": lazy(r"\$|\\(?:[A-Za-z]|.)|[{}]"),
    "$$": lazy(r"\$\$|\\(?:[A-Za-z]|.)|[{}]"),
    "\\(": lazy(r"\\\)|\\(?:[A-Za-z]|.)|[{}]"),
    "\\[": lazy(r"\\\]|\\(?:[A-Za-z]|.)|[{}]"),
}
_DISPLAY = frozenset({"$$", "\\["})
_SKIPPED = frozenset(
    {"script", "noscript", "style", "textarea", "pre", "code", "annotation", "annotation-xml"}
)
_WITHIN = {"br": "\n", "wbr": ""}
"""Tags that do not part the text before them from that behind."""
_MOST_FAILURES = 30
"""Openings without an end that are tried in one stretch of text: each costs a look at all that follows."""


class PageFormula(NamedTuple):
    """A formula that MathJax finds on the page."""

    tex: str
    """What MathJax gets, without delimiters, not stripped; an environment has its `\\begin` and `\\end`."""
    offsets: Sequence[int]
    """The offset in the file of each character of `tex`, and of its end."""
    span: Span
    """In the file, with the delimiters."""
    display: bool
    opening: str
    """The delimiter as MathJax has it: `$`, `$$`, `\\(`, `\\[`; empty for an environment without any."""
    node: nodes.Formula | None
    """The formula that the engine has recognised itself; None where MathJax finds it in the text."""

    def place(self, part: Span) -> Span:
        """The span in the file of `part` of `tex`."""
        start = self.offsets[part.start]
        return Span(start, max(start, self.offsets[part.end]))


@lru_cache(maxsize=1)
def formulas_of(post: Post) -> tuple[PageFormula, ...]:
    """The formulas of a post's page, in its order; all rules ask for those of one post, then of the next."""
    return tuple(page_formulas(post.document, post.source.text))


def page_formulas(document: nodes.Document, source: str) -> list[PageFormula]:
    """The formulas of the page that an engine has made of `source`, in its order."""
    if "$" not in source and "\\" not in source:
        return []
    return [formula for stretch in _stretches(document, source) for formula in _found(stretch)]


class _Stretch:
    """Text between two tags, and the place in the file of each of its characters."""

    def __init__(self) -> None:
        self.text = ""
        self.offsets: list[int] = []
        self.end = 0
        self.formulas: dict[int, nodes.Formula] = {}
        """The engine's own, by where their delimiter begins in `text`."""

    def add(self, text: str, offsets: Sequence[int]) -> None:
        """`offsets` are those of the characters, and of the end."""
        self.text += text
        self.offsets += offsets[:-1]
        self.end = offsets[-1]

    def place(self, index: int) -> int:
        return self.offsets[index] if index < len(self.offsets) else self.end


def _stretches(document: nodes.Document, source: str) -> Iterator[_Stretch]:
    current = _Stretch()
    # A node with True is entered, with False left; raw HTML has no escapes.
    stack: list[tuple[nodes.Node, bool, bool]] = [(document, True, True)]
    while stack:
        node, entered, escapes = stack.pop()
        if isinstance(node, nodes.Text):
            current.add(node.value, places(source, node.span, node.value, escapes=escapes))
        elif isinstance(node, nodes.LineBreak):
            current.add("\n", node.span)
        elif isinstance(node, nodes.HtmlElement) and node.name in _WITHIN:
            current.add(_WITHIN[node.name], node.span if _WITHIN[node.name] else [node.span.end])
        elif isinstance(node, nodes.HtmlComment):
            pass
        elif isinstance(node, nodes.Formula) and not node.display:
            _add_formula(current, node, source)
        else:
            if current.text:
                yield current
            current = _Stretch()
            if isinstance(node, nodes.Formula):
                _add_formula(current, node, source)
                yield current
                current = _Stretch()
            elif entered and not _is_skipped(node):
                stack.append((node, False, escapes))
                within = escapes and not (isinstance(node, nodes.HtmlElement) and node.raw)
                stack.extend((child, True, within) for child in reversed(node.children))
    if current.text:
        yield current


def _is_skipped(node: nodes.Node) -> bool:
    return isinstance(node, nodes.HtmlElement) and node.name in _SKIPPED


def _add_formula(stretch: _Stretch, node: nodes.Formula, source: str) -> None:
    stretch.formulas[len(stretch.text)] = node
    opening, closing = ("\\[", "\\]") if node.display else ("\\(", "\\)")
    start = source.find(node.value[:1], *node.tex_span) if node.value else node.tex_span.start
    tex = Span(max(start, node.tex_span.start), node.tex_span.end)
    before = source.rfind("$$", node.span.start, tex.start + 1)
    begin = before if before >= 0 else node.span.start
    stretch.add(opening, [begin, begin + 1, tex.start])
    stretch.add(node.value, places(source, tex, node.value, escapes=False))
    stretch.add(closing, [tex.end, min(tex.end + 1, node.span.end), node.span.end])


def _found(stretch: _Stretch) -> Iterator[PageFormula]:
    text = stretch.text
    position = failures = 0
    while failures < _MOST_FAILURES and (start := _START.search(text, position)):
        position = start.end()
        opening = start[0]
        if opening in _CLOSING:
            end = _end(text, position, _CLOSING[opening], _ENDS[opening])
            inner = Span(position, end - len(_CLOSING[opening]))
            display = opening in _DISPLAY
        elif start[1] is not None:
            name = "{" + start[1] + "}"
            end = _end_of_environment(text, position, name)
            inner = Span(start.start(), end)
            opening, display = "", True
        elif opening in ("\\\\", "\\$"):
            continue
        else:  # a reference to a numbered formula is one of its own
            end = position
            inner = Span(start.start(), end)
            opening, display = "", False
        if end < 0:
            failures += 1
            continue
        position = end
        yield PageFormula(
            text[inner.start : inner.end],
            [stretch.place(index) for index in range(inner.start, inner.end + 1)],
            Span(stretch.place(start.start()), stretch.place(end)),
            display,
            opening,
            stretch.formulas.get(start.start()),
        )


def _end(text: str, position: int, closing: str, pattern: re.Pattern[str]) -> int:
    """Where a formula ends whose TeX begins at `position`, behind its delimiter; -1 if it does not."""
    depth = 0
    for match in pattern.finditer(text, position):
        if match[0] == closing and not depth:
            return match.end()
        if match[0] == "{":
            depth += 1
        elif match[0] == "}" and depth:
            depth -= 1
    return -1


def _end_of_environment(text: str, position: int, name: str) -> int:
    depth = 0
    for match in _ENVIRONMENT_END.finditer(text, position):
        if match[1] == name and not depth:
            return match.end()
        if match[0] == "{":
            depth += 1
        elif match[0] == "}" and depth:
            depth -= 1
    return -1


_ENVIRONMENT_END = lazy(r"\\end\s*(\{[^}]*\})|\\(?:[A-Za-z]|.)|[{}]")
