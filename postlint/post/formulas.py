"""The formulas of a page as MathJax meets them in the browser.

The engine writes what it takes for a formula itself (kramdown: `$$…$$`) as `\\(…\\)` or `\\[…\\]`; all other
formulas are text to it. MathJax then looks for its delimiters in each stretch of text between two
tags: what Markdown has torn apart, it never finds.

Settled by MathJax 3's `input/tex/FindTeX.ts` and `handlers/html/HTMLDomStrings.ts`, with the delimiters
`$…$`, `\\(…\\)`, `$$…$$` and `\\[…\\]` and `processEscapes`, as blogs configure it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.alignment import places
from postlint.post.post import Post

_START = lazy(r"\$\$?|\\[(\[]|\\begin\s*\{([^}]*)\}|\\[\\$]|\\(?:eq)?ref\s*\{[^}]*\}")
_BACKSLASHED = lazy(r"\\(?:[(\[]|begin|(?:eq)?ref)")
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
    if not may_hold_formula(source, Span(0, len(source))):
        return []
    return [formula for stretch in _stretches(document, source) for formula in _found(stretch)]


def may_hold_formula(source: str, span: Span) -> bool:
    """Whether anything in `span` may begin a formula."""
    return source.find("$", *span) >= 0 or bool(
        source.find("\\", *span) >= 0 and _BACKSLASHED.search(source, *span)
    )


class _Piece(NamedTuple):
    """A part of a stretch: one text of the tree, or one part of a formula."""

    start: int
    """Where it begins in the stretch."""
    span: Span
    """What it is in the file."""
    offsets: list[int] | None
    """Of each character, and of the end; None where the file has it as it is."""


class _Stretch:
    """Text between two tags, and the place in the file of each of its characters."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[tuple[str, Span, bool]] = []
        self.formulas: dict[int, nodes.Formula] = {}
        """The engine's own, by where their delimiter begins in `text`."""
        self.length = 0

    def add(self, text: str, span: Span, *, escapes: bool) -> None:
        self._parts.append((text, span, escapes))
        self.length += len(text)

    @cached_property
    def text(self) -> str:
        return "".join(text for text, _, _ in self._parts)

    @cached_property
    def _pieces(self) -> list[_Piece]:
        pieces = []
        start = 0
        for text, span, escapes in self._parts:
            offsets = None
            if self._source[span.start : span.end] != text:
                offsets = places(self._source, span, text, escapes=escapes)
            pieces.append(_Piece(start, span, offsets))
            start += len(text)
        return pieces

    def offsets(self, start: int, end: int) -> Sequence[int]:
        """The offsets in the file of the characters from `start` to `end`, and of the end."""
        pieces = self._pieces
        first = bisect_right(pieces, start, key=lambda piece: piece.start) - 1
        piece = pieces[first]
        if piece.offsets is None and end <= piece.start + piece.span.end - piece.span.start:
            begin = piece.span.start + start - piece.start
            return range(begin, begin + end - start + 1)
        return [self.place(index) for index in range(start, end + 1)]

    def place(self, index: int) -> int:
        """The offset in the file of the character at `index`; at the end, of the end."""
        pieces = self._pieces
        piece = pieces[bisect_right(pieces, index, key=lambda piece: piece.start) - 1]
        at = index - piece.start
        if piece.offsets is not None:
            return piece.offsets[min(at, len(piece.offsets) - 1)]
        return min(piece.span.start + at, piece.span.end)

    def end_place(self, index: int) -> int:
        """The offset just behind the character before `index`."""
        pieces = self._pieces
        piece = pieces[bisect_right(pieces, index - 1, key=lambda piece: piece.start) - 1]
        at = index - piece.start
        return piece.span.start + at if piece.offsets is None else piece.offsets[at]


_TEXT_BLOCKS = (nodes.Paragraph, nodes.Heading, nodes.TableRow, nodes.DefinitionTerm)


def _stretches(document: nodes.Document, source: str) -> Iterator[_Stretch]:
    current = _Stretch(source)
    # A node with True is entered, with False left; raw HTML has no escapes.
    stack: list[tuple[nodes.Node, bool, bool]] = [(document, True, True)]
    while stack:
        node, entered, escapes = stack.pop()
        if isinstance(node, nodes.Text):
            current.add(node.value, node.span, escapes=escapes)
        elif isinstance(node, nodes.LineBreak):
            current.add("\n", node.span, escapes=False)
        elif isinstance(node, nodes.HtmlElement) and node.name in _WITHIN:
            current.add(_WITHIN[node.name], node.span, escapes=False)
        elif isinstance(node, nodes.HtmlComment):
            pass
        elif isinstance(node, nodes.Formula) and not node.display:
            _add_formula(current, node, source)
        else:
            if current.length:
                yield current
                current = _Stretch(source)
            if isinstance(node, nodes.Formula):
                _add_formula(current, node, source)
                yield current
                current = _Stretch(source)
            elif entered and node.children and not _is_skipped(node, source):
                stack.append((node, False, escapes))
                within = escapes and not (isinstance(node, nodes.HtmlElement) and node.raw)
                stack.extend((child, True, within) for child in reversed(node.children))
    if current.length:
        yield current


def _is_skipped(node: nodes.Node, source: str) -> bool:
    """Whether MathJax does not look into `node`, or would find nothing there."""
    if isinstance(node, _TEXT_BLOCKS):
        return not may_hold_formula(source, node.span)
    return isinstance(node, nodes.HtmlElement) and node.name in _SKIPPED


def _add_formula(stretch: _Stretch, node: nodes.Formula, source: str) -> None:
    stretch.formulas[stretch.length] = node
    opening, closing = ("\\[", "\\]") if node.display else ("\\(", "\\)")
    start = source.find(node.value[:1], *node.tex_span) if node.value else node.tex_span.start
    tex = Span(max(start, node.tex_span.start), node.tex_span.end)
    before = source.rfind("$$", node.span.start, tex.start + 1)
    stretch.add(opening, Span(before if before >= 0 else node.span.start, tex.start), escapes=False)
    stretch.add(node.value, tex, escapes=False)
    stretch.add(closing, Span(tex.end, node.span.end), escapes=False)


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
            stretch.offsets(*inner),
            Span(stretch.place(start.start()), stretch.end_place(end)),
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
