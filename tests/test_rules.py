"""Every rule keeps the promises that all rules make; each example on a rule is a test of it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import postlint
from postlint.findings import Finding, Safety, Text
from postlint.fixing import fix_text
from postlint.post.source import Source
from postlint.post.unreadable import Unreadable
from postlint.registry import all_rules
from postlint.rule import Bad, Example, Good, Rule
from postlint.run.checking import Surroundings, check
from postlint.run.files import Linter
from postlint.run.request import Request
from postlint.suppression import Directive
from tests.rules.signs import in_order, without_signs

RULES = [pytest.param(rule, id=rule.name) for rule in all_rules()]
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name}-{type(example).__name__}-{number}")
    for rule in all_rules()
    for number, example in enumerate(rule.examples)
]
every_rule = pytest.mark.parametrize("rule", RULES)

FAMILIES = {
    "front_matter": "FM",
    "heading": "HEAD",
    "lint": "LINT",
    "link": "LINK",
    "liquid": "LIQ",
    "math": "MATH",
    "page": "PAGE",
    "site": "(?:SITE|FM)",
    "url": "URL",
}


# Examples


def found(rule: type[Rule], example: Example, text: str) -> list[Finding]:
    """What `rule` finds in `text`, with the options and the path of `example`."""
    options = {name.replace("-", "_"): value for name, value in example.options.items()}
    rules = [rule(rule.Options(**options))]
    if Directive in rule.asks_for:
        # A comment is judged by the rules that it speaks of.
        rules += [other() for other in all_rules() if other is not rule]
    linter = Linter(Request(no_config=True))
    path = Path(example.path)
    if example.site:
        for name, content in {**example.site, example.path: text}.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(content, encoding="utf-8")
    around = Surroundings(linter.blogs.page(path), example.web)
    findings = check(linter.post(path, Source(text)), rules, around)
    return [finding for finding in findings if finding.code == rule.code]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_is_true(
    rule: type[Rule], example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if isinstance(example, Good):
        assert found(rule, example, example.text) == []
        return
    assert isinstance(example, Bad)
    findings = found(rule, example, example.source)
    assert [finding.span for finding in findings] == example.spans
    fixed = fix_text(example.source, lambda text: found(rule, example, text), frozenset(Safety))
    assert fixed.cycle == ()
    assert (fixed.text if fixed.applied else None) == example.fixed


SIGNED = [rule() for rule in all_rules() if rule.signs]
ALWAYS_ASKED = [without_signs(rule) for rule in SIGNED]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_signs_keep_nothing_from_any_rule(rule: type[Rule], example: Example) -> None:
    post = Linter(Request(no_config=True)).post(Path(example.path), Source(example.source))
    assert in_order(post, SIGNED) == in_order(post, ALWAYS_ASKED)


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.asks_for != (Unreadable,)])
def test_a_rule_that_texts_can_show_has_bad_and_good_examples(rule: type[Rule]) -> None:
    assert any(isinstance(example, Bad) for example in rule.examples)
    assert any(isinstance(example, Good) for example in rule.examples)


# What every rule has


@every_rule
def test_a_code_is_that_of_its_family(rule: type[Rule]) -> None:
    family = rule.__module__.split(".")[2]
    assert re.fullmatch(FAMILIES[family] + r"\d{3}", rule.code)


@every_rule
def test_a_name_is_that_of_its_module_and_class(rule: type[Rule]) -> None:
    words = rule.name.split("-")
    assert rule.__module__.split(".")[-1] == "_".join(words)
    assert rule.__name__ == "".join(word.capitalize() for word in words)


@every_rule
def test_options_are_a_named_tuple_with_a_default_for_each(rule: type[Rule]) -> None:
    options: Any = rule.Options
    assert issubclass(options, tuple)
    assert options._field_defaults.keys() == set(options._fields)


SECTIONS = {"en": ["## Why", "## Fix safety"], "ko": ["## 이유", "## 수정 안전성"]}
PRECISION = {"en": "## Precision", "ko": "## 정확도"}
"""A last section, of rules that find something in real blogs."""
LABELS = {
    Safety.SAFE: ("Safe", "안전:"),
    Safety.REPAIR: ("Repair", "복구"),
    Safety.UNSAFE: ("Unsafe", "안전하지 않"),
    None: ("No fix", "고치지 않"),
}


def sections(page: str) -> dict[str, str]:
    """The text before the first heading, by "", and behind each heading, by the heading."""
    parts = re.split(r"(?m)^(## .+)$", inspect.cleandoc(page))
    return {
        "": parts[0].strip(),
        **{head: text.strip() for head, text in zip(parts[1::2], parts[2::2], strict=True)},
    }


@every_rule
def test_a_page_says_what_why_and_how_safe_in_both_languages(rule: type[Rule]) -> None:
    for language, page in (("en", rule.__doc__), ("ko", rule.doc_ko)):
        assert page
        got = sections(page)
        assert [head for head in got if head != PRECISION[language]] == ["", *SECTIONS[language]]
        assert all(got.values())
        assert bool(re.search("[가-힣]", page)) is (language == "ko")


@every_rule
def test_a_page_says_of_each_fix_how_safe_it_is(
    rule: type[Rule], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    english = sections(rule.__doc__ or "")["## Fix safety"]
    korean = sections(rule.doc_ko)["## 수정 안전성"]
    safeties = {
        finding.fix.safety if finding.fix else None
        for example in rule.examples
        if isinstance(example, Bad)
        for finding in found(rule, example, example.source)
    }
    for safety in safeties - {None} or {None}:
        assert LABELS[safety][0] in english
        assert LABELS[safety][1] in korean


@every_rule
def test_the_first_sentence_fits_a_list(rule: type[Rule]) -> None:
    for page in (rule.__doc__, rule.doc_ko):
        first = " ".join(sections(page or "")[""].split("\n\n")[0].split())
        assert first.endswith(".")
        assert len(first) <= 120


# Sentences for users


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of postlint, with the place it stands at."""
    for module_info in pkgutil.walk_packages(postlint.__path__, "postlint."):
        if module_info.name.endswith("__main__"):
            continue
        module = importlib.import_module(module_info.name)
        for name, value in vars(module).items():
            for one in texts_in(value):
                yield f"{module_info.name}.{name}", one
    for rule in all_rules():
        yield f"{rule.name}.message", rule.message


def texts_in(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_in(item)


TEXTS = [pytest.param(text, id=place) for text, place in {text: place for place, text in texts()}.items()]


def values(sentence: str) -> set[str]:
    """The names of the values to be filled in; `x_ko` is the Korean of `x`."""
    return {name.removesuffix("_ko") for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("text", TEXTS)
def test_a_sentence_is_there_in_both_languages_with_the_same_values(text: Text) -> None:
    assert text.en.strip()
    assert text.ko.strip()
    assert values(text.en) == values(text.ko) or values(text.ko) | {"files"} == values(text.en) | {"count"}
    assert not re.search("[가-힣]", text.en)
    assert re.search("[가-힣]", text.ko) or not re.search(r"[a-z]", re.sub(r"\{.*?\}", "", text.en))


BARE_PARTICLE = re.compile(
    r"(?<![가-힣]\()\{(?!delimiter\}|expected_ko\})\w+\}[`\"')]*(?:[을를이가은는과와]|으로|로)(?![가-힣(])"
)
"""`{delimiter}` is `$` or `$$`, read 달러; what stands in brackets is not read with the particle behind."""


@pytest.mark.parametrize("text", TEXTS)
def test_a_particle_behind_a_value_has_both_its_forms(text: Text) -> None:
    assert not BARE_PARTICLE.search(text.ko)


OTHER_WORDS = re.compile("그림(?!자)|머리말|꼬리표|분류|Markdown|front matter")
"""What is 이미지, 프론트 매터, 태그, 카테고리 and 마크다운 wherever postlint speaks of it."""


@pytest.mark.parametrize("text", TEXTS)
def test_a_thing_has_one_word_in_korean(text: Text) -> None:
    assert not OTHER_WORDS.search(text.ko)


@every_rule
def test_a_thing_has_one_word_in_korean_pages(rule: type[Rule]) -> None:
    assert not OTHER_WORDS.search(rule.doc_ko)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_finding_can_be_read_in_both_languages(
    rule: type[Rule], example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = example.source if isinstance(example, Bad) else example.text
    for finding in found(rule, example, text):
        sentences = [finding.message, *([finding.fix.title] if finding.fix else [])]
        assert all(sentence.render(language) for sentence in sentences for language in ("en", "ko"))
