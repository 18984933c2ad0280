from bisect import bisect_left
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.post.liquid import LiquidKind
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._shortened import shortened
from postlint.rules.liquid._code import code_with_liquid, is_read, kept
from postlint.rules.liquid._faults import faults

_KEEP_TAGS = Text(en="keep both tags with `{{% raw %}}`", ko="두 태그를 `{{% raw %}}`로 감싸기")


class LiquidInCode(Rule):
    """Braces in code, such as `${{ secrets.KEY }}`, that Jekyll takes for Liquid and replaces.

    That goes for `{% raw %}` itself, where it is all of a code span. What brings something into code on
    purpose (`{% include %}`, `{% link %}`) is left out.

    ## Why
    Jekyll replaces Liquid before it looks for code, and says nothing: the code on the page lacks what stood
    in the braces, and who copies it copies something else.

    ## Fix safety
    Repair: `{% raw %}` around the code shows it as it was written, which is what code is for. Unsafe, where
    all of it is about the site itself (`{{ site.version }}`): that may be meant to be filled in.

    ## Precision
    26 of 26 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "LIQ002", "liquid-in-code", Severity.ERROR
    message = Text(
        en="Jekyll replaces `{liquid}` in this code: readers do not see it",
        ko="코드 안의 `{liquid}` 부분을 Jekyll이 Liquid로 바꾸어 버려 페이지에 보이지 않습니다",
    )
    doc_ko = """`${{ secrets.KEY }}`처럼 코드 안에 있지만 Jekyll이 Liquid로 여겨 바꾸어 버리는 중괄호.

    코드로 적은 `{% raw %}` 자신도 그렇습니다. 코드에 일부러 내용을 불러오는 태그(`{% include %}`,
    `{% link %}`)는 제외합니다.

    ## 이유
    Jekyll은 코드인지 보기 전에 Liquid부터 조용히 바꿉니다. 페이지의 코드에서 중괄호 부분이 사라지고,
    복사한 사람은 다른 코드를 얻습니다.

    ## 수정 안전성
    복구: 코드는 적힌 그대로 보여 주는 것이므로 `{% raw %}`로 감쌉니다. 모두 사이트에 관한
    값(`{{ site.version }}`)이면 일부러 채워 넣은 것일 수 있어 안전하지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 26건 중 26건이 맞았습니다(2026-11-22).
    """
    signs = ("{{", "{%")
    gives_way_to = ("LIQ001", "LIQ004")
    edits_opaque_regions = True
    examples = (
        Bad(
            "```yaml\nkey: $⟦{{ secrets.KEY }}⟧\nby: {{ github.actor }}\n```\n",
            fixed="{% raw %}\n```yaml\nkey: ${{ secrets.KEY }}\nby: {{ github.actor }}\n```\n{% endraw %}\n",
        ),
        Bad(
            "    style=⟦{{marginLeft: '15px'}}⟧\n",
            fixed="{% raw %}\n    style={{marginLeft: '15px'}}\n{% endraw %}\n",
        ),
        Bad(
            "템플릿의 `⟦{% if user %}⟧참{% endif %}` 다음\n",
            fixed="템플릿의 `{% raw %}{% if user %}참{% endif %}{% endraw %}` 다음\n",
        ),
        Bad(
            "각주[^1] 다.\n\n[^1]: 값은 `⟦{{ x }}⟧` 이다.\n",
            fixed="각주[^1] 다.\n\n[^1]: 값은 `{% raw %}{{ x }}{% endraw %}` 이다.\n",
        ),
        Bad(
            "범례는 `⟦{{method}}⟧` 이다.\n",
            fixed="범례는 `{% raw %}{{method}}{% endraw %}` 이다.\n",
        ),
        Bad(
            "- 설정\n\n  ```yaml\n  key: ⟦{{ a.b }}⟧ and {{ c }}\n  ```\n",
            fixed="- 설정\n\n  ```yaml\n  key: {% raw %}{{ a.b }} and {{ c }}{% endraw %}\n  ```\n",
        ),
        Bad(
            "{% highlight jsx %}\n<p style=⟦{{ a: red }}⟧>\n{% endhighlight %}\n",
            fixed="{% highlight jsx %}\n<p style={% raw %}{{ a: red }}{% endraw %}>\n{% endhighlight %}\n",
        ),
        Bad(
            "<pre>⟦{{ form.number }}⟧</pre>\n",
            fixed="<pre>{% raw %}{{ form.number }}{% endraw %}</pre>\n",
        ),
        Bad(
            "```\npip install tool==⟦{{ site.version }}⟧\n```\n",
            fixed="{% raw %}\n```\npip install tool=={{ site.version }}\n```\n{% endraw %}\n",
        ),
        Bad(
            "```\n⟦{{ a }}⟧\n```\n{: .wide}\n",
            fixed="```\n{% raw %}{{ a }}{% endraw %}\n```\n{: .wide}\n",
        ),
        Bad(
            "```\n⟦{{ a }}⟧ {% raw %}{{ b }}{% endraw %}\n{{ c }}\n```\n",
            fixed="```\n{% raw %}{{ a }}{% endraw %} {% raw %}{{ b }}{% endraw %}\n"
            "{% raw %}{{ c }}{% endraw %}\n```\n",
        ),
        Bad(
            "```{% assign x = 1 %}\n⟦{{ a }}⟧\n```\n",
            fixed="```{% assign x = 1 %}\n{% raw %}{{ a }}{% endraw %}\n```\n",
        ),
        Bad(
            "`⟦{% raw %}⟧`와 `{% endraw %}` 사이에 쓴다.\n",
            fixed="`{% raw %}{% raw %}{% endraw %}`와 `{% raw %}{%{% endraw %} endraw %}` 사이에 쓴다.\n",
        ),
        Good("```{% assign x = 1 %}\nmake\n```\n"),
        Good("{% raw %}\n```yaml\nkey: ${{ secrets.KEY }}\n```\n{% endraw %}\n"),
        Good("`{% raw %}{{ x }}{% endraw %}`\n"),
        Good("{% highlight jsx %}\n{% raw %}\nstyle={{ a: 1 }}\n{% endraw %}\n{% endhighlight %}\n"),
        Good("```python\n{% include code/example.py %}\n```\n"),
        Good('`{{ "{{ x }}" }}` 로 쓴다.\n'),
        Good("[글]({{ site.baseurl }}{% link a.md %}) 과 `code` 를 본다.\n"),
        Good("```\nf\"{name} {a['b']}\"\n```\n"),
        Good("---\nrender_with_liquid: false\n---\n\n```\n{{ x }}\n```\n"),
        Good(
            "---\ntitle: 봄\n---\n\n```\n{{ x }}\n```\n",
            site={"_config.yml": "defaults:\n  - values:\n      render_with_liquid: false\n"},
        ),
        Good("```\n{{ x }}\n```\n", path="README.md"),
    )

    # Without Liquid the engine's tree is not asked for.
    def check(self, post: Post) -> Iterator[Finding]:
        broken = [fault.span for fault in faults(post.source.text, post.body_start)]
        for code in code_with_liquid(post):
            index = bisect_left(broken, code.code)
            if index < len(broken) and broken[index].start < code.code.end:
                continue  # Liquid does not come as far as to replace anything in it
            first = code.regions[0]
            yield self.finding(first.span, fix=kept(code, post), liquid=shortened(post.source[first.span]))
        yield from self._raw_tags(post)

    def _raw_tags(self, post: Post) -> Iterator[Finding]:
        """Of `raw` and its end, written as code to be seen, neither is."""
        if not is_read(post):
            return
        text = post.source.text
        for region in post.liquid_regions:
            if region.kind is not LiquidKind.RAW:
                continue
            opening = Span(region.span.start + post.body_start, region.content.start + post.body_start)
            closing = Span(region.content.end + post.body_start, region.span.end + post.body_start)
            if _is_all_of_its_code(opening, text):
                mended = _shown(opening, closing, text) if _is_all_of_its_code(closing, text) else None
                yield self.finding(opening, fix=mended, liquid=text[opening.start : opening.end])


def _is_all_of_its_code(tag: Span, text: str) -> bool:
    return text[tag.start - 1 : tag.start] == "`" == text[tag.end : tag.end + 1]


def _shown(opening: Span, closing: Span, text: str) -> Fix:
    """Both tags for readers to see: `raw` keeps all but its own end, which is written in two parts."""
    return fix(
        Safety.REPAIR,
        _KEEP_TAGS,
        Edit(opening, "{% raw %}" + text[opening.start : opening.end] + "{% endraw %}"),
        Edit(closing, "{% raw %}{%{% endraw %}" + text[closing.start + 2 : closing.end]),
    )
