"""Bare addresses that GitHub links without any mark (GFM 0.29, section 6.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.patterns import lazy

CANDIDATE = lazy(r"(?:https?|ftp)://|www\.", re.IGNORECASE)

_DOMAIN = lazy(r"[\w.-]+")
_ADDRESS_REST = lazy(r"[^\s<]*")
_TRAILING_ENTITY = lazy(r"&[A-Za-z0-9]+;\Z")
_LONGEST_ENTITY = 40
_EMAIL_DOMAIN = lazy(r"@[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)++")
_EMAIL_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_")


def address_end(text: str, start: int, behind_scheme: int) -> int | None:
    """The end of the address whose scheme (or `www.`) is `[start, behind_scheme)`; None if it is none."""
    www = text[behind_scheme - 1] == "."
    before = text[start - 1] if start else " "
    if www and not (before.isspace() or before in "*_~([]"):
        return None
    if not www and before.isascii() and before.isalpha():
        return None
    domain = _DOMAIN.match(text, start if www else behind_scheme)
    if domain is None or not domain[0].strip(".-_"):
        return None
    labels = domain[0].rstrip(".").split(".")
    if any("_" in label for label in labels[-2:]) or (www and len(labels) < 2):
        return None
    rest = _ADDRESS_REST.match(text, domain.end())
    return _trimmed(text, start, rest.end() if rest else domain.end())


def _trimmed(text: str, start: int, end: int) -> int:
    """Where an address ends once what more likely belongs to the sentence is left out."""
    opening = closing = -1
    while end > start:
        last = text[end - 1]
        if last in "?!.,:*_~'\"]":
            end -= 1
        elif last == ")":
            if opening < 0:
                opening = text.count("(", start, end)
                closing = text.count(")", start, end)
            if closing <= opening:
                break
            closing -= 1
            end -= 1
        elif last == ";":
            entity = _TRAILING_ENTITY.search(text[max(start, end - _LONGEST_ENTITY) : end])
            end -= len(entity[0]) if entity else 1
        else:
            break
    return end


def emails(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each bare e-mail address in `[start, end)` of `text`.

    It ends in a letter, other than the specification says: `package@1.2.0` is none (cmark-gfm, `autolink.c`).
    """
    behind = start
    at = text.find("@", start, end)
    while at >= 0:
        name = at
        while name > behind and text[name - 1] in _EMAIL_NAME:
            name -= 1
        behind = at + 1
        domain = _EMAIL_DOMAIN.match(text, at, end)
        if domain and name < at and text[name - 1 : name] != "/" and domain[0][-1].isalpha():
            yield name, domain.end()
            behind = domain.end()
        at = text.find("@", behind, end)
