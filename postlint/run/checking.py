"""One walk over a post serves all rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from postlint.findings import Finding, Span
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Address, Post
from postlint.post.unreadable import Unreadable
from postlint.post.yaml_tree import Entry
from postlint.rule import Rule
from postlint.suppression import Directive, directives, silence

_Asking = dict[type, list[Rule]]


def check(post: Post, rules: Sequence[Rule]) -> list[Finding]:
    """What `rules` find in `post`, by position and code, without what its comments silence.

    A fix that would edit where nothing may be edited is taken off its finding.
    """
    asking = _asking(rules)
    findings = [
        finding
        for element in _elements(post, asking)
        for rule in asking.get(type(element), ())
        for finding in _guarded(rule, _call(rule, element, post), post)
    ]
    present = directives(post, frozenset(rule.code for rule in rules))
    findings = silence(_most_specific(findings, rules), present, post)
    judges = asking.get(Directive, [])
    # One that silences the findings about the others is judged when they have been.
    for directive in sorted(present, key=lambda directive: directive.speaks_of(judges)):
        for rule in judges:
            findings.extend(silence(_call(rule, directive, post), present, post))
    return sorted(findings, key=lambda finding: finding.sort_key)


def _most_specific(findings: list[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """One fault, one finding: without those that give way to another at the same place."""
    stronger = {rule.code: rule.gives_way_to for rule in rules if rule.gives_way_to}
    spans: dict[str, list[Span]] = {}
    for code in {code for codes in stronger.values() for code in codes}:
        spans[code] = sorted(finding.span for finding in findings if finding.code == code)

    def gives_way(finding: Finding) -> bool:
        return any(_meets(finding.span, spans[code]) for code in stronger.get(finding.code, ()))

    return [finding for finding in findings if not gives_way(finding)]


def _meets(span: Span, others: Sequence[Span]) -> bool:
    """Whether `span` has a character, or an empty place, in common with one of `others`."""
    return any(
        other.start < max(span.end, span.start + 1) and span.start < max(other.end, other.start + 1)
        for other in others
    )


def check_unreadable(unreadable: Unreadable, rules: Sequence[Rule]) -> list[Finding]:
    """What `rules` say of a file that could not become a post."""
    return [finding for rule in _asking(rules).get(Unreadable, ()) for finding in rule.check(unreadable)]


def _asking(rules: Iterable[Rule]) -> _Asking:
    asking: _Asking = {}
    for rule in rules:
        for element in rule.asks_for:
            asking.setdefault(element, []).append(rule)
    return asking


def _elements(post: Post, asking: _Asking) -> Iterator[object]:
    yield post
    if post.front_matter is not None:
        yield post.front_matter
        if Entry in asking:
            yield from post.front_matter.entries
    if asking.keys() - _WITHOUT_TREE:
        yield from (node for node in post.nodes if type(node) in asking)
        if Address in asking:
            yield from post.addresses()


_WITHOUT_TREE = {Post, FrontMatter, Entry, Unreadable, Directive}
"""What can be asked for without the engine's tree."""


def _call(rule: Rule, element: object, post: Post) -> Iterator[Finding]:
    return rule.check(element, post) if rule.wants_post else rule.check(element)


def _guarded(rule: Rule, findings: Iterable[Finding], post: Post) -> Iterator[Finding]:
    for finding in findings:
        if (
            finding.fix is not None
            and not rule.edits_opaque_regions
            and any(post.is_opaque(edit.span) for edit in finding.fix.edits)
        ):
            finding = finding._replace(fix=None)
        yield finding
