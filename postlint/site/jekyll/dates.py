"""Dates as Ruby reads them: Jekyll gives any text to `Time.parse`, which takes what it can find.

What is missing in a text is filled in as Ruby's lib/time.rb does; `date_grammar` reads the text.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TypeAlias

Zone: TypeAlias = "tzinfo | None"
"""Where the site's clock stands; None for the zone of this machine."""

LONGEST = 128
"""Characters of a text that Ruby still takes for a date."""

_COMMON = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?: (\d\d?):(\d\d)(?::(\d\d))?(?: ([-+]\d\d:?\d\d|UTC))?)?", re.ASCII
)
"""What Ruby writes itself, and what most people write."""

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


class Found:
    """What has been read of a text so far."""

    __slots__ = ("completes", "day", "day_of_year", "hour", "minute", "month", "second", "year", "zone")

    def __init__(self) -> None:
        self.year: int | None = None
        self.month: int | None = None
        self.day: int | None = None
        self.hour: int | None = None
        self.minute: int | None = None
        self.second: int | None = None
        self.day_of_year: int | None = None
        self.zone: str | None = None
        self.completes = True
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
def _read(text: str) -> Found:
    common = _COMMON.fullmatch(text)
    if common is None:
        from postlint.site.jekyll.date_grammar import read  # most dates are of the common form

        return read(text)
    found = Found()
    found.year, found.month, found.day = map(int, common.group(1, 2, 3))
    if common[4]:
        found.hour, found.minute = int(common[4]), int(common[5])
        found.second = int(common[6]) if common[6] else None
        found.zone = common[7]
    return found


def _made(text: str, found: Found, now: datetime, zone: Zone) -> datetime:
    read = (found.year, found.month, found.day, found.hour, found.minute, found.second)
    if all(part is None for part in (*read, found.day_of_year)):
        raise InvalidDateError(text)
    offset = _offset(found.zone, found.year or now.year, zone) if found.zone else None
    if offset is not None and abs(offset) >= timedelta(days=1):
        raise InvalidDateError(text)
    parts: list[int | None] = list(read)
    if found.year is None:
        here = now.astimezone(timezone(offset) if offset is not None else zone)
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
