"""What becomes of a blog's links to itself, on real blogs and on small ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from postlint.findings import Finding
from postlint.run.files import Linter
from postlint.run.parallel import process_files
from postlint.run.request import Request
from postlint.run.results import FileResult
from tests.site.conftest import Write

REQUEST = Request(no_config=True, no_cache=True, select=("SITE",))
WITH_ADDRESSES = REQUEST._replace(select=("SITE", "URL"))
"""Rules about how an address is written speak first."""


def results(folder: Path, request: Request = REQUEST) -> list[FileResult]:
    paths = sorted(path for path in folder.rglob("*.m*") if path.suffix in (".md", ".markdown"))
    return list(process_files(request, Linter(request), paths))


def found(folder: Path, request: Request = REQUEST) -> list[Finding]:
    return [one.finding for result in results(folder, request) for one in result.findings]


# Real blogs


@pytest.mark.corpus
@pytest.mark.parametrize(("blog", "dead", "mendable"), [("ukcastle", 24, 24), ("greeksharifa", 150, 147)])
def test_links_that_died_with_a_date_or_a_category_are_found(
    corpus: Path, blog: str, dead: int, mendable: int
) -> None:
    folder = next(corpus.glob(f"{blog}__*"))
    links = [one for one in found(folder, WITH_ADDRESSES) if one.code == "SITE001"]
    assert len(links) == dead
    meant = [str(one.message.values["source"]) for one in links if "source" in one.message.values]
    assert all((folder / path).is_file() for path in meant)
    assert len(meant) == mendable


@pytest.mark.corpus
def test_the_findings_about_all_sites_are_few(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for folder in sorted(path for path in corpus.iterdir() if (path / "_config.yml").is_file()):
        counts.update(one.code for one in found(folder, WITH_ADDRESSES) if one.code.startswith("SITE"))
    with capsys.disabled():
        print("\n", *(f"{code}: {count}" for code, count in sorted(counts.items())))
    assert counts["SITE001"] >= 24 + 147


# Small ones

POST = "---\ntitle: 글\n---\n"
SITE: Mapping[str, str] = {
    "_config.yml": "url: https://blog.example\npermalink: /:categories/:title/\n",
    "_posts/2024-05-01-봄.md": POST,
    "_posts/2024-05-02-여름.md": "---\ncategories: 계절\n---\n",
    "about.md": "---\n---\n# 소개\n",
    "img/꽃.png": "",
}

Codes = Callable[..., list[str]]


@pytest.fixture
def codes(write: Write) -> Codes:
    """The codes of what is found in one post of a site, which may have other files or settings."""

    def checked(text: str, files: Mapping[str, str] | None = None) -> list[str]:
        root = write({**SITE, **(files or {}), "_posts/2024-05-03-글.md": POST + text})
        linter = Linter(REQUEST)
        post = root / "_posts" / "2024-05-03-글.md"
        [result] = process_files(REQUEST, linter, [post])
        return [one.finding.code for one in result.findings]

    return checked


@pytest.mark.parametrize(
    "address",
    [
        "/봄/",
        "/봄",
        "/%EB%B4%84/",
        "https://blog.example/봄/",
        "//blog.example/봄/",
        "../봄/",
        "/계절/여름/",
        "/about",
        "/img/꽃.png",
        "../img/꽃.png?raw=true",
        "/",
        "",
        "#",
        "mailto:a@b.example",
        "tel:+82-2-000-0000",
        "javascript:void(0)",
    ],
)
def test_an_address_that_leads_somewhere_is_left_alone(codes: Codes, address: str) -> None:
    assert codes(f"[글](<{address}>)\n") == []


def test_a_page_at_the_root_is_missed_where_no_other_site_can_have_it(codes: Codes) -> None:
    # The permalink ends in a slash, and so it is at /about/.
    assert codes("[글](/about.html)\n") == ["SITE001"]
    assert codes("[글](/lost)\n") == []
    baseurl = {"_config.yml": f"{SITE['_config.yml']}baseurl: /blog\n"}
    assert codes("[글](/blog/lost)\n", baseurl) == ["SITE001"]


def test_a_tag_for_an_address_brings_no_anchors(codes: Codes) -> None:
    assert codes("# 하나\n\n[둘](#둘) [봄]({% post_url 2024-05-01-봄 %})\n") == ["SITE002"]
    assert codes("# 하나\n\n[둘](#둘) {% include a.html %}\n") == ["SITE006"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/2024/05/01/봄/", "SITE001"),
        ("/여름/", "SITE001"),
        ("https://blog.example/계절/가을/", "SITE001"),
        ("../가을/봄.html", "SITE001"),
        ("/img/꽂.png", "SITE003"),
        ("/ABOUT", "SITE004"),
        ("/img/%E1%84%81%E1%85%A9%E1%86%BE.png", "SITE005"),
    ],
)
def test_an_address_that_leads_nowhere_is_found(codes: Codes, address: str, code: str) -> None:
    assert codes(f"[글](<{address}>)\n") == [code]


@pytest.mark.parametrize(
    ("config", "address"),
    [
        ("plugins: [jekyll-feed]\n", "/feed.xml"),
        ("plugins: [jekyll-sitemap]\n", "/sitemap.xml"),
        ("paginate_path: /page:num/\n", "/page2/"),
        ("plugins: [jekyll-archives]\njekyll-archives: {permalinks: {tag: /계절/:name/}}\n", "/계절/봄/"),
        ("plugins: [some-generator]\n", "/계절/가을/"),
        ("jekyll-archives: {permalinks: {tag: /계절/:name/}}\n", "/계절/봄/"),
        ("remote_theme: somebody/theme\n", "/assets/css/main.css"),
        ("theme: some-theme\n", "/계절/가을/"),
        ("url: https://blog.example\n", "/another-project/docs/"),
    ],
)
def test_what_something_else_may_make_is_left_alone(codes: Codes, config: str, address: str) -> None:
    whole = {"_config.yml": config if "url" in config else SITE["_config.yml"] + config}
    assert codes(f"[글](<{address}>)\n", whole) == []


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": SITE["_config.yml"] + "theme: jekyll-theme-chirpy\n"},
        {"_config.yml": SITE["_config.yml"] + "remote_theme: mmistakes/minimal-mistakes@4.26.2\n"},
        {"Gemfile": 'group :jekyll_plugins do\n  gem "jekyll-feed"\nend\n'},
        {"_plugins/lastmod.rb": "Jekyll::Hooks.register :posts, :post_init do |post|\nend\n"},
    ],
)
def test_a_theme_or_plugin_that_makes_no_pages_hides_no_dead_link(
    codes: Codes, files: dict[str, str]
) -> None:
    assert codes("[글](/계절/가을/)\n", files) == ["SITE001"]


@pytest.mark.parametrize(
    "files",
    [
        {"Gemfile": 'group :jekyll_plugins do\n  gem "some-generator"\nend\n'},
        {"_plugins/pages.rb": "class Seasons < Jekyll::Generator\nend\n"},
    ],
)
def test_a_plugin_that_may_make_pages_may_have_made_this_one(codes: Codes, files: dict[str, str]) -> None:
    assert codes("[글](/계절/가을/)\n", files) == []


POLYGLOT = SITE["_config.yml"] + "plugins: [jekyll-polyglot]\nlanguages: [ko, en]\n"


def test_what_is_below_the_folder_of_a_language_is_built_from_its_posts(codes: Codes) -> None:
    assert codes("[영어](/en/계절/봄/)\n", {"_config.yml": POLYGLOT}) == []


CHIRPY = SITE["_config.yml"] + "theme: jekyll-theme-chirpy\nbaseurl: /log\n"


@pytest.mark.parametrize(
    "image",
    ["/img/꽃.png", "img/꽃.png", "https://img.example/꽃.png", "//img.example/꽃.png", "{{ page.image }}"],
)
def test_chirpy_puts_the_base_before_images(codes: Codes, image: str) -> None:
    assert codes(f"![꽃]({image})\n", {"_config.yml": CHIRPY}) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![꽃](/img/꽂.png)", "SITE003"),
        ("![꽃]({{ site.baseurl }}/img/꽃.png)", "SITE003"),
        ("[꽃](/img/꽃.png)", "SITE003"),
    ],
)
def test_what_chirpy_does_not_mend_is_found(codes: Codes, text: str, code: str) -> None:
    assert codes(f"{text}\n", {"_config.yml": CHIRPY}) == [code]


def test_a_mended_image_is_without_the_base_that_chirpy_adds(write: Write) -> None:
    root = write(
        {**SITE, "_config.yml": CHIRPY, "img/a.png": "", "_posts/2024-05-03-글.md": "![가](/img/A.png)\n"}
    )
    [fix] = [one.fix for one in found(root) if one.code == "SITE004"]
    assert fix is not None
    assert [edit.replacement for edit in fix.edits] == ["/img/a.png"]


def test_a_blog_with_chirpys_templates_as_its_own_is_chirpys(codes: Codes) -> None:
    files = {"_config.yml": SITE["_config.yml"] + "baseurl: /log\n", "_includes/refactor-content.html": ""}
    assert codes("![꽃](/img/꽃.png)\n", files) == []


def test_images_on_another_host_are_not_missed(codes: Codes) -> None:
    assert codes("![꽃](/그림.png)\n", {"_config.yml": CHIRPY + "cdn: https://img.example\n"}) == []


@pytest.mark.parametrize("key", ["img_path", "media_subpath"])
def test_where_a_page_says_its_images_are_is_not_guessed(write: Write, key: str) -> None:
    post = f"---\ntitle: 글\n{key}: /img/\n---\n![꽃](꽃.png) ![꽃](/없음.png)\n"
    assert found(write({**SITE, "_posts/2024-05-03-글.md": post})) == []


def test_a_redirect_is_a_place(codes: Codes) -> None:
    files = {
        "_config.yml": SITE["_config.yml"] + "plugins: [jekyll-redirect-from]\n",
        "_posts/2024-05-01-봄.md": "---\nredirect_from: /옛봄/\n---\n",
    }
    assert codes("[글](/옛봄/)\n", files) == []


@pytest.mark.parametrize(
    "text",
    [
        "[글]({{ site.baseurl }}/봄/)",
        "[글]({{ '/봄/' | relative_url }})",
        "[글]({% post_url 2024-05-01-봄 %})",
        "[글]({% link about.md %})",
        "![꽃]({{ site.url }}/img/꽃.png)",
        "{% assign 길 = '/봄/' %}[글]({{ 길 }})",
    ],
)
def test_liquid_in_an_address_is_resolved(codes: Codes, text: str) -> None:
    assert codes(f"{text}\n") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[글]({{ site.baseurl }}/계절/가을/)", "SITE001"),
        ("![꽃]({{ '/img/꽂.png' | relative_url }})", "SITE003"),
        ("[글]({% post_url 2024-05-01-가을 %})", "SITE006"),
        ("[글]({% link 가을.md %})", "SITE006"),
    ],
)
def test_liquid_that_leads_nowhere_is_found(codes: Codes, text: str, code: str) -> None:
    assert codes(f"{text}\n") == [code]


def test_a_link_to_a_source_may_become_one_to_its_page(codes: Codes) -> None:
    assert codes("[봄](2024-05-01-봄.md) [여름](/_posts/2024-05-02-여름.md#절) [소개](../about.md)\n") == []


def test_a_file_beside_a_post_is_there_only_where_a_plugin_may_bring_it(codes: Codes) -> None:
    beside = {"_posts/꽃밭.png": ""}
    plugin = {"_config.yml": SITE["_config.yml"] + "plugins: [jekyll-postfiles]\n"}
    assert codes("![꽃밭](꽃밭.png)\n", beside) == ["SITE003"]
    assert codes("![꽃밭](꽃밭.png)\n", {**beside, **plugin}) == []


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"_posts/2999-01-01-가을.md": POST}, "future"),
        ({"_posts/가을.md": POST}, "YYYY-MM-DD-title.md"),
        ({"_posts/2024-01-01-가을.md": "---\npublished: false\n---\n"}, "published: false"),
        ({"_drafts/가을.md": POST}, "draft"),
    ],
)
def test_a_link_to_a_post_that_is_not_published_says_why(
    write: Write, files: Mapping[str, str], reason: str
) -> None:
    root = write({**SITE, **files, "_posts/2024-05-03-글.md": POST + "[가을](/가을/)\n"})
    findings = [one for one in found(root) if one.code == "SITE008"]
    assert len(findings) == 1
    assert reason in findings[0].message.render("en")
    assert re.search("[가-힣]", findings[0].message.render("ko"))


def test_two_posts_with_one_address_name_each_other(write: Write) -> None:
    other = "_posts/2024-05-02-봄.md"
    root = write({**SITE, "_config.yml": "permalink: /:title/\n", other: POST})
    findings = [one for one in found(root) if one.code == "SITE007"]
    assert {one.message.values["others"] for one in findings} == {other, "_posts/2024-05-01-봄.md"}


def test_a_draft_may_link_to_the_site(write: Write) -> None:
    root = write(
        {**SITE, "_drafts/글.md": POST + "[봄](/봄/) [가을](/계절/가을/) [모름](봄/) [절](#절)\n\n## 절\n"}
    )
    assert [one.code for one in found(root)] == ["SITE001"]


# Bad input


@pytest.mark.parametrize(
    "config",
    ["permalink: [\n", "permalink: /:nothing/:title/\n", "exclude: 3\n", "url: [a]\n", "- a\n", "\udcff"],
)
def test_what_a_broken_configuration_makes_of_links_is_not_guessed(write: Write, config: str) -> None:
    root = write(SITE)
    (root / "_config.yml").write_bytes(config.encode("utf-8", "surrogateescape"))
    post = root / "_posts" / "2024-05-03-글.md"
    post.write_text(POST + "[없음](/없음/) ![없음](/없음.png)\n", encoding="utf-8")
    linter = Linter(REQUEST)
    [result] = process_files(REQUEST, linter, [post])
    assert result.findings == ()
    [problem] = linter.blogs.problems
    assert (problem.path.name, problem.line) == ("_config.yml", 1)


def test_an_address_of_the_site_that_is_none_ends_nothing(write: Write) -> None:
    root = write(
        {**SITE, "_config.yml": "url: 'http://[bad'\n", "_posts/2024-05-03-글.md": POST + "[봄](/x/)\n"}
    )
    assert all(not result.unread for result in results(root))


def test_a_post_whose_yaml_is_broken_is_still_linked(write: Write) -> None:
    root = write({**SITE, "_posts/2024-05-03-글.md": "---\ntitle: [\n---\n[봄](/봄/) ![꽃](/img/꽂.png)\n"})
    assert [one.code for one in found(root)] == ["SITE003"]


def test_a_circle_of_includes_ends(write: Write) -> None:
    text = POST + "{% include a.html %}\n\n[봄](/봄/)\n"
    files = {"_includes/a.html": "{% include a.html %}", "_posts/2024-05-03-글.md": text}
    assert found(write({**SITE, **files})) == []


def test_ids_that_a_converter_makes_in_its_own_way_are_not_missed(codes: Codes) -> None:
    text = "# 봄, 여름\n\n[위](#봄,-여름)\n"
    assert codes(text) == ["SITE002"]
    assert codes(text, {"_config.yml": "markdown: redcarpet\n"}) == []


def test_a_file_without_front_matter_may_give_its_headings_ids(write: Write) -> None:
    """GitHub Pages makes pages of such files, too; on GitHub the braces are text."""
    root = write(
        {"_config.yml": "", "guide.md": "## 설치 {#install}\n\n[a](#install) [b](#설치-install) [c](#x)\n"}
    )
    assert [one.message.values["fragment"] for one in found(root)] == ["x"]


def test_an_alias_leads_to_its_page_though_hugo_makes_no_file_of_it(write: Write) -> None:
    root = write(
        {
            "hugo.toml": "baseURL = 'https://blog.example/'\ndisableAliases = true\n",
            "content/posts/a.md": "---\ntitle: a\naliases: [/posts/old/]\n---\n",
            "content/b.md": "---\ntitle: b\n---\n[a](/posts/old/) [c](/posts/older/)\n",
        }
    )
    assert [one.code for one in found(root)] == ["SITE001"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://somebody.github.io", ["SITE001"]),
        ("https://www.blog.example", ["SITE001"]),
        ("http://localhost:4000", ["SITE001"]),
        ("''", ["SITE001"]),
        ("https://docs.example", []),  # and so it is not known whose the links are
    ],
)
def test_a_name_in_cname_is_the_sites_own_unless_its_pages_name_another(
    codes: Codes, url: str, expected: list[str]
) -> None:
    files = {"_config.yml": f"url: {url}\npermalink: /:categories/:title/\n", "CNAME": "blog.example\n"}
    assert (
        codes("[a](https://blog.example/계절/여름/) [b](https://blog.example/계절/봄/)\n", files) == expected
    )
