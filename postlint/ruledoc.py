"""A rule's page, made from the rule itself."""

from __future__ import annotations

import inspect
import typing
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from postlint.findings import SEVERITIES, Text
from postlint.patterns import lazy
from postlint.post.anchors import github_id
from postlint.rule import Bad, Example, Rule

_ON = Text(en="on by default", ko="기본으로 켜짐")
_OFF = Text(en="off by default", ko="기본으로 꺼짐")
_BAD = Text(en="Found", ko="찾는 예")
_FIXED = Text(en="Mended", ko="고친 뒤")
_GOOD = Text(en="Not found", ko="찾지 않는 예")
_GIVEN = Text(en=", with {options}", ko="(옵션 {options})")
_BESIDE = Text(en=", beside {files}", ko="(옆에 {files})")
_WHERE = Text(en=", where {what}", ko=" (웹의 답: {what})")
_RULES = Text(en="Rules", ko="규칙")
_MADE = Text(
    en="Made by `postlint rules --output-format markdown` from the rules themselves. In the examples, `⟦…⟧` "
    "marks what is found. `–` marks rules that are off unless they are selected.",
    ko="`postlint rules --output-format markdown --language ko`로 규칙에서 바로 만든 문서입니다. 예에서 "
    "`⟦…⟧`는 찾아내는 곳이고, `–`는 따로 고르지 않으면 꺼져 있는 규칙입니다.",
)
_HEAD = Text(en="| code | name | severity | | what it finds |", ko="| 코드 | 이름 | 심각도 | | 찾는 것 |")
_HEADING = lazy("#{1,5} ")
_EXAMPLES = Text(en="Examples", ko="예")
_OPTIONS = Text(en="Options", ko="옵션")
_DEFAULT = Text(en="default", ko="기본값")


def description(rule: type[Rule], language: str) -> str:
    """The rule's docstring in `language`: what it finds, why, and the safety of its fix, as Markdown."""
    return inspect.cleandoc(rule.doc_ko if language == "ko" else rule.__doc__ or "")


def summary(rule: type[Rule], language: str) -> str:
    """What the rule finds, in one line."""
    return " ".join(description(rule, language).split("\n\n", 1)[0].split())


def page(rule: type[Rule], language: str) -> str:
    """The whole page, as Markdown."""
    return "\n".join(_page(rule, language)) + "\n"


def reference(rules: Sequence[type[Rule]], language: str) -> str:
    """The pages of all `rules`, with a table in front, as one Markdown document."""
    lines = [f"# {_RULES.render(language)}", "", _MADE.render(language), ""]
    lines += [_HEAD.render(language), "|---|---|---|---|---|"]
    for rule in rules:
        anchor = github_id(f"{rule.code} {rule.name}")
        severity, state = SEVERITIES[rule.severity].render(language), "" if rule.enabled else "–"
        known_as = f"[{rule.code}](#{anchor}) | {rule.name}"
        lines.append(
            f"| {known_as} | {severity} | {state} | {summary(rule, language).replace('|', chr(92) + '|')} |"
        )
    for rule in rules:
        page_lines = "\n".join(_page(rule, language)).split("\n")
        lines += ["", *(f"#{line}" if _HEADING.match(line) else line for line in page_lines)]
    return "\n".join(lines) + "\n"


def _page(rule: type[Rule], language: str) -> Iterator[str]:
    state = (_ON if rule.enabled else _OFF).render(language)
    yield f"# {rule.code} {rule.name}"
    yield ""
    yield f"{SEVERITIES[rule.severity].render(language)}, {state}"
    yield ""
    yield description(rule, language)
    if rule.Options._fields:
        yield ""
        yield f"## {_OPTIONS.render(language)}"
        yield ""
        types = typing.get_type_hints(rule.Options)
        for name, default in rule.Options._field_defaults.items():
            choices, by_default = _choices(types[name]), _DEFAULT.render(language)
            written = list(default) if isinstance(default, tuple) else default
            yield f"- `{name.replace('_', '-')}`: {choices}, {by_default} `{written}`"
    if rule.examples:
        yield ""
        yield f"## {_EXAMPLES.render(language)}"
    for example in rule.examples:
        yield ""
        yield (_BAD if isinstance(example, Bad) else _GOOD).render(language) + _given(example, language) + ":"
        yield from _block(example.text)
        if isinstance(example, Bad) and example.fixed is not None:
            yield ""
            yield _FIXED.render(language) + ":"
            yield from _block(example.fixed)


def _given(example: Example, language: str) -> str:
    given = ""
    if example.options:
        options = ", ".join(f"`{name}: {value}`" for name, value in example.options.items())
        given += _GIVEN.render(language, {"options": options})
    if example.site:
        given += _BESIDE.render(language, {"files": ", ".join(f"`{name}`" for name in example.site)})
    if example.web is not None:
        from postlint.web.described import described  # only rules about links pay for it

        given += _WHERE.render(language, {"what": described(example.web, language)})
    return given


def _choices(wanted: Any) -> str:
    """What an option takes, in words of YAML."""
    if typing.get_origin(wanted) is typing.Literal:
        return " | ".join(f"`{value}`" for value in typing.get_args(wanted))
    return f"`{_notation(wanted)}`"


def _notation(wanted: Any) -> str:
    """A type as YAML would have a value of it: `{str: [str, …]}`."""
    inner = [_notation(one) for one in typing.get_args(wanted)]
    if typing.get_origin(wanted) is dict:
        return f"{{{inner[0]}: {inner[1]}}}"
    if typing.get_origin(wanted) is tuple:
        return f"[{inner[0]}, …]"
    return "…" if wanted in (Any, ...) else str(wanted.__name__)


def _block(text: str) -> Iterator[str]:
    yield ""
    for line in text.rstrip("\n").split("\n"):
        yield "    " + "".join(map(_visible, line))


def _visible(character: str) -> str:
    """What a reader can see of an example; a character that nobody sees is named."""
    if character == "\t":
        return "→"
    if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") or character == "\u00a0":
        return f"⟨U+{ord(character):04X}⟩"
    return character
