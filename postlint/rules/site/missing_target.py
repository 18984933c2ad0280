from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.rule import Bad, Good, SiteRule
from postlint.site.blog import Page
from postlint.site.page_facts import Tag

_MISSING_INCLUDE = Text(
    en="the site's folder of includes has no file `{name}`, and Jekyll stops at this tag",
    ko="블로그의 include 폴더에 `{name}` 파일이 없어 Jekyll이 이 태그에서 멈춥니다",
)
_SITE = {"_config.yml": "title: 블로그\n", "_posts/2021-04-09-봄.md": "---\ntitle: 봄\n---\n", "a.png": ""}


class MissingTarget(SiteRule):
    """A tag `post_url`, `link` or `include` that names a file which the site does not have.

    Nothing is said of `include` where a theme or a plugin may have the file, nor of what stands in a
    condition or a loop, which Jekyll may never enter.

    ## Why
    Jekyll stops: not only this page, but none of the site is built.

    ## Fix safety
    No fix: which file was meant, only the author knows.
    """

    code, name, severity = "SITE006", "missing-target", Severity.ERROR
    gives_way_to = ("LIQ004",)
    message = Text(
        en="no file of this site is called `{markup}`, and Jekyll stops at this tag",
        ko="이 블로그에 `{markup}` 파일이 없어 Jekyll이 이 태그에서 멈춥니다",
    )
    doc_ko = """블로그에 없는 파일을 가리키는 `post_url`, `link`, `include` 태그.

    테마나 플러그인이 가지고 있을 수 있는 `include` 파일은 판단하지 않습니다. Jekyll이 지나칠 수도 있는
    조건문과 반복문 속의 태그도 판단하지 않습니다.

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
        Bad("⟦{% include video.html id='a' %}⟧\n", site={**_SITE, "_includes/media/video.html": ""}),
        Good("{% include media/video.html id='a' %}\n", site={**_SITE, "_includes/media/video.html": ""}),
        Good("{% include {{ page.widget }} %} {% raw %}{% include video.html %}{% endraw %}\n", site=_SITE),
        Good("{% comment %}{% include video.html %}{% endcomment %}\n", site=_SITE),
        Good("{% include video.html id='a' %}\n", site={**_SITE, "_config.yml": "theme: minima\n"}),
        Good("{% include video.html id='a' %}\n"),
        Good("{% if page.video %}{% include video.html %}{% link b.png %}{% endif %}\n", site=_SITE),
        Bad("{% for tag in page.tags %}{{ tag }}{% endfor %} ⟦{% link b.png %}⟧\n", site=_SITE),
    )

    def check(self, tag: Tag, page: Page) -> Iterator[Finding]:
        if page.blog.resolves(tag) is not False:
            return
        if tag.name == "include":
            yield self.finding(tag.span, text=_MISSING_INCLUDE, name=tag.markup.split()[0])
            return
        yield self.finding(tag.span, markup=tag.markup)
