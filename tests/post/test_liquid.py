"""What Jekyll's Liquid leaves for Markdown to read, and where in the file that stands."""

from __future__ import annotations

import pytest

from postlint.findings import Span
from postlint.post.liquid import UNKNOWN, LiquidKind, regions, rendered
from postlint.post.mapped import Mapped
from tests.conftest import Ruby


def shown(text: str) -> str:
    return rendered(Mapped.whole(text), regions(text)).text


AS_LIQUID_HAS_IT = [
    # (template, text)
    ("봄이 온다", "봄이 온다"),
    ("a { b } {c} %} }} d", "a { b } {c} %} }} d"),
    # raw shows its inside, Liquid and all
    ("{% raw %}{{ 봄 }}{% endraw %}", "{{ 봄 }}"),
    ("{%raw%}{% if %}{% comment %}{%endraw%}!", "{% if %}{% comment %}!"),
    ("{% raw %}a{% endraw %}b{% raw %}c{% endraw %}", "abc"),
    ("{% raw %}{{ {% endraw %}", "{{ "),
    # a comment vanishes, its Liquid unread; comments stand within each other
    ("a{% comment %}\n{{ b }}\n{% endcomment %}\nc", "a\nc"),
    ("{% comment 메모 %}x{% endcomment %}y", "y"),
    ("{% comment %}a{% comment %}b{% endcomment %}c{% endcomment %}d", "d"),
    ("{% comment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}d", "d"),
    # tags that only do something
    ('{% assign season = "봄" %}끝', "끝"),
    ("{% if true %}\n- x\n{% endif %}\n", "\n- x\n\n"),
    ("{% unless false %}a{% endunless %}", "a"),
    # outputs whose value stands in them
    ("{{ '봄' }}{{\"여름\"}}", "봄여름"),
    ("{{ true }}|{{ false }}|{{ 5 }}|{{ -3 }}", "true|false|5|-3"),
    ("{{ nil }}{{ empty }}{{ blank }}{{ }}{{}}", ""),
    # a name that nobody has given a value shows nothing
    ("a{{ season }}b{{ a.b.c-d }}c{{ list[0].name }}d", "abcd"),
    # a tag ends at the first sign that could end it, in quotes too
    ("{% assign a = '%}' %}b", "' %}b"),
    # a hyphen takes the white space beside it, line ends too, but no wide space
    ("a  {%- assign b = 1 -%}  \n\n c", "ac"),
    ("a \t{{- '봄' -}}\n b", "a봄b"),
    ("a {% assign b = 1 -%} c", "a c"),
    ("a {%- assign b = 1 %} c", "a c"),
    ("a\u3000{%- assign b = 1 -%}\u3000c", "a\u3000\u3000c"),
    ("a\xa0{%- assign b = 1 -%}\xa0c", "a\xa0\xa0c"),
    ("a {%- comment -%} b {%- endcomment -%} c", "ac"),
    ("{{-'x'-}}", "x"),
    # at raw, Liquid heeds the hyphens of the opening tag only, and applies the second behind the block
    ("a {%- raw %} b {% endraw -%} c", "a b  c"),
    ("a {% raw -%} b {% endraw %}  c", "a  b c"),
]


@pytest.mark.parametrize(("template", "text"), AS_LIQUID_HAS_IT)
def test_what_liquid_shows_is_known_without_a_site(template: str, text: str) -> None:
    assert shown(template) == text


@pytest.mark.jekyll
def test_liquid_itself_shows_the_same(ruby: Ruby) -> None:
    assert ruby("liquid_text.rb", [template for template, _ in AS_LIQUID_HAS_IT]) == [
        text for _, text in AS_LIQUID_HAS_IT
    ]


ONLY_A_BUILD_TELLS = [
    # what Jekyll gives a name for
    ("{{ site.title }}", UNKNOWN),
    ("![그림]({{ site.baseurl }}/a.png)", f"![그림]({UNKNOWN}/a.png)"),
    ("{{ page.url | relative_url }}", UNKNOWN),
    # what the text itself gives a value, here or inside a loop
    ('{% assign season = "봄" %}{{ season }}', UNKNOWN),
    ("{% capture season %}봄{% endcapture %}{{ season }}", f"봄{UNKNOWN}"),
    ("{% for post in site.posts %}{{ post.title }}{% endfor %}", UNKNOWN),
    ("{% increment n %}{{ n }}", UNKNOWN * 2),
    # what a filter makes of it
    ("{{ '/a' | relative_url }}", UNKNOWN),
    ("{{ season | default: '봄' }}", UNKNOWN),
    # what other files and plugins show, and the names they may have given a value
    ("{% include figure.html src='a.png' %}", UNKNOWN),
    ("{% include seasons.html %}{{ season }}", UNKNOWN * 2),
    ("{% bookmark https://example.com %}{{ season }}", UNKNOWN * 2),
    ("{% link _posts/2024-05-01-a.md %}{{ season }}", UNKNOWN),
    # what Liquid takes with a warning
    ('{{ "}}" }}', f'{UNKNOWN}" }}}}'),
    ("{{{ a }}}", f"{UNKNOWN}}}"),
    # a code block of Jekyll's is raw HTML to Markdown
    ("{% highlight ruby %}\n# x\n{% endhighlight %}\n", '<figure class="highlight"></figure>\n'),
    (
        "{% highlight liquid %}{% raw %}{% endhighlight %}{% endraw %}{% endhighlight %}!",
        '<figure class="highlight"></figure>!',
    ),
]


@pytest.mark.parametrize(("template", "text"), ONLY_A_BUILD_TELLS)
def test_what_only_a_build_would_tell_has_a_sign_in_its_place(template: str, text: str) -> None:
    assert shown(template) == text


BOTH_BRANCHES = "{% if page.toc %}[차례](#a){% else %}[처음](/){% endif %}"


def test_every_branch_is_read_as_if_it_were_shown() -> None:
    assert shown(BOTH_BRANCHES) == "[차례](#a)[처음](/)"


NO_REGION = ["{{ 봄", "{% if 봄", "{{ 봄 %}", "{% raw }}", "{ { 봄 } }", "{", "{%"]


@pytest.mark.parametrize("text", NO_REGION)
def test_braces_that_are_never_closed_are_no_region(text: str) -> None:
    assert regions(text) == []
    assert shown(text) == text


UNCLOSED_BLOCKS = [
    "{% raw %}a",
    "{% comment %}a",
    "{% highlight c %}a",
    "{% comment %}{% raw %}a{% endcomment",
]


@pytest.mark.parametrize("text", UNCLOSED_BLOCKS)
def test_a_block_that_is_never_closed_is_a_mere_tag(text: str) -> None:
    assert regions(text)[0].kind is LiquidKind.TAG


REGIONS = [
    # (template with ⟦⟧ around the region and ⟪⟫ around its content, kind, name)
    ("가 ⟦{{⟪ site.title ⟫}}⟧ 나", LiquidKind.OUTPUT, ""),
    ("가 ⟦{{-⟪ site.title ⟫-}}⟧ 나", LiquidKind.OUTPUT, ""),
    ("⟦{% include⟪ a.html x='1' ⟫%}⟧", LiquidKind.TAG, "include"),
    ("⟦{%- include⟪ a.html ⟫-%}⟧", LiquidKind.TAG, "include"),
    ("⟦{% raw %}⟪ {{ x }} ⟫{% endraw %}⟧", LiquidKind.RAW, "raw"),
    ("⟦{% comment %}⟪ 메모 ⟫{% endcomment %}⟧", LiquidKind.COMMENT, "comment"),
    ("⟦{% highlight python linenos %}⟪\nx = 1\n⟫{% endhighlight %}⟧", LiquidKind.HIGHLIGHT, "highlight"),
    ("⟦{%⟪⟫%}⟧", LiquidKind.TAG, ""),
    ("⟦{{⟪⟫}}⟧", LiquidKind.OUTPUT, ""),
]


@pytest.mark.parametrize(("marked", "kind", "name"), REGIONS)
def test_a_region_knows_its_span_and_its_content(marked: str, kind: LiquidKind, name: str) -> None:
    places = {}
    text = ""
    for character in marked:
        if character in "⟦⟧⟪⟫":
            places[character] = len(text)
        else:
            text += character
    (region,) = regions(text)
    assert (region.kind, region.name) == (kind, name)
    assert region.span == Span(places["⟦"], places["⟧"])
    assert region.content == Span(places["⟪"], places["⟫"])


def test_text_behind_liquid_still_names_its_place_in_the_file() -> None:
    text = "{% comment %}메모{% endcomment %}{{ site.title }} 봄"
    page = rendered(Mapped.whole(text), regions(text))
    assert page.text == f"{UNKNOWN} 봄"
    assert text[slice(*page.span(2, 3))] == "봄"
    assert text[slice(*page.span(0, 1))] == "{{ site.title }}"


OPEN_ENDED = [
    "{{",
    "{%",
    "{{ }",
    "{% raw %}",
    "{% comment %}",
    "{% highlight %}",
    "{%- ",
    "{{ a }}{%",
    "{% endraw ",
]


@pytest.mark.parametrize("unit", OPEN_ENDED)
def test_open_braces_without_end_take_one_pass(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert all(region.span.end <= len(text) for region in regions(text))
