import re
from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules._fences import FENCE, Fenced, meant_blocks

_SAMPLES = frozenset(
    (
        *("md", "markdown", "mdx", "rmd", "qmd", "kramdown", "gfm", "text", "txt", "plaintext", "plain"),
        *("liquid", "jekyll", "vim", "none", "console"),
    )
)
"""Languages in whose code a fence may be shown."""

_PROSE = lazy(
    r"^(?:[가-힣]|#{1,6} |!?\[[^\]\n]*\]\(|[-*+>] |\d+[.)] |[A-Z][^\n]*[a-z][.!?:][ \t]*$)", re.MULTILINE
)
"""Lines that are rather the page's than the code's."""

_NEXT = Text(
    en="this code is not closed before the next fence on line {line}: all between them is code",
    ko="이 코드는 {line}번째 줄의 다음 울타리 전에 닫히지 않아 그 사이가 모두 코드가 됩니다",
)


class UnclosedFence(Rule):
    """Fenced code without a fence that closes it.

    A fence inside of code that shows Markdown is left out, and so is code at the end of a page where the
    engine ends it with the page (CommonMark does, kramdown does not) and no text follows.

    ## Why
    kramdown makes no code block of it: readers see the backticks, and the code as running text. Elsewhere,
    and where another fence follows, all text up to there is shown as code.

    ## Fix safety
    No fix: where the code ends, only the author knows.
    """

    code, name, severity = "PAGE002", "unclosed-fence", Severity.ERROR
    message = Text(
        en="the code that begins with this fence is never closed",
        ko="이 울타리로 시작한 코드가 닫히지 않았습니다",
    )
    doc_ko = """닫는 울타리(```` ``` ````)가 없는 코드.

    마크다운을 보여 주는 코드 안의 울타리는 제외합니다. 페이지 끝의 코드를 페이지와 함께 끝내는 엔진에서는
    (CommonMark는 그렇고 kramdown은 아닙니다) 뒤에 글이 없으면 제외합니다.

    ## 이유
    kramdown은 코드 블록을 만들지 않아 백틱이 그대로 보이고 코드는 본문이 됩니다. 다른 엔진이거나 뒤에
    다른 울타리가 있으면 거기까지의 글이 모두 코드로 보입니다.

    ## 수정 안전성
    고치지 않음: 코드가 어디서 끝나는지는 글쓴이만 압니다.
    """
    signs = ("```", "~~~")
    hides = ("MATH", "URL", "SITE", "LINK")
    examples = (
        Bad("글\n\n⟦```python\nx = 1\ny = 2⟧\n\n끝.\n"),
        Bad("끝.\n\n⟦```⟧\n\n서명\n"),
        Bad("⟦```java⟧\nint a;\n\n다음 코드는 이렇다.\n\n```java\nint b;\n```\n"),
        Bad("글\n\n⟦```python⟧\nx = 1\n\n끝.\n", path="README.md"),
        Good("```python\nx = 1\n```\n\n~~~\ny\n~~~\n"),
        Bad("글\n\n⟦```sh⟧\nmake\n\nThen run the tests.\n", path="README.md"),
        Good("글\n\n```python\nx = 1\n\ny = 2\n", path="README.md"),
        Good("````md\n```java\nint a;\n```\n````\n"),
        Good("```md\n이렇게 쓴다.\n```java\nint a;\n```\n"),
        Good("    ```python\n    x = 1\n"),
        Good("울타리는 ``` 로 쓴다.\n"),
        Good("````\n코드\n```\n"),
        Good("<!--\n```python\n-->\n"),
        Good("> ```\n> 인용\n> ```\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        meant = [one for one in meant_blocks(post) if one.closing is None or one.next_opening]
        if not meant:
            return
        codes = post.nodes_of(nodes.CodeBlock)
        for one in meant:
            start = one.opening.span.start
            code = next((node for node in codes if node.span.start <= start < node.span.end), None)
            if one.closing is not None:
                if _is_forgotten(one, code):
                    line = post.source.line_at(one.next_opening.span.start) if one.next_opening else 0
                    yield self.finding(one.opening.span, text=_NEXT, line=line)
            elif code is None:
                yield self.finding(Span(start, _end_of_block(one, post)))
            elif (
                start < code.content_span.start
                and code.fenced
                and not _is_closed(code, post)
                and _PROSE.search(post.source.text, *code.content_span)
            ):
                yield self.finding(one.opening.span)


def _is_forgotten(one: Fenced, code: nodes.CodeBlock | None) -> bool:
    """Whether the fence with a language in it begins other code, rather than being shown."""
    opening, inner = one.opening, one.next_opening
    if inner is None or not opening.info or opening.info.split()[0].lower() in _SAMPLES:
        return False
    begins_here = code is None or opening.span.start < code.content_span.start
    is_beside = inner.before == opening.before and inner.mark == opening.mark
    return begins_here and is_beside and inner.info[0].isalpha() and " " not in inner.info


def _is_closed(code: nodes.CodeBlock, post: Post) -> bool:
    line = post.source.line_at(max(code.span.end - 1, code.span.start))
    match = FENCE.match(post.source.text, post.source.line_span(line).start)
    return match is not None and match.start("fence") >= code.content_span.end


def _end_of_block(one: Fenced, post: Post) -> int:
    """Where the paragraph ends that the fence has become."""
    start = one.opening.span.start
    ends = [
        node.span.end for node in post.nodes_of(nodes.Paragraph) if node.span.start <= start < node.span.end
    ]
    return max(min(ends, default=one.opening.span.end), one.opening.span.end)
