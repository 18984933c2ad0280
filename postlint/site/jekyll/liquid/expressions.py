"""Expressions and conditions, by Liquid's lax grammar; comparisons by the strict one where that knows them.

Its lib/liquid.rb, lib/liquid/expression.rb, variable_lookup.rb, variable.rb and condition.rb.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Protocol, TypeAlias

from postlint.named import NamedTuple
from postlint.site.jekyll.liquid.values import (
    UNKNOWN_VALUE,
    Drop,
    Empty,
    LiquidValue,
    Unknown,
    contains_unknown,
)
from postlint.site.jekyll.values import to_s

_QUOTED = r"\"[^\"]*\"|'[^']*'"
FRAGMENT = rf"(?:{_QUOTED}|(?:[^\s,|'\"]|{_QUOTED})+)"
"""A value as written: quoted, or without spaces (`QuotedFragment`)."""

_OUTPUT = re.compile(rf"({FRAGMENT})(.*)", re.DOTALL)
_FILTERS = re.compile(r"\|\s*(.*)", re.DOTALL)
_FILTER = re.compile(rf"(?:\s+|{FRAGMENT}|,)+", re.DOTALL)
_FILTER_NAME = re.compile(r"\w+", re.ASCII)
_ARGUMENT = re.compile(rf"[:,]\s*((?:\w+\s*:\s*)?{FRAGMENT})", re.ASCII)
_NAMED_ARGUMENT = re.compile(rf"(\w+)\s*:\s*({FRAGMENT})", re.ASCII)
_SEGMENT = re.compile(r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]|[\w-]+\??")
_INTEGER = re.compile(r"-?\d+", re.ASCII)
_FLOAT = re.compile(r"-?\d[\d.]+", re.ASCII)
_RANGE = re.compile(r"\(\s*(\S+?)\s*\.\.\s*(\S+)\s*\)")
_LITERALS: dict[str, LiquidValue] = {"nil": None, "null": None, "": None, "true": True, "false": False}
_METHODS = {"blank": Empty(counts=False), "empty": Empty(counts=True)}

_AND_OR = re.compile(r"\b(and|or)\b")
_COMPARISON = re.compile(rf"({FRAGMENT})\s*([=!<>a-z_]+)?\s*({FRAGMENT})?")
_STRICT_VALUE = rf"(?:{_QUOTED}|-?\d+(?:\.\d+)?|[A-Za-z_][\w-]*+\??(?:\.[A-Za-z_][\w-]*+\??|\[[^\[\]]*\])*)"
_STRICT_COMPARISON = re.compile(
    rf"\s*({_STRICT_VALUE})\s*(==|!=|<>|<=|>=|<|>)\s*({_STRICT_VALUE})\s*", re.ASCII
)
"""By the strict grammar, which Jekyll tries first, an operator needs no spaces around it: `a=="b"`."""

LONGEST_RANGE = 10_000


class Lookup(Protocol):
    """Where variables are found."""

    def variable(self, name: str) -> LiquidValue: ...

    def filtered(self, name: str, value: LiquidValue, arguments: list[LiquidValue]) -> LiquidValue: ...


class _Literal(NamedTuple):
    value: LiquidValue


class _Path(NamedTuple):
    """`a.b["c"]`: a name, and keys, each of which may be looked up itself."""

    name: str
    keys: tuple[_Key, ...]


class _Key(NamedTuple):
    expression: Expression
    bracketed: bool


class _Span(NamedTuple):
    first: Expression
    last: Expression


Expression: TypeAlias = "_Literal | _Path | _Span"


@lru_cache(maxsize=4096)
def parse_expression(markup: str) -> Expression:
    """A literal, a range or a variable with its keys."""
    markup = markup.strip()
    if len(markup) > 1 and markup[0] == markup[-1] and markup[0] in "'\"":
        return _Literal(markup[1:-1])
    if _INTEGER.fullmatch(markup) and len(markup) < 1000:
        return _Literal(int(markup))
    if span := _RANGE.fullmatch(markup):
        return _Span(parse_expression(span[1]), parse_expression(span[2]))
    if _FLOAT.fullmatch(markup) and markup.count(".") == 1 and not markup.endswith("."):
        return _Literal(float(markup))
    if markup in _LITERALS:
        return _Literal(_LITERALS[markup])
    if markup in _METHODS:
        return _Literal(_METHODS[markup])
    segments = _SEGMENT.findall(markup)
    if not segments:
        return _Literal(None)
    name, *rest = segments
    if name.startswith("["):
        return _Literal(UNKNOWN_VALUE)  # a variable whose name is the value of another
    keys = tuple(
        _Key(parse_expression(one[1:-1]), True) if one.startswith("[") else _Key(_Literal(one), False)
        for one in rest
    )
    return _Path(name, keys)


def evaluate(expression: Expression, lookup: Lookup) -> LiquidValue:
    """The value of an expression."""
    match expression:
        case _Literal(value):
            return value
        case _Span(first, last):
            begin, end = evaluate(first, lookup), evaluate(last, lookup)
            if isinstance(begin, Unknown) or isinstance(end, Unknown):
                return UNKNOWN_VALUE
            low, high = _integer(begin), _integer(end)
            return list(range(low, high + 1)) if high - low < LONGEST_RANGE else UNKNOWN_VALUE
    value = lookup.variable(expression.name)
    for key in expression.keys:
        value = _item(value, evaluate(key.expression, lookup), bracketed=key.bracketed)
    return value


def _integer(value: LiquidValue) -> int:
    if isinstance(value, bool | None):
        return 0
    if isinstance(value, int | float):
        return int(value)
    digits = re.match(r"\s*[-+]?\d+", to_s(value)) if isinstance(value, str) else None  # as Ruby's to_i
    return int(digits[0]) if digits and len(digits[0]) < 1000 else 0


def _item(value: LiquidValue, key: LiquidValue, *, bracketed: bool) -> LiquidValue:
    """What stands under `key` in a value or, behind a dot, what `size`, `first` and `last` make of it."""
    if isinstance(value, Unknown) or isinstance(key, Unknown):
        return UNKNOWN_VALUE
    if isinstance(value, Drop):
        return value.get(key) if isinstance(key, str) else None
    if isinstance(value, dict) and isinstance(key, str) and key in value:
        return value[key]
    if isinstance(value, list) and isinstance(key, int) and not isinstance(key, bool):
        return value[key] if -len(value) <= key < len(value) else None
    return None if bracketed else _command(value, key)


def _command(value: LiquidValue, name: LiquidValue) -> LiquidValue:
    match name:
        case "size" if isinstance(value, str):
            return UNKNOWN_VALUE if contains_unknown(value) else len(value)
        case "size" if isinstance(value, dict | list):
            return len(value)
        case "first" if isinstance(value, dict) and value:
            return [*next(iter(value.items()))]
        case "first" | "last" if isinstance(value, list) and value:
            return value[0 if name == "first" else -1]
    return None


class _Filter(NamedTuple):
    name: str
    arguments: tuple[Expression, ...]
    has_names: bool


class Output(NamedTuple):
    """What stands between `{{` and `}}`, or behind the `=` of an `assign`."""

    value: Expression
    filters: tuple[_Filter, ...]


@lru_cache(maxsize=4096)
def parse_output(markup: str) -> Output:
    """A value with its filters; nothing at all is nil."""
    match = _OUTPUT.search(markup)
    if match is None:
        return Output(_Literal(None), ())
    found = _FILTERS.search(match[2])
    filters = tuple(_filters(found[1])) if found else ()
    return Output(parse_expression(match[1]), filters)


def _filters(markup: str) -> list[_Filter]:
    filters = []
    for written in _FILTER.findall(markup):
        name = _FILTER_NAME.search(written)
        if name is None:
            continue
        arguments = _ARGUMENT.findall(written)
        named = [one for one in arguments if _NAMED_ARGUMENT.fullmatch(one)]
        plain = tuple(parse_expression(one) for one in arguments if one not in named)
        filters.append(_Filter(name[0], plain, bool(named)))
    return filters


def evaluate_output(output: Output, lookup: Lookup) -> LiquidValue:
    """The value, after all its filters."""
    value = evaluate(output.value, lookup)
    for one in output.filters:
        arguments = [evaluate(argument, lookup) for argument in one.arguments]
        if one.has_names or isinstance(value, Unknown) or any(map(contains_unknown, (value, *arguments))):
            return UNKNOWN_VALUE
        value = lookup.filtered(one.name, value, arguments)
    return value


def condition(markup: str, lookup: Lookup) -> bool | Unknown:
    """Whether a condition holds. `and` and `or` bind from the right, as in Liquid."""
    parts = _split_at_and_or(markup)
    result = _comparison(parts.pop(), lookup)
    while len(parts) > 1:
        joined = _both if parts.pop() == "and" else _either
        result = joined(_comparison(parts.pop(), lookup), result)
    return result


def _split_at_and_or(markup: str) -> list[str]:
    """Comparisons, with `and` and `or` between; those in quotes are text."""
    parts: list[str] = []
    start = at = 0
    while at < len(markup):
        if markup[at] in "'\"" and (end := markup.find(markup[at], at + 1)) > 0:
            at = end + 1
        elif (word := _AND_OR.match(markup, at)) and _stands_alone(markup, word):
            parts += markup[start:at], word[1]
            start = at = word.end()
        else:
            at += 1
    return [*parts, markup[start:]]


def _stands_alone(markup: str, word: re.Match[str]) -> bool:
    start, end = word.span()
    return (not start or markup[start - 1].isspace()) and (end == len(markup) or markup[end].isspace())


def _both(one: bool | Unknown, other: bool | Unknown) -> bool | Unknown:
    if one is False or other is False:
        return False
    return UNKNOWN_VALUE if isinstance(one, Unknown) or isinstance(other, Unknown) else True


def _either(one: bool | Unknown, other: bool | Unknown) -> bool | Unknown:
    if one is True or other is True:
        return True
    return UNKNOWN_VALUE if isinstance(one, Unknown) or isinstance(other, Unknown) else False


def _comparison(markup: str, lookup: Lookup) -> bool | Unknown:
    match = _STRICT_COMPARISON.fullmatch(markup) or _COMPARISON.search(markup)
    if match is None:
        return False
    left = evaluate(parse_expression(match[1]), lookup)
    if match[2] is None or match[3] is None:
        return left if isinstance(left, Unknown) else left is not None and left is not False
    right = evaluate(parse_expression(match[3]), lookup)
    if contains_unknown(left) or contains_unknown(right):
        return UNKNOWN_VALUE
    if isinstance(left, Drop) or isinstance(right, Drop):
        return UNKNOWN_VALUE
    compare = _OPERATORS.get(match[2])
    return compare(left, right) if compare else UNKNOWN_VALUE


def equal(left: LiquidValue, right: LiquidValue) -> bool:
    """Liquid's `==`."""
    if isinstance(left, Empty) or isinstance(right, Empty):
        word, other = (left, right) if isinstance(left, Empty) else (right, left)
        assert isinstance(word, Empty)
        return word.counts and isinstance(other, str | list | dict) and not other
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def _less(left: LiquidValue, right: LiquidValue) -> bool | Unknown:
    if left is None or right is None or isinstance(left, bool | dict | list):
        return False
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left < right
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left < right
    return UNKNOWN_VALUE  # Liquid says so on the page


def _contains(left: LiquidValue, right: LiquidValue) -> bool:
    if right is None:
        return False
    if isinstance(left, str):
        return not isinstance(right, Drop | Empty | Unknown) and to_s(right) in left
    if isinstance(left, list):
        return any(equal(item, right) for item in left)
    return isinstance(left, dict) and isinstance(right, str) and right in left


def _or_equal(left: LiquidValue, right: LiquidValue) -> bool | Unknown:
    below = _less(left, right)
    return below if isinstance(below, Unknown) else below or (left is not None and equal(left, right))


_OPERATORS: dict[str, Callable[[LiquidValue, LiquidValue], bool | Unknown]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<>": lambda left, right: not equal(left, right),
    "<": _less,
    ">": lambda left, right: _less(right, left),
    "<=": _or_equal,
    ">=": lambda left, right: _or_equal(right, left),
    "contains": _contains,
}
