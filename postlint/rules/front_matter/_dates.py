"""The date of a post, as Jekyll reads it. Its grammar is imported where a date is of no common form."""

from datetime import datetime
from typing import TYPE_CHECKING

from postlint.patterns import lazy
from postlint.post.post import Post
from postlint.post.yaml_tree import Scalar, Tree

if TYPE_CHECKING:
    from postlint.site.jekyll.dates import Zone

_COMMON = lazy(
    r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"
    r"(?:[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?(?:Z|UTC|[-+](?:0\d|1[0-4]):?[0-5]\d))?)?"
)
"""What most people write, and any engine can read."""


def is_common(text: str) -> bool:
    """Whether `text` is surely a date, so that Ruby need not be asked."""
    return _COMMON.fullmatch(text) is not None


def common_day(tree: Tree) -> tuple[int, int, int] | None:
    """Year, month and day of a date that is surely one; None where Ruby must be asked."""
    match = _COMMON.fullmatch(tree.text) if isinstance(tree, Scalar) else None
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def moment(date: Tree | str, post: Post) -> datetime:
    """The moment that a date in front matter, or in a file's name, means on this post's site.

    Raises InvalidDateError, a ValueError, where Jekyll's build would stop.
    """
    from postlint.site.jekyll.dates import parse
    from postlint.site.jekyll.values import of_tree, to_s

    zone = _zone(post)
    text = date if isinstance(date, str) else to_s(of_tree(date, zone))
    return parse(text, datetime.now().astimezone(zone), zone)


def _zone(post: Post) -> "Zone":
    from postlint.site.jekyll.dates import zone_named

    name = post.home.setting("timezone")
    return zone_named(name) if isinstance(name, str) else None
