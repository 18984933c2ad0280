from collections.abc import Iterator
from functools import cache, cached_property

from postlint import data
from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.post import nodes
from postlint.post.front_matter import FrontMatter
from postlint.post.liquid import UNKNOWN
from postlint.post.post import Post
from postlint.post.yaml_tree import Entry
from postlint.rule import Bad, Good, Rule, fix

_SIGNS = ("$", "\\(", "\\[", "\\begin", UNKNOWN)
"""Text with one of these may hold a formula for MathJax, or become anything."""
_ELEMENTS = frozenset({"math", "script", "iframe"})

_REMOVE = Text(en="remove the line", ko="이 줄 지우기")


class Options(NamedTuple):
    keys: tuple[str, ...] = ()
    except_keys: tuple[str, ...] = ()


class UnusedMathFlag(Rule):
    """A key that loads MathJax or KaTeX on a page without any formula.

    Where the blog's own templates lie beside it, a key that none of them reads is left alone. The option
    `keys` names more such keys, and `except-keys` those that mean something else.

    ## Why
    Readers wait for several hundred kilobytes of script that has nothing to show.

    ## Fix safety
    Unsafe: a template may show something else by the same key, and a formula may be yet to come.

    ## Precision
    28 of 28 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "FM014", "unused-math-flag", Severity.INFO
    message = Text(
        en="`{key}` loads the formula script, but the post has no formula",
        ko="`{key}` 때문에 수식 스크립트를 불러오지만 글에 수식이 없습니다",
    )
    doc_ko = """수식이 없는 페이지에서 MathJax나 KaTeX를 불러오는 키.

    블로그에 템플릿이 있으면, 어느 템플릿도 읽지 않는 키는 넘어갑니다. 이런 키가 더 있으면 옵션 `keys`에,
    다른 뜻으로 쓰는 키는 `except-keys`에 적습니다.

    ## 이유
    보여 줄 것도 없는 수백 킬로바이트의 스크립트를 독자가 기다립니다.

    ## 수정 안전성
    안전하지 않음: 템플릿이 같은 키로 다른 것을 보여 줄 수도 있고, 수식을 곧 쓸 수도 있습니다.

    ## 정확도
    실제 블로그에서 읽어 본 28건 중 28건이 맞았습니다(2026-11-22).
    """
    Options = Options
    examples = (
        Bad(
            "---\ntitle: 여행기\n⟦use_math: true⟧\n---\n제주도에 다녀왔다.\n",
            fixed="---\ntitle: 여행기\n---\n제주도에 다녀왔다.\n",
        ),
        Good("---\ntitle: 미분\nuse_math: true\n---\n함수 $f(x)$의 도함수\n"),
        Good("---\ntitle: 적분\nmathjax: true\n---\n$$\\int_0^1 x\\,dx$$\n"),
        Good("---\ntitle: 여행기\nuse_math: false\n---\n제주도에 다녀왔다.\n"),
        Good("---\nmath: true\n---\n## 풀이\n    - $$f(x) = 1$$\n"),
        Good("---\ntitle: 모음\nuse_math: true\n---\n{% include formulas.html %}\n"),
        Bad(
            "---\n⟦formulas: true⟧\ntitle: 여행기\n---\n제주도에 다녀왔다.\n",
            fixed="---\ntitle: 여행기\n---\n제주도에 다녀왔다.\n",
            options={"keys": ["formulas"]},
        ),
        Good("---\nformulas: true\n---\n제주도에 다녀왔다.\n"),
        Good("---\nmath: true\n---\n수학 여행을 다녀왔다.\n", options={"except-keys": ["math"]}),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        for entry in front_matter.entries:
            if entry.value is True and entry.key in self._keys:
                yield from self._of(entry, post)

    def _of(self, entry: Entry, post: Post) -> Iterator[Finding]:
        read = post.home.template_keys
        if (read is not None and entry.key not in read) or _may_hold_formula(post):
            return
        yield self.finding(
            Span(entry.key_span.start, entry.value_span.end),
            fix=fix(Safety.UNSAFE, _REMOVE, Edit(entry.span, "")),
            key=entry.key,
        )

    @cached_property
    def _keys(self) -> frozenset[str]:
        return _flags().union(self.options.keys).difference(self.options.except_keys)


@cache
def _flags() -> frozenset[str]:
    return frozenset(flag["key"] for flag in data.load("math_flags")["flag"])


def _may_hold_formula(post: Post) -> bool:
    if post.nodes_of(nodes.Formula) or any(
        element.name in _ELEMENTS for element in post.nodes_of(nodes.HtmlElement)
    ):
        return True
    text = "\n".join([node.value for node in post.nodes_of(nodes.Text)])
    if any(sign in text for sign in _SIGNS):
        return True
    # A formula that is indented too far becomes code, which nobody meant.
    return any(
        code.info.startswith("math") or (not code.fenced and "$$" in code.value)
        for code in post.nodes_of(nodes.CodeBlock)
    )
