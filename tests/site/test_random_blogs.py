"""Blogs by chance, held against the real Jekyll."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from postlint.site.jekyll.documents import Document
from postlint.site.jekyll.reasons import Reason
from postlint.site.jekyll.site import JekyllBlog
from tests.conftest import Ruby
from tests.site.cases import NOW
from tests.site.random_blogs import write

ENDS_THE_BUILD = {Reason.INVALID_DATE, Reason.UNKNOWN_PLACEHOLDER, Reason.SLUG}


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A zone for the machine, which is that of a blog that names none."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield "America/New_York"
    time.tzset()


@pytest.mark.jekyll
@pytest.mark.parametrize("first", [0, 40, 80])
def test_blogs_by_chance_become_what_jekyll_makes_of_them(
    tmp_path: Path, ruby: Ruby, zone: str, first: int
) -> None:
    folders = [tmp_path / str(seed) for seed in range(first, first + 40)]
    for folder in folders:
        write(folder, int(folder.name))
    asked = {"folders": list(map(str, folders)), "zone": zone, "now": str(NOW), "pages": True}
    for folder, truth in zip(folders, ruby("jekyll_blogs.rb", asked), strict=True):
        blog = JekyllBlog(folder, NOW)
        if "error" in truth:
            assert ENDS_THE_BUILD.intersection((*blog.ignored.values(), *blog.drafts.values())), truth[
                "error"
            ]
            continue
        assert {post.entry.path for post in blog.posts} == {post["path"] for post in truth["posts"]}, (
            folder.name
        )
        posts = {post.entry.path: post for post in blog.posts}
        for post in truth["posts"]:
            assert _facts(blog, posts[post["path"]], post) == post
        assert blog.served == set(truth["files"].values())


def _facts(blog: JekyllBlog, post: Document, truth: dict[str, Any]) -> dict[str, Any]:
    """What we have of a post, in the form of the truth."""
    facts = blog.facts(post)
    page = truth["page"]
    if "error" not in page:  # which ends the build
        page = {
            **page,
            "headings": [[heading.level, heading.id] for heading in facts.body.headings],
            "links": [link.href for link in facts.body.links],
            "images": [image.src for image in facts.body.images],
        }
    return {
        "path": facts.path,
        "url": facts.url,
        "date": facts.date,
        "title": facts.title,
        "tags": list(facts.tags) if truth["tags"] is not None else None,
        "categories": list(facts.categories),
        "page": page,
    }
