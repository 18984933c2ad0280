"""A rule's page, made from the rule itself."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from typing import Any

from postlint.findings import SEVERITIES, Text
from postlint.rule import Bad, Example, Rule

_ON = Text(en="on by default", ko="기본으로 켜짐")
_OFF = Text(en="off by default", ko="기본으로 꺼짐")
_BAD = Text(en="Found", ko="찾는 예")
_FIXED = Text(en="Mended", ko="고친 뒤")
_GOOD = Text(en="Not found", ko="찾지 않는 예")
_GIVEN = Text(en=", with {options}", ko="(옵션 {options})")
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
            yield f"- `{name.replace('_', '-')}`: {choices}, {by_default} `{default}`"
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
    if not example.options:
        return ""
    options = ", ".join(f"`{name}: {value}`" for name, value in example.options.items())
    return _GIVEN.render(language, {"options": options})


def _choices(wanted: Any) -> str:
    """What an option takes, in words of YAML."""
    if typing.get_origin(wanted) is typing.Literal:
        return " | ".join(f"`{value}`" for value in typing.get_args(wanted))
    return f"`{getattr(wanted, '__name__', wanted)}`"


def _block(text: str) -> Iterator[str]:
    yield ""
    for line in text.rstrip("\n").split("\n"):
        yield "    " + line.replace("\t", "→")
