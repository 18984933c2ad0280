from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Kind, Post
from postlint.rule import Bad, Good, Rule

_NO_WORD = lazy(r"[\W_]+")


class TitleRepeatedAsHeading(Rule):
    """A post that begins with a heading that says its title once more.

    Pages such as `about.md` are left alone: their layouts show a title or leave it to the page.

    ## Why
    The layout shows the title of the front matter above the post: readers read it twice.

    ## Fix safety
    No fix: a few layouts show no title, and then the heading is needed.

    ## Precision
    30 of 30 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "HEAD008", "title-repeated-as-heading", Severity.INFO
    message = Text(
        en="this heading repeats the post's title, which the layout shows above it",
        ko="레이아웃이 이미 보여 주는 글 제목을 되풀이합니다",
    )
    doc_ko = """글 제목(title)을 되풀이하는 제목으로 시작하는 글.

    `about.md` 같은 페이지는 제외합니다. 페이지의 레이아웃은 제목을 보여 주기도 하고 페이지에 맡기기도 합니다.

    ## 이유
    프론트 매터의 제목은 레이아웃이 글 위에 보여 주므로 같은 제목을 두 번 읽게 됩니다.

    ## 수정 안전성
    고치지 않음: 제목을 보여 주지 않는 레이아웃도 드물게 있고, 그때는 이 제목이 필요합니다.

    ## 정확도
    실제 블로그에서 읽어 본 30건 중 30건이 맞았습니다(2026-11-22).
    """
    examples = (
        Bad("---\ntitle: 깃 시작하기\n---\n\n⟦# 깃 시작하기⟧\n\n글\n"),
        Bad('---\ntitle: "Start with Git!"\n---\n\n글\n\n⟦Start with Git\n===⟧\n\n글\n'),
        Good("---\ntitle: 깃 시작하기\n---\n\n# 준비\n\n글\n"),
        Good("---\ntitle: 깃 시작하기\n---\n\n글\n\n## 준비\n\n## 깃 시작하기\n"),
        Good("---\nlayout: post\n---\n\n# 깃 시작하기\n"),
        Good("---\ntitle: 2021\n---\n\n# 2020\n"),
        Good("# 깃 시작하기\n", path="README.md"),
        # A layout for pages shows the title or leaves it to the page, as it likes.
        Good("---\ntitle: 소개\n---\n\n# 소개\n", path="about.md", site={"_config.yml": ""}),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        if post.kind is Kind.PAGE:
            return
        entry = post.front_matter.get("title") if post.front_matter is not None else None
        if entry is None or not isinstance(entry.value, str):
            return
        heading = next((node for node in document.children if isinstance(node, nodes.Heading)), None)
        if (
            heading is not None
            and heading.level <= _LOWEST
            and _words(heading.text()) == _words(entry.value) != ""
        ):
            yield self.finding(heading.span)


_LOWEST = 2
"""A heading below this level is that of a part."""


def _words(text: str) -> str:
    return _NO_WORD.sub(" ", text.lower()).strip()
