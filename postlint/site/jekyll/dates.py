"""Dates as Ruby reads them: Jekyll gives any text to `Time.parse`, which takes what it can find.

The grammar is that of Ruby's `Date._parse` (ext/date/date_parse.c) and `Time.parse` (lib/time.rb).
Not read are week dates, years of Japanese emperors, and numbers of days in a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TypeAlias

Zone: TypeAlias = "tzinfo | None"
"""Where the site's clock stands; None for the zone of this machine."""

LONGEST = 128
"""Characters of a text that Ruby still takes for a date."""

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

_OFFSET = re.compile(r"([-+])(\d\d)(:?)(\d\d)(?:\3(\d\d))?", re.ASCII)
_HOURS = re.compile(r"[-+]\d\d", re.ASCII)
_ZONES = {
    **dict.fromkeys(("UTC", "Z", "UT", "GMT"), 0),
    **{f"{letter}ST": hours for hours, letter in zip((-5, -6, -7, -8), "ECMP", strict=True)},
    **{f"{letter}DT": hours for hours, letter in zip((-4, -5, -6, -7), "ECMP", strict=True)},
    **{letter: hours for hours, letter in enumerate("ABCDEFGHIKLM", 1)},
    **{letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", 1)},
}
"""Hours east of Greenwich, as RFC 822 has them (`ZoneOffset` in Ruby's lib/time.rb)."""

_YAML_TIME = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})[Tt\s]\s*([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]*)?"
    r"\s*(Z|([-+][0-9]{1,2}):?([0-9]{2})?)?"
)


def zone_named(name: str) -> Zone:
    """The zone that a configuration or TZ calls `name`.

    As for the C library, what is in no table and is no `KST-9` either is Greenwich's.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name.lstrip(":"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _posix_zone(name)


def _posix_zone(name: str) -> tzinfo:
    """`KST-9`: POSIX counts west of Greenwich (Base Definitions, 8.3)."""
    written = re.fullmatch(r"(?:[A-Za-z]{3,}|<[\w+-]+>)([-+]?)(\d{1,2})(?::(\d\d))?", name, re.ASCII)
    if written is None or int(written[2]) >= 24:
        return UTC
    west = timedelta(hours=int(written[2]), minutes=int(written[3] or 0))
    return timezone(west if written[1] == "-" else -west)


def localize(when: datetime, zone: Zone) -> datetime:
    """The moment at which clocks in `zone` show `when`, which has no zone of its own."""
    return when.replace(tzinfo=zone) if zone is not None else when.astimezone()


def moment(
    year: int, month: int, day: int, hour: int, minute: int, second: int, zone: Zone
) -> datetime | None:
    """What Ruby's `Time.local` has: 31 days in every month, 24 o'clock, a leap second; else None."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    if not (0 <= hour <= 24 and 0 <= minute <= 59 and 0 <= second <= 60):
        return None
    if hour == 24 and (minute or second):
        return None
    try:
        first = datetime(year, month, 1) + timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
        return localize(first, zone)
    except (OverflowError, OSError, ValueError):
        return None  # beyond what a clock can show


def yaml_time(text: str, zone: Zone) -> datetime | None:
    """A time of YAML's own form (Psych's lib/psych/scalar_scanner.rb); None for no such time.

    Without a zone it is Greenwich's, and shown in the site's `zone`.
    """
    found = _YAML_TIME.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.group(1, 2, 3, 4, 5, 6))
    own: tzinfo = UTC
    if found[8]:
        hours, minutes = int(found[8]), int(found[9] or 0)
        try:
            own = timezone(timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes))
        except ValueError:
            return None
    when = moment(year, month, day, hour, minute, second, own)
    if when is None or found[7]:
        return when
    return when.astimezone(zone)


class InvalidDateError(ValueError):
    """Raised for a text in which Ruby finds no date; Jekyll ends the whole build there."""


@dataclass(slots=True)
class _Found:
    """What has been read of a text so far."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    day_of_year: int | None = None
    zone: str | None = None
    completes: bool = True
    """Whether a year of two digits is one of this century or the last."""


def parse(text: str, now: datetime, zone: Zone) -> datetime:
    """`Time.parse(text).localtime`: the moment, as a clock in `zone` shows it.

    What the text leaves open in front (the year, the month …) is that of `now`. Raises
    InvalidDateError.
    """
    if len(text) > LONGEST:
        raise InvalidDateError(text)
    return _made(text, _read(text), now, zone)


@lru_cache(maxsize=4096)
def _read(text: str) -> _Found:
    found = _Found()
    rest = _NO_PART_OF_A_DATE.sub(" ", text)
    rest = _DAY_NAME.sub(" ", rest, count=1)
    rest = _taken(_TIME, rest, lambda match: _take_time(match, found))[1]
    for pattern, take in _FORMS:
        done, rest = _taken(pattern, rest, lambda match, take=take: take(match, found))  # type: ignore[misc]
        if done:
            break
    number = _LONE_NUMBER.fullmatch(rest)
    if number and found.hour is not None and found.day is None and 1 <= int(number[1]) <= 31:
        found.day = int(number[1])
    elif number and found.day is not None and found.hour is None and int(number[1]) <= 24:
        found.hour = int(number[1])
    if found.completes and found.year is not None and 0 <= found.year <= 99:
        found.year += 1900 if found.year >= 69 else 2000
    return found


def _taken(pattern: re.Pattern[str], text: str, take: Callable[[re.Match[str]], None]) -> tuple[bool, str]:
    match = pattern.search(text)
    if match is None:
        return False, text
    take(match)
    return True, f"{text[: match.start()]} {text[match.end() :]}"


def _take_time(match: re.Match[str], found: _Found) -> None:
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


def _take_day_first(match: re.Match[str], found: _Found) -> None:
    _set(found, match[4], _month(match[2]), match[1], before_christ=_is_before(match["era"]))


def _take_month_first(match: re.Match[str], found: _Found) -> None:
    _set(found, match[4], _month(match[1]), match[2], before_christ=_is_before(match["era"]))


def _is_before(era: str | None) -> bool:
    return era is not None and era[0] in "bB"


def _take_in_order(match: re.Match[str], found: _Found) -> None:
    _set(found, match[1], match[2], match[3])


def _take_hyphens_named(match: re.Match[str], found: _Found) -> None:
    _set(found, match[3], _month(match[2]), match[1])


def _take_named_hyphens(match: re.Match[str], found: _Found) -> None:
    _set(found, match[3], _month(match[1]), match[2])


def _take_quoted_year(match: re.Match[str], found: _Found) -> None:
    found.year = int(match[1])


def _take_month(match: re.Match[str], found: _Found) -> None:
    found.month = int(_month(match[1]))


def _take_day(match: re.Match[str], found: _Found) -> None:
    found.day = int(match[1])


def _take_digits(match: re.Match[str], found: _Found) -> None:
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


def _take_clock(digits: str, found: _Found, *, from_end: bool = False) -> None:
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


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Found], None]], ...] = (
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


def _set(
    found: _Found, year: str | None, month: str | None, day: str | None, *, before_christ: bool = False
) -> None:
    """Three numbers in the order that they should have; one that looks like a year takes the year's place."""
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
    if year and (number := re.search(r"([-+])?(\d+)", year)):
        if number[1] or len(number[2]) > 2 or year.startswith("'"):
            found.completes = found.completes and not (number[1] or len(number[2]) > 2)
        found.year = int(number[0])
        if before_christ:
            found.year = 1 - found.year
    if month and (number := re.search(r"\d+", month)):
        found.month = int(number[0])
    if day and (number := re.search(r"\d+", day)):
        found.day = int(number[0])


def _made(text: str, found: _Found, now: datetime, zone: Zone) -> datetime:
    read = (found.year, found.month, found.day, found.hour, found.minute, found.second)
    if all(part is None for part in (*read, found.day_of_year)):
        raise InvalidDateError(text)
    offset = _offset(found.zone, found.year or now.year, zone) if found.zone else None
    if offset is not None and abs(offset) >= timedelta(days=1):
        raise InvalidDateError(text)
    here = now.astimezone(timezone(offset) if offset is not None else zone)
    parts: list[int | None] = list(read)
    present = (here.year, here.month, here.day, here.hour, here.minute, here.second)
    for index, value in enumerate(parts):
        if value is not None or (index == 1 and found.day_of_year is not None):
            break
        parts[index] = present[index]
    year, month, day, hour, minute, second = (
        part if part is not None else least for part, least in zip(parts, (1970, 1, 1, 0, 0, 0), strict=True)
    )
    if found.day_of_year is not None:
        if not 1 <= found.day_of_year <= 366 or not 1 <= year <= 9999:
            raise InvalidDateError(text)
        that_day = datetime(year, 1, 1) + timedelta(days=found.day_of_year - 1)
        if that_day.year != year:
            raise InvalidDateError(text)
        month, day = that_day.month, that_day.day
    when = moment(year, month, day, hour, minute, second, UTC if offset is not None else zone)
    if when is None:
        raise InvalidDateError(text)
    try:
        return (when - offset if offset is not None else when).astimezone(zone)
    except (OverflowError, OSError, ValueError) as error:
        raise InvalidDateError(text) from error


def _offset(name: str, year: int, zone: Zone) -> timedelta | None:
    """How far a zone's clock is ahead; None for one that Ruby does not know and so passes over."""
    name = name.upper()
    if written := _OFFSET.fullmatch(name):
        ahead = timedelta(hours=int(written[2]), minutes=int(written[4]), seconds=int(written[5] or 0))
        return -ahead if written[1] == "-" else ahead
    if _HOURS.fullmatch(name):
        return timedelta(hours=int(name))
    if name in _ZONES:
        return timedelta(hours=_ZONES[name])
    for month in (1, 7):
        when = moment(year, month, 1, 0, 0, 0, zone)
        if when is not None and (when.tzname() or "").upper() == name:
            return when.utcoffset()
    return None
