"""The ids that Hugo gives to headings (`markup/goldmark/autoid.go`, `markup/blackfriday/anchors.go`)."""

from __future__ import annotations

import re
import unicodedata

from postlint.post.liquid import UNKNOWN
from postlint.post.nodes import CodeSpan, Heading, Image, Link, LinkKind, Node, Text

_WITHOUT_TEXT = "heading"
_PLACEHOLDER = "hahahugoshortcodes{number}hbhb"
"""What Hugo puts in a shortcode's place before Goldmark reads the text (`hugolib/shortcode.go`), in lower
case: in an id, it stays."""


_MARK = re.compile(r"!?\[|[*_~]+|\n")


def heading_text(heading: Heading) -> str:
    """What Hugo makes a heading's id of (`TextPlain` in `markup/goldmark/internal/render/context.go`).

    Of what is emphasised or linked, that is but the first piece of text, which ends where a mark stands
    that means nothing; a bare address gives none.
    """
    return "".join(
        child.value if isinstance(child, Text) else _first_text(child) for child in heading.children
    )


def _first_text(node: Node) -> str:
    if isinstance(node, Text):
        mark = _MARK.search(node.value)
        return node.value[: mark.end()].rstrip("\n") if mark else node.value
    if isinstance(node, CodeSpan):
        return node.value
    if isinstance(node, Image):
        return node.alt
    is_address = isinstance(node, Link) and node.kind in (LinkKind.AUTOLINK, LinkKind.BARE)
    return "" if is_address or not node.children else _first_text(node.children[0])


class HugoIds:
    """Gives each heading of one page its id."""

    def __init__(self, kind: str) -> None:
        """`kind` is `github`, `github-ascii` or `blackfriday`; any other is as good as the first."""
        self._kind = kind
        self._given: set[str] = set()
        self._next: dict[str, int] = {}

    def keep(self, anchor: str) -> None:
        """Take note of an id that the author has set."""
        self._given.add(anchor)

    def next(self, written: str, shortcodes_before: int = 0) -> str:
        """The id of the next heading, whose last line is written so, markup and all.

        `shortcodes_before` is the number of those that stand before it on the page.
        """
        base = anchor = self._base(_with_placeholders(written, shortcodes_before)) or _WITHOUT_TEXT
        while anchor in self._given:
            self._next[base] = self._next.get(base, 0) + 1
            anchor = f"{base}-{self._next[base]}"
        self._given.add(anchor)
        return anchor

    def _base(self, written: str) -> str:
        if self._kind == "blackfriday":
            return _blackfriday(written)
        if self._kind == "github-ascii":
            written = without_accents(written)
            return "".join(_github(one) for one in written.strip() if one.isascii())
        return "".join(_github(one) for one in written.strip())


def without_accents(text: str) -> str:
    """`text` without what Unicode can take off its letters (`common/text/transform.go`)."""
    bare = (one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn")
    return unicodedata.normalize("NFC", "".join(bare))


def _with_placeholders(written: str, number: int) -> str:
    if UNKNOWN not in written:
        return written
    first, *others = written.split(UNKNOWN)
    return first + "".join(
        _PLACEHOLDER.format(number=number + index) + other for index, other in enumerate(others)
    )


def _github(character: str) -> str:
    if character in "- ":
        return "-"
    if character == "_" or unicodedata.category(character)[0] == "L" or character.isdecimal():
        return _lower(character)
    return ""


def _blackfriday(written: str) -> str:
    anchor: list[str] = []
    gap = False
    for one in written:
        if unicodedata.category(one)[0] not in "LN":
            gap = True
            continue
        if gap and anchor:
            anchor.append("-")
        gap = False
        anchor.append(_lower(one))
    return "".join(anchor)


def _lower(character: str) -> str:
    return character.lower()[:1]
