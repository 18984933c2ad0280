"""What Hugo does since 0.123 that it did not before, and what since then: each was seen in the builds that
`VERSIONS` names, of which Debian has but the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postlint.site.hugo.indexing import index_of
from postlint.site.hugo.reasons import Reason
from postlint.site.hugo.site import HugoBlog

NOW = datetime(2026, 5, 1, tzinfo=UTC)
VERSIONS = ("0.111.3", "0.123.8", "0.152.2", "0.154.5", "0.155.3", "0.165.0", "0.166.0", "0.167.0", "0.168.0")
CONFIG = 'baseURL = "https://blog.example/"\n'
TWO = f"{CONFIG}defaultContentLanguage = 'ko'\n[languages.ko]\nweight = 1\n[languages.en]\nweight = 2\n"
Write = Callable[[Mapping[str, str]], Path]

SLUG_OF_SECTION = {
    "content/s/_index.md": "---\nslug: tt\n---\n",
    "content/s/a.md": "",
    "content/s/x/i.png": "",
}
DRAFT_SECTION = {"content/d/_index.md": "---\ndraft: true\n---\n", "content/d/a.md": ""}
TITLE = {"content/p/a.md": "---\ntitle: a / b\n---\n"}
PERMALINKS = f"{CONFIG}[permalinks]\np = '/:title/'\n"
ALIAS = {"content/a.en.md": "---\naliases: [/old/, rel]\n---\n"}
UGLY = f"{CONFIG}uglyURLs = true\n"
IN_CASE = f"{CONFIG}disablePathToLower = true\n"
ALONE = f"{CONFIG}defaultContentLanguageInSubdir = true\n"
TWO_INDEXES = {"content/a/index.md": "", "content/a/_index.md": "", "content/a/c.md": ""}
CASCADE = {
    "content/s/_index.md": "---\ncascade:\n  target:\n    path: /s/b\n  slug: r\n---\n",
    "content/s/b.md": "",
}
FILE_URL = {"content/p/index.md": "---\nurl: /u/X.html\n---\n", "content/p/i.png": ""}
SECTION_URL = {"content/p/_index.md": "---\nurl: /U/X/\n---\n"}


def served(write: Write, config: str, files: Mapping[str, str], hugo: str) -> set[str]:
    """What the server has beside the pages that every site has."""
    root = write({"hugo.toml": config, "netlify.toml": f'HUGO_VERSION = "{hugo}"\n', **files})
    always = ("/tags", "/categories", "/en/tags", "/en/categories", "/sitemap")
    return {
        one for one in HugoBlog(root, NOW).served if not one.startswith(always) and not one.endswith(".xml")
    }


@pytest.mark.parametrize(
    ("config", "files", "before", "after", "first", "second"),
    [
        (CONFIG, SLUG_OF_SECTION, "0.166.0", "0.167.0", "/s/a/index.html", "/tt/a/index.html"),
        (CONFIG, SLUG_OF_SECTION, "0.166.0", "0.167.0", "/s/x/i.png", "/tt/x/i.png"),
        (CONFIG, SLUG_OF_SECTION, "0.166.0", "0.167.0", "/s/index.html", "/tt/index.html"),
        (CONFIG, DRAFT_SECTION, "0.111.3", "0.123.8", "", "/d/a/index.html"),
        (PERMALINKS, TITLE, "0.165.0", "0.166.0", "/a-/-b/index.html", "/a-b/index.html"),
        (TWO, ALIAS, "0.154.5", "0.155.3", "/old/index.html", "/en/old/index.html"),
        (UGLY, {"content/p/a.md": ""}, "0.123.8", "0.152.2", "/p.html", "/p/index.html"),
        (IN_CASE, {"content/P/A.md": ""}, "0.111.3", "0.123.8", "/p/index.html", "/P/index.html"),
        (ALONE, {"content/a.md": ""}, "0.111.3", "0.123.8", "/a/index.html", "/en/a/index.html"),
        (CONFIG, TWO_INDEXES, "0.152.2", "0.154.5", "/a/c/index.html", ""),
        (CONFIG, CASCADE, "0.111.3", "0.123.8", "/s/b/index.html", "/s/r/index.html"),
        (CONFIG, FILE_URL, "0.111.3", "0.123.8", "/u/i.png", "/u/X/i.png"),
        (CONFIG, SECTION_URL, "0.123.8", "0.152.2", "/u/x/index.html", "/U/X/index.html"),
        (CONFIG, {"content/a.html": "<p>x"}, "0.111.3", "0.123.8", "/a.html", "/a/index.html"),
        (
            CONFIG,
            {"content/a.md": "---\nlastmod: 2999-01-01\n---\n"},
            "0.111.3",
            "0.123.8",
            "/a/index.html",
            "",
        ),
        (CONFIG, {"content/a.md": "---\ndraft: yes\n---\n"}, "0.123.8", "0.152.2", "", "/a/index.html"),
        (CONFIG, {"content/p/a.md": "---\ndraft: true\n---\n"}, "0.111.3", "0.123.8", "", "/p/index.html"),
        (
            f"{CONFIG}disableLanguages = ['fr']\n",
            {"content/a.fr.md": ""},
            "0.111.3",
            "0.123.8",
            "/a.fr/index.html",
            "",
        ),
    ],
)
def test_what_the_server_has_depends_on_the_hugo(
    write: Write, config: str, files: Mapping[str, str], before: str, after: str, first: str, second: str
) -> None:
    assert {before, after} < set(VERSIONS)
    old, new = served(write, config, files, before), served(write, config, files, after)
    assert (first, second) == (first if first in old else "", second if second in new else "")
    assert first not in new
    assert second not in old


def test_a_hash_in_a_name_is_escaped(write: Write) -> None:
    (one,) = HugoBlog(write({"hugo.toml": CONFIG, "content/C#.md": ""}), NOW).posts
    assert (one.url, one.served) == ("/c%23/", "/c#/index.html")


def test_ids_have_the_names_of_emoji(write: Write) -> None:
    """Since 0.123; 0.111.3 has replaced them before it makes the ids."""
    root = write(
        {"hugo.toml": f"{CONFIG}enableEmoji = true\n", "content/a.md": "## :tada: 축하\n## *:cat:* x\n"}
    )
    one = HugoBlog(root, NOW)
    assert [heading.id for heading in one.facts(one.posts[0]).body.headings] == ["tada-축하", "cat-x"]


def test_titles_are_what_todays_yaml_makes_of_them(write: Write) -> None:
    """`yes` and `1e3` are texts to github.com/goccy/go-yaml, by which Hugo reads since 0.152."""
    root = write({"hugo.toml": CONFIG, "content/a.md": "---\ntitle: yes\ntags: [1e3, 1.0e3, 08, 010]\n---\n"})
    (one,) = HugoBlog(root, NOW).posts
    assert (one.title, one.tags) == ("yes", ("1e3", "1000", "08", "8"))


def test_there_may_be_pages_that_a_template_makes(write: Write) -> None:
    root = write({"hugo.toml": CONFIG, "content/books/_content.gotmpl": "", "content/books/_index.md": ""})
    one = HugoBlog(root, NOW)
    assert "/books/" in index_of(one).generated
    assert not any("gotmpl" in path for path in one.served)


def test_where_a_list_stands_may_depend_on_its_title(write: Write) -> None:
    root = write(
        {
            "hugo.toml": f"{CONFIG}[permalinks.term]\ntags = '/t/:slug/'\n",
            "content/a.md": "---\ntags: [b]\n---\n",
        }
    )
    one = HugoBlog(root, NOW)
    assert "/t/" in index_of(one).generated
    assert "/tags/b/index.html" not in one.served


def test_a_file_in_a_language_that_is_switched_off_says_so(write: Write) -> None:
    root = write({"hugo.toml": f"{CONFIG}disableLanguages = ['fr']\n", "content/a.fr.md": ""})
    assert HugoBlog(root, NOW).ignored == {"content/a.fr.md": Reason.LANGUAGE}
