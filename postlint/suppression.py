"""Comments in a post that silence findings: `<!-- postlint-disable URL001 -->` and its kin.

A comment may be HTML's, Liquid's (`{% comment %}…{% endcomment %}`), kramdown's
(`{::comment}…{:/comment}`) or, in the front matter, YAML's (`# …`). What follows `--` is a reason.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from postlint.findings import Finding, Span
from postlint.post import nodes
from postlint.post.post import Post
from postlint.registry import matches, rule_named


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


@dataclass(slots=True, eq=False, repr=False, match_args=False)
class Directive:
    """One comment. `span` covers all of it; `action` is None where the word is none of ours."""

    action: Action | None
    word: str
    word_span: Span
    selectors: tuple[Selector, ...]
    span: Span
    line: int
    """The 1-based line that a `disable-line` or `disable-next-line` speaks of."""
    checked: frozenset[str]
    """The codes of the rules that are on for the file."""
    silenced: set[str] = field(default_factory=set)
    """The selectors, as written, that have silenced something."""


_MARK = "postlint-"
_COMMENT = re.compile(
    r"<!--(.*?)-->"
    r"|\{%-?\s*comment\s*-?%\}(.*?)\{%-?\s*endcomment\s*-?%\}"
    r"|\{::comment\}(.*?)\{:/(?:comment)?\}",
    re.DOTALL,
)
_YAML_COMMENT = re.compile(r"(?:^|\s)#(.*)$", re.MULTILINE)
_DIRECTIVE = re.compile(r"\s*postlint-([a-z-]+)\b[ \t:]*(.*?)(?:--.*)?\s*\Z", re.DOTALL)
_SELECTOR = re.compile(r"[^\s,]+")


def directives(post: Post, checked: frozenset[str]) -> list[Directive]:
    """The comments of `post` that speak to postlint, in order; none that stands in code.

    `checked` are the codes of the rules that are on.
    """
    text = post.source.text
    if _MARK not in text:
        return []
    found = list(_found(post, checked, _COMMENT, post.body_start, len(text)))
    if post.front_matter is not None:
        found += _found(post, checked, _YAML_COMMENT, *post.front_matter.content_span)
    code = [node.span for node in post.nodes if isinstance(node, nodes.CodeBlock | nodes.CodeSpan)]
    return sorted(
        (one for one in found if not any(span.start <= one.span.start < span.end for span in code)),
        key=lambda directive: directive.span,
    )


def _found(
    post: Post, checked: frozenset[str], comment: re.Pattern[str], start: int, end: int
) -> Iterator[Directive]:
    text = post.source.text
    for match in comment.finditer(text, start, end):
        group = match.lastindex
        directive = _DIRECTIVE.match(match[group]) if group else None
        if group and directive:
            offset = match.start(group)
            yield _read(post, checked, directive, offset, Span(match.start(), match.end()))


def _read(post: Post, checked: frozenset[str], match: re.Match[str], offset: int, span: Span) -> Directive:
    word = match[1]
    action = next((action for action in Action if action.value == word), None)
    selectors = tuple(
        Selector(one[0], Span(offset + match.start(2) + one.start(), offset + match.start(2) + one.end()))
        for one in _SELECTOR.finditer(match[2])
    )
    line = post.source.line_at(span.start)
    if action is Action.NEXT_LINE:
        line = _next_line(post, span)
    return Directive(
        action=action,
        word=word,
        word_span=Span(offset + match.start(1), offset + match.end(1)),
        selectors=selectors or (Selector("ALL", Span(span.end, span.end)),),
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
