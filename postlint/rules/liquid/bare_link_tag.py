from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.post.liquid import LiquidKind
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.liquid._code import is_read

_TAGS = frozenset({"post_url", "link"})
_BEHIND_ADDRESSES = frozenset(")]#>\"'")


class BareLinkTag(Rule):
    """`{% post_url %}` or `{% link %}` in the text, outside of a link.

    ## Why
    Either tag makes an address and no link of it: readers see `/2024/05/01/spring.html` in the middle of the
    sentence, and nothing to click.

    ## Fix safety
    No fix: a link is `[text]({% post_url 2024-05-01-spring %})`, and which text, only the author knows.
    """

    code, name, severity = "LIQ005", "bare-link-tag", Severity.WARNING
    message = Text(
        en="`{tag}` makes an address and no link: readers see a bare path",
        ko="`{tag}` 태그는 주소만 만들 뿐 링크를 걸지 않아, 독자에게는 경로가 글자로만 보입니다",
    )
    doc_ko = """링크 안이 아니라 글에 그냥 적은 `{% post_url %}`이나 `{% link %}`.

    ## 이유
    두 태그는 주소를 만들 뿐 링크를 걸지 않습니다. 독자에게는 문장 가운데에 `/2024/05/01/spring.html`이라는
    글자만 보이고, 누를 곳이 없습니다.

    ## 수정 안전성
    고치지 않음: 링크는 `[글]({% post_url 2024-05-01-spring %})`처럼 적는데, 어떤 글을 보일지는 글쓴이만
    압니다.
    """
    signs = ("post_url", "link")
    gives_way_to = ("LIQ001", "LIQ002", "LIQ004", "PAGE002", "PAGE003")
    examples = (
        Bad("이전 글 ⟦{% post_url 2024-05-01-example %}⟧을 참고한다.\n"),
        Bad("- 관련 글: ⟦{% link _posts/2024-05-01-example.md %}⟧\n"),
        Good('이전 [글]({% post_url 2024-05-01-example %})과 [글][1], <a href="{% link a.md %}">글</a>\n'),
        Good('[1]: {% post_url 2024-05-01-example %}\n[둘]: {{ site.url }}{% link a.md %} "제목"\n'),
        Good("{% capture a %}{% post_url 2024-05-01-example %}{% endcapture %}[글]({{ a }})\n"),
        Good("`{% raw %}{% post_url 2024-05-01-example %}{% endraw %}` 라고 쓴다.\n"),
        Good("```\n{% post_url 2024-05-01-example %}\n```\n\n<https://example.org{% link a.md %}>\n"),
        Good("{{ site.url }}{% post_url 2024-05-01-example %} 라는 주소\n"),
        Good("[글] ({% post_url 2024-05-01-example %}) 과 (글)[{% link a.md %}]\n"),
        Good("{% include a.html url=b %}{% link a.md %}\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if not is_read(post):
            return
        text = post.source.text
        captured = 0
        for region in post.liquid_regions:
            if region.kind is not LiquidKind.TAG:
                continue
            captured += {"capture": 1, "endcapture": -1}.get(region.name, 0)
            if region.name not in _TAGS or captured:
                continue
            span = Span(region.span.start + post.body_start, region.span.end + post.body_start)
            before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
            stands_alone = not before or before.isspace() or before.isalpha()
            if stands_alone and after not in _BEHIND_ADDRESSES and post.is_any_text([span.start]):
                yield self.finding(span, tag=region.name)
