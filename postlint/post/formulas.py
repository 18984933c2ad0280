"""The formulas of a page as MathJax meets them in the browser.

The engine writes what it takes for a formula itself (kramdown: `$$…$$`) as `\\(…\\)` or `\\[…\\]`; all other
formulas are text to it. MathJax then looks for its delimiters in each stretch of text between two
tags: what Markdown has torn apart, it never finds.

Settled by MathJax 3's `input/tex/FindTeX.ts` and `handlers/html/HTMLDomStrings.ts`, with the delimiters
`$…$`, `\\(…\\)`, `$$…$$` and `\\[…\\]` and `processEscapes`, as blogs configure it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.alignment import places
from postlint.post.post import Post

_START = lazy(r"\$\$?|\\[(\[]|\\begin\s*\{([^}]*)\}|\\[\\$]|\\(?:eq)?ref\s*\{[^}]*\}")
_BEGINNING = lazy(r"\$|\\(?:[(\[]|begin|(?:eq)?ref)")
_CLOSING = {"$": "$", "$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_ENDS = {
    "$": lazy(r"\$|\\(?:[A-Za-z]|.)|[{}]"),
    "$$": lazy(r"\$\$|\\(?:[A-Za-z]|.)|[{}]"),
    "\\(": lazy(r"\\\)|\\(?:[A-Za-z]|.)|[{}]"),
    "\\[": lazy(r"\\\]|\\(?:[A-Za-z]|.)|[{}]"),
}
_IN_BRACES = r"\{(?:[^\\{}]++|\\.|\{(?:[^\\{}]++|\\.|\{(?:[^\\{}]++|\\.)*+\})*+\})*+\}"
_BALANCED = {
    "$": lazy(rf"(?:[^\\{{}}$]++|\\.|{_IN_BRACES})*+\$", re.DOTALL),
    "$$": lazy(rf"(?:[^\\{{}}$]++|\\.|\$(?!\$)|{_IN_BRACES})*+\$\$", re.DOTALL),
    "\\(": lazy(rf"(?:[^\\{{}}]++|\\[^)]|{_IN_BRACES})*+\\\)", re.DOTALL),
    "\\[": lazy(rf"(?:[^\\{{}}]++|\\[^\]]|{_IN_BRACES})*+\\\]", re.DOTALL),
}
"""What comes first where all braces are closed, as they nearly always are: from there to the end."""
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
    stretch: _Stretch
    """The text that it stands in, and where `tex` begins there."""
    start: int
    span: Span
    """In the file, with the delimiters."""
    display: bool
    opening: str
    """The delimiter as MathJax has it: `$`, `$$`, `\\(`, `\\[`; empty for an environment without any."""
    node: nodes.Formula | None
    """The formula that the engine has recognised itself; None where MathJax finds it in the text."""

    def place(self, part: Span) -> Span:
        """The span in the file of `part` of `tex`."""
        start = self.stretch.place(self.start + part.start)
        return Span(start, max(start, self.stretch.place(self.start + part.end)))


@lru_cache(maxsize=1)
def formulas_of(post: Post) -> tuple[PageFormula, ...]:
    """The formulas of a post's page, in its order; all rules ask for those of one post, then of the next."""
    if post.home.conventions.has_extensions:
        return ()
    return tuple(page_formulas(post.document, post.source.text))


def page_formulas(document: nodes.Document, source: str) -> list[PageFormula]:
    """The formulas of the page that an engine has made of `source`, in its order."""
    if not beginnings_of(source):
        return []
    return [formula for stretch in _stretches(document, source) for formula in _found(stretch)]


class Beginnings:
    """Where in a text a formula may begin."""

    def __init__(self, source: str) -> None:
        self._places = [match.start() for match in _BEGINNING.finditer(source)]

    def __bool__(self) -> bool:
        return bool(self._places)

    def any_in(self, span: Span) -> bool:
        """Whether there is any in `span`."""
        places = self._places
        index = bisect_left(places, span.start)
        return index < len(places) and places[index] < span.end


@lru_cache(maxsize=2)  # of a post, and of a piece of it in which a repair is tried
def beginnings_of(source: str) -> Beginnings:
    return Beginnings(source)


class _Stretch:
    """Text between two tags, and the place in the file of each of its characters."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[tuple[str, Span, bool]] = []
        """Of each text of the tree and each part of a formula: itself, its place, whether it has escapes."""
        self._starts: list[int] = []
        """Where the parts begin, once anybody has asked."""
        self._offsets: dict[int, Sequence[int]] = {}
        """By the number of a part, of each of its characters and of its end, where anybody has asked."""
        self.formulas: dict[int, nodes.Formula] = {}
        """The engine's own, by where their delimiter begins in `text`."""
        self.length = 0

    def add(self, text: str, span: Span, *, escapes: bool) -> None:
        self._parts.append((text, span, escapes))
        self.length += len(text)

    def text(self) -> str:
        return "".join([text for text, _, _ in self._parts])

    def _offsets_of(self, part: int) -> Sequence[int]:
        found = self._offsets.get(part)
        if found is None:
            text, span, escapes = self._parts[part]
            if self._source[span.start : span.end] == text:
                found = range(span.start, span.end + 1)
            else:
                found = places(self._source, span, text, escapes=escapes)
            self._offsets[part] = found
        return found

    def _part_at(self, index: int) -> int:
        if not self._starts:
            self._starts = list(accumulate([len(text) for text, _, _ in self._parts], initial=0))
            self._starts.pop()
        return bisect_right(self._starts, index) - 1

    def place(self, index: int) -> int:
        """The offset in the file of the character at `index`; at the end, of the end."""
        part = self._part_at(index)
        offsets = self._offsets_of(part)
        return offsets[min(index - self._starts[part], len(offsets) - 1)]

    def end_place(self, index: int) -> int:
        """The offset just behind the character before `index`."""
        part = self._part_at(index - 1)
        place = self._offsets_of(part)[index - self._starts[part]]
        # The character at `index` may be a line feed, of which the carriage return is no part of the text.
        return place - 1 if self._source.startswith("\r\n", place - 1) else place


_TEXT_BLOCKS = frozenset((nodes.Paragraph, nodes.Heading, nodes.TableRow, nodes.DefinitionTerm))


def _stretches(document: nodes.Document, source: str) -> Iterator[_Stretch]:
    beginnings = beginnings_of(source)
    current = _Stretch(source)
    # What is left of the children of each node that is open; raw HTML has no escapes.
    stack: list[tuple[Iterator[nodes.Node], bool]] = [(iter((document,)), True)]
    while stack:
        children, escapes = stack[-1]
        for node in children:
            if isinstance(node, nodes.Text):
                current.add(node.value, node.span, escapes=escapes)
                continue
            if type(node) in _INLINE:
                if isinstance(node, nodes.LineBreak):
                    current.add("\n", node.span, escapes=False)
                    continue
                if isinstance(node, nodes.HtmlComment):
                    continue
                if isinstance(node, nodes.HtmlElement) and node.name in _WITHIN:
                    current.add(_WITHIN[node.name], node.span, escapes=False)
                    continue
                if isinstance(node, nodes.Formula) and not node.display:
                    _add_formula(current, node, source)
                    continue
            if current.length:
                yield current
                current = _Stretch(source)
            if isinstance(node, nodes.Formula):
                _add_formula(current, node, source)
                yield current
                current = _Stretch(source)
            elif node.children and not _is_skipped(node, beginnings):
                within = escapes and not (isinstance(node, nodes.HtmlElement) and node.raw)
                stack.append((iter(node.children), within))
                break
        else:
            stack.pop()
            if current.length:
                yield current
                current = _Stretch(source)


_INLINE = frozenset((nodes.LineBreak, nodes.HtmlComment, nodes.HtmlElement, nodes.Formula))
"""What need not part the text before it from that behind."""


def _is_skipped(node: nodes.Node, beginnings: Beginnings) -> bool:
    """Whether MathJax does not look into `node`, or would find nothing there."""
    if type(node) in _TEXT_BLOCKS:
        return not beginnings.any_in(node.span)
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
    text = stretch.text()
    position = failures = 0
    while failures < _MOST_FAILURES and (start := _START.search(text, position)):
        position = start.end()
        opening = start[0]
        if opening in _CLOSING:
            end = _end(text, position, opening)
            begin, stop = position, end - len(opening)
            display = opening in _DISPLAY
        elif start[1] is not None:
            name = "{" + start[1] + "}"
            end = _end_of_environment(text, position, name)
            begin, stop = start.start(), end
            opening, display = "", True
        elif opening in ("\\\\", "\\$"):
            continue
        else:  # a reference to a numbered formula is one of its own
            end = position
            begin, stop = start.start(), end
            opening, display = "", False
        if end < 0:
            failures += 1
            continue
        position = end
        yield PageFormula(
            text[begin:stop],
            stretch,
            begin,
            Span(stretch.place(start.start()), stretch.end_place(end)),
            display,
            opening,
            stretch.formulas.get(start.start()),
        )


def _end(text: str, position: int, opening: str) -> int:
    """Where a formula ends whose TeX begins at `position`, behind its delimiter; -1 if it does not."""
    balanced = _BALANCED[opening].match(text, position)
    if balanced is not None:
        return balanced.end()
    closing = _CLOSING[opening]
    depth = 0
    for match in _ENDS[opening].finditer(text, position):
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
