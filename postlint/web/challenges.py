"""Pages that want a proof of being human: the server answers, but not to a program. Facts are data."""

from __future__ import annotations

import re
from functools import cache

from postlint import data
from postlint.named import NamedTuple
from postlint.web.headers import Headers
from postlint.web.pages import Page


class _Sign(NamedTuple):
    """A header that tells a challenge."""

    challenge: str
    value: re.Pattern[str]
    lowest_status: int
    """Some services send it with every answer; then it tells only with a status from this on."""


class _Shown(NamedTuple):
    """A page that is a challenge."""

    challenge: str
    title: re.Pattern[str] | None
    marks: tuple[str, ...]
    """Strings of the page's source: any of these tells it, together with the title if one is given."""


def challenge(status: int, headers: Headers, page: Page | None) -> str | None:
    """The name of the challenge that an answer is; None if it is none."""
    signs = _signs()
    for name in headers:
        for sign in signs.get(name, ()):
            if status >= sign.lowest_status and any(map(sign.value.search, headers.all(name))):
                return sign.challenge
    return None if page is None else next((row.challenge for row in _shown() if _is(row, page)), None)


def _is(row: _Shown, page: Page) -> bool:
    if row.title is not None and not row.title.search(page.title):
        return False
    return any(mark in page.source for mark in row.marks)


@cache
def _signs() -> dict[str, list[_Sign]]:
    """The signs by the name of their header."""
    signs: dict[str, list[_Sign]] = {}
    for row in data.load("challenge_pages")["challenge"]:
        for key, lowest_status in (("headers", 0), ("error_headers", 300)):
            for name, value in row.get(key, {}).items():
                sign = _Sign(row["name"], re.compile(value, re.IGNORECASE), lowest_status)
                signs.setdefault(name, []).append(sign)
    return signs


@cache
def _shown() -> tuple[_Shown, ...]:
    return tuple(
        _Shown(
            row["name"],
            re.compile(row["title"], re.IGNORECASE) if "title" in row else None,
            tuple(row["marks"]),
        )
        for row in data.load("challenge_pages")["challenge"]
        if "marks" in row
    )
