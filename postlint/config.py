"""The user's configuration: `.postlint.yml`, or `[tool.postlint]` in `pyproject.toml`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postlint.findings import Message, Severity, Text
from postlint.language import LANGUAGES
from postlint.registry import all_rules, is_selector, nearest, rule_named, select, selectors
from postlint.rule import Rule

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from postlint.settings import Setting

FILE_NAME = ".postlint.yml"
PYPROJECT = "pyproject.toml"


class ConfigError(Exception):
    """The configuration cannot be used: `path`, a 1-based `line` (0 where it is unknown), and why."""

    def __init__(self, path: Path, line: int, message: Message) -> None:
        super().__init__(f"{path}:{line}: {message.render('en')}")
        self.path = path
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Config:
    """What the user asks for. `root` is the folder that its patterns are relative to."""

    root: Path | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    language: str = "auto"
    rules: Mapping[str, Any] = field(default_factory=dict)
    """Each rule's options by its name, as an instance of the rule's `Options`."""

    def with_command_line(
        self, *, select: Sequence[str], ignore: Sequence[str], extend_select: Sequence[str]
    ) -> Config:
        """This configuration with what the command line says on top: its `select` replaces, the rest adds."""
        return dataclasses.replace(
            self,
            select=tuple(select) or self.select,
            extend_select=(() if select else self.extend_select) + tuple(extend_select),
            ignore=(() if select else self.ignore) + tuple(ignore),
        )

    @cached_property
    def enabled(self) -> tuple[Rule, ...]:
        """The rules that are on, with their options and severities, by code."""
        return tuple(
            rule(self.rules.get(rule.name), self._severity(rule))
            for rule in select(self.select, self.ignore, self.extend_select)
        )

    def _severity(self, rule: type[Rule]) -> Severity | None:
        return self.severity.get(rule.code, self.severity.get(rule.name))

    def is_excluded(self, path: Path) -> bool:
        """Whether an `exclude` pattern leaves `path` (a file or folder, found and not named) out."""
        return bool(self.exclude) and self._exclude.match_file(self._relative(path))

    def ignored_for(self, path: Path) -> tuple[str, ...]:
        """The selectors that `per-file-ignores` switches off for `path`."""
        relative = self._relative(path)
        return tuple(
            selector
            for pattern, ignored in self._per_file
            if pattern.match_file(relative)
            for selector in ignored
        )

    @cached_property
    def _exclude(self) -> GitIgnoreSpec:
        return _patterns(self.exclude)

    @cached_property
    def _per_file(self) -> tuple[tuple[GitIgnoreSpec, tuple[str, ...]], ...]:
        return tuple((_patterns((pattern,)), ignored) for pattern, ignored in self.per_file_ignores.items())

    def _relative(self, path: Path) -> str:
        absolute = path.absolute()
        if self.root is not None and absolute.is_relative_to(self.root):
            absolute = absolute.relative_to(self.root)
        return absolute.as_posix()


def _patterns(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # patterns mean what they mean in .gitignore, by a library made for it

    return GitIgnoreSpec.from_lines(lines)


class Finder:
    """Finds the configuration of a path, upwards from its folder; each file is read once."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Config] = {}

    def config_for(self, path: Path) -> Config:
        """Raises ConfigError if the nearest configuration cannot be used."""
        folder = path.absolute()
        if not folder.is_dir():
            folder = folder.parent
        return self._in(folder)

    def _in(self, folder: Path) -> Config:
        found = self._by_folder.get(folder)
        if found is None:
            found = _read_from(folder)
            if found is None:
                found = Config() if folder.parent == folder else self._in(folder.parent)
            self._by_folder[folder] = found
        return found


def _read_from(folder: Path) -> Config | None:
    file = folder / FILE_NAME
    if file.is_file():
        return read(file)
    file = folder / PYPROJECT
    if file.is_file() and b"[tool.postlint" in file.read_bytes():
        return read(file)
    return None


def read(path: Path) -> Config:
    """The configuration in the file `path`. Raises ConfigError if it cannot be used."""
    from postlint.settings import from_toml, from_yaml  # only a run with a configuration pays for it

    settings = from_toml(path) if path.suffix == ".toml" else from_yaml(path)
    return _Reader(path).read(settings)


_UNKNOWN_KEY = Text(
    en="unknown key `{word}`{suggestion}",
    ko="알 수 없는 설정 `{word}`{suggestion_ko}",
)
_UNKNOWN_RULE = Text(
    en="`{word}` is no rule, code or prefix of one{suggestion}",
    ko="`{word}`에 해당하는 규칙이 없습니다{suggestion_ko}",
)
_UNKNOWN_VALUE = Text(
    en="`{key}` cannot be `{word}`; it is one of {choices}{suggestion}",
    ko="`{key}` 값으로 `{word}`를 쓸 수 없습니다. 가능한 값: {choices}{suggestion_ko}",
)
_WRONG_TYPE = Text(
    en="`{key}` must be {expected}, not `{word}`",
    ko="`{key}` 값은 {expected_ko}여야 하는데 `{word}`입니다",
)
_NO_OPTIONS = Text(
    en="the rule `{word}` has no options",
    ko="규칙 `{word}`에는 옵션이 없습니다",
)

_TYPES: Mapping[Any, tuple[str, str]] = {
    bool: ("true or false", "true 또는 false"),
    int: ("a whole number", "정수"),
    float: ("a number", "숫자"),
    str: ("a string", "문자열"),
    tuple[str, ...]: ("a list of strings", "문자열 목록"),
}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes a Config of settings, and stops at the first one that it does not understand."""

    path: Path

    def read(self, settings: Setting) -> Config:
        values: dict[str, Any] = {}
        for key, setting in self._mapping("postlint", settings):
            reader = _KEYS.get(key.value)
            if reader is None:
                raise self._unknown(_UNKNOWN_KEY, key, list(_KEYS))
            values[key.value.replace("-", "_")] = reader(self, key.value, setting)
        return Config(root=self.path.absolute().parent, **values)

    def _error(self, line: int, text: Text, **values: object) -> ConfigError:
        return ConfigError(self.path, line, Message(text, values))

    def _unknown(self, text: Text, setting: Setting, known: Sequence[str], **values: object) -> ConfigError:
        return self._error(
            setting.line,
            text,
            word=setting.value,
            **_suggestion(str(setting.value), known),
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
        if not isinstance(setting.value, dict):
            raise self._wrong_type(key, setting, ("a mapping", "키와 값의 묶음"))
        for name, value in setting.value.items():
            if not isinstance(name.value, str):
                raise self._wrong_type(key, name, _TYPES[str])
            yield name, value

    def strings(self, key: str, setting: Setting) -> tuple[str, ...]:
        if isinstance(setting.value, str):
            return (setting.value,)
        if not isinstance(setting.value, list) or not all(isinstance(i.value, str) for i in setting.value):
            raise self._wrong_type(key, setting, _TYPES[tuple[str, ...]])
        return tuple(item.value for item in setting.value)

    def rule_selectors(self, key: str, setting: Setting) -> tuple[str, ...]:
        strings = self.strings(key, setting)
        items = setting.value if isinstance(setting.value, list) else [setting]
        for item in items:
            if not is_selector(item.value):
                raise self._unknown(_UNKNOWN_RULE, item, selectors())
        return strings

    def per_file_ignores(self, key: str, setting: Setting) -> dict[str, tuple[str, ...]]:
        return {
            name.value: self.rule_selectors(name.value, value) for name, value in self._mapping(key, setting)
        }

    def severities(self, key: str, setting: Setting) -> dict[str, Severity]:
        severities: dict[str, Severity] = {}
        for name, level in self._mapping(key, setting):
            rule = self._rule(name)
            labels = [severity.label for severity in reversed(Severity)]
            if level.value not in labels:
                raise self._unknown(_UNKNOWN_VALUE, level, labels, key=name.value)
            severities[rule.code] = Severity.from_label(level.value)
        return severities

    def language(self, key: str, setting: Setting) -> str:
        if setting.value not in LANGUAGES:
            raise self._unknown(_UNKNOWN_VALUE, setting, LANGUAGES, key=key)
        return str(setting.value)

    def rule_options(self, key: str, setting: Setting) -> dict[str, Any]:
        options: dict[str, Any] = {}
        for name, values in self._mapping(key, setting):
            rule = self._rule(name)
            fields = {one.name.replace("_", "-"): one.name for one in dataclasses.fields(rule.Options)}
            if not fields:
                raise self._error(name.line, _NO_OPTIONS, word=name.value)
            types = typing.get_type_hints(rule.Options)
            given: dict[str, Any] = {}
            for option, value in self._mapping(name.value, values):
                if option.value not in fields:
                    raise self._unknown(_UNKNOWN_KEY, option, list(fields))
                wanted = types[fields[option.value]]
                given[fields[option.value]] = self._typed(option.value, value, wanted)
            options[rule.name] = rule.Options(**given)
        return options

    def _rule(self, name: Setting) -> type[Rule]:
        rule = rule_named(name.value)
        if rule is None:
            known = [one for rule in all_rules() for one in (rule.code, rule.name)]
            raise self._unknown(_UNKNOWN_RULE, name, known)
        return rule

    def _typed(self, key: str, setting: Setting, wanted: Any) -> Any:
        if typing.get_origin(wanted) is typing.Literal:
            choices = typing.get_args(wanted)
            if setting.value not in choices:
                raise self._unknown(_UNKNOWN_VALUE, setting, choices, key=key)
            return setting.value
        if wanted == tuple[str, ...]:
            return self.strings(key, setting)
        if wanted is float and isinstance(setting.value, int) and not isinstance(setting.value, bool):
            return float(setting.value)
        if type(setting.value) is not wanted:
            raise self._wrong_type(key, setting, _TYPES[wanted])
        return setting.value


_KEYS = {
    "select": _Reader.rule_selectors,
    "ignore": _Reader.rule_selectors,
    "extend-select": _Reader.rule_selectors,
    "exclude": _Reader.strings,
    "per-file-ignores": _Reader.per_file_ignores,
    "severity": _Reader.severities,
    "language": _Reader.language,
    "rules": _Reader.rule_options,
}


def _suggestion(word: str, known: Sequence[str]) -> dict[str, str]:
    near = nearest(word, known)
    if near is None:
        return {"suggestion": "", "suggestion_ko": ""}
    return {
        "suggestion": f"; did you mean `{near}`?",
        "suggestion_ko": f". 혹시 `{near}`를 뜻했나요?",
    }
