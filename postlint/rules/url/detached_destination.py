from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._text import end_of_address, is_one_link, opening_of, running_text

_GAP = lazy(r"\][ \t]+\(")
_DESTINATION = lazy(r"https?://[^\s/]|mailto:|\.{0,2}/\S+\.(?:html?|md|pdf)(?:#\S*)?\Z")
_IMAGE_FILE = lazy(r"\S+\.(?:png|jpe?g|gif|svg|webp)\Z", 2)
_NO_TEXT = lazy(r"[ xX]?|\^.*|[0-9,\s-]+")
"""The box of a task, a footnote, the number of a work in a list: none is a link's text."""
_JOIN = Text(en="write the address right behind the text", ko="공백 없애기")


class DetachedDestination(Rule):
    """A space between the text of a link and its address: `[text] (address)`.

    Numbers of works, `[1] (https://…)`, and tasks are left out.

    ## Why
    There is no link: readers see the brackets and the address as they stand in the file.

    ## Fix safety
    Unsafe: without the space it is a link, but brackets before an address in parentheses may be meant as
    they stand.
    """

    code, name, severity = "URL018", "detached-destination", Severity.WARNING
    message = Text(
        en="a space between text and address: this makes no link",
        ko="`[글]`과 `(주소)` 사이의 공백 때문에 링크가 되지 않습니다",
    )
    doc_ko = """링크 텍스트와 주소 사이의 공백: `[글] (주소)`.

    참고 문헌의 번호(`[1] (https://…)`)와 할 일 목록은 제외합니다.

    ## 이유
    링크가 되지 않아 괄호와 주소가 적힌 그대로 보입니다.

    ## 수정 안전성
    안전하지 않음: 공백을 지우면 링크가 되지만, 대괄호와 괄호를 그대로 보이려 했을 수도 있습니다.
    """
    signs = ("] ", "]\t")
    examples = (
        Bad(
            "⟦[앞 글] (https://example.org/a_(b))⟧을 보라.\n",
            fixed="[앞 글](https://example.org/a_(b))을 보라.\n",
        ),
        Bad("⟦![그림]  (/assets/a.png)⟧\n", fixed="![그림](/assets/a.png)\n"),
        Bad("- ⟦[**글** [1]] (https://example.org)⟧\n", fixed="- [**글** [1]](https://example.org)\n"),
        Bad("⟦[글] (https://example.org/a)⟧\n", fixed="[글](https://example.org/a)\n", path="README.md"),
        Good("[앞 글](https://example.org/a) (https://example.org/b)\n"),
        Good("[앞 글] (https://example.org/a)\n\n[앞 글]: https://example.org/b\n"),
        Good("[1] (https://example.org/a)\n\n- [x] (https://example.org/b)\n"),
        Good("[그림] (아래), [그림] (a.png)\n"),
        Good("글[^1] (https://example.org)\n\n[^1]: 각주\n"),
        Good("[앞 글][없음] (https://example.org)\n"),
        Good("`[앞 글] (https://example.org/a)`\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        text = post.source.text
        done = 0
        for stretch, block in running_text(post, _GAP):
            for gap in _GAP.finditer(text, *stretch):
                opening = opening_of(text, gap.start(), max(done, block.start))
                if opening is None or text[opening - 1 : opening] == "]":
                    continue
                label = text[opening + 1 : gap.start()]
                end = end_of_address(text, gap.end(), block.end)
                if text[end : end + 1] != ")" or _NO_TEXT.fullmatch(label):
                    continue
                address = text[gap.end() : end]
                is_image = text[opening - 1 : opening] == "!" and opening > block.start
                if not _DESTINATION.match(address) and not (is_image and _IMAGE_FILE.match(address)):
                    continue
                span = Span(opening - is_image, end + 1)
                if not is_one_link(post, f"{'!' * is_image}[{label}]({address})", address):
                    continue
                done = span.end
                edit = Edit(Span(gap.start() + 1, gap.end() - 1), "")
                yield self.finding(span, fix=fix(Safety.UNSAFE, _JOIN, edit))
