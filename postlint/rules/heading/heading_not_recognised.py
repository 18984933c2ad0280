from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.covered import Covered
from postlint.post.mapped import Mapped
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._html import ends_in_its_tag

_HEADING = lazy(r"^[ \t]{0,3}(?P<mark>#{1,6}[ \t]+[^\s#][^\r\n]*)", 8)
_LAST_HASH = lazy(r"#[ \t]+[^\s#]")
_MARK = lazy(r"[ \t]{0,3}(?P<mark>#{1,6})")
_LONGEST_MARK = 9
"""Its characters with its indent."""
_WITHOUT_MARKDOWN = frozenset(("pre", "code", "script", "style", "textarea", "svg", "math", "kbd", "samp"))

_SEPARATE = Text(en="put a blank line before it", ko="앞에 빈 줄 넣기")
_IN_ELEMENT = Text(
    en="this is no heading: what is inside of `<{element}>` is not read as Markdown",
    ko="`<{element}>` 안의 글은 마크다운으로 처리되지 않아 제목이 되지 않습니다",
)


class HeadingNotRecognised(Rule):
    """A heading that what stands before it takes for its own: text above it, or an HTML element around it.

    Of the headings inside one element, the first is named.

    ## Why
    Readers see `## Title` as text, and it is missing from the table of contents.

    ## Fix safety
    Repair, where text stands right above it: a blank line between makes it the heading that it was meant to
    be. No fix inside of an element.
    """

    code, name, severity = "HEAD007", "heading-not-recognised", Severity.WARNING
    message = Text(
        en="this is no heading: without a blank line before it, it belongs to the text above",
        ko="앞에 빈 줄이 없어 제목이 되지 않고 윗글에 이어집니다",
    )
    doc_ko = """앞에 빈 줄이 없거나 HTML 요소 안에 있어 제목이 되지 못한 줄.

    한 요소 안에 여럿이면 첫째만 알립니다.

    ## 이유
    `## 제목`이 글자 그대로 보이고 목차에는 없습니다.

    ## 수정 안전성
    복구: 윗글 바로 아랫줄이라면 사이에 빈 줄을 넣어 제목이 되게 합니다. 요소 안이라면 고치지 않습니다.
    """
    signs = ("# ", "#\t")
    gives_way_to = ("PAGE002", "PAGE003")
    examples = (
        Bad("<details>\n<summary>더 보기</summary>\n\n⟦## 설치⟧\n\n글\n\n## 사용\n</details>\n"),
        Bad("<div>\n⟦# 제목⟧\n</div>\n"),
        Good('<div markdown="1">\n\n## 제목\n\n</div>\n'),
        Good("<pre>\n## 주석\n</pre>\n\n<style>\n# a { }\n</style>\n"),
        Good("글\n## 제목\n"),
        Good("{{ page.title }} {{- page.title -}}\n\n## 제목\n"),
        Good("<div>\n글\n</div>\n\n## 제목\n"),
        Good("```sh\nmake\n# 주석\n```\n"),
        Good("<div>\n#해시태그 #글\n</div>\n"),
        Good("<details>\n\n## 제목\n\n</details>\n", path="README.md"),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        written = set(_marks(post))
        written.difference_update(heading.span.start for heading in post.nodes_of(nodes.Heading))
        code = Covered(node.span for node in post.nodes_of(nodes.CodeBlock))
        stack: list[nodes.Node] = [] if all(at in code for at in written) else [document]
        while stack:
            node = stack.pop()
            if isinstance(node, nodes.Paragraph):
                yield from self._in_paragraph(node, post)
            elif isinstance(node, nodes.HtmlElement) and node.raw:
                if node.block and node.name not in _WITHOUT_MARKDOWN:
                    yield from self._in_element(node, post)
                continue
            stack.extend(reversed(node.children))

    def _in_paragraph(self, paragraph: nodes.Paragraph, post: Post) -> Iterator[Finding]:
        start = paragraph.span.start
        for match in _HEADING.finditer(post.source.text, start, paragraph.span.end):
            at = match.start("mark")
            if at != match.start() or at == start or not _is_text(paragraph, at):
                continue
            if post.is_opaque(Span(at, match.end())):
                continue  # Liquid, or a shortcode, makes something else of it
            if _is_drawn_up(post, start, at):
                continue  # by Liquid, through blank lines too
            page = post.home.engine(post.kind).parse(Mapped.whole(match["mark"] + "\n"))
            if not page.children or not isinstance(page.children[0], nodes.Heading):
                continue
            newline = "\r\n" if post.source.text.startswith("\r\n", at - 2) else "\n"
            yield self.finding(
                Span(at, match.end()), fix=fix(Safety.REPAIR, _SEPARATE, Edit(Span(at, at), newline))
            )

    def _in_element(self, element: nodes.HtmlElement, post: Post) -> Iterator[Finding]:
        if not ends_in_its_tag(element, post):
            return  # that it never ends is the fault
        for node in _outside_of_code(element):
            for match in _HEADING.finditer(post.source.text, *node.span):
                yield self.finding(Span(*match.span("mark")), text=_IN_ELEMENT, element=element.name)
                return


def _marks(post: Post) -> Iterator[int]:
    """Where lines have the mark of a heading."""
    text = post.source.text
    for last in _LAST_HASH.finditer(text, post.body_start):
        end = last.start() + 1
        line = text.rfind("\n", max(0, end - _LONGEST_MARK - 1), end) + 1
        mark = _MARK.fullmatch(text, line, end)
        if mark is not None:
            yield mark.start("mark")


def _outside_of_code(element: nodes.HtmlElement) -> Iterator[nodes.Text]:
    """The text inside of `element`, but for what is shown or used as it stands."""
    stack: list[nodes.Node] = list(reversed(element.children))
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text):
            yield node
        elif not (isinstance(node, nodes.HtmlElement) and node.name in _WITHOUT_MARKDOWN):
            stack.extend(reversed(node.children))


def _is_drawn_up(post: Post, start: int, at: int) -> bool:
    """Whether Liquid that takes the white space behind it stands before `at`, or before its blank lines."""
    text = post.source.text
    while at > start and text[at - 1].isspace():
        at -= 1
    return text.endswith(("-}}", "-%}"), start, at)


def _is_text(paragraph: nodes.Paragraph, at: int) -> bool:
    return any(
        isinstance(node, nodes.Text) and node.span.start <= at < node.span.end for node in paragraph.children
    )
