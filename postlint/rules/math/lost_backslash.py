from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.post.post import Post
from postlint.post.written_formulas import WrittenFormula, written_formulas
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.math._cuts import cuts
from postlint.rules.math._repair import as_engine_formula, knows_formulas, repairs, title_of

_LINE_BREAK = Text(
    en="a `\\\\` of this formula is lost on the way to the page: its rows run together",
    ko="이 수식의 `\\\\`가 페이지에 닿기 전에 사라져 줄이 나뉘지 않습니다",
)
_DOUBLE = Text(en="write the formula as `$$…$$`", ko="수식을 `$$…$$`로 쓰기")
_ESCAPE = Text(en="double the backslashes", ko="역슬래시를 두 번씩 쓰기")


class LostBackslash(Rule):
    """A formula in `$…$` that loses a backslash: `\\{`, `\\\\`, `\\|`, `\\!`, `\\#`.

    On a Hugo site, one in `$$…$$` too, unless its passthrough extension leaves it as it is. Backslashes
    that were written for Markdown's sake (`\\_`, `\\\\{`, `p(x \\| y)`) are left out.

    ## Why
    Markdown takes a backslash away before a sign. Readers see a set without its braces, a matrix in
    one row, a norm with single bars, or an error instead of the formula.

    ## Fix safety
    Repair: `$$…$$` is a formula to kramdown itself, which then hands the TeX over as it stands; in a line
    it stays in its line. Where `$$` would change more, and on a Hugo site, the backslashes are doubled.
    Tried on the engine each time. Unsafe where the formula has `\\|`, which may have been written for
    a single bar.

    ## Precision
    50 of 50 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "MATH004", "lost-backslash", Severity.ERROR
    message = Text(
        en="`{written}` becomes `{arrives}` before the formula reaches the page",
        ko="이 수식의 `{written}`에서 역슬래시가 사라져 페이지에는 `{arrives}`만 남습니다",
    )
    doc_ko = """`$…$` 수식에서 역슬래시가 사라지는 곳: `\\{`, `\\\\`, `\\|`, `\\!`, `\\#`.

    Hugo 사이트에서는 passthrough 설정이 그대로 두지 않는 `$$…$$` 수식도 찾습니다. 마크다운 때문에 일부러 쓴
    역슬래시(`\\_`, `\\\\{`, `p(x \\| y)`)는 제외합니다.

    ## 이유
    마크다운은 기호 앞의 역슬래시를 지웁니다. 그래서 집합의 중괄호가 없어지거나, 행렬이 한 줄로 나오거나,
    노름의 겹막대가 홑막대가 되거나, 수식 대신 오류가 보입니다.

    ## 수정 안전성
    복구: kramdown은 `$$…$$`를 수식으로 알아보고 안의 TeX를 그대로 넘기며, 줄 안의 수식은 줄 안에
    남습니다. `$$`로 다른 것까지 바뀌는 곳과 Hugo 사이트에서는 역슬래시를 두 번씩 씁니다. 고칠 때마다 사이트의
    엔진으로 확인합니다. `\\|`가 든 수식은 홑막대로 쓴 것일 수 있어 안전하지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 50건 중 50건이 맞았습니다(2026-11-22).
    """
    signs = ("\\",)
    edits_opaque_regions = True
    examples = (
        Bad(
            "글\r\n⟦$\r\n\\begin{matrix} 1 \\\\\r\n2 \\end{matrix}\r\n$⟧\r\n글\r\n",
            fixed="글\r\n$$\r\n\\begin{matrix} 1 \\\\\r\n2 \\end{matrix}\r\n$$\r\n글\r\n",
        ),
        Bad(
            "집합은 다음과 같다.\n⟦$\\{1, 2\\}$⟧\n",
            fixed="집합은 다음과 같다.\n$\\\\{1, 2\\\\}$\n",
        ),
        Bad(
            "집합 ⟦$\\{x_1, x_2\\}$⟧ 에서 고른다.\n",
            fixed="집합 $$\\{x_1, x_2\\}$$ 에서 고른다.\n",
        ),
        Bad(
            "상태는 ⟦$\\begin{bmatrix} x \\\\ y \\end{bmatrix}$⟧ 이다.\n",
            fixed="상태는 $$\\begin{bmatrix} x \\\\ y \\end{bmatrix}$$ 이다.\n",
        ),
        Bad(
            "벡터 ⟦$v = \\begin{pmatrix} a\\\\b \\end{pmatrix}$⟧ 와 $\\alpha$\n",
            fixed="벡터 $$v = \\begin{pmatrix} a\\\\b \\end{pmatrix}$$ 와 $\\alpha$\n",
        ),
        Bad(
            "함수는 ⟦$\\left\\{ x_1 \\right.$⟧ 이다.\n",
            fixed="함수는 $$\\left\\{ x_1 \\right.$$ 이다.\n",
        ),
        Bad("노름 ⟦$\\|w\\|_2$⟧ 를 줄인다.\n", fixed="노름 $$\\|w\\|_2$$ 를 줄인다.\n"),
        Bad("⟦$\\{a\\_i\\}\\_{i=1}^n$⟧ 은 수열이다.\n", fixed="$$\\{a_i\\}_{i=1}^n$$ 은 수열이다.\n"),
        Bad("집합 ⟦$Λ=\\{λ_1, λ_2\\}$⟧ 에서\n", fixed="집합 $$Λ=\\{λ_1, λ_2\\}$$ 에서\n"),
        Bad("- 집합 ⟦$\\{a\\}$⟧ 하나\n", fixed="- 집합 $$\\{a\\}$$ 하나\n"),
        Bad("⟦$\\{a, b\\}$⟧\n", fixed="$\\\\{a, b\\\\}$\n"),
        Bad(
            "⟦\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}⟧\n",
            fixed="$$\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}$$\n",
        ),
        Bad("넓이는 ⟦$\\int\\!f\\,dx$⟧ 이다.\n", fixed="넓이는 $$\\int\\!f\\,dx$$ 이다.\n"),
        Good("집합 $$\\{x_1, x_2\\}$$ 에서 고른다.\n"),
        Good("집합 $\\\\{x_1, x_2\\\\}$ 에서 고른다.\n"),
        Bad(
            "⟦$$\\begin{matrix} a \\\\ b \\end{matrix}$$⟧ 와 ⟦$\\{x_1\\}$⟧\n",
            fixed="$$\\begin{matrix} a \\\\\\\\ b \\end{matrix}$$ 와 $\\\\{x_1\\\\}$\n",
            path="content/a.md",
            site={"hugo.toml": ""},
        ),
        Good(
            "$$\\begin{matrix} a \\\\ b \\end{matrix}$$ 와 $\\{x_1\\}$\n",
            path="content/a.md",
            site={
                "hugo.toml": "[markup.goldmark.extensions.passthrough]\nenable = true\n"
                "delimiters = {block = [['\\[', '\\]'], ['$$', '$$']], "
                "inline = [['\\(', '\\)'], ['$', '$']]}\n"
            },
        ),
        Good("집합 $\\lbrace x_1 \\rbrace$ 에서 고른다.\n"),
        Good("가중치 $w\\_{ij}$ 와 $x^\\*$ 는 값이다.\n"),
        Good("조건부 확률 $p(x \\| y)$ 와 노름 $\\|\\|x\\|\\|$\n"),
        Good("조건부 확률 $p(x \\| y)$ 를 쓰는 글의 절댓값 $\\|x\\|$\n"),
        Good("기댓값 $\\mathbb{E}\\_x[a \\| b]$ 를 쓰는 글의 절댓값 $\\|x\\|$\n"),
        Good("한 줄 수식 $a = b, \\\\ c = d$ 는 어차피 한 줄이다.\n"),
        Good("이자 $5\\\\%$ 와 $\\\\$3$ 을 뺀다.\n"),
        Good("분수 $\\frac\\{1\\}\\{2\\}$ 와 $x_\\{1\\}$\n"),
        Good("조합 $\\{n \\choose k\\} p^k$\n"),
        Good("끝의 $\\begin{matrix} a \\\\ \\end{matrix}$ 는 그대로다.\n"),
        Good("\\begin{align} a &= b \\\\\\ c &= d \\end{align}\n"),
        Good("<div>$\\{a\\}$ 는 그대로다.</div>\n"),
        Good("`$\\{a\\}$` 는 코드다.\n"),
        Good("경로는 C:\\{이름}\\, 값은 $5 와 $6 이다.\n"),
        Good("집합 $\\{x_1\\}$\n", path="README.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        formulas = [one for one in written_formulas(post) if one.lost]
        if not formulas or not knows_formulas(post):
            return
        if any(one.on_page is None for one in formulas):
            torn = {formula.span for formula, _ in cuts(post)}
            formulas = [one for one in formulas if one.on_page is not None or _is_half(one, torn)]
        new_ones = repairs(post, [as_engine_formula(formula, post) for formula in formulas])
        for formula, new in zip(formulas, new_ones, strict=True):
            lost = formula.lost[0]
            is_row = lost.written.startswith("\\\\")
            safety = Safety.UNSAFE if "\\|" in formula.tex and "\\|" in formula.meant else Safety.REPAIR
            title = _ESCAPE if new is None else title_of(new, post, _DOUBLE, _ESCAPE)
            yield self.finding(
                formula.span,
                text=_LINE_BREAK if is_row else None,
                fix=None if new is None else fix(safety, title, Edit(formula.span, new)),
                written=lost.written.rstrip(),
                arrives=lost.arrives.strip(),
            )


def _is_half(formula: WrittenFormula, torn: set[Span]) -> bool:
    """Whether MathJax does not find `formula` because one of its braces has lost its backslash."""
    braces = [lost.written.lstrip("\\")[:1] for lost in formula.lost]
    return formula.opening == "$" and formula.span not in torn and braces.count("{") != braces.count("}")
