"""One walk over a post serves all rules, and one fault makes one finding."""

from collections.abc import Iterator
from pathlib import Path

from postlint.findings import Finding, Severity, Span, Text
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.rule import Rule
from postlint.run.checking import check
from postlint.run.files import Linter
from postlint.run.request import Request


def rule(
    code_: str, *spans: tuple[int, int], gives_way: tuple[str, ...] = (), hidden: tuple[str, ...] = ()
) -> Rule:
    """A rule that finds `spans` in every post."""

    class Made(Rule):
        code, name, severity = code_, code_.lower(), Severity.WARNING
        gives_way_to = gives_way
        hides = hidden
        message = Text(en="found", ko="찾음")

        def check(self, post: Post) -> Iterator[Finding]:
            return (self.finding(Span(*span)) for span in spans)

    return Made()


def found(*rules: Rule) -> list[tuple[str, Span]]:
    post = Linter(Request(no_config=True)).post(Path("_posts/2024-05-01-a.md"), Source("a" * 40))
    return [(finding.code, finding.span) for finding in check(post, rules)]


def test_a_finding_gives_way_to_a_more_specific_one_that_it_overlaps() -> None:
    assert found(rule("T001", (0, 10), gives_way=("T002",)), rule("T002", (9, 12))) == [("T002", Span(9, 12))]


def test_a_finding_stays_where_the_more_specific_one_stands_elsewhere() -> None:
    assert found(rule("T001", (0, 9), gives_way=("T002",)), rule("T002", (9, 12))) == [
        ("T001", Span(0, 9)),
        ("T002", Span(9, 12)),
    ]


def test_an_empty_span_overlaps_what_it_stands_in() -> None:
    assert found(rule("T001", (5, 5), gives_way=("T002",)), rule("T002", (4, 6))) == [("T002", Span(4, 6))]


def test_a_finding_stays_where_the_more_specific_rule_is_off() -> None:
    assert found(rule("T001", (0, 9), gives_way=("T002",))) == [("T001", Span(0, 9))]


def test_a_finding_hides_those_of_a_family_that_it_overlaps() -> None:
    hiding = rule("T001", (0, 9), hidden=("U",))
    assert found(hiding, rule("U001", (4, 6), (9, 12)), rule("V001", (4, 6))) == [
        ("T001", Span(0, 9)),
        ("V001", Span(4, 6)),
        ("U001", Span(9, 12)),
    ]
