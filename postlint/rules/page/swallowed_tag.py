from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._fences import MeantCode
from postlint.rules._html import (
    CALLED_TAG,
    ELEMENTS,
    FORMATTING_ELEMENTS,
    VOID_ELEMENTS,
    Placed,
    written_elements,
)
from postlint.rules._shortened import shortened

_PLAIN = lazy(r"<[^\W\d_][\w.:]*(?:-\w+)*(?: +\w[\w.]*)*>")
"""A tag whose characters say the same in text: no quotes or runs of hyphens, which would be set in type."""
_OF_OFFICE = ("o:", "v:", "w:", "x:", "m:", "st1:", "fb:", "g:")
"""Prefixes that word processors and the widgets of old social networks put before names."""
_MARKUP = lazy(r"\*\*|\]\(|`|\$\$|<(?:br|a|b)\b|(?<![\w*])[*_][^\s*_]")

_ESCAPE = Text(en="write it as text: `&lt;…&gt;`", ko="글자로 적기: `&lt;…&gt;`")
_SWALLOWS = Text(
    en="`{tag}` is taken for HTML: it does not appear, and what follows is no Markdown any more",
    ko="`{tag}` 부분이 HTML 태그로 처리되어 보이지 않고, 그 뒤의 글은 마크다운으로 처리되지 않습니다",
)
_DISFIGURED = Text(
    en="`{tag}` is taken for HTML: the page shows something else, and what follows is no Markdown any more",
    ko="`{tag}` 부분이 HTML 태그로 처리되어 다르게 보이고, 그 뒤의 글은 마크다운으로 처리되지 않습니다",
)


class SwallowedTag(Rule):
    """Text in angle brackets, such as `List<Member>`, that the page takes for an HTML tag and does not show.

    Elements that HTML or a custom element may mean (`<amp-img></amp-img>`), and a pair of tags around text
    (`<red>…</red>`, which a style sheet may know), are left out.

    ## Why
    Readers do not see what stands in the brackets: `List<Member>` becomes `List`. At the start of a line,
    all that follows is shown as it stands in the file, with its `**` and backticks.

    ## Fix safety
    Repair, where HTML has no such element and the tag is never closed: no page can want it, and
    `&lt;…&gt;` shows what was written. Unsafe where HTML has such an element.

    ## Precision
    52 of 52 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "PAGE006", "swallowed-tag", Severity.ERROR
    message = Text(
        en="`{tag}` is taken for HTML and does not appear on the page",
        ko="`{tag}` 부분이 HTML 태그로 처리되어 페이지에 보이지 않습니다",
    )
    doc_ko = """`List<Member>`처럼 꺾쇠로 적은 글이 HTML 태그로 처리되어 페이지에 보이지 않는 곳.

    HTML에 있는 요소이거나 사용자 정의 요소일 수 있는 것(`<amp-img></amp-img>`), 글을 감싼 태그
    한 쌍(스타일시트가 알 수도 있는 `<red>…</red>`)은 제외합니다.

    ## 이유
    꺾쇠 안의 글을 독자가 볼 수 없습니다. `List<Member>`는 `List`가 됩니다. 줄 첫머리에 있으면 그 뒤의
    글 전체가 `**`와 백틱까지 파일에 적힌 그대로 나옵니다.

    ## 수정 안전성
    복구: HTML에 없는 이름이고 닫는 태그도 없으면 태그로 쓴 것일 수 없으므로 `&lt;…&gt;`로 바꾸어 적은
    그대로 보이게 합니다. HTML에 있는 이름이면 안전하지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 52건 중 52건이 맞았습니다(2026-11-22).
    """
    signs = ("<",)
    gives_way_to = ("MATH005", "PAGE002", "PAGE003")
    edits_opaque_regions = True
    examples = (
        Bad("결과는 Optional⟦<Member>⟧ 이다.\n", fixed="결과는 Optional&lt;Member&gt; 이다.\n"),
        Bad(
            "⟦<stdio.h>⟧ 를 먼저 읽는다.\n\n**중요**: 순서를 지킨다.\n",
            fixed="&lt;stdio.h&gt; 를 먼저 읽는다.\n\n**중요**: 순서를 지킨다.\n",
        ),
        Bad(
            "git clone ⟦<remote url>⟧ ⟦<your-folder>⟧ 를 친다.\n",
            fixed="git clone &lt;remote url&gt; &lt;your-folder&gt; 를 친다.\n",
        ),
        Bad(
            "⟦<여는 글>⟧\n\n다음 **문단**\n",
            fixed="&lt;여는 글&gt;\n\n다음 **문단**\n",
        ),
        Bad("- **⟦<준비 단계>⟧** 를 본다.\n", fixed="- **&lt;준비 단계&gt;** 를 본다.\n"),
        Bad("링크는 ⟦<a>⟧ 태그로 만든다.\n", fixed="링크는 &lt;a&gt; 태그로 만든다.\n"),
        Bad('"⟦<b>⟧" 태그로 굵게 쓴다.\n', fixed='"&lt;b&gt;" 태그로 굵게 쓴다.\n'),
        Bad("제네릭 타입은 Set⟦<Object>⟧ 이다.\n", fixed="제네릭 타입은 Set&lt;Object&gt; 이다.\n"),
        Bad("컴포넌트는 ⟦<App />⟧ 로 쓴다.\n", fixed="컴포넌트는 &lt;App /&gt; 로 쓴다.\n"),
        Bad('반복은 ⟦<c:forEach var="one">⟧로 한다.\n'),
        Bad("<pre>\nList⟦<String>⟧ names;\n</pre>\n", fixed="<pre>\nList&lt;String&gt; names;\n</pre>\n"),
        Bad("Press ⟦<Enter>⟧.\n", fixed="Press &lt;Enter&gt;.\n", path="README.md"),
        Good("결과는 `Optional<Member>` 이다.\n"),
        Good("결과는 Optional&lt;Member&gt; 이다. \\<Member> 도 된다.\n"),
        Good("Map<K, V> 와 a < b > c 는 태그가 아니다.\n"),
        Good("<https://example.org> <me@example.org>\n"),
        Good("뒤에 <회차> 를 적는다.\n"),
        Good('<center><font color="red">빨강</font></center>\n'),
        Good("<u>밑줄</u> <b>굵게</b> H<sub>2</sub>O<br>\n"),
        Good("<red>빨강</red> 글씨\n"),
        Good('<amp-img src="/a.png" width="1"></amp-img>\n'),
        Good("<my-note>\n\n글\n\n</my-note>\n"),
        Good('<svg viewBox="0 0 1 1"><path d="M0 0"/><linearGradient/></svg>\n'),
        Good("<p>글<o:p></o:p></p>\n"),
        Good("- 글\n```java\nList<String> names;\n\nint a;\n```\n"),
        Good("```java\nList<String> names;\n```\n"),
        Good("    List<String> names;\n"),
        Good("<!-- <Member> -->\n"),
        Good("{% include video.html id='<Member>' %}\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        swallowed_to = 0
        code = MeantCode(post)
        for placed in written_elements(post):
            element = placed.element
            if element.opening_span.start < swallowed_to:
                continue
            if element.block and not placed.is_closed and element.raw:
                swallowed_to = element.span.end  # what is in it, it shows wrongly in any case
            if not self._is_text(placed, post) or element.opening_span in code:
                continue
            if element.block:
                swallowed_to = element.span.end
            tag = post.source[element.opening_span]
            yield self.finding(
                element.opening_span, text=_message(placed), fix=_escape(placed, tag), tag=shortened(tag)
            )

    @staticmethod
    def _is_text(placed: Placed, post: Post) -> bool:
        """Whether the tag of an element is text that was to be read."""
        element, name = placed.element, placed.name
        opening = element.opening_span
        is_self_closed = post.source.text.startswith("/", opening.end - 2)
        if not name[0].isascii():
            # A browser shows `<회차>`: no tag begins with such a letter.
            inside = Span(opening.end, element.span.end)
            return bool(
                element.attributes or element.block or (element.raw and _MARKUP.search(post.source[inside]))
            )
        if not name[0].isalpha():
            return False
        if name.lower() in ELEMENTS:
            return not placed.is_closed and not element.attributes and _is_named(placed, post)
        if "-" in name and (placed.is_closed or is_self_closed or element.attributes):
            return False
        if name.startswith(_OF_OFFICE):
            return False
        if placed.is_closed:
            content = post.source[Span(opening.end, element.span.end)].partition("</")
            return not content[0].strip() or name != name.lower() or ":" in name
        return True


def _is_named(placed: Placed, post: Post) -> bool:
    """Whether an element that HTML has, without attributes and never closed, is but spoken of."""
    text, opening = post.source.text, placed.element.opening_span
    if CALLED_TAG.match(text, opening.end):
        return True
    if placed.name[0].isupper() and text[opening.start - 1 : opening.start].isalnum():
        return True  # `Set<Object>`
    name = placed.name.lower()
    return not placed.element.block and name not in FORMATTING_ELEMENTS and name not in _SEEN_ALONE


_SEEN_ALONE = frozenset(("br", "col", "hr", "input", "p", "textarea", "wbr"))
"""Elements that show something, or end something, without any attribute or closing tag."""


def _message(placed: Placed) -> Text | None:
    element = placed.element
    if not placed.name[0].isascii():
        return _DISFIGURED
    if element.block and element.raw and not placed.is_closed and placed.name.lower() not in VOID_ELEMENTS:
        return _SWALLOWS
    return None


def _escape(placed: Placed, tag: str) -> Fix | None:
    if placed.is_closed or not (_PLAIN.fullmatch(tag) or tag.endswith("/>")) or '"' in tag or "'" in tag:
        return None
    start, end = placed.element.opening_span
    is_certain = placed.name.lower() not in ELEMENTS and not tag.endswith("/>")
    return fix(
        Safety.REPAIR if is_certain else Safety.UNSAFE,
        _ESCAPE,
        Edit(Span(start, start + 1), "&lt;"),
        Edit(Span(end - 1, end), "&gt;"),
    )
