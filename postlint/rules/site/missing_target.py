from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.rule import Bad, Good, SiteRule
from postlint.site.blog import Page
from postlint.site.page_facts import Tag

_SITE = {"_config.yml": "title: 블로그\n", "_posts/2021-04-09-봄.md": "---\ntitle: 봄\n---\n", "a.png": ""}


class MissingTarget(SiteRule):
    """A tag `post_url` or `link` that names a file which is not on the site.

    ## Why
    Jekyll stops: not only this page, but none of the site is built.

    ## Fix safety
    No fix: which file was meant, only the author knows.
    """

    code, name, severity = "SITE006", "missing-target", Severity.ERROR
    message = Text(
        en="no file of this site is called `{markup}`, and Jekyll stops at this tag",
        ko="이 블로그에 `{markup}` 파일이 없어 Jekyll이 이 태그에서 멈춥니다",
    )
    doc_ko = """블로그에 없는 파일을 가리키는 `post_url`, `link` 태그.

    ## 이유
    Jekyll이 멈춥니다. 이 페이지뿐 아니라 블로그 전체가 빌드되지 않습니다.

    ## 수정 안전성
    고치지 않음: 어느 파일을 말한 것인지는 글쓴이만 압니다.
    """
    examples = (
        Bad("[봄](⟦{% post_url 2021-04-10-봄 %}⟧)\n", site=_SITE),
        Bad("[그림](⟦{% link b.png %}⟧)\n", site=_SITE),
        Good("[봄]({% post_url 2021-04-09-봄 %}), [그림]({% link a.png %})\n", site=_SITE),
        Good("{% raw %}{% post_url 2021-04-10-봄 %}{% endraw %}\n", site=_SITE),
        Good("[글]({% link {{ page.target }} %})\n", site=_SITE),
    )

    def check(self, tag: Tag, page: Page) -> Iterator[Finding]:
        if page.blog.resolves(tag) is False:
            yield self.finding(tag.span, markup=tag.markup)
