from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.registry import all_rules, matches
from postlint.rule import Bad, Good, LinkRule, Rule
from postlint.suppression import Action, Directive


class UnusedDisableComment(Rule):
    """A comment that silences a rule where the rule finds nothing.

    It is judged only where every rule that it speaks of is on: with `--select` it may look unused
    and is not.

    ## Why
    The fault it stood for is gone, and the next one of its kind will go unseen.

    ## Fix safety
    No fix: the comment may be misspelt, or stand at the wrong line.
    """

    code, name, severity = "LINT001", "unused-disable-comment", Severity.WARNING
    message = Text(
        en="`{selector}` silences nothing here: remove it from the comment",
        ko="`{selector}`(으)로 가릴 문제가 없습니다. 주석에서 지우세요",
    )
    doc_ko = """규칙이 아무것도 찾지 않는 곳에서 그 규칙을 끄는 주석.

    주석이 말하는 규칙이 모두 켜져 있을 때만 판단합니다. `--select`로 일부만 켜면 쓰이지 않는 것처럼
    보일 수 있기 때문입니다.

    ## 이유
    가리려던 문제는 사라졌고, 다음에 생길 같은 문제는 보이지 않게 됩니다.

    ## 수정 안전성
    고치지 않음: 주석에 오타가 있거나 엉뚱한 줄에 있을 수 있습니다.
    """
    examples = (
        Bad("<!-- postlint-disable-next-line ⟦LINT002⟧ -->\n본문\n"),
        Good("<!-- 편집자 메모: postlint로 확인할 것 -->\n본문\n"),
        Good("`<!-- postlint-disable LINT002 -->`라고 씁니다.\n"),
    )

    def check(self, directive: Directive) -> Iterator[Finding]:
        if directive.action is None or directive.action is Action.ENABLE:
            return
        for selector in directive.selectors:
            # What the web answers changes from day to day: of that, no comment is known to be of no use.
            spoken_of = [
                rule
                for rule in all_rules()
                if matches(selector.text, rule) and not issubclass(rule, LinkRule)
            ]
            judged = [rule for rule in spoken_of if rule.enabled] or spoken_of
            if (
                spoken_of
                and selector.text not in directive.silenced
                and all(rule.code in directive.checked for rule in judged)
            ):
                empty = selector.span.start == selector.span.end
                yield self.finding(
                    Span(*directive.word_span) if empty else selector.span, selector=selector.text
                )
