"""Comments in a post that silence findings: `<!-- postlint-disable URL001 -->` and its kin.

A comment may be HTML's, Liquid's (`{% comment %}…{% endcomment %}`), kramdown's
(`{::comment}…{:/comment}`) or, in the front matter, YAML's (`# …`). What follows `--` is a reason.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from postlint.findings import Finding, Span
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


def directives(post: Post, checked: frozenset[str]) -> list[Directive]:
    """The comments of `post` that speak to postlint, in order; none that stands in code or in a value.

    `checked` are the codes of the rules that are on.
    """
    if _MARK not in post.source.text:
        return []
    comments = [*_comments_in_front_matter(post), *_comments_in_body(post)]
    found = [_read(post, checked, span, content) for span, content in comments]
    code = list(_code(post)) if any(found) else []
    return sorted(
        (one for one in found if one and not any(span.start <= one.span.start < span.end for span in code)),
        key=lambda directive: directive.span,
    )


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
    values = list(_scalars(post.front_matter.mapping))
    for match in _YAML_COMMENT.finditer(post.source.text, *post.front_matter.content_span):
        if not any(span.start <= match.start() < span.end for span in values):
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
    for node in post.nodes:
        if isinstance(node, nodes.CodeBlock | nodes.CodeSpan):
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


def silence(findings: Iterable[Finding], present: list[Directive], post: Post) -> list[Finding]:
    """The findings that no directive silences; each directive learns which of its selectors did."""
    if not present:
        return list(findings)
    return [finding for finding in findings if not _is_silenced(finding, present, post)]


def _is_silenced(finding: Finding, present: list[Directive], post: Post) -> bool:
    rule = rule_named(finding.code)
    assert rule is not None, f"{finding.code} is the code of no rule"
    line = post.source.line_at(finding.span.start)
    region: tuple[Directive, Selector] | None = None
    silenced = False
    for directive in present:
        selector = next((one for one in directive.selectors if matches(one.text, rule)), None)
        if selector is None:
            continue
        if directive.action is Action.FILE or (
            directive.action in (Action.LINE, Action.NEXT_LINE) and directive.line == line
        ):
            directive.silenced.add(selector.text)
            silenced = True
        elif directive.span.start <= finding.span.start:
            if directive.action is Action.DISABLE:
                region = region or (directive, selector)
            elif directive.action is Action.ENABLE:
                region = None
                directive.silenced.add(selector.text)
    if region is not None:
        directive, selector = region
        directive.silenced.add(selector.text)
        silenced = True
    return silenced
