from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix

_GOES_ON = lazy(r"[,、·:;(\[{<A-Za-z]\s*\Z|[고며면서는은을를이가의와과로에여해만데라나도게록지한할된될]\s*\Z")
"""How a line ends whose sentence goes on in the next: a comma, a Latin word, a particle or a
connective ending of Korean. Such a line may have been wrapped on purpose."""
_SPACE = " \t"
_LEAST_NEIGHBOURS = 2
"""Lines of the run that must end in two spaces: one alone is no habit."""

_ADD = Text(en="end the line in two spaces", ko="줄 끝에 공백 두 개 넣기")


class LostLineBreak(Rule):
    """The one line of a run that does not end in two spaces, when all others do.

    ## Why
    Without them, the line runs into the next one on the page; in the file it looks like all others.

    ## Fix safety
    Unsafe: the line breaks where the author probably wanted it to, which only the author knows.
    """

    code, name, severity = "PAGE001", "lost-line-break", Severity.INFO
    message = Text(
        en="the lines around this one break, but this one runs into the next: it lacks two spaces at its end",
        ko="앞뒤 줄은 줄바꿈이 되는데 이 줄만 끝에 공백 두 개가 없어 다음 줄에 붙습니다",
    )
    doc_ko = """다른 줄은 모두 공백 두 개로 끝나는데 혼자 그렇지 않은 줄.

    ## 이유
    공백이 없으면 페이지에서 다음 줄과 이어 붙습니다. 파일에서는 다른 줄과 똑같아 보입니다.

    ## 수정 안전성
    안전하지 않음: 줄을 바꾸려 했을 것으로 보이지만 확실한 것은 글쓴이만 압니다.
    """
    signs = ("  \n", "  \r\n")
    examples = (
        Bad(
            "[하나](/a)  \n[둘](/b)⟦⟧\n[셋](/c)  \n[넷](/d)  \n",
            fixed="[하나](/a)  \n[둘](/b)  \n[셋](/c)  \n[넷](/d)  \n",
        ),
        Good("[하나](/a)  \n[둘](/b)  \n[셋](/c)\n"),
        Good("한 줄로 쓴 문장이\n다음 줄로 이어진다.  \n둘째 문장도\n이어진다.  \n"),
        Good("상황이 이럴 때는  \n먼저 저장하고,\n다음 단계로 간다.  \n끝.  \n"),
        Good("하나  \n둘<br>\n셋  \n넷  \n"),
        Good("하나  \n둘\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        text = post.source.text
        has_returns = "\r" in text
        for paragraph in post.nodes_of(nodes.Paragraph):
            if has_returns or _lacks_one(text, paragraph.span):
                yield from self._in(paragraph, post)

    def _in(self, paragraph: nodes.Paragraph, post: Post) -> Iterator[Finding]:
        source = post.source
        first, last = source.line_at(paragraph.span.start), source.line_at(paragraph.span.end)
        if last - first < _LEAST_NEIGHBOURS:
            return
        breaking = set(_breaking_lines(paragraph, post))
        lost = [number for number in range(first, last) if number not in breaking]
        if len(lost) != 1:
            return
        number = lost[0]
        spaced = sum(
            1
            for other in range(first, last + 1)
            if other != number and _ends_in_two_spaces(source[source.line_span(other)])
        )
        if spaced < _LEAST_NEIGHBOURS or spaced < last - first - 1:
            return
        line = source.line_span(number)
        if _GOES_ON.search(source[line]):
            return
        end = Span(line.start + len(source[line].rstrip(_SPACE)), line.end)
        if not post.is_opaque(end):
            yield self.finding(end, fix=fix(Safety.UNSAFE, _ADD, Edit(end, "  ")))


def _lacks_one(text: str, span: Span) -> bool:
    """Whether about all lines of a paragraph end in two spaces, but not all of them that another follows."""
    followed = text.count("\n", *span)
    if followed < _LEAST_NEIGHBOURS:
        return False
    spaced = text.count("  \n", *span)
    return _LEAST_NEIGHBOURS - 1 <= spaced < followed <= spaced + 2


def _ends_in_two_spaces(line: str) -> bool:
    return line.endswith("  ") and bool(line.rstrip(_SPACE))


def _breaking_lines(paragraph: nodes.Paragraph, post: Post) -> Iterator[int]:
    """The lines of `paragraph` behind which the page begins a new line."""
    for node in paragraph.walk():
        if isinstance(node, nodes.LineBreak):
            yield post.source.line_at(node.span.start)
        elif isinstance(node, nodes.HtmlElement) and node.name == "br":
            line = post.source.line_at(node.span.start)
            yield line
            if not post.source.text[post.source.line_span(line).start : node.span.start].strip():
                yield line - 1
