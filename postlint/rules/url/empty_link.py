from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule

_IMAGE = Text(en="no address: this image cannot be seen", ko="주소가 비어 있어 이미지가 보이지 않습니다")
_INVISIBLE = Text(
    en="nothing between the brackets: readers see no link",
    ko="대괄호 안이 비어 있어 링크가 보이지 않습니다",
)


class EmptyLink(Rule):
    """A link or image without an address, `[text]()`, or a link without anything to see, `[](address)`.

    Links of raw HTML, and those that have a class or an id (`[](a){: .icon}`), which a style sheet may show
    or another link lead to, are left out.

    ## Why
    The link leads to the page that the reader is on, the image shows nothing, or there is nothing to click.

    ## Fix safety
    No fix: the address, or the text, is not there to be found.

    ## Precision
    36 of 36 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL016", "empty-link", Severity.WARNING
    message = Text(
        en="no address: this link leads to the page that it stands on",
        ko="주소가 비어 있어 지금 보는 페이지로 되돌아오는 링크가 됩니다",
    )
    doc_ko = """주소가 빈 링크나 이미지(`[글]()`), 또는 보이는 것이 없는 링크(`[](주소)`).

    원시 HTML 링크와, 스타일시트가 무언가를 보여 주거나 다른 링크가 가리킬 수 있는 클래스나 id가 붙은
    링크(`[](a){: .icon}`)는 제외합니다.

    ## 이유
    눌러도 지금 보던 페이지로 되돌아오거나, 이미지가 보이지 않거나, 누를 것이 없습니다.

    ## 수정 안전성
    고치지 않음: 주소나 글이 어디에도 적혀 있지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 36건 중 36건이 맞았습니다(2026-11-22).
    """
    examples = (
        Bad("⟦[논문]()⟧을 보라.\n"),
        Bad("⟦[**논문**]( )⟧, ⟦[코드](<>)⟧, ⟦![그림]()⟧\n"),
        Bad("⟦[](https://example.org/a.png)⟧\n"),
        Bad("⟦[ ]()⟧\n"),
        Good("[논문](https://example.org/), [위로](#)\n"),
        Good("[![그림](/a.png)](https://example.org/), [`코드`](/a), [$$x$$](/b), [![](/a.png)](/c)\n"),
        Good("[](#처음){: #처음}, [](https://example.org/){: .icon-github}\n"),
        Good("[{{ page.title }}](https://example.org/), [글]({{ site.url }})\n"),
        Good('[<i class="icon"></i>](https://example.org/), <a href="" id="a"></a>\n'),
        Good("- [ ] 할 일 ()\n- [x](https://example.org/)\n"),
        Good("`[논문]()`처럼 쓴다. \\[논문]()\n"),
        # MyST writes the title of the page there.
        Good("[](intro.md)\n", path="docs/a.md", site={"myst.yml": "", "docs/intro.md": "# 시작\n"}),
    )

    def check(self, node: nodes.Link | nodes.Image, post: Post) -> Iterator[Finding]:
        if node.kind is not nodes.LinkKind.INLINE:
            return
        if isinstance(node, nodes.Image):
            if not node.destination.strip():
                yield self.finding(node.span, text=_IMAGE)
            return
        # Nearly all links begin with a word.
        first = node.children[0] if node.children else node
        is_visible = _is_visible(first) or any(_is_visible(child) for child in node.walk())
        if not node.destination.strip():
            yield self.finding(node.span, text=None if is_visible else _INVISIBLE)
        elif (
            not is_visible
            and not post.home.conventions.has_extensions
            and not node.destination.startswith("#")
            and not node.attributes.keys() & {"class", "id", "name", "style"}
        ):
            yield self.finding(node.span, text=_INVISIBLE)


def _is_visible(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Text):
        return bool(node.value.strip())
    return not isinstance(node, _INVISIBLE_ALONE)


_INVISIBLE_ALONE = (nodes.Link, nodes.Emphasis, nodes.Strong, nodes.LineBreak, nodes.HtmlComment)
