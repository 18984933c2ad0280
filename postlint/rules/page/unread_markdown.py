from collections.abc import Iterator, Sequence
from html import escape

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode
from postlint.rules._html import ELEMENTS, ends_in_its_tag

_MARKUP = lazy(
    r"(?<![\\A-Za-z0-9_)\]])(?P<link>!?\[[^\[\]\n]*\]\((?:\{\{[^{}\n]*\}\}|[^()\s<>\"']|\([^()\s<>\"']*\))+"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)(?:\{:[^{}\n]*\})?)"
    r"|(?<![`\\:])(?P<code>`[^`\s](?:[^`\n<]*[^`\s<])?`)(?!`)"
)
_MARK = lazy(r"`|\]\(")
_TO_A_PAGE = lazy(r"(?:https?:|mailto:|[/.#]|\{\{)|[^/]+[/.]")
_LIQUID = ("{{", "{%")
_AS_IT_STANDS = frozenset(
    {
        *("pre", "code", "script", "style", "textarea", "kbd", "samp", "var", "tt", "svg", "math", "title"),
        *("option", "xmp", "listing", "template"),
    }
)
"""Elements whose text is shown, or used, as it is written."""

_AS_HTML = Text(en="write it in HTML", ko="HTML로 적기")


class UnreadMarkdown(Rule):
    """A link, an image or code in Markdown, inside of an HTML element where the page shows it as written.

    kramdown reads no Markdown in `<div>`, `<center>`, `<details>`, `<u>` and others that do not say
    `markdown="1"`.

    ## Why
    Readers see `![…](…)` instead of the picture, and there is nothing to click.

    ## Fix safety
    Repair: the same is written in HTML, and nothing else of the element changes. No fix where Liquid is a
    part of it.

    ## Precision
    14 of 14 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "PAGE015", "unread-markdown", Severity.WARNING
    message = Text(
        en="readers see this Markdown as it is written: inside of `<{element}>`, it is not read",
        ko="`<{element}>` 안의 글은 마크다운으로 처리되지 않아 적은 그대로 보입니다",
    )
    doc_ko = """마크다운으로 처리되지 않는 HTML 요소 안에 마크다운으로 적은 링크, 이미지, 코드.

    kramdown은 `markdown="1"`이 없는 `<div>`, `<center>`, `<details>`, `<u>` 등의 안에서 마크다운을 처리하지
    않습니다.

    ## 이유
    이미지 대신 `![…](…)`가 그대로 보이고, 누를 링크가 없습니다.

    ## 수정 안전성
    복구: 같은 것을 HTML로 적습니다. 요소의 나머지는 그대로입니다. Liquid가 섞여 있으면 고치지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 14건 중 14건이 맞았습니다(2026-11-22).
    """
    signs = ("](", "`")
    gives_way_to = ("PAGE002", "PAGE003")
    edits_opaque_regions = True
    examples = (
        Bad(
            "<center>⟦![단풍](/a.png)⟧</center>\n",
            fixed='<center><img src="/a.png" alt="단풍"></center>\n',
        ),
        Bad(
            '<div align="center">\n⟦![단풍](/a.png "가을"){: width="50%"}⟧\n그림 1\n</div>\n',
            fixed='<div align="center">\n<img src="/a.png" alt="단풍" title="가을" width="50%">\n그림 1\n'
            "</div>\n",
        ),
        Bad(
            '<p class="note">자세한 것은 ⟦[여기](https://example.org/?a=1&b=2)⟧에</p>\n',
            fixed='<p class="note">자세한 것은 <a href="https://example.org/?a=1&amp;b=2">여기</a>에</p>\n',
        ),
        Bad(
            "<details>\n<summary>접기</summary>\n\n⟦`abc`⟧를 부른다.\n\n</details>\n",
            fixed="<details>\n<summary>접기</summary>\n\n<code>abc</code>를 부른다.\n\n</details>\n",
        ),
        Bad(
            "1. <u>목록에는 ⟦`{}`⟧가 있고 참고⟦[문서](/b)⟧</u>도 있다.\n",
            fixed='1. <u>목록에는 <code>{}</code>가 있고 참고<a href="/b">문서</a></u>도 있다.\n',
        ),
        Bad("<center>⟦![단풍]({{ site.url }}/a.png)⟧</center>\n"),
        Good("<details>\n\n![단풍](a.png)\n\n</details>\n", path="README.md"),
        Good('<div markdown="1">\n![단풍](/a.png) `abc`\n</div>\n'),
        Good("<span>![단풍](/a.png)</span> 과 <b>[글](/a)</b>\n"),
        Good("<pre>\n![단풍](/a.png)\n</pre>\n\n<div><code>[글](/a)</code></div>\n"),
        Good("<details>\n\n```md\n![단풍](/a.png) `abc`\n```\n\n</details>\n"),
        Good("<div>\n:math:`(L, N)` 과 ``코드``, 배열 a[i](j) 와 [주](값), [글] (곳)\n</div>\n"),
        Good("`<center>![단풍](/a.png)</center>`\n"),
        Good("<!-- ![단풍](/a.png) -->\n"),
        Good('<div>\n{% include figure.html caption="[글](/a)" %}\n</div>\n'),
        Good("<div>![a](/a.png)</div>\n", path="docs/a.md", site={"mkdocs.yml": ""}),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if post.home.conventions.has_extensions or not post.nodes_of(nodes.HtmlElement):
            return
        code = MeantCode(post)
        text = post.source.text
        shown_to = 0
        for node in post.nodes_of(nodes.HtmlElement):
            start = node.opening_span.start
            if start < shown_to or not text.startswith("<", start):
                continue  # otherwise Liquid has made it
            name = node.name.lower()
            if name in _AS_IT_STANDS or (node.raw and name not in ELEMENTS):
                shown_to = node.span.end
            elif node.raw and _MARK.search(text, start, node.span.end) and ends_in_its_tag(node, post):
                yield from self._inside_of(node, node.children, code, post)

    def _inside_of(
        self, element: nodes.HtmlElement, children: Sequence[nodes.Node], code: MeantCode, post: Post
    ) -> Iterator[Finding]:
        for child in children:
            if not isinstance(child, nodes.Text):
                continue
            for match in _MARKUP.finditer(post.source.text, *child.span):
                span = Span(*match.span())
                if span in code or post.liquid_at(span.start) is not None:
                    continue
                if match["link"] and not _is_link(match["link"]):
                    continue
                yield self.finding(span, fix=_in_html(span, post), element=element.name)


def _is_link(written: str) -> bool:
    return written.startswith("!") or bool(_TO_A_PAGE.match(written, written.index("](") + 2))


def _in_html(span: Span, post: Post) -> Fix | None:
    """The same in HTML; None where that is not sure."""
    written = post.source[span]
    if any(sign in written for sign in _LIQUID):
        return None
    page = parsed(written, post)
    if len(page.children) != 1 or len(page.children[0].children) != 1:
        return None
    node = page.children[0].children[0]
    html = _html(node)
    return None if html is None else fix(Safety.REPAIR, _AS_HTML, Edit(span, html))


def _html(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.CodeSpan):
        return f"<code>{escape(node.value, quote=False)}</code>"
    if isinstance(node, nodes.Image):
        attributes = {"src": node.destination, "alt": node.alt, "title": node.title, **node.attributes}
        return f"<img{_written(attributes)}>"
    if isinstance(node, nodes.Link) and all(isinstance(child, nodes.Text) for child in node.children):
        attributes = {"href": node.destination, "title": node.title, **node.attributes}
        return f"<a{_written(attributes)}>{escape(node.text(), quote=False)}</a>"
    return None


def _written(attributes: dict[str, str | None]) -> str:
    return "".join(
        f' {name}="{escape(value, quote=True)}"'
        for name, value in attributes.items()
        if value or (name == "alt" and value is not None)
    )
