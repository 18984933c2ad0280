"""Filters whose result a template's destinations may hold.

Liquid's lib/liquid/standardfilters.rb; Jekyll's lib/jekyll/filters.rb and filters/url_filters.rb. A
filter that is not here, `markdownify` among them, leaves a value that only a build would tell.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from inspect import Parameter, signature
from typing import TYPE_CHECKING, cast
from urllib.parse import quote_plus, unquote_plus

from postlint.post.liquid import UNKNOWN
from postlint.site.jekyll.liquid.values import UNKNOWN_VALUE, Drop, Empty, LiquidValue, Unknown
from postlint.site.jekyll.slugs import slugify
from postlint.site.jekyll.urls import normalize_part
from postlint.site.jekyll.values import Value, to_s

if TYPE_CHECKING:
    Filter = Callable[..., LiquidValue]

_SPACE = "\0\t\n\v\f\r "
_NEEDS_ESCAPE_ONCE = re.compile(r"[\"><']|&(?!(?:[a-zA-Z]+|#\d+);)")
_HTML = (("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>"), ("<", ">"))
"""What `strip_html` leaves out: blocks first, then single tags."""
_INDEX = re.compile(r"/index\.html?$", re.MULTILINE)
_ESCAPES = {"&": "&amp;", ">": "&gt;", "<": "&lt;", '"': "&quot;", "'": "&#39;"}


def _text(value: LiquidValue) -> str:
    """Ruby's `to_s`: of a list, that is not what a page shows."""
    return UNKNOWN if isinstance(value, Drop | Unknown | Empty) else to_s(cast("Value", value))


def _escape(value: LiquidValue) -> LiquidValue:
    return None if value is None else "".join(_ESCAPES.get(one, one) for one in _text(value))


def _escape_once(value: LiquidValue) -> str:
    return _NEEDS_ESCAPE_ONCE.sub(lambda match: _ESCAPES[match[0]], _text(value))


def _truncate(value: LiquidValue, length: LiquidValue = 50, end: LiquidValue = "...") -> LiquidValue:
    if value is None or not isinstance(length, int):
        return None if value is None else UNKNOWN_VALUE
    text, closing = _text(value), _text(end)
    return text[: max(0, length - len(closing))] + closing if len(text) > length else text


def _truncate_words(value: LiquidValue, count: LiquidValue = 15, end: LiquidValue = "...") -> LiquidValue:
    if value is None or not isinstance(count, int):
        return None if value is None else UNKNOWN_VALUE
    words = _text(value).split()
    count = max(1, count)
    return " ".join(words[:count]) + _text(end) if len(words) > count else _text(value)


def _split(value: LiquidValue, separator: LiquidValue) -> LiquidValue:
    text, between = _text(value), _text(separator)
    parts = (text.split(between) if between else list(text)) if between != " " else text.split()
    while parts and not parts[-1]:
        parts.pop()
    return list[LiquidValue](parts)


def _items(value: LiquidValue) -> list[LiquidValue]:
    if isinstance(value, list):
        return [one for item in value for one in (_items(item) if isinstance(item, list) else [item])]
    return [] if value is None else [value]


def _size(value: LiquidValue) -> LiquidValue:
    return len(value) if isinstance(value, str | list | dict) else 0


def _end(value: LiquidValue, index: int) -> LiquidValue:
    return value[index] if isinstance(value, list) and value else None


def _default(value: LiquidValue, other: LiquidValue = "") -> LiquidValue:
    return other if value is None or value is False or value in ("", [], {}) else value


def _slice(value: LiquidValue, offset: LiquidValue, length: LiquidValue = 1) -> LiquidValue:
    if not isinstance(offset, int) or not isinstance(length, int):
        return UNKNOWN_VALUE
    whole = value if isinstance(value, list) else _text(value)
    start = offset + len(whole) if offset < 0 else offset
    if start < 0 or length < 0:
        return [] if isinstance(whole, list) else ""
    return whole[start : start + length]


def _number(value: LiquidValue) -> int | float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch(r"-?\d{1,300}\.\d{1,300}", text, re.ASCII):
            return float(text)
        digits = re.match(r"-?\d{1,300}", text, re.ASCII)
        return int(digits[0]) if digits else 0
    return 0 if value is None else None


def _arithmetic(compute: Callable[[int | float, int | float], int | float]) -> Filter:
    def apply(value: LiquidValue, operand: LiquidValue) -> LiquidValue:
        left, right = _number(value), _number(operand)
        if left is None or right is None:
            return UNKNOWN_VALUE
        try:
            return compute(left, right)
        except (ZeroDivisionError, OverflowError):
            return UNKNOWN_VALUE  # Liquid writes an error in its place

    return apply


def _divided(left: int | float, right: int | float) -> int | float:
    return left // right if isinstance(left, int) and isinstance(right, int) else left / right


def _rounded(round_: Callable[[float], int]) -> Filter:
    def apply(value: LiquidValue) -> LiquidValue:
        number = _number(value)
        return UNKNOWN_VALUE if number is None else round_(number)

    return apply


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DIRECTIVE = re.compile(r"%(-?[A-Za-z%])")


def _date(value: LiquidValue, form: LiquidValue) -> LiquidValue:
    """The form's directives that stand for numbers and English names; with any other, it is unknown."""
    if not isinstance(value, date) or not isinstance(form, str):
        return UNKNOWN_VALUE
    known = _directives(value)
    if any(one not in known for one in _DIRECTIVE.findall(form)):
        return UNKNOWN_VALUE
    return _DIRECTIVE.sub(lambda match: known[match[1]], form)


def _directives(value: date) -> dict[str, str]:
    when = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    month, day = _MONTHS[when.month - 1], _DAYS[when.weekday()]
    return {
        "%": "%",
        "Y": f"{when.year:04}",
        "y": f"{when.year % 100:02}",
        "m": f"{when.month:02}",
        "-m": str(when.month),
        "d": f"{when.day:02}",
        "-d": str(when.day),
        "e": f"{when.day:2}",
        "H": f"{when.hour:02}",
        "M": f"{when.minute:02}",
        "S": f"{when.second:02}",
        "j": f"{when.timetuple().tm_yday:03}",
        "B": month,
        "b": month[:3],
        "A": day,
        "a": day[:3],
        "F": f"{when.year:04}-{when.month:02}-{when.day:02}",
    }


def _where(value: LiquidValue, key: LiquidValue, wanted: LiquidValue) -> LiquidValue:
    if not isinstance(value, list) or not isinstance(key, str):
        return UNKNOWN_VALUE
    found: list[LiquidValue] = []
    for item in value:
        if not isinstance(item, dict):
            return UNKNOWN_VALUE
        held = item.get(key)
        matches = (
            wanted in held if isinstance(held, list) else held is not None and _text(held) == _text(wanted)
        )
        if matches:
            found.append(item)
    return found


def _map(value: LiquidValue, key: LiquidValue) -> LiquidValue:
    if not isinstance(value, list) or not isinstance(key, str):
        return UNKNOWN_VALUE
    return [item.get(key) if isinstance(item, dict) else UNKNOWN_VALUE for item in value]


def _sort(value: LiquidValue) -> LiquidValue:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(value, key=_text)
    return UNKNOWN_VALUE


def _uniq(value: LiquidValue) -> LiquidValue:
    found: list[LiquidValue] = []
    for item in _items(value):
        if item not in found:
            found.append(item)
    return found


def _slugify(value: LiquidValue, mode: LiquidValue = "default") -> LiquidValue:
    if not isinstance(value, str) or mode == "latin":
        return None if value is None else UNKNOWN_VALUE
    return slugify(value, mode if isinstance(mode, str) else "default")


def _strip_html(value: LiquidValue) -> str:
    text = _text(value)
    for opening, closing in _HTML:
        kept: list[str] = []
        at = 0
        while (start := text.find(opening, at)) >= 0 and (
            end := text.find(closing, start + len(opening))
        ) >= 0:
            kept.append(text[at:start])
            at = end + len(closing)
        text = "".join((*kept, text[at:]))
    return text


def _capitalize(value: LiquidValue) -> str:
    return _text(value).capitalize()


STANDARD: dict[str, Filter] = {
    "append": lambda value, other: _text(value) + _text(other),
    "prepend": lambda value, other: _text(other) + _text(value),
    "remove": lambda value, other: _text(value).replace(_text(other), ""),
    "remove_first": lambda value, other: _text(value).replace(_text(other), "", 1),
    "replace": lambda value, old, new="": _text(value).replace(_text(old), _text(new)),
    "replace_first": lambda value, old, new="": _text(value).replace(_text(old), _text(new), 1),
    "downcase": lambda value: _text(value).lower(),
    "upcase": lambda value: _text(value).upper(),
    "capitalize": _capitalize,
    "strip": lambda value: _text(value).strip(_SPACE),
    "lstrip": lambda value: _text(value).lstrip(_SPACE),
    "rstrip": lambda value: _text(value).rstrip(_SPACE),
    "strip_newlines": lambda value: re.sub(r"\r?\n", "", _text(value)),
    "newline_to_br": lambda value: re.sub(r"\r?\n", "<br />\n", _text(value)),
    "strip_html": _strip_html,
    "strip_index": lambda value: _INDEX.sub("/", _text(value), count=1) if value else None,
    "normalize_whitespace": lambda value: " ".join(_text(value).split()),
    "escape": _escape,
    "h": _escape,
    "xml_escape": lambda value: html.escape(_text(value), quote=False).replace('"', "&quot;"),
    "escape_once": _escape_once,
    "url_encode": lambda value: None if value is None else quote_plus(_text(value), safe="*"),
    "cgi_escape": lambda value: quote_plus(_text(value), safe="*"),
    "url_decode": lambda value: None if value is None else unquote_plus(_text(value)),
    "uri_escape": lambda value: normalize_part(_text(value)),
    "truncate": _truncate,
    "truncatewords": _truncate_words,
    "split": _split,
    "join": lambda value, between=" ": _text(between).join(map(_text, _items(value))),
    "first": lambda value: _end(value, 0),
    "last": lambda value: _end(value, -1),
    "size": _size,
    "default": _default,
    "slice": _slice,
    "concat": lambda value, other: [*_items(value), *_items(other)],
    "compact": lambda value: [one for one in _items(value) if one is not None],
    "reverse": lambda value: _items(value)[::-1],
    "uniq": _uniq,
    "sort": _sort,
    "map": _map,
    "where": _where,
    "push": lambda value, item: [*value, item] if isinstance(value, list) else UNKNOWN_VALUE,
    "slugify": _slugify,
    "date": _date,
    "date_to_string": lambda value: _date(value, "%d %b %Y"),
    "date_to_long_string": lambda value: _date(value, "%d %B %Y"),
    "plus": _arithmetic(lambda left, right: left + right),
    "minus": _arithmetic(lambda left, right: left - right),
    "times": _arithmetic(lambda left, right: left * right),
    "divided_by": _arithmetic(_divided),
    "modulo": _arithmetic(lambda left, right: left % right),
    "floor": _rounded(math.floor),
    "ceil": _rounded(math.ceil),
}


_LONGEST = 10_000_000
"""Characters or items that a filter may make, at the most, of what it gets: a page's are far fewer."""


def apply(name: str, value: LiquidValue, arguments: list[LiquidValue]) -> LiquidValue:
    """What a filter makes of a value."""
    function = STANDARD.get(name)
    if function is None or isinstance(value, Drop | Unknown) or not _takes(name, len(arguments)):
        return UNKNOWN_VALUE
    sizes = [len(one) for one in (value, *arguments) if isinstance(one, str | list)]
    if math.prod(size + 1 for size in sizes) > _LONGEST:
        return UNKNOWN_VALUE
    return function(value, *arguments)


@cache
def _takes(name: str, count: int) -> bool:
    """Whether a filter takes so many arguments; Liquid writes an error on the page where it does not."""
    parameters = list(signature(STANDARD[name]).parameters.values())[1:]
    needed = sum(parameter.default is Parameter.empty for parameter in parameters)
    return needed <= count <= len(parameters)
