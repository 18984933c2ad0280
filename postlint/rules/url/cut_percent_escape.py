from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post.post import Address
from postlint.rule import Bad, Good
from postlint.rules.url._restoring import RestorableRule, found_for
from postlint.urls import broken_escapes, cut_escapes, elisions, unreadable_escapes

_CUT = "https://ko.wikipedia.org/wiki/%EC%98%ED%95%99%EC%9E%90"
_WHOLE = "https://ko.wikipedia.org/wiki/%EC%88%98%ED%95%99%EC%9E%90"
_MARKED = "[수학](https://ko.wikipedia.org/wiki/⟦%EC%98⟧%ED%95%99%EC%9E%90)\n"

_UNREADABLE = Text(
    en="`{escapes}` is no text: neither UTF-8 nor EUC-KR or CP949{around}",
    ko="`{escapes}`에는 글자가 없습니다. UTF-8도, EUC-KR이나 CP949도 아닙니다{around_ko}",
)


class CutPercentEscape(RestorableRule):
    """Escapes of a Hangul syllable, or of any other character, that lost a byte.

    A syllable takes three escapes in UTF-8 (`%EC%88%98`), an emoji four. EUC-KR and CP949, which old
    Korean sites take, have two and are no fault. Bytes that are neither of these are reported too,
    unless they may be text in Latin-1 (`caf%E9`) or in another encoding in which addresses are
    written, or stand among control characters, as in data that is not meant as text. An address that
    is elided (`elided-url`) or has a broken escape (`broken-percent-escape`) is not reported again.

    ## Why
    The server is asked for a page by a name that spells nothing, and has none.

    ## Fix safety
    No fix by itself: which byte is missing cannot be told. With `--links`, whole addresses are looked for as
    for `elided-url`. Repair: exactly one fits around what was lost, and answers.
    """

    code, name, severity = "URL003", "cut-percent-escape", Severity.ERROR
    message = Text(
        en="`{escapes}` lost a byte: it spells no character{around}",
        ko="`{escapes}`에서 바이트가 빠져 글자가 되지 않습니다{around_ko}",
    )
    doc_ko = """한글 한 글자(또는 다른 글자)의 바이트 일부를 잃은 이스케이프.

    한글 한 글자는 UTF-8에서 이스케이프 세 개(`%EC%88%98`), 이모지는 네 개입니다. 옛 한국 사이트가 쓰는
    EUC-KR과 CP949는 두 개이며 문제가 아닙니다. 어느 쪽도 아닌 바이트도 알립니다. 다만 Latin-1(`caf%E9`)처럼
    주소에 쓰이는 다른 인코딩일 수 있거나 데이터처럼 제어 문자와 섞여 있으면 알리지 않습니다. 줄어든
    주소(`elided-url`)와 이스케이프가 깨진 주소(`broken-percent-escape`)는 다시 알리지 않습니다.

    ## 이유
    글자가 되지 않는 이름으로 페이지를 찾으므로 서버에는 그런 페이지가 없습니다.

    ## 수정 안전성
    고치지 않음: 어떤 바이트가 빠졌는지 알 수 없습니다. 다만 `--links`를 주면 `elided-url`처럼 온전한 주소를
    찾습니다. 복구: 빠진 곳의 앞뒤에 들어맞는 주소가 하나뿐이고 실제로 열릴 때.
    """
    signs = ("%",)
    examples = (
        Bad(_MARKED),
        Bad(
            _MARKED,
            fixed=f"[수학]({_WHOLE})\n",
            web=found_for(_CUT, _WHOLE, opens=True),
        ),
        Bad(_MARKED, web=found_for(_CUT, _WHOLE)),
        Bad("[웃음](https://emoji.example.org/⟦%F0%9F%98⟧)\n"),
        Bad("[자료](https://data.example.org/⟦%FF%FE⟧)\n"),
        Good("[카페](https://fr.example.org/caf%E9)\n"),
        Good("[수학](https://ko.wikipedia.org/wiki/%EC%88%98%ED%95%99)\n"),
        Good("[책](https://books.example.org/search?query=%bf%a1%bc%bc%c0%cc)\n"),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        text = address.text
        if elisions(text) or any(not one.in_query for one in broken_escapes(text)):
            return
        for message, cuts in ((self.message, cut_escapes(text)), (_UNREADABLE, unreadable_escapes(text))):
            for cut in cuts:
                around = f"{cut.before}□{cut.after}" if cut.before or cut.after else ""
                yield self.finding(
                    address.span_of(cut.span),
                    text=message,
                    escapes=text[cut.span.start : cut.span.end],
                    around=f" (`{around}`)" if around else "",
                    around_ko=f"(`{around}`)" if around else "",
                )
