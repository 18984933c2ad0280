from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.rule import Bad, Good, SiteRule
from postlint.site.blog import Page
from postlint.site.page_facts import PageFacts

_SITE = {"_config.yml": "permalink: /:title/\n", "_posts/2021-04-09-example.md": "---\ntitle: 봄\n---\n"}


class UrlCollision(SiteRule):
    """Two files of the site that become the same page.

    ## Why
    One of them overwrites the other, which no reader can find any more.

    ## Fix safety
    No fix: which of them should have another address, only the author knows.
    """

    code, name, severity = "SITE007", "url-collision", Severity.ERROR
    message = Text(
        en="becomes the same page `{url}` as {others}; only one of them remains",
        ko="{others}와(과) 같은 페이지 `{url}`이(가) 됩니다. 둘 중 하나만 남습니다",
    )
    doc_ko = """같은 페이지가 되는 두 파일.

    ## 이유
    한쪽이 다른 쪽을 덮어써서, 독자는 그 글을 찾을 수 없습니다.

    ## 수정 안전성
    고치지 않음: 어느 쪽의 주소를 바꿀지는 글쓴이만 압니다.
    """
    examples = (
        Bad("⟦---⟧\ntitle: 같은 이름\n---\n봄\n", site=_SITE),
        Good(
            "---\ntitle: Spring\nlang: en\n---\nSpring\n",
            site={
                **_SITE,
                "_config.yml": "permalink: /:title/\nplugins: [jekyll-polyglot]\nlanguages: [ko, en]\n",
            },
        ),
        Good("---\ntitle: 봄\npermalink: /spring/\n---\n봄\n", site=_SITE),
    )

    def check(self, facts: PageFacts, page: Page) -> Iterator[Finding]:
        if others := page.blog.collision(page.path):
            # The site knows the address of the one that remains.
            url = next(filter(None, map(page.blog.url_of, (page.path, *others))), "")
            yield self.finding(facts.start, url=url, others=", ".join(others))
