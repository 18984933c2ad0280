"""The formulas of a post as its author wrote them, whether or not they reach the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes, tex_escapes
from postlint.post.formulas import PageFormula, beginnings_of, formulas_of
from postlint.post.liquid import LiquidKind
from postlint.post.post import Post
from postlint.post.tex_escapes import Lost

_TOKEN = lazy(
    r"\\{1,2}(begin|end)\s*\{([^{}]*)\}|\\\\[()\[\]]|\\\\\$(?!\$)|\\.|\$\$?|[{}]",
    re.DOTALL,
)
_ANY_SIGN = lazy(r"[\\${}]")
"""What each of them begins with, for which Python looks faster."""
_CLOSING = {
    "$": "$",
    "$$": "$$",
    "\\(": "\\)",
    "\\[": "\\]",
    "\\\\(": "\\\\)",
    "\\\\[": "\\\\]",
}
_BEGINS = r"\\{1,2}(?:begin|end)\s*\{[^{}]*\}"
_SIGN = rf"{_BEGINS}|\\\\[()\[\]]|\\\\\$(?!\$)|\\."
_IN_BRACES = rf"\{{(?:[^\\{{}}]++|{_SIGN})*+\}}"
for _ in range(2):  # braces within braces, as deep as in nearly all
    _IN_BRACES = rf"\{{(?:[^\\{{}}]++|{_SIGN}|{_IN_BRACES})*+\}}"


def _balanced(inside: str, closing: str) -> re.Pattern[str]:
    return lazy(rf"(?:{inside}|{_IN_BRACES})*+({closing})", re.DOTALL)


_BALANCED = {
    "$": _balanced(rf"[^\\{{}}$]++|\$\$|{_SIGN}", r"\$(?!\$)"),
    "$$": _balanced(rf"[^\\{{}}$]++|\$(?!\$)|{_SIGN}", r"\$\$"),
    "\\(": _balanced(rf"[^\\{{}}]++|{_BEGINS}|\\\\[()\[\]]|\\\\\$(?!\$)|\\[^)]", r"\\\)"),
    "\\[": _balanced(rf"[^\\{{}}]++|{_BEGINS}|\\\\[()\[\]]|\\\\\$(?!\$)|\\[^\]]", r"\\\]"),
    "\\\\(": _balanced(rf"[^\\{{}}]++|{_BEGINS}|\\\\[(\[\]]|\\\\\$(?!\$)|(?!\\\\\))\\.", r"\\\\\)"),
    "\\\\[": _balanced(rf"[^\\{{}}]++|{_BEGINS}|\\\\[()\[]|\\\\\$(?!\$)|(?!\\\\\])\\.", r"\\\\\]"),
}
"""What comes first where all braces are closed, as they nearly always are: from there to the end."""
_MOST_FAILURES = 30
"""Openings without an end that are tried in one stretch of text."""
_LONGEST = 20_000
"""Characters of TeX between delimiters."""

_LETTER = "A-Za-z\u0370-\u03ff\u2100-\u214f\u2200-\u22ff"
"""Letters of formulas: Latin, Greek, and the signs that people paste (`ℓ`, `∇`)."""
_COMMAND = lazy(r"\\[A-Za-z]+")
_SUBSCRIPT = lazy(
    rf"[{_LETTER}0-9)}}\]|'](?:[_^]\{{|\^[{_LETTER}0-9(\\*+-])"
    rf"|(?:(?<![{_LETTER}0-9])[{_LETTER}]|[)}}\]])_[{_LETTER}0-9(\\]"
)
"""`x_i`, `a^2`, `sup_{t}`, and not `HOME_DIR`."""
_SHORT = lazy(r"(?!.*[A-Za-z]{2})(?=.*[A-Za-z])(?=.*[+=<>])[A-Za-z0-9 +=<>/()|,-]+| [A-Za-z] ")
_ON_LINES = lazy(r"[ \t]*\r?\n(?=.*[=(\\+<>]).*\n[ \t>]*", re.DOTALL)
_PROSE = lazy(r"\\(?:text|mbox|mathrm|operatorname|hbox|tag|textrm|textbf|label|ref)\w*\s*\{[^{}]*\}")
_WORDS = lazy(r"[A-Za-z]{3,}[,.;:]?\s+[A-Za-z]{2,}\s+[A-Za-z]{2,}|[가-힣]{2,}")
_NO_FORMULA = lazy(r"[가-힣ㄱ-ㅎㅏ-ㅣぁ-ヿ一-鿿#@?\"“”`~]|^\s*\d.*\s\Z|\s[A-Za-z]{3,}\s", re.DOTALL)
"""Where there is no TeX: other scripts, what begins as a price and ends before another, a word."""
_SENTENCE = lazy(r"^[가-힣]|[가-힣]\s*$|[가-힣]\s+[^\s=+\-/<>\\&^_]")
"""Hangul as it stands between two formulas, not in one."""


class WrittenFormula(NamedTuple):
    """What an author wrote as a formula."""

    span: Span
    """In the file, with its delimiters."""
    tex_span: Span
    """Without them; of an environment that stands alone, all of it."""
    opening: str
    """The delimiter as written: `$`, `$$`, a bracket with one backslash or two; empty for an environment."""
    tex: str
    """As written, not stripped."""
    meant: str
    """The TeX that was meant: what was written for Markdown's sake is left out."""
    lost: tuple[Lost, ...]
    """The backslashes of `tex` that do not arrive."""
    block: nodes.Node
    """The paragraph, heading, row of a table … that it stands in."""
    on_page: PageFormula | None
    """What MathJax finds at its place; None where no formula goes from its beginning to its end."""

    @property
    def arrives(self) -> bool:
        """Whether MathJax gets the TeX that was meant, but for signs that show the same."""
        return self.on_page is not None and same_tex(self.on_page.tex, self.meant)


def same_tex(one: str, other: str) -> bool:
    """Whether MathJax shows the same of both: space, quotes and dots are changed on the way to the page."""
    return _plain(one) == _plain(other)


_SAME = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})
_LINE_START = lazy(r"\s*\n[\s>]*")


def _plain(tex: str) -> str:
    tex = _LINE_START.sub(" ", tex).translate(_SAME).replace("\u2026", "...")
    return " ".join(tex.split())


@lru_cache(maxsize=4096)
def has_tex(tex: str) -> bool:
    """Whether there is a command or a sub- or superscript: a price or a variable of a shell has none."""
    return bool(_COMMAND.search(tex) or _SUBSCRIPT.search(_PROSE.sub("", tex)))


def stands_alone(tex: str) -> bool:
    """Whether its brackets stand on lines of their own, where nobody puts brackets but around a formula."""
    return _ON_LINES.fullmatch(tex) is not None and not _NO_FORMULA.search(tex)


def is_short(tex: str) -> bool:
    """Whether it is as short as `V = 1`, or a letter with the spaces that many programs put around it."""
    return _SHORT.fullmatch(tex) is not None


@lru_cache(maxsize=1)
def written_formulas(post: Post) -> tuple[WrittenFormula, ...]:
    """What the author of `post` wrote as formulas, in the order of the file."""
    source = post.source.text
    if post.home.conventions.has_extensions or not beginnings_of(source):
        return ()
    by_start = {formula.span.start: formula for formula in formulas_of(post)}
    written = [
        (block, span, tex_span, opening)
        for block, stretch in _stretches(post)
        for span, tex_span, opening in _pairs(source, stretch)
        if is_meant(source[tex_span.start : tex_span.end], opening)
    ]
    escapes_bars = any(
        tex_escapes.escapes_signs(source[tex_span.start : tex_span.end])
        for _, _, tex_span, opening in written
        if opening != "$$"
    )
    found = []
    for block, span, tex_span, opening in written:
        tex = source[tex_span.start : tex_span.end]
        on_page = by_start.get(span.start)
        if on_page is not None and on_page.span.end != span.end:
            on_page = None
        if on_page is not None and on_page.tex == tex:
            reading = tex_escapes.verbatim(tex)
        elif opening != "$$" or reads_formulas(post):
            reading = tex_escapes.read(tex, escapes_bars=escapes_bars)
        else:
            # Of a row, kramdown takes these backslashes even there.
            is_row = isinstance(block, nodes.TableRow)
            reading = tex_escapes.verbatim(tex.replace("\\|", "|") if is_row else tex)
        if (
            reading.lost
            and on_page is not None
            and _plain(on_page.tex) in (_plain(tex), _plain(reading.meant))
        ):
            reading = tex_escapes.verbatim(on_page.tex)
        found.append(
            WrittenFormula(span, tex_span, opening, tex, reading.meant, reading.lost, block, on_page)
        )
    return tuple(found)


def reads_formulas(post: Post) -> bool:
    """Whether Markdown reads what stands between `$$` too, as Goldmark does."""
    return post.home.conventions.reads_alone and post.home.has_liquid(post.kind)


_LEAVES = (nodes.Paragraph, nodes.Heading, nodes.TableRow, nodes.DefinitionTerm, nodes.Formula)


def _stretches(post: Post) -> Iterator[tuple[nodes.Node, Span]]:
    """Each block of text with the stretches of it in which an author may write a formula."""
    leaves = sorted(_leaves(post.document), key=lambda node: node.span)
    raw = [
        Span(region.span.start + post.body_start, region.content.start + post.body_start)
        for region in post.liquid_regions
        if region.kind is LiquidKind.RAW
    ]
    raw += [
        Span(region.content.end + post.body_start, region.span.end + post.body_start)
        for region in post.liquid_regions
        if region.kind is LiquidKind.RAW
    ]
    raw.sort()
    beginnings = beginnings_of(post.source.text)
    done = first = 0
    for leaf in leaves:
        start, end = leaf.span
        if not beginnings.any_in(leaf.span):
            continue
        if start < done:
            continue  # Liquid has shown one place of the file several times
        done = end
        while first < len(raw) and raw[first].end <= start:
            first += 1
        # Most blocks hold nothing but text and formulas.
        holes = [] if _WITHOUT_HOLES.issuperset(map(type, leaf.children)) else list(_holes(leaf, post))
        for hole in raw[first:]:
            if hole.start >= end:
                break
            holes.append(hole)
        for hole in sorted(holes):
            if hole.start > start:
                yield leaf, Span(start, hole.start)
            start = max(start, hole.end)
        if start < end:
            yield leaf, Span(start, end)


def _leaves(document: nodes.Document) -> Iterator[nodes.Node]:
    stack: list[nodes.Node] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, _LEAVES):
            yield node
        else:
            stack.extend(node.children)


_WITHOUT_HOLES = frozenset((nodes.Text, nodes.Formula, nodes.LineBreak))


def _holes(block: nodes.Node, post: Post) -> Iterator[Span]:
    """What of a block is no place for a formula: code, addresses, tags."""
    source = post.source.text
    for node in block.walk():
        if type(node) in _WITHOUT_HOLES:
            continue
        if isinstance(node, (nodes.CodeSpan, nodes.HtmlComment, nodes.Image, nodes.RawOutput)):
            yield node.span
        elif isinstance(node, nodes.Link):
            if node.kind is nodes.LinkKind.AUTOLINK or node.kind is nodes.LinkKind.BARE:
                yield node.span
            else:
                yield Span(node.text_span.end, node.span.end)
        elif isinstance(node, nodes.HtmlElement) and _is_element(node, source):
            yield node.span if node.raw else node.opening_span


_EMPTY_ELEMENTS = frozenset({"br", "wbr", "img", "hr"})


def _is_element(node: nodes.HtmlElement, source: str) -> bool:
    """Whether raw HTML is meant, and not a formula that looks like it: `<x>`."""
    written = source[node.opening_span.start : node.opening_span.end]
    is_closed = node.span.end > node.opening_span.end and source.endswith(f"</{node.name}>", 0, node.span.end)
    return bool(node.attribute_spans) or written.endswith("/>") or node.name in _EMPTY_ELEMENTS or is_closed


def _pairs(source: str, stretch: Span) -> Iterator[tuple[Span, Span, str]]:
    """Delimiters that belong together: the span with them, the one without, and the opening one."""
    position, stop = stretch
    failures = 0
    while failures < _MOST_FAILURES and (sign := _ANY_SIGN.search(source, position, stop)):
        opening = _TOKEN.match(source, sign.start(), stop)
        if opening is None:
            position = sign.end()
            continue
        position = opening.end()
        is_environment = opening[1] == "begin"
        if not is_environment and opening[0] not in _CLOSING:
            continue
        closing = (_environment_end if is_environment else _end)(source, opening, stop)
        if closing is None:
            failures += 1
            continue
        if opening[0] == "$" and not is_meant(source[opening.end() : closing.start], "$"):
            position = closing.start  # what stands between two formulas, or a price before one
            continue
        position = closing.end
        span = Span(opening.start(), closing.end)
        if is_environment:
            yield span, span, ""
        else:
            yield span, Span(opening.end(), closing.start), opening[0]


def _end(source: str, opening: re.Match[str], stop: int) -> Span | None:
    """What closes the formula that `opening` begins."""
    balanced = _BALANCED[opening[0]].match(source, opening.end(), stop)
    if balanced is not None:
        return Span(*balanced.span(1))
    closing = _CLOSING[opening[0]]
    depth = 0
    for token in _TOKEN.finditer(source, opening.end(), stop):
        sign = token[0]
        if sign == closing and not depth:
            return Span(*token.span())
        if sign == "{":
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
    return None


def _environment_end(source: str, opening: re.Match[str], stop: int) -> Span | None:
    name = opening[2]
    depth = 1
    for token in _TOKEN.finditer(source, opening.end(), stop):
        if token[2] == name:
            depth += 1 if token[1] == "begin" else -1
            if not depth:
                return Span(*token.span())
    return None


@lru_cache(maxsize=4096)
def is_meant(tex: str, opening: str) -> bool:
    """Whether what stands between delimiters, the first of which is `opening`, is TeX."""
    if not tex.strip() or len(tex) > _LONGEST:
        return False
    outside = _PROSE.sub("", tex)
    if opening == "$" and _SENTENCE.search(outside.strip()):
        return False
    if not opening or has_tex(tex):
        return True
    if _WORDS.search(outside):
        return False
    if opening == "$":
        return not _NO_FORMULA.search(outside)
    if opening == "\\[":
        return stands_alone(tex)
    return opening != "\\(" or is_short(tex)
