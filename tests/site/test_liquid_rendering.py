"""What a page's own Liquid comes to, where a site's sources tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postlint.post import liquid
from postlint.post.liquid import UNKNOWN
from postlint.post.mapped import Mapped
from postlint.site.jekyll.liquid.rendering import PageRenderer
from postlint.site.jekyll.liquid.template import Template, TemplateError, parse
from postlint.site.jekyll.liquid.values import UNKNOWN_VALUE, Drop, LiquidValue
from postlint.site.jekyll.site import JekyllBlog
from tests.conftest import Ruby
from tests.site.cases import NOW

VALUES: dict[str, LiquidValue] = {
    "page": {
        "title": "글 하나",
        "tags": ["산책", "한강"],
        "size": 3,
        "empty": "",
        "no": False,
        "map": {"a": 1},
    },
    "site": Drop(lambda key: {"baseurl": "/b"}.get(key, UNKNOWN_VALUE)),
}
INCLUDES = {
    "figure.html": '<img src="{{ include.src }}">{% if include.title %}{{ include.title }}{% endif %}',
    "outer.html": "[{% include inner.html %}]{% assign seen = include.x %}",
    "inner.html": "{{ include.x }}",
    "loop.html": "x{% include loop.html %}",
    "broken.html": "{% if %}",
}


class World:
    """A site of one page, with a few files to include."""

    def variable(self, name: str) -> LiquidValue:
        return VALUES.get(name)

    def filter(self, name: str) -> Callable[[str], str] | None:
        return {"relative_url": lambda address: f"/b{address}"}.get(name)

    def include(self, name: str, *, relative: bool) -> Template | None:
        try:
            return parse(INCLUDES[name]) if name in INCLUDES and not relative else None
        except TemplateError:
            return None

    def post_url(self, name: str) -> str | None:
        return {"2020-01-02-a": "/a/"}.get(name)

    def link(self, path: str) -> str | None:
        return {"about.md": "/about/"}.get(path)


def rendered(text: str) -> str:
    return liquid.rendered(Mapped.whole(text), liquid.regions(text), PageRenderer(World())).text


PURE = [
    # Values
    ("{{ page.title }}", "글 하나"),
    ("{{ page['title'] }}", "글 하나"),
    ("{{ page.tags }}", "산책한강"),
    ("{{ page.tags[1] }}{{ page.tags.last }}{{ page.tags.size }}{{ page.tags[9] }}", "한강한강2"),
    ("{{ page.map.a }}{{ page.none.deeper }}{{ none }}", "1"),
    ("{{ 'a' }}{{ \"b\" }}{{ 12 }}{{ -1.5 }}{{ true }}{{ nil }}", "ab12-1.5true"),
    # Filters
    ("{{ 'a b' | append: '-c' | prepend: '/' | upcase }}", "/A B-C"),
    ("{{ '/x/y/' | remove: '/' | replace: 'y', 'z' }}", "xz"),
    (
        "{{ page.empty | default: 'd' }}{{ page.no | default: 'e' }}{{ page.title | default: 'f' }}",
        "de글 하나",
    ),
    ("{{ 'a,b,c' | split: ',' | join: '|' }}", "a|b|c"),
    ("{{ 7 | plus: 1 | times: 2 | divided_by: 3 | minus: 0.5 }}", "4.5"),
    ("{{ '<a & b>' | escape }}", "&lt;a &amp; b&gt;"),
    ("{{ ' x ' | strip }}{{ 'word' | capitalize }}{{ 'long text' | truncate: 7 }}", "xWordlong..."),
    ("{{ '가 나' | url_encode }}", "%EA%B0%80+%EB%82%98"),
    # Assignments
    ("{% assign x = page.title | append: '!' %}{{ x }}", "글 하나!"),
    ("{% capture x %}a{{ page.size }}{% endcapture %}[{{ x }}]", "[a3]"),
    # Branches
    ("{% if page.title %}a{% else %}b{% endif %}", "a"),
    ("{% if page.none %}a{% elsif page.size > 2 %}b{% else %}c{% endif %}", "b"),
    ("{% unless page.no %}a{% endunless %}", "a"),
    ("{% if page.tags contains '한강' and page.size == 3 %}a{% endif %}", "a"),
    ("{% if page.no and page.no or page.size %}a{% else %}b{% endif %}", "b"),  # from the right
    ("{% if page.empty == empty %}a{% endif %}{% if page.empty == blank %}b{% endif %}", "a"),
    ("{% if page.size==3 %}a{% endif %}{% if page.x=='y' %}b{% elsif page.none!=nil %}c{% endif %}", "a"),
    ("{% if page.tags[0]=='산책' and page.size>=3 %}a{% endif %}{% if page.size <4 %}b{% endif %}", "ab"),
    ("{% if 'and' == page.x %}a{% else %}b{% endif %}", "b"),
    ("{% case page.size %}{% when 1, 2 %}a{% when 3 or 4 %}b{% else %}c{% endcase %}", "b"),
    # Loops
    ("{% for t in page.tags %}{{ t }}{% unless forloop.last %}, {% endunless %}{% endfor %}", "산책, 한강"),
    ("{% for i in (1..5) reversed %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}", "543"),
    ("{% for i in (1..5) limit: 2 offset: 1 %}{{ i }}{% endfor %}", "23"),
    ("{% for x in page.none %}a{% else %}b{% endfor %}", "b"),
    ("{% for p in page.map %}{{ p[0] }}={{ p[1] }}{% endfor %}", "a=1"),
    # White space, and what Liquid leaves alone
    ("a {%- if true -%} b {%- endif -%} c", "abc"),
    ("{% raw %}{{ x }}{% endraw %}{% comment %}{{ x }}{% endcomment %}", "{{ x }}"),
]


@pytest.mark.parametrize(("template", "page"), PURE)
def test_what_is_known_stands_on_the_page(template: str, page: str) -> None:
    assert rendered(template) == page


@pytest.mark.jekyll
def test_the_examples_are_what_liquid_does(ruby: Ruby) -> None:
    page = VALUES["page"]
    answers = ruby("liquid_values.rb", {"values": {"page": page}, "templates": [one for one, _ in PURE]})
    assert answers == [text for _, text in PURE]


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ '/x' | relative_url }}{{ site.baseurl }}", "/b/x/b"),
        ("{% post_url 2020-01-02-a %} {% link about.md %}", "/a/ /about/"),
        ("{% include figure.html src='/a b.png' title=page.title %}", '<img src="/a b.png">글 하나'),
        ("{% assign f = 'figure' %}{% include {{ f }}.html src=\"x\" %}", '<img src="x">'),
        ("{% include outer.html x=1 %}{{ seen }}", "[1]1"),
    ],
)
def test_a_page_finds_its_site(template: str, page: str) -> None:
    assert rendered(template) == page


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ site.time }}", UNKNOWN),
        ("{{ site.time | append: 'x' }}", UNKNOWN),
        ("{{ 'x' | markdownify }}", UNKNOWN),
        ("{{ 'x' | append }}", UNKNOWN),  # an argument too few
        ("{% assign x = site.data.x %}{{ x.y }}", UNKNOWN),
        ("{% seo %}{% gist abc %}", UNKNOWN * 2),
        ("{% post_url 2020-01-02-none %}{% link none.md %}", UNKNOWN * 2),
        ("{% include none.html %}{% include broken.html %}{% include ../x.html %}", UNKNOWN * 3),
        # Every branch may be the one, and what they assign is not known behind them.
        ("{% if site.x %}a{% else %}b{% endif %}", "ab"),
        ("{% assign x = 1 %}{% if site.x %}{% assign x = 2 %}{% endif %}{{ x }}", UNKNOWN),
        ("{% case site.x %}{% when 1 %}a{% when 2 %}b{% endcase %}", "ab"),
        ("{% for x in site.posts %}[{{ x.url }}]{% endfor %}", f"[{UNKNOWN}]"),
        ("{% if page.no or site.x %}a{% endif %}{% if page.no and site.x %}b{% endif %}", "a"),
        # A template that does not fit is read as it was without a site.
        ("{% if page.title %}a{% else %}b", "ab"),
    ],
)
def test_what_only_a_build_tells_is_unknown(template: str, page: str) -> None:
    assert rendered(template) == page


def test_a_file_that_includes_itself_ends() -> None:
    assert rendered("{% include loop.html %}") == "x" * 60 + UNKNOWN


def test_loops_within_loops_end() -> None:
    loops = "{% for a in (1..9999) %}" * 4 + "x" + "{% endfor %}" * 4
    assert rendered(loops) == "x"
    assert rendered(loops.replace("x", "")) == ""


def test_a_text_that_doubles_ends() -> None:
    assert rendered("{% assign a = 'xx' %}" + "{% assign a = a | append: a %}" * 50 + "{{ a }}") == UNKNOWN


def test_blocks_within_blocks_end() -> None:
    assert rendered("{% if true %}" * 500 + "x" + "{% endif %}" * 500) == "x"


@pytest.mark.parametrize(
    "hostile",
    [
        "{% case 1 %}{% when " + "a" * 9000 + '" %}{% endcase %}',
        "{% include x " + "a" * 9000 + " %}",
        "{% if " + "and " * 2000 + "%}{% endif %}",
        "{{ " + "a|" * 4000 + " }}",
        "{{ " + "[" * 9000 + " }}",
        "{{ page.title | append: '" + "<" * 9000 + "' | strip_html }}",
        "{% for " + "x " * 4000 + "%}{% endfor %}",
        "{% include {{a|" * 600 + " %}",
    ],
)
def test_no_text_takes_longer_than_a_moment(hostile: str) -> None:
    rendered(hostile * 20)


def test_what_stands_on_the_page_keeps_its_place_in_the_file() -> None:
    text = "a{% if page.title %}bc{% endif %}{{ page.size }}d"
    page = liquid.rendered(Mapped.whole(text), liquid.regions(text), PageRenderer(World()))
    assert page.text == "abc3d"
    assert [text[page.origin(at)] for at in (1, 2, 4)] == ["b", "c", "d"]
    assert text[slice(*page.span(3, 4))] == "{{ page.size }}"


def test_includes_that_go_round_do_no_harm_to_a_blog(tmp_path: Path) -> None:
    for name, text in {
        "_config.yml": "",
        "_includes/a.html": "{% include b.html %}",
        "_includes/b.html": "{% include a.html %}",
        "_posts/2020-01-02-a.md": "---\n---\n# A\n\n{% include a.html %}{% include none.html %}\n\n# B\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    blog = JekyllBlog(tmp_path, NOW)
    assert [heading.id for heading in blog.facts(blog.posts[0]).body.headings] == ["a", "b"]
