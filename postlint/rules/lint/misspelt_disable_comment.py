from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.registry import is_selector, nearest, selectors
from postlint.rule import Bad, Good, Rule
from postlint.suppression import Action, Directive

_DID_YOU_MEAN = Text(
    en="postlint does not know `{word}`; did you mean `{near}`?",
    ko="`{word}`은(는) postlint가 모르는 말입니다. 혹시 `{near}`을(를) 뜻했나요?",
)


class MisspeltDisableComment(Rule):
    """A comment to postlint with a word or a rule that there is none of.

    ## Why
    It silences nothing, and says so to nobody.

    ## Fix safety
    No fix: what was meant, only the author knows.
    """

    code, name, severity = "LINT002", "misspelt-disable-comment", Severity.WARNING
    message = Text(en="postlint does not know `{word}`", ko="`{word}`은(는) postlint가 모르는 말입니다")
    doc_ko = """postlint가 모르는 말이나 규칙을 쓴 주석.

    ## 이유
    아무것도 가리지 못하면서 그 사실을 알려 주지도 않습니다.

    ## 수정 안전성
    고치지 않음: 무엇을 쓰려 했는지는 글쓴이만 압니다.
    """
    examples = (
        Bad("<!-- postlint-⟦disabel⟧ URL007 -->\n본문\n"),
        Bad("{% comment %} postlint-disable ⟦URL999⟧ {% endcomment %}\n본문\n"),
        Good("<!-- postlint-disable URL007, insecure-url -- 옛 링크 -->\n본문\n"),
    )

    def check(self, directive: Directive) -> Iterator[Finding]:
        if directive.action is None:
            yield self._unknown(directive.word, directive.word_span, [action.value for action in Action])
            return
        for selector in directive.selectors:
            if not is_selector(selector.text):
                yield self._unknown(selector.text, selector.span, selectors())

    def _unknown(self, word: str, span: Span, known: list[str]) -> Finding:
        near = nearest(word, known)
        if near is None:
            return self.finding(span, word=word)
        return self.finding(span, text=_DID_YOU_MEAN, word=word, near=near)
