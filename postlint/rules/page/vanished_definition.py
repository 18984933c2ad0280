from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text, applied
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode

_TO_BE_READ = lazy(
    r"\^.*|참고|참조|출처|원문|링크|주의|주|비고|예|예시|팁|문제|질문|답|정답|해설|정리|결론"
    r"|참고 ?(?:자료|링크|문헌)|관련 ?(?:글|링크)|notes?|references?|sources?|warning|tip|see also"
)
"""What stands in brackets before a remark or a source that is to be read, or before a note."""
_PROSE = lazy(r"(?!https?:|[#</.])\S+\s+\S")
_WEB = ("http://", "https://")

_NOTE = Text(
    en="nothing refers to this note: readers do not see it",
    ko="이 각주를 가리키는 곳이 없어 페이지에 나타나지 않습니다",
)
_SHOW = Text(en="write `\\[`", ko="`\\[`로 적기")


class VanishedDefinition(Rule):
    """A line that Markdown takes for the definition of a link or a note which nothing refers to.

    `[Source]: https://example.org` looks like a remark and defines a link named `source`. kramdown takes
    whole sentences for an address, too. Of the definitions that nothing refers to, only those are told that
    were written to be read: with such a word in the brackets, or a sentence behind them, and notes.

    ## Why
    The line is not on the page: readers get no source, no warning, no note.

    ## Fix safety
    Unsafe: with a backslash the line is text, but how it is to look is for the author to say. No fix for a
    note, whose place in the text only the author knows.
    """

    code, name, severity = "PAGE022", "vanished-definition", Severity.WARNING
    message = Text(
        en="`[{label}]:` defines a link that nothing refers to: readers do not see this line",
        ko="`[{label}]:`은(는) 쓰이지 않는 링크를 정의할 뿐이어서 이 줄은 페이지에 나타나지 않습니다",
    )
    doc_ko = """아무 데서도 가리키지 않는 링크나 각주를 정의하는 것으로 읽히는 줄.

    `[참고]: https://example.org`는 덧붙인 말처럼 보이지만 `참고`라는 이름의 링크를 정의합니다. kramdown은
    문장도 주소로 읽습니다. 쓰이지 않는 정의 가운데 독자가 읽으라고 적은 것만 알립니다. 괄호 안이 그런 말인
    것, 뒤에 문장이 오는 것, 그리고 각주입니다.

    ## 이유
    이 줄은 페이지에 없습니다. 독자는 출처도, 주의 사항도, 각주도 볼 수 없습니다.

    ## 수정 안전성
    안전하지 않음: 역슬래시를 붙이면 글로 보이지만, 어떤 모양으로 보일지는 글쓴이가 정할 일입니다. 각주는
    본문 어디에 달 것인지 글쓴이만 알므로 고치지 않습니다.
    """
    signs = ("]:",)
    gives_way_to = ("PAGE002", "PAGE003")
    examples = (
        Bad("글\n\n⟦[참고]:⟧ https://example.org/a\n", fixed="글\n\n\\[참고]: <https://example.org/a>\n"),
        Bad("⟦[주의]:⟧ 먼저 백업해 둔다.\n\n글\n", fixed="\\[주의]: 먼저 백업해 둔다.\n\n글\n"),
        Bad("⟦[봄]:⟧ 가장 짧은 철이다.\n", fixed="\\[봄]: 가장 짧은 철이다.\n"),
        Bad("글\n\n⟦[^1]:⟧ 각주의 내용\n"),
        Good("[참고]\n\n[참고]: https://example.org/a\n"),
        Good("글[^1]\n\n[^1]: 각주의 내용\n"),
        Good("글\n\n[문서]: https://example.org/a\n[1]: https://example.org/b '제목'\n"),
        Good("[//]: # (보이지 않는 메모)\n\n[comment]: <> (메모)\n"),
        Good("`[참고]: a` 와\n\n    [참고]: https://example.org/a\n"),
        Good("[id]: # (12 ab)\n\n[#12]: https://example.org/12 \n"),
        Good("[봄]: 가장 짧은 철이다.\n", path="README.md"),
        Good("글\n\n[참고]: https://example.org/a\n", path="docs/a.md", site={"mkdocs.yml": ""}),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if post.home.conventions.has_extensions:
            return
        code = MeantCode(post)
        links = post.nodes_of(nodes.Link, nodes.Image)
        used = {link.destination_span for link in links if link.kind is nodes.LinkKind.REFERENCE}
        for one in post.nodes_of(nodes.LinkDefinition):
            if one.destination_span not in used and one.span not in code and _is_to_be_read(one):
                yield self.finding(
                    Span(one.span.start, _end_of_label(one, post)), fix=_shown(one, post), label=one.label
                )
        notes = {reference.name for reference in post.nodes_of(nodes.FootnoteReference)}
        for note in post.nodes_of(nodes.FootnoteDefinition):
            if note.name not in notes and note.span not in code:
                yield self.finding(Span(note.span.start, _end_of_label(note, post)), text=_NOTE)


def _is_to_be_read(one: nodes.LinkDefinition) -> bool:
    label = " ".join(one.label.split()).lower()
    if label.startswith(("//", "comment")):
        return False  # the way to write what nobody is to see
    return bool(_TO_BE_READ.fullmatch(label) or _PROSE.match(one.destination))


def _end_of_label(one: nodes.Node, post: Post) -> int:
    at = post.source.text.find("]:", one.span.start, one.span.end)
    return at + 2 if at >= 0 else one.span.end


def _shown(one: nodes.LinkDefinition, post: Post) -> Fix | None:
    """The line as text, with a link where it has an address."""
    text, start = post.source.text, one.span.start
    if not text.startswith("[", start):
        return None
    edits = [Edit(Span(start, start), "\\")]
    address = one.destination_span
    if one.title is None and text.startswith(_WEB, address.start):
        edits += [Edit(Span(address.start, address.start), "<"), Edit(Span(address.end, address.end), ">")]
    page = parsed(applied(text, edits, one.span), post)
    if len(page.children) != 1 or not isinstance(page.children[0], nodes.Paragraph):
        return None
    return fix(Safety.UNSAFE, _SHOW, *edits)
