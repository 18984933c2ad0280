from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.rule import Bad, Good, SiteRule
from postlint.site.blog import Page
from postlint.site.page_facts import KeyValue

_SITE = {"_config.yml": "title: 블로그\n", "_layouts/post.html": "{{ content }}"}
_NONE = ("none", "null", "nil", "")
"""What says that a page has no layout."""
_OF_PRIMER = "default"
"""The layout of jekyll-theme-primer, the theme that GitHub Pages takes where a site names none
(lib/github-pages/configuration.rb in github/pages-gem)."""


class UnknownLayout(SiteRule):
    """A layout in the front matter that the site does not have.

    Nothing is said where a theme, whose layouts lie elsewhere, may have it.

    ## Why
    Jekyll writes a warning that nobody reads, and the reader gets the bare text, without title, style
    or menu.

    ## Fix safety
    No fix: which layout was meant, only the author knows.
    """

    code, name, severity = "SITE009", "unknown-layout", Severity.WARNING
    message = Text(
        en="the site has no layout `{layout}`: the page will have neither title nor style",
        ko="블로그에 `{layout}` 레이아웃이 없어, 제목도 꾸밈도 없는 페이지가 됩니다",
    )
    doc_ko = """블로그에 없는 레이아웃을 적은 프론트 매터.

    레이아웃이 다른 곳에 있는 테마를 쓰면 판단하지 않습니다.

    ## 이유
    Jekyll은 아무도 읽지 않는 경고만 남기고, 독자는 제목도 꾸밈도 메뉴도 없는 맨 글을 봅니다.

    ## 수정 안전성
    고치지 않음: 어느 레이아웃을 쓰려던 것인지는 글쓴이만 압니다.
    """
    examples = (
        Bad("---\nlayout: ⟦posts⟧\n---\n봄\n", site=_SITE),
        Good("---\nlayout: post\n---\n봄\n", site=_SITE),
        Good("---\nlayout: none\n---\n봄\n", site=_SITE),
        Good("---\nlayout: default\n---\n봄\n", site=_SITE),
        Good(
            "---\nlayout: single\n---\n봄\n",
            site={**_SITE, "_config.yml": "theme: minimal-mistakes-jekyll\n"},
        ),
        Good("---\nlayout: single\n---\n봄\n"),
    )

    def check(self, key: KeyValue, page: Page) -> Iterator[Finding]:
        layouts = page.blog.index.layouts
        if key.key == "layout" and layouts and key.value not in (*layouts, *_NONE, _OF_PRIMER):
            yield self.finding(key.span, layout=key.value)
