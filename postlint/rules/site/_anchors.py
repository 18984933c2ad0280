"""Which anchor of a page a fragment was meant to be."""

import unicodedata
from collections.abc import Iterable

_LIKENESS = 0.7
_OF_SCRIPTS = ("!", "/", ":~:", "?")
"""Beginnings of fragments that scripts or browsers read, and that no anchor needs to have."""
_OF_BROWSERS = ("", "top")
"""The top of the page (HTML Standard, 7.4.6.4)."""


def is_for_scripts(fragment: str) -> bool:
    """Whether a fragment needs no anchor, or one that a script makes.

    Nobody counts headings to write `#18`: such a link was copied from a contents list that a script had
    made, and the script numbers the headings again for the next reader.
    """
    made = fragment.startswith(_OF_SCRIPTS) or "=" in fragment or fragment.isdecimal()
    return made or fragment.lower() in _OF_BROWSERS


def meant(fragment: str, anchors: Iterable[str]) -> str | None:
    """The only one of `anchors` that differs from `fragment` in case, spaces and punctuation alone."""
    bare = _bare(fragment)
    same = [anchor for anchor in anchors if bare and _bare(anchor) == bare]
    return same[0] if len(same) == 1 else None


def nearest(fragment: str, anchors: Iterable[str]) -> str | None:
    """The one of `anchors` that is most like `fragment`, if any is like it at all."""
    import difflib  # only a missing anchor pays for it

    by_bare = {_bare(anchor): anchor for anchor in sorted(anchors, reverse=True)}
    near = difflib.get_close_matches(_bare(fragment), by_bare, n=1, cutoff=_LIKENESS)
    return by_bare[near[0]] if near else None


def _bare(text: str) -> str:
    """Letters and digits alone, in one case."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(character for character in composed if unicodedata.category(character)[0] in "LNM")
