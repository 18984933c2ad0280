from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.post.written_formulas import WrittenFormula, has_tex
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.math._cuts import cuts
from postlint.rules.math._repair import Wish, escaped, knows_formulas, repairs, rewritten, without_bars

_BETWEEN_CELLS = lazy(r"^\s*\|\s|\s\|\s*$")
"""A bar at the end of what stands between two `$`, as it is where each is another cell's."""
_BARS = lazy(r"[^|\s]\|[^|\s]|\|[^|\s][^|]*\|")

_VERT = Text(en="write `|` as `\\vert`", ko="`|`를 `\\vert`로 쓰기")


class FormulaBecomesTable(Rule):
    """A formula whose `|` makes cells of a table.

    ## Why
    kramdown makes a table of a paragraph each line of which has a `|`, also within `$…$` and `$$…$$`.
    Readers see two cells with half of the TeX in each.

    ## Fix safety
    Repair: `\\vert` is the same bar to MathJax and none to Markdown. Tried on kramdown each time.
    """

    code, name, severity = "MATH003", "formula-becomes-table", Severity.ERROR
    message = Text(
        en="`|` ends a table's cell in the middle of this formula",
        ko="`|`가 표의 칸을 나누어 이 수식이 둘로 쪼개집니다",
    )
    doc_ko = """`|`가 표의 칸을 나누어 쪼개진 수식.

    ## 이유
    kramdown은 모든 줄에 `|`가 있는 문단을 표로 만들며, `$…$`나 `$$…$$` 안의 `|`도 마찬가지입니다.
    독자에게는 TeX 코드가 반씩 든 칸 두 개가 보입니다.

    ## 수정 안전성
    복구: `\\vert`는 MathJax에는 같은 막대이고 마크다운에는 아무것도 아닙니다. 고칠 때마다 kramdown으로
    확인합니다.
    """
    signs = ("|",)
    edits_opaque_regions = True
    examples = (
        Bad(
            "조건부 확률 ⟦$P(y|x)$⟧ 를 구한다.\n",
            fixed="조건부 확률 $P(y\\vert x)$ 를 구한다.\n",
        ),
        Bad(
            "절댓값 ⟦$|x|$⟧ 와 ⟦$$\\left|y\\right|$$⟧ 의 합\n",
            fixed="절댓값 $\\vert x\\vert$ 와 $$\\left\\vert y\\right\\vert$$ 의 합\n",
        ),
        Bad(
            "| 이름 | 식 |\n|---|---|\n| 조건부 | ⟦$P(y|x_i)$⟧ |\n",
            fixed="| 이름 | 식 |\n|---|---|\n| 조건부 | $P(y\\vert x_i)$ |\n",
        ),
        Bad(
            "집합 ⟦$\\\\{x | x_1 > 0\\\\}$⟧ 이다.\n",
            fixed="집합 $\\\\{x \\vert x_1 > 0\\\\}$ 이다.\n",
        ),
        Bad(
            "행렬 ⟦$\\left[\\begin{array}{c|c} a & b \\end{array}\\right]$⟧ 이다.\n",
            fixed="행렬 $\\left[\\begin{array}{c\\|c} a & b \\end{array}\\right]$ 이다.\n",
        ),
        Good("조건부 확률 $P(y \\mid x)$ 를 구한다.\n"),
        Good("조건부 확률 $P(y \\| x)$ 를 구한다.\n"),
        Good("조건부 확률 $P(y|x)$ 를\n구한다.\n"),
        Good("$$\nP(y|x)\n$$\n"),
        Good("## 확률 $P(y|x)$\n"),
        Good("| $\\alpha$ | $\\beta$ |\n|---|---|\n| $a_1$ | $b_1$ |\n"),
        Good("| 비용 $5 | $7 |\n|---|---|\n| 사과 $3 | $x_1$ 개 |\n"),
        Good("| `$a|b$` | 코드 |\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        torn = [
            formula
            for formula, cut in cuts(post)
            if isinstance(cut.node, nodes.TableCell) and _is_whole(formula.tex)
        ]
        if not torn or not knows_formulas(post):
            return
        new_ones = repairs(post, [_without_cells(formula, post.source) for formula in torn])
        for formula, new in zip(torn, new_ones, strict=True):
            yield self.finding(
                formula.span,
                fix=None if new is None else fix(Safety.REPAIR, _VERT, Edit(formula.span, new)),
            )


def _is_whole(tex: str) -> bool:
    """Whether it is one formula, and not what stands between two formulas of two cells."""
    return not _BETWEEN_CELLS.search(tex) and (has_tex(tex) or bool(_BARS.search(tex)))


def _without_cells(formula: WrittenFormula, source: Source) -> Wish:
    meant = without_bars(formula.meant)
    return Wish(
        formula,
        (
            (rewritten(formula, without_bars(formula.tex), source), meant),
            (f"$${meant}$$", meant),
            (rewritten(formula, escaped(formula.meant), source), formula.meant),
        ),
    )
