"""What is known of a Hugo site without Hugo: bad input, references, the index, what rules see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli import main_group
from postlint.post.post import Kind
from postlint.site.hugo.config import HugoConfig, read
from postlint.site.hugo.home import HugoSite
from postlint.site.hugo.indexing import index_of
from postlint.site.hugo.pages import LeftOutError
from postlint.site.hugo.reasons import TEXTS, Reason
from postlint.site.hugo.site import HugoBlog
from postlint.site.sites import SiteFinder
from tests.site.conftest import Write

NOW = datetime(2024, 5, 1, tzinfo=UTC)
CONFIG = 'baseURL = "https://blog.example/"\n'


def blog(write: Write, files: Mapping[str, str]) -> HugoBlog:
    return HugoBlog(write(files), NOW)


def problems(write: Write, files: Mapping[str, str]) -> list[tuple[str, int, str]]:
    config: HugoConfig = read(write(files))
    return [(one.path.name, one.line, one.message.render("en")) for one in config.problems]


# Configuration


@pytest.mark.parametrize(
    ("name", "text", "line", "reason"),
    [
        ("hugo.toml", "baseURL = 'x'\ntitle = = 'a'\n", 2, "Hugo cannot read this, and builds nothing"),
        ("config.yaml", "baseURL: x\ntitle: a: b\n", 2, "Hugo cannot read this, and builds nothing"),
        ("config.json", '{\n"baseURL": \n}\n', 3, "Hugo cannot read this, and builds nothing"),
        ("hugo.yaml", "- a\n- b\n", 1, "Hugo cannot read this, and builds nothing"),
        ("hugo.toml", "buildDrafts = 'perhaps'\n", 1, "`builddrafts` must be `true` or `false`"),
        ("hugo.toml", "\npermalinks = 3\n", 2, "`permalinks` must be keys and values"),
        (
            "hugo.toml",
            "[languages]\n[markup]\ngoldmark = []\n[taxonomies]\ntag = 1\n[module]\nmounts = 1\n",
            0,
            "",
        ),
        ("hugo.toml", "baseURL = []\n", 1, "`baseurl` must be text"),
        ("hugo.yaml", "ignoreFiles:\n  a: b\n", 1, "`ignorefiles` must be a list of texts"),
        ("hugo.toml", "timeZone = 'Moon/Base'\n", 1, "`timeZone` names no time zone: Moon/Base"),
        ("hugo.toml", "[permalinks]\nposts = '/:nope/'\n", 2, "asks for `:nope`, which Hugo does not have"),
        ("hugo.yaml", "permalinks:\n  page:\n    til: /:oops/\n", 3, "asks for `:oops`"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_one_line(
    write: Write, name: str, text: str, line: int, reason: str
) -> None:
    found = problems(write, {name: text, "content/a.md": "# a\n"})
    if not reason:
        assert found == []
        return
    ((path, at, message),) = found
    assert (path, at) == (name, line)
    assert reason in message


def test_a_configuration_in_no_encoding_is_one_line(write: Write) -> None:
    root = write({"content/a.md": ""})
    (root / "hugo.toml").write_bytes(b"title = '\xb0\xa1'\n")
    (problem,) = read(root).problems
    assert problem.message.render("en") == "cannot be read: UTF-8"
    assert len(HugoBlog(root, NOW).posts) == 1


def test_hugo_before_config_and_the_folder_over_both(write: Write) -> None:
    root = write(
        {
            "config.toml": "title = 'old'\n",
            "hugo.yaml": "title: new\nparams: {a: 1, b: 1}\n",
            "config/_default/params.toml": "b = 2\n",
            "config/_default/menus.ko.toml": "[[main]]\nname = 'x'\n",
            "config/production/hugo.json": '{"TITLE": "newest"}',
        }
    )
    data = read(root).data
    assert data["title"] == "newest"
    assert data["params"] == {"a": 1, "b": 2}
    assert data["languages"] == {"ko": {"menus": {"main": [{"name": "x"}]}}}


def test_permalinks_may_be_given_by_kind_as_newer_hugos_have_it(write: Write) -> None:
    one = blog(
        write,
        {
            "hugo.toml": f"{CONFIG}[permalinks.page]\nposts = '/:slug/'\n"
            "[permalinks.section]\nposts = '/p/'\n",
            "content/posts/_index.md": "",
            "content/posts/a.md": "---\nslug: b\n---\n",
        },
    )
    assert one.addresses == {"content/posts/_index.md": "/p/", "content/posts/a.md": "/b/"}


def test_what_markdown_leaves_as_it_is_written_is_configured(write: Write) -> None:
    passthrough = """[markup.goldmark.renderer]
hardWraps = true
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['\\[', '\\]'], ['$$', '$$'], ['x']]
inline = [['\\(', '\\)'], ['$$', '$$']]
"""
    goldmark = read(write({"hugo.toml": passthrough})).goldmark
    assert goldmark.hard_wraps
    assert goldmark.passthrough == (("\\[", "\\]"), ("$$", "$$"), ("\\(", "\\)"))
    assert read(write({"hugo.toml": passthrough.replace("enable = true", "")})).goldmark.passthrough == ()


@pytest.mark.parametrize(
    ("name", "text", "is_old"),
    [
        ("netlify.toml", '[build.environment]\n  HUGO_VERSION = "0.92.1"\n', True),
        ("netlify.toml", '[build.environment]\n  HUGO_VERSION = "0.128.0"\n', False),
        ("vercel.json", '{"build": {"env": {"HUGO_VERSION": "0.80.0"}}}', True),
        (".github/workflows/a.yml", "with:\n  hugo-version: '0.111.3'\n  extended: true\n", True),
        (".github/workflows/a.yaml", "env:\n  HUGO_VERSION: 0.122.0\n", True),
        (".github/workflows/a.yml", "with:\n  hugo-version: 'latest'\n", False),
        (".github/workflows/a.yml", "env:\n  HUGO_VERSION: 0.99.0\n  HUGO_VERSION: 0.140.2\n", False),
        ("hugo.toml", "[module.hugoVersion]\nmin = '0.80.0'\n", False),
    ],
)
def test_a_site_may_say_that_its_hugo_is_old(write: Write, name: str, text: str, *, is_old: bool) -> None:
    assert read(write({"config.toml": "", name: text})).goldmark.is_old is is_old


# Files


def test_each_file_that_becomes_no_page_says_why(write: Write) -> None:
    one = blog(
        write,
        {
            "netlify.toml": 'HUGO_VERSION = "0.122.0"\n',
            "hugo.toml": f"{CONFIG}ignoreFiles = ['left']\n",
            "content/draft.md": "---\ndraft: true\n---\n",
            "content/future.md": "---\ndate: 2024-05-02\n---\n",
            "content/expired.md": "---\nexpiryDate: 2024-04-30\n---\n",
            "content/s/_index.md": "---\ndraft: true\n---\n",
            "content/s/in.md": "",
            "content/b/index.md": "",
            "content/b/resource.md": "",
            "content/never.md": "---\n_build: {render: never}\n---\n",
            "content/twice.md": "",
            "content/twice/index.md": "",
            "content/.hidden.md": "",
            "content/left.md": "",
            "content/broken.md": "---\na: b: c\n---\n",
            "content/open.md": "---\ntitle: a\n",
        },
    )
    assert one.ignored == {
        "content/draft.md": Reason.DRAFT,
        "content/future.md": Reason.FUTURE,
        "content/expired.md": Reason.EXPIRED,
        "content/s/_index.md": Reason.DRAFT,
        "content/s/in.md": Reason.SECTION,
        "content/b/resource.md": Reason.RESOURCE,
        "content/never.md": Reason.NOT_RENDERED,
        "content/twice.md": Reason.REPLACED,
        "content/.hidden.md": Reason.HIDDEN,
        "content/left.md": Reason.IGNORED,
        "content/broken.md": Reason.FRONT_MATTER,
        "content/open.md": Reason.FRONT_MATTER,
    }
    assert set(TEXTS) == set(Reason)
    assert one.would_serve["content/future.md"] == "/future/index.html"
    assert one.next_change == datetime(2024, 5, 2, tzinfo=UTC).timestamp()


def test_a_page_that_is_gone_says_so(write: Write) -> None:
    one = blog(write, {"hugo.toml": CONFIG, "content/a.md": "# a\n"})
    (one.root / "content/a.md").unlink()
    with pytest.raises(LeftOutError) as left:
        one.facts(one.posts[0])
    assert left.value.reason is Reason.UNREADABLE


def test_a_file_in_no_encoding_is_left_out(write: Write) -> None:
    root = write({"hugo.toml": CONFIG})
    (root / "content").mkdir()
    (root / "content/a.md").write_bytes(b"\xb0\xa1\n")
    assert HugoBlog(root, NOW).ignored == {"content/a.md": Reason.NOT_UTF8}


def test_a_page_that_another_program_reads_is_known_by_its_front_matter_alone(write: Write) -> None:
    one = blog(write, {"hugo.toml": CONFIG, "content/a.org": "---\ntitle: a\n---\n* [[b]]\n"})
    assert one.facts(one.posts[0]).body.headings == ()


def test_a_folder_that_leads_back_to_itself_ends(write: Write) -> None:
    root = write({"hugo.toml": CONFIG, "content/a.md": "", "static/b.txt": ""})
    (root / "content/loop").symlink_to(root / "content")
    (root / "static/loop").symlink_to(root / "static")
    assert len(HugoBlog(root, NOW).posts) == 1


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\ntitle: [a]\ndate: {a: b}\ntags: {a: b}\naliases: 3\nslug: [b]\nurl: 5\n---\n",
        "---\ncascade: 3\n_build: never\nheadless: maybe\nexpiryDate: [1]\n---\n",
        '{"title": null, "date": 1e400, "tags": [null, {"a": 1}], "cascade": [{"_target": 3}]}\n',
        "+++\ndate = 0001-01-01\nexpiryDate = 9999-12-31T23:59:59+09:00\naliases = ['', '/', '..']\n+++\n",
        "---\ndate: 99999999999999999999\nurl: '%zz'\nslug: '%zz%'\n---\n",
    ],
)
def test_values_of_any_type_end_in_a_page(write: Write, front_matter: str) -> None:
    one = blog(
        write, {"hugo.toml": CONFIG, "content/s/_index.md": front_matter, "content/s/a.md": front_matter}
    )
    assert index_of(one).urls


# References


def test_references_become_the_addresses_of_pages(write: Write) -> None:
    one = blog(
        write,
        {
            "hugo.toml": 'baseURL = "https://blog.example/sub/"\n',
            "content/p/a.md": '[a]({{< ref "b.md" >}}) [b]({{< relref "/q/c#x" >}})\n'
            '[c]({{< ref "none" >}})\n',
            "content/p/b.md": "",
            "content/q/c/index.md": "",
        },
    )
    (first,) = (post for post in one.posts if post.path.endswith("a.md"))
    links = [link.href for link in one.facts(first).body.links]
    assert links == ["https://blog.example/sub/p/b/", "/sub/q/c/#x", "\ufffc"]
    assert [one.map.target(link, first.url).path for link in links] == [
        "content/p/b.md",
        "content/q/c/index.md",
        "",
    ]


# The site, as rules and commands see it


def test_what_is_below_the_content_is_hugos(write: Write) -> None:
    root = write({"hugo.toml": f"{CONFIG}contentDir = 'texts'\n", "texts/a.md": "", "README.md": ""})
    site = SiteFinder().site_of(root / "texts/a.md")
    assert isinstance(site, HugoSite)
    kinds = {
        name: site.kind(root / name, has_front_matter=False)
        for name in ("texts/a.md", "texts/_index.md", "README.md", "content/a.md")
    }
    assert kinds == {
        "texts/a.md": Kind.POST,
        "texts/_index.md": Kind.PAGE,
        "README.md": Kind.PLAIN,
        "content/a.md": Kind.PLAIN,
    }


@pytest.mark.parametrize("name", ["hugo.toml", "config.yaml", "config/_default/config.toml"])
def test_a_site_is_found_by_its_configuration(write: Write, name: str) -> None:
    root = write({name: "", "content/a/b.md": ""})
    assert SiteFinder().site_of(root / "content/a/b.md").root == root


def test_the_index_has_pages_files_and_what_is_not_published(write: Write) -> None:
    one = blog(
        write,
        {
            "hugo.toml": CONFIG,
            "content/posts/a.md": "---\ntitle: 봄\ndate: 2020-01-02\naliases: [/old/]\n---\n",
            "content/posts/b/index.md": "---\nurl: /posts/a/\n---\n",
            "content/posts/b/i.png": "",
            "content/posts/c.md": "---\ndraft: true\n---\n",
            "static/s.png": "",
        },
    )
    index = index_of(one)
    assert index.url == "https://blog.example"
    assert index.pages["/old/index.html"] == "content/posts/a.md"
    assert index.pages["/s.png"] == "static/s.png"
    assert index.pages["/posts/a/i.png"] == "content/posts/b/i.png"
    assert [(post.path, post.day, post.slug) for post in index.posts] == [
        ("content/posts/b/index.md", "0001-01-01", "b"),
        ("content/posts/a.md", "2020-01-02", "a"),
    ]
    (unpublished,) = index.unpublished
    assert (unpublished.path, unpublished.served) == ("content/posts/c.md", "/posts/c/index.html")
    (collision,) = index.collisions
    assert collision.served == "/posts/a/index.html"
    assert set(collision.paths) == {"content/posts/a.md", "content/posts/b/index.md"}


def test_the_keys_that_templates_read_are_known_where_all_templates_are(write: Write) -> None:
    files = {
        "hugo.toml": f"{CONFIG}theme = 't'\n",
        "content/a.md": "",
        "layouts/_default/single.html": '{{ if .Params.math }}{{ .Param "toc" }}{{ end }}',
        "themes/t/layouts/partials/a.html": '<a id="top">{{ index .Params "cover" }}',
    }
    root = write(files)
    assert HugoSite(root).template_keys == frozenset({"math", "toc", "cover"})
    assert index_of(HugoBlog(root, NOW)).template_ids == ("top",)
    without_theme = write({name: text for name, text in files.items() if not name.startswith("themes")})
    assert HugoSite(without_theme).template_keys is None


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main_group, [*map(str, arguments)])


def test_a_front_matter_in_toml_is_no_text(write: Write) -> None:
    root = write(
        {"hugo.toml": CONFIG, "content/a.md": '+++\ntitle = "봄"  \nlink = "http://a.example/"\n+++\n글\n'}
    )
    result = run("check", "--no-cache", "--select", "FM,URL,PAGE", root / "content/a.md")
    assert result.exit_code == 0, result.output


def test_rules_do_not_look_into_shortcodes(write: Write) -> None:
    text = (
        '---\ntitle: a\n---\n{{< box "http://a.example/?fbclid=1" >}}http://a.example/?fbclid=1{{< /box >}}\n'
    )
    root = write({"hugo.toml": CONFIG, "content/a.md": text})
    assert run("check", "--no-cache", "--select", "URL", root / "content/a.md").exit_code == 0


def test_a_blog_is_inspected(write: Write) -> None:
    root = write(
        {
            "hugo.toml": f"{CONFIG}timeZone = 'Asia/Seoul'\n[permalinks]\nposts = '/:slug/'\n",
            "content/posts/a.md": "---\ntitle: 봄\ndate: 2020-01-02\n---\n## 글\n\n[둘](/b/#x) [없음](/c/)\n",
            "content/posts/b.md": "---\ntitle: B\n---\n",
            "content/posts/d.md": "---\ndraft: true\n---\n",
        }
    )
    result = run("inspect", root, "--language", "en", "--output-format", "json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["site"] == {
        "engine": "hugo",
        "url": "https://blog.example",
        "baseurl": "",
        "permalink": {"posts": "/:slug/"},
        "timezone": "Asia/Seoul",
        "markdown": "goldmark",
        "problems": [],
    }
    assert report["ignored"] == [
        {"path": "content/posts/d.md", "reason": "its front matter says `draft: true`"}
    ]
    (post,) = (post for post in report["posts"] if post["path"] == "content/posts/a.md")
    assert (post["url"], post["date"], post["title"]) == ("/%EB%B4%84/", "2020-01-02", "봄")
    assert post["headings"] == [{"level": 2, "id": "글", "text": "글", "line": 5}]
    assert [link["target"] for link in post["links"]] == ["content/posts/b.md#x", None]


def test_a_section_is_inspected_where_it_is_asked_for(write: Write) -> None:
    root = write({"hugo.toml": CONFIG, "content/s/_index.md": "---\ntitle: S\n---\n"})
    assert "0 published" in run("inspect", root, "--language", "en").stdout
    assert "https://blog.example/s/" in run("inspect", root / "content/s/_index.md").stdout


def test_what_is_no_page_is_told(write: Write) -> None:
    root = write({"hugo.toml": CONFIG, "README.md": ""})
    result = run("inspect", root / "README.md", "--language", "en")
    assert result.exit_code == 2
    assert "Hugo makes no page of this" in result.stderr


def test_a_configuration_that_cannot_be_read_leaves_the_rest(write: Write) -> None:
    root: Path = write({"hugo.toml": "= x\n", "content/a.md": "# a\n"})
    result = run("inspect", root, "--language", "en")
    assert result.exit_code == 0
    assert "hugo.toml:1: Hugo cannot read this" in result.stderr
    assert "1 published, 0 not." in result.stdout
