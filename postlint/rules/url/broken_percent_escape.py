from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post.post import Address
from postlint.rule import Bad, Good, Rule
from postlint.urls import broken_escapes, elisions


class BrokenPercentEscape(Rule):
    """A `%` in an address that no two hexadecimal digits follow.

    In the query (`?q=100%`) it is left alone, for many servers take it as it stands; an address
    that is elided (`elided-url`) is not reported again.

    ## Why
    A digit was lost when the address was copied, or a `%` was not written as `%25`: most servers
    answer "bad request".

    ## Fix safety
    No fix: which digit is missing cannot be told.
    """

    code, name, severity = "URL002", "broken-percent-escape", Severity.ERROR
    message = Text(
        en="`{escape}` is no escape: two hexadecimal digits must follow `%`",
        ko="`{escape}`은(는) 올바른 이스케이프가 아닙니다. `%` 뒤에는 16진수 두 자리가 와야 합니다",
    )
    doc_ko = """주소에서 16진수 두 자리가 뒤따르지 않는 `%`.

    쿼리(`?q=100%`)에서는 그대로 받는 서버가 많으므로 제외하며, 줄어든 주소(`elided-url`)는 다시 알리지
    않습니다.

    ## 이유
    복사하면서 숫자를 잃었거나 `%`를 `%25`로 쓰지 않은 것으로, 대부분의 서버가 잘못된 요청이라고 답합니다.

    ## 수정 안전성
    고치지 않음: 어떤 숫자가 빠졌는지 알 수 없습니다.
    """
    signs = ("%",)
    examples = (
        Bad("[위키](https://ko.wikipedia.org/wiki/%ED%95⟦%9⟧%EA%B8%80)\n"),
        Bad("[할인](https://shop.example.org/50⟦%⟧-off)\n"),
        Good("[위키](https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80)\n"),
        Good("[검색](https://search.example.org/?q=100%)\n"),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        if elisions(address.text):
            return
        for broken in broken_escapes(address.text):
            if not broken.in_query:
                written = address.text[broken.span.start : broken.span.end]
                yield self.finding(address.span_of(broken.span), escape=written)
