"""Pages that want a proof of being human: the server answers, but not to a program. Facts are data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from postlint import data
from postlint.web.headers import Headers
from postlint.web.pages import Page


class Challenge(NamedTuple):
    """One kind of challenge."""

    name: str
    headers: Mapping[str, re.Pattern[str]]
    """Any of these tells it, for any status."""
    error_headers: Mapping[str, re.Pattern[str]]
    """Any of these tells it if the status is no success."""
    title: re.Pattern[str] | None
    marks: tuple[str, ...]
    """Strings of the page's source: any of these tells it, together with the title if one is given."""


def challenge(status: int, headers: Headers, page: Page | None) -> str | None:
    """The name of the challenge that an answer is; None if it is none."""
    for row in _table():
        if _has(headers, row.headers) or (status >= 300 and _has(headers, row.error_headers)):
            return row.name
        if page is not None and _is_shown(row, page):
            return row.name
    return None


def _has(headers: Headers, wanted: Mapping[str, re.Pattern[str]]) -> bool:
    return any(pattern.search(value) for name, pattern in wanted.items() for value in headers.all(name))


def _is_shown(row: Challenge, page: Page) -> bool:
    if row.title is not None and not row.title.search(page.title):
        return False
    return any(mark in page.source for mark in row.marks)


@cache
def _table() -> tuple[Challenge, ...]:
    return tuple(
        Challenge(
            row["name"],
            _patterns(row.get("headers", {})),
            _patterns(row.get("error_headers", {})),
            re.compile(row["title"], re.IGNORECASE) if "title" in row else None,
            tuple(row.get("marks", ())),
        )
        for row in data.load("challenge_pages")["challenge"]
    )


def _patterns(expressions: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(expression, re.IGNORECASE) for name, expression in expressions.items()}
