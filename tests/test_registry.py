"""The rules there are, what they are called by, and which of them a run selects."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from postlint import registry
from postlint.findings import Finding, Severity, Span, Text
from postlint.post import nodes
from postlint.post.post import Post
from postlint.registry import all_rules, is_selector, matches, nearest, rule_named, select, selectors
from postlint.rule import Rule

URL001 = next(rule for rule in all_rules() if rule.code == "URL001")


def test_every_module_of_a_family_holds_a_rule() -> None:
    modules = {
        path.stem.replace("_", "-") for path in Path(registry.__file__).parent.glob("rules/*/[!_]*.py")
    }
    assert modules == {rule.name for rule in all_rules()}


def test_rules_come_by_code() -> None:
    codes = [rule.code for rule in all_rules()]
    assert codes == sorted(codes)


def test_two_rules_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for stem in ("first", "second"):
        (tmp_path / "seasons").mkdir(exist_ok=True)
        (tmp_path / "seasons" / f"{stem}.py").touch()
        module = ModuleType(f"postlint.rules.seasons.{stem}")
        rule = type(stem, (Rule,), {"code": stem, "name": "spring", "check": _ask_for_headings})
        rule.__module__ = module.__name__
        module.__dict__["Season"] = rule
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(registry, "_RULES", tmp_path)
    with pytest.raises(TypeError, match="second and first are both spring"):
        all_rules.__wrapped__()


def _ask_for_headings(self: Rule, heading: nodes.Heading) -> Iterator[Finding]:
    raise NotImplementedError


# A rule says what it asks for by the annotation of its check


def test_a_rule_asks_for_what_its_check_takes() -> None:
    class Season(Rule):
        def check(self, heading: nodes.Heading) -> Iterator[Finding]:
            raise NotImplementedError

    assert Season.asks_for == (nodes.Heading,)
    assert not Season.wants_post


def test_a_rule_may_ask_for_several_and_for_the_post() -> None:
    class Season(Rule):
        def check(self, node: nodes.Link | nodes.Image, post: Post) -> Iterator[Finding]:
            raise NotImplementedError

    assert Season.asks_for == (nodes.Link, nodes.Image)
    assert Season.wants_post


def test_an_annotation_that_is_no_class_is_refused() -> None:
    # as `from __future__ import annotations` would make all of them
    with pytest.raises(TypeError, match="must say by a class what it asks for"):

        class Season(Rule):
            def check(self, heading: "nodes.Heading") -> Iterator[Finding]:
                raise NotImplementedError


def test_a_finding_is_as_severe_as_the_user_says() -> None:
    rule = URL001(severity=Severity.INFO)
    assert rule.finding(Span(0, 1)).severity is Severity.INFO
    assert URL001().finding(Span(0, 1)).severity is URL001.severity
    assert rule.finding(Span(0, 1), text=Text(en="{n}", ko="{n}"), n=3).message.render("en") == "3"


# Names

NAMES = [
    ("URL001", True),
    ("url001", True),
    ("elided-url", True),
    ("Elided-URL", True),
    ("URL", False),
    ("elided", False),
    ("ALL", False),
    ("", False),
]


@pytest.mark.parametrize(("word", "known"), NAMES)
def test_a_rule_is_known_by_code_and_name(word: str, known: bool) -> None:
    assert (rule_named(word) is URL001) is known


SELECTORS = [
    ("ALL", True),
    ("all", True),
    ("URL", True),
    ("url0", True),
    ("U", True),
    ("URL001", True),
    ("elided-url", True),
    ("URL0011", False),
    ("elided", False),
    ("HEAD", False),
]


@pytest.mark.parametrize(("selector", "spoken_of"), SELECTORS)
def test_a_selector_is_a_code_the_beginning_of_one_or_a_name(selector: str, spoken_of: bool) -> None:
    assert matches(selector, URL001) is spoken_of


def test_an_empty_word_selects_nothing() -> None:
    assert not is_selector("")


def test_every_word_that_is_offered_is_a_selector() -> None:
    assert all(is_selector(word) for word in selectors())


NEAREST = [
    # (word, known words, the one that was meant)
    ("selct", ["select", "ignore", "extend-select"], "select"),
    ("per_file_ignores", ["per-file-ignores", "ignore"], "per-file-ignores"),
    ("elided-urls", ["elided-url", "bare-url"], "elided-url"),
    # the beginning of a name, though another is as like
    ("missing-alt", ["missing-title", "missing-alt-text", "missing-anchor"], "missing-alt-text"),
    # a letter for the digit that looks like it
    ("URL0O1", ["URL021", "URL011", "URL001", "URL013"], "URL001"),
    ("URLOO1", ["URL021", "URL011", "URL001", "URL013"], "URL001"),
    ("URL0l2", ["URL002", "URL022", "URL012"], "URL012"),
    ("URL0I2", ["URL002", "URL022", "URL012"], "URL012"),
    # of many that are as like, the one that has the most signs in their places
    ("URL01", [*(f"URL0{n}" for n in range(20, 30)), "URL012", "URL021"], "URL012"),
    ("url001", ["URL001"], "URL001"),
    ("봄", ["URL001"], None),
    ("", ["URL001"], None),
    ("x", [], None),
]


@pytest.mark.parametrize(("word", "known", "meant"), NEAREST)
def test_the_nearest_word_is_offered(word: str, known: list[str], meant: str | None) -> None:
    assert nearest(word, known) == meant


# Selection

BY_DEFAULT = {rule.code for rule in all_rules() if rule.enabled}
EVERY = {rule.code for rule in all_rules()}
URLS = {code for code in EVERY if code.startswith("URL")}
HEADINGS = {code for code in EVERY if code.startswith("HEAD")}

SELECTIONS = [
    # (selected, ignored, extended, the codes that are on)
    (None, [], [], BY_DEFAULT),
    (["ALL"], [], [], EVERY),
    ([], [], [], set()),
    (["URL"], [], [], URLS),
    (["URL001"], [], ["HEAD"], {"URL001"} | HEADINGS),
    (None, ["URL"], [], BY_DEFAULT - URLS),
    (None, ["elided-url"], [], BY_DEFAULT - {"URL001"}),
    (None, ["ALL"], [], set()),
    # the selector that names a rule more closely wins
    (["URL"], ["URL001"], [], URLS - {"URL001"}),
    (["URL001"], ["URL"], [], {"URL001"}),
    (["elided-url"], ["URL"], [], {"URL001"}),
    (["URL00"], ["URL"], [], {code for code in URLS if code.startswith("URL00")}),
    (None, ["ALL"], ["URL001"], {"URL001"}),
    # in a draw, what is ignored is off
    (["URL"], ["URL"], [], set()),
    (["URL001"], ["elided-url"], [], set()),
]


@pytest.mark.parametrize(("selected", "ignored", "extended", "on"), SELECTIONS)
def test_selectors_switch_rules_on_and_off(
    selected: Sequence[str] | None, ignored: Sequence[str], extended: Sequence[str], on: set[str]
) -> None:
    assert {rule.code for rule in select(all_rules(), selected, ignored, extended)} == on


def test_selected_rules_come_by_code() -> None:
    codes = [rule.code for rule in select(all_rules(), ["URL", "HEAD", "FM"], [], [])]
    assert codes == sorted(codes)
