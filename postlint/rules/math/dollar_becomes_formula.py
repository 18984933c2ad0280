from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.formulas import PageFormula, formulas_of, page_formulas
from postlint.post.mapped import Mapped
from postlint.post.post import Kind, Post
from postlint.post.tex.settings import Typesetter
from postlint.post.written_formulas import has_tex, is_meant, written_formulas
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.math._repair import knows_formulas

_OPENS = lazy(r"\d|[A-Z_]{2,}|[a-z_]{2,}|[가-힣]{2,}")
"""A price, or a variable of a shell."""
_NEXT = lazy(r"[A-Za-z0-9_{\\]")
"""The same again, or a formula: none ends before a letter, a digit or a command."""
_ENDS = lazy(r"[\s(\[\"'“‘/=,:.]\Z")

_LONGEST = 20_000
"""Characters of a paragraph in which a repair is tried."""

_ESCAPED, _APART = "\\\\$", "<span>$</span>"
_KNOW_ESCAPES = (Typesetter.MATHJAX, Typesetter.UNKNOWN)
"""MathJax 2 and KaTeX know `\\$` only where they are told to (`processEscapes`)."""

_WRITE = Text(en="write `{sign}`", ko="`{sign}` 쓰기")


class DollarBecomesFormula(Rule):
    """A price or a variable whose `$` MathJax takes for the beginning of a formula.

    Only on pages of which it is known that MathJax is at work: they have a formula in `$…$`, or the
    site's templates say so.

    ## Why
    The text up to the next `$` is set as a formula: slanted, without spaces, and without the two signs.

    ## Fix safety
    Repair: what begins with a price or a name and goes up to another one is no formula, and MathJax 3
    shows `\\$` as the sign; Markdown takes one backslash of two. Where the site has MathJax 2 or KaTeX,
    a `<span>` keeps the sign apart.
    """

    code, name, severity = "MATH011", "dollar-becomes-formula", Severity.WARNING
    message = Text(
        en="MathJax makes a formula of the text between this `$` and the next",
        ko="이 `$`부터 다음 `$`까지의 글이 MathJax에서 수식이 됩니다",
    )
    doc_ko = """MathJax가 수식의 시작으로 보는 가격이나 변수의 `$`.

    MathJax가 쓰이는 것이 확실한 페이지에서만 봅니다. `$…$` 수식이 있거나, 블로그의 템플릿이 그렇게 말하는
    페이지입니다.

    ## 이유
    다음 `$`까지의 글이 수식이 되어, 공백도 두 기호도 없이 기울어진 글자로 보입니다.

    ## 수정 안전성
    복구: 가격이나 이름으로 시작해 다른 가격이나 이름 앞에서 끝나는 것은 수식이 아니며, MathJax 3은 `\\$`를
    기호 그대로 보여 줍니다. 두 역슬래시 가운데 하나는 마크다운이 가져갑니다. MathJax 2나 KaTeX를 쓰는
    블로그에서는 `<span>`으로 기호를 떼어 놓습니다.
    """
    signs = ("$",)
    gives_way_to = ("MATH001", "MATH002", "MATH003", "MATH004")
    examples = (
        Good("The value $a_1$ costs $5 and $10.\n", path="README.md"),
        Bad(
            "커피는 ⟦$⟧5 이고 차는 $4 이다. 학습률 $\\alpha$ 를 본다.\n",
            fixed="커피는 \\\\$5 이고 차는 \\\\$4 이다. 학습률 $\\alpha$ 를 본다.\n",
        ),
        Bad(
            "It costs ⟦$⟧10 a month (was $12).\n\nThe rate $\\eta$ is small.\n",
            fixed="It costs \\\\$10 a month (was $12).\n\nThe rate $\\eta$ is small.\n",
        ),
        Bad("커피는 ⟦$⟧5 이고 차는 $4 이다. 점 $(a, b)$ 와 $\\alpha$ 를 본다.\n"),
        Good("커피는 $5 이고 차는 $4 이다.\n"),
        Good("커피는 \\\\$5 이고 차는 \\\\$4 이다. 학습률 $\\alpha$ 를 본다.\n"),
        Good("학습률 $\\alpha$ 와 $5$ 와 $x$ 를 본다.\n"),
        Good("학습률 $\\alpha$ 와 `$HOME` 과 `$PATH` 를 본다.\n"),
        Good("값 $0 < n$ 과 $1 + n$ 과 $x_i$ 를 본다.\n"),
        Good("값 $n$개와 $m$개와 $x_i$ 를 본다.\n"),
        Good("공간 $\\bar{S}_{va}, \\bar{S}_{vt}$로의 전사를 위해 $d_{va}=512, d_{vt}=256$ 로 둔다.\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        # GitHub, which shows a README, takes no `$` behind a space for the end of a formula.
        if post.source.text.count("$") < 2 or post.kind is Kind.PLAIN:
            return
        source = post.source.text
        suspects = [formula for formula in formulas_of(post) if _is_text(formula, source)]
        if not suspects or not _has_mathjax(post):
            return
        can_mend = knows_formulas(post)
        new = _ESCAPED if post.home.math_settings.typesetter in _KNOW_ESCAPES else _APART
        # What Markdown has broken is no formula on the page, and its last sign seems to open another.
        closing = {formula.span.end - 1 for formula in written_formulas(post) if has_tex(formula.tex)}
        for formula in suspects:
            if formula.span.start in closing:
                continue
            sign = Span(formula.span.start, formula.span.start + 1)
            is_right = can_mend and _leaves_formulas(post, sign)
            repair = fix(Safety.REPAIR, _WRITE, Edit(sign, new), sign=new) if is_right else None
            yield self.finding(sign, fix=repair)


def _is_text(formula: PageFormula, source: str) -> bool:
    return (
        formula.opening == "$"
        and source[formula.span.start : formula.span.start + 1] == "$"
        and bool(_NEXT.match(source, formula.span.end))
        and bool(_OPENS.match(formula.tex))
        and bool(_ENDS.search(formula.tex))
        and "\\" not in formula.tex
        and not has_tex(formula.tex)
    )


def _leaves_formulas(post: Post, sign: Span) -> bool:
    """Whether all `$` of the paragraph belong together once this one is escaped, but for such as this one."""
    source = post.source.text
    start, end = source.rfind("\n\n", 0, sign.start) + 1, source.find("\n\n", sign.end)
    end = len(source) if end < 0 else end
    if end - start > _LONGEST:
        return False
    text = source[start : sign.start] + "\\\\$" + source[sign.end : end] + "\n"
    document = post.home.engine(post.kind).parse(Mapped.whole(text))
    return all(
        formula.opening != "$" or is_meant(formula.tex, "$") or _is_text(formula, text)
        for formula in page_formulas(document, text)
    )


def _has_mathjax(post: Post) -> bool:
    if any(formula.opening == "$" and has_tex(formula.tex) for formula in written_formulas(post)):
        return True
    settings = post.home.math_settings
    if settings.typesetter in (Typesetter.NOTHING, Typesetter.UNKNOWN) or not settings.has_dollars:
        return False
    keys = post.home.math_keys
    if keys is None:
        return True
    return post.front_matter is not None and any(
        entry.value is True for key in keys if (entry := post.front_matter.get(key)) is not None
    )
