"""HTML tags as kramdown reads them (its `parser/html.rb`): elements, attributes, comments."""

from __future__ import annotations

import re
from collections.abc import Mapping

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.kramdown.characters import NAME, SPACE, is_name, is_word
from postlint.post.mapped import Mapped


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCK_CONTENT = _names(
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption "
    "footer form header hgroup iframe li main map menu nav noscript object section summary td"
)
_SPAN_CONTENT = _names(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label "
    "legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt"
)
_RAW_CONTENT = _names("script style math option textarea pre code kbd samp var")

SPAN_ELEMENTS = _names(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark "
    "option q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var"
)
BLOCK_ELEMENTS = _names(
    "address article aside applet body blockquote caption col colgroup dd div dl dt fieldset "
    "figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li "
    "main map nav ol optgroup p pre section summary table tbody td th thead tfoot tr ul"
)
VOID_ELEMENTS = _names("area base br col command embed hr img input keygen link meta param source track wbr")
KNOWN_ELEMENTS = (
    SPAN_ELEMENTS | BLOCK_ELEMENTS | VOID_ELEMENTS | _BLOCK_CONTENT | _SPAN_CONTENT | _RAW_CONTENT
)
"""Elements whose names and attributes are read without regard to case."""

_VALUE = rf"""[{SPACE}]*+=[{SPACE}]*+(?:\w++|"[^"]*+"|'[^']*+')"""
_TAG = lazy(rf"""<((?>{NAME}))((?:[{SPACE}]++(?>{NAME})(?:{_VALUE})?+)*+)[{SPACE}]*+(/)?>""")
_CLOSING_TAG = lazy(rf"</((?>{NAME}))[{SPACE}]*>")
_ATTRIBUTE = lazy(rf"""[{SPACE}]*((?>{NAME}))(?:[{SPACE}]*=[{SPACE}]*(?:(\w+)|"([^"]*)"|'([^']*)'))?""")

_LAZY_SPAN_ELEMENTS = SPAN_ELEMENTS | {"script"}
_WORD = lazy(r"/?(\w*)")
LAZY_END = rf"<(?P<tag>/{NAME}[{SPACE}]*>|{NAME})"
"""A tag at the start of a line that may end a paragraph; the group `tag` must pass `ends_paragraph`.

kramdown has the names of the elements that do not in the expression itself, where they would take
Python long to compile, at every start.
"""

_NO_SPANS: Mapping[str, Span] = {}


class Attribute(NamedTuple):
    """An attribute as written; `start` and `end` of its value, without quotes, in the text parsed."""

    name: str
    value: str
    start: int
    end: int


class Tag(NamedTuple):
    """An opening tag, `[start, end)` of the text parsed; `name` is in lower case if HTML knows it."""

    name: str
    attributes: tuple[Attribute, ...]
    closed: bool
    """Whether it ends in `/>`."""
    start: int
    end: int

    @property
    def known(self) -> bool:
        return self.name in KNOWN_ELEMENTS

    def values(self) -> dict[str, str]:
        return {attribute.name: attribute.value for attribute in self.attributes}

    def value_spans(self, source: Mapped) -> Mapping[str, Span]:
        if not self.attributes:
            return _NO_SPANS
        return {a.name: source.span(a.start, a.end) for a in self.attributes}


def content_model(name: str) -> str:
    """What kramdown takes an element's content for where it is parsed: `block`, `span` or `raw`."""
    if name in _BLOCK_CONTENT:
        return "block"
    return "span" if name in _SPAN_CONTENT else "raw"


def requested_model(tag: Tag) -> str | None:
    """The content model that the attribute `markdown` asks for, if it asks for one that there is."""
    value = tag.values().get("markdown")
    if value == "1":
        return content_model(tag.name)
    return {"0": "raw", "span": "span", "block": "block"}.get(value or "")


def opening_tag(text: str, position: int) -> Tag | None:
    """The tag whose `<` is at `position`."""
    match = _TAG.match(text, position)
    if match is None:
        return None
    name, written, slash = match.groups()
    if not is_name(name):
        return None
    lowered = name.lower()
    known = lowered in KNOWN_ELEMENTS
    attributes = []
    if written:
        for part in _ATTRIBUTE.finditer(text, match.start(2), match.end(2)):
            key = part[1]
            group = part.lastindex or 1
            if not is_name(key) or (group == 2 and not part[2].isascii() and not all(map(is_word, part[2]))):
                return None
            start, end = part.span(group) if group > 1 else (part.end(), part.end())
            attributes.append(
                Attribute(key.lower() if known else key, part[group] if group > 1 else "", start, end)
            )
    return Tag(lowered if known else name, tuple(attributes), slash is not None, position, match.end())


def closing_tag(text: str, position: int) -> tuple[str, int] | None:
    """The name of the closing tag whose `<` is at `position`, as written, and where the tag ends."""
    match = _CLOSING_TAG.match(text, position)
    if match is None or not is_name(match[1]):
        return None
    return match[1], match.end()


def ends_paragraph(tag: str) -> bool:
    """Whether the group `tag` of `LAZY_END` is one: a name, and not that of a span element."""
    word = _WORD.match(tag)
    if word is not None and word[1] in _LAZY_SPAN_ELEMENTS:
        return False
    if tag.isascii():
        return True
    if tag.startswith("/"):
        return is_name(tag[1:].rstrip("> \t\n\r\f\v"))
    return is_name(tag[0])


def closing_pattern(name: str, known: bool) -> re.Pattern[str]:
    """Finds `</name>`."""
    pattern = _closing_patterns.get((name, known))
    if pattern is None:
        if len(_closing_patterns) > 500:
            _closing_patterns.clear()
        pattern = re.compile(rf"</{re.escape(name)}[{SPACE}]*>", re.IGNORECASE if known else 0)
        _closing_patterns[name, known] = pattern
    return pattern


_closing_patterns: dict[tuple[str, bool], re.Pattern[str]] = {}
