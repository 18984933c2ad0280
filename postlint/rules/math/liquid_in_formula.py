from bisect import bisect_left
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.liquid import LiquidKind, LiquidRegion, regions
from postlint.post.post import Post
from postlint.post.written_formulas import WrittenFormula, has_tex, written_formulas
from postlint.rule import Bad, Good, Rule, fix

_BRACES = lazy(r"\{(?=[{%])|\}(?=\})")
_TEX = lazy(r"[\\^_{}+=]|^\s*\d")
"""In what stands between the braces: no variable of Liquid has it."""
_SPACE = Text(en="part the braces by a space", ko="중괄호 사이에 공백 넣기")


class LiquidInFormula(Rule):
    """A formula with `{{` or `{%`, which Jekyll replaces before anything else.

    A variable that is put into a formula on purpose, such as `{{ page.rate }}`, is left out.

    ## Why
    Jekyll puts a value in place of `{{…}}`, most often an empty one: readers see a formula without its
    exponent, or with braces that do not match.

    ## Fix safety
    Repair: TeX does not mind a space between two braces, and Liquid does not know them then.
    """

    code, name, severity = "MATH006", "liquid-in-formula", Severity.ERROR
    message = Text(
        en="Jekyll takes `{sign}` in this formula for Liquid and replaces it",
        ko="Jekyll이 수식 속의 `{sign}` 부분을 Liquid로 보고 바꿉니다",
    )
    doc_ko = """Jekyll이 먼저 바꾸어 버리는 `{{`나 `{%`가 든 수식.

    `{{ page.rate }}`처럼 일부러 수식에 넣은 변수는 제외합니다.

    ## 이유
    Jekyll은 `{{…}}` 자리에 값을 넣는데 대개 빈 값입니다. 독자에게는 지수가 없는 수식이나 중괄호가 맞지 않는
    수식이 보입니다.

    ## 수정 안전성
    복구: TeX는 두 중괄호 사이의 공백을 상관하지 않고, Liquid는 공백이 있으면 알아보지 못합니다.
    """
    signs = ("{{", "{%")
    edits_opaque_regions = True
    examples = (
        Bad("⟦$$ a^{{n+1}} = b $$⟧\n", fixed="$$ a^{ {n+1} } = b $$\n"),
        Bad("분수 ⟦$\\frac{{a}}{b_1}$⟧ 를 본다.\n", fixed="분수 $\\frac{ {a} }{b_1}$ 를 본다.\n"),
        Bad("⟦$$ x_{{i}_{j}} $$⟧\n", fixed="$$ x_{ {i}_{j} } $$\n"),
        Good("$$ a^{ {n+1} } = b $$\n"),
        Good("{% raw %}$$ a^{{n+1}} = b $$ {% endraw %}\n"),
        Good("이자율 $$ r = {{ page.rate }} $$\n"),
        Good("값 {{ site.title }} 과 $x_1$\n"),
        Good("`$$ a^{{n+1}} $$`\n"),
        Good("$$ a^{{n+1}} = b $$\n", path="README.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        spans = [
            Span(region.span.start + post.body_start, region.span.end + post.body_start)
            for region in post.liquid_regions
            if region.kind in (LiquidKind.OUTPUT, LiquidKind.TAG) and _is_tex(post.body.text, region)
        ]
        if not spans:
            return
        for formula in written_formulas(post):
            first = bisect_left(spans, formula.tex_span.start, key=lambda span: span.start)
            if first == len(spans) or spans[first].start >= formula.tex_span.end:
                continue
            if not has_tex(formula.tex) and formula.opening == "$":
                continue
            start = spans[first].start
            yield self.finding(
                formula.span,
                fix=_parted(post, formula),
                sign=post.source.text[start : start + 2],
            )


def _is_tex(body: str, region: LiquidRegion) -> bool:
    """Whether the region is no Liquid that anybody meant."""
    content = body[region.content.start : region.content.end]
    if region.kind is LiquidKind.TAG:
        return not region.name
    return bool(_TEX.search(content)) or len(content.strip()) == 1


def _parted(post: Post, formula: WrittenFormula) -> Fix | None:
    edits = tuple(
        Edit(Span(formula.tex_span.start + match.end(), formula.tex_span.start + match.end()), " ")
        for match in _BRACES.finditer(formula.tex)
    )
    new = _BRACES.sub(lambda match: match[0] + " ", formula.tex)
    return None if regions(new) else fix(Safety.REPAIR, _SPACE, *edits)
