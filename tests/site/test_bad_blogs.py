"""Blogs that nobody meant to write: no crash, and nothing that takes longer than a moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postlint.site.jekyll.reasons import Reason
from postlint.site.jekyll.site import JekyllBlog

Made = Callable[[dict[str, str]], JekyllBlog]
POST = "_posts/2020-01-02-a.md"


@pytest.mark.parametrize(
    "config",
    [
        "",
        "[",
        "- a",
        "defaults: &a [*a]",
        "defaults: {a: 1}\ncollections: [1, [2]]\npermalink: {}\nkramdown: []\nmarkdown: 1\nplugins: 2\n",
        "include: [1, '', '..', '[']\nexclude: ['**', '[z-a]', '\\\\']\nmarkdown_ext: 1\nsource: nowhere\n",
        "timezone: [a]\ntimezone: 9\nurl: [a]\nbaseurl: 1\nlimit_posts: -1\ndestination: .\n",
    ],
)
def test_any_configuration_leaves_a_blog(config: str, blog: Made) -> None:
    made = blog({"_config.yml": config, POST: "---\n---\n[a](/a)\n"})
    for post in made.posts:
        assert made.facts(post).body.links[0].href == "/a"


@pytest.mark.parametrize(
    "front_matter",
    [
        "title: &x [*x]",
        "title: " + "[" * 3000,
        "tags: [",
        "categories: [[[a]], {b: c}, ~]\ntags: [~, {a: 1}]",
        "permalink: {a: 1}\nredirect_from: {a: 1}",
        "permalink: [1]\ntitle: {a: {b: 1}}\ntag: {a: b}\ncategory: {a: b}",
        "draft: [1]\npublished: {}\next: 1\nlayout: [x]",
        "title: 'a'\nrender_with_liquid: maybe",
    ],
)
def test_any_front_matter_leaves_a_post(front_matter: str, blog: Made) -> None:
    body = "{{ page.title }}{% for x in page.title %}{{ x[1].b | plus: 1 }}{% endfor %}"
    body += "{{ page.tags | join: page }}\n"
    made = blog(
        {"_config.yml": "plugins: [jekyll-redirect-from]\n", POST: f"---\n{front_matter}\n---\n{body}"}
    )
    (post,) = made.posts
    assert made.facts(post).path == POST


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ("date: soon", Reason.INVALID_DATE),
        ("date: [2020]\npublished: true", Reason.INVALID_DATE),
        ("date:", Reason.INVALID_DATE),
        ("permalink: /:yaer/", Reason.UNKNOWN_PLACEHOLDER),
        ("slug: [a]", Reason.SLUG),
    ],
)
def test_what_ends_jekylls_build_is_told(front_matter: str, reason: Reason, blog: Made) -> None:
    made = blog({"_config.yml": "", POST: f"---\n{front_matter}\n---\n"})
    assert made.ignored == {POST: reason}


@pytest.mark.parametrize(
    "body", ["{% if a %}" * 3000, "{{" * 3000, "{% for a in b %}" * 99, "{% include " * 999]
)
def test_any_liquid_leaves_a_page(body: str, blog: Made) -> None:
    made = blog({"_config.yml": "", POST: f"---\n---\n# A\n\n{body}\n"})
    assert made.facts(made.posts[0]).body.headings[0].id == "a"
