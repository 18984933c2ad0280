from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post.post import Address
from postlint.rule import Bad, Good
from postlint.rules.url._restoring import RestorableRule, found_for
from postlint.urls import elisions

_CUT = "https://haneul.tistory.com/%EB%B4%84%EC%9D%98-[…]A%8C"
_WHOLE = "https://haneul.tistory.com/%EB%B4%84%EC%9D%98-%EB%B2%9A%EA%BD%83-%EB%8F%99%ED%98%B8%ED%9A%8C"
_MARKED = "[벚꽃](https://haneul.tistory.com/%EB%B4%84%EC%9D%98-⟦[…]⟧A%8C)\n"


class ElidedUrl(RestorableRule):
    """An address with `…`, `[…]` or `...` where a program cut it to show it shorter.

    Chats and search results show long addresses so; what is copied from the screen is the short
    form. Dots that belong to an address (`try...catch`, `v1.0...v1.1`, Javadoc) and placeholders
    (`https://example.com/...`) are left out.

    ## Why
    The link leads nowhere: a part of the address is missing.

    ## Fix safety
    No fix by itself: what is missing cannot be told from what is left. With `--links`, postlint looks for
    whole addresses in the blog and its history, in the host's sitemap and feeds, and in the archive. Repair:
    exactly one fits both sides of the gap, and answers. Else, copy the address again from the browser's
    address bar.
    """

    code, name, severity = "URL001", "elided-url", Severity.ERROR
    message = Text(
        en="`{elision}` stands for a part of the address that was left out when it was copied",
        ko="복사할 때 주소의 일부가 `{elision}`(으)로 줄었습니다",
    )
    doc_ko = """프로그램이 짧게 보여 주려고 `…`, `[…]`, `...`로 줄인 주소.

    채팅이나 검색 결과는 긴 주소를 줄여서 보여 주고, 화면에서 복사하면 줄어든 주소가 복사됩니다. 주소에
    원래 있는 점(`try...catch`, `v1.0...v1.1`, Javadoc)과 자리 표시(`https://example.com/...`)는
    제외합니다.

    ## 이유
    주소의 일부가 없어 링크가 어디로도 가지 않습니다.

    ## 수정 안전성
    고치지 않음: 남은 부분만으로는 빠진 부분을 알 수 없습니다. 다만 `--links`를 주면 블로그와 그 git 기록,
    그 호스트의 사이트맵과 피드, 웹 아카이브에서 온전한 주소를 찾습니다. 복구: 빠진 곳의 앞뒤에 들어맞는
    주소가 하나뿐이고 실제로 열릴 때. 그렇지 않으면 브라우저의 주소창에서 다시 복사하세요.
    """
    signs = ("...", "…", "%5B", "%5b")
    examples = (
        Bad(
            "[앙상블](https://haneul.tistory.com/%EB%B6%80%EC%8A%A4%ED%8C%85-%EC%95%99⟦[…]⟧A%B9%85-bagging)\n"
        ),
        Bad("[글](https://haneul.tistory.com/2021/05/%ED%95%9C%EA%B8%80⟦...⟧)\n"),
        Bad(
            _MARKED,
            fixed=f"[벚꽃]({_WHOLE})\n",
            web=found_for(_CUT, _WHOLE, opens=True),
        ),
        Bad(_MARKED, web=found_for(_CUT, _WHOLE)),
        Bad(
            _MARKED,
            web=found_for(_CUT, _WHOLE, _WHOLE.replace("%EB%B2%9A%EA%BD%83", "%EB%8F%84%EC%84%9C")),
        ),
        Good("[try...catch](https://developer.mozilla.org/docs/Statements/try...catch)\n"),
        Good("[비교](https://github.com/owner/repository/compare/v1.0...v1.1)\n"),
        Good("[예](https://github.com/...)\n"),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        for elision in elisions(address.text):
            yield self.finding(address.span_of(elision), elision=address.text[elision.start : elision.end])
