"""From settings to a configuration: what may stand there, and what is said of all else."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postlint.config.config import Config, patterns
from postlint.config.link_options import Expression, LinkOptions, WebAddress
from postlint.findings import ConfigError, Message, Severity, Text
from postlint.language import LANGUAGES
from postlint.named import NamedTuple
from postlint.paths import absolute
from postlint.registry import all_rules, closest, is_selector, nearest, rule_named, selectors
from postlint.rule import Form, Rule

if TYPE_CHECKING:
    from postlint.config.settings import Setting

_UNKNOWN_KEY = Text(
    en="unknown key `{word}`{suggestion}",
    ko="알 수 없는 설정 `{word}`{suggestion_ko}",
)
_UNKNOWN_RULE = Text(
    en="`{word}` is no rule, code or prefix of one{suggestion}",
    ko="`{word}`에 해당하는 규칙이 없습니다{suggestion_ko}",
)
_NO_RULE = Text(en="there is no rule `{word}`{suggestion}", ko="`{word}` 규칙이 없습니다{suggestion_ko}")
_UNKNOWN_VALUE = Text(
    en="`{key}` cannot be `{word}`; it is one of {choices}{suggestion}",
    ko="`{key}`에는 `{word}`을(를) 쓸 수 없습니다. 쓸 수 있는 값: {choices}{suggestion_ko}",
)
_WRONG_TYPE = Text(
    en="`{key}` must be {expected}, not `{word}`",
    ko="`{key}`에는 {expected_ko}이(가) 와야 하는데 `{word}`이(가) 있습니다",
)
_BAD_PATTERN = Text(
    en="`{word}` is no pattern as .gitignore has them", ko="`{word}`은(는) .gitignore 형식의 패턴이 아닙니다"
)
_TWICE = Text(en="`{word}` stands here twice", ko="`{word}`이(가) 두 번 있습니다")
_REFUSED = Text(
    en="the options of `{word}` cannot be used: {reason}", ko="`{word}`의 옵션을 쓸 수 없습니다: {reason}"
)
_NO_OPTIONS = Text(
    en="the rule `{word}` has no options",
    ko="규칙 `{word}`에는 옵션이 없습니다",
)

TYPES: Mapping[Any, tuple[str, str]] = {
    bool: ("true or false", "true 또는 false"),
    int: ("a whole number", "정수"),
    float: ("a number", "숫자"),
    str: ("a string", "문자열"),
    tuple[str, ...]: ("a list of strings", "문자열 목록"),
    dict[str, str]: ("keys, each with a string", "키와 문자열"),
    dict[str, tuple[str, ...]]: ("keys, each with a list of strings", "키와 문자열 목록"),
    dict[str, Any]: (
        "keys and values, or the name of a YAML or JSON file that has them",
        "키와 값, 또는 그것이 든 YAML이나 JSON 파일의 이름",
    ),
}
"""The types that a rule's option may have, beside `Literal`, in English and Korean.

Any string among them may be `Annotated` with its `Form`.
"""


class _Field(NamedTuple):
    """A field that is given, with its value, and the key that says so."""

    field: str
    value: Any
    option: Setting


class Reader:
    """Makes a Config of settings, and stops at the first one that it does not understand."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, settings: Setting) -> Config:
        values: dict[str, Any] = {}
        for key, setting in self._mapping("postlint", settings):
            reader = _KEYS.get(key.value)
            if reader is None:
                raise self._unknown(_UNKNOWN_KEY, key, list(_KEYS))
            values[key.value.replace("-", "_")] = reader(self, key.value, setting)
        return Config(root=absolute(self._path).parent, **values)

    def _error(self, line: int, text: Text, **values: object) -> ConfigError:
        return ConfigError(self._path, line, Message(text, values))

    def _unknown(self, text: Text, setting: Setting, known: Sequence[str], **values: object) -> ConfigError:
        return self._error(
            setting.line,
            text,
            word=setting.written,
            **_suggestion(setting.written, known),
            choices=", ".join(known),
            **values,
        )

    def _wrong_type(self, key: str, setting: Setting, expected: tuple[str, str]) -> ConfigError:
        return self._error(
            setting.line,
            _WRONG_TYPE,
            key=key,
            word=setting.written,
            expected=expected[0],
            expected_ko=expected[1],
        )

    def _mapping(self, key: str, setting: Setting) -> Iterator[tuple[Setting, Setting]]:
        if setting.value is None:
            return
        if not setting.is_mapping:
            raise self._wrong_type(key, setting, ("a mapping", "키와 값"))
        seen: set[str] = set()
        for name, value in setting.value:
            if name.value in seen:
                raise self._error(name.line, _TWICE, word=name.value)
            seen.add(name.value)
            yield name, value

    def _strings(self, key: str, setting: Setting) -> list[Setting]:
        items = setting.value if isinstance(setting.value, list) else [setting]
        for item in items:
            if not isinstance(item.value, str):
                raise self._wrong_type(key, item, TYPES[tuple[str, ...]])
        return items

    def patterns(self, key: str, setting: Setting) -> tuple[str, ...]:
        return tuple(self._pattern(item) for item in self._strings(key, setting))

    def _pattern(self, setting: Setting) -> str:
        """The pattern, from the folder of the configuration where it is written with `./`.

        What can match nothing is refused, as gitignore(5) has it: it would be passed over in silence.
        """
        bad = self._error(setting.line, _BAD_PATTERN, word=setting.value)
        written: str = setting.value
        pattern = written.removeprefix("!")
        negation = written[: len(written) - len(pattern)]
        if pattern.startswith("./"):
            pattern = pattern[1:]
        if pattern in ("", ".", "/") or pattern.startswith("../") or _has_open_bracket(pattern):
            raise bad
        try:
            patterns((negation + pattern,))
        except ValueError as error:
            raise bad from error
        return negation + pattern

    def selectors(self, key: str, setting: Setting) -> tuple[str, ...]:
        items = self._strings(key, setting)
        for item in items:
            if not is_selector(item.value):
                raise self._unknown(_UNKNOWN_RULE, item, selectors())
        return tuple(item.value for item in items)

    def per_file_ignores(self, key: str, setting: Setting) -> dict[str, tuple[str, ...]]:
        ignores: dict[str, tuple[str, ...]] = {}
        for name, value in self._mapping(key, setting):
            pattern = self._pattern(name)
            if pattern in ignores:
                raise self._error(name.line, _TWICE, word=name.value)
            ignores[pattern] = self.selectors(name.value, value)
        return ignores

    def severities(self, key: str, setting: Setting) -> dict[str, Severity]:
        severities: dict[str, Severity] = {}
        labels = [severity.label for severity in reversed(Severity)]
        for name, level in self._mapping(key, setting):
            if not is_selector(name.value):
                raise self._unknown(_UNKNOWN_RULE, name, selectors())
            rule = rule_named(name.value)
            selector = rule.code if rule else name.value.upper()
            if selector in severities:
                raise self._error(name.line, _TWICE, word=name.value)
            if level.value not in labels:
                raise self._unknown(_UNKNOWN_VALUE, level, labels, key=name.value)
            severities[selector] = Severity.from_label(level.value)
        named = ((rule.code, closest(severities, rule)) for rule in all_rules())
        return {code: severities[selector] for code, selector in named if selector is not None}

    def language(self, key: str, setting: Setting) -> str:
        return str(self._choice(key, setting, LANGUAGES))

    def rule_options(self, key: str, setting: Setting) -> dict[str, Any]:
        options: dict[str, Any] = {}
        for name, values in self._mapping(key, setting):
            rule = self._rule(name, options)
            if not rule.Options._fields:
                raise self._error(name.line, _NO_OPTIONS, word=name.value)
            given = {one.field: one.value for one in self._fields(name.value, values, rule.Options)}
            try:
                options[rule.name] = rule.Options(**given)
            except ValueError as error:
                raise self._error(name.line, _REFUSED, word=name.value, reason=error) from error
        return options

    def links(self, key: str, setting: Setting) -> LinkOptions:
        given: dict[str, Any] = {}
        for field, value, option in self._fields(key, setting, LinkOptions):
            if type(value) in (int, float) and value <= 0:
                raise self._error(option.line, _TOO_SMALL, key=option.value)
            given[field] = value
        return LinkOptions(**given)

    def _fields(self, key: str, setting: Setting, wanted: Any) -> Iterator[_Field]:
        """What is given of the fields of the named tuple `wanted`, each of its type."""
        hints = typing.get_type_hints(wanted, include_extras=True)
        fields = {name.replace("_", "-"): name for name in wanted._fields}
        for option, value in self._mapping(key, setting):
            if option.value not in fields:
                raise self._unknown(_UNKNOWN_KEY, option, list(fields))
            field = fields[option.value]
            yield _Field(field, self._typed(option.value, value, hints[field]), option)

    def _expression(self, setting: Setting) -> None:
        """Raises ConfigError if it is no regular expression."""
        try:
            re.compile(setting.value)
        except (re.error, OverflowError, RecursionError) as error:
            raise self._error(setting.line, _BAD_EXPRESSION, word=setting.value, reason=error) from error

    def _address(self, value: str, setting: Setting) -> None:
        """Raises ConfigError if no browser takes it for an address of the web."""
        from postlint.web.address import parse  # few configurations name one

        try:
            parse(value)
        except ValueError as error:
            raise self._error(setting.line, _NO_ADDRESS, word=value) from error

    def _rule(self, name: Setting, known: Mapping[str, object]) -> type[Rule]:
        """The rule called `name`, which must not be among `known`: it may be there by its other name."""
        rule = rule_named(name.value)
        if rule is None:
            names = [one for rule in all_rules() for one in (rule.code, rule.name)]
            raise self._unknown(_NO_RULE, name, names)
        if rule.name in known:
            raise self._error(name.line, _TWICE, word=name.value)
        return rule

    def _choice(self, key: str, setting: Setting, choices: Sequence[str]) -> Any:
        if setting.value not in choices:
            raise self._unknown(_UNKNOWN_VALUE, setting, choices, key=key)
        return setting.value

    def _typed(self, key: str, setting: Setting, wanted: Any) -> Any:
        if typing.get_origin(wanted) is typing.Annotated:
            return self._formed(key, setting, *typing.get_args(wanted))
        if typing.get_origin(wanted) is typing.Literal:
            return self._choice(key, setting, typing.get_args(wanted))
        if typing.get_origin(wanted) is types.UnionType:  # with None, which stands for "not said"
            return self._typed(key, setting, typing.get_args(wanted)[0])
        if typing.get_origin(wanted) is tuple:
            inner = typing.get_args(wanted)[0]
            if inner is int:
                items = setting.value if isinstance(setting.value, list) else [setting]
                return tuple(self._typed(key, item, int) for item in items)
            return tuple(self._typed(key, item, inner) for item in self._strings(key, setting))
        if typing.get_origin(wanted) in (dict, Mapping):
            return self._keyed(key, setting, wanted)
        if wanted is float and type(setting.value) is int:
            return float(setting.value)
        if type(setting.value) is not wanted:
            raise self._wrong_type(key, setting, TYPES[wanted])
        return setting.value

    def _formed(self, key: str, setting: Setting, wanted: Any, form: Form | Expression | WebAddress) -> Any:
        value = self._typed(key, setting, wanted)
        if isinstance(form, Expression):
            self._expression(setting)
            return value
        if isinstance(form, WebAddress):
            if value or not form.may_be_empty:
                self._address(value, setting)
            return value
        if not form.pattern.fullmatch(value):
            raise self._wrong_type(key, setting, (form.name, form.name_ko))
        return value

    def _keyed(self, key: str, setting: Setting, wanted: Any) -> dict[str, Any]:
        """Keys and values. Where the values may be anything, a file may have them instead, by its path from
        the folder of the configuration."""
        names, inner = typing.get_args(wanted)
        if inner is not Any:
            return {
                self._typed(key, name, names): self._typed(f"{key}.{name.value}", value, inner)
                for name, value in self._mapping(key, setting)
            }
        if isinstance(setting.value, str):
            from postlint.config.settings import from_json, from_yaml

            path = absolute(self._path).parent / setting.value
            setting = from_json(path) if path.suffix == ".json" else from_yaml(path)
        if not setting.is_mapping:
            raise self._wrong_type(key, setting, TYPES[wanted])
        plain: dict[str, Any] = setting.plain
        return plain


_BAD_EXPRESSION = Text(
    en="`{word}` is no regular expression: {reason}", ko="`{word}`은(는) 정규 표현식이 아닙니다: {reason}"
)
_NO_ADDRESS = Text(
    en="`{word}` is no address with `http://` or `https://`",
    ko="`{word}`은(는) `http://`나 `https://`로 시작하는 주소가 아닙니다",
)
_TOO_SMALL = Text(en="`{key}` must be more than 0", ko="`{key}`은(는) 0보다 커야 합니다")

_KEYS = {
    "select": Reader.selectors,
    "ignore": Reader.selectors,
    "extend-select": Reader.selectors,
    "exclude": Reader.patterns,
    "per-file-ignores": Reader.per_file_ignores,
    "severity": Reader.severities,
    "language": Reader.language,
    "rules": Reader.rule_options,
    "links": Reader.links,
}


def _suggestion(word: str, known: Sequence[str]) -> dict[str, str]:
    near = nearest(word, known)
    if near is None:
        return {"suggestion": "", "suggestion_ko": ""}
    return {
        "suggestion": f"; did you mean `{near}`?",
        "suggestion_ko": f". 혹시 `{near}`을(를) 뜻했나요?",
    }


def _has_open_bracket(pattern: str) -> bool:
    """Whether a `[` is never closed: such a pattern matches nothing (fnmatch(3)).

    A `]` directly behind `[`, `[!` or `[^` stands for itself.
    """
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at += 1 + (pattern[at + 1 : at + 2] in ("!", "^"))
            closed = pattern.find("]", at + 1)
            if closed < 0:
                return True
            at = closed
        at += 1
    return False
