import re
from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules._fences import MeantCode
from postlint.rules.heading._paragraphs import beginning_with_hash

_HASHES = lazy(r"#{1,6}(?:[ \t]+#*)?")

_SHOWN = Text(
    en="there is no text behind `{hashes}`: readers see the mark",
    ko="`{hashes}` 뒤에 제목이 없어 기호가 그대로 보입니다",
)


class EmptyHeading(Rule):
    """The mark of a heading (`##`) without any text.

    ## Why
    kramdown shows the `##` as it stands; other engines make a heading that is empty, and readers who listen
    to the page, or go by its table of contents, meet an entry without a name.

    ## Fix safety
    No fix: whether the text is missing or the mark is left over, only the author knows.

    ## Precision
    8 of 8 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "HEAD005", "empty-heading", Severity.WARNING
    message = Text(en="this heading has no text", ko="제목이 비어 있습니다")
    doc_ko = """내용 없이 기호(`##`)만 있는 제목.

    ## 이유
    kramdown은 `##`을 글자 그대로 보여 줍니다. 다른 엔진은 빈 제목을 만들어, 스크린 리더와 목차에
    이름 없는 항목이 생깁니다.

    ## 수정 안전성
    고치지 않음: 제목이 빠졌는지 기호가 남았는지는 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 8건 중 8건이 맞았습니다(2026-11-22).
    """
    gives_way_to = ("PAGE002", "PAGE003")
    examples = (
        Bad("글\n\n⟦##⟧ \n\n글\n"),
        Bad("⟦###⟧\n"),
        Bad("글\n\n⟦##⟧\n\n글\n", path="README.md"),
        Bad("⟦<h2></h2>⟧\n"),
        Good("## 제목\n\n# #\n\n글\n"),
        Good("## ![그림](/a.png)\n"),
        Good('## <a name="x"></a>제목\n'),
        Good('<h3 class="logo"></h3>\n'),
        Good('<div align="center">\n  <h1>제목</h1>\n</div>\n', path="README.md"),
        Good("<h2><b>제목</b></h2>\n", path="README.md"),
        Bad("<div>\n⟦<h2> </h2>⟧\n</div>\n", path="README.md"),
        Good("#######\n"),
        Good("```\n##\n```\n"),
        Good("기호는 `##` 이다.\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        text = post.source.text
        for paragraph in beginning_with_hash(post):
            start, end = paragraph.span
            if end - start > _LONGEST:
                continue
            if _HASHES.fullmatch(text, start, end) and paragraph.span not in MeantCode(post):
                yield self.finding(paragraph.span, text=_SHOWN, hashes=text[start:end].split()[0])
        for heading in post.nodes_of(nodes.Heading):
            if _is_empty(heading):
                yield self.finding(heading.span)
        for element in post.nodes_of(nodes.HtmlElement):
            # With a class or an id, a script or a style sheet may fill it.
            if element.name in _ELEMENTS and not element.attributes and _is_empty_html(element, text):
                yield self.finding(element.span)


_LONGEST = 20
"""Characters of a mark with its closing one, and the spaces between."""
_ELEMENTS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def _is_empty(heading: nodes.Node) -> bool:
    for child in heading.children[:1]:
        if isinstance(child, nodes.Text) and child.value.strip():
            return False  # as nearly all are
    return all(
        not node.value.strip() if isinstance(node, nodes.Text) else isinstance(node, _NOTHING)
        for node in heading.walk()
        if node is not heading
    )


_NOTHING = (nodes.HtmlComment, nodes.LineBreak)
_NOT_TEXT = lazy(r"<!--.*?-->|</?[A-Za-z][^<>]*>|\s+", re.DOTALL)


def _is_empty_html(element: nodes.HtmlElement, text: str) -> bool:
    """The same of raw HTML, whose text may be no node, since the engine leaves it as it stands."""
    if not element.raw:
        return _is_empty(element)
    if not all(isinstance(node, _NOTHING) for node in element.children):
        return False  # an image, or an element that a script fills
    return not _NOT_TEXT.sub("", text[element.opening_span.end : element.span.end])
