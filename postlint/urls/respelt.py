"""Escapes that no server reads as they were meant: encoded twice, or in JavaScript's and JSON's way."""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls.address import split_url
from postlint.urls.escapes import Encoding, encoding_of

_DOUBLED = lazy(r"%(?:25)+(?=[0-9A-F]{2})", re.IGNORECASE)
_DOUBLED_ESCAPE = lazy(r"%(?:25)+[0-9A-F]{2}", re.IGNORECASE)
_BEYOND_ASCII = lazy(r"%[89A-F][0-9A-F]|[^\x00-\x7f]", re.IGNORECASE)
_SEGMENT = lazy(r"[^/?#]+")
_BYTE = lazy(r"%([0-9A-F]{2})", re.IGNORECASE)
# An address within an address is encoded once more on purpose, and may stand in a path too.
_NESTED = lazy(r"https?(?::|%(?:25)*3A)", re.IGNORECASE)

# A number that is no part of a date, or a key: it names the page, and what follows is for people.
_KEY = lazy(r"/(?:[0-9]{3,}(?!/[0-9]{2}/)|(?=[a-z-]*[0-9])[a-z0-9-]{10,})(?=/)", re.IGNORECASE)

# `escape()` of ECMA-262, annex B.2.1.1, and JSON's own escape (RFC 8259, section 7).
_UNITS = lazy(r"(?:%u[0-9A-F]{4})+|(?:\\u[0-9A-F]{4})+", re.IGNORECASE)
_AS_IT_IS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&=?/#:;,@+-._~%")


class Respelling(NamedTuple):
    span: Span
    """What is wrongly escaped."""
    text: str
    """What it was to say."""
    escaped: str
    """The same as it belongs into an address."""


def doubled_escapes(url: str) -> tuple[Respelling, ...]:
    """The segments of path and fragment in which characters beyond ASCII are encoded twice, or more often.

    ASCII alone is none: many a server wants `%252F` or `%2520` in a name. Nor is a query, whose values
    may be addresses, nor a name behind a number or a key that finds the page without it.
    """
    if "%25" not in url:
        return ()
    parts = split_url(url)
    if _NESTED.search(url, parts.path_span.start) or _KEY.search(url, *parts.path_span):
        return ()
    found = []
    for part in (parts.path_span, parts.fragment_span):
        for segment in _SEGMENT.finditer(url, *(part or Span(0, 0))):
            respelling = _once(segment[0], segment.start())
            if respelling is not None:
                found.append(respelling)
    return tuple(found)


def _once(segment: str, offset: int) -> Respelling | None:
    """`segment` encoded once, if it is encoded twice throughout."""
    if _BEYOND_ASCII.search(segment):
        return None
    matches = list(_DOUBLED_ESCAPE.finditer(segment))
    if not matches:
        return None
    start, end = matches[0].start(), matches[-1].end()
    escaped = _DOUBLED.sub("%", segment[start:end])
    data = _BYTE.sub(lambda match: chr(int(match[1], 16)), escaped).encode("latin-1")
    if encoding_of(data) is not Encoding.UTF_8:
        return None
    return Respelling(Span(offset + start, offset + end), data.decode(), escaped)


def unicode_escapes(url: str) -> tuple[Respelling, ...]:
    """The runs of `%uXXXX` or `\\uXXXX` that spell characters."""
    if "u" not in url and "U" not in url:
        return ()
    found = []
    for match in _UNITS.finditer(url):
        units = bytes.fromhex(
            "".join(match[0][index + 2 : index + 6] for index in range(0, len(match[0]), 6))
        )
        try:
            text = units.decode("utf-16-be")
        except UnicodeDecodeError:
            continue  # half of a pair is no character
        found.append(Respelling(Span(*match.span()), text, "".join(map(_escaped, text))))
    return tuple(found)


def _escaped(character: str) -> str:
    if character in _AS_IT_IS:
        return character
    return "".join(f"%{byte:02X}" for byte in character.encode())
