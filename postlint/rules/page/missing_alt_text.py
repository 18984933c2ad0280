from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule


class MissingAltText(Rule):
    """An image without a text in its place.

    `<img alt="">` says that a picture is there for the eye alone, and is left out, and so is one that
    assistive technology is told to pass over.

    ## Why
    Who listens to the page, or for whom the image does not load, learns nothing of it; search engines
    neither.

    ## Fix safety
    No fix: what there is to be seen, only the author knows.

    ## Precision
    17 of 17 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "PAGE008", "missing-alt-text", Severity.INFO
    message = Text(
        en="this image has no text for those who do not see it",
        ko="이미지를 볼 수 없는 사람을 위한 설명(alt)이 없습니다",
    )
    doc_ko = """대체 텍스트(alt)가 없는 이미지.

    꾸밈일 뿐이라고 밝힌 `<img alt="">`와 보조 기기가 건너뛰도록 한 이미지는 제외합니다.

    ## 이유
    소리로 듣거나 이미지를 불러오지 못한 독자는 무엇이 있는지 알 수 없습니다. 검색 엔진도 마찬가지입니다.

    ## 수정 안전성
    고치지 않음: 무엇이 보이는지는 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 17건 중 17건이 맞았습니다(2026-11-22).
    """
    gives_way_to = ("PAGE002", "PAGE003", "PAGE004")
    examples = (
        Bad("⟦![](/images/a.png)⟧\n"),
        Bad('⟦![ ](/images/a.png "제목")⟧\n'),
        Bad('⟦<img src="/images/a.png">⟧\n'),
        Bad('<p align="center">⟦<img src="/images/a.png" width="50%"/>⟧</p>\n'),
        Bad("⟦![][a]⟧\n\n[a]: /images/a.png\n"),
        Good("![가을 산](/images/a.png)\n"),
        Good('<img src="/images/a.png" alt="가을 산">\n'),
        Good('<img src="/images/line.png" alt="">\n'),
        Good('<img src="/images/line.png" role="presentation"> <img src="/a.png" aria-hidden="true">\n'),
        Good('![](/images/a.png){: alt="가을 산"}\n'),
        Good("`![](/images/a.png)`\n"),
        Good("[글](/a)\n"),
        Good("{% include figure.html src='/a.png' %}\n"),
    )

    def check(self, node: nodes.Image | nodes.HtmlElement, post: Post) -> Iterator[Finding]:
        if isinstance(node, nodes.Image):
            if not node.alt.strip() and not node.attributes.get("alt", "").strip():
                yield self.finding(node.span)
        elif (
            node.name == "img"
            and not node.attributes.keys() & {"alt", "role", "aria-hidden", "aria-label", "aria-labelledby"}
            and post.source.text.startswith("<", node.opening_span.start)
        ):
            yield self.finding(node.opening_span)
