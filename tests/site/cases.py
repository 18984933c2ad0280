"""Small blogs, each with what Jekyll makes of it: the tests hold postlint, and Jekyll itself, to these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class Case(NamedTuple):
    """`files` are texts by path; `urls` are the published posts with their addresses."""

    name: str
    files: dict[str, str]
    urls: dict[str, str]
    ignored: Mapping[str, str] = MappingProxyType({})
    """Files below some `_posts` that are not published, and the reason's name."""
    dates: Mapping[str, str] = MappingProxyType({})
    titles: Mapping[str, str | None] = MappingProxyType({})
    tags: Mapping[str, list[str]] = MappingProxyType({})
    categories: Mapping[str, list[str]] = MappingProxyType({})


def _post(front_matter: str = "") -> str:
    return f"---\n{front_matter}\n---\nText.\n"


def _permalink(style: str, url: str, front_matter: str = "") -> Case:
    return Case(
        f"permalink {style}",
        {
            "_config.yml": f"permalink: {style}\ntimezone: Asia/Seoul\n",
            "study/_posts/2020-03-04-첫 글.md": _post(front_matter),
        },
        {"study/_posts/2020-03-04-첫 글.md": url},
    )


def _front_matter(
    name: str, front_matter: str, **expected: Mapping[str, str] | Mapping[str, list[str]]
) -> Case:
    return Case(
        name,
        {"_config.yml": "permalink: none\n", "_posts/2020-01-02-a.md": _post(front_matter)},
        {"_posts/2020-01-02-a.md": "/a.html"},
        **expected,  # type: ignore[arg-type]
    )


_A = "_posts/2020-01-02-a.md"

CASES = [
    _permalink("date", "/study/2020/03/04/%EC%B2%AB-%EA%B8%80.html"),
    _permalink("pretty", "/study/2020/03/04/%EC%B2%AB-%EA%B8%80/"),
    _permalink("ordinal", "/study/2020/064/%EC%B2%AB-%EA%B8%80.html"),
    _permalink("weekdate", "/study/2020/W10/Wed/%EC%B2%AB-%EA%B8%80.html"),
    _permalink("none", "/study/%EC%B2%AB-%EA%B8%80.html"),
    _permalink("/:year/:i_month/:i_day/:slug/", "/2020/3/4/%EC%B2%AB-%EA%B8%80/"),
    _permalink("/:path", "/study//2020-03-04-%EC%B2%AB%20%EA%B8%80".replace("//", "/")),
    _permalink("/:name:output_ext", "/2020-03-04-%EC%B2%AB-%EA%B8%80.html"),
    _permalink(":title", "/%EC%B2%AB-%EA%B8%80"),
    _permalink("/:year_/:month_:title/", "/2020_/03_%EC%B2%AB-%EA%B8%80/"),
    _permalink("/:title/", "/own/%EC%B2%AB-%EA%B8%80/x.htm", "permalink: /own/:title/x.htm"),
    _permalink("/:title/", "/My-Slug/", "slug: My Slug"),
    _permalink("/:slug/", "/my-slug/", "slug: My Slug"),
    _permalink("/:categories/:title", "/study/c&d/%EC%B2%AB-%EA%B8%80", "categories: [C&D, study]"),
    _permalink("/:slugified_categories/x", "/study/c-d/x", "category: C&D"),
    _permalink(
        "/:short_year/:hour:minute/:title/", "/20/0930/%EC%B2%AB-%EA%B8%80/", "date: 2020-03-04 00:30 UTC"
    ),
    Case(
        "names",
        {
            "_config.yml": "permalink: /:title/\n",
            "_posts/2020-1-7-short.md": _post(),
            "_posts/20-01-07-century.md": _post(),
            "_posts/2020-01-07-a--b.c.md": _post(),
            "_posts/2020-01-07-dots...md": _post(),
            "_posts/2020-01-07-Capital Letters!.markdown": _post(),
            "_posts/sub/2020-01-07-below.md": _post(),
            "_posts/2020-01-07 spaced.md": _post(),
            "_posts/2020-01-07(1).md": _post(),
            "_posts/2020-01-07.md": _post(),
            "_posts/notes.md": _post(),
            "_posts/_2020-01-07-underscore.md": _post(),
            "_posts/2020-01-07-data.yml": "a: b\n",
            "_hidden/_posts/2020-01-07-x.md": _post(),
        },
        {
            "_posts/2020-1-7-short.md": "/short/",
            "_posts/20-01-07-century.md": "/century/",
            "_posts/2020-01-07-a--b.c.md": "/a-b.c/",
            "_posts/2020-01-07-dots...md": "/dots/",
            "_posts/2020-01-07-Capital Letters!.markdown": "/Capital-Letters!/",
            "_posts/sub/2020-01-07-below.md": "/below/",
        },
        ignored={
            "_posts/2020-01-07 spaced.md": "name",
            "_posts/2020-01-07(1).md": "name",
            "_posts/2020-01-07.md": "name",
            "_posts/notes.md": "name",
            "_posts/_2020-01-07-underscore.md": "hidden",
            "_posts/2020-01-07-data.yml": "data",
            "_hidden/_posts/2020-01-07-x.md": "folder",
        },
        dates={
            "_posts/2020-1-7-short.md": "2020-01-07",
            "_posts/20-01-07-century.md": "2020-01-07",
        },
        titles={
            "_posts/2020-01-07-a--b.c.md": "A  B.c",
            "_posts/2020-01-07-Capital Letters!.markdown": "Capital letters!",
        },
    ),
    Case(
        "what is not published",
        {
            "_config.yml": "permalink: none\nexclude: [old, '*.txt']\n",
            "_posts/2020-01-02-a.md": _post(),
            "_posts/2099-01-02-future.md": _post(),
            "_posts/2020-01-02-later.md": _post("date: 2099-01-02"),
            "_posts/2020-01-02-no.md": _post("published: false"),
            "_posts/2020-01-02-empty.md": _post("published:"),
            "_posts/2020-01-02-word.md": _post("published: 'false'"),
            "_posts/2020-01-02-x.txt": _post(),
            "old/_posts/2020-01-02-x.md": _post(),
            "older/_posts/2020-01-02-x.md": _post(),
        },
        {"_posts/2020-01-02-a.md": "/a.html", "_posts/2020-01-02-word.md": "/word.html"},
        ignored={
            "_posts/2099-01-02-future.md": "future",
            "_posts/2020-01-02-later.md": "future",
            "_posts/2020-01-02-no.md": "unpublished",
            "_posts/2020-01-02-empty.md": "unpublished",
            "_posts/2020-01-02-x.txt": "excluded",
            "old/_posts/2020-01-02-x.md": "excluded",
            "older/_posts/2020-01-02-x.md": "excluded",  # what begins like an excluded name is excluded too
        },
    ),
    Case(
        "front matter that cannot be read is no front matter, and the post is of the day of the build",
        {
            "_config.yml": "permalink: date\ndefaults:\n- {scope: {path: ''}, values: {tags: [x]}}\n",
            "study/_posts/2020-01-02-a.md": _post("title: 'it's'"),
            "_posts/2020-01-02-b.md": _post("- a list"),
        },
        {
            "study/_posts/2020-01-02-a.md": "/study/2026/11/22/2020-01-02-a.html",
            "_posts/2020-01-02-b.md": "/2026/11/22/2020-01-02-b.html",
        },
        dates={"study/_posts/2020-01-02-a.md": "2026-11-22"},
        titles={"study/_posts/2020-01-02-a.md": None},
        tags={"study/_posts/2020-01-02-a.md": ["x"]},
        categories={"study/_posts/2020-01-02-a.md": ["study"]},
    ),
    Case(
        "dates stand in the site's time zone",
        {
            "_config.yml": "timezone: Asia/Seoul\npermalink: /:day/:hour/:title\n",
            "_posts/2020-01-02-own.md": _post("date: 2020-03-04 23:30:00 +0000"),
            "_posts/2020-01-02-none.md": _post("date: 2020-03-04 23:30:00"),  # YAML's times are UTC
            "_posts/2020-01-02-text.md": _post("date: 2020-03-04 23:30"),  # but this is a text
            "_posts/2020-01-02-day.md": _post("date: 2020-03-04"),
            "_posts/2020-01-02-name.md": _post(),
        },
        {
            "_posts/2020-01-02-own.md": "/05/08/own",
            "_posts/2020-01-02-none.md": "/05/08/none",
            "_posts/2020-01-02-text.md": "/04/23/text",
            "_posts/2020-01-02-day.md": "/04/00/day",
            "_posts/2020-01-02-name.md": "/02/00/name",
        },
        dates={"_posts/2020-01-02-own.md": "2020-03-05"},
    ),
    Case(
        "defaults by scope",
        {
            "_config.yml": """\
permalink: /:categories/:title
defaults:
- scope: {path: '', type: posts}
  values: {category: general, tags: one two}
- scope: {path: study}
  values: {permalink: '/s/:title'}
- scope: {path: study/deep}
  values: {permalink: '/d/:title'}
- scope: {path: 'w*/_posts'}
  values: {categories: wild}
""",
            "_posts/2020-01-02-a.md": _post(),
            "study/_posts/2020-01-02-b.md": _post("category: own"),
            "study/deep/_posts/2020-01-02-c.md": _post("permalink: /own/"),
            "study/deep/_posts/2020-01-02-d.md": _post("tags: [z]"),
            "w1/_posts/2020-01-02-e.md": _post(),
        },
        {
            "_posts/2020-01-02-a.md": "/general/a",
            "study/_posts/2020-01-02-b.md": "/s/b",
            "study/deep/_posts/2020-01-02-c.md": "/own/",
            "study/deep/_posts/2020-01-02-d.md": "/d/d",
            "w1/_posts/2020-01-02-e.md": "/w1/wild/general/e",
        },
        tags={
            "_posts/2020-01-02-a.md": ["one", "two"],
            "study/deep/_posts/2020-01-02-d.md": ["z"],
        },
        categories={"study/_posts/2020-01-02-b.md": ["study", "own"]},
    ),
    Case(
        "what the configuration lets in",
        {
            "_config.yml": """\
permalink: none
future: true
unpublished: true
include: [_hidden, _notes.md]
collections_dir: blog
""",
            "blog/_posts/2099-01-02-a.md": _post("published: false"),
            "blog/_hidden/_posts/2020-01-02-b.md": _post(),
            "_posts/2020-01-02-outside.md": _post(),
        },
        {"blog/_posts/2099-01-02-a.md": "/a.html", "blog/_hidden/_posts/2020-01-02-b.md": "/_hidden/b.html"},
        ignored={"_posts/2020-01-02-outside.md": "folder"},
    ),
    Case(
        "only the newest posts",
        {
            "_config.yml": "permalink: none\nlimit_posts: 1\n",
            "_posts/2020-01-02-a.md": _post(),
            "_posts/2020-01-03-b.md": _post(),
        },
        {"_posts/2020-01-03-b.md": "/b.html"},
        ignored={"_posts/2020-01-02-a.md": "limit"},
    ),
    _front_matter(
        "a text below the plural key is split at spaces",
        "tags: 딥 러닝, NLP",
        tags={_A: ["딥", "러닝,", "NLP"]},
    ),
    _front_matter("a text below the singular key is one tag", "tag: SVD, PCA", tags={_A: ["SVD, PCA"]}),
    _front_matter("the singular key prevails", "tag: a\ntags: [b]", tags={_A: ["a"]}),
    _front_matter("an empty singular key does not", "tag:\ntags: [b]", tags={_A: ["b"]}),
    _front_matter("lists in lists are one list", "tags: [[a, b], c]", tags={_A: ["a", "b", "c"]}),
    _front_matter("what is neither text nor list is no tag", "tags: 2020", tags={_A: []}),
    _front_matter(
        "a category in both keys stands once",
        "category: x\ncategories: [y, x]\npermalink: /a.html",
        categories={_A: ["y", "x"]},
    ),
    _front_matter(
        "a number among the categories stands twice",  # as it is, and as text
        "categories: [2020]\npermalink: /a.html",
        categories={_A: ["2020", "2020"]},
    ),
    _front_matter("a title that is a number", "title: 1984", titles={_A: "1984"}),
    _front_matter("an empty title is as good as none", "title:", titles={_A: "A"}),
    _front_matter("a title of no characters stays", "title: ''", titles={_A: ""}),
]
