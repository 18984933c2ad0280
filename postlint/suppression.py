"""Comments in a post that silence findings: `<!-- postlint-disable URL001 -->` and its kin.

A comment may be HTML's, Liquid's (`{% comment %}…{% endcomment %}`), kramdown's
(`{::comment}…{:/comment}`) or, in the front matter, YAML's (`# …`). What follows `--` is a reason.
"""

from __future__ import annotations

import enum
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from postlint.findings import Finding, Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.liquid import LiquidKind
from postlint.post.post import Post
from postlint.post.yaml_tree import Mapping, Sequence, Tree
from postlint.registry import ALL, matches, rule_named
from postlint.rule import Rule


class Action(enum.Enum):
    DISABLE = "disable"
    ENABLE = "enable"
    LINE = "disable-line"
    NEXT_LINE = "disable-next-line"
    FILE = "disable-file"


class Selector(NamedTuple):
    """A code, the beginning of one, or a name, as written; `ALL` with an empty span where none is."""

    text: str
    span: Span


class Directive:
    """One comment. `span` covers all of it; `action` is None where the word is none of ours.

    `line` is the 1-based line that a `disable-line` or `disable-next-line` speaks of; `checked` are
    the codes of the rules that are on for the file.
    """

    def __init__(
        self,
        *,
        action: Action | None,
        word: str,
        word_span: Span,
        selectors: tuple[Selector, ...],
        span: Span,
        line: int,
        checked: frozenset[str],
    ) -> None:
        self.action = action
        self.word = word
        self.word_span = word_span
        self.selectors = selectors
        self.span = span
        self.line = line
        self.checked = checked
        self.silenced: set[str] = set()
        """The selectors, as written, that have silenced something."""

    def speaks_of(self, rules: Iterable[Rule]) -> bool:
        return any(matches(selector.text, type(rule)) for selector in self.selectors for rule in rules)


_MARK = "postlint-"
_OPENING = lazy(r"<!--|\{%-?\s*comment\s*-?%\}|\{::comment\}", re.ASCII)
_CLOSINGS = {
    "<": lazy("-->"),
    "{%": lazy(r"\{%-?\s*endcomment\s*-?%\}", re.ASCII),
    "{:": lazy(r"\{:/(?:comment)?\}"),
}
_YAML_COMMENT = lazy(r"(?:^|(?<=\s))#(.*)$", re.MULTILINE)
_DIRECTIVE = lazy(r"\s*postlint-([^\s:,]*)[\s:]*")
_SELECTOR = lazy(r"[^\s,]+")


class Directives:
    """The comments of a post that speak to postlint, in order.

    What they say of a rule is looked up once, however many findings it has, and whether those come
    in one go or one by one.
    """

    def __init__(self, found: Iterable[Directive] = ()) -> None:
        self._all = sorted(found, key=lambda directive: directive.span)
        self._by_code: dict[str, _Orders] = {}

    def __iter__(self) -> Iterator[Directive]:
        return iter(self._all)

    def __bool__(self) -> bool:
        return bool(self._all)

    def about(self, code: str) -> _Orders:
        """Those that speak of the rule with this code."""
        if code not in self._by_code:
            self._by_code[code] = _Orders(code, self._all)
        return self._by_code[code]


class _Word(NamedTuple):
    """A directive, with its first selector that speaks of the rule in question."""

    directive: Directive
    selector: Selector

    def heed(self) -> None:
        self.directive.silenced.add(self.selector.text)


class _Orders:
    """What the comments say of one rule.

    A comment is told once that it has silenced something, and then forgotten where that is all
    there is to it: so a finding costs no more where there are many comments.
    """

    def __init__(self, code: str, present: Iterable[Directive]) -> None:
        rule = rule_named(code)
        assert rule is not None, f"{code} is the code of no rule"
        self._for_file: list[_Word] = []
        self._by_line: dict[int, list[_Word]] = {}
        self._starts: list[int] = []
        self._open: list[_Word | None] = []
        """The `disable` that holds from each of `_starts` on."""
        self._enabling: list[_Word] = []
        """Those that say `enable`, the first last."""
        self._whole_file = False
        for directive in present:
            selector = next((one for one in directive.selectors if matches(one.text, rule)), None)
            if selector is not None:
                self._take_in(_Word(directive, selector))
        self._enabling.reverse()

    def _take_in(self, word: _Word) -> None:
        action = word.directive.action
        if action is Action.FILE:
            self._for_file.append(word)
            self._whole_file = True
        elif action in (Action.LINE, Action.NEXT_LINE):
            self._by_line.setdefault(word.directive.line, []).append(word)
        elif action is Action.DISABLE:
            self._starts.append(word.directive.span.start)
            self._open.append((self._open[-1] if self._open else None) or word)
        elif action is Action.ENABLE:
            self._starts.append(word.directive.span.start)
            self._open.append(None)
            self._enabling.append(word)

    def silence(self, start: int, line: int) -> bool:
        """Whether a finding at the offset `start`, in the 1-based `line`, is silenced."""
        _heed_all(self._for_file)
        silenced = self._whole_file
        if line in self._by_line:
            _heed_all(self._by_line[line])
            silenced = True
        while self._enabling and self._enabling[-1].directive.span.start <= start:
            self._enabling.pop().heed()
        before = bisect_right(self._starts, start)
        region = self._open[before - 1] if before else None
        if region is not None:
            region.heed()
        return silenced or region is not None


def _heed_all(words: list[_Word]) -> None:
    for word in words:
        word.heed()
    words.clear()


def directives(post: Post, checked: frozenset[str]) -> Directives:
    """The comments of `post` that speak to postlint; none that stands in code or in a value.

    `checked` are the codes of the rules that are on.
    """
    if _MARK not in post.source.text:
        return Directives()
    comments = [*_comments_in_front_matter(post), *_comments_in_body(post)]
    found = [one for span, content in comments if (one := _read(post, checked, span, content))]
    in_code = _within(_code(post)) if found else None
    return Directives(one for one in found if in_code and not in_code(one.span.start))


def _within(spans: Iterable[Span]) -> Callable[[int], bool]:
    """Whether an offset is in any of `spans`, which may overlap."""
    ordered = sorted(spans)
    starts = [span.start for span in ordered]
    ends = list(accumulate((span.end for span in ordered), max))

    def is_within(offset: int) -> bool:
        before = bisect_right(starts, offset)
        return before > 0 and offset < ends[before - 1]

    return is_within


def _comments_in_body(post: Post) -> Iterator[tuple[Span, Span]]:
    """The span of each comment, and that of what is in it."""
    text = post.source.text
    position = post.body_start
    unclosed: set[str] = set()
    while opening := _OPENING.search(text, position):
        position = opening.end()
        kind = opening[0][: 1 if opening[0][0] == "<" else 2]
        closing = None if kind in unclosed else _CLOSINGS[kind].search(text, position)
        if closing is None:
            unclosed.add(kind)
            continue
        yield Span(opening.start(), closing.end()), Span(position, closing.start())
        position = closing.end()


def _comments_in_front_matter(post: Post) -> Iterator[tuple[Span, Span]]:
    if post.front_matter is None:
        return
    in_value = _within(_scalars(post.front_matter.mapping))
    for match in _YAML_COMMENT.finditer(post.source.text, *post.front_matter.content_span):
        if not in_value(match.start()):
            yield Span(*match.span()), Span(*match.span(1))


def _scalars(tree: Tree) -> Iterator[Span]:
    if isinstance(tree, Mapping):
        for entry in tree.entries:
            yield entry.key_span
            yield from _scalars(entry.tree)
    elif isinstance(tree, Sequence):
        for item in tree.items:
            yield from _scalars(item)
    else:
        yield tree.span


def _code(post: Post) -> Iterator[Span]:
    for node in post.nodes_of(nodes.CodeBlock, nodes.CodeSpan):
        yield node.span
    for region in post.liquid_regions:
        if region.kind is LiquidKind.HIGHLIGHT:
            yield Span(region.span.start + post.body_start, region.span.end + post.body_start)


def _read(post: Post, checked: frozenset[str], span: Span, content: Span) -> Directive | None:
    """What a comment says to postlint; None if it does not speak to it."""
    text = post.source.text
    reason = text.find("--", *content)
    end = content.end if reason < 0 else reason
    directive = _DIRECTIVE.match(text, content.start, end)
    if directive is None:
        return None
    word = directive[1]
    action = next((action for action in Action if action.value == word), None)
    selectors = tuple(
        Selector(one[0], Span(*one.span())) for one in _SELECTOR.finditer(text, directive.end(), end)
    )
    line = _next_line(post, span) if action is Action.NEXT_LINE else post.source.line_at(span.start)
    return Directive(
        action=action,
        word=word,
        word_span=Span(*directive.span(1)),
        selectors=selectors or (Selector(ALL, Span(span.end, span.end)),),
        span=span,
        line=line,
        checked=checked,
    )


def _next_line(post: Post, span: Span) -> int:
    """The first line behind `span` that is not blank: kramdown wants one between comment and text."""
    line = post.source.line_at(span.end) + 1
    while line < post.source.line_count and not post.source[post.source.line_span(line)].strip():
        line += 1
    return line


def silence(findings: Iterable[Finding], present: Directives, line_at: Callable[[int], int]) -> list[Finding]:
    """The findings that no directive silences; each directive learns which of its selectors did.

    `line_at` gives the 1-based line of an offset.
    """
    if not present:
        return list(findings)
    return [
        finding
        for finding in findings
        if not present.about(finding.code).silence(finding.span.start, line_at(finding.span.start))
    ]
