"""Which of a blog's files are on its site, and where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from postlint.site.jekyll.config import JekyllConfig
from postlint.site.jekyll.files import EntryFilter, extension_of, is_post_name, name_of
from postlint.site.jekyll.reasons import Reason
from postlint.site.jekyll.site import JekyllBlog
from tests.site.cases import NOW

Made = Callable[[dict[str, str]], JekyllBlog]

PAGE = "---\n---\n"


@pytest.mark.parametrize(
    "name", ["2020-01-02-a.md", "20-1-2-a.md", "sub/2020-01-02-a b.md", "2020-01-02-.md", "2020-01-02-a.b/c"]
)
def test_a_post_is_named_after_a_date_and_a_title(name: str) -> None:
    assert is_post_name(name)


@pytest.mark.parametrize(
    "name", ["2020-01-02.md", "2020-01-02 a.md", "2020-01-02-a", "x-2020-01-02-a.md", "20200102-a.md", "a.md"]
)
def test_other_names_are_no_posts(name: str) -> None:
    assert not is_post_name(name)


def test_a_name_has_parts() -> None:
    assert name_of("_posts/2020-1-2-a.b..md") == ("2020-1-2", "a.b", ".md")
    assert name_of("_notes/one.md") == ("", "one", ".md")
    assert name_of("_notes/none") == ("", "none", "")


@pytest.mark.parametrize(
    ("name", "extension"), [("a.md", ".md"), ("a.b.MD", ".MD"), (".htaccess", ""), ("a.", ""), ("d.x/a", "")]
)
def test_an_extension_is_what_ruby_takes_for_one(name: str, extension: str) -> None:
    assert extension_of(name) == extension


@pytest.mark.parametrize(
    ("exclude", "path", "reason"),
    [
        ("old", "old/a.md", Reason.EXCLUDED),
        ("old", "older.md", Reason.EXCLUDED),  # by its beginning
        ("old", "sub/old.md", None),
        ("*.txt", "deep/down/a.txt", Reason.EXCLUDED),  # `*` passes over slashes
        ("a?.md", "ab.md", Reason.EXCLUDED),
        ("[ab].md", "b.md", Reason.EXCLUDED),
        ("[!ab].md", "b.md", None),
        ("x", ".hidden", Reason.HIDDEN),
        ("x", "_special", Reason.HIDDEN),
        ("x", "backup~", Reason.HIDDEN),
        ("x", "deep/#a", Reason.HIDDEN),
        ("x", "_deep/a", Reason.HIDDEN),
        ("x", "deep/_more/a", None),
        ("x", "point.", Reason.HIDDEN),
    ],
)
def test_entries_are_passed_over(tmp_path: Path, exclude: str, path: str, reason: Reason | None) -> None:
    assert EntryFilter(JekyllConfig(tmp_path, exclude=(exclude,))).why_left("", path) is reason


def test_what_is_included_is_never_passed_over(tmp_path: Path) -> None:
    config = JekyllConfig(tmp_path, include=("_pages", ".x"), exclude=("_pages", "deep"))
    names = ("_pages", "_pages2", ".x", "deep/.x", "deep")
    assert [EntryFilter(config).why_left("", name) for name in names] == [
        None,
        None,
        None,
        None,
        Reason.EXCLUDED,
    ]


def test_pages_files_and_documents_stand_where_jekyll_puts_them(blog: Made) -> None:
    made = blog(
        {
            "_config.yml": """\
permalink: pretty
include: [.nojekyll]
collections:
  notes: {output: true, permalink: "/n/:name/"}
  silent:
plugins: [jekyll-redirect-from]
""",
            "index.md": PAGE,
            "about.md": PAGE,
            "docs/index.html": PAGE,
            "docs/소개 글.markdown": PAGE,
            "own.md": "---\npermalink: /mine\n---\n",
            "no.md": "---\npublished: false\n---\n",
            "feed.xml": PAGE,
            "style.scss": PAGE,
            "README.md": "no front matter\n",
            "img/a b.png": "",
            "img/c%20d.png": "",
            ".nojekyll": "",
            ".git/config": "",
            "_data/x.yml": "a: b\n",
            "_site/old.html": "",
            "_notes/하나.md": PAGE,
            "_notes/two/a.png": "",
            "_silent/x.md": PAGE,
            "_posts/2020-01-02-a.md": "---\nredirect_from: [/old/, /older]\n---\n",
        }
    )
    assert made.served == {
        "/index.html",
        "/about/index.html",
        "/docs/index.html",
        "/docs/소개 글/index.html",
        "/mine.html",
        "/feed.xml",
        "/style.css",
        "/README.md",
        "/img/a b.png",
        "/img/c d.png",
        "/.nojekyll",
        "/n/하나/index.html",
        "/n/a.png",
        "/2020/01/02/a/index.html",
        "/old/index.html",
        "/older.html",
    }


def test_a_page_whose_mark_is_no_first_line_is_a_file(blog: Made) -> None:
    assert blog({"_config.yml": "", "a.md": "\ufeff---\n---\n", "b.md": " ---\n"}).served == {
        "/a.md",
        "/b.md",
    }


def test_links_to_posts_and_files_are_resolved(blog: Made) -> None:
    made = blog(
        {
            "_config.yml": "permalink: /:title/\nbaseurl: /b\nurl: https://x.example\n",
            "about.md": PAGE,
            "img/그림.png": "",
            "_posts/2020-01-02-a.md": "---\n---\n[b]({% post_url 2020-01-03-b %}) [c]({% link about.md %})"
            " [d]({{ '/img/그림.png' | absolute_url }}) ![e]({{ site.baseurl }}/img/그림.png)\n",
            "_posts/2020-01-03-b.md": PAGE,
        }
    )
    facts = made.facts(made.posts[0])
    assert [link.href for link in facts.body.links] == [
        "/b/b/",
        "/b/about/",
        "https://x.example/b/img/%EA%B7%B8%EB%A6%BC.png",
    ]
    addresses = [*(link.href for link in facts.body.links), *(image.src for image in facts.body.images)]
    assert [made.map.target(address, facts.url).path for address in addresses] == [
        "_posts/2020-01-03-b.md",
        "about.md",
        "img/그림.png",
        "img/그림.png",
    ]


def test_posts_that_are_no_markdown_are_read_as_html(blog: Made) -> None:
    made = blog(
        {"_config.yml": "", "_posts/2020-01-02-a.html": "---\n---\n# no heading\n<h2 id='x'>X</h2>\n"}
    )
    assert [heading.id for heading in made.facts(made.posts[0]).body.headings] == ["x"]
    assert made.posts[0].url == "/2020/01/02/a.html"


def test_files_that_cannot_be_read_do_no_harm(blog: Made) -> None:
    made = blog({"_config.yml": "", "_posts/2020-01-02-a.md": PAGE})
    root = made.root
    (root / "_posts/2020-01-02-euc.md").write_bytes("글".encode("euc-kr"))
    (root / "_posts/2020-01-02-loop.md").symlink_to("2020-01-02-loop.md")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "again").symlink_to(root, target_is_directory=True)
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "pipe.md")
        os.mkfifo(root / "_posts/2020-01-02-pipe.md")
    again = JekyllBlog(root, NOW)
    assert [post.entry.path for post in again.posts] == ["_posts/2020-01-02-a.md"]
    assert again.ignored == {"_posts/2020-01-02-euc.md": Reason.NOT_UTF8}
