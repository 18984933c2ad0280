"""Each rule is asked of what it asks for, if there is any sign of its fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from postlint.findings import Finding
from postlint.named import NamedTuple
from postlint.post.covered import Covered
from postlint.post.front_matter import FrontMatter
from postlint.post.nodes import Document, Node
from postlint.post.post import Address, Destination, Post
from postlint.post.unreadable import Unreadable
from postlint.post.yaml_tree import Entry
from postlint.rule import LinkRule, Rule, Signs, SiteRule
from postlint.suppression import Directive, Directives, directives, silence

if TYPE_CHECKING:
    from postlint.site.blog import Page
    from postlint.site.page_facts import PageFacts
    from postlint.web.answers import Answers

_Asking = dict[type, list[Rule]]


class Examined(NamedTuple):
    """What rules find in one file alone, before its comments are heeded, with these comments."""

    findings: list[Finding]
    directives: Directives


class Surroundings(NamedTuple):
    """What is known beside a post: the `page` that it becomes, and what the web answered."""

    page: Page | None = None
    answers: Answers | None = None
    day: str = ""
    """That of the post, as YYYY-MM-DD; empty where it has none."""


_ALONE = Surroundings()


def check(post: Post, rules: Sequence[Rule], around: Surroundings = _ALONE) -> list[Finding]:
    """What `rules` find in `post`, by position and code, without what its comments silence.

    A fix that would edit where nothing may be edited is taken off its finding. Rules about the site
    are asked only with the page that it becomes, those about the web only with its answers.
    """
    examined = examine(post, rules)
    findings = examined.findings
    asks_site = around.page is not None and any(isinstance(rule, SiteRule) for rule in rules)
    if asks_site or around.answers is not None:
        from postlint.site.page_facts import page_facts

        findings = link(findings, page_facts(post), rules, around)
    return conclude(examined.directives, findings, rules, post.source.line_at)


def examine(post: Post, rules: Sequence[Rule]) -> Examined:
    """What `rules`, but for those about the site, find in `post`."""
    plan = _plan(tuple(rules))
    findings: list[Finding] = []
    text = post.source.text
    for signs, asked in plan.asked:
        if signs and not _holds(text, signs):
            continue
        # Most elements have no fault: this loop is what a rule costs that finds nothing.
        for rule, elements_of in asked:
            for element in elements_of(post):
                for finding in rule.check(element, post) if rule.wants_post else rule.check(element):
                    findings.append(_guarded(rule, finding, post))  # noqa: PERF401
    if plan.asked_of_destinations and post.destinations:
        findings += _found_in_addresses(post, plan.asked_of_destinations, post.destinations)
    if plan.asked_of_addresses and post.addresses:
        findings += _found_in_addresses(post, plan.asked_of_addresses, post.addresses)
    return Examined(_most_specific(findings, rules), directives(post, plan.codes))


def _found_in_addresses(
    post: Post, rules: _Signed[Rule], addresses: Sequence[Destination]
) -> Iterator[Finding]:
    lines = [f"\n{address.text}" for address in addresses]
    together = "".join(lines)
    for signs, asked in rules:
        suspects = addresses
        if signs:
            if not _holds(together, signs):
                continue
            suspects = [
                address for address, line in zip(addresses, lines, strict=True) if _holds(line, signs)
            ]
        for rule in asked:
            for address in suspects:
                for finding in rule.check(address, post) if rule.wants_post else rule.check(address):
                    yield _guarded(rule, finding, post)


def _holds(text: str, signs: Signs) -> bool:
    if isinstance(signs, tuple):
        for sign in signs:  # noqa: SIM110 - a generator takes twice as long
            # One character is looked for a hundred times as fast.
            if sign[0] in text and sign[-1] in text and sign in text:
                return True
        return False
    return bool(signs.search(text))


def link(
    findings: list[Finding], facts: PageFacts, rules: Sequence[Rule], around: Surroundings
) -> list[Finding]:
    """`findings` about a file alone, with what is found where it meets its site and the web."""
    page, answers = around.page, around.answers
    found: list[Finding] = []
    if page is not None:
        asking = _asking_of_sites(tuple(rules))
        elements = (facts, *facts.references, *page.lost(facts.references), *facts.tags, *facts.keys)
        found += (
            finding
            for element in elements
            for rule in asking.get(type(element), ())
            for finding in rule.check(element, page)
        )
    if answers is not None:
        findings = _restored(findings, facts, rules, answers)
        linking = [rule for rule in rules if isinstance(rule, LinkRule)]
        found += (
            finding
            for occurrence in answers.occurrences(facts.references, around.day)
            for rule in linking
            for finding in rule.check(occurrence)
        )
    return [*findings, *found]


def _restored(
    findings: list[Finding], facts: PageFacts, rules: Sequence[Rule], answers: Answers
) -> list[Finding]:
    """`findings`, of which those about addresses that have lost a part say what it may have been."""
    if not answers.restorations:
        return findings
    from postlint.rules.url._restoring import RestorableRule

    restorable = {rule.code: rule for rule in rules if isinstance(rule, RestorableRule)}
    known = [
        (reference, restoration)
        for reference in facts.references
        if (restoration := answers.restoration_of(reference)) is not None
    ]

    def restored(finding: Finding) -> Finding:
        rule = restorable.get(finding.code)
        if rule is None:
            return finding
        for reference, restoration in known:
            if reference.span.start <= finding.span.start < reference.span.end:
                return rule.restored(finding, reference, restoration)
        return finding

    return [restored(finding) for finding in findings]


def conclude(
    present: Directives, findings: list[Finding], rules: Sequence[Rule], line_at: Callable[[int], int]
) -> list[Finding]:
    """What is left of `findings` once comments are heeded and general rules have given way to others."""
    findings = silence(_most_specific(findings, rules), present, line_at)
    judges = [rule for rule in rules if Directive in rule.asks_for]
    # One that silences the findings about the others is judged when they have been.
    for directive in sorted(present, key=lambda directive: directive.speaks_of(judges)):
        for rule in judges:
            findings.extend(silence(rule.check(directive), present, line_at))
    return sorted(findings, key=lambda finding: finding.sort_key)


def _most_specific(findings: list[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """One fault, one finding: without those that give way to another at the same place."""
    stronger, wanted = _stronger(tuple(rules))
    found = wanted.intersection([finding.code for finding in findings])
    places = {code: Covered(finding.span for finding in findings if finding.code == code) for code in found}
    if not places:
        return findings

    def gives_way(finding: Finding) -> bool:
        codes = stronger.get(finding.code, ())
        return any(places[code].meets(finding.span) for code in codes if code in places)

    return [finding for finding in findings if not gives_way(finding)]


@lru_cache(maxsize=8)
def _stronger(rules: tuple[Rule, ...]) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """The codes that each rule gives way to, and all of these."""
    hiding = [rule for rule in rules if rule.hides]
    stronger = {
        rule.code: codes
        for rule in rules
        if (codes := (*rule.gives_way_to, *(one.code for one in hiding if rule.code.startswith(one.hides))))
    }
    return stronger, frozenset(code for codes in stronger.values() for code in codes)


def check_unreadable(unreadable: Unreadable, rules: Sequence[Rule]) -> list[Finding]:
    """What `rules` say of a file that could not become a post."""
    return [finding for rule in _asking(rules).get(Unreadable, ()) for finding in rule.check(unreadable)]


T = TypeVar("T")
_Signed = tuple[tuple[Signs, tuple[T, ...]], ...]
"""Some of them, by the signs that they want to see."""


class _Plan(NamedTuple):
    """Whom to ask of a post: the rules but for those about the site."""

    asked: _Signed[tuple[Rule, Callable[[Post], Iterable[object]]]]
    """Each with what of a post it is asked about."""
    asked_of_destinations: _Signed[Rule]
    asked_of_addresses: _Signed[Rule]
    codes: frozenset[str]
    """Those of all rules."""


@lru_cache(maxsize=8)
def _plan(rules: tuple[Rule, ...]) -> _Plan:
    of_posts = [rule for rule in rules if not isinstance(rule, (SiteRule, LinkRule))]
    return _Plan(
        _by_signs(
            (rule, (rule, elements_of)) for rule in of_posts if (elements_of := _asked_for(rule.asks_for))
        ),
        _by_signs((rule, rule) for rule in of_posts if Destination in rule.asks_for),
        _by_signs((rule, rule) for rule in of_posts if Address in rule.asks_for),
        frozenset(rule.code for rule in rules if not isinstance(rule, LinkRule)),
    )


def _by_signs(rules: Iterable[tuple[Rule, T]]) -> _Signed[T]:
    found: dict[Signs, list[T]] = {}
    for rule, asked in rules:
        found.setdefault(rule.signs, []).append(asked)
    return tuple((signs, tuple(asked)) for signs, asked in found.items())


def _asked_for(kinds: tuple[type, ...]) -> Callable[[Post], Iterable[object]] | None:
    """What of a post a rule is asked about that asks for these; None where nothing, or but for addresses."""
    nodes = tuple(kind for kind in kinds if issubclass(kind, Node) and kind is not Document)
    parts = [_PARTS[kind] for kind in kinds if kind in _PARTS]
    if nodes:
        parts.append(lambda post: post.nodes_of(*nodes))
    if len(parts) > 1:
        return lambda post: chain.from_iterable(part(post) for part in parts)
    return parts[0] if parts else None


def _whole(post: Post) -> tuple[Post]:
    return (post,)


def _document(post: Post) -> tuple[Node]:
    return (post.document,)


def _front_matter(post: Post) -> tuple[FrontMatter, ...]:
    return (post.front_matter,) if post.front_matter is not None else ()


def _entries(post: Post) -> Iterable[Entry]:
    return post.front_matter.entries if post.front_matter is not None else ()


_PARTS: dict[type, Callable[[Post], Iterable[object]]] = {
    Post: _whole,
    Document: _document,
    FrontMatter: _front_matter,
    Entry: _entries,
}


@lru_cache(maxsize=8)
def _asking_of_sites(rules: tuple[Rule, ...]) -> _Asking:
    return _asking(rule for rule in rules if isinstance(rule, SiteRule))


def _asking(rules: Iterable[Rule]) -> _Asking:
    asking: _Asking = {}
    for rule in rules:
        for element in rule.asks_for:
            asking.setdefault(element, []).append(rule)
    return asking


def _guarded(rule: Rule, finding: Finding, post: Post) -> Finding:
    if (
        finding.fix is not None
        and not rule.edits_opaque_regions
        and any(post.is_opaque(edit.span) for edit in finding.fix.edits)
    ):
        return finding._replace(fix=None)
    return finding
