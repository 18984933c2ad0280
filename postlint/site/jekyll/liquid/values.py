"""The values that templates work with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, TypeAlias

from postlint.post.liquid import UNKNOWN
from postlint.site.jekyll.values import to_s


class Unknown:
    """Stands for a value that only a build would tell."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN_VALUE"


UNKNOWN_VALUE: Final = Unknown()


class Drop:
    """An object of Jekyll's, such as `page`: asked for one key at a time."""

    __slots__ = ("get",)

    def __init__(self, get: Callable[[str], LiquidValue]) -> None:
        self.get = get


class Empty:
    """The word `empty` or `blank` in a condition."""

    __slots__ = ("counts",)

    def __init__(self, *, counts: bool) -> None:
        self.counts = counts
        """Whether anything equals it: without Rails, nothing is `blank`."""


LiquidValue: TypeAlias = (
    "str | int | float | bool | date | list[LiquidValue] | dict[str, LiquidValue]"
    " | Drop | Empty | Unknown | None"
)
"""A value of a template."""


def shown(value: LiquidValue) -> str:
    """What stands on the page for a value (`Variable#render_to_output_buffer`)."""
    if isinstance(value, Unknown | Drop):
        return UNKNOWN
    if isinstance(value, list):
        return "".join(map(shown, value))
    if isinstance(value, Empty):
        return ""
    if isinstance(value, dict) and contains_unknown(value):
        return UNKNOWN
    return to_s(value)


def contains_unknown(value: LiquidValue) -> bool:
    """Whether a value is not known, or something within it."""
    match value:
        case Unknown():
            return True
        case list():
            return any(map(contains_unknown, value))
        case dict():
            return any(map(contains_unknown, value.values()))
        case str():
            return UNKNOWN in value
    return False
