from collections.abc import Iterator, Sequence

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode

_NAMED = r"""[.#][A-Za-z_][\w.#:-]+|[A-Za-z][\w-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+)"""
_LIST = lazy(
    rf"\{{:[ \t]*(?:(?:{_NAMED})(?:[ \t]*(?:{_NAMED})|[ \t]+[A-Za-z][\w-]*)*|(?:no_)?toc)[ \t]*\}}"
    rf"|\{{[ \t]*(?:{_NAMED})(?:[ \t]+(?:{_NAMED}))*[ \t]*\}}"
)
"""kramdown's attribute list, or that of Pandoc, which has no colon."""
_UNQUOTED = lazy(r"""=([^\s"'{}]+)""")
_COMMENTS = lazy(r"(?:[ \t]*<!--[^\n]*?-->)+[ \t]*\Z")
_SPACE = " \t\u3000\u00a0"
_SPOKEN_OF = (":", "(", "'", '"', "“", "‘", "=", "`")
"""What stands before a list that is spoken of, rather than meant."""
_MADE = ("%}", "}}")
"""The end of Liquid, which may make an image that heeds the list."""

_SPACED = Text(
    en="this attribute list appears on the page: there is a space between it and what it is for",
    ko="속성 목록이 대상과 떨어져 있어 적용되지 않고 페이지에 그대로 보입니다",
)
_BEHIND_TEXT = {
    "heading": Text(
        en="this attribute list appears on the page: that of a heading goes on the next line",
        ko="제목의 속성 목록은 다음 줄에 따로 적어야 합니다. 지금은 페이지에 그대로 보입니다",
    ),
    "paragraph": Text(
        en="this attribute list appears on the page: that of a paragraph goes on the next line",
        ko="문단의 속성 목록은 다음 줄에 따로 적어야 합니다. 지금은 페이지에 그대로 보입니다",
    ),
    "quote": Text(
        en="this attribute list appears on the page: that of a quote goes on the next line, without `>`",
        ko="인용문의 속성 목록은 다음 줄에 `>` 없이 적어야 합니다. 지금은 페이지에 그대로 보입니다",
    ),
}
_TIGHTEN = Text(en="take the space away", ko="사이의 공백 없애기")
_KRAMDOWN = Text(en="write `{list}`", ko="`{list}` 형식으로 적기")
_OWN_LINE = Text(en="put it on a line of its own", ko="다음 줄에 따로 적기")


class LiteralAttributeList(Rule):
    """An attribute list such as `{: width="50%"}` or `{: .notice}` that the page shows rather than heeds.

    kramdown heeds one right behind an image, a link or emphasis, or on a line of its own beside a block; what
    stands behind a space or behind text is text. Other engines show all of them.

    ## Why
    Readers see `{: width="50%"}` beside the image, and the image is as large as it is.

    ## Fix safety
    Repair: the space between an image and its list is taken away, and so is that between a link and a list
    with a value, such as `target="_blank"`. Pandoc's `{width=50%}` behind an image is written as kramdown's.
    The list of a heading goes on the next line, and so does Chirpy's `{: .prompt-tip }` of a quote. All of it
    only where the list is heeded then.

    Unsafe: another class at the end of a paragraph or quote may be meant for all of it or for the last
    word.
    """

    code, name, severity = "PAGE014", "literal-attribute-list", Severity.WARNING
    message = Text(
        en="this attribute list appears on the page as it is written",
        ko="속성 목록이 적용되지 않고 페이지에 그대로 보입니다",
    )
    doc_ko = """`{: width="50%"}`나 `{: .notice}`처럼 적용되지 않고 페이지에 그대로 보이는 속성 목록.

    kramdown은 이미지, 링크, 강조 바로 뒤에 붙어 있거나 블록 옆의 한 줄을 차지하는 속성 목록만 적용합니다.
    공백이나 글 뒤에 있는 것은 글로 봅니다. 다른 엔진은 모두 글로 봅니다.

    ## 이유
    이미지 옆에 `{: width="50%"}`가 그대로 보이고, 이미지 크기는 바뀌지 않습니다.

    ## 수정 안전성
    복구: 이미지와 속성 목록, 링크와 `target="_blank"`처럼 값이 있는 목록 사이의 공백을 없앱니다. 이미지 뒤의
    Pandoc식 `{width=50%}`는 kramdown 형식으로 바꿉니다. 제목의 속성 목록과 인용문에 붙인 Chirpy의
    `{: .prompt-tip }`은 다음 줄로 옮깁니다. 모두 고친 뒤에 적용될 때만 고칩니다.

    안전하지 않음: 문단이나 인용문 끝의 다른 클래스는 전체를 꾸미려던 것일 수도, 마지막 말을 꾸미려던
    것일 수도 있습니다.
    """
    signs = _LIST
    gives_way_to = ("PAGE002", "PAGE003", "PAGE004")
    examples = (
        Bad(
            '![그림](/a.png) ⟦{: width="50%"}⟧\n',
            fixed='![그림](/a.png){: width="50%"}\n',
        ),
        Bad(
            "![그림](/a.png)  ⟦{:.shadow}⟧{: .align-center}\n*설명*\n",
            fixed="![그림](/a.png){:.shadow}{: .align-center}\n*설명*\n",
        ),
        Bad(
            '[글](https://example.org) ⟦{:target="_blank"}⟧ 을 보라.\n',
            fixed='[글](https://example.org){:target="_blank"} 을 보라.\n',
        ),
        Bad("![그림](/a.png)⟦{width=50%}⟧\n", fixed='![그림](/a.png){: width="50%"}\n'),
        Bad("![그림](/a.png)  ⟦{width=50%}⟧\n", fixed='![그림](/a.png){: width="50%"}\n'),
        Bad("![그림](/a.png)⟦{.center}⟧ 과 글\n", fixed="![그림](/a.png){: .center} 과 글\n"),
        Bad("# 봄 ⟦{: .no_toc}⟧\n\n글\n", fixed="# 봄\n{: .no_toc}\n\n글\n"),
        Bad(
            "책을 읽고 정리한 글입니다. ⟦{: .notice--info}⟧\n",
            fixed="책을 읽고 정리한 글입니다.\n{: .notice--info}\n",
        ),
        Bad("**주의** 하라.\n⟦{: .notice--danger}⟧ <!-- 빨간 상자 -->\n"),
        Bad(
            "> 알아 두면\n> 좋다. ⟦{: .prompt-tip }⟧\n\n글\n",
            fixed="> 알아 두면\n> 좋다.\n{: .prompt-tip }\n\n글\n",
        ),
        Bad("- 항목 ⟦{: .item}⟧\n"),
        Bad("> ## 봄 ⟦{: #spring}⟧\n\n글\n", fixed="> ## 봄\n> {: #spring}\n\n글\n"),
        Bad("- 항목\n\n  ## 봄 ⟦{: #spring}⟧\n", fixed="- 항목\n\n  ## 봄\n  {: #spring}\n"),
        Bad(
            "```\ncode\n```\n\n## 봄 ⟦{: #spring}⟧\n\n글\n",
            fixed="```\ncode\n```\n\n## 봄\n{: #spring}\n\n글\n",
        ),
        Bad("*그림 1* ⟦{: .caption}⟧\n", fixed="*그림 1*{: .caption}\n"),
        Bad('![그림](/a.png)⟦{: width="50%"}⟧\n', path="README.md"),
        Bad("글\n⟦{: .notice}⟧\n", path="content/a.md", site={"hugo.toml": ""}),
        Good('![그림](/a.png){: width="50%"}\n![그림](/b.png){:.a}{:.b}\n'),
        Good("글\n{: .notice}\n\n# 제목\n{: .no_toc}\n\n| 표 |\n|---|\n| 칸 |\n{: .table}\n"),
        Good("* 차례\n{:toc}\n\n- {: .item} 항목\n"),
        Good("속성은 `![그림](/a.png) {: .center}` 처럼 쓰지 않는다.\n"),
        Good('이미지 뒤에 {: width="50%"} 를 붙인다. 클래스는 이렇게: {: .notice}\n'),
        Good("`code` {: .a} 를 쓰면, {:.2f} 와 {:#x} 는 파이썬이다. {% raw %}{{: .a}}{% endraw %}\n"),
        Good("```\n![그림](/a.png) {: .a}\n```\n\n<div>\n글 {: .a}\n</div>\n"),
        Good("집합 {a=1} 과 {.5} 다. [글](/a){a} ![그림](/a.png) {중괄호}\n"),
        Good('{% img a.jpg alt:"그림" %}{: .center }\n\n{{ page.image }}{: .center }\n'),
        Good("$a_{:, i}$ 와 $$x_{:}$$\n"),
        Good("![그림](/a.png){: .b }\n", path="docs/a.md", site={"mkdocs.yml": ""}),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        if post.home.conventions.has_extensions or not post.has_in_text(_LIST):
            return
        code = MeantCode(post)
        stack: list[nodes.Node] = [document]
        while stack:
            node = stack.pop()
            if isinstance(node, nodes.HtmlElement) and node.raw:
                continue
            if node.children:
                yield from self._among(node, node.children, code, post)
                stack.extend(reversed(node.children))

    def _among(
        self, parent: nodes.Node, children: Sequence[nodes.Node], code: MeantCode, post: Post
    ) -> Iterator[Finding]:
        text = post.source.text
        before: nodes.Node | None = None
        index = 0
        while index < len(children):
            child = children[index]
            index += 1
            if not isinstance(child, nodes.Text):
                before = child
                continue
            start, end = child.span
            while index < len(children) and isinstance(children[index], nodes.Text):
                end = children[index].span.end
                index += 1
            for match in _LIST.finditer(text, start, end):
                span = Span(*match.span())
                if span not in code and not post.is_opaque(span):
                    yield from self._judged(span, before, parent, post)

    def _judged(
        self, span: Span, before: nodes.Node | None, parent: nodes.Node, post: Post
    ) -> Iterator[Finding]:
        text = post.source.text
        has_colon = text.startswith("{:", span.start)
        line_start = text.rfind("\n", 0, span.start) + 1
        line_end = text.find("\n", span.end)
        line_end = len(text) if line_end < 0 else line_end
        ends_line = not text[span.end : line_end].strip()
        if before is not None and not text[before.span.end : span.start].strip(_SPACE):
            if isinstance(before, nodes.Image) or (has_colon and _takes_lists(before, ends_line)):
                is_spaced = has_colon and before.span.end < span.start
                mended = _attached(span, before, post)
                yield self.finding(span, text=_SPACED if is_spaced and mended else None, fix=mended)
        elif not has_colon:
            return
        elif not text[line_start : span.start].strip(_SPACE + ">"):
            if ends_line or _COMMENTS.match(text, span.end, line_end):
                yield self.finding(span)
        elif (
            isinstance(parent, _BLOCKS)
            and not text[span.end : parent.span.end].strip()
            and not text[line_start : span.start].rstrip(_SPACE).endswith(_SPOKEN_OF)
            and not text[line_start : span.start].endswith(_MADE)
        ):
            yield self._behind_text(span, parent, post)

    def _behind_text(self, span: Span, parent: nodes.Node, post: Post) -> Finding:
        is_heading = isinstance(parent, nodes.Heading)
        quotes = () if is_heading else (one for one in post.document.children if _ends_with(one, parent))
        quote = next(iter(quotes), None)
        mended = _on_its_line(span, quote or parent, post)
        if mended is None:
            return self.finding(span)
        block = "quote" if quote else "heading" if is_heading else "paragraph"
        return self.finding(span, text=_BEHIND_TEXT[block], fix=mended)


_BLOCKS = (nodes.Paragraph, nodes.Heading, nodes.Item, nodes.DefinitionDetails)


def _takes_lists(node: nodes.Node, ends_line: bool) -> bool:
    """Whether a list behind `node` is certainly meant to be one; in the midst of a line it may be named."""
    return isinstance(node, nodes.Link) or (ends_line and isinstance(node, nodes.Emphasis | nodes.Strong))


def _ends_with(quote: nodes.Node, block: nodes.Node) -> bool:
    return isinstance(quote, nodes.Quote) and bool(quote.children) and quote.children[-1] is block


def _attached(span: Span, before: nodes.Node, post: Post) -> Fix | None:
    """The list put right behind `before`; None where it would not be heeded there either."""
    written = post.source[span]
    mended = written
    title = _TIGHTEN
    if not written.startswith("{:"):
        title = _KRAMDOWN
        mended = "{: " + _UNQUOTED.sub(r'="\1"', written[1:-1].strip()) + "}"
    if not _is_heeded(post.source[before.span] + mended, post):
        return None
    is_sure = isinstance(before, nodes.Image) or (isinstance(before, nodes.Link) and "=" in written)
    safety = Safety.REPAIR if is_sure else Safety.UNSAFE
    edits = [Edit(Span(before.span.end, span.start), "")] if before.span.end < span.start else []
    if mended != written:
        edits.append(Edit(span, mended))
    return fix(safety, title, *edits, list=mended)


def _on_its_line(span: Span, block: nodes.Node, post: Post) -> Fix | None:
    """The list put on the line below; None where it would not be heeded there."""
    text = post.source.text
    begin = block.span.start
    before = text[text.rfind("\n", 0, begin) + 1 : begin]
    # Another block, in a quote or an item, may take the list that is put on a line of its own there.
    if before and (before.strip(" >") or not isinstance(block, nodes.Heading)):
        return None
    if not isinstance(block, _MOVABLE):
        return None
    written = text[begin : span.start].rstrip(_SPACE)
    if not _is_heeded(f"{written}\n{text[span.start : span.end]}", post):
        return None
    is_sure = isinstance(block, nodes.Heading) or (
        isinstance(block, nodes.Quote) and ".prompt-" in post.source[span]
    )
    newline = "\r\n" if text.startswith("\r\n", span.end) else "\n"
    edit = Edit(Span(begin + len(written), span.start), newline + before)
    return fix(Safety.REPAIR if is_sure else Safety.UNSAFE, _OWN_LINE, edit)


_MOVABLE = (nodes.Paragraph, nodes.Heading, nodes.Quote)


def _is_heeded(text: str, post: Post) -> bool:
    """Whether the page that `text` would be has no attribute list to be seen, and all of it in one block."""
    page = parsed(text, post)
    return len(page.children) == 1 and not _LIST.search(page.text())
