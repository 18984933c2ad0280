from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.post.post import Destination
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._signs import BEYOND_ASCII_OR_ESCAPED
from postlint.urls import compose, decomposed_hangul

_COMPOSE = Text(en="compose the syllables", ko="완성형으로 합치기")


class DecomposedHangulUrl(Rule):
    """Hangul in an address whose syllables are written as separate letters, as macOS names files.

    Off by default: the address is right where the file, or the page, is named so as well, which only its
    server can tell. Of addresses that browsers copied and of pictures uploaded from a Mac, most are
    right. It helps to find why an image is there on one's own Mac, where both spellings open the
    same file, and not on the page. Fragments are left out: some generators decompose the headings that
    they make anchors of.

    ## Why
    A syllable and its letters look the same and make two different addresses, of which all servers but a
    Mac know only one.

    ## Fix safety
    Unsafe: the composed syllables (NFC) are another address, which is the right one only if the file or
    the page is named so.
    """

    code, name, severity = "URL006", "decomposed-hangul-url", Severity.WARNING
    enabled = False
    message = Text(
        en="the Hangul here is decomposed into letters (NFD); most servers know only whole syllables (NFC)",
        ko="한글이 자모로 풀려 있습니다(NFD). 서버는 대부분 완성형(NFC)만 알아봅니다",
    )
    doc_ko = """macOS의 파일 이름처럼 한글이 자모로 풀려 있는 주소.

    기본으로 꺼짐: 파일이나 페이지의 이름도 풀려 있다면 맞는 주소이며, 그것은 서버만 압니다. 브라우저에서
    복사한 주소와 맥에서 올린 이미지는 대부분 맞습니다. 맥에서는 어느 쪽 이름으로든 같은 파일이 열리므로,
    맥에서는 보이던 이미지가 페이지에서는 안 보일 때 까닭을 찾는 데 쓰세요. 제목을 풀어서 앵커를 만드는
    생성기가 있으므로 프래그먼트는 제외합니다.

    ## 이유
    `한`과 `ㅎㅏㄴ`은 똑같이 보여도 다른 주소이고, 맥이 아닌 서버는 둘 중 하나만 압니다.

    ## 수정 안전성
    안전하지 않음: 완성형(NFC)은 다른 주소이며, 파일이나 페이지의 이름이 완성형일 때만 맞습니다.
    """
    signs = BEYOND_ASCII_OR_ESCAPED
    examples = (
        Bad("![그림](/images/⟦\u1100\u1173\u1105\u1175\u11b7⟧.png)\n", fixed="![그림](/images/그림.png)\n"),
        Bad(
            "[글](https://example.org/⟦%E1%84%92%E1%85%A1%E1%86%AB⟧/1)\n",
            fixed="[글](https://example.org/%ED%95%9C/1)\n",
        ),
        Bad(
            "![그림](/⟦\u1100\u1161-\u1102\u1161⟧.png)\n",
            fixed="![그림](/가-나.png)\n",
        ),
        Good("![그림](/images/그림.png)\n"),
        Good("[글](https://example.org/%ED%95%9C/1)\n"),
        Good("[글](https://example.org/guide/#%E1%84%92%E1%85%A1%E1%86%AB)\n"),
    )

    def check(self, destination: Destination) -> Iterator[Finding]:
        spans = decomposed_hangul(destination.text)
        if not spans:
            return
        composed = None
        if destination.is_verbatim:
            edits = (
                Edit(destination.span_of(span), compose(destination.text[span.start : span.end]))
                for span in spans
            )
            composed = fix(Safety.UNSAFE, _COMPOSE, *edits)
        yield self.finding(destination.span_of(Span(spans[0].start, spans[-1].end)), fix=composed)
