from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text, applied
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.covered import Covered
from postlint.post.liquid import LiquidKind
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import Fence, Fenced, meant_blocks
from postlint.rules._html import ELEMENTS, VOID_ELEMENTS, ends_in_its_tag, written_elements

_BLANK_LINE = Text(en="put a blank line before it", ko="앞에 빈 줄 넣기")
_SHORT_INFO = Text(en="leave the language alone behind the fence", ko="울타리 뒤에 언어만 남기기")
_SAME_INDENT = Text(
    en="indent the closing fence as the opening one", ko="닫는 울타리를 여는 울타리만큼 들여쓰기"
)

_BEHIND_INFO = Text(
    en="the page has no code block here: only a language may stand behind the fence, no spaces",
    ko="여기는 코드 블록이 되지 않습니다. 울타리 뒤에는 공백 없이 언어 이름만 적을 수 있습니다",
)
_IN_ELEMENT = Text(
    en="the page has no code block here: what is inside of `<{element}>` is not read as Markdown",
    ko="여기는 코드 블록이 되지 않습니다. `<{element}>` 안의 글은 마크다운으로 처리되지 않습니다",
)
_BEHIND_ITEM = Text(
    en="the page has no code block here: without a blank line before it, it belongs to the list item above",
    ko="여기는 코드 블록이 되지 않습니다. 앞에 빈 줄이 없어 위 목록 항목의 글로 이어집니다",
)
_LIKE_ITEM = Text(
    en="the page has no code block here: a line of the code looks like a list item and ends this one",
    ko="여기는 코드 블록이 되지 않습니다. 목록 항목처럼 보이는 코드 줄에서 이 항목이 끝납니다",
)
_ITEM = lazy(r"^[ \t]*(?:[-+*]|\d+\.)[ \t]", 8)


class FenceNotRecognised(Rule):
    """Fenced code, opened and closed, of which the page makes no code block.

    Fences that are shown as code themselves are left out.

    ## Why
    Readers see the fences, and the code as running text: its line ends are gone, its `#` are headings, its
    `*` emphasis, and what stands in `<…>` is not there.

    ## Fix safety
    Repair, where a blank line before the fence, or its closing fence put under the opening one, makes the
    code block that was written. Unsafe, where something behind the language has to go, and where a fence
    without a language may have another partner, as one of those behind it has none.

    ## Precision
    35 of 35 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "PAGE003", "fence-not-recognised", Severity.ERROR
    message = Text(
        en="the page has no code block here: readers see this fence and the code as running text",
        ko="여기는 코드 블록이 되지 않아 울타리와 코드가 본문으로 이어져 보입니다",
    )
    doc_ko = """열고 닫았는데도 페이지에서 코드 블록이 되지 않는 울타리(```` ``` ````) 코드.

    울타리 자체를 코드로 보여 주는 곳은 제외합니다.

    ## 이유
    울타리가 그대로 보이고 코드는 본문이 됩니다. 줄바꿈은 사라지고 `#`은 제목, `*`는 강조가 되며 `<…>`
    안의 글은 없어집니다.

    ## 수정 안전성
    복구: 울타리 앞에 빈 줄을 넣거나 닫는 울타리를 여는 울타리에 맞추면 적은 그대로 코드 블록이 되는
    경우입니다. 언어 이름 뒤의 글을 지워야 하거나, 뒤에 닫히지 않은 울타리가 있어 짝이 확실하지 않으면
    안전하지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 35건 중 35건이 맞았습니다(2026-11-22).
    """
    signs = ("```", "~~~")
    gives_way_to = ("PAGE002",)
    hides = ("MATH", "URL", "SITE", "LINK")
    edits_opaque_regions = True
    examples = (
        Bad(
            "1. 설치\n⟦```sh\n# 먼저\n\n$ make\n```⟧\n",
            fixed="1. 설치\n\n```sh\n# 먼저\n\n$ make\n```\n",
        ),
        Bad(
            "- 하나\n  - 둘\n  ⟦```java\n  int a;\n\n  int b;\n  ```⟧\n  - 셋\n",
            fixed="- 하나\n  - 둘\n\n  ```java\n  int a;\n\n  int b;\n  ```\n  - 셋\n",
        ),
        Bad('⟦```python title="a.py"\nx = 1\n```⟧\n', fixed="```python\nx = 1\n```\n"),
        Bad("⟦```java\nint a;\n    ```⟧\n\n다음\n", fixed="```java\nint a;\n```\n\n다음\n"),
        Bad(
            "1. 설치\n⟦```\nmake\n\nmake\n```⟧\n\n글\n\n```\n",
            fixed="1. 설치\n\n```\nmake\n\nmake\n```\n\n글\n\n```\n",
        ),
        Bad("- ⟦```java\n  /**\n   * 설명\n   */\n  int a;\n  ```⟧\n"),
        Bad("<details>\n<summary>코드</summary>\n\n⟦```java\nint a;\n```⟧\n\n</details>\n"),
        Good("```sh\nmake\n```\n"),
        Good("글\n```sh\nmake\n\n# 다음\n```\n"),
        Good("- 하나\n\n  ```sh\n  make\n  ```\n"),
        Good("> 인용\n> ```sh\n> make\n> ```\n"),
        Good("    ```sh\n    make\n    ```\n"),
        Good("````md\n```sh\nmake\n```\n````\n"),
        Good("~~~\n```sh\nmake\n~~~\n"),
        Good("```sh title`\n한 줄\n"),
        Good("<!--\n```sh\nmake\n```\n-->\n"),
        Good("{% comment %}\n```sh\nmake\n```\n{% endcomment %}\n"),
        Good('<div markdown="1">\n\n```sh\nmake\n```\n\n</div>\n'),
        Good("<pre>\n```sh\nmake\n```\n</pre>\n"),
        Good("<Member>\n\n```sh\nmake\n```\n"),
        Good('```python title="a.py"\nx = 1\n```\n', path="README.md"),
        Bad("{% raw %}\n\n⟦```{{ x }}\nmake\n```⟧\n{% endraw %}\n"),
        Good("{{\n```c\nint a[2][2] = {{1,2},{3,4}};\n```\n"),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        meant = meant_blocks(post)
        if not meant:
            return
        # Notes stand at the end of the page, wherever they are in the file.
        top = sorted(node.span for node in document.children)
        parsed_characters = 0
        for one, around in _without_block(meant, post):
            if not all(_is_html(element) and ends_in_its_tag(element, post) for element in around):
                continue  # the element that swallows all this is the fault
            if around:
                yield self.finding(one.span, text=_IN_ELEMENT, element=around[-1].name)
                continue
            text, mend = None, None
            if parsed_characters < _MOST_PARSED:
                piece = _piece(one, top, post)
                parsed_characters += piece.end - piece.start
                text, mend = _mended(one, piece, post)
                if mend is not None and one.opening.info == "" and meant[-1].closing is None:
                    mend = mend._replace(safety=Safety.UNSAFE)  # another fence may be the one too many
            yield self.finding(one.span, text=text, fix=mend)


def _without_block(
    meant: Sequence[Fenced], post: Post
) -> Iterator[tuple[Fenced, Sequence[nodes.HtmlElement]]]:
    """Those of `meant` that are closed and of which the page makes no code, in the order of the file.

    Each with the elements around it in which nothing is Markdown, the outermost first.
    """
    blocks = Covered(node.span for node in post.nodes_of(nodes.CodeBlock))
    elements: list[nodes.HtmlElement] | None = None
    around: list[nodes.HtmlElement] = []
    for one in meant:
        start = one.opening.span.start
        if one.closing is None or start in blocks:
            continue
        if _is_in_liquid(one.opening, post):
            continue  # of which Markdown gets to see nothing
        if elements is None:
            elements = _raw_elements(post)
        while elements and elements[-1].opening_span.end <= start:
            around.append(elements.pop())
        around = [element for element in around if start < element.span.end]
        yield one, around


_MOST_PARSED = 100_000
"""Characters of a post that are read anew for what mends its fences: of hundreds, the first must do."""


def _raw_elements(post: Post) -> list[nodes.HtmlElement]:
    """The elements in which nothing is Markdown, the last one first."""
    found = [
        placed.element
        for placed in written_elements(post)
        if placed.element.block and placed.element.raw and placed.name.lower() not in VOID_ELEMENTS
    ]
    return sorted(found, key=lambda element: element.span, reverse=True)


def _is_in_liquid(fence: Fence, post: Post) -> bool:
    region = post.liquid_at(fence.span.start)
    if region is None or region.kind not in (LiquidKind.OUTPUT, LiquidKind.TAG):
        return False
    return region.span.start < fence.span.start - post.body_start


def _is_html(element: nodes.HtmlElement) -> bool:
    return element.name.lower() in ELEMENTS


def _mended(one: Fenced, piece: Span, post: Post) -> tuple[Text | None, Fix | None]:
    """What keeps the fence from being one, and the edit without which it is none."""
    opening, closing = one.opening, one.closing
    assert closing is not None
    source = post.source
    newline = "\r\n" if "\r\n" in source[piece] else "\n"
    number = source.line_at(opening.span.start)
    line = source.line_span(number)
    quoted = opening.before[: opening.before.rfind(">") + 1]
    blank = Edit(Span(line.start, line.start), quoted + newline)
    words = opening.info.split()
    candidates: list[tuple[Safety, Text, Text | None, tuple[Edit, ...]]] = []
    if number > 1 and source[source.line_span(number - 1)].strip(" \t>"):
        candidates.append((Safety.REPAIR, _BLANK_LINE, _BEHIND_ITEM, (blank,)))
    if len(words) > 1 and not words[0].startswith(("{{", "{%")):
        info = Edit(Span(opening.span.start + len(opening.mark), opening.span.end), words[0])
        candidates.append((Safety.UNSAFE, _SHORT_INFO, _BEHIND_INFO, (info,)))
    if closing.before != opening.before and not opening.before.strip():
        start = closing.span.start - len(closing.before)
        indent = Edit(Span(start, closing.span.start), opening.before)
        candidates.append((Safety.REPAIR, _SAME_INDENT, None, (indent,)))
    for safety, title, text, edits in candidates:
        if _makes_block(one, piece, edits, post):
            return text, fix(safety, title, *edits)
    code = source[Span(opening.span.end, closing.span.start)]
    is_cut = opening.before.strip(" \t>") and _ITEM.search(code)
    return _LIKE_ITEM if is_cut else None, None


def _piece(one: Fenced, blocks: Sequence[Span], post: Post) -> Span:
    """The blocks of the page that the code stands in, in whole lines; `blocks` are the page's own."""
    start, end = one.span
    first = bisect_right(blocks, start, key=lambda block: block.start) - 1
    if first >= 0 and blocks[first].end > start:
        start = blocks[first].start
    last = bisect_left(blocks, end, key=lambda block: block.start) - 1
    if last >= 0:
        end = max(end, blocks[last].end)
    source = post.source
    return Span(
        source.line_span(source.line_at(start)).start,
        source.line_span(source.line_at(end)).end,
    )


def _makes_block(one: Fenced, piece: Span, edits: Sequence[Edit], post: Post) -> bool:
    """Whether the piece with `edits` has a code block from the opening to the closing fence."""
    start = one.span.start - piece.start
    end = one.span.end - piece.start
    for edit in edits:
        grown = len(edit.replacement) - (edit.span.end - edit.span.start)
        start += grown if edit.span.end <= one.span.start else 0
        end += grown
    return any(
        isinstance(node, nodes.CodeBlock)
        and node.fenced
        and node.span.start <= start < node.content_span.start
        and node.content_span.end <= end <= node.span.end + 1
        and end - node.span.end <= 1
        for node in parsed(applied(post.source.text, edits, piece), post).walk()
    )
