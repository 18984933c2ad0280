from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.post import nodes
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.post.written_formulas import WrittenFormula, has_tex
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.math._cuts import cuts
from postlint.rules.math._repair import Wish, knows_formulas, repairs, rewritten, without_less

_LT = Text(en="write `<` as `\\lt`", ko="`<`를 `\\lt`로 쓰기")


class FormulaSwallowedAsHtml(Rule):
    """A formula in `$…$` in which `<` begins a tag.

    ## Why
    The browser takes what stands in angle brackets for a tag and shows nothing of it; MathJax finds no
    formula, and readers see the rest of the TeX.

    ## Fix safety
    Repair: `\\lt` is the same sign to MathJax and none to HTML. Tried on the engine each time.
    """

    code, name, severity = "MATH005", "formula-swallowed-as-html", Severity.ERROR
    message = Text(
        en="`<{tag}` begins a tag of HTML in the middle of this formula",
        ko="수식 속의 `<{tag}` 부분이 HTML 태그로 처리됩니다",
    )
    doc_ko = """`<`가 태그의 시작이 되어 버린 `$…$` 수식.

    ## 이유
    브라우저는 꺾쇠 사이를 태그로 보아 아무것도 보여 주지 않고, MathJax는 수식을 찾지 못합니다. 독자에게는
    남은 TeX 코드만 보입니다.

    ## 수정 안전성
    복구: `\\lt`는 MathJax에는 같은 부등호이고 HTML에는 아무것도 아닙니다. 고칠 때마다 사이트의
    엔진으로 확인합니다.
    """
    signs = ("<",)
    edits_opaque_regions = True
    gives_way_to = ("MATH003",)
    examples = (
        Bad("평균 ⟦$<x>$⟧ 를 구한다.\n", fixed="평균 $\\lt x>$ 를 구한다.\n"),
        Bad("값 ⟦$<a_t>$⟧ 의 합\n", fixed="값 $\\lt a_t>$ 의 합\n"),
        Bad(
            "The bracket ⟦$\\langle <T> \\rangle$⟧ is a mean.\n",
            fixed="The bracket $\\langle \\lt T> \\rangle$ is a mean.\n",
        ),
        Good("부등식 $a<b$ 와 $x_1<y_1$ 은 그대로다.\n"),
        Good("범위 $0 < x_i < 1$ 을 본다.\n"),
        Good("평균 $$<x>_t$$ 를 구한다.\n"),
        Good("<b>$x_1$</b> 은 <span>$y_1$</span> 보다 작다.\n"),
        Good("첫 줄 $x_1 +<br>y_1$ 둘째 줄\n"),
        Good("값 $5 <Member> 와 $6\n"),
        Good("`$<x>_t$`\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        swallowed = [
            (formula, cut.node.name)
            for formula, cut in cuts(post)
            if isinstance(cut.node, nodes.HtmlElement) and (has_tex(formula.tex) or len(cut.node.name) == 1)
        ]
        if not swallowed or not knows_formulas(post):
            return
        new_ones = repairs(post, [_without_tags(formula, post.source) for formula, _ in swallowed])
        for (formula, name), new in zip(swallowed, new_ones, strict=True):
            yield self.finding(
                formula.span,
                fix=None if new is None else fix(Safety.REPAIR, _LT, Edit(formula.span, new)),
                tag=name,
            )


def _without_tags(formula: WrittenFormula, source: Source) -> Wish:
    written = rewritten(formula, without_less(formula.tex), source)
    return Wish(formula, ((written, without_less(formula.meant)),))
