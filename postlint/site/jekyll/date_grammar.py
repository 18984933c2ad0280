"""What Ruby finds of a date in any text: the grammar of `Date._parse` (ext/date/date_parse.c).

Not read are week dates, years of Japanese emperors, and numbers of days in a year with a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from postlint.site.jekyll.dates import Found

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(_MONTHS)
_DAYS = "sun|mon|tue|wed|thu|fri|sat"
_ERA = r"(?P<era>c(?:e|\.e\.)|b(?:ce|\.c\.e\.)|a(?:d|\.d\.)|b(?:c|\.c\.))"

_FLAGS = re.IGNORECASE | re.ASCII
_NO_PART_OF_A_DATE = re.compile(r"[^-+',./:@\w\[\]]+|_+")
_DAY_NAME = re.compile(rf"\b(?:{_DAYS})[^-/\d\s]*", _FLAGS)
_TIME = re.compile(
    r"""(?P<time>
          \d+\s*(?: :\s*\d+(?:\s*:\s*\d+(?:[,.]\d*)?)? | h(?:\s*\d+m?(?:\s*\d+s?)?)? )
            (?:\s*[ap](?:m\b|\.m\.))?
        | \d+\s*[ap](?:m\b|\.m\.)
        )
        (?:\s*(?P<zone>
          (?:gmt|utc?)?[-+]\d+(?:[,.:]\d+(?::\d+)?)?
        | [a-zA-Z\u0080-\U0010ffff.\s]+(?:standard|daylight)\stime\b
        | [a-zA-Z\u0080-\U0010ffff]+(?:\sdst)?(?!\w)
        ))?""",
    _FLAGS | re.VERBOSE,
)
_PARTS_OF_TIME = re.compile(
    r"(\d+)\s*h?(?:\s*:?\s*(\d+)m?(?:\s*:?\s*(\d+)(?:[,.]\d*)?s?)?)?(?:\s*([ap])(?:m\b|\.m\.))?", _FLAGS
)
_DAY_FIRST = re.compile(
    rf"'?(\d+)[^-\d\s]*\s*({_MONTH})[^-\d\s']*(?:\s*{_ERA}?\s*('?-?\d+(?:(?:st|nd|rd|th)\b)?))?", _FLAGS
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})[^-\d\s']*\s*('?\d+)[^-\d\s']*(?:\s*,?\s*{_ERA}?\s*('?-?\d+))?", _FLAGS
)
_HYPHENS = re.compile(r"('?[-+]?\d+)-(\d+)-('?-?\d+)", _FLAGS)
_HYPHENS_NAMED = re.compile(rf"('?-?\d+)-({_MONTH})[^-/.]*-('?-?\d+)", _FLAGS)
_NAMED_HYPHENS = re.compile(rf"\b({_MONTH})[^-/.]*-('?\d+)(?:-('?-?\d+))?", _FLAGS)
_SLASHES = re.compile(r"('?-?\d+)/\s*('?\d+)(?:\D\s*('?-?\d+))?", _FLAGS)
_DOTS = re.compile(r"('?-?\d+)\.\s*('?\d+)\.\s*('?-?\d+)", _FLAGS)
_QUOTED_YEAR = re.compile(r"'(\d+)\b", _FLAGS)
_MONTH_ALONE = re.compile(rf"\b({_MONTH})\S*", _FLAGS)
_DAY_ALONE = re.compile(r"(\d+)(?:st|nd|rd|th)\b", _FLAGS)
_DIGITS = re.compile(
    r"([-+]?)(\d{2,14})(?:\s*t?\s*(\d{2,6})?(?:[,.](\d*))?)?\s*(z\b|[-+]\d{1,4}\b|\[[-+]?\d[^\]]*\])?", _FLAGS
)
_LONE_NUMBER = re.compile(r"\s*(\d{1,2})\s*", _FLAGS)


def read(text: str) -> Found:
    """The parts of a date that stand in `text`."""
    found = Found()
    rest = _NO_PART_OF_A_DATE.sub(" ", text)
    rest = _DAY_NAME.sub(" ", rest, count=1)
    if match := _TIME.search(rest):
        _take_time(match, found)
        rest = _without(match, rest)
    for pattern, take in _FORMS:
        if match := pattern.search(rest):
            take(match, found)
            rest = _without(match, rest)
            break
    number = _LONE_NUMBER.fullmatch(rest)
    if number and found.hour is not None and found.day is None and 1 <= int(number[1]) <= 31:
        found.day = int(number[1])
    elif number and found.day is not None and found.hour is None and int(number[1]) <= 24:
        found.hour = int(number[1])
    if found.completes and found.year is not None and 0 <= found.year <= 99:
        found.year += 1900 if found.year >= 69 else 2000
    return found


def _without(match: re.Match[str], text: str) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _take_time(match: re.Match[str], found: Found) -> None:
    parts = _PARTS_OF_TIME.match(match["time"])
    assert parts is not None, "the time is made of these parts"
    found.zone = match["zone"]
    found.hour = int(parts[1])
    found.minute = int(parts[2]) if parts[2] else None
    found.second = int(parts[3]) if parts[3] else None
    if parts[4]:
        found.hour = found.hour % 12 + (12 if parts[4].lower() == "p" else 0)


def _month(name: str) -> str:
    return str(_MONTHS.index(name.lower()) + 1)


def _take_day_first(match: re.Match[str], found: Found) -> None:
    _set(found, match[4], _month(match[2]), match[1], before_christ=_is_before(match["era"]))


def _take_month_first(match: re.Match[str], found: Found) -> None:
    _set(found, match[4], _month(match[1]), match[2], before_christ=_is_before(match["era"]))


def _is_before(era: str | None) -> bool:
    return era is not None and era[0] in "bB"


def _take_in_order(match: re.Match[str], found: Found) -> None:
    _set(found, match[1], match[2], match[3])


def _take_hyphens_named(match: re.Match[str], found: Found) -> None:
    _set(found, match[3], _month(match[2]), match[1])


def _take_named_hyphens(match: re.Match[str], found: Found) -> None:
    _set(found, match[3], _month(match[1]), match[2])


def _take_quoted_year(match: re.Match[str], found: Found) -> None:
    found.year = int(match[1])


def _take_month(match: re.Match[str], found: Found) -> None:
    found.month = int(_month(match[1]))


def _take_day(match: re.Match[str], found: Found) -> None:
    found.day = int(match[1])


def _take_digits(match: re.Match[str], found: Found) -> None:
    """Digits without anything between, by how many they are: `20200102` is 2 January 2020."""
    sign, digits, time = match[1], match[2], match[3]
    count = len(digits)
    if count % 2 == 0 and match[4] is not None and time is None:
        _take_clock(digits, found, from_end=True)
    elif count == 2:
        found.day = int(digits)
    elif count == 3:
        found.day_of_year = int(digits)
    elif count == 4:
        found.month, found.day = int(digits[:2]), int(digits[2:])
    elif count in (5, 6):
        found.year = int(sign + digits[:2])
        if count == 5:
            found.day_of_year = int(digits[2:])
        else:
            found.month, found.day = int(digits[2:4]), int(digits[4:])
    elif count == 7:
        found.year, found.day_of_year = int(sign + digits[:4]), int(digits[4:])
    elif count % 2 == 0:
        found.year, found.month, found.day = int(sign + digits[:4]), int(digits[4:6]), int(digits[6:8])
        found.completes = False
        if count > 8:
            _take_clock(digits[8:], found)
    if time is not None:
        _take_clock(time, found, from_end=match[4] is not None)
    if match[5]:
        found.zone = match[5]


def _take_clock(digits: str, found: Found, *, from_end: bool = False) -> None:
    """Hours, minutes and seconds of two digits each; from the end, it is the seconds that come first."""
    if not from_end:
        pairs = [int(digits[at : at + 2]) for at in range(0, len(digits) - 1, 2)]
        for name, value in zip(("hour", "minute", "second"), pairs, strict=False):
            setattr(found, name, value)
        return
    for name in ("second", "minute", "hour", "day", "month"):
        if digits:
            setattr(found, name, int(digits[-2:]))
            digits = digits[:-2]
    if digits:
        found.year = int(digits)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Found], None]], ...] = (
    (_DAY_FIRST, _take_day_first),
    (_MONTH_FIRST, _take_month_first),
    (_HYPHENS, _take_in_order),
    (_HYPHENS_NAMED, _take_hyphens_named),
    (_NAMED_HYPHENS, _take_named_hyphens),
    (_SLASHES, _take_in_order),
    (_DOTS, _take_in_order),
    (_QUOTED_YEAR, _take_quoted_year),
    (_MONTH_ALONE, _take_month),
    (_DAY_ALONE, _take_day),
    (_DIGITS, _take_digits),
)
"""In the order in which Ruby tries them; the first that is found is taken."""


_Number: TypeAlias = "str | None"
"""As written: with its sign, apostrophe or ending."""


def _set(found: Found, year: _Number, month: _Number, day: _Number, *, before_christ: bool = False) -> None:
    """Three numbers in the order that they should have (`s3e`)."""
    year, month, day = _in_place(year, month, day)
    if year and (number := re.search(r"([-+])?(\d+)", year)):
        if number[1] or len(number[2]) > 2:
            found.completes = False
        found.year = int(number[0])
        if before_christ:
            found.year = 1 - found.year
    if month and (number := re.search(r"\d+", month)):
        found.month = int(number[0])
    if day and (number := re.search(r"\d+", day)):
        found.day = int(number[0])


def _in_place(year: _Number, month: _Number, day: _Number) -> tuple[_Number, _Number, _Number]:
    """The same, with one that looks like a year in the year's place."""
    if year and month and not day:
        year, month, day = day, year, month
    if not year:
        if day and len(day) > 2:
            year, day = day, year
        if day and day.startswith("'"):
            year, day = day, year
    if year:
        trailing = re.match(r"'?[-+]?(\d+)(?=[^-+\d])", year)
        if trailing:
            year, day = day, trailing[1]
    if month and (month.startswith("'") or len(month) > 2):
        year, month, day = month, day, year
    if day and (day.startswith("'") or len(day) > 2):
        year, day = day, year
    return year, month, day
