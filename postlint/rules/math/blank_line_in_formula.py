from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.covered import Covered
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
        pairs = _Pairs(post)
        for found in unclosed(post):
            if found.delimiter == "$$" and found.span.start >= done:
                for formula in pairs.cut(found.span):
                    done = formula.end
                    apart = None
                    if _stands_apart(formula, post):
                        tex = post.source.text[formula.start + 2 : formula.end - 2]
                        apart = setting_apart(formula, tex, post, self.code)
                    yield self.finding(formula, fix=apart)


class _Pairs:
    """The `$$` of a post, two and two."""

    def __init__(self, post: Post) -> None:
        self._text = post.source.text
        self._whole = {node.span for node in post.nodes_of(nodes.Formula)}
        self._code = Covered(node.span for node in post.nodes_of(nodes.CodeBlock, nodes.CodeSpan))
        self._hopeless: set[int] = set()
        """Where pairs open of which nobody knows where they are right again."""

    def cut(self, opening: Span) -> list[Span]:
        """The formulas with a blank line from the one that `opening` begins, until the pairs are right again.

        None where a pair is no formula, or a `$$` is left over: which one is too many, nobody knows.
        """
        found: list[Span] = []
        opened: list[int] = []
        signs = self._signs(opening.start)
        for first in signs:
            opened.append(first.start)
            last = next(signs, None)
            if last is not None and Span(first.start, last.end) in self._whole:
                return found
            if last is None or first.start in self._hopeless or not self._is_meant(first, last):
                self._hopeless.update(opened)
                return []
            if _BLANK_LINE.search(self._text, first.end, last.start):
                found.append(Span(first.start, last.end))
        return found

    def _is_meant(self, first: Span, last: Span) -> bool:
        return last.start - first.end <= _LONGEST and is_meant(self._text[first.end : last.start], "$")

    def _signs(self, start: int) -> Iterator[Span]:
        """Every `$$` that is not code, from the offset `start` on."""
        for match in _SIGN.finditer(self._text, start):
            if match.start() not in self._code:
                yield Span(*match.span())


def _stands_apart(formula: Span, post: Post) -> bool:
    """Whether nothing else but spaces stands on the lines of `formula`."""
    source = post.source
    first, last = (source.line_span(source.line_at(at)) for at in formula)
    before, behind = source[Span(first.start, formula.start)], source[Span(formula.end, last.end)]
    return not before.strip(" ") and not behind.strip()
