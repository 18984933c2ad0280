"""`postlint explain`: a rule's page, made from the rule itself."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group
from postlint.registry import all_rules


def explain(*arguments: str) -> Result:
    return CliRunner(env={"LC_ALL": "C"}).invoke(main_group, ["explain", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("name", ["URL007", "url007", "raw-hangul-url"])
def test_a_rule_is_explained_by_its_code_or_name(name: str) -> None:
    page = explain(name).stdout
    assert page.startswith("# URL007 raw-hangul-url\n\nwarning, on by default\n")


SECTIONS = {"en": ["Why", "Fix safety", "Examples"], "ko": ["이유", "수정 안전성", "예"]}


@pytest.mark.parametrize("name", [rule.name for rule in all_rules() if rule.examples])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_page_says_what_why_how_safe_and_gives_examples(name: str, language: str) -> None:
    page = explain(name, "--language", language).stdout
    at = [page.index(f"\n## {section}\n") for section in SECTIONS[language]]
    assert at == sorted(at)


@pytest.mark.parametrize("name", [rule.name for rule in all_rules() if not rule.examples])
def test_a_page_without_examples_has_no_place_for_them(name: str) -> None:
    assert "## Examples" not in explain(name).stdout


def test_examples_show_what_is_found_and_what_becomes_of_it() -> None:
    page = explain("PAGE009").stdout
    assert "\nFound:\n\n    첫 줄  ⟦   ⟧\n    둘째 줄\n\nMended:\n\n    첫 줄  \n    둘째 줄\n" in page
    assert "\nNot found:\n" in page


def test_options_are_listed_with_what_they_take_and_their_defaults() -> None:
    page = explain("URL007").stdout
    assert "\n## Options\n\n- `korean-urls`: `encode` | `decode` | `any`, default `encode`\n" in page
    korean = explain("URL007", "--language", "ko").stdout
    assert "- `korean-urls`: `encode` | `decode` | `any`, 기본값 `encode`\n" in korean


def test_an_option_of_several_values_is_shown_as_yaml_has_them() -> None:
    page = explain("URL021").stdout
    assert "- `redirectors`: `{str: [str, …]}`, default `{}`\n" in page
    assert "- `except-hosts`: `[str, …]`, default `[]`\n" in page
    assert "- `schema`: `{str: …}`, default `{}`\n" in explain("FM017").stdout


def test_a_page_in_korean_is_korean() -> None:
    page = explain("URL007", "--language", "ko").stdout
    assert page.startswith("# URL007 raw-hangul-url\n\n경고, 기본으로 켜짐\n")


def test_an_example_says_with_which_options_it_holds() -> None:
    assert "Not found, with `korean-urls: any`:\n" in explain("URL007").stdout
    assert "찾지 않는 예(옵션 `korean-urls: any`):\n" in explain("URL007", "--language", "ko").stdout


def test_a_rule_that_is_not_there_is_offered_the_nearest() -> None:
    result = explain("elided-urls")
    assert result.exit_code == 2
    assert "There is no rule 'elided-urls'. Did you mean 'elided-url'?" in result.stderr


def test_a_word_like_no_rule_is_offered_the_list() -> None:
    assert "`postlint rules` lists them." in " ".join(explain("봄").stderr.split())
