from collections.abc import Iterator
from typing import Annotated

from postlint.findings import Finding, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.liquid import LiquidKind
from postlint.post.post import Post
from postlint.rule import Bad, Form, Good, Rule
from postlint.rules.liquid._code import Codes, is_read

_TAGS = frozenset(
    (
        *("#", "assign", "break", "capture", "case", "comment", "continue", "cycle", "decrement", "doc"),
        *("echo", "else", "elsif", "for", "if", "ifchanged", "increment", "inline_comment", "liquid", "raw"),
        *("render", "tablerow", "unless", "when"),
        *("highlight", "include", "include_relative", "link", "post_url"),
    )
)
"""Liquid's tags (`lib/liquid/tags/`) and Jekyll's (`lib/jekyll/tags/`)."""
_WORD = lazy(r"\{%-?\s*(?P<name>\w+)")


_TagName = Annotated[str, Form(lazy(r"\w+"), "names of tags", "태그 이름")]


class Options(NamedTuple):
    tags: tuple[_TagName, ...] = ()


class UnknownLiquidTag(Rule):
    """A Liquid tag that neither Jekyll has nor a plugin of the site.

    Plugins are those of `_config.yml`, the `Gemfile` and `_plugins`; where one of them is not known to
    postlint, it may add any tag. The option `tags` names tags that the site has besides. Tags in code
    belong to `liquid-in-code`.

    ## Why
    Jekyll's build stops at a tag that it does not know, and the blog is not published; on another machine,
    as that of GitHub Pages, a plugin may be missing.

    ## Fix safety
    No fix: whether the name is misspelt or a plugin missing, only the author knows.
    """

    code, name, severity = "LIQ003", "unknown-liquid-tag", Severity.INFO
    message = Text(
        en="neither Jekyll nor a plugin of this site has a tag `{tag}`",
        ko="Jekyll에도 이 사이트의 플러그인에도 `{tag}` 태그가 없습니다",
    )
    doc_ko = """Jekyll에도 사이트의 플러그인에도 없는 Liquid 태그.

    플러그인은 `_config.yml`, `Gemfile`, `_plugins`에서 봅니다. postlint가 모르는 플러그인이 있으면 어떤
    태그든 더할 수 있다고 봅니다. 사이트에 더 있는 태그는 옵션 `tags`에 적습니다. 코드 안의 태그는
    `liquid-in-code`가 다룹니다.

    ## 이유
    Jekyll은 모르는 태그에서 빌드를 멈추므로 블로그가 게시되지 않습니다. GitHub Pages처럼 다른 컴퓨터에는
    플러그인이 없을 수도 있습니다.

    ## 수정 안전성
    고치지 않음: 이름을 잘못 적었는지 플러그인이 빠졌는지는 글쓴이만 압니다.
    """
    signs = ("{%",)
    gives_way_to = ("LIQ001", "LIQ002", "MATH006")
    Options = Options
    examples = (
        Bad("주소는 {% ⟦url⟧ 'index' %} 이다.\n"),
        Bad("{%- ⟦incldue⟧ a.html -%}\n"),
        Bad("{% ⟦tabs⟧ code %}글{% ⟦endtabs⟧ %}\n"),
        Good("{% include a.html %} {% link _posts/a.md %} {% post_url 2024-01-01-a %}\n"),
        Good("{% assign a = 1 %}{% if a %}{% endif %}{% for b in c %}{% break %}{% endfor %}\n"),
        Good("{% gist 1234 %} {% seo %}\n"),
        Good("{% raw %}{% url 'index' %}{% endraw %}\n"),
        Good("{% comment %}{% todo %}{% endcomment %}\n"),
        Good("{%- # 적어 두는 말 -%}\n"),
        Good("`{% url 'index' %}`\n"),
        Good("{% url 'index' %}\n", path="README.md"),
        Good("{% tabs %}글{% endtabs %} {% youtube a %}\n", options={"tags": ["tabs", "youtube"]}),
        Bad("{% tabs %}글{% endtabs %} {% ⟦youtub⟧ a %}\n", options={"tags": ["tabs", "youtube"]}),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if not is_read(post):
            return
        codes = Codes(post)
        for region in post.liquid_regions:
            name = region.name.removeprefix("end")
            if region.kind is not LiquidKind.TAG or not name or region.name in _TAGS or name in _TAGS:
                continue
            known = post.home.plugin_tags
            if known is None or not known.union(self.options.tags).isdisjoint((region.name, name)):
                continue
            whole = Span(region.span.start + post.body_start, region.span.end + post.body_start)
            word = _WORD.match(post.source.text, whole.start)
            if word is not None and codes.around(whole) is None:
                yield self.finding(Span(*word.span("name")), tag=region.name)
