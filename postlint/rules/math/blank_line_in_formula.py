from collections.abc import Iterator, Sequence
from itertools import pairwise

from postlint.findings import Finding, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.post.written_formulas import is_meant
from postlint.rule import Bad, Good, Rule
from postlint.rules.math._display import setting_apart
from postlint.rules.math._unclosed import unclosed

_SIGN = lazy(r"\$\$")
_BLANK_LINE = lazy(r"\n[ \t>]*\r?\n")
_LONGEST = 20_000
"""Characters in which the end of a formula is looked for."""


class BlankLineInFormula(Rule):
    """A formula in `$$` that a blank line in it cuts in two.

    ## Why
    A blank line ends the paragraph and with it the formula. Readers see the TeX, and the text between
    this formula and the next one becomes a formula instead.

    ## Fix safety
    Repair: with blank lines around it, a `$$` formula on lines of its own is a block to kramdown, which may
    have blank lines. Tried on kramdown each time; elsewhere no fix.
    """

    code, name, severity = "MATH009", "blank-line-in-formula", Severity.ERROR
    message = Text(
        en="a blank line cuts this formula in two",
        ko="수식 속의 빈 줄에서 수식이 둘로 끊어집니다",
    )
    doc_ko = """안에 든 빈 줄 때문에 둘로 끊어진 `$$` 수식.

    ## 이유
    빈 줄은 문단을 끝내고 수식도 끝냅니다. 독자에게는 TeX 코드가 보이고, 이 수식과 다음 수식 사이의 글이
    오히려 수식이 됩니다.

    ## 수정 안전성
    복구: 자기 줄에 쓴 `$$` 수식은 앞뒤에 빈 줄이 있으면 kramdown의 블록이 되어 안에 빈 줄이 있어도
    됩니다. 고칠 때마다 kramdown으로 확인하고, 그 밖에는 고치지 않습니다.
    """
    signs = ("$$",)
    edits_opaque_regions = True
    examples = (
        Bad(
            "식은 다음과 같다.\n⟦$$\n\\alpha = 1 \\\\\n\n\\beta = 2\n$$⟧\n그러므로 참이다.\n",
            fixed="식은 다음과 같다.\n\n$$\n\\alpha = 1 \\\\\n\n\\beta = 2\n$$\n\n그러므로 참이다.\n",
        ),
        Bad("식 ⟦$$ \\alpha = 1,\n\n\\beta = 2 $$⟧ 는 참이다.\n"),
        Bad(
            "첫 식\n⟦$$\n\\alpha = 1\n\n= \\beta_1\n$$⟧\n둘째 식\n⟦$$\n\\gamma = 1\n\n= \\delta_1\n$$⟧\n",
            fixed="첫 식\n\n$$\n\\alpha = 1\n\n= \\beta_1\n$$\n\n"
            "둘째 식\n\n$$\n\\gamma = 1\n\n= \\delta_1\n$$\n",
        ),
        Bad("식은 다음과 같다.\\\\\n⟦$$\n\\alpha = 1\n\n= \\beta_1\n$$⟧\n"),
        Bad(
            "⟦$$\n\\alpha = 1\n\n= \\beta_1\n$$⟧\n끝",
            fixed="$$\n\\alpha = 1\n\n= \\beta_1\n$$\n\n끝",
        ),
        Good("식은 다음과 같다.\n\n$$\n\\alpha = 1\n\n= \\beta_1\n$$\n"),
        Good("식 $$\\alpha = 1$$ 은 참이다.\n\n식 $$\\beta = 2$$ 도 참이다.\n"),
        Good("계수 $\\lambda$$ 는 1이다.\n\n다음 식 $$\\alpha$$ 는 참이다.\n"),
        Good("PID는 $$ 다.\n\n```\necho $$ \\alpha\n```\n"),
        Good("$$\\alpha = 1\n\n$$\n$$\n"),
        Good("식은 $$\\alpha = 1 이다.\n\n다음 문단에는 아무것도 없다.\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        done = 0
        for found in unclosed(post):
            if found.delimiter == "$$" and found.span.start >= done:
                for formula in _cut(post, found.span):
                    done = formula.end
                    apart = None
                    if _stands_apart(formula, post):
                        tex = post.source.text[formula.start + 2 : formula.end - 2]
                        apart = setting_apart(formula, tex, post, self.code)
                    yield self.finding(formula, fix=apart)


def _cut(post: Post, opening: Span) -> list[Span]:
    """The formulas with a blank line from the one that `opening` begins, until the pairs are right again.

    None where a pair is no formula, or a `$$` is left over at the end: which one is too many, nobody knows.
    """
    text = post.source.text
    whole = {node.span for node in post.nodes_of(nodes.Formula)}
    signs = list(_signs(post, opening.start))
    found: list[Span] = []
    for index, (first, last) in enumerate(pairwise(signs)):
        tex = text[first.end : last.start]
        if index % 2:
            continue  # what stands between two formulas
        if Span(first.start, last.end) in whole:
            return found
        if not is_meant(tex, "$") or len(tex) > _LONGEST:
            return []
        if _BLANK_LINE.search(tex):
            found.append(Span(first.start, last.end))
    return [] if len(signs) % 2 else found


def _signs(post: Post, start: int) -> Iterator[Span]:
    """Every `$$` that is not code, from the offset `start` on."""
    code = _Code([node.span for node in post.nodes_of(nodes.CodeBlock, nodes.CodeSpan)])
    for match in _SIGN.finditer(post.source.text, start):
        if match.start() not in code:
            yield Span(*match.span())


class _Code:
    """Spans in the order of the file, asked for rising offsets."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._index = 0

    def __contains__(self, offset: int) -> bool:
        while self._index < len(self._spans) and self._spans[self._index].end <= offset:
            self._index += 1
        return self._index < len(self._spans) and self._spans[self._index].start <= offset


def _stands_apart(formula: Span, post: Post) -> bool:
    """Whether nothing else but spaces stands on the lines of `formula`."""
    source = post.source
    first, last = (source.line_span(source.line_at(at)) for at in formula)
    before, behind = source[Span(first.start, formula.start)], source[Span(formula.end, last.end)]
    return not before.strip(" ") and not behind.strip()
