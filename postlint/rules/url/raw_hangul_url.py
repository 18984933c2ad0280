import unicodedata
from collections.abc import Iterator
from typing import Literal

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.post.post import Address, Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._encoding import encoding, is_shown
from postlint.rules.url._signs import BEYOND_ASCII_OR_ESCAPED
from postlint.urls import elisions, escaped_hangul, percent_encode, raw_non_ascii

_HANGUL = (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff"))
"""Unicode's blocks Hangul Jamo, Compatibility Jamo, Jamo Extended-A, Syllables and Extended-B."""

_ENCODE = Text(en="percent-encode it", ko="퍼센트 인코딩하기")
_DECODE = Text(en="write `{hangul}`", ko="`{hangul}`(으)로 쓰기")
_ENCODED = Text(
    en="`{hangul}` in the address is percent-encoded: nobody can read it",
    ko="주소의 `{hangul}`이(가) 퍼센트 인코딩되어 읽을 수 없습니다",
)


class _Options(NamedTuple):
    korean_urls: Literal["encode", "decode", "any"] = "encode"


class RawHangulUrl(Rule):
    """Hangul in the path, query or fragment of an address that is not percent-encoded.

    With the option `korean-urls: decode`, it is the other way round: Hangul that is percent-encoded is
    found. `any` accepts both.

    ## Why
    Browsers encode it by themselves; feed readers, chats and scripts cut the link at the first
    syllable, and kramdown and others end it at different places.

    ## Fix safety
    Safe: what is written is encoded as a browser would, in UTF-8. Unsafe where the Hangul is
    decomposed (as macOS copies file names): it is composed (NFC), which most servers expect, but
    that is another address. `<https://…>` becomes a link that shows what it showed; where the
    address has characters that are markup in a link's text, encoding it would change what readers
    see, and is unsafe. So is decoding `<https://…>`; anywhere else a browser makes the same address of
    the decoded one.
    """

    code, name, severity = "URL007", "raw-hangul-url", Severity.WARNING
    message = Text(
        en="`{hangul}` in the address is not percent-encoded: not every program reads on behind it",
        ko="주소의 `{hangul}`이(가) 퍼센트 인코딩되지 않아, 여기서 링크를 끊는 프로그램이 있습니다",
    )
    doc_ko = """경로, 쿼리, 프래그먼트에 퍼센트 인코딩되지 않은 한글이 있는 주소.

    옵션 `korean-urls: decode`를 쓰면 반대로 퍼센트 인코딩된 한글을 찾고, `any`를 쓰면 둘 다 허용합니다.

    ## 이유
    브라우저는 스스로 인코딩하지만, 피드 리더와 채팅, 스크립트는 첫 한글에서 링크를 끊습니다.

    ## 수정 안전성
    안전: 적힌 그대로를 브라우저처럼 UTF-8로 인코딩합니다. 한글이 자모로 풀려 있으면(macOS의 파일 이름처럼)
    안전하지 않음: 대부분의 서버가 쓰는 완성형(NFC)으로 바꾸지만 다른 주소가 되기 때문입니다.
    `<https://…/한글>`은 보이던 글자를 그대로 보여 주는 링크로 바꿉니다. 주소에 마크다운 기호가 있어 보이는
    글자가 달라질 수 있으면 안전하지 않습니다. 거꾸로 `<https://…>`를 읽을 수 있게 푸는 것도 그렇습니다.
    그 밖의 주소는 풀어 써도 브라우저가 같은 주소로 만듭니다.
    """
    signs = BEYOND_ASCII_OR_ESCAPED
    gives_way_to = ("URL006", "URL008", "URL012", "URL025")
    Options = _Options
    examples = (
        Bad(
            "[위키](https://ko.wikipedia.org/wiki/⟦한글⟧#h)\n",
            fixed="[위키](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80#h)\n",
        ),
        Bad(
            "<https://ko.wikipedia.org/wiki/⟦한글⟧>\n",
            fixed="[https://ko.wikipedia.org/wiki/한글](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80)\n",
        ),
        Bad(
            "> 인용\n<https://ko.wikipedia.org/wiki/⟦한글⟧>\n",
            fixed="> 인용\n<https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80>\n",
        ),
        Good("[위키](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80)\n"),
        Good("[집](https://한글.example.org/)\n"),
        Good("![그림](/assets/그림.png)\n"),
        Good("[위키](https://ko.wikipedia.org/wiki/한글)\n", options={"korean-urls": "any"}),
        Bad(
            "[위키](https://ko.wikipedia.org/wiki/⟦%ED%95%9C%EA%B8%80⟧%20%E2%9C%A8?a=%20)\n",
            fixed="[위키](https://ko.wikipedia.org/wiki/한글%20%E2%9C%A8?a=%20)\n",
            options={"korean-urls": "decode"},
        ),
        Good("[위키](https://ko.wikipedia.org/wiki/한글)\n", options={"korean-urls": "decode"}),
        Good(
            "[책](https://books.example.org/search?query=%c0%da%b9%d9)\n", options={"korean-urls": "decode"}
        ),
    )

    def check(self, address: Address, post: Post) -> Iterator[Finding]:
        if self.options.korean_urls == "any" or elisions(address.text):
            return
        if self.options.korean_urls == "decode":
            yield from self._encoded(address)
            return
        if address.text.isascii():
            return
        raw = [span for span in raw_non_ascii(address.text) if _has_hangul(address.text, span)]
        if not raw:
            return
        whole = Span(raw[0].start, raw[-1].end)
        yield self.finding(
            address.span_of(whole),
            fix=_encoding(address, post) if address.is_verbatim else None,
            hangul=address.text[raw[0].start : raw[0].end],
        )

    def _encoded(self, address: Address) -> Iterator[Finding]:
        if "%" not in address.text:
            return
        for span, hangul in escaped_hangul(address.text):
            decoded = None
            if address.is_verbatim:
                safety = Safety.UNSAFE if is_shown(address) else Safety.SAFE
                decoded = fix(safety, _DECODE, Edit(address.span_of(span), hangul), hangul=hangul)
            yield self.finding(address.span_of(span), text=_ENCODED, fix=decoded, hangul=hangul)


def _encoding(address: Address, post: Post) -> Fix:
    composed = unicodedata.normalize("NFC", address.text)
    encoded, is_same = percent_encode(composed), composed == address.text
    return encoding(address, post, encoded, _ENCODE, RawHangulUrl.code, is_same=is_same)


def _has_hangul(text: str, span: Span) -> bool:
    return any(
        first <= character <= last for character in text[span.start : span.end] for first, last in _HANGUL
    )
