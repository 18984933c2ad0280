from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.post import nodes
from postlint.post.post import Post
from postlint.post.tex.settings import Typesetter
from postlint.post.written_formulas import WrittenFormula, has_tex
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.math._cuts import Cut, cuts, mark
from postlint.rules.math._repair import as_engine_formula, knows_formulas, repairs, title_of

_BOLD = Text(en="write `\\boldsymbol` in place of `**`", ko="`**` 대신 `\\boldsymbol` 쓰기")
_DOUBLE = Text(en="write the formula as `$$…$$`", ko="수식을 `$$…$$`로 쓰기")


class FormulaEatenByEmphasis(Rule):
    """A formula in `$…$` in which `_` or `*` becomes emphasis; on a Hugo site, one in `$$…$$` too.

    ## Why
    The signs are gone and tags stand between the delimiters, so that MathJax finds no formula: readers see
    the TeX, some of it slanted. Often the two signs stand in two formulas, and all between is slanted too.

    ## Fix safety
    Repair: `$$…$$` is a formula to kramdown itself, in which nothing is emphasis; in a line it stays
    in its line. Where `$$` would change more, and on a Hugo site, the signs are escaped. Tried on
    the engine each time. Unsafe: `**` right inside of `$…$` becomes `\\boldsymbol`.

    ## Precision
    34 of 34 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "MATH002", "formula-eaten-by-emphasis", Severity.ERROR
    message = Text(
        en="`{sign}` makes emphasis of a part of this formula",
        ko="이 수식의 일부가 `{sign}` 때문에 강조로 바뀝니다",
    )
    doc_ko = """`_`나 `*`가 강조로 바뀌어 버린 `$…$` 수식. Hugo 사이트에서는 `$$…$$` 수식도 찾습니다.

    ## 이유
    기호가 사라지고 수식 사이에 태그가 끼어 MathJax가 수식을 찾지 못합니다. 독자에게는 군데군데 기울어진
    TeX 코드가 보입니다. 두 기호가 서로 다른 수식에 있으면 그 사이의 글까지 기울어집니다.

    ## 수정 안전성
    복구: kramdown은 `$$…$$`를 수식으로 알아보므로 그 안에는 강조가 생기지 않고, 줄 안의 수식은 줄 안에
    남습니다. `$$`로 다른 것까지 바뀌는 곳과 Hugo 사이트에서는 기호 앞에 역슬래시를 넣습니다. 고칠 때마다
    사이트의 엔진으로 확인합니다. 안전하지 않음: `$…$` 바로 안쪽의 `**`는 `\\boldsymbol`로 바꿉니다.

    ## 정확도
    실제 블로그에서 읽어 본 34건 중 34건이 맞았습니다(2026-11-22).
    """
    signs = ("$", "\\")
    edits_opaque_regions = True
    gives_way_to = ("MATH003", "MATH005", "MATH006")
    examples = (
        Bad(
            "평균 ⟦$\\bar{x}_{t}, \\bar{y}_{t}$⟧ 를 구한다.\n",
            fixed="평균 $$\\bar{x}_{t}, \\bar{y}_{t}$$ 를 구한다.\n",
        ),
        Bad(
            "입력 ⟦$\\mathbf{x}_i$⟧ 와 $\\alpha$ 와 출력 ⟦$\\mathbf{y}_{i}$⟧ 의 차\n",
            fixed="입력 $$\\mathbf{x}_i$$ 와 $\\alpha$ 와 출력 $$\\mathbf{y}_{i}$$ 의 차\n",
        ),
        Bad(
            "The pair ⟦$(u^*, v^*)$⟧ is optimal.\n",
            fixed="The pair $$(u^*, v^*)$$ is optimal.\n",
        ),
        Bad("벡터 ⟦$**x**$⟧ 는 $n$ 차원이다.\n", fixed="벡터 $\\boldsymbol{x}$ 는 $n$ 차원이다.\n"),
        Bad("⟦$\\bar{x}_{t}, \\bar{y}_{t}$⟧\n", fixed="$\\bar{x}\\_{t}, \\bar{y}\\_{t}$\n"),
        Bad(
            "> 인용한 ⟦$\\hat{a}_i + \\hat{b}_{i}$⟧ 는\n> 값이다.\n",
            fixed="> 인용한 $$\\hat{a}_i + \\hat{b}_{i}$$ 는\n> 값이다.\n",
        ),
        Bad(
            "| 이름 | 값 |\n|---|---|\n| 평균 | ⟦$\\bar{x}_{t}, \\bar{y}_{t}$⟧ |\n",
            fixed="| 이름 | 값 |\n|---|---|\n| 평균 | $$\\bar{x}_{t}, \\bar{y}_{t}$$ |\n",
        ),
        Bad(
            "평균 ⟦$\\bar{x}_{t}, \\bar{y}_{t}$⟧\n\n⟦$$\\bar{x}_{t}, \\bar{y}_{t}$$⟧\n",
            fixed="평균 $\\bar{x}\\_{t}, \\bar{y}\\_{t}$\n\n$$\\bar{x}\\_{t}, \\bar{y}\\_{t}$$\n",
            path="content/a.md",
            site={"hugo.toml": ""},
        ),
        Good(
            "평균 $\\bar{x}_{t}, \\bar{y}_{t}$ 와 $$\\bar{x}_{t}, \\bar{y}_{t}$$\n",
            path="content/a.md",
            site={
                "hugo.toml": "[markup.goldmark.extensions.passthrough]\nenable = true\n"
                "delimiters = {block = [['\\[', '\\]'], ['$$', '$$']], "
                "inline = [['\\(', '\\)'], ['$', '$']]}\n"
            },
        ),
        Good("값 $a_1 + b_1$ 은 그대로다.\n"),
        Good("평균 $$\\bar{x}_{t}, \\bar{y}_{t}$$ 를 구한다.\n"),
        Good("평균 $\\bar{x}\\_{t}, \\bar{y}\\_{t}$ 를 구한다.\n"),
        Good("조건 $\\geq$**N**$-1$ 과 **$x$**, $5 **할인** $3 이다.\n"),
        Good("**손실 $\\mathcal{L}$ 은** 작을수록 *좋다 $\\alpha$*.\n"),
        Good("가격은 $5 **할인** 해서 $3 이다. $\\alpha$ 는 수식이다.\n"),
        Good("변수 $HOME_DIR 과 *$PATH* 는 셸의 것이다.\n"),
        Good("`$\\bar{x}_{t}, \\bar{y}_{t}$`\n"),
        Good("평균 $\\bar{x}_{t}, \\bar{y}_{t}$\n", path="README.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        eaten = [
            (formula, cut)
            for formula, cut in cuts(post)
            if isinstance(cut.node, (nodes.Emphasis, nodes.Strong, nodes.Strikethrough))
            and (
                has_tex(formula.tex) or "^" in formula.tex or (_is_bold(formula, cut) and _has_dollars(post))
            )
        ]
        if not eaten or not knows_formulas(post):
            return
        new_ones = repairs(post, [as_engine_formula(formula, post) for formula, _ in eaten])
        for (formula, cut), new in zip(eaten, new_ones, strict=True):
            if _is_bold(formula, cut):
                change = fix(Safety.UNSAFE, _BOLD, Edit(formula.span, _set_bold(formula)))
            elif new is None:
                change = None
            else:
                change = fix(Safety.REPAIR, title_of(new, post, _DOUBLE, _DOUBLE), Edit(formula.span, new))
            yield self.finding(formula.span, fix=change, sign=mark(post, cut.node))


def _is_bold(formula: WrittenFormula, cut: Cut) -> bool:
    """Whether the marks for bold text stand right inside of its delimiters, as in `$**x**$`."""
    return isinstance(cut.node, nodes.Strong) and cut.node.span == formula.tex_span and formula.opening == "$"


def _has_dollars(post: Post) -> bool:
    """Whether `$…$` may be a formula on the page, whatever stands in it."""
    settings = post.home.math_settings
    return settings.has_dollars and settings.typesetter is not Typesetter.NOTHING


def _set_bold(formula: WrittenFormula) -> str:
    return f"$\\boldsymbol{{{formula.tex[2:-2]}}}$"
