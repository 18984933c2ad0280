from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post.post import Address
from postlint.rule import Bad, Good, Rule
from postlint.urls import elisions, legacy_korean


class LegacyKoreanEscape(Rule):
    """Korean in an address that is escaped in EUC-KR or CP949 rather than in UTF-8.

    Old Korean sites take it so, and the address is right there. What may be Chinese, or is too short to
    tell, is left out.

    ## Why
    Browsers and other programs, which decode UTF-8, show the escapes and not what they say; and the
    address breaks on the day that the site goes over to UTF-8.

    ## Fix safety
    No fix: the site asks for this encoding as long as it does. Look whether it takes UTF-8 by now.

    ## Precision
    10 of 10 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL004", "legacy-korean-escape", Severity.INFO
    message = Text(
        en="escaped in EUC-KR, this says `{meaning}`; UTF-8 would be read everywhere",
        ko="EUC-KR로 `{meaning}`을(를) 쓴 것입니다. UTF-8이라면 어디서나 읽을 수 있습니다",
    )
    doc_ko = """UTF-8이 아니라 EUC-KR이나 CP949로 퍼센트 인코딩된, 주소 속의 한글.

    옛 한국 사이트가 쓰는 방식이며 그 사이트에서는 맞는 주소입니다. 중국어일 수 있거나 너무 짧아 알 수 없는
    것은 제외합니다.

    ## 이유
    UTF-8로 읽는 브라우저와 다른 프로그램은 뜻 대신 이스케이프를 그대로 보여 줍니다. 사이트가 UTF-8로
    바꾸는 날에는 끊어집니다.

    ## 수정 안전성
    고치지 않음: 사이트가 이 인코딩을 요구하는 동안은 맞는 주소입니다. 이제는 UTF-8도 받는지 확인하세요.

    ## 정확도
    실제 블로그에서 읽어 본 10건 중 10건이 맞았습니다(2026-11-22).
    """
    signs = ("%",)
    examples = (
        Bad("[책](https://books.example.org/search?query=⟦%c0%da%b9%d9+%c7%c1%b7%ce%b1%d7%b7%a1%b9%d6⟧)\n"),
        Bad("![그림](https://img.example.org/⟦%B1%D7%B8%B2.JPG⟧)\n"),
        Good("[책](https://books.example.org/search?query=%EC%9E%90%EB%B0%94)\n"),
        Good("[백과](http://baike.example.org/search?word=%D6%D0%B9%FA%C8%CB%C3%F1)\n"),
        Good("[카페](https://fr.example.org/caf%E9)\n"),
        Good("[웃음](https://emoji.example.org/%F0%9F%98%80)\n"),
        Good("[수학](https://ko.wikipedia.org/wiki/%EC%98%ED%95%99%EC%9E%90)\n"),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        if elisions(address.text):
            return
        for piece in legacy_korean(address.text):
            yield self.finding(address.span_of(piece.span), meaning=piece.text.replace("+", " "))
