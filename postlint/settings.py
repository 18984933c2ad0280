"""A configuration file as values that know the line they stand on."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from postlint.config import ConfigError
from postlint.findings import Message, Text

_UNREADABLE = Text(en="cannot be read: {reason}", ko="읽을 수 없습니다: {reason}")
_MAX_NODES = 10_000


@dataclass(frozen=True, eq=False, slots=True)
class Setting:
    """A scalar, a list of settings, or a mapping from settings to settings; `line` is 1-based."""

    value: Any
    line: int

    @property
    def written(self) -> str:
        """The value for a message: short, as a user would write it."""
        if isinstance(self.value, bool):
            return str(self.value).lower()
        if isinstance(self.value, list):
            return "[…]"
        if isinstance(self.value, dict):
            return "{…}"
        return "null" if self.value is None else str(self.value)


def from_yaml(path: Path) -> Setting:
    """Raises ConfigError if the file cannot be read or is no YAML."""
    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        loader = loader_class(text)
        try:
            node = loader.get_single_node()
            return Setting(None, 1) if node is None else _YamlReader(path, loader).read(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _unreadable(path, mark.line + 1 if mark else 0, error.problem or "no YAML") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise _unreadable(path, 0, str(error)) from error


def _unreadable(path: Path, line: int, reason: str) -> ConfigError:
    return ConfigError(path, line, Message(_UNREADABLE, {"reason": reason}))


class _YamlReader:
    """Reads nodes with a bound on their number: an alias can stand for very many."""

    def __init__(self, path: Path, loader: Any) -> None:
        self._path = path
        self._loader = loader
        self._count = 0

    def read(self, node: Any) -> Setting:
        line = node.start_mark.line + 1
        self._count += 1
        if self._count > _MAX_NODES:
            raise _unreadable(self._path, line, "too many values")
        if isinstance(node, yaml.MappingNode):
            return Setting({self.read(key): self.read(value) for key, value in node.value}, line)
        if isinstance(node, yaml.SequenceNode):
            return Setting([self.read(item) for item in node.value], line)
        return Setting(self._loader.construct_object(node), line)


def from_toml(path: Path) -> Setting:
    """The table `[tool.postlint]`. Raises ConfigError if the file cannot be read or is no TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text).get("tool", {}).get("postlint", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise _unreadable(path, int(line[1]) if line else 0, str(error)) from error
    return _TomlReader(text).read(table, "")


class _TomlReader:
    """tomllib keeps no positions, so the line of a word is where it first stands behind the table's head."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        heads = (number for number, line in enumerate(self._lines) if "tool.postlint" in line)
        self._first = next(heads, 0)

    def read(self, value: Any, word: str) -> Setting:
        line = self._line(word)
        if isinstance(value, dict):
            return Setting({Setting(k, self._line(k)): self.read(v, k) for k, v in value.items()}, line)
        if isinstance(value, list):
            return Setting([self.read(item, str(item)) for item in value], line)
        return Setting(value, line)

    def _line(self, word: str) -> int:
        for number in range(self._first, len(self._lines)):
            if word in self._lines[number]:
                return number + 1
        return self._first + 1
