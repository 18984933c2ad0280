"""What a post's file name says."""

import re
from functools import lru_cache

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.post import Kind, Post

_POSTS = "_posts/"
_DATED = lazy(r"(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)$", re.ASCII)
"""`DATE_FILENAME_MATCHER` in Jekyll's lib/jekyll/document.rb, for the last part of a path."""


class Name(NamedTuple):
    date: str
    """As written: `2024-5-1`; empty where the name has none."""
    slug: str
    """What stands between the date and the extension."""


@lru_cache(maxsize=1)  # several rules ask for the same post
def name_of(post: Post) -> Name:
    """The parts of the file's name."""
    file = post.path.rpartition("/")[2]
    match = _DATED.match(file)
    if match is None:
        return Name("", file.rpartition(".")[0] or file)
    return Name(match[1], match[2])


def is_below_posts(post: Post) -> bool:
    """Whether it is a post by its place; a lone file with front matter is one without it."""
    return post.kind is Kind.POST and _POSTS in post.path


def is_hidden(post: Post) -> bool:
    """Whether it stands in a folder below `_posts` that Jekyll passes over (`EntryFilter#special?`)."""
    return post.path.rpartition(_POSTS)[2].startswith(("_", ".", "#", "~"))


@lru_cache(maxsize=1)
def is_published(post: Post) -> bool:
    """Whether nothing in the file itself keeps Jekyll from publishing it, but for its date."""
    if not is_below_posts(post) or is_hidden(post) or not name_of(post).date:
        return False
    published = post.front_matter.get("published") if post.front_matter else None
    return published is None or published.value is not False


def place_of(post: Post) -> Span:
    """Where a finding about the whole file stands: its first line, without what ends it."""
    text = post.source.text
    end = text.find("\n")
    return Span(0, len(text[: end if end >= 0 else len(text)].rstrip()))
