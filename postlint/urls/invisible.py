"""Characters in an address that nobody sees."""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.urls.address import split_url

# Soft hyphen, Hangul fillers, zero-width space, marks and overrides of direction, word joiner and its
# invisible neighbours, byte order mark. The joiners U+200C and U+200D belong to emoji and to scripts.
_CODES = (
    *(0xAD, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F)),
    *(*range(0x2060, 0x2065), *range(0x2066, 0x206A), 0x3164, 0xFEFF, 0xFFA0),
)
_CHARACTERS = "".join(map(chr, _CODES))
# What is nothing at an edge, but may stand within a name: macOS names screenshots with U+202F.
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x200C, 0x200D, 0x202F, 0x205F, 0x3000)
_AT_EDGES = _CHARACTERS + "".join(map(chr, _SPACES))
_WITHIN = lazy(f"[{_CHARACTERS}]+")
_ESCAPED = lazy(r"(?:%C2%A0|%C2%AD|%E2%80%8[B-F]|%E2%81%A0|%E3%85%A4|%EF%BB%BF)+", re.IGNORECASE)


def invisible_edges(destination: str) -> tuple[Span, ...]:
    """What nobody sees before or behind `destination`, spaces beyond ASCII too."""
    visible = _visible(destination)
    before, behind = Span(0, visible.start), Span(visible.end, len(destination))
    return tuple(span for span in (before, behind) if span.start < span.end)


def _visible(destination: str) -> Span:
    """`destination` without such edges; empty at its end where there is nothing else."""
    start = len(destination) - len(destination.lstrip(_AT_EDGES))
    return Span(start, max(start, len(destination.rstrip(_AT_EDGES))))


def invisible_within(url: str) -> tuple[Span, ...]:
    """What nobody sees within `url`, which has visible characters before and behind."""
    return tuple(Span(*match.span()) for match in _WITHIN.finditer(url, *_visible(url)))


def escaped_invisible(url: str) -> tuple[Span, ...]:
    """The last name in the path, if it consists of escapes of such characters.

    At the end of a longer name, they may be a part of it: many a page has the title that was pasted.
    """
    path = split_url(url).path_span
    match = _ESCAPED.fullmatch(url, max(path.start, url.rfind("/", *path) + 1), path.end)
    return (Span(*match.span()),) if match else ()
