from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.rule import Bad, Good, SiteRule
from postlint.rules.site._repair import as_meant
from postlint.site.blog import Page
from postlint.site.misses import Lost, Miss

_SITE = {"_config.yml": "permalink: /:title/\n", "assets/Spring.PNG": "", "_posts/2021-04-09-Spring.md": ""}


class CaseMismatch(SiteRule):
    """An address of one's own site whose letters differ in case from those of the file.

    ## Why
    It works on Windows and macOS, where the author looks at it, and not on the server, where the reader
    gets "404 Not Found" or a broken image.

    ## Fix safety
    Repair where exactly one file of the site has the name: nothing is at the address as written.
    """

    code, name, severity = "SITE004", "case-mismatch", Severity.ERROR
    message = Text(
        en="`{path}` is not there: upper and lower case differ from the file's name",
        ko="`{path}`은(는) 없습니다. 파일 이름과 대소문자가 다릅니다",
    )
    doc_ko = """파일 이름과 대소문자가 다른, 자기 블로그의 주소.

    ## 이유
    글쓴이가 보는 윈도와 macOS에서는 열리지만, 서버에서는 열리지 않아 독자는 "404 Not Found"나 깨진 이미지를
    봅니다.

    ## 수정 안전성
    복구: 그 이름의 파일이 블로그에 하나뿐일 때만 고칩니다. 지금 주소에는 아무것도 없습니다.
    """
    examples = (
        Bad("![봄](⟦/assets/spring.png⟧)\n", fixed="![봄](/assets/Spring.PNG)\n", site=_SITE),
        Bad("[봄](⟦/spring/#절⟧)\n", fixed="[봄](/Spring/#절)\n", site=_SITE),
        Good("![봄](/assets/Spring.PNG), [봄](/Spring/)\n", site=_SITE),
    )

    def check(self, lost: Lost, page: Page) -> Iterator[Finding]:
        reference, missed = lost
        if missed.miss is Miss.CASE:
            yield self.finding(reference.span, path=missed.path, fix=as_meant(lost))
