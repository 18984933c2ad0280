"""Bare addresses that Goldmark makes links of (`extension/linkify.go`)."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.patterns import lazy
from postlint.post.commonmark.inlines import Candidate
from postlint.post.liquid import UNKNOWN

_SCHEME = lazy(r"(?:https?:|ftp:|www\.)")
_HOST = rf"[-a-zA-Z0-9{UNKNOWN}@:%._+~#=]{{1,256}}\.[a-z]+"
_PATH = rf"""(?:[/#?][-a-zA-Z0-9{UNKNOWN}@:%_+.~#!?&/=();,'">^{{}}\[\]`$]*)?"""
"""A shortcode is a word of letters to Goldmark."""
_WEB = lazy(rf"(?:https?|ftp)://{_HOST}(?::[0-9]+)?{_PATH}")
_WWW = lazy(rf"www\.{_HOST}{_PATH.replace('$', '')}")
_EMAIL = lazy(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
_IN_EMAIL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-")
_MAY_END_MARKUP = "*_~'-.`"
"""What in the name of an address may be the end of emphasis, of code or of a quotation."""
_TRAILING_ENTITY = lazy(r"&[a-zA-Z0-9]+;\Z")
_LONGEST_EMAIL_NAME = 256
"""Characters before an `@` that are looked at; RFC 5321 allows 64."""

BEFORE = " *_~("
"""Behind any of these an address may begin, and at the beginning of a line."""


def candidates(text: str) -> Iterator[Candidate]:
    """Where a bare address may begin, in order, each once."""
    webs = (Candidate(*match.span()) for match in _SCHEME.finditer(text))
    if "@" not in text:
        yield from webs
        return
    yield from sorted({*webs, *_emails(text)})


def _emails(text: str) -> Iterator[Candidate]:
    behind = 0
    at = text.find("@")
    while at >= 0:
        start = at
        while start > max(behind, at - _LONGEST_EMAIL_NAME) and text[start - 1] in _IN_EMAIL:
            start -= 1
        for place in range(start, at):
            if (place == start or text[place - 1] in _MAY_END_MARKUP) and text[place].isalnum():
                yield Candidate(place, place)
        behind = at + 1
        at = text.find("@", behind)


def web_end(text: str, start: int, *, is_old: bool) -> int | None:
    """The end of the web address that begins at `start`; None if there is none."""
    match = (_WWW if text.startswith("www.", start) else _WEB).match(text, start)
    if match is None:
        return None
    if not is_old:
        return _without_rest(text, start, _without_marks(text, start, match.end()))
    end = match.end()
    if text[end - 1] == ".":
        return _without_marks(text, start, end - 1)
    return _without_marks(text, start, _without_rest(text, start, end))


def email_end(text: str, start: int, *, is_old: bool) -> int | None:
    """The same for an e-mail address."""
    match = _EMAIL.match(text, start)
    if match is None:
        return None
    end = match.end()
    if "." not in text[text.index("@", start) : end - 1]:
        return None
    if text[end : end + 1] in ("-", "_"):
        return None
    end = _without_marks(text, start, end)
    return end if is_old else _without_rest(text, start, end)


def _without_rest(text: str, start: int, end: int) -> int:
    """The end of an address without the parentheses and the entity that it does not open or need."""
    if text[end - 1] == ")":
        return end - max(0, text.count(")", start, end) - text.count("(", start, end))
    if text[end - 1] == ";" and (entity := _TRAILING_ENTITY.search(text, start, end)):
        return entity.start()
    return end


def _without_marks(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1] in "?!.,:*_~":
        end -= 1
    return end
