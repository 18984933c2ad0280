"""Dates as Hugo reads them: the layouts of `cast.ToTimeInDefaultLocationE`, first to last.

To Go a space in a layout stands for any number of them, hours may have one digit, and seconds may have
a fraction (`time/format.go`).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from postlint.patterns import lazy
from postlint.site.hugo.values import Value

NO_DATE = datetime.min.replace(tzinfo=UTC)
"""What a page has that has no date: Go's zero time."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = tuple(month[:3].lower() for month in MONTHS)
_DAY = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_CLOCK = r"(?P<hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?"
_COLON = r"(?P<zone>[-+]\d\d:\d\d)"
_PLAIN = r"(?P<zone>[-+]\d{4})"
_NAME = r"(?:[A-Z]{3,4}(?:[-+]\d+)?|[-+]\d\d)"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_LONG_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})"
_SHORT = rf"(?P<day>\d\d) +{_MONTH} +(?P<short>\d\d) +(?P<hour>\d\d?):(?P<minute>\d\d)"
_ANSI = rf"{_WEEKDAY} +{_MONTH} +(?P<day>\d\d?) +{_CLOCK}"

_LAYOUTS = [
    lazy(layout, re.IGNORECASE | re.ASCII)
    for layout in (
        rf"{_DAY}T{_CLOCK}(?:{_COLON}|(?P<utc>Z))",
        rf"{_DAY}T{_CLOCK}",
        rf"{_WEEKDAY}, +(?P<day>\d\d) +{_MONTH} +(?P<year>\d{{4}}) +{_CLOCK} +(?:{_PLAIN}|{_NAME})",
        rf"{_SHORT} +(?:{_PLAIN}|{_NAME})",
        rf"{_LONG_WEEKDAY}, +(?P<day>\d\d)-{_MONTH}-(?P<short>\d\d) +{_CLOCK} +{_NAME}",
        rf"{_DAY} +{_CLOCK} +{_PLAIN} +{_NAME}",
        rf"{_DAY}T{_CLOCK}{_PLAIN}",
        rf"{_DAY} +{_CLOCK}(?:{_PLAIN}|{_COLON.replace('zone', 'other')}|(?P<utc>Z))?",
        rf"{_ANSI} +(?:{_NAME} +)?(?P<year>\d{{4}})",
        rf"{_WEEKDAY} +{_MONTH} +(?P<day>\d\d) +{_CLOCK} +{_PLAIN} +(?P<year>\d{{4}})",
        _DAY,
        rf"(?P<day>\d\d) +{_MONTH} +(?P<year>\d{{4}})",
        rf"{_DAY} +{_CLOCK} +(?:{_PLAIN}|{_COLON.replace('zone', 'other')})",
    )
]


def moment(value: Value, zone: tzinfo) -> datetime | None:
    """The moment that `value` names, in `zone` where it names none itself; None if Hugo cannot read it."""
    match value:
        case datetime():
            return value if value.tzinfo is not None else value.replace(tzinfo=zone)
        case date():
            return datetime.combine(value, time(), zone)
        case bool():
            return None
        case int():
            try:
                return datetime.fromtimestamp(value, UTC)
            except (OverflowError, OSError, ValueError):
                return None
        case str():
            return _of_text(value, zone)
        case _:
            return None


def _of_text(text: str, zone: tzinfo) -> datetime | None:
    for layout in _LAYOUTS:
        written = layout.fullmatch(text)
        if written is not None:
            found = _of_match(written.groupdict(), zone)
            if found is not None:
                return found
    return None


def _of_match(written: dict[str, str | None], zone: tzinfo) -> datetime | None:
    month, name = written.get("month"), written.get("name")
    year, short = written.get("year"), written.get("short")
    if short:
        year = ("19" if int(short) >= 69 else "20") + short
    try:
        return datetime(
            int(year or 0),
            int(month) if month else _MONTHS.index((name or "").lower()) + 1,
            int(written["day"] or 0),
            int(written.get("hour") or 0),
            int(written.get("minute") or 0),
            int(written.get("second") or 0),
            int((written.get("fraction") or "0")[:6].ljust(6, "0")),
            tzinfo=_zone(written, zone),
        )
    except ValueError:
        return None


def _zone(written: dict[str, str | None], default: tzinfo) -> tzinfo:
    if written.get("utc"):
        return UTC
    offset = written.get("zone") or written.get("other")
    if not offset:
        return default
    digits = offset[1:].replace(":", "")
    east = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-east if offset[0] == "-" else east)


# Go's layouts, as far as a permalink may hold one

_TOKEN = lazy(r"January|Jan|Monday|Mon|MST|2006|006|002|0[1-6]|15|_2006|_2|__2|[1-5]|PM|pm")


def formatted(when: datetime, layout: str) -> str:
    """`when` by a layout of Go's, whose parts are those of the moment 2006-01-02 15:04:05."""
    return _TOKEN.sub(lambda match: _part(when, match[0]), layout)


def _part(when: datetime, token: str) -> str:
    month, weekday = MONTHS[when.month - 1], WEEKDAYS[when.weekday()]
    hour = when.hour % 12 or 12
    parts = {
        "January": month,
        "Jan": month[:3],
        "Monday": weekday,
        "Mon": weekday[:3],
        "2006": f"{when.year:04}",
        "_2006": f"_{when.year:04}",
        "002": f"{when.timetuple().tm_yday:03}",
        "__2": f"{when.timetuple().tm_yday:3}",
        "01": f"{when.month:02}",
        "1": str(when.month),
        "02": f"{when.day:02}",
        "_2": f"{when.day:2}",
        "2": str(when.day),
        "15": f"{when.hour:02}",
        "03": f"{hour:02}",
        "3": str(hour),
        "04": f"{when.minute:02}",
        "4": str(when.minute),
        "05": f"{when.second:02}",
        "5": str(when.second),
        "06": f"{when.year % 100:02}",
        "PM": "PM" if when.hour >= 12 else "AM",
        "pm": "pm" if when.hour >= 12 else "am",
        "MST": when.tzname() or "UTC",
    }
    return parts.get(token, token)
