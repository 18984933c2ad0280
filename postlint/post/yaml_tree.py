"""What YAML says, with the span of everything in it. `yaml_reader` makes these of a text.

Spans are offsets, in characters, into the text that was read.
"""

from __future__ import annotations

import enum
from typing import TypeAlias

from postlint.findings import Span
from postlint.named import NamedTuple

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"


class Kind(enum.Enum):
    """What Ruby takes a scalar for."""

    TEXT = "text"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    NULL = "null"
    DATE = "date"
    TIME = "time"


class Scalar(NamedTuple):
    """One value. `span` covers its quotes, tag and anchor, and is empty where nothing is written."""

    span: Span
    text: str
    """The text after quotes, escapes and folding are resolved."""
    kind: Kind
    value: str | int | float | bool | None
    """As Ruby has it; a date or a time stays the text that was written."""
    style: str = ""
    """What it is written in: `"`, `'`, `|` or `>`; empty for a plain one."""
    tag: str | None = None
    """`!…` before the value, resolved: it is no part of what the page shows."""
    anchor: str | None = None
    """The name of `&…` before the value, which is no part of what the page shows either."""


class Sequence(NamedTuple):
    span: Span
    items: tuple[Tree, ...]
    flow: bool
    """Whether it is written in brackets."""
    tag: str | None = None
    anchor: str | None = None

    @property
    def value(self) -> list[Value]:
        return [item.value for item in self.items]


class Entry(NamedTuple):
    """A key with its value."""

    key: str
    """The key's text; as written in the file where the key is itself a collection."""
    key_span: Span
    """The key as written, with its quotes if it has any."""
    tree: Tree
    span: Span
    """The lines of the entry, line end included, where nothing else stands on them; otherwise from
    its key to the end of its value."""
    text_key: bool = True
    """Whether Ruby takes the key for text. For `on:`, `yes:` or `2021:` it does not, and no template
    that asks for `page.on` finds it."""

    @property
    def value(self) -> Value:
        return self.tree.value

    @property
    def value_span(self) -> Span:
        """Where the value is written; empty, behind the colon, where there is none."""
        return self.tree.span


class Mapping(NamedTuple):
    span: Span
    entries: tuple[Entry, ...]
    """In order, duplicates kept."""
    flow: bool
    """Whether it is written in braces."""
    tag: str | None = None
    anchor: str | None = None

    @property
    def value(self) -> dict[str, Value]:
        """Duplicates and `<<` resolved; a key that is no text to Ruby is there by its text."""
        values: dict[str, Value] = {}
        for entry in self.entries:
            merged = _merged(entry)
            for mapping in merged:
                values.update(mapping.value)
            if not merged:
                values[entry.key] = entry.value
        return values

    def get(self, key: str) -> Entry | None:
        """The entry that Ruby has for the text `key`: the last of several; `<<` brings some too."""
        for entry in reversed(self.entries):
            if entry.key == key and entry.text_key:
                return entry
            if entry.key == "<<":
                for mapping in reversed(_merged(entry)):
                    found = mapping.get(key)
                    if found is not None:
                        return found
        return None


Tree: TypeAlias = Scalar | Sequence | Mapping


def _merged(entry: Entry) -> list[Mapping]:
    """The mappings that `<<:` merges, in order; of a list the first prevails, so it comes last."""
    if entry.key != "<<":
        return []
    trees = reversed(entry.tree.items) if isinstance(entry.tree, Sequence) else [entry.tree]
    return [tree for tree in trees if isinstance(tree, Mapping)]


class Problem(enum.Enum):
    """Why Jekyll refuses some YAML, in terms of what the author wrote."""

    UNQUOTED_COLON = "unquoted colon"
    """`title: Rust: a tour`"""
    RESERVED_CHARACTER = "reserved character"
    """A value begins with what YAML keeps for itself: `@`, a backtick, `%`, `*`, `&`, `|`, `- `…"""
    TEXT_AFTER_QUOTE = "text after quote"
    """`title: "Rust" in anger`, `title: 'it's'`"""
    TEXT_AFTER_BRACKET = "text after bracket"
    """`title: [Rust] a tour`"""
    UNCLOSED_QUOTE = "unclosed quote"
    UNCLOSED_BRACKET = "unclosed bracket"
    INSIDE_BRACKETS = "inside brackets"
    """A comma too many or too few, or a colon too many, between brackets or braces."""
    ESCAPE = "escape"
    """A backslash in double quotes before a character that makes no escape: `"\\d"`."""
    MISSING_COLON = "missing colon"
    """A line that is no `key: value`; `key:value` without a space is one too."""
    INDENTATION = "indentation"
    TAB = "tab"
    """A tab where YAML wants spaces."""
    CONTROL_CHARACTER = "control character"
    UNKNOWN_ALIAS = "unknown alias"
    """`*name` without any `&name`: Psych refuses it, safe_yaml reads nothing in its place."""
    NOT_A_MAPPING = "not a mapping"
    """Text or a list where Jekyll wants keys and values."""
    TOO_COMPLEX = "too complex"
    """More, or more deeply nested, than postlint reads, or an alias inside of what it stands for."""
    OTHER = "other"


class YamlError(NamedTuple):
    """Why and where YAML cannot be read."""

    span: Span
    """The characters at fault; empty only at the end of the text."""
    problem: Problem
    detail: str = ""
    """The parser's own words, in English, where it has any."""
    value_span: Span | None = None
    """The value that the author probably meant as text, to the end of its line; None where that
    cannot be told."""


class YamlDocument(NamedTuple):
    """The first document of a text: Jekyll reads no second one.

    Exactly one of `tree` and `error` is None.
    """

    tree: Tree | None
    error: YamlError | None = None
