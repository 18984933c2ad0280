"""Values of configuration and front matter, in whichever of Hugo's languages they are written.

Keys are in lower case, as Hugo compares them (`common/maps/params.go`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any, TypeAlias

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.yaml_tree import Mapping, Scalar, Sequence, Tree

Value: TypeAlias = "str | int | float | bool | date | datetime | time | list[Value] | dict[str, Value] | None"
Data: TypeAlias = dict[str, Value]

_DEEPEST = 100

# gopkg.in/yaml.v2 (resolve.go), by which Hugo read YAML up to 0.151.
_TRUE = frozenset(
    form for word in ("y", "yes", "on", "true") for form in (word, word.capitalize(), word.upper())
)
_FALSE = frozenset(
    form for word in ("n", "no", "off", "false") for form in (word, word.capitalize(), word.upper())
)
# What github.com/goccy/go-yaml, by which it reads it since, takes for flags and for no number.
_FLAGS = {
    form: word == "true" for word in ("true", "false") for form in (word, word.capitalize(), word.upper())
}
_NO_NUMBER = lazy(r"[-+]?(?:[0-9]+[eE].*|0[0-9]*[89][0-9]*)")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER = lazy(r"[-+]?(?:0|[1-9][0-9_]*)")
_OCTAL = lazy(r"([-+]?)0o?([0-7]+)")
_OTHER_BASE = lazy(r"[-+]?0[xXbB][0-9a-fA-F_]+")
_FLOAT = lazy(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_INFINITE = lazy(r"([-+]?)\.(?:inf|Inf|INF)")
_LONGEST_NUMBER = 100


class Broken(NamedTuple):
    """Why a text cannot be read; `line` counts from 1."""

    line: int
    reason: str


def read(text: str, language: str, *, has_new_yaml: bool = True) -> Data | Broken:
    """The keys and values in `text`, which is `toml`, `yaml` or `json`. Raises nothing."""
    if language == "toml":
        from postlint.post import toml_reader

        values = toml_reader.read(text)
        return Broken(*values) if isinstance(values, toml_reader.TomlError) else lowered(values)
    if language == "json":
        return _json(text)
    from postlint.post.source import Source
    from postlint.post.yaml_reader import read as read_yaml

    document = read_yaml(text)
    if document.error is not None:
        line = Source(text).line_at(document.error.span.start)
        return Broken(line, document.error.detail or document.error.problem.value)
    if isinstance(document.tree, Mapping):
        return of_mapping(document.tree, newly_plain if has_new_yaml else _plain)
    is_empty = isinstance(document.tree, Scalar) and document.tree.value is None
    return {} if is_empty else Broken(1, "no keys and values")


def _json(text: str) -> Data | Broken:
    try:
        values = json.loads(text) if text.strip() else {}
    except json.JSONDecodeError as error:
        return Broken(error.lineno, error.msg)
    except (RecursionError, ValueError) as error:  # brackets without end; a number too long for Python
        return Broken(1, type(error).__name__)
    return lowered(values) if isinstance(values, dict) else Broken(1, "no keys and values")


def lowered(values: dict[str, Any], depth: int = 0) -> Data:
    """`values` with keys in lower case, also those of mappings in them."""
    return {key.lower(): _lowered(value, depth) for key, value in values.items()}


def _lowered(value: Any, depth: int) -> Value:
    if depth >= _DEEPEST:
        return None
    if isinstance(value, dict):
        return lowered(value, depth + 1)
    if isinstance(value, list):
        return [_lowered(item, depth + 1) for item in value]
    return value if isinstance(value, str | int | float | bool | date | time) else None


def of_mapping(mapping: Mapping, plain: Callable[[str], Value]) -> Data:
    """The values of a YAML mapping, duplicates and `<<` resolved."""
    values: Data = {}
    for entry in mapping.entries:
        if entry.key == "<<" and not isinstance(entry.tree, Scalar):
            for tree in reversed(entry.tree.items) if isinstance(entry.tree, Sequence) else (entry.tree,):
                if isinstance(tree, Mapping):
                    values.update(of_mapping(tree, plain))
        else:
            values[entry.key.lower()] = of_tree(entry.tree, plain)
    return values


def of_tree(tree: Tree, plain: Callable[[str], Value]) -> Value:
    """The value of a node; `plain` says what a scalar without quotes is."""
    if isinstance(tree, Mapping):
        return of_mapping(tree, plain)
    if isinstance(tree, Sequence):
        return [of_tree(item, plain) for item in tree.items]
    return tree.text if tree.style or tree.tag == "tag:yaml.org,2002:str" else plain(tree.text)


def newly_plain(text: str) -> Value:
    """What a scalar without quotes is to Hugo 0.152 and later."""
    if text in _FLAGS:
        return _FLAGS[text]
    if text in _TRUE or text in _FALSE or _NO_NUMBER.fullmatch(text):
        return text
    return _plain(text)


def _plain(text: str) -> Value:
    """What a scalar without quotes is. A date stays the text that was written."""
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text in _NULL:
        return None
    if text[0] not in "+-.0123456789" or len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if octal := _OCTAL.fullmatch(text):
        return int(octal[1] + octal[2], 8)
    if _OTHER_BASE.fullmatch(text):
        try:
            return int(text, 0)
        except ValueError:
            return text
    if _FLOAT.fullmatch(text):
        return float(text)
    if infinite := _INFINITE.fullmatch(text):
        return -math.inf if infinite[1] == "-" else math.inf
    return text


# What Hugo makes of them (github.com/spf13/cast)


def to_text(value: Value) -> str:
    """`cast.ToString`: nothing for what is a list or has keys."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _float_text(value)
        case _:
            return ""


def _float_text(value: float) -> str:
    if math.isinf(value) or math.isnan(value):
        return {"inf": "+Inf", "-inf": "-Inf"}.get(str(value), "NaN")
    text = repr(value)
    if "e" in text:
        text = format(value, ".20f" if abs(value) < 1 else "f").rstrip("0").rstrip(".")
    return text.removesuffix(".0")


def to_flag(value: Value) -> bool:
    """`cast.ToBool`: false for what is none."""
    if isinstance(value, str):
        return value in ("1", "t", "T", "true", "TRUE", "True")
    return bool(value) if isinstance(value, bool | int | float) else False


def as_flag(value: Value) -> bool | None:
    """The same, and None for what is none."""
    if isinstance(value, str) and value not in _FLAG_WORDS:
        return None
    return to_flag(value) if isinstance(value, str | bool | int) else None


_FLAG_WORDS = frozenset({"1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False"})


def to_texts(value: Value) -> tuple[str, ...]:
    """`cast.ToStringSlice`: a text is split at white space."""
    if isinstance(value, list):
        return tuple(to_text(item) for item in value)
    if isinstance(value, str):
        return tuple(value.split())
    return (to_text(value),) if value is not None and not isinstance(value, dict) else ()


def to_terms(value: Value) -> tuple[str, ...]:
    """`types.ToStringSlicePreserveString`: a text is one term."""
    if isinstance(value, str):
        return (value,)
    return to_texts(value)


def to_keys(value: Value) -> Data:
    return value if isinstance(value, dict) else {}


def at(data: Data, *path: str) -> Value:
    """What stands at `path` in nested keys; None where nothing does."""
    value: Value = data
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def to_list_of_keys(value: Value) -> Iterator[Data]:
    """The mappings in a list, or the one that stands in its place."""
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, dict):
            yield one
