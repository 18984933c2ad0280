"""What the fixes of each rule alone, and of all together, make of a blog's files, round by round."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from postlint.findings import Finding, Safety
from postlint.fixing import APPLIED_BY_DEFAULT, apply
from postlint.post.nodes import FootnoteDefinition, LinkDefinition, Node
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.rule import Rule
from postlint.run.checking import Surroundings, check
from postlint.run.discovery import discover
from postlint.run.files import Linter
from postlint.run.reading import decode
from postlint.run.request import Request
from postlint.web.answers import Answers

TOGETHER = "all rules"
_MOST_ROUNDS = 20


@dataclass(frozen=True)
class Sheet:
    """A file's text; and as kramdown gets it: its front matter, and its body with the Liquid replaced."""

    text: str
    front_matter: str | None
    body: str


@dataclass(frozen=True)
class Applied:
    """A fix that was applied: the lines of the body, counted from 1, that its finding and edits stand on.

    There are none where it stands in the front matter. `is_definition` says that it stands in a link
    definition, which is nowhere on the page itself; `is_note` that it stands in a footnote's.
    """

    code: str
    safety: Safety
    lines: range
    is_definition: bool
    is_note: bool
    written: str
    """What the finding names."""


@dataclass(frozen=True)
class Step:
    """One round of fixes over one file; `rules` is a code, or TOGETHER."""

    path: Path
    rules: str
    before: Sheet
    after: Sheet
    applied: tuple[Applied, ...]


@dataclass
class Proof:
    """All that was done to some files.

    `mended` has the text of each file that all rules together have mended; `endless` are the files,
    with the rules, of which there is still something to mend when it should have come to an end.
    """

    steps: list[Step]
    mended: dict[Path, str]
    endless: list[tuple[Path, str]]


def proof_of(blog: Path) -> Proof:
    """Mends the files of `blog` in memory: nothing is written."""
    linter = all_rules_on()
    proof = Proof([], {}, [])
    for found in discover([blog], linter.leaves_out):
        source = decode(found.path.read_bytes())
        if not isinstance(source, Source):
            continue
        rules = linter.rules_for(found.path)
        alone = [outspoken(rule) for rule in rules]
        offered = check(linter.post(found.path, source), alone, Surroundings(linter.blogs.page(found.path)))
        codes = {finding.code for finding in offered if _is_applied(finding)}
        for rule in alone:
            if rule.code in codes:
                mend(linter, found.path, source, [rule], rule.code, proof)
        if codes:
            proof.mended[found.path] = mend(linter, found.path, source, rules, TOGETHER, proof)
    return proof


def left_to_mend(blog: Path, paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Those of `paths` that a fix would still change, each with the rules that would."""
    linter = all_rules_on()
    left = []
    for path in paths:
        source = decode(path.read_bytes())
        assert isinstance(source, Source), f"{path} cannot be read any more"
        found = check(
            linter.post(path, source), linter.rules_for(path), Surroundings(linter.blogs.page(path))
        )
        codes = sorted({finding.code for finding in found if _is_applied(finding)})
        if codes:
            left.append((path, ", ".join(codes)))
    return left


def all_rules_on() -> Linter:
    return Linter(Request(no_config=True, no_cache=True, select=("ALL",)))


def outspoken(rule: Rule) -> Rule:
    """`rule` as it speaks when it is alone: giving way to none."""
    kind = type(rule)
    alone: type[Rule] = type(kind.__name__, (kind,), {"gives_way_to": ()})
    return alone(rule.options, rule.effective_severity)


def mend(
    linter: Linter,
    path: Path,
    source: Source,
    rules: Sequence[Rule],
    name: str,
    proof: Proof,
    answers: Answers | None = None,
) -> str:
    """The text of the file once `rules` have mended it; each round of it goes to `proof` by this name.

    `answers` are the web's.
    """
    around = Surroundings(linter.blogs.page(path), answers)
    post = linter.post(path, source)
    seen: set[str] = set()
    while len(seen) < _MOST_ROUNDS and post.source.text not in seen:
        seen.add(post.source.text)
        offered = [finding for finding in check(post, rules, around) if _is_applied(finding)]
        text, applied = apply(post.source.text, offered)
        if not applied:
            return text
        mended = linter.post(path, Source(text, bom=source.bom))
        proof.steps.append(Step(path, name, sheet(post), sheet(mended), tuple(_described(post, applied))))
        post = mended
    proof.endless.append((path, name))
    return source.text


def _is_applied(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.safety in APPLIED_BY_DEFAULT


def sheet(post: Post) -> Sheet:
    """`post` as the proof looks at it."""
    front_matter = post.front_matter
    yaml = None if front_matter is None else post.source[front_matter.content_span]
    return Sheet(post.source.text, yaml, post.rendered.text)


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def _described(post: Post, applied: Sequence[Finding]) -> Iterator[Applied]:
    """Where the fixes of findings in `post` stand on its page."""
    starts: list[int] = []
    for finding in applied:
        assert finding.fix is not None
        spans = [finding.span, *(edit.span for edit in finding.fix.edits)]
        first, last = min(span.start for span in spans), max(span.end for span in spans)
        is_below = last >= post.body_start
        if is_below and not starts:
            starts = [post.rendered.origin(match.start()) for match in _LINE.finditer(post.rendered.text)]
        yield Applied(
            finding.code,
            finding.fix.safety,
            range(bisect_right(starts, first), bisect_right(starts, last) + 1) if is_below else range(0),
            is_definition=is_below and _is_within(LinkDefinition, finding, post),
            is_note=is_below and _is_within(FootnoteDefinition, finding, post),
            written=post.source[finding.span],
        )


def _is_within(kind: type[Node], finding: Finding, post: Post) -> bool:
    return any(
        isinstance(node, kind) and node.span.start <= finding.span.start < node.span.end
        for node in post.nodes
    )
