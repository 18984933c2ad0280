from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._text import end_of_address, is_one_link, opening_of, running_text

_BETWEEN = lazy(r"[\])][\[(]")
_SCHEME = lazy(r"https?://[^\s/]")
_BRACKETED = lazy(r"[^\s<>\"`\[\]]+(?=\])")
_IMAGE_FILE = lazy(r"[^\s<>\"`\[\]]+\.(?:png|jpe?g|gif|svg|webp)\Z", 2)
_REWRITE = Text(en="write `[text](address)`", ko="`[글](주소)`로 쓰기")


class SwappedBrackets(Rule):
    """A link whose brackets stand the wrong way round, `(text)[address]`, or are of one kind.

    Also `[text][address]`, `(text](address)`, `[text)(address)` and `[text](address]`. An index behind a
    call, `f(x)[0]`, is left out: only an address of the web, or of an image behind `!`, makes a link.

    ## Why
    There is no link: readers see the brackets and the address as they stand in the file.

    ## Fix safety
    Repair for `(text)[address]` and `[text][address]`: no page has a link there, text and address are both
    there, and with the brackets put right the page's engine makes the link of them. Unsafe where a word
    stands right before `(text)`, which may then be no more than a remark on it, and where only one of four
    brackets is of the wrong kind.
    """

    code, name, severity = "URL017", "swapped-brackets", Severity.ERROR
    message = Text(
        en="these brackets make no link: it is `[text](address)`",
        ko="이 괄호로는 링크가 되지 않습니다. `[글](주소)`로 써야 합니다",
    )
    doc_ko = """괄호를 바꿔 쓴 링크(`(글)[주소]`)나 괄호의 종류가 틀린 링크.

    `[글][주소]`, `(글](주소)`, `[글)(주소)`, `[글](주소]`도 찾습니다. 호출 뒤의 인덱스(`f(x)[0]`)는
    제외합니다. 웹 주소이거나 `!` 뒤의 이미지 주소일 때만 링크로 봅니다.

    ## 이유
    링크가 되지 않아 괄호와 주소가 적힌 그대로 보입니다.

    ## 수정 안전성
    복구: `(글)[주소]`와 `[글][주소]`. 어느 페이지에서도 링크가 아니고, 글과 주소가 모두 있으며, 괄호를
    바로잡으면 링크가 되는 것을 확인합니다. `(글)` 바로 앞에 낱말이 붙어 있어 그 낱말에 대한 설명일 수
    있거나, 괄호 넷 중 하나만 종류가 틀렸으면 안전하지 않습니다.
    """
    signs = ("://", "!(")
    examples = (
        Bad(
            "이 글은 ⟦(앞 글)[https://example.org/a_b_c]⟧을 잇는다.\n",
            fixed="이 글은 [앞 글](https://example.org/a_b_c)을 잇는다.\n",
        ),
        Bad(
            "- ⟦(**논문** (2017))[https://example.org]⟧\n", fixed="- [**논문** (2017)](https://example.org)\n"
        ),
        Bad("⟦[앞 글][https://example.org/a]⟧\n", fixed="[앞 글](https://example.org/a)\n"),
        Bad("⟦(`soy`)[https://example.org/a]⟧\n", fixed="[`soy`](https://example.org/a)\n"),
        Bad("⟦!(그림)[/assets/a.png]⟧\n", fixed="![그림](/assets/a.png)\n"),
        Bad("논문⟦(2017)[https://example.org]⟧\n", fixed="논문[2017](https://example.org)\n"),
        Bad("Paper⟦(2017)[https://example.org]⟧\n", fixed="Paper[2017](https://example.org)\n"),
        Bad("하늘의 ⟦(앞 글](https://example.org/a)⟧\n", fixed="하늘의 [앞 글](https://example.org/a)\n"),
        Bad("하늘의 ⟦[앞 글)(https://example.org/a)⟧\n", fixed="하늘의 [앞 글](https://example.org/a)\n"),
        Bad("하늘의 ⟦[앞 글](https://example.org/a]⟧\n", fixed="하늘의 [앞 글](https://example.org/a)\n"),
        Bad("⟦(글)[https://example.org/a]⟧\n", fixed="[글](https://example.org/a)\n", path="README.md"),
        Good("([앞 글](https://example.org/a)) [글][1]\n\n[1]: https://example.org/b\n"),
        Good("np.sort(arr)[::-1]과 get('images')[0], $f(x)[1]$, 각주(1)[^1]\n\n[^1]: https://example.org\n"),
        Good("[글][https://example.org]\n\n[https://example.org]: https://example.org\n"),
        Good("`(글)[https://example.org]` 은 링크가 아니다.\n"),
        Good("(관련 글: 하늘](https://example.org/a))\n"),
        Good("(하늘)(https://example.org) (바다) [https://example.org]\n"),
        Good("[글][출처]\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        text = post.source.text
        done = 0
        for stretch, block in running_text(post, _BETWEEN):
            for between in _BETWEEN.finditer(text, *stretch):
                start = max(done, block.start)
                found = between.start() >= start and _link(text, between.start(), Span(start, block.end))
                if not found:
                    continue
                span, label, address, is_certain = found
                mark = "!" if text[span.start] == "!" else ""
                markup = f"{mark}[{text[label.start : label.end]}]({text[address.start : address.end]})"
                edits = (
                    Edit(Span(label.start - 1, label.start), "["),
                    Edit(Span(label.end, address.start), "]("),
                    Edit(Span(address.end, address.end + 1), ")"),
                )
                if any(post.is_opaque(edit.span) for edit in edits):
                    continue
                if not is_one_link(post, markup, text[address.start : address.end]):
                    continue
                done = span.end
                safety = Safety.REPAIR if is_certain else Safety.UNSAFE
                yield self.finding(span, fix=fix(safety, _REWRITE, *edits))


def _link(text: str, closing: int, within: Span) -> tuple[Span, Span, Span, bool] | None:
    """What was to be a link, its text and its address, and whether that is certain.

    `closing` is where the bracket stands that ends the text, right before the one that begins the address.
    """
    start = closing + 2
    between = text[closing:start]
    opening = opening_of(text, closing, within.start)
    is_web = _SCHEME.match(text, start, within.end) is not None
    if text[start - 1] == "[":
        address = _BRACKETED.match(text, start, within.end)
        if address is None or opening is None:
            return None
        is_image = text[opening - 1 : opening] == "!" and opening > within.start
        if not is_web and not (is_image and between == ")[" and _IMAGE_FILE.match(address[0])):
            return None
        whole = Span(opening - is_image, address.end() + 1)
        is_remark = between == ")[" and not is_image and _ends_a_word(text, opening, within.start)
        return whole, Span(opening + 1, closing), Span(*address.span()), not is_remark
    if not is_web:
        return None
    end = end_of_address(text, start, within.end)
    if between == "](" and opening is not None:
        # `[text](address]`
        bracket = text.find("]", start, end)
        if bracket < 0 or text[bracket + 1 : bracket + 2] in ("(", ")") or text[end : end + 1] == ")":
            return None
        return Span(opening, bracket + 1), Span(opening + 1, closing), Span(start, bracket), False
    if opening is not None or text[end : end + 1] != ")" or text[end + 1 : end + 2] == ")":
        return None
    # `(text](address)`, `[text)(address)`: the other kind of bracket opens it.
    other = opening_of(text, closing, within.start, ")" if between == "](" else "]")
    if other is None:
        return None
    return Span(other, end + 1), Span(other + 1, closing), Span(start, end), False


def _ends_a_word(text: str, place: int, start: int) -> bool:
    return place > start and (text[place - 1].isalnum() or text[place - 1] == "_")
