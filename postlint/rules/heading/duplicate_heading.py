from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from postlint.findings import Finding, Severity, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule

_LINK = lazy(r"""#(?<=[(<: ="']#)""")
"""Before which the `#` of a link to a place stands; to look for the `#` first takes a tenth of the time."""


class DuplicateHeading(Rule):
    """A heading with the text of one before it, where a link on the page leads to that text.

    Of several, the first is named. Headings that nothing links to may be alike, and so may those whose
    numbered anchor (`#notes-1`) is linked.

    ## Why
    The anchor of the second is another one (`-1` is added): a link meant for it leads to the first.

    ## Fix safety
    No fix: which of them the link is for, only the author knows.
    """

    code, name, severity = "HEAD003", "duplicate-heading", Severity.INFO
    message = Text(
        en="a heading above says the same, and links to `#{anchor}` lead to that one",
        ko="위에 같은 제목이 있어 `#{anchor}` 링크는 모두 위의 제목으로 갑니다",
    )
    doc_ko = """앞에 나온 제목과 똑같고, 그 제목의 앵커로 가는 링크가 페이지에 있는 제목.

    여럿이면 첫째만 알립니다. 아무 링크도 가리키지 않는 제목이나, 번호가 붙은 앵커(`#정리-1`)를 링크한
    제목은 같아도 됩니다.

    ## 이유
    둘째 제목의 앵커에는 `-1`이 붙어 다른 이름이 되므로, 둘째를 가리키려던 링크가 첫째로 갑니다.

    ## 수정 안전성
    고치지 않음: 어느 제목으로 가려던 링크인지는 글쓴이만 압니다.
    """
    examples = (
        Bad("[정리](#정리)를 보라.\n\n## 정리\n\n하나\n\n⟦## 정리⟧\n\n둘\n"),
        Bad("[정리](#%EC%A0%95%EB%A6%AC)\n\n## 정리\n\n⟦## 정리⟧\n"),
        Good("## 정리\n\n하나\n\n## 정리\n\n둘\n"),
        Good("[하나](#정리) [둘](#정리-1)\n\n## 정리\n\n## 정리\n"),
        Good("[글](https://example.org/#정리)\n\n## 정리\n\n## 정리\n"),
        Good("[하나](#정리)\n\n## 정리\n\n## 요약\n"),
        Good("[둘](#second)\n\n## 정리\n\n## 정리 {#second}\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        headings = [node for node in post.nodes_of(nodes.Heading) if node.id]
        ids = {heading.id for heading in headings}
        if not any(one.id and one.id.rpartition("-")[0] in ids for one in headings):
            return
        if not _LINK.search(post.source.text, post.body_start):
            return
        texts = Counter(_text(heading) for heading in headings)
        if all(count == 1 for count in texts.values()):
            return
        linked = _linked(post)
        first: dict[str, nodes.Heading] = {}
        named: set[str] = set()
        for heading in headings:
            text = _text(heading)
            one = first.setdefault(text, heading)
            is_numbered = (heading.id or "").rpartition("-")[0] == one.id
            if one is heading or text in named or not is_numbered:
                continue
            if one.id in linked and heading.id not in linked:
                named.add(text)
                yield self.finding(heading.span, anchor=one.id)


def _text(heading: nodes.Heading) -> str:
    return " ".join(heading.text().split())


def _linked(post: Post) -> frozenset[str]:
    """The anchors of this page that its links lead to."""
    found = set()
    for node in post.nodes_of(nodes.Link, nodes.HtmlElement):
        if isinstance(node, nodes.Link):
            address = node.destination
        elif node.name == "a":
            address = node.attributes.get("href", "")
        else:
            continue
        if address.startswith("#"):
            found.add(unquote(address[1:]))
    return frozenset(found)
