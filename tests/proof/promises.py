"""What each rule's fixes may change on the page: the table that every difference is held against."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum

Blind = Callable[[str], str]
"""Makes alike what a fix may change, and leaves all else."""


class Reach(Enum):
    """Where a fix may change anything."""

    FRONT_MATTER = "the front matter alone"
    BLOCKS = "the blocks of the page that it edits"
    FOLLOWING = "from there to the end of the page: fences and tags pair otherwise"


class Strictness(IntEnum):
    """How two pages are compared once the blind spots are taken out; a greater value allows more."""

    SAME = 0
    """Character for character."""
    LETTERS = 1
    """The same letters and digits, in whatever order and markup; addresses and titles count as well."""
    TEXT = 2
    """The same, addresses and titles apart."""
    MORE = 3
    """All letters and digits of the text that were there, and others."""
    LESS = 4
    """None of the letters and digits, addresses counted, that were not there."""


@dataclass(frozen=True)
class Promise:
    """What a fix may change, and what it must."""

    kind: str
    blind: tuple[Blind, ...] = ()
    strictness: Strictness = Strictness.SAME
    reach: Reach = Reach.BLOCKS
    in_formula: bool = False
    """What is new on the page stands in formulas."""
    verbatim: bool = False
    """What the finding names is code on the page, and what is new in code stands in the file: both character
    for character."""
    appears: str = ""
    """What the page has more of than before: a regular expression."""
    data: Blind | None = None
    """What may change in the front matter; None where nothing may."""


# Blind spots

_ADDRESS = re.compile(r'(?<= href=")[^"]*(?=")|(?<= src=")[^"]*(?=")')
_AUTOLINK = re.compile(r'(<a href="([^"]*)">)\2(</a>)')
_BEFORE_BREAK = re.compile(r"[ \t]+(?=<br />)")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u3164\ufeff]"
)
_SPACE = re.compile(r"[\xa0\u2000-\u200a\u202f\u205f\u3000]")
_EMOJI = re.compile(
    r":(?:[a-z][a-z0-9_+-]+|[+-]1):|[#*0-9]\ufe0f?\u20e3"
    r"|[\xa9\xae\u200d\u203c-\u3299\ufe0f\U0001f004-\U0001faff\U000e0020-\U000e007f]+"
)
_BREAK = re.compile(r"&lt;/?\s*br\s*/?&gt;|<br\s*/?>")
_CLOSING = re.compile(r"&lt;/[\w-]+\s*&gt;")
_OPENING = re.compile(r"(?:<|&lt;\s*)([A-Za-z]\w*\s[^<>]*?)/?\s*(?:>|&gt;)")
_DOLLAR = re.compile(r"<span>\$</span>|\\+\$")
_TEX_SIGN = re.compile(r"\\(?:vert|mid|lt|gt|Vert|lbrace|rbrace|backslash)(?![A-Za-z])")
_FIRST_NUMBER = re.compile(r'(<ol[^>]*?) start="[0-9]+"')
_CODE = re.compile(r"<(code|pre)\b[^>]*>.*?</\1>|``+", re.DOTALL)
_GATHERED = re.compile(r"\s*\\(?:begin|end)\{gathered\}\s*")
_NOTE = re.compile(r' (?:id|href)="#?fn(?:ref)?:[^"]*"|&#8617;')
_ESCAPED_IN_STRINGS = {"\x07": r"\a", "\x08": r"\b", "\x0b": r"\v", "\x0c": r"\f"}
"""What a program makes of the beginning of `\\alpha`, `\\beta`, `\\vec` and `\\frac`."""


def addresses(page: str) -> str:
    """What an autolink shows is its address, too."""
    page = _AUTOLINK.sub(lambda match: match[1] + match[2].partition("?")[0] + match[3], page)
    return _ADDRESS.sub("", page)


def unseen(page: str) -> str:
    """Characters that no reader sees, and the spaces that kramdown leaves before a break."""
    return _SPACE.sub(" ", _UNSEEN.sub("", _BEFORE_BREAK.sub("", page)))


def tags(page: str) -> str:
    return _CLOSING.sub("", _BREAK.sub("", page))


def opening_tags(page: str) -> str:
    """Tags with all that stands in them, whether they are tags or text."""
    return _OPENING.sub(r"[\1]", page)


def dollars(page: str) -> str:
    return _DOLLAR.sub("$", page)


def tex_signs(page: str) -> str:
    return _TEX_SIGN.sub("", page)


def emoji(page: str) -> str:
    """Emoji, and the names that stand for them."""
    return _EMOJI.sub("", page)


def numbers(page: str) -> str:
    """The number that a list begins with."""
    return _FIRST_NUMBER.sub(r"\1", page)


def code(page: str) -> str:
    return _CODE.sub("", page)


def gathered(page: str) -> str:
    """What makes rows of a formula's lines, and the spaces around it."""
    return _GATHERED.sub("", page)


def subscripts(page: str) -> str:
    return page.replace("\\_", "_")


def notes(page: str) -> str:
    """The way from a footnote's number to its text, and back."""
    return _NOTE.sub("", page)


def spaces(page: str) -> str:
    return re.sub(r"\s", "", page)


def commands(page: str) -> str:
    for control, command in _ESCAPED_IN_STRINGS.items():
        page = page.replace(control, command)
    return page


def everything(page: str) -> str:
    return ""


def nesting(data: str) -> str:
    """Ruby's lists without brackets and commas."""
    return re.sub(r"[\[\], ]", "", data)


def empty_entries(data: str) -> str:
    return nesting(re.sub(r'""|nil', "", data))


# The table

ADDRESS = Promise("addresses", (addresses, unseen))
UNSEEN = Promise("invisible characters", (unseen,))
NOTHING = Promise("nothing", reach=Reach.FRONT_MATTER)
BY_SAFE_FIXES = (ADDRESS, UNSEEN, NOTHING)

_FORMULA = Promise("formulas", (tex_signs,), Strictness.LETTERS, in_formula=True)
_DISPLAYED = Promise("formulas", (), Strictness.LETTERS, in_formula=True, appears=r"\\\[")
_HEADING = Promise("headings", (), Strictness.LETTERS, appears=r"<h[1-6]")
_LIQUID = Promise("code as written", (code,), verbatim=True, appears=r"\{[{%]")
_FRONT_MATTER = Promise("front matter", (everything,), Strictness.SAME, Reach.FOLLOWING, data=everything)

PROMISES: dict[str, tuple[Promise, ...]] = {
    "FM001": (_FRONT_MATTER,),
    "FM002": (_FRONT_MATTER,),
    "FM003": (Promise("front matter", reach=Reach.FRONT_MATTER, data=everything),),
    "FM012": (Promise("nesting of tags", reach=Reach.FRONT_MATTER, data=nesting),),
    "FM013": (Promise("empty tags", reach=Reach.FRONT_MATTER, data=empty_entries),),
    "FM016": (NOTHING,),
    "FM020": (Promise("front matter", reach=Reach.FRONT_MATTER, data=everything),),
    "HEAD006": (_HEADING,),
    "HEAD007": (_HEADING,),
    "LIQ001": (_LIQUID,),
    "LIQ002": (
        _LIQUID,
        Promise("code as written", (), Strictness.MORE, appears=r"<code>\{% (?:end)?raw %\}"),
    ),
    "LIQ004": (_LIQUID,),
    "MATH002": (_FORMULA,),
    "MATH003": (_FORMULA,),
    "MATH004": (_FORMULA,),
    "MATH005": (_FORMULA,),
    "MATH006": (Promise("formulas", (), Strictness.MORE, in_formula=True),),
    "MATH008": (_DISPLAYED,),
    "MATH009": (_DISPLAYED,),
    "MATH010": (UNSEEN, Promise("formulas", (commands,), in_formula=True)),
    "MATH011": (Promise("dollar signs", (dollars,)),),
    "MATH012": (_FORMULA,),
    "MATH014": (Promise("rows", (gathered,), in_formula=True, appears=r"\\begin\{gathered\}"),),
    "MATH015": (Promise("subscripts", (subscripts,), in_formula=True),),
    "PAGE003": (
        Promise("code as written", strictness=Strictness.MORE, reach=Reach.FOLLOWING, verbatim=True),
    ),
    "PAGE004": (Promise("a table's text", (), Strictness.LETTERS),),
    "PAGE006": (Promise("tags as text", (), Strictness.LETTERS, appears=r"&lt;[^/]"),),
    "PAGE007": (Promise("links", (notes,), Strictness.LESS, Reach.FOLLOWING, appears="<a "),),
    "PAGE009": (UNSEEN,),
    "PAGE010": (
        Promise("invisible characters", (unseen,), Strictness.LETTERS, data=unseen),
        _FRONT_MATTER,
    ),
    "PAGE012": (UNSEEN, Promise("spaces", (unseen, spaces))),
    "PAGE013": (
        Promise("tags", (tags,), Strictness.LETTERS),
        Promise("text into tags", (tags, opening_tags), Strictness.LETTERS),
    ),
    "PAGE014": (Promise("attributes", (), Strictness.LESS),),
    "PAGE015": (Promise("what was Markdown", (), Strictness.LESS),),
    "PAGE016": (
        Promise("numbers of lists", (numbers,)),
        Promise("lists that were text", (), Strictness.MORE, appears=r"<p>[0-9]+\."),
    ),
    "PAGE017": (Promise("highlighting", (), Strictness.MORE, appears="<mark>"),),
    "PAGE018": (Promise("underscores", (), Strictness.LETTERS),),
    "PAGE019": (Promise("tables that were text", (), Strictness.LETTERS, appears="<table"),),
    "PAGE021": (Promise("thematic breaks that were text", (), Strictness.LETTERS, appears="<hr"),),
    "PAGE023": (Promise("emoji", (emoji,)),),
    "URL012": (ADDRESS, Promise("the end of links", (), Strictness.TEXT)),
    "URL017": (Promise("links", (), Strictness.LETTERS, appears="<(?:a|img) "),),
}


def promises(rule: str) -> tuple[Promise, ...]:
    """What fixes of the rule with this code may do: one of these, or change addresses if there is none."""
    return PROMISES.get(rule, (ADDRESS,))
