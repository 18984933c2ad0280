from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule

_MARKS = tuple(".,;:。，；：、")
_PUNCTUATION = lazy(r"(?<![.。])[.,;:。，；：、]\Z")
_SHORT_FORM = lazy(r"(?:\b(?:etc|vs|Inc|Ltd|Co|Jr|Sr|[A-Za-z])|\d)\.\Z")


class HeadingEndsInPunctuation(Rule):
    """A heading that ends in a full stop, a comma or a colon.

    Off by default: it is a matter of taste. Question and exclamation marks, dots that stand for more (`...`),
    numbers (`1.`) and short forms (`etc.`) are left out.

    ## Why
    A heading names what follows; with the punctuation of a sentence it reads like one that was cut off, in
    the table of contents above all.

    ## Fix safety
    No fix: it would change the text, and in some engines the anchor.
    """

    code, name, severity = "HEAD010", "heading-ends-in-punctuation", Severity.INFO
    enabled = False
    message = Text(en="this heading ends in `{mark}`", ko="제목이 `{mark}` 문장 부호로 끝납니다")
    doc_ko = """마침표, 쉼표, 쌍점으로 끝나는 제목.

    취향의 문제이므로 기본으로는 꺼져 있습니다. 물음표와 느낌표, 말줄임표, 번호(`1.`), 줄임말(`etc.`)은
    제외합니다.

    ## 이유
    제목은 뒤에 올 것의 이름입니다. 문장 부호가 붙으면 끊긴 문장처럼 읽히고, 목차에서 특히 그렇습니다.

    ## 수정 안전성
    고치지 않음: 글이 바뀌고, 엔진에 따라 앵커도 바뀝니다.
    """
    examples = (
        Bad("## 설치 방법⟦:⟧\n"),
        Bad("## 먼저 내려받는다⟦.⟧\n"),
        Good("## 설치 방법\n"),
        Good("## 왜 그럴까?\n\n## 드디어!\n"),
        Good("## 그런데...\n\n## 1.\n\n## A vs.\n"),
        Good("## `a:`\n"),
    )

    def check(self, heading: nodes.Heading, post: Post) -> Iterator[Finding]:
        text = post.source[heading.text_span]
        if text.endswith(_MARKS) and _PUNCTUATION.search(text) and not _SHORT_FORM.search(text):
            end = heading.text_span.end
            yield self.finding(Span(end - 1, end), mark=text[-1])
