"""Backslash escapes and entities: what a reader sees of text as it is written."""

from __future__ import annotations

import re
from html.entities import html5

from postlint.patterns import lazy

_ENTITY = (
    r"&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hexadecimal>[0-9a-fA-F]{1,6})"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]{0,39}));"
)
_ENTITIES = lazy(_ENTITY)
_ESCAPES_AND_ENTITIES = lazy(r"\\(?P<escaped>[!-/:-@\[-`{-~])|" + _ENTITY)

_REPLACEMENT_CHARACTER = "\ufffd"


def resolve(text: str) -> str:
    """`text` with backslash escapes and entities resolved (CommonMark 0.31.2, 2.4 and 2.5)."""
    if "\\" in text or "&" in text:
        return _ESCAPES_AND_ENTITIES.sub(_escaped_or_entity, text)
    return text


def resolve_entities(text: str) -> str:
    """`text` with its entities resolved and its backslashes left alone, as in an autolink."""
    if "&" in text:
        return _ENTITIES.sub(_entity, text)
    return text


def _escaped_or_entity(match: re.Match[str]) -> str:
    return match["escaped"] or _entity(match)


def _entity(match: re.Match[str]) -> str:
    name = match["name"]
    if name:
        return html5.get(name + ";", match[0])
    code = int(match["decimal"]) if match["decimal"] else int(match["hexadecimal"], 16)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return _REPLACEMENT_CHARACTER
    return chr(code)
