"""What the cache keeps, as JSON and back: lists of plain values, in the order of each type's fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from postlint.findings import Edit, Finding, Fix, Message, Safety, Severity, Span, Text
from postlint.run.located import Excerpt, Line, Located, Place
from postlint.run.results import Unit
from postlint.site.index import Collision, PostRecord, SiteIndex, SiteProblem, Unpublished
from postlint.site.page_facts import KeyValue, PageFacts, Reference, ReferenceKind, Tag
from postlint.suppression import Action, Directive, Selector

Record = Any
"""A value that JSON has."""

UNREADABLE = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading a record raises if it is none."""


def of_unit(unit: Unit) -> Record:
    """Without its path, which depends on where postlint is called."""
    return [
        [_of_located(one) for one in unit.located],
        [_of_directive(one) for one in unit.directives],
        None if unit.facts is None else _of_facts(unit.facts),
        unit.lines,
    ]


def to_unit(record: Record, path: str) -> Unit:
    located, directives, facts, lines = record
    return Unit(
        path,
        tuple(_to_located(one, path) for one in located),
        tuple(map(_to_directive, directives)),
        None if facts is None else _to_facts(facts),
        tuple(Line(*line) for line in lines),
    )


def of_index(index: SiteIndex) -> Record:
    record = index._asdict()
    record |= {name: dict(record[name]) for name in ("pages", "urls", "tags", "categories")}
    record["problems"] = [[str(one.path), one.line, _of_message(one.message)] for one in index.problems]
    return record


def to_index(record: Record) -> SiteIndex:
    fields = dict(record)
    for name in (
        "former_hosts",
        "own_hosts",
        "files",
        "template_ids",
        "made_ids",
        "loose_pages",
        "generated",
        "folders",
        "heads",
        "wholes",
    ):
        fields[name] = tuple(fields[name])
    return SiteIndex(
        **{
            **fields,
            "posts": tuple(PostRecord(*one) for one in fields["posts"]),
            "unpublished": tuple(
                Unpublished(path, Text(*reason), *rest) for path, reason, *rest in fields["unpublished"]
            ),
            "collisions": tuple(Collision(served, tuple(paths)) for served, paths in fields["collisions"]),
            "layouts": None if fields["layouts"] is None else tuple(fields["layouts"]),
            "includes": None if fields["includes"] is None else tuple(fields["includes"]),
            "problems": tuple(
                SiteProblem(Path(path), line, _to_message(message))
                for path, line, message in fields["problems"]
            ),
        }
    )


def _of_message(message: Message) -> Record:
    return [message.text, {name: _of_value(value) for name, value in message.values.items()}]


def _of_value(value: object) -> Record:
    if isinstance(value, Text):
        return list(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _to_message(record: Record) -> Message:
    text, values = record
    return Message(
        Text(*text),
        {name: Text(*value) if isinstance(value, list) else value for name, value in values.items()},
    )


def _of_located(located: Located) -> Record:
    finding = located.finding
    fix = finding.fix
    return [
        finding.code,
        finding.name,
        int(finding.severity),
        finding.span,
        _of_message(finding.message),
        None if fix is None else [fix.edits, fix.safety.value, _of_message(fix.title)],
        located.place,
        located.edits,
        located.excerpt,
    ]


def _to_located(record: Record, path: str) -> Located:
    code, name, severity, span, message, fix, place, edits, excerpt = record
    return Located(
        path,
        Finding(
            code,
            name,
            Severity(severity),
            Span(*span),
            _to_message(message),
            None if fix is None else _to_fix(fix),
        ),
        Place(*place),
        tuple((Place(*at), replacement) for at, replacement in edits),
        Excerpt(*excerpt),
    )


def _to_fix(record: Record) -> Fix:
    edits, safety, title = record
    return Fix(
        tuple(Edit(Span(*span), replacement) for span, replacement in edits),
        Safety(safety),
        _to_message(title),
    )


def _of_directive(directive: Directive) -> Record:
    return [
        None if directive.action is None else directive.action.value,
        directive.word,
        directive.word_span,
        directive.selectors,
        directive.span,
        directive.line,
        sorted(directive.checked),
    ]


def _to_directive(record: Record) -> Directive:
    action, word, word_span, selectors, span, line, checked = record
    return Directive(
        action=None if action is None else Action(action),
        word=word,
        word_span=Span(*word_span),
        selectors=tuple(Selector(text, Span(*at)) for text, at in selectors),
        span=Span(*span),
        line=line,
        checked=frozenset(checked),
    )


def _of_facts(facts: PageFacts) -> Record:
    return [
        [[one.kind.value, *one[1:]] for one in facts.references],
        facts.tags,
        facts.keys,
        sorted(facts.anchors),
        facts.is_whole,
        facts.start,
    ]


def _to_facts(record: Record) -> PageFacts:
    references, tags, keys, anchors, is_whole, start = record
    return PageFacts(
        tuple(
            Reference(ReferenceKind(kind), address, Span(*span), *more)
            for kind, address, span, *more in references
        ),
        tuple(Tag(name, markup, Span(*span)) for name, markup, span in tags),
        tuple(KeyValue(key, value, Span(*span)) for key, value, span in keys),
        frozenset(anchors),
        is_whole,
        Span(*start),
    )
