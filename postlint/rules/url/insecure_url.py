from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.post import Address
from postlint.rule import Bad, Good, Rule
from postlint.urls import is_local, split_url

_SCHEME = "http:"


class InsecureUrl(Rule):
    """An address that begins with `http://`.

    Hosts of one's own machine or network are left out: they have no certificate.

    ## Why
    Whoever is on the way can read and change what the reader gets; browsers warn of it, and do not
    show such an image on a secure page.

    ## Fix safety
    No fix: not every host answers to `https://`, which only asking it would tell. With `--links`, and
    `https: true` in the configuration's `links`, `https-available` does.
    """

    code, name, severity = "URL024", "insecure-url", Severity.INFO
    signs = lazy(r"\n[Hh][Tt][Tt][Pp]:")
    gives_way_to = ("URL021", "URL023", "LINK001", "LINK002", "LINK003", "LINK004", "LINK006", "LINK007")
    message = Text(en="`http://` is not encrypted", ko="`http://`는 암호화되지 않은 연결입니다")
    doc_ko = """`http://`로 시작하는 주소.

    자기 컴퓨터나 내부망의 주소는 인증서가 없으므로 제외합니다.

    ## 이유
    중간에서 누구든 내용을 보거나 바꿀 수 있습니다. 브라우저는 경고를 띄우고, 보안 페이지에서는 이런
    이미지를 보여 주지 않습니다.

    ## 수정 안전성
    고치지 않음: 모든 서버가 `https://`로 응답하지는 않으며, 물어보기 전에는 알 수 없습니다. `--links`를 주고
    설정의 `links`에 `https: true`를 적으면 `https-available`이 물어봅니다.
    """
    examples = (
        Bad("[논문](⟦http:⟧//papers.example.org/1.pdf)\n"),
        Bad('<img src="⟦http:⟧//img.example.org/a.png">\n'),
        Good("[논문](https://papers.example.org/1.pdf)\n"),
        Good("[서버](http://localhost:4000/), [공유기](http://192.168.0.1/)\n"),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        if address.text.lower().startswith(_SCHEME) and not is_local(split_url(address.text).host):
            yield self.finding(address.span_of(Span(0, len(_SCHEME))))
