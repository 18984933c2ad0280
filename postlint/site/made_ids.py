"""Ids of which a template makes a part while the site is built: `y{{ year }}`."""

from __future__ import annotations

MADE = "\0"
"""Stands in such an id for what only a build would tell."""


def may_become(made: str, anchor: str) -> bool:
    """Whether `made`, an id with at least one `MADE`, may be `anchor` on the page.

    In time with the product of their lengths at most, which a regular expression would not promise.
    """
    first, *between, last = made.split(MADE)
    if len(anchor) < len(first) + len(last) or not (anchor.startswith(first) and anchor.endswith(last)):
        return False
    place, end = len(first), len(anchor) - len(last)
    for part in between:
        place = anchor.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return True
