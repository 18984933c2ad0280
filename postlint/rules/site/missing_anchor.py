from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.rule import Bad, Good, SiteRule, fix
from postlint.rules.site._anchors import is_for_scripts, meant, nearest
from postlint.site.blog import Page
from postlint.site.page_facts import Reference, ReferenceKind
from postlint.site.sitemap import Leads
from postlint.urls import split_url

_NEAR = Text(
    en="no heading or anchor of the page is `#{fragment}`; the nearest is `#{near}`",
    ko="페이지에 `#{fragment}` 앵커가 없습니다. 가장 비슷한 것은 `#{near}`입니다",
)
_CHANGE = Text(en="change to `#{anchor}`", ko="`#{anchor}`(으)로 바꾸기")
_SITE = {
    "_config.yml": "permalink: /:title/\n",
    "_posts/2021-04-09-refactoring.md": "---\ntitle: 리팩터링\n---\n## 메서드 추출\n\n## Move method\n",
}

_TAGS = {
    "_config.yml": "permalink: /:title/\n",
    "_layouts/tags.html": '{% for tag in site.tags %}<h2 id="{{ tag[0] }}"></h2>{% endfor %}\n',
    "_includes/years.html": '{% for year in years %}<h2 id="y{{ year.name }}"></h2>{% endfor %}\n',
    "_layouts/post.html": "<p id=comments>{{ content }}</p>\n",
    "tags.md": "---\nlayout: tags\npermalink: /tags/\n---\n",
}


class MissingAnchor(SiteRule):
    """A link to a part of one's own page, or of another page of the site, that the page does not have.

    Anchors of the site's own layouts count, and mere numbers are left to the scripts that make them. Where
    a page is made of something that only a build would tell, or its layout has headings for all tags,
    nothing is said of it.

    ## Why
    The reader lands at the top of the page, and has to look for the part that was meant.

    ## Fix safety
    Repair where exactly one anchor of the page differs in nothing but case, spaces and punctuation.
    """

    code, name, severity = "SITE002", "missing-anchor", Severity.WARNING
    message = Text(
        en="no heading or anchor of the page is `#{fragment}`", ko="페이지에 `#{fragment}` 앵커가 없습니다"
    )
    doc_ko = """자기 페이지나 블로그의 다른 페이지에 없는 부분으로 가는 링크.

    블로그 레이아웃에 있는 앵커도 세고, 숫자뿐인 앵커는 스크립트가 만든 것으로 봅니다. 빌드해 봐야 알 수 있는
    것이 든 페이지나 레이아웃이 모든 태그의 제목을 만드는 페이지는 판단하지 않습니다.

    ## 이유
    독자는 페이지 맨 위로 가서, 말한 부분을 직접 찾아야 합니다.

    ## 수정 안전성
    복구: 대소문자와 공백, 문장 부호만 다른 앵커가 하나뿐일 때만 고칩니다.
    """
    examples = (
        Bad("[끝](⟦#결말⟧)\n\n## 처음\n", site=_SITE),
        Bad("[추출](/refactoring/⟦#메서드추출⟧)\n", fixed="[추출](/refactoring/#메서드-추출)\n", site=_SITE),
        Bad("[move](/refactoring/⟦#Move-Method⟧)\n", fixed="[move](/refactoring/#move-method)\n", site=_SITE),
        Good("[끝](#결말)\n\n## 결말\n", site=_SITE),
        Good("[끝](#%EA%B2%B0%EB%A7%90)\n\n## 결말\n", site=_SITE),
        Good("[위로](#), [위로](#top), [찾기](#:~:text=결말)\n", site=_SITE),
        Good("[목차에서 복사한 링크](/refactoring/#18)\n", site=_SITE),
        Good("[추출](/refactoring/#메서드-추출)\n", site=_SITE),
        Good('[여기](#here)\n\n<a name="here"></a>\n', site=_SITE),
        Bad("## 정리\n\n[위로](⟦#정라⟧), [추출]({% post_url 2021-04-09-refactoring %})\n", site=_SITE),
        Good("[추출]({% post_url 2021-04-09-refactoring %}#없음)\n", site=_SITE),
        Good("[자바](/tags/#java), [2021](/tags/#y2021), [댓글](#comments)\n", site=_TAGS),
        Bad("---\nlayout: post\n---\n[자바](⟦#java⟧), [2021](#y2021), [태그](/tags/)\n", site=_TAGS),
    )

    def check(self, reference: Reference, page: Page) -> Iterator[Finding]:
        if reference.kind is not ReferenceKind.LINK or "#" not in reference.address:
            return
        target = page.target(reference)
        if target.leads is not Leads.PAGE or is_for_scripts(target.fragment):
            return
        anchors = page.blog.anchors(target.path)
        written = split_url(reference.address).fragment_span
        if anchors is None or written is None:
            return
        raw = reference.address[written.start : written.end]
        if {target.fragment, raw} & anchors:
            return
        if any(page.blog.may_bring(anchor, target.path) for anchor in {target.fragment, raw}):
            return
        near = nearest(target.fragment, anchors)
        if near is None and page.blog.index.has_theme:
            return  # whose templates may bring it
        sure = meant(target.fragment, anchors)
        span = reference.span
        edit = None
        if reference.is_verbatim:
            span = Span(span.start + written.start - 1, span.start + written.end)
            if sure is not None:
                edit = Edit(Span(span.start + 1, span.end), sure)
        yield self.finding(
            span,
            text=_NEAR if near is not None else None,
            fix=fix(Safety.REPAIR, _CHANGE, edit, anchor=sure) if edit is not None else None,
            fragment=target.fragment,
            near=near,
        )
