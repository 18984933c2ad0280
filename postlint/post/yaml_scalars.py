"""What Ruby takes a plain scalar for.

libyaml leaves that to its caller. The rules here are those of `safe_yaml` 1.0
(lib/safe_yaml/transform/), which every released Jekyll from 1.0 to 4.4 reads with. Debian's
Jekyll reads with Psych (lib/psych/scalar_scanner.rb); where it differs stands in the tests.
"""

from __future__ import annotations

import re

from postlint.patterns import lazy
from postlint.post.yaml_tree import Kind

_WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **{form: True for word in ("yes", "on", "true") for form in (word, word.capitalize(), word.upper())},
    **{form: False for word in ("no", "off", "false") for form in (word, word.capitalize(), word.upper())},
    **{spelt: float("inf") for spelt in (".inf", ".Inf", ".INF")},
    **{spelt: float("-inf") for spelt in ("-.inf", "-.Inf", "-.INF")},
    **{spelt: float("nan") for spelt in (".nan", ".NaN", ".NAN")},
}
_DECIMAL = lazy(r"[-+]?(?:0|[1-9][0-9_,]*)")
_OCTAL = lazy(r"0[0-7]+")
_HEXADECIMAL = lazy(r"[-+]?0[xX][0-9a-fA-F]+")
_BINARY = lazy(r"0b[01]+")
_FLOAT = lazy(r"[-+]?(?:[0-9][0-9_]*)?\._*[0-9][0-9_]*(?:[eE][-+][0-9]+)?")
_SEXAGESIMAL = lazy(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_DATE = lazy(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = lazy(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|\s+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]*)?"
    r"\s*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?)?",
    re.ASCII,
)

# Python refuses to read more decimal digits than 4,300 (sys.get_int_max_str_digits), and what is
# that long in a front matter is no number anybody counts with.
_LONGEST_NUMBER = 1000


def resolve(text: str) -> tuple[Kind, str | int | float | bool | None]:
    """The kind and value of a plain scalar. A date or time that does not exist is text."""
    if text in _WORDS:
        word = _WORDS[text]
        if word is None:
            return Kind.NULL, None
        return (Kind.BOOLEAN, word) if isinstance(word, bool) else (Kind.FLOAT, word)
    if text[0] not in "+-.0123456789" or len(text) > _LONGEST_NUMBER:
        return Kind.TEXT, text
    number = _number(text)
    if number is not None:
        return (Kind.INTEGER if isinstance(number, int) else Kind.FLOAT), number
    date = _DATE.fullmatch(text)
    if date and _exists(*map(int, date.groups())):
        return Kind.DATE, text
    time = _TIME.fullmatch(text)
    if time and _exists(*map(int, time.groups())):
        return Kind.TIME, text
    return Kind.TEXT, text


def _number(text: str) -> int | float | None:
    digits = text.replace("_", "").replace(",", "")
    if _DECIMAL.fullmatch(digits):
        return int(digits)
    if _OCTAL.fullmatch(digits):
        return int(digits, 8)
    if _BINARY.fullmatch(digits):
        return int(digits, 2)
    if _HEXADECIMAL.fullmatch(digits):
        return int(digits, 16)
    if _FLOAT.fullmatch(text):
        return float(text.replace("_", ""))
    if _SEXAGESIMAL.fullmatch(text):
        total = 0.0
        for part in text.replace("_", "").lstrip("+-").split(":"):
            total = total * 60 + float(part)
        return -total if text.startswith("-") else total
    return None


def _exists(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> bool:
    """Whether Ruby's calendar has that moment; it allows for 24 o'clock and a leap second."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= days[month - 1] and hour <= 24 and minute <= 59 and second <= 60
