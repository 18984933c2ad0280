from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import liquid
from postlint.post.liquid import LiquidKind, LiquidRegion
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules._shortened import shortened
from postlint.rules.liquid._code import Codes, is_read, kept
from postlint.rules.liquid._syntax import is_refused

_HIGHLIGHT = lazy(r"\{%-?\s*highlight\b(?P<markup>.*?)-?%\}", 16)
_FORMS = {
    **dict.fromkeys(("if", "unless", "elsif"), "{tag} a == b"),
    "assign": "assign a = b",
    "capture": "capture a",
    "case": "case a",
    "when": "when b",
    "cycle": 'cycle "a", "b"',
    **dict.fromkeys(("for", "tablerow"), "{tag} a in b"),
    "highlight": "highlight java",
    **dict.fromkeys(("include", "include_relative"), '{tag} a.html b="c"'),
}
"""How each of them is written."""


class MalformedLiquidTag(Rule):
    """A Liquid tag that lacks something, or has something in it that Jekyll does not read.

    A condition without anything to ask or with another operator than Liquid's (`=`, `is`, `not`), an
    `assign` without `=`, a `for` without `in`, a `highlight` without a language, an `include` with Hangul or
    spaces in its file's name, curly quotes, or `{{ … }}` among its parameters.

    ## Why
    Jekyll's build stops: not only this page, the whole blog is not published.

    ## Fix safety
    Repair in code, which was to be shown: `{% raw %}` around it keeps Liquid out. No fix in text: what was
    meant, only the author knows.

    ## Precision
    No post of the real blogs that were read has one: they are built (2026-11-22).
    """

    code, name, severity = "LIQ004", "malformed-liquid-tag", Severity.ERROR
    message = Text(
        en="Jekyll's build stops at `{liquid}`; this tag is written like `{form}`",
        ko="`{liquid}` 태그의 형식이 잘못되어 Jekyll 빌드가 멈춥니다. `{form}`처럼 적습니다",
    )
    doc_ko = """빠진 것이 있거나 Jekyll이 읽지 못하는 것이 든 Liquid 태그.

    조건이 비었거나 Liquid에 없는 연산자(`=`, `is`, `not`)를 쓴 `if`, `=`가 없는 `assign`, `in`이 없는 `for`,
    언어가 없는 `highlight`, 파일 이름에 한글이나 공백이 있거나 둥근따옴표나 `{{ … }}`를 값으로 쓴
    `include`가 해당합니다.

    ## 이유
    Jekyll 빌드가 멈추어, 이 글뿐 아니라 블로그 전체가 게시되지 않습니다.

    ## 수정 안전성
    복구: 코드는 적힌 그대로 보여 주는 것이므로 `{% raw %}`로 감싸 Liquid가 건드리지 않게 합니다. 본문에서는
    고치지 않습니다. 무엇을 쓰려 했는지는 글쓴이만 압니다.

    ## 정확도
    읽어 본 실제 블로그는 모두 빌드되므로 이런 글이 없었습니다(2026-11-22).
    """
    signs = ("{%",)
    gives_way_to = ("LIQ001",)
    edits_opaque_regions = True
    examples = (
        Bad("⟦{% highlight %}⟧\nint a;\n{% endhighlight %}\n"),
        Bad("⟦{% highlight 자바 %}⟧\nint a;\n{% endhighlight %}\n"),
        Bad("⟦{% if %}⟧글{% endif %}\n"),
        Bad("⟦{% if page.lang = 'ko' %}⟧글{% endif %}\n"),
        Bad("⟦{% if not page.title %}⟧글{% endif %}\n"),
        Bad("{% if a %}하나⟦{% elsif b and %}⟧둘{% endif %}\n"),
        Bad("⟦{% assign a %}⟧, ⟦{% capture %}⟧글{% endcapture %}\n"),
        Bad("⟦{% for post site.posts %}⟧글{% endfor %}\n"),
        Bad("⟦{%- case -%}⟧{% when 1 %}글{% endcase %}\n"),
        Bad("⟦{% include 그림.html %}⟧\n"),
        Bad("⟦{% include figure.html src=”/a.png” %}⟧\n"),
        Bad("⟦{% include figure.html src={{ site.url }}/a.png %}⟧\n"),
        Bad("⟦{% include ../figure.html %}⟧\n"),
        Bad(
            "```liquid\n⟦{% assign a %}⟧\n```\n",
            fixed="{% raw %}\n```liquid\n{% assign a %}\n```\n{% endraw %}\n",
        ),
        Good("{% if a == b and c contains 'd' or e %}글{% elsif f != nil %}{% endif %}\n"),
        Good("{% if page.title and page.tags.size > 0 %}글{% endif %}{% unless a %}{% endunless %}\n"),
        Good('{% if page.title == "a and b" %}글{% endif %}\n'),
        Good("{% assign a = site.posts | where: 'lang', 'ko' %}{% capture b %}글{% endcapture %}\n"),
        Good("{% for a in (1..3) %}{% cycle 'a', 'b' %}{% endfor %}{% for a in b reversed %}{% endfor %}\n"),
        Good("{% case a %}{% when 1 or 2 %}글{% endcase %}{% tablerow a in b cols:2 %}{% endtablerow %}\n"),
        Good(
            "{% highlight java linenos %}\nint a;\n{% endhighlight %}{% highlight c++ %}{% endhighlight %}\n"
        ),
        Good("{% include figure.html src=\"/a.png\" alt='그림' width=page.width %}\n"),
        Good("{% include {{ page.kind }}.html a=\"b\" %}{% include embed/youtube.html id='a' %}\n"),
        Good("{% include\n  figure.html\n  src='/a.png'\n%}\n"),
        Good("{% raw %}{% if %}{% endraw %}{% comment %}{% if %}{% endcomment %}\n"),
        Good("{% if %}\n", path="README.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if not is_read(post):
            return
        text = post.body.text
        refused = [region for region in _tags(text, post.liquid_regions) if _is_refused(text, region)]
        if not refused:
            return
        codes = Codes(post)
        for region in refused:
            span = Span(region.span.start + post.body_start, region.span.end + post.body_start)
            code = codes.meant_around(span)
            yield self.finding(
                span,
                fix=kept(code, post) if code is not None else None,
                liquid=shortened(post.source[span]),
                form=f"{{% {_FORMS[region.name].format(tag=region.name)} %}}",
            )


def _tags(text: str, regions: tuple[LiquidRegion, ...]) -> Iterator[LiquidRegion]:
    """The tags of a body, those in `highlight` too."""
    for region in regions:
        if region.kind is LiquidKind.TAG:
            yield region
        elif region.kind is LiquidKind.HIGHLIGHT:
            opening = _HIGHLIGHT.match(text, region.span.start, region.content.start)
            if opening is not None:
                yield region._replace(span=Span(*opening.span()), content=Span(*opening.span("markup")))
            start, end = region.content
            for inner in liquid.regions(text[start:end]):
                if inner.kind is LiquidKind.TAG:
                    moved = (Span(one.start + start, one.end + start) for one in (inner.span, inner.content))
                    yield LiquidRegion(inner.kind, inner.name, *moved)


def _is_refused(text: str, region: LiquidRegion) -> bool:
    return is_refused(region.name, text[region.content.start : region.content.end])
