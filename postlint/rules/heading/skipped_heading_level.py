from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule

_LEVELS = {f"h{level}": level for level in range(1, 7)}


class SkippedHeadingLevel(Rule):
    """A heading more than one level below the heading before it.

    The first heading may have any level: the layout shows the post's title above it.

    ## Why
    Readers who listen to a page, and every table of contents made of it, go by the levels: a level
    that is skipped looks like a part that is missing.

    ## Fix safety
    No fix: which heading has the wrong level, only the author knows.
    """

    code, name, severity = "HEAD001", "skipped-heading-level", Severity.INFO
    message = Text(
        en="h{level} follows h{previous}: the levels between are skipped",
        ko="h{previous} 다음에 h{level}이(가) 와서 제목 단계를 건너뜁니다",
    )
    doc_ko = """바로 앞 제목보다 두 단계 이상 낮은 제목.

    첫 제목은 몇 단계든 괜찮습니다. 글 제목은 레이아웃이 그 위에 보여 줍니다.

    ## 이유
    스크린 리더와 목차는 제목 단계를 따라갑니다. 건너뛴 단계는 빠진 부분처럼 보입니다.

    ## 수정 안전성
    고치지 않음: 어느 제목의 단계가 틀렸는지는 글쓴이만 압니다.
    """
    examples = (
        Bad("## 설치\n\n⟦#### 맥에서⟧\n"),
        Good("## 설치\n\n### 맥에서\n\n## 사용\n"),
        Good("### 들어가며\n\n## 설치\n"),
        Good("## 설치\n\n```sh\n#### 주석\n```\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        previous = 0
        for span, level in _outline(post):
            if previous and level > previous + 1:
                yield self.finding(span, level=level, previous=previous)
            previous = level


def _outline(post: Post) -> Iterator[tuple[Span, int]]:
    """The headings of the page with their levels; one in a quotation belongs to another text."""
    in_html = [element for element in post.nodes_of(nodes.HtmlElement) if element.name in _LEVELS]
    around: list[nodes.Node] = [*post.nodes_of(nodes.Quote), *in_html]
    if in_html:
        around += post.nodes_of(nodes.Heading)
    inner = {id(node) for one in around for node in one.walk() if node is not one}
    for node in post.nodes_of(nodes.Heading, nodes.HtmlElement) if in_html else post.nodes_of(nodes.Heading):
        if id(node) in inner:
            continue
        if isinstance(node, nodes.Heading):
            yield node.span, node.level
        elif node.name in _LEVELS:
            yield node.opening_span, _LEVELS[node.name]
