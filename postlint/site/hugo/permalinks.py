"""The `permalinks` of the configuration (`resources/page/permalinks.go`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.site.hugo.dates import MONTHS, WEEKDAYS, formatted
from postlint.site.hugo.paths import joined, query_unescaped

_ATTRIBUTE = lazy(r":(\w+(?:\[.+?\])?)")
_SECTIONS = lazy(r"sections\[(.*)\]")
_REFERENCE = datetime(2019, 11, 9, 23, 1, 42)


class Parts(NamedTuple):
    """What of a page a permalink may ask for."""

    date: datetime
    section: str
    sections: Sequence[str]
    """The path of the section that it is in."""
    title: str
    slug: str
    filename: str


_Attribute = Callable[[Parts, Callable[[str], str]], str]

_ATTRIBUTES: Mapping[str, _Attribute] = {
    "year": lambda parts, urlize: str(parts.date.year),
    "month": lambda parts, urlize: f"{parts.date.month:02}",
    "monthname": lambda parts, urlize: MONTHS[parts.date.month - 1],
    "day": lambda parts, urlize: f"{parts.date.day:02}",
    "weekday": lambda parts, urlize: str(parts.date.isoweekday() % 7),
    "weekdayname": lambda parts, urlize: WEEKDAYS[parts.date.weekday()],
    "yearday": lambda parts, urlize: str(parts.date.timetuple().tm_yday),
    "section": lambda parts, urlize: parts.section,
    "sections": lambda parts, urlize: joined(*parts.sections),
    "title": lambda parts, urlize: urlize(parts.title),
    "slug": lambda parts, urlize: urlize(parts.slug or parts.title),
    "slugorfilename": lambda parts, urlize: urlize(parts.slug or parts.filename),
    "filename": lambda parts, urlize: urlize(parts.filename),
    # Hugo 0.144 calls them so.
    "contentbasename": lambda parts, urlize: urlize(parts.filename),
    "slugorcontentbasename": lambda parts, urlize: urlize(parts.slug or parts.filename),
}


def unknown_attributes(pattern: str) -> Iterator[str]:
    """What a pattern asks for that Hugo does not have."""
    for match in _ATTRIBUTE.finditer(pattern):
        name = match[1]
        if not (name in _ATTRIBUTES or _SECTIONS.match(name) or formatted(_REFERENCE, name) != name):
            yield name


def in_one_part(title: str) -> str:
    """A title without what would part the path that a permalink makes of it."""
    return title.replace("/", "-").replace("\\", "-")


def expanded(pattern: str, parts: Parts, urlize: Callable[[str], str]) -> str:
    """The path that a pattern makes; `urlize` makes a text fit for it."""
    path = pattern
    for match in _ATTRIBUTE.finditer(pattern):
        path = path.replace(match[0], _value(match[1], parts, urlize), 1)
    return query_unescaped(path)


def _value(name: str, parts: Parts, urlize: Callable[[str], str]) -> str:
    if name in _ATTRIBUTES:
        return _ATTRIBUTES[name](parts, urlize)
    if cut := _SECTIONS.match(name):
        return joined(*_cut(parts.sections, cut[1].lower()))
    return formatted(parts.date, name)


def _cut(sections: Sequence[str], cut: str) -> Sequence[str]:
    """`sections[1:last]`; what is out of bounds is as good as the bound."""
    if not sections:
        return ()
    low, colon, high = cut.partition(":")
    first = _index(low, sections, 0)
    if not colon:
        return sections[first : first + 1]
    return sections[first : _index(high, sections, len(sections))]


def _index(written: str, sections: Sequence[str], default: int) -> int:
    if not written:
        return default
    if written == "last":
        return len(sections) - 1
    return min(int(written), len(sections)) if written.isdecimal() else 0
