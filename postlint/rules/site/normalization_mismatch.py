from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.rule import Bad, Good, SiteRule
from postlint.rules.site._repair import as_meant
from postlint.site.blog import Page
from postlint.site.misses import Lost, Miss

_DECOMPOSED = "\u1107\u1169\u11b7"
_SITE = {"_config.yml": "title: 블로그\n", f"assets/{_DECOMPOSED}.png": "", "assets/가을.png": ""}


class NormalizationMismatch(SiteRule):
    """An address of one's own site whose Hangul is composed otherwise than that of the file.

    macOS writes the names of files in decomposed form (NFD), one code point for each letter; keyboards
    write whole syllables (NFC). Both look the same.

    ## Why
    For the server they are two names: the reader gets a broken image or "404 Not Found".

    ## Fix safety
    Repair where exactly one file of the site has the name: nothing is at the address as written.
    """

    code, name, severity = "SITE005", "normalization-mismatch", Severity.ERROR
    message = Text(
        en="`{path}` is not there: the file's name looks the same, but its Hangul is composed otherwise",
        ko="`{path}`은(는) 없습니다. 파일 이름은 똑같아 보이지만 한글 조합 방식(NFC/NFD)이 다릅니다",
    )
    doc_ko = """한글 조합 방식이 파일 이름과 다른, 자기 블로그의 주소.

    macOS는 파일 이름을 풀어 쓴 꼴(`ㅂㅗㅁ`)로, 자판은 모아 쓴 꼴(`봄`)로 적습니다. 눈으로는 같아 보입니다.

    ## 이유
    서버에는 서로 다른 이름이어서, 독자는 깨진 이미지나 "404 Not Found"를 봅니다.

    ## 수정 안전성
    복구: 그 이름의 파일이 블로그에 하나뿐일 때만 고칩니다. 지금 주소에는 아무것도 없습니다.
    """
    examples = (
        Bad(
            "![봄](⟦/assets/봄.png⟧)\n",
            fixed="![봄](/assets/%E1%84%87%E1%85%A9%E1%86%B7.png)\n",
            site=_SITE,
        ),
        Bad(
            "![봄](⟦/assets/%EB%B4%84.png⟧)\n",
            fixed="![봄](/assets/%E1%84%87%E1%85%A9%E1%86%B7.png)\n",
            site=_SITE,
        ),
        Good(f"![봄](/assets/{_DECOMPOSED}.png), ![가을](/assets/가을.png)\n", site=_SITE),
    )

    def check(self, lost: Lost, page: Page) -> Iterator[Finding]:
        reference, missed = lost
        if missed.miss is Miss.NORMALIZATION:
            yield self.finding(reference.span, path=missed.path, fix=as_meant(lost))
