from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule


class SeveralH1(Rule):
    """More than one heading of the first level in a post.

    ## Why
    The layout shows the title as the first level already. Readers who listen to the page, and search
    engines, take each further one for another title.

    ## Fix safety
    No fix: which level each heading should have, only the author knows.

    ## Precision
    20 of 20 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "HEAD002", "several-h1", Severity.INFO
    gives_way_to = ("PAGE003",)
    message = Text(
        en="this is the second of {count} headings of the first level",
        ko="1단계 제목(h1)이 {count}개 있습니다. 이것이 두 번째입니다",
    )
    doc_ko = """글 하나에 둘 이상 있는 1단계 제목(`#`).

    ## 이유
    글 제목은 레이아웃이 이미 1단계로 보여 줍니다. 스크린 리더와 검색 엔진은 1단계 제목을
    저마다 다른 글 제목으로 받아들입니다.

    ## 수정 안전성
    고치지 않음: 제목마다 몇 단계여야 하는지는 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 20건 중 20건이 맞았습니다(2026-11-22).
    """
    examples = (
        Bad("# 준비\n\n글\n\n⟦# 설치⟧\n\n글\n\n# 사용\n"),
        Bad("# 준비\n\n⟦<h1>⟧설치</h1>\n"),
        Good("# 준비\n\n## 설치\n\n## 사용\n"),
        Good("## 준비\n\n## 설치\n"),
        Good("# 준비\n\n```sh\n# 설치\n```\n"),
        Good("# 준비\n\n> # 인용한 글의 제목\n"),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        candidates = sum(heading.level == 1 for heading in post.nodes_of(nodes.Heading))
        candidates += sum(element.name == "h1" for element in post.nodes_of(nodes.HtmlElement))
        if candidates < 2:
            return
        found = list(_first_level(document))
        if len(found) > 1:
            yield self.finding(found[1], count=len(found))


def _first_level(document: nodes.Document) -> Iterator[Span]:
    """The headings of the first level; one in a quotation belongs to another text."""
    stack: list[nodes.Node] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Heading):
            if node.level == 1:
                yield node.span
        elif isinstance(node, nodes.HtmlElement) and node.name == "h1":
            yield node.opening_span
        elif type(node) not in _WITHOUT_HEADINGS:
            stack.extend(reversed(node.children))


_WITHOUT_HEADINGS = frozenset((nodes.Quote, nodes.Paragraph, nodes.CodeBlock, nodes.Table, nodes.Text))
