"""Small blogs by chance, odd in the ways that real blogs are: names, dates, front matter, configuration."""

from __future__ import annotations

import random
from pathlib import Path

_PERMALINKS = (
    *("date", "pretty", "none", "ordinal", "weekdate", "/:title/", "/:categories/:title", ":title.html"),
    *(
        "/blog/:year/:month/:day/:slug/",
        "/:year/:i_month/:i_day/:title:output_ext",
        "/p/:path",
        ":categories/:name/",
    ),
    *("/:short_year/:y_day/:title", "/:slugified_categories/:title/", "/:w_year/:week/:w_day-:title.html"),
    *("/:long_month-:short_month/:long_day/:short_day/:hour:minute:second/:title", "/:year_/:month_:title/"),
    *("/:collection/:title", "/글/:title/"),
)
_TITLES = (
    *(
        "hello-world",
        "Hello World",
        "주간-정리",
        "주간 정리",
        "c++",
        "a.b.c",
        "a--b",
        "-x-",
        "100%",
        "what?",
        "C#-tour",
    ),
    *(
        "trailing.",
        "UPPER",
        "a_b",
        "café",
        "1",
        "(1)",
        "a&b",
        "it's",
        "日本語",
        "x'y\"z",
        "[wip]-note",
        "tilde~",
        "a=b",
    ),
    *("é", "가나다", "emoji-🎉", "2020-01-01-again", "dots...", "plus+plus", "semi;colon", "at@home"),
)
_FILE_DATES = (
    *("2020-01-02", "2019-12-31", "2021-02-28", "2020-1-7", "20-03-04", "99-12-31", "2016-02-29"),
    *("2020-02-30", "2020-11-30", "2012-12-31", "2021-01-03"),
)
_NO_POSTS = (
    *(
        "notes.md",
        "2020-01-02 spaced.md",
        "2020-01-02(1).md",
        "2020-01-02.md",
        "README",
        "20200102-x.md",
        ".hidden.md",
    ),
    *(
        "_2020-01-02-x.md",
        "2020-01-02-x.md~",
        "#2020-01-02-x.md",
        "2020-01-02-noext",
        "photo.png",
        "2020-01-02-d.yml",
    ),
)
_EXTENSIONS = (".md", ".md", ".md", ".markdown", ".html", ".MD", ".txt", ".mkd")
_FOLDERS = (
    *(
        "_posts",
        "_posts",
        "_posts",
        "_posts/2020",
        "_posts/_inner",
        "study/_posts",
        "study/주간/_posts",
        "A/b c/_posts",
    ),
    *("_hidden/_posts", "vendor/bundle/_posts", "drop/_posts", "_drafts", "study/_drafts", "_posts/notes.d"),
)
_DATES = (
    *("2020-03-04", "2020-03-04 05:06:07", "2020-03-04 23:30:00 +0900", "2020-03-04 01:00:00 -0500"),
    *(
        "2020-03-04T05:06:07Z",
        "2020/3/4",
        "2020.03.04",
        "'2020-03-04 05:06'",
        "2020-03-04 05:06",
        "March 4, 2020",
    ),
    *("4 Mar 2020 10:00 KST", "20200304", "2020-3-4", "2020-03-04 24:00:00", "2020-03-04 5:06:07 PM +0900"),
    *("2099-01-01", "2020-02-27-01:00", "2020-03-04 12:34:56.789 +09:00", '"2020년 3월 4일"'),
)
_LABELS = (
    *(
        "tags: Deep Learning",
        "tags: [Deep Learning, NLP]",
        "tag: SVD, PCA",
        "tags:",
        "tags: 2020",
        "tags: [2020, 2020.0, true]",
    ),
    *(
        "tags:\n  - a b\n  - [c, d]\n  -",
        "tag: [x, y]",
        "tag:\ntags: z w",
        "tags: {a: b}",
        "tags: ''",
        "tags: [null, x]",
    ),
    *(
        "categories: Study Notes",
        "categories: [Study, 주간 정리]",
        "category: Study Notes",
        "category: [a, B]",
    ),
    *(
        "categories:",
        "categories: a a b",
        "categories: 2020",
        "category: 2020",
        "categories: [2020, '2020', true]",
    ),
    *(
        "categories: [[a, b], c]",
        "categories: {a: b}",
        "category:\ncategories: q r",
        "categories: ['A/B', 'C&D', ' e ']",
    ),
    *("category: 1.50", "categories: [2020-01-02, x]", "tags: [2020-01-02]", "categories: []"),
)
_ADDRESSES = (
    *(
        "permalink: /fixed/",
        "permalink: /fixed.html",
        "permalink: fixed",
        "permalink: /:title/x/",
        "permalink: pretty",
    ),
    *(
        "permalink: '/a b/한글/'",
        "permalink: /a/../b/./c",
        "permalink:",
        "permalink: /:categories/:slug.htm",
        "permalink: /x.y/",
    ),
    *(
        "slug: my-slug",
        "slug: My Slug",
        "slug: 한글 슬러그",
        "slug: ''",
        "slug: a.b?",
        "slug: 2020",
        "permalink: '//x//y'",
    ),
)
_OTHERS = (
    *(
        "published: false",
        "published: true",
        "published:",
        "published: 'false'",
        "layout: post",
        "layout:",
        "draft: true",
    ),
    *(
        "title: A title",
        "title: '제목: 하나'",
        "title: 2020",
        "title: 2020-01-02",
        "title: true",
        "title:",
        "title: ''",
        "title: 1.50",
    ),
    *(
        "ext: .foo",
        "render_with_liquid: false",
        "future: true",
        "title: 2020-01-02 03:04:05",
        "title: [a, 1]",
    ),
)
_CONFIGS = (
    *(
        "future: true",
        "unpublished: true",
        "show_drafts: true",
        "limit_posts: 3",
        "exclude: [drop, '*.txt', vendor]",
    ),
    *(
        "exclude: []",
        "include: [_hidden, .hidden.md]",
        "include: ['_2020*']",
        "markdown_ext: md,txt",
        "exclude: ['study/*']",
    ),
    *(
        "baseurl: /sub",
        "baseurl: sub/",
        "baseurl: ''",
        "url: https://blog.example",
        "url: https://blog.example/",
        "baseurl:",
    ),
    *("exclude: ['study/주간', 'A/']", "exclude: [a]", "exclude: ['**/2020-*']", "keep_files: [x]"),
)
_DEFAULTS = (
    "- scope: {path: '', type: posts}\n  values: {layout: post, category: general}",
    "- scope: {path: _posts/2020}\n  values: {permalink: '/old/:title/'}",
    "- scope: {path: ''}\n  values: {tags: [one, two words], title: Untitled}",
    "- scope: {path: 'study', type: post}\n  values: {categories: from defaults}",
    "- scope: {path: study}\n  values: {date: '2018-07-08'}",
    "- scope: {path: ''}\n  values: {published: true}",
    "- scope: {path: 'A/*/_posts'}\n  values: {slug: starred}",
    "- scope: {type: notes, path: ''}\n  values: {permalink: '/n/:name'}",
    "- scope: {type: pages, path: ''}\n  values: {permalink: '/pages/:basename/'}",
    "- scope: {path: about.md}\n  values: {published: false}",
    "- not a set",
)
_ZONES = ("Asia/Seoul", "America/New_York", "UTC", "Europe/London", "Asia/Kolkata")
_BODIES = """
## 주간 정리\n\n[글]({{ site.baseurl }}/x/) ![그림]({{ '/a b.png' | relative_url }})
[a]({{ page.url }}) [b]({{ site.url }}{{ page.url | relative_url }}) [c]({{ '/한글/' | absolute_url }})
{% assign base = site.baseurl | append: '/img' %}![x]({{ base }}/x.png)\n\n# {{ page.title | escape }}
{% include figure.html src='/img/x.png' caption="그림 1" %}\n\n{% include plain.md %}
{% if page.tags contains 'x' %}[yes](/yes){% else %}[no](/no){% endif %}
{% for tag in page.tags %}[{{ tag }}](/t/{{ tag | escape }}){% unless forloop.last %}, {%endunless%}{%endfor%}
{% capture where %}/c/{{ page.slug }}{% endcapture %}[c]({{ where | downcase }})
## {{ page.date | date: '%Y-%m' }}
{% raw %}[{{ x }}](/raw){% endraw %} {%- comment -%}[n](/no){%- endcomment -%} [z](/z)
{% case page.layout %}{% when 'post', 'page' %}[p](/p){% else %}[q](/q){% endcase %}
{% unless site.nothing %}[u](/u){% endunless %}{{ nothing }}{{ 'x' | upcase }}[v](/{{ 'a b' | url_encode }})
{% link about.md %} [about]({% link about.md %}) [post]({% post_url 2018-01-01-anchor %})
{% include nested.html level=1 %}
{% for n in (1..3) %}{% if n == 2 %}{% continue %}{% endif %}[{{ n }}](/n/{{ n | times: 2 }}){% endfor %}
[d]({{ page.nothing | default: '/default' }}) [w]({{ 'a,b' | split: ',' | last | prepend: '/' }})
[r]({{ '/x/y' | replace: '/', '-' }}) [id]({{ page.id }}) [p](/{{ page.path }})
[n](/{{ page.name | url_encode }}) [s]({{ page.slug | slugify }}) [f]({{ site.tags_folder | default: 't' }})
{% if site.baseurl == '' or page.layout == 'post' and page.draft %}[1](/1){%elsif page.title%}[2](/2){%endif%}
{% assign words = 'b a c' | split: ' ' | sort %}{% for w in words limit: 2 %}[{{ w }}](/{{ w }}){% endfor %}
[e]({{ "/a'b" | escape }}) [size](/{{ page.tags.size }}/{{ page.tags.first }}/{{ page['slug'] }})
""".strip().splitlines()
_INCLUDES = {
    "figure.html": '<img src="{{ include.src | relative_url }}" alt="{{ include.caption }}">'
    '{% if include.link %}<a href="{{ include.link }}">l</a>'
    '{% else %}<a href="{{ include.src }}">s</a>{% endif %}',
    "plain.md": "[included](/included/{{ page.slug }})\n",
    "nested.html": "{% assign seen = include.level %}{% include plain.md %}"
    "{% include figure.html src=page.url link=include.level %} [{{ seen }}](/seen)",
}


def write(folder: Path, seed: int) -> None:
    """Writes the blog that `seed` stands for below `folder`."""
    chance = random.Random(seed)
    _put(folder / "_config.yml", _config(chance))
    for name, text in _INCLUDES.items():
        _put(folder / "_includes" / name, text)
    _put(folder / "_posts/2018-01-01-anchor.md", "---\n---\n")
    _put(
        folder / "about.md", "---\n" + chance.choice(("", "permalink: /me/\n", "title: x\n")) + "---\nhello\n"
    )
    for name in (
        "index.md",
        "docs/a b.md",
        "docs/index.html",
        "소개.markdown",
        "feed.xml",
        "s.scss",
        "a.b..md",
    ):
        _put(folder / name, "---\n---\n# x\n" if chance.random() < 0.7 else "no front matter\n")
    for name in ("img/그림 1.png", "img/x%20y.png", ".nojekyll", "_data/x.yml", "robots.txt", "x."):
        _put(folder / name, "")
    for name in ("_notes/one.md", "_notes/sub/2020-05-06-two words.md", "_notes/pic.png"):
        _put(folder / name, "---\ntitle: n\n---\n" if name.endswith(".md") else "")
    for _ in range(chance.randint(4, 12)):
        _put(folder / chance.choice(_FOLDERS) / _post_name(chance), _post(chance))


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _post_name(chance: random.Random) -> str:
    if chance.random() < 0.15:
        return chance.choice(_NO_POSTS)
    return f"{chance.choice(_FILE_DATES)}-{chance.choice(_TITLES)}{chance.choice(_EXTENSIONS)}"


def _post(chance: random.Random) -> str:
    lines: dict[str, str] = {}
    if chance.random() < 0.5:
        lines["date"] = f"date: {chance.choice(_DATES)}"
    for choices, likely in ((_LABELS, 0.8), (_LABELS, 0.4), (_ADDRESSES, 0.3), (_OTHERS, 0.5)):
        if chance.random() < likely:
            line = chance.choice(choices)
            lines.setdefault(line.partition(":")[0], line)
    body = "\n\n".join(chance.sample(_BODIES, chance.randint(1, 3))).replace("\\n", "\n")
    front_matter = "\n".join(lines.values())
    if chance.random() < 0.04:
        front_matter += "\ntitle: [unclosed"
    return f"---\n{front_matter}\n---\n{body}" if chance.random() < 0.95 else body


def _config(chance: random.Random) -> str:
    lines: dict[str, str] = {}
    if chance.random() < 0.8:
        lines["permalink"] = f"permalink: {chance.choice(_PERMALINKS)}"
    if chance.random() < 0.6:
        lines["timezone"] = f"timezone: {chance.choice(_ZONES)}"
    if chance.random() < 0.4:
        permalink = chance.choice(
            ("", "\n    permalink: /:collection/:path/", "\n    permalink: '/n/:title:output_ext'")
        )
        lines["collections"] = (
            f"collections:\n  notes:\n    output: {chance.choice(('true', 'false'))}{permalink}"
        )
    for line in chance.sample(_CONFIGS, chance.randint(0, 4)):
        lines.setdefault(line.partition(":")[0], line)
    if chance.random() < 0.6:
        lines["defaults"] = "defaults:\n" + "\n".join(chance.sample(_DEFAULTS, chance.randint(1, 4)))
    return "\n".join(lines.values()) + "\n"
