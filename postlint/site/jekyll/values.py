"""Ruby's values, as far as front matter and configuration have them, and what Ruby does with them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TypeAlias

from postlint.post.yaml_tree import Kind, Mapping, Scalar, Sequence, Tree
from postlint.site.jekyll.dates import Zone, yaml_time

Value: TypeAlias = "str | int | float | bool | date | datetime | list[Value] | dict[str, Value] | None"
"""A `datetime` has a zone, always. A key that is no text to Ruby is left out of a `dict`."""

Data: TypeAlias = "dict[str, Value]"


def of_tree(tree: Tree, zone: Zone) -> Value:
    """The value of a tree, dates and times included; a time is shown in the site's `zone`."""
    if isinstance(tree, Mapping):
        return of_mapping(tree, zone)
    if isinstance(tree, Sequence):
        return [of_tree(item, zone) for item in tree.items]
    return _of_scalar(tree, zone)


def of_mapping(mapping: Mapping, zone: Zone) -> Data:
    """The values of a mapping, duplicates and `<<` resolved."""
    values: Data = {}
    for entry in mapping.entries:
        if entry.key == "<<" and not isinstance(entry.tree, Scalar):
            merged = reversed(entry.tree.items) if isinstance(entry.tree, Sequence) else (entry.tree,)
            for tree in merged:
                if isinstance(tree, Mapping):
                    values.update(of_mapping(tree, zone))
        elif entry.text_key:
            values[entry.key] = of_tree(entry.tree, zone)
    return values


def _of_scalar(scalar: Scalar, zone: Zone) -> Value:
    if scalar.kind is Kind.DATE:
        year, month, day = map(int, scalar.text.split("-"))
        return date(year, month, day) if year else scalar.text
    if scalar.kind is Kind.TIME:
        return yaml_time(scalar.text, zone) or scalar.text
    return scalar.value


def to_s(value: Value) -> str:
    """Ruby's `to_s`, which is what a page shows of a value."""
    match value:
        case None:
            return ""
        case str():
            return value
        case list() | dict():
            return inspect(value)
        case datetime():
            shown = value.strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")
            return f"{shown} UTC" if value.tzinfo is UTC else f"{shown} {value.strftime('%z')[:5]}"
        case date():
            return value.isoformat()
        case bool():
            return "true" if value else "false"
        case float():
            return _float(value)
    return str(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    shown = repr(value)
    if "e" in shown:
        mantissa, exponent = shown.split("e")
        if "." not in mantissa:
            mantissa += ".0"
        return f"{mantissa}e{exponent[0] if exponent[0] in '+-' else '+'}{exponent.lstrip('+-').zfill(2)}"
    return shown


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


def inspect(value: Value) -> str:
    """Ruby's `inspect`: how a list or a mapping shows what is in it."""
    match value:
        case None:
            return "nil"
        case str():
            escaped = (
                value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
            )
            return f'"{escaped}"'
        case list():
            return "[" + ", ".join(map(inspect, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{inspect(key)}=>{inspect(item)}" for key, item in value.items()) + "}"
    return to_s(value)


def is_true(value: Value) -> bool:
    """What Ruby takes for true: all but `nil` and `false`."""
    return value is not None and value is not False


def union(*lists: Iterable[Value]) -> list[Value]:
    """All items once, in their order; `1`, `1.0`, `true` and `"1"` are four."""
    found: dict[str, Value] = {}
    for items in lists:
        for item in items:
            found.setdefault(f"{type(item).__name__} {inspect(item)}", item)
    return list(found.values())


def flat(items: Iterable[Value]) -> list[Value]:
    """The items of lists within lists, at any depth."""
    result: list[Value] = []
    for item in items:
        result += flat(item) if isinstance(item, list) else [item]
    return result


def merged(under: Data, over: Data) -> Data:
    """`over` on top of `under`, at any depth; what is empty in it changes nothing.

    `deep_merge_hashes` in Jekyll's lib/jekyll/utils.rb: an empty value counts where there was none.
    """
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            result[key] = merged(below, value)
        elif key not in result or value is not None:
            result[key] = value
    return result
