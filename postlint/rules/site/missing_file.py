from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.rule import Bad, Good, SiteRule
from postlint.rules.site._causes import CAUSES
from postlint.rules.site._repair import as_meant
from postlint.site.blog import Page
from postlint.site.misses import Lost, Miss
from postlint.site.page_facts import ReferenceKind

_IMAGE = Text(en="there is no image `{path}` on this site", ko="이 블로그에 `{path}` 이미지가 없습니다")
_SITE = {"_config.yml": "title: 블로그\n", "assets/봄.png": "", "assets/a.pdf": "", "about.md": "---\n---\n"}


class MissingFile(SiteRule):
    """An image, or another file of one's own site, that is not there.

    ## Why
    The reader sees the sign for a broken image, or "404 Not Found".

    ## Fix safety
    Repair where only the site's `baseurl` is missing from the address: nothing else can be meant.
    Otherwise there is no fix: the file has to be added, or its right name written.

    ## Precision
    30 of 30 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "SITE003", "missing-file", Severity.ERROR
    gives_way_to = CAUSES
    message = Text(en="there is no file `{path}` on this site", ko="이 블로그에 `{path}` 파일이 없습니다")
    doc_ko = """자기 블로그에 없는 이미지나 파일.

    ## 이유
    독자는 깨진 이미지 표시나 "404 Not Found"를 봅니다.

    ## 수정 안전성
    복구: 주소에 블로그의 `baseurl`만 빠졌다면 넣습니다. 다른 것을 가리킬 수 없기 때문입니다. 그 밖에는
    고치지 않습니다. 파일을 넣거나 맞는 이름을 써야 합니다.

    ## 정확도
    실제 블로그에서 읽어 본 30건 중 30건이 맞았습니다(2026-11-22).
    """
    examples = (
        Bad("![여름](⟦/assets/여름.png⟧)\n", site=_SITE),
        Bad('<img src="⟦/assets/여름.png⟧">\n', site=_SITE),
        Bad("[자료](⟦/assets/b.pdf⟧)\n", site=_SITE),
        Bad(
            "![봄](⟦/assets/봄.png⟧)\n",
            fixed="![봄](/blog/assets/%EB%B4%84.png)\n",
            site={**_SITE, "_config.yml": "baseurl: /blog\n"},
        ),
        Good("![봄](/assets/봄.png), ![봄](/assets/%EB%B4%84.png?v=2)\n", site=_SITE),
        Good("[자료](/assets/a.pdf)\n", site=_SITE),
        Good("![그림](https://img.example.org/assets/여름.png)\n", site=_SITE),
        Good("![그림]({{ page.picture }})\n", site=_SITE),
    )

    def check(self, lost: Lost, page: Page) -> Iterator[Finding]:
        reference, missed = lost
        if missed.miss is Miss.FILE:
            yield self.finding(
                reference.span,
                text=_IMAGE if reference.kind is ReferenceKind.IMAGE else None,
                fix=as_meant(lost),
                path=missed.path,
            )
