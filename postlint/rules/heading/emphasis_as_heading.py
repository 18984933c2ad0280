from collections.abc import Iterator
from itertools import pairwise

from postlint.findings import Finding, Severity, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule

_ENDS_SENTENCE = lazy(r"[.!?。…,;:~)\"'”’]\s*\Z|(?:다|요|죠|음|함)\s*\Z")
_LONGEST = 60
"""Characters of a line that may still be a title."""


class EmphasisAsHeading(Rule):
    """A line of nothing but bold or italic text above a paragraph, as a heading would be.

    Off by default: a line that stands out is often meant to do no more. Italic text below an image is its
    caption, and left alone.

    ## Why
    It has no anchor and is in no table of contents, and readers who listen to the page cannot jump to it.

    ## Fix safety
    No fix: whether it is a heading, and of what level, only the author knows.
    """

    code, name, severity = "HEAD009", "emphasis-as-heading", Severity.INFO
    enabled = False
    message = Text(
        en="this line looks like a heading and is none", ko="제목처럼 보이지만 강조한 글일 뿐 제목이 아닙니다"
    )
    doc_ko = """제목처럼 문단 위에 혼자 있는, 굵거나 기울인 글뿐인 줄.

    눈에 띄게만 하려고 그렇게 쓸 때도 많아 기본으로는 꺼져 있습니다. 이미지 아래의 기울인 글은 설명이므로
    넘어갑니다.

    ## 이유
    앵커가 없고 목차에도 없으며, 스크린 리더로 건너뛰어 갈 수 없습니다.

    ## 수정 안전성
    고치지 않음: 제목인지, 몇 단계인지는 글쓴이만 압니다.
    """
    examples = (
        Bad("글\n\n⟦**설치 방법**⟧\n\n먼저 내려받는다.\n"),
        Bad("⟦*Usage*⟧\n\n- 하나\n"),
        Good("## 설치 방법\n\n글\n"),
        Good("**조심해야 한다.**\n\n글\n"),
        Good("**굵은 글**로 시작하는 문단\n\n글\n"),
        Good("글\n\n**끝**\n"),
        Good("- **항목**\n- **둘째**\n"),
        Good("**하나**\n\n**둘**\n"),
        Good("![바다](/a.png)\n![섬](/b.png)\n\n*제주의 바다*\n\n글\n"),
        Good('<img src="/a.png" alt="바다">\n\n*제주의 바다*\n\n글\n'),
        Bad("![바다](/a.png)\n\n⟦**둘째 날**⟧\n\n글\n"),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        if not post.nodes_of(nodes.Strong, nodes.Emphasis):
            return
        blocks = [node for node in document.children if not isinstance(node, nodes.HtmlComment)]
        before: nodes.Node | None = None
        for node, following in pairwise(blocks):
            above, before = before, node
            if not _is_emphasis(node) or _is_emphasis(following):
                continue
            if isinstance(node.children[0], nodes.Emphasis) and above is not None and _is_image(above):
                continue
            if isinstance(following, (nodes.Heading, nodes.ThematicBreak, nodes.FootnoteDefinition)):
                continue
            text = node.text()
            if len(text) <= _LONGEST and "\n" not in text and not _ENDS_SENTENCE.search(text):
                yield self.finding(node.span)


def _is_emphasis(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Paragraph)
        and len(node.children) == 1
        and isinstance(node.children[0], (nodes.Strong, nodes.Emphasis))
    )


def _is_image(node: nodes.Node) -> bool:
    """Whether nothing but images stands in it."""
    has_image = any(
        isinstance(child, nodes.Image) or (isinstance(child, nodes.HtmlElement) and child.name == "img")
        for child in node.walk()
    )
    return has_image and not any(
        isinstance(child, nodes.Text) and child.value.strip() for child in node.walk()
    )
