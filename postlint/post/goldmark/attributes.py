"""Attribute lists: `{#id .class key="value"}` (Goldmark's `parser/attribute.go`)."""

from __future__ import annotations

import re

from postlint.named import NamedTuple
from postlint.patterns import lazy

_SPACES = lazy(r"[ \t\n\r]*+")
_ID_OR_CLASS = lazy(r"([#.])((?:[^\s!-/:-@\[-`{-~]|[_\-:.])*+)")
_NAME = lazy(r"[A-Za-z_:][A-Za-z0-9_:.\-]*+")
_STRING = lazy(r'"((?:[^"\\]++|\\.)*+)"')
_NUMBER = lazy(r"[-+]?[0-9]++(?:\.[0-9]*+)?(?:[eE][-+]?[0-9]*+)?")
_ESCAPE = lazy(r'\\(["/\\bfnrt])')
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DEEPEST = 20
"""How deep lists and arrays may nest; nobody writes any."""


class AttributeList(NamedTuple):
    start: int
    end: int
    values: dict[str, str]
    """Those that are text; of two with the same name, the last."""


def trailing_list(line: str) -> AttributeList | None:
    """The attribute list that `line` ends in: the last that begins in it must be whole, and the end."""
    found = None
    position = 0
    while position < len(line):
        character = line[position]
        if character == "\\":
            position += 2 if line.startswith("{", position + 1) else 1
            continue
        if character == "{":
            found = list_at(line, position)
        position += 1
    return found if found and not line[found.end :].strip(" \t\r\n") else None


def first_whole_list(line: str) -> AttributeList | None:
    """The same to Goldmark 1.7: the first list behind which nothing more stands."""
    position = 0
    while position < len(line):
        character = line[position]
        if character == "\\":
            position += 2 if line[position + 1 : position + 2] in _PUNCTUATION else 1
            continue
        if character == "{" and (found := list_at(line, position)) and not line[found.end :].strip(" \t\r\n"):
            return found
        position += 1
    return None


def list_at(text: str, start: int) -> AttributeList | None:
    """The list whose brace is at `start`."""
    reader = _Reader(text)
    values = reader.attributes(start, 0)
    return AttributeList(start, reader.position, values) if values is not None else None


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.position = 0

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self.position)
        if match:
            self.position = match.end()
        return match

    def _skip(self, character: str) -> bool:
        found = self._text.startswith(character, self.position)
        self.position += found
        return found

    def attributes(self, start: int, depth: int) -> dict[str, str] | None:
        """What the list at `start` holds; None if it is none."""
        self.position = start + 1
        values: dict[str, str] = {}
        while not self._skip("}"):
            self._take(_SPACES)
            if mark := self._take(_ID_OR_CLASS):
                if mark[1] == "#":
                    values["id"] = mark[2]
                else:
                    values["class"] = f"{values['class']} {mark[2]}" if "class" in values else mark[2]
            elif not self._attribute(values, depth):
                return None
            self._take(_SPACES)
            if self._skip(","):
                self._take(_SPACES)
        return values

    def _attribute(self, values: dict[str, str], depth: int) -> bool:
        name = self._take(_NAME)
        self._take(_SPACES)
        if name is None or not self._skip("="):
            return False
        value = self._value(depth)
        if value is None or (name[0] == "class" and not isinstance(value, str)):
            return False
        if isinstance(value, str):
            values[name[0]] = value
        return True

    def _value(self, depth: int) -> str | bool | None:
        """A text; True for a value of another kind, None where there is none."""
        self._take(_SPACES)
        if depth > _DEEPEST:
            return None
        if self._text.startswith("{", self.position):
            return True if self.attributes(self.position, depth + 1) is not None else None
        if self._skip("["):
            return True if self._array(depth) else None
        if text := self._take(_STRING):
            return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text[1])
        if self._take(_NUMBER):
            return True
        word = self._take(_NAME)
        if word is None:
            return None
        return word[0] if word[0] not in ("true", "false", "null") else True

    def _array(self, depth: int) -> bool:
        is_first = True
        while True:
            comma = not is_first and self._skip(",")
            if self._skip("]"):
                return not comma
            if self._value(depth + 1) is None:
                return False
            self._take(_SPACES)
            is_first = False
