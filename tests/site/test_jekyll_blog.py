"""Which posts Jekyll publishes, at which address, and what they are filed under."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postlint.site.jekyll.site import JekyllBlog
from tests.conftest import Ruby
from tests.site.cases import CASES, NOW, Case

Made = Callable[[dict[str, str]], JekyllBlog]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_posts_become_what_jekyll_makes_of_them(case: Case, blog: Made) -> None:
    made = blog(case.files)
    posts = {post.entry.path: post for post in made.posts}
    assert {path: post.url for path, post in posts.items()} == case.urls
    assert {path: reason.value for path, reason in made.ignored.items()} == case.ignored
    assert {path: posts[path].date.date().isoformat() for path in case.dates} == case.dates
    assert {path: posts[path].title for path in case.titles} == case.titles
    assert {path: list(posts[path].tags) for path in case.tags} == case.tags
    assert {path: list(posts[path].categories) for path in case.categories} == case.categories


@pytest.mark.jekyll
def test_the_cases_are_what_jekyll_does(write: Callable[[dict[str, str]], Path], ruby: Ruby) -> None:
    folders = [str(write(case.files)) for case in CASES]
    asked = {"folders": folders, "zone": "UTC", "now": str(NOW), "pages": False}
    for case, truth in zip(CASES, ruby("jekyll_blogs.rb", asked), strict=True):
        posts: dict[str, dict[str, Any]] = {_path(case, post["path"]): post for post in truth["posts"]}
        assert {path: post["url"] for path, post in posts.items()} == case.urls, case.name
        assert {path: posts[path]["date"] for path in case.dates} == case.dates, case.name
        assert {path: posts[path]["title"] for path in case.titles} == case.titles, case.name
        assert {path: posts[path]["tags"] for path in case.tags} == case.tags, case.name
        assert {path: posts[path]["categories"] for path in case.categories} == case.categories, case.name


def _path(case: Case, path: str) -> str:
    """Jekyll leaves the folder of collections out of a post's path."""
    return path if path in case.files else f"blog/{path}"
