from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix

_TRAILING = lazy(r"   (?=[\r\n]|\Z)")
_TOO_MANY = 3
_LINE_END = " " * _TOO_MANY + "\n"
_NO_TEXT = lazy(r"[\s\u200b\ufeff]")
_SHORTEN = Text(en="leave two spaces", ko="공백 두 개만 남기기")


class ExtraTrailingSpaces(Rule):
    """Three or more spaces at the end of a line, where two make a line break.

    ## Why
    The page is the same with two. The rest is left over from copying, and makes it hard to see which lines
    break and which do not.

    ## Fix safety
    Safe: two spaces stay, and with them the `<br>`. No page changes.
    """

    code, name, severity = "PAGE009", "extra-trailing-spaces", Severity.INFO
    gives_way_to = ("PAGE003",)
    message = Text(
        en="{count} spaces at the end of the line; more than two do nothing",
        ko="줄 끝에 공백이 {count}개 있습니다. 두 개를 넘는 공백은 효과가 없습니다",
    )
    doc_ko = """줄 끝의 공백 세 개 이상. 줄바꿈에는 두 개면 됩니다.

    ## 이유
    두 개만 있어도 페이지는 같습니다. 나머지는 복사하면서 남은 것으로, 어느 줄에서 줄이 바뀌는지 알아보기
    어렵게 합니다.

    ## 수정 안전성
    안전: 공백 두 개와 `<br>`은 그대로 남습니다. 페이지는 바뀌지 않습니다.
    """
    examples = (
        Bad("첫 줄  ⟦   ⟧\n둘째 줄\n", fixed="첫 줄  \n둘째 줄\n"),
        Bad("> 인용  ⟦ ⟧\n> 다음\n", fixed="> 인용  \n> 다음\n"),
        Good("첫 줄  \n둘째 줄\n"),
        Good('[글](https://example.org/ "두 줄로   \n쓴 제목")\n'),
        Good("```\ncode    \n```\n"),
        Good("    code    \n"),
        Good("   "),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        for end in _ends(text, post.body_start):
            # The last three of them: to look for all at once would look at each indent too.
            start = end - _TOO_MANY
            while start > post.body_start and text[start - 1] == " ":
                start -= 1
            if start <= post.body_start or _NO_TEXT.match(text, start - 1):
                continue
            span = Span(start + 2, end)
            if not post.is_opaque(span):
                yield self.finding(
                    span,
                    fix=fix(Safety.SAFE, _SHORTEN, Edit(span, "")),
                    count=end - start,
                )


def _ends(text: str, start: int) -> Iterator[int]:
    """Where lines end in too many spaces."""
    if "\r" in text:
        yield from (match.end() for match in _TRAILING.finditer(text, start))
        return
    # To look for all of it at once takes a fifth of the time where code is indented.
    at = text.find(_LINE_END, start)
    while at >= 0:
        yield at + _TOO_MANY
        at = text.find(_LINE_END, at + len(_LINE_END))
    if text.endswith("   ") and len(text) >= start + _TOO_MANY:
        yield len(text)
