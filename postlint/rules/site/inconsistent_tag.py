from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.rule import Bad, Good, SiteRule, fix
from postlint.site.blog import Page
from postlint.site.page_facts import KeyValue

_CHANGE = Text(en="change to `{usual}`", ko="`{usual}`(으)로 바꾸기")
_POST = "---\ntags: [PyTorch]\n---\n"
_SITE = {
    "_config.yml": "title: 블로그\n",
    "_posts/2021-04-09-a.md": _POST,
    "_posts/2021-04-10-b.md": _POST,
    "_posts/2021-04-11-c.md": "---\ntags: [deep-learning, C, RNN]\n---\n",
    "_posts/2021-04-12-d.md": "---\ntags: [deep-learning, RNNs]\n---\n",
}


class InconsistentTag(SiteRule):
    """A tag or category that most posts of the blog write otherwise.

    The two differ in case, in hyphens, underscores and spaces, or in how their Hangul is composed, and in
    nothing else.

    ## Why
    The blog has two lists of posts for one thing, and the reader of either does not know of the other.

    ## Fix safety
    Unsafe: for categories, the address of the post may change with it, and only the author knows which
    way of writing is wanted.

    ## Precision
    40 of 40 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "FM018", "inconsistent-tag", Severity.INFO
    message = Text(
        en="`{value}` is written `{usual}` in other posts ({count})",
        ko="`{value}`을(를) 다른 글에서는 `{usual}`(으)로 {count}번 적었습니다",
    )
    doc_ko = """블로그의 다른 글들과 다르게 적은 태그나 카테고리.

    대소문자나 하이픈, 밑줄, 띄어쓰기, 한글 조합 방식만 다르고 나머지는 같은 것을 찾습니다.

    ## 이유
    같은 주제의 글 목록이 둘로 나뉘어, 한쪽을 보는 독자는 다른 쪽이 있는 줄 모릅니다.

    ## 수정 안전성
    안전하지 않음: 카테고리를 바꾸면 글의 주소도 바뀔 수 있고, 어느 쪽으로 적을지는 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 40건 중 40건이 맞았습니다(2026-11-22).
    """
    examples = (
        Bad("---\ntags: [⟦Pytorch⟧]\n---\n봄\n", fixed="---\ntags: [PyTorch]\n---\n봄\n", site=_SITE),
        Bad(
            "---\ntags: ⟦Deep_Learning⟧ C\n---\n봄\n",
            fixed="---\ntags: deep-learning C\n---\n봄\n",
            site=_SITE,
        ),
        Good("---\ntags: [PyTorch, RNN, C]\n---\n봄\n", site=_SITE),
        Good("---\ntags: [RNNs, C++, TensorFlow]\n---\n봄\n", site=_SITE),
    )

    def check(self, key: KeyValue, page: Page) -> Iterator[Finding]:
        usual = page.blog.terms.usual(key.key, key.value)
        if usual is None:
            return
        term, count = usual
        is_quoted = len(key.value) != key.span.end - key.span.start
        span = Span(key.span.start + is_quoted, key.span.end - is_quoted)
        yield self.finding(
            key.span,
            fix=fix(Safety.UNSAFE, _CHANGE, Edit(span, term), usual=term),
            value=key.value,
            usual=term,
            count=count,
        )
