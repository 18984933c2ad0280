"""What kramdown's regular expressions call a space, a letter and a name.

kramdown runs on Ruby, whose classes differ from Python's: `\\s`, `\\d` and `\\w` are ASCII only,
`[[:alpha:]]`, `[[:alnum:]]`, `\\p{Word}` and `\\b` follow Unicode's derived properties (Alphabetic,
Mark, Nd, Pc). Sources: Ruby's documentation of Regexp; REXML's `baseparser.rb` for names.
"""

from __future__ import annotations

from postlint.patterns import lazy

SPACE = " \\t\\n\\r\\f\\v"
"""Ruby's `\\s`, to stand inside brackets."""
IN_LINE = " \\t\\r\\f\\v"
"""Ruby's `\\s` without the line end, to stand inside brackets."""
STRIPPED = "\0\t\n\v\f\r "
"""What Ruby's `String#strip` takes off."""
SPACES = frozenset(" \t\n\r\f\v")

# Also takes what no name may hold (`。`, `①`), to keep the sets small: see `is_name`.
_START = r"[^\W\d]"
# What is above U+02FF is said by what is not: Python compiles a set with a range to the last
# character fifty times as slowly, and would at every start.
_REST = r"(?:[-\w.]++|[^\x00-\u02ff]++)"
NAME = rf"(?:{_START}{_REST}*+:)?{_START}{_REST}*"
"""The name of an element or attribute (REXML's UNAME_STR); what it matches must pass `is_name`."""

IDENTIFIER_START = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""The first character of a heading's `{#id}` (REXML's `xmltokens.rb`), to stand inside brackets."""
IDENTIFIER = IDENTIFIER_START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"

# Alphabetic marks with a combining class, and letters in circles: what the categories alone do not tell.
_ALPHABETIC = lazy(
    "[\u0345\u05b0-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0657\u0659-\u065f\u0670"
    "\u06d6-\u06dc\u06e1-\u06e4\u06e7\u06e8\u06ed\u0e38-\u0e3a\u0eb8\u0eb9\u0f71\u0f72\u0f74\u0f7a-\u0f7d\u0f80"
    "\u24b6-\u24e9\u2de0-\u2dff\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
)
# Marks without a combining class that are not alphabetic: joiners, signs and variation selectors.
_NOT_ALPHABETIC = lazy(
    "[\u034f\u0afd-\u0aff\u0e47\u0e4c\u0e4e\u0ecc\u17b4\u17b5\u17c9-\u17d1\u180b-\u180d\ufe00-\ufe0f"
    "\U000e0100-\U000e01ef]"
)


def is_letter(character: str) -> bool:
    """Whether Ruby's `[[:alpha:]]` matches the one character."""
    if character.isalpha():
        return True
    if character.isascii():
        return False
    import unicodedata  # rarely needed, and slow to load

    category = unicodedata.category(character)
    if category == "Nl":
        return True
    if category in ("Mn", "Mc") and not unicodedata.combining(character):
        return _NOT_ALPHABETIC.match(character) is None
    return _ALPHABETIC.match(character) is not None


def is_alphanumeric(character: str) -> bool:
    """Whether Ruby's `[[:alnum:]]` matches the one character."""
    return character.isdecimal() or is_letter(character)


def is_word(character: str) -> bool:
    """Whether Ruby's `\\p{Word}` matches the one character."""
    if character == "_" or is_alphanumeric(character):
        return True
    if character.isascii():
        return False
    import unicodedata

    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Pc")


def is_name(text: str) -> bool:
    """Whether all of a text that `NAME` has matched can be a name."""
    if text.isascii():
        return True
    starts = True
    for character in text:
        if not (
            character in "_" or is_letter(character)
            if starts
            else character in "-._:" or is_alphanumeric(character)
        ):
            return False
        starts = character == ":"
    return True
