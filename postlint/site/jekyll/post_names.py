"""Which post `{% post_url NAME %}` means (Jekyll's lib/jekyll/tags/post_url.rb)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from postlint.site.blog import Resolver
from postlint.site.index import SiteIndex
from postlint.site.jekyll.dates import InvalidDateError, parse
from postlint.site.page_facts import Tag

_FILE_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
"""What can only be the name of a file; malformed-liquid-tag speaks of what is none."""
_POST = re.compile(r"(?:.+/)*(\d+-\d+-\d+)-(.*)", re.ASCII)


class Named(Protocol):
    """A published post, as far as its name goes."""

    @property
    def path(self) -> str: ...

    @property
    def slug(self) -> str | None: ...

    @property
    def day(self) -> str:
        """As YYYY-MM-DD."""


_Post = TypeVar("_Post", bound=Named)


def post_named(name: str, posts: Sequence[_Post]) -> _Post | None:
    """The first of `posts`, which are in the site's order, that `name` means."""
    name = name.strip().removeprefix("/")
    match = _POST.fullmatch(name)
    if match is None:
        return None
    date, slug = match.groups()
    folders = name[: match.start(1)]
    base = rf"{date}-{re.escape(slug)}\.[^.]+"
    named = re.compile(rf"_posts/{folders}{base}|{folders}_posts/?{base}")
    found = next((post for post in posts if named.match(post.path)), None)
    return found or _of_day(date, slug, posts)


def _of_day(date: str, slug: str, posts: Sequence[_Post]) -> _Post | None:
    """The way of older Jekylls: by slug and day (`deprecated_equality`)."""
    same = [post for post in posts if post.slug == slug]
    if not same:
        return None
    try:
        day = parse(date, datetime.fromisoformat(f"{same[0].day}T00:00:00+00:00"), None).date().isoformat()
    except (InvalidDateError, ValueError):
        return None
    return next((post for post in same if post.day == day), None)


class JekyllResolver(Resolver):
    """Which posts and files the tags `post_url`, `link` and `include` mean."""

    def resolves(self, tag: Tag, index: SiteIndex) -> bool | None:
        if "{{" in tag.markup or not tag.markup:
            return None
        if tag.name == "include":
            return _is_included(tag.markup.split()[0], index)
        if tag.name == "post_url":
            return post_named(tag.markup, index.posts) is not None
        path = tag.markup.removeprefix("/")
        return path in index.urls or f"/{path}" in index.files


def _is_included(name: str, index: SiteIndex) -> bool | None:
    """Whether a tag `include` finds the file `name`."""
    # Where a site names no theme, GitHub Pages takes jekyll-theme-primer, which has these.
    if index.includes is None or _FILE_NAME.fullmatch(name) is None or name.startswith("head-custom"):
        return None
    return name in index.includes
