from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules._shortened import shortened
from postlint.rules.liquid._code import Codes, is_read, kept
from postlint.rules.liquid._faults import Kind, faults

_NOT_CLOSED = Text(
    en="`{{% {tag} %}}` is never closed by `{{% end{tag} %}}`: Jekyll's build stops here",
    ko="`{{% {tag} %}}` 태그가 `{{% end{tag} %}}` 태그로 닫히지 않아 Jekyll 빌드가 멈춥니다",
)
_STRAY = Text(
    en="`{{% {tag} %}}` belongs to no open tag: Jekyll's build stops here",
    ko="`{{% {tag} %}}` 태그의 짝이 없어 Jekyll 빌드가 멈춥니다",
)
_NO_NAME = Text(
    en="`{liquid}` names no tag: Jekyll's build stops here",
    ko="`{liquid}` 안에 태그 이름이 없어 Jekyll 빌드가 멈춥니다",
)


class UnclosedLiquid(Rule):
    """Liquid that is not closed: `{{` without `}}`, `{%` without `%}`, `{% if %}` without its end.

    Braces in code count too: Liquid knows no code. `{{1,2},{3,4}}` in a C program is one that does not
    close, as its first `}` is no `}}`.

    ## Why
    Jekyll's build stops with a syntax error: not only this page, the whole blog is not published.

    ## Fix safety
    Repair in code, which was to be shown: `{% raw %}` around it keeps Liquid out. No fix in text: what was
    to be there, only the author knows.
    """

    code, name, severity = "LIQ001", "unclosed-liquid", Severity.ERROR
    message = Text(
        en="`{liquid}` is never closed by `{closing}`: Jekyll's build stops here",
        ko="`{liquid}` 뒤에 닫는 `{closing}` 기호가 없어 Jekyll 빌드가 멈춥니다",
    )
    doc_ko = """닫히지 않은 Liquid. `}}` 없는 `{{`, `%}` 없는 `{%`, 끝 태그 없는 `{% if %}`.

    Liquid는 코드를 모르므로 코드 안의 중괄호도 해당합니다. C 코드의 `{{1,2},{3,4}}`도 첫 `}`가 `}}`가
    아니어서 닫히지 않은 것입니다.

    ## 이유
    Jekyll 빌드가 문법 오류로 멈추어, 이 글뿐 아니라 블로그 전체가 게시되지 않습니다.

    ## 수정 안전성
    복구: 코드는 적힌 그대로 보여 주는 것이므로 `{% raw %}`로 감싸 Liquid가 건드리지 않게 합니다. 본문에서는
    고치지 않습니다. 무엇을 쓰려 했는지는 글쓴이만 압니다.
    """
    signs = ("{{", "{%")
    gives_way_to = ("MATH006",)
    edits_opaque_regions = True
    examples = (
        Bad("제목은 ⟦{{⟧ page.title 이다.\n"),
        Bad("제목은 ⟦{{⟧ page.title } 이다.\n"),
        Bad("⟦{%⟧ if page.title\n"),
        Bad("⟦{% if page.title %}⟧ 글\n"),
        Bad("글 ⟦{% endif %}⟧\n"),
        Bad("⟦{% %}⟧\n"),
        Bad("⟦{% raw %}⟧ {{ x\n"),
        Bad("⟦{% for a in b %}⟧{% if a %}{% endif %}\n"),
        Bad("{% if a %}⟦{% for b in c %}⟧{% endif %}\n"),
        Bad(
            "```c\nint a[2][2] = ⟦{{⟧1,2},{3,4}};\n```\n",
            fixed="{% raw %}\n```c\nint a[2][2] = {{1,2},{3,4}};\n```\n{% endraw %}\n",
        ),
        Bad("여는 기호는 `⟦{{⟧` 이다.\n", fixed="여는 기호는 `{% raw %}{{{% endraw %}` 이다.\n"),
        Bad(
            "```\n⟦{% if user %}⟧\n```\n",
            fixed="{% raw %}\n```\n{% if user %}\n```\n{% endraw %}\n",
        ),
        Bad(
            "{% highlight c %}\na = ⟦{{⟧1, 2}, {3, 4}};\n{% endhighlight %}\n",
            fixed="{% highlight c %}\na = {% raw %}{{1, 2}, {3, 4}};{% endraw %}\n{% endhighlight %}\n",
        ),
        Bad(
            "조건은 `⟦{% if user %}⟧` 로 시작한다.\n",
            fixed="조건은 `{% raw %}{% if user %}{% endraw %}` 로 시작한다.\n",
        ),
        Bad("`글 ⟦{% endraw %}⟧`\n"),
        Good("{{ page.title }} {{page.title}} {{- page.title -}}\n"),
        Good("{% if a %}{% for b in c %}{{ b }}{% endfor %}{% else %}글{% endif %}\n"),
        Good("{% raw %}`{{` 와 `{%` 는 기호다.{% endraw %}\n"),
        Good("{% comment %} {% foo %} {% endbar %} {% endcomment %}\n"),
        Good("{% highlight js %}\na = {b: {c: 1}}\n{% endhighlight %}\n"),
        Good("{a: {b: 1}} 과 }} 과 %} 는 그대로다.\n"),
        Good("{{a: {b: 1}}} 과 {{{ a }}}\n"),
        Good("{% case a %}{% when 1 %}하나{% endcase %}\n"),
        Good("{% include a.html %} {% figure %}글{% endfigure %}\n"),
        Good("---\nrender_with_liquid: false\n---\n\n{{ 여는 기호\n"),
        Good("{{ 여는 기호\n", path="README.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if not is_read(post):
            return
        codes = Codes(post)
        for fault in faults(post.source.text, post.body_start):
            code = codes.meant_around(fault.span)
            mend = kept(code, post) if code is not None else None
            written = shortened(post.source[fault.span])
            if fault.kind is Kind.NOT_TERMINATED:
                closing = "}}" if written == "{{" else "%}"
                yield self.finding(fault.span, fix=mend, liquid=written, closing=closing)
            elif fault.kind is Kind.NO_NAME:
                yield self.finding(fault.span, text=_NO_NAME, fix=mend, liquid=written)
            else:
                text = _NOT_CLOSED if fault.kind is Kind.NOT_CLOSED else _STRAY
                yield self.finding(fault.span, text=text, fix=mend, tag=fault.tag)
