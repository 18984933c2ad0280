from bisect import bisect_right
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import keeps_elements

_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]+")

_BETWEEN_WORDS = lazy(r"\w[\x00-\x1f\x7f-\x9f]+\w")

_SPACE = Text(en="write a space", ko="공백으로 바꾸기")
_TAKE_OUT = Text(en="take it out", ko="지우기")


class ControlCharacter(Rule):
    """A control character in the text, such as a backspace that a slip of the keyboard has left.

    Tabs and line ends are none. Of several in one block of code, such as the colours of a terminal, the
    first is named.

    ## Why
    Nobody sees it in an editor, but on some pages there is a box, feeds and search indices refuse the text
    (XML allows none), and who searches for the word does not find it.

    ## Fix safety
    Repair: such a character has no meaning in a post, and without it the text is what it seems to be.
    Unsafe where the text beside it would become another block or mark. No fix in code.

    ## Precision
    23 of 23 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "PAGE012", "control-character", Severity.WARNING
    message = Text(
        en="a control character ({character}) stands in the text",
        ko="글에 제어 문자({character})가 있습니다",
    )
    doc_ko = """자판을 잘못 눌러 남은 백스페이스처럼 글 속에 있는 제어 문자.

    탭과 줄바꿈은 해당하지 않습니다. 터미널 색상처럼 한 코드 블록에 여럿이면 첫째만 알립니다.

    ## 이유
    편집기에서는 보이지 않지만 페이지에 네모로 보이기도 하고, 피드와 검색 색인은 글을 받아들이지
    않으며(XML은 허용하지 않음), 그 낱말을 검색해도 찾을 수 없습니다.

    ## 수정 안전성
    복구: 글에서 아무 뜻이 없는 문자이므로 지우면 보이는 그대로의 글이 됩니다. 지우면 곁의 글이 다른
    블록이나 기호가 되는 곳에서는 안전하지 않습니다. 코드 안에서는 고치지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 23건 중 23건이 맞았습니다(2026-11-22).
    """
    gives_way_to = ("MATH010", "URL010", "FM001", "FM003", "PAGE003")
    examples = (
        Bad("한글⟦\x08⟧ 입력\n", fixed="한글 입력\n"),
        Bad("## 제목⟦\x7f⟧\n", fixed="## 제목\n"),
        Bad("앞⟦\x0c⟧뒤\n", fixed="앞 뒤\n"),
        Bad("끝⟦\x0c⟧.\n", fixed="끝.\n"),
        Bad("⟦\x08⟧## 제목\n", fixed="## 제목\n"),
        Bad("글\n⟦\x08⟧\n글\n", fixed="글\n\n글\n"),
        Bad("```\n⟦\x1b⟧[31m빨강\x1b[0m\n```\n"),
        Good("첫 줄\t탭\n둘째 줄\r\n"),
        Good("한글\u200b과 이모지 👨\u200d💻\n"),
        Good("---\ntitle: 글\n---\n\n글\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if not post.source.has_controls:
            return
        first = _CONTROL.search(post.source.text, post.body_start)
        if first is None:
            return
        codes = sorted(node.span for node in post.nodes_of(nodes.CodeBlock))
        in_code = 0
        for match in _CONTROL.finditer(post.source.text, first.start()):
            span = Span(*match.span())
            if span.start < in_code:
                continue
            before = bisect_right(codes, span.start, key=lambda code: code.start) - 1
            in_code = codes[before].end if before >= 0 else 0
            # A browser takes a form feed for a space.
            is_space = "\x0c" in match[0] and _BETWEEN_WORDS.match(post.source.text, max(span.start - 1, 0))
            title, new = (_SPACE, " ") if is_space else (_TAKE_OUT, "")
            edit = Edit(span, new)
            is_seen = _is_beside_marks(span, post) and not keeps_elements([edit], post, self.code)
            safety = Safety.UNSAFE if is_seen or _is_alone(span, post) else Safety.REPAIR
            yield self.finding(
                span,
                fix=fix(safety, title, edit),
                character=f"U+{ord(match[0][0]):04X}",
            )


def _is_beside_marks(span: Span, post: Post) -> bool:
    """Whether anything but the letters of words stands on either side."""
    text = post.source.text
    return not all(
        one.isalnum() for one in (text[span.start - 1 : span.start], text[span.end : span.end + 1])
    )


def _is_alone(span: Span, post: Post) -> bool:
    """Whether its line would be blank without it."""
    line = post.source.line_span(post.source.line_at(span.start))
    return (
        not post.source[Span(line.start, span.start)].strip()
        and not post.source[Span(span.end, line.end)].strip()
    )
