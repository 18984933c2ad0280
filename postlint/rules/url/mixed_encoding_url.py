import unicodedata
from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.post.post import Address, Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.url._encoding import encoding
from postlint.urls import Encoding, elisions, escapes, percent_encode, raw_non_ascii

_ENCODE = Text(en="percent-encode all of it", ko="모두 퍼센트 인코딩하기")


class MixedEncodingUrl(Rule):
    """An address of which one part beyond ASCII is percent-encoded and another is not.

    ## Why
    It was put together from two sources, and is easily broken: programs that encode addresses encode its
    percent signs once more, and others stop at the first character that is not ASCII.

    ## Fix safety
    Safe: what is not encoded yet is encoded as a browser would, in UTF-8. Unsafe where it is decomposed
    (NFD), since it is composed, and where `<https://…>` would show something else.
    """

    code, name, severity = "URL008", "mixed-encoding-url", Severity.WARNING
    signs = ("%",)
    gives_way_to = ("URL012",)
    message = Text(
        en="`{raw}` is not percent-encoded while the rest of the address is",
        ko="주소의 다른 곳은 퍼센트 인코딩되었는데 `{raw}`은(는) 그렇지 않습니다",
    )
    doc_ko = """ASCII가 아닌 글자 가운데 일부만 퍼센트 인코딩된 주소.

    ## 이유
    두 곳에서 가져와 이어 붙인 주소로, 깨지기 쉽습니다. 주소를 인코딩하는 프로그램은 퍼센트 기호를 한 번 더
    인코딩하고, 어떤 프로그램은 인코딩되지 않은 첫 글자에서 멈춥니다.

    ## 수정 안전성
    안전: 아직 인코딩되지 않은 글자를 브라우저처럼 UTF-8로 인코딩합니다. 한글이 자모로 풀려 있어(NFD)
    완성형으로 바꾸어야 하거나 `<https://…>`에서 보이는 글자가 달라지면 안전하지 않습니다.
    """
    examples = (
        Bad(
            "[위키](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80_⟦맞춤법⟧)\n",
            fixed="[위키](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80_%EB%A7%9E%EC%B6%A4%EB%B2%95)\n",
        ),
        Bad(
            "[글](https://example.org/⟦봄?tag=%EC%97%AC%EB%A6%84#가을⟧)\n",
            fixed="[글](https://example.org/%EB%B4%84?tag=%EC%97%AC%EB%A6%84#%EA%B0%80%EC%9D%84)\n",
        ),
        Good("[위키](https://ko.wikipedia.org/wiki/한글)\n"),
        Good("[위키](https://ko.wikipedia.org/wiki/한글%20맞춤법)\n"),
        Good("[위키](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80)\n"),
        Good("[책](https://books.example.org/search?query=%c0%da%b9%d9&name=%EB%B4%84&제목=1)\n"),
        Good("[집](https://한글.example.org/%EB%B4%84)\n"),
    )

    def check(self, address: Address, post: Post) -> Iterator[Finding]:
        if address.text.isascii() or elisions(address.text):
            return
        raw = raw_non_ascii(address.text)
        pieces = {piece.encoding for piece in escapes(address.text)} if raw else set()
        if Encoding.UTF_8 not in pieces or Encoding.KOREAN in pieces:
            return
        composed = unicodedata.normalize("NFC", address.text)
        whole = None
        if address.is_verbatim:
            encoded, is_same = percent_encode(composed), composed == address.text
            whole = encoding(address, post, encoded, _ENCODE, self.code, is_same=is_same)
        yield self.finding(
            address.span_of(Span(raw[0].start, raw[-1].end)),
            fix=whole,
            raw=address.text[raw[0].start : raw[0].end],
        )
