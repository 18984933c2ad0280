import unicodedata
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.post.post import Address, Destination
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._signs import BEYOND_ASCII_OR_ESCAPED
from postlint.urls import elisions, escaped_invisible, invisible_edges, invisible_within

_DELETE = Text(en="delete it", ko="지우기")


class InvisibleCharacterInUrl(Rule):
    """A character that nobody sees (a zero-width or no-break space …) in an address.

    It is copied along from a chat, a word processor or a web page. Within an address, the joiners of
    emoji and of some scripts are left out, as are no-break spaces, which macOS writes into the names of
    screenshots; so is the middle of the name of a file of one's own, which may be named so.

    ## Why
    To a server, it is a part of the name, and there is no page of that name; before the `https`, it makes
    the address one of a page of the blog itself.

    ## Fix safety
    Repair: no address begins or ends in such a character, none is named by it alone, and within one that
    has no other characters beyond ASCII, it came in when it was copied. Unsafe where an address has others
    too: then the page may really be named so.
    """

    code, name, severity = "URL010", "invisible-character-in-url", Severity.ERROR
    message = Text(
        en="the address has an invisible character in it: {character}",
        ko="주소에 보이지 않는 문자가 있습니다: {character}",
    )
    doc_ko = """주소 안의 보이지 않는 문자(폭 없는 공백, 줄바꿈 없는 공백 등).

    채팅이나 워드 프로세서, 웹 페이지에서 복사할 때 따라온 것입니다. 주소 중간에서는 이모지와 몇몇 문자에
    필요한 이음 문자와, macOS가 스크린샷 이름에 넣는 줄바꿈 없는 공백은 제외합니다. 자기 블로그의 파일 이름도
    중간은 제외합니다.

    ## 이유
    서버에는 그 문자도 이름의 일부이므로 그런 이름의 페이지가 없습니다. `https` 앞에 있으면 자기 블로그 안의
    주소가 되어 버립니다.

    ## 수정 안전성
    복구: 이런 문자로 시작하거나 끝나는 주소도, 이런 문자뿐인 이름도 없으며, ASCII가 아닌 글자가 따로 없는
    주소라면 복사할 때 들어간 것입니다. 주소에 다른 글자도 있으면 안전하지 않습니다. 페이지의 이름이 정말
    그럴 수 있습니다.
    """
    signs = BEYOND_ASCII_OR_ESCAPED
    examples = (
        Bad("[글](https://example.org/a⟦\u200b⟧)\n", fixed="[글](https://example.org/a)\n"),
        Bad("[글](⟦\ufeff⟧https://example.org/a)\n", fixed="[글](https://example.org/a)\n"),
        Bad("[글](https://example.org/a⟦\u00a0⟧)\n", fixed="[글](https://example.org/a)\n"),
        Bad("[글](https://exam⟦\u00ad⟧ple.org/a)\n", fixed="[글](https://example.org/a)\n"),
        Bad("![그림](/images/a.png⟦\u200b⟧)\n", fixed="![그림](/images/a.png)\n"),
        Bad("[글](https://example.org/a/⟦%E2%80%8B⟧#b)\n", fixed="[글](https://example.org/a/#b)\n"),
        Bad("[글](https://example.org/봄⟦\u200b⟧밤)\n", fixed="[글](https://example.org/봄밤)\n"),
        Good("![화면](/images/Screenshot 3.22.10\u202fPM.png)\n"),
        Good("[가족](https://emoji.example.org/\U0001f469\u200d\U0001f4bb)\n"),
        Good("[가족](https://emoji.example.org/%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB-b)\n"),
        Good("[글](https://example.org/limit-on-cash%E2%80%8B), [절](https://example.org/a#b%E2%80%8B)\n"),
        Good("[글](https://example.org/a) \u200b끝\n"),
        Good("[글\u200b](https://example.org/a)\n"),
    )

    def check(self, destination: Destination) -> Iterator[Finding]:
        for span in invisible_edges(destination.text):
            yield self._invisible(destination, span, Safety.REPAIR)
        if isinstance(destination, Address) and not elisions(destination.text):
            yield from self._within(destination)

    def _within(self, address: Address) -> Iterator[Finding]:
        spans = invisible_within(address.text)
        if spans:
            rest = "".join(
                character for character in address.text if unicodedata.category(character) not in ("Cf", "Zs")
            )
            safety = Safety.REPAIR if rest.isascii() else Safety.UNSAFE
            for span in spans:
                yield self._invisible(address, span, safety)
        for span in escaped_invisible(address.text):
            yield self._invisible(address, span, Safety.REPAIR)

    def _invisible(self, destination: Destination, span: Span, safety: Safety) -> Finding:
        written = destination.text[span.start : span.end]
        place = destination.span_of(span)
        return self.finding(
            place,
            fix=fix(safety, _DELETE, Edit(place, "")) if destination.is_verbatim else None,
            character=written if written.isascii() else f"U+{ord(written[0]):04X}",
        )
