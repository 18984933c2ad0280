"""A configuration file as values that know the line they stand on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from postlint.findings import ConfigError, Message, Text
from postlint.named import NamedTuple
from postlint.post.source import Source
from postlint.post.yaml_reader import read as read_yaml
from postlint.post.yaml_tree import Mapping, Sequence, Tree

_UNREADABLE = Text(en="cannot be read: {reason}", ko="읽을 수 없습니다: {reason}")


class Setting(NamedTuple):
    """A scalar, a list of settings, or `Pairs` of them; `line` is 1-based.

    `source` is how a scalar stands in the file, where that is known.
    """

    value: Any
    line: int
    source: str = ""

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, Pairs)

    @property
    def plain(self) -> Any:
        """The value in lists and dicts of Python's; of a key that stands there twice, the last."""
        if isinstance(self.value, Pairs):
            return {name.value: value.plain for name, value in self.value}
        return [item.plain for item in self.value] if isinstance(self.value, list) else self.value

    @property
    def written(self) -> str:
        """The value for a message: short, as a user would write it."""
        if self.source and not isinstance(self.value, str):
            return self.source  # YAML has many words for a truth: `off` is one
        if isinstance(self.value, bool):
            return str(self.value).lower()
        if isinstance(self.value, list):
            return "[…]"
        if self.is_mapping:
            return "{…}"
        return "null" if self.value is None else str(self.value)


class Pairs(tuple[tuple[Setting, Setting], ...]):
    """The keys and values of a mapping, in order, duplicates kept. Every key is a string."""

    __slots__ = ()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _unreadable(path, 0, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, 0, f"it is not UTF-8 (byte offset {error.start})") from error


def _unreadable(path: Path, line: int, reason: str) -> ConfigError:
    return ConfigError(path, line, Message(_UNREADABLE, {"reason": reason}))


def from_yaml(path: Path) -> Setting:
    """Raises ConfigError if the file cannot be read or is no YAML."""
    text = _read(path)
    source = Source(text)
    document = read_yaml(text)
    if document.error is not None:
        error = document.error
        raise _unreadable(path, source.line_at(error.span.start), error.detail or error.problem.value)
    return Setting(None, 1) if document.tree is None else _from_tree(document.tree, source)


def from_json(path: Path) -> Setting:
    """Raises ConfigError if the file cannot be read or is no JSON. All of it is said to be on line 1."""
    import json

    try:
        return _from_json(json.loads(_read(path)))
    except json.JSONDecodeError as error:
        raise _unreadable(path, error.lineno, error.msg) from error
    except RecursionError as error:
        raise _unreadable(path, 0, "nested beyond measure") from error


def _from_json(value: Any) -> Setting:
    if isinstance(value, dict):
        return Setting(Pairs((Setting(key, 1), _from_json(item)) for key, item in value.items()), 1)
    return Setting([_from_json(item) for item in value] if isinstance(value, list) else value, 1)


def _from_tree(tree: Tree, source: Source) -> Setting:
    line = source.line_at(tree.span.start)
    if isinstance(tree, Mapping):
        return Setting(
            Pairs(
                (
                    Setting(entry.key, source.line_at(entry.key_span.start)),
                    _from_tree(entry.tree, source),
                )
                for entry in tree.entries
            ),
            line,
        )
    if isinstance(tree, Sequence):
        return Setting([_from_tree(item, source) for item in tree.items], line)
    return Setting(tree.value, line, source[tree.span])


def from_toml(path: Path) -> Setting | None:
    """The table `[tool.postlint]`, None where the file has none.

    Raises ConfigError if the file cannot be read, or is no TOML and seems to have the table.
    """
    text = _read(path)
    if "postlint" not in text:
        return None
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError as error:
        # Where the file breaks off, tomllib names no line.
        line = re.search(r"at line (\d+)", str(error))
        raise _unreadable(path, int(line[1]) if line else Source(text).line_count, str(error)) from error
    except RecursionError as error:
        raise _unreadable(path, 0, "nested beyond measure") from error
    if not isinstance(tool, dict) or "postlint" not in tool:
        return None
    return _TomlReader(text).read(tool["postlint"])


class _TomlReader:
    """tomllib keeps no positions, so each word is looked for behind the one before it."""

    def __init__(self, text: str) -> None:
        self._text = re.sub(r"(?m)^[ \t]*#.*$", lambda comment: " " * len(comment[0]), text)
        self._source = Source(text)
        self._at = self._first = max(0, self._text.find("postlint"))

    def read(self, value: Any) -> Setting:
        if isinstance(value, dict):
            line = self._source.line_at(self._at)
            return Setting(Pairs((self._found(key), self.read(item)) for key, item in value.items()), line)
        if isinstance(value, list):
            line = self._source.line_at(self._at)
            return Setting([self.read(item) for item in value], line)
        return self._found(value)

    def _found(self, value: Any) -> Setting:
        word = re.compile(rf"(?<![\w-]){re.escape(Setting(value, 0).written)}(?![\w-])")
        # A table may be opened again further up than where its name first stood.
        found = word.search(self._text, self._at) or word.search(self._text, self._first)
        if found:
            self._at = found.end()
        return Setting(value, self._source.line_at(self._at))
