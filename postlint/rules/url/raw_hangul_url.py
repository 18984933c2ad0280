import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.post.post import Address
from postlint.rule import Bad, Good, Rule, fix
from postlint.urls import elisions, percent_encode, raw_non_ascii

_HANGUL = (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff"))
"""Unicode's blocks Hangul Jamo, Compatibility Jamo, Jamo Extended-A, Syllables and Extended-B."""

_ENCODE = Text(en="percent-encode it", ko="퍼센트 인코딩하기")


class _Options(NamedTuple):
    korean_urls: Literal["encode", "any"] = "encode"


class RawHangulUrl(Rule):
    """Hangul in the path, query or fragment of an address that is not percent-encoded.

    The option `korean-urls: any` accepts it.

    ## Why
    Browsers encode it by themselves; feed readers, chats and scripts cut the link at the first
    syllable, and kramdown and others end it at different places.

    ## Fix safety
    Safe: what is written is encoded as a browser would, in UTF-8. Unsafe where the Hangul is
    decomposed (as macOS copies file names): it is composed (NFC), which most servers expect, but
    that is another address.
    """

    code, name, severity = "URL007", "raw-hangul-url", Severity.WARNING
    message = Text(
        en="`{hangul}` in the address is not percent-encoded: not every program reads on behind it",
        ko="주소의 `{hangul}`이(가) 퍼센트 인코딩되지 않아, 여기서 링크를 끊는 프로그램이 있습니다",
    )
    doc_ko = """경로, 쿼리, 프래그먼트에 퍼센트 인코딩되지 않은 한글이 있는 주소.

    옵션 `korean-urls: any`를 쓰면 허용합니다.

    ## 이유
    브라우저는 스스로 인코딩하지만, 피드 리더와 채팅, 스크립트는 첫 한글에서 링크를 끊습니다.

    ## 수정 안전성
    안전: 적힌 그대로를 브라우저처럼 UTF-8로 인코딩합니다. 한글이 자모로 풀려 있으면(macOS의 파일 이름처럼)
    안전하지 않음: 대부분의 서버가 쓰는 완성형(NFC)으로 바꾸지만 다른 주소가 되기 때문입니다.
    """
    Options = _Options
    examples = (
        Bad(
            "[위키](https://ko.wikipedia.org/wiki/⟦한글⟧#h)\n",
            fixed="[위키](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80#h)\n",
        ),
        Good("[위키](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80)\n"),
        Good("[집](https://한글.example.org/)\n"),
        Good("![그림](/assets/그림.png)\n"),
        Good("[위키](https://ko.wikipedia.org/wiki/한글)\n", options={"korean-urls": "any"}),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        if self.options.korean_urls == "any" or address.text.isascii() or elisions(address.text):
            return
        raw = [span for span in raw_non_ascii(address.text) if _has_hangul(address.text, span)]
        if not raw:
            return
        whole = Span(raw[0].start, raw[-1].end)
        composed = unicodedata.normalize("NFC", address.text)
        safety = Safety.SAFE if composed == address.text else Safety.UNSAFE
        encoded = None
        if address.is_verbatim:
            encoded = fix(safety, _ENCODE, Edit(address.span, percent_encode(composed)))
        yield self.finding(
            address.span_of(whole), fix=encoded, hangul=address.text[raw[0].start : raw[0].end]
        )


def _has_hangul(text: str, span: Span) -> bool:
    return any(
        first <= character <= last for character in text[span.start : span.end] for first, last in _HANGUL
    )
