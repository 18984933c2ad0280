from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Address
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._signs import BEYOND_ASCII
from postlint.urls import Url, split_url

_OBJECT = "을|를"
_LONG = r"이?라는|입니다|이다|이며|이고|이나|에서는?|에게|에는|에도|으로는?|로는|부터|까지|처럼|보다"
_SHORT = "은|는|이|가|의|에|로|와|과|도|만"
_GLUED = lazy(
    rf"(?P<word>[A-Za-z0-9_)])(?P<behind_word>{_LONG}|{_OBJECT}|{_SHORT})\Z|/(?P<behind_slash>{_LONG}|{_OBJECT})\Z"
)
"""A folder named by one syllable is more likely than that one stands behind a slash as a particle."""
_COUNTED = lazy(r"[0-9](?:과|도|가|이|만|로|의)\Z")
"""Behind a digit these count or name: lesson 3, 90 degrees, a part of a street, two, ten thousand."""
_NUMBER = lazy(r"[=][A-Za-z_-]*[0-9][A-Za-z0-9_-]*\Z")
"""A value of a query with a digit in it is no word that someone searches for."""
_ESCAPED_LETTER = lazy(r"%[89A-Fa-f][0-9A-Fa-f]")

_TAKE_OUT = Text(en="end the link before it", ko="그 앞에서 링크 끝내기")


class ParticleGluedToUrl(Rule):
    """A Korean particle that became a part of the address that it was written to, without a space between.

    Only where all the rest of the address is ASCII, so that no title in Korean is meant, and not in the
    fragment. The endings by which a title asks what something is are left out.

    ## Why
    The link leads to another page than the one that was meant, and readers get "not found".

    ## Fix safety
    Repair, where the link begins and ends with the address (`<…>`, or a bare address that the page links):
    whoever wrote the particle there wrote it to the noun, as Korean has it. Unsafe in parentheses
    (`[text](…)`), where the author may have copied a strange address; not so behind the host's name, which
    no particle can belong to.
    """

    code, name, severity = "URL012", "particle-glued-to-url", Severity.WARNING
    message = Text(
        en="the particle `{particle}` has become a part of the address",
        ko="조사 `{particle}`까지 주소에 들어갔습니다",
    )
    doc_ko = """주소에 붙여 써서 주소의 일부가 된 조사: `<https://example.org/a을>`.

    주소의 나머지가 모두 ASCII일 때만 알리므로 한글 제목이 든 주소는 제외하며, 프래그먼트도 제외합니다.
    `Git이란`처럼 제목에 쓰는 말도 제외합니다.

    ## 이유
    뜻한 페이지가 아니라 다른 주소로 가서, 독자는 "페이지를 찾을 수 없음"을 보게 됩니다.

    ## 수정 안전성
    복구: 링크가 주소로 시작해 주소로 끝날 때(`<…>`, 저절로 링크가 된 주소). 그 자리의 조사는 우리말대로
    명사에 붙여 쓴 것입니다. `[글](…)`의 괄호 안에서는 안전하지 않습니다. 이상한 주소를 그대로 복사했을 수도
    있기 때문입니다. 다만 호스트 이름 뒤라면 조사가 주소일 수 없습니다.
    """
    signs = BEYOND_ASCII
    examples = (
        Bad("<https://github.com/haneul/soy⟦을⟧> 썼다.\n", fixed="<https://github.com/haneul/soy>을 썼다.\n"),
        Bad("<https://example.org/a/⟦에서⟧> 받는다.\n", fixed="<https://example.org/a/>에서 받는다.\n"),
        Bad("[집](https://example.org⟦은⟧)\n", fixed="[집](https://example.org)\n"),
        Bad("[글](https://example.org/docs⟦를⟧)\n", fixed="[글](https://example.org/docs)\n"),
        Bad("<https://example.org/?id=31⟦은⟧>\n", fixed="<https://example.org/?id=31>은\n"),
        Bad(
            "https://github.com/haneul/soy⟦을⟧ 썼다.\n",
            fixed="<https://github.com/haneul/soy>을 썼다.\n",
            path="README.md",
        ),
        Bad("www.example.org⟦은⟧ 집이다.\n", fixed="<http://www.example.org>은 집이다.\n", path="README.md"),
        Good("<https://github.com/haneul/soy>을 썼다. [글](https://example.org/docs)를 보라.\n"),
        Good("[글](https://haneul.tistory.com/entry/파이썬의-self를)\n"),
        Good("[글](https://velog.io/@haneul/Git이란), [글](https://example.org/react란)\n"),
        Good("[글](https://example.org/%EA%B8%80/docker로)\n"),
        Good("[아래](https://example.org/a#props는)\n"),
        Good("[검색](https://example.org/search?q=git을)\n"),
        Good(
            "[수업](https://example.org/lesson/3과), [그림](https://example.org/360도), [사전](https://example.org/이)\n"
        ),
        Good("https://github.com/haneul/soy을 썼다.\n"),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        if not address.is_verbatim:
            return
        match = _GLUED.search(address.text)
        if match is None or match.lastgroup is None:
            return
        start = match.start(match.lastgroup)
        before = address.text[:start]
        if not before.isascii() or _ESCAPED_LETTER.search(before):
            return
        url = split_url(address.text)
        behind_host = url.host_span is not None and start < url.host_span.end
        if not behind_host and not _is_path_or_number(url, start):
            return
        particle = Span(start, len(address.text))
        yield self.finding(
            address.span_of(particle),
            fix=_taking_out(address, address.span_of(particle), is_certain=behind_host),
            particle=address.text[start:],
        )


def _is_path_or_number(url: Url, start: int) -> bool:
    if url.fragment_span is not None or _COUNTED.search(url.text):
        return False
    return url.query_span is None or _NUMBER.search(url.text, url.query_span.start - 1, start) is not None


def _taking_out(address: Address, particle: Span, *, is_certain: bool) -> Fix:
    owner = address.owner
    if isinstance(owner, nodes.Link) and owner.kind is nodes.LinkKind.AUTOLINK:
        moved = Edit(
            Span(particle.start, owner.span.end), f">{address.text[-(particle.end - particle.start) :]}"
        )
        return fix(Safety.REPAIR, _TAKE_OUT, moved)
    if isinstance(owner, nodes.Link) and owner.kind is nodes.LinkKind.BARE:
        # What GitHub's extension puts before `www.` (GFM 0.29, section 6.9).
        opening = "<" if "://" in address.text else "<http://"
        begins, ends = Span(address.span.start, address.span.start), Span(particle.start, particle.start)
        return fix(Safety.REPAIR, _TAKE_OUT, Edit(begins, opening), Edit(ends, ">"))
    return fix(Safety.REPAIR if is_certain else Safety.UNSAFE, _TAKE_OUT, Edit(particle, ""))
