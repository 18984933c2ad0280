from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import tex
from postlint.post.formulas import PageFormula, formulas_of
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix

_ROWS = lazy(
    r"\\begin\s*\{(aligned|align\*?|gathered|gather\*?|split|cases|array|[bpvBV]?matrix)\}.*?\\end\s*\{\1\}",
    16,
)
"""Environments with rows of their own; 16 is re.DOTALL."""
_BREAK = lazy(r"\\\\|\\newline(?![A-Za-z])")
_DEFINITION = lazy(r"\\(?:newcommand|renewcommand|def|let|DeclareMathOperator)(?![A-Za-z])")
_SHOWS_NOTHING = lazy(
    r"(?:[\s~.,;{}]|\\(?:tag\*?|label|begin|end)\s*\{[^{}]*\}|\\\\(?:\[[^\]]*\])?"
    r"|\\(?:q?quad|nonumber|notag|newline|displaystyle)(?![A-Za-z])|\\[,;:! ])*"
)
"""What may stand before the first line, or behind the last one, without being a line itself."""
_LINE_BEFORE = lazy(r"\r?\n[ \t]*\Z")
_QUOTED = lazy(r"\n[ \t]*>")
_NUMBERED = lazy(r"\\(?:tag|label|nonumber|notag)(?![A-Za-z])")

_CONFIG = {"_config.yml": "title: 블로그\n"}
_VERSION_2 = {
    **_CONFIG,
    "_includes/math.html": '<script src="https://cdn.example.org/mathjax/2.7.7/MathJax.js"></script>',
}
_VERSION_3 = {
    **_CONFIG,
    "_includes/math.html": '<script src="https://cdn.example.org/mathjax@3/es5/tex-chtml.js"></script>\n',
}
_VERSION_4 = {
    **_CONFIG,
    "_includes/math.html": '<script src="https://cdn.example.org/mathjax@4/tex-chtml.js"></script>',
}
_CHIRPY = {
    **_CONFIG,
    "_includes/js.html": '<script src="{{ site.data.origin[type].mathjax.js }}"></script>\n',
    "_data/origin/cors.yml": "mathjax:\n  js: https://cdn.example.org/mathjax@3.2.2/es5/tex-chtml.js\n",
}

_GATHER = Text(en="put all lines into a `gathered` environment", ko="모든 줄을 `gathered` 환경에 넣기")


class IgnoredLineBreak(Rule):
    """A `\\\\` outside of environments, on a site that loads MathJax 3: the next line does not begin.

    MathJax 2, MathJax 4 and KaTeX break the line there, and so do most previews. Told only where the
    site's templates name version 3.

    ## Why
    MathJax 3 has rows in environments (`aligned`, `gathered`, `cases` …) and nowhere else. Readers see all
    the lines of the formula one behind the other, without as much as a space between them.

    ## Fix safety
    Repair: `gathered` centres each line, as the other versions show it, and changes nothing else. No fix for
    a formula with a number of its own, one in a sentence, or a break in braces.

    ## Precision
    8 of 8 findings read on a real blog were right (2026-11-23).
    """

    code, name, severity = "MATH014", "ignored-line-break", Severity.WARNING
    message = Text(
        en="MathJax 3 breaks no line at a `{command}` outside of environments: the lines run together",
        ko="MathJax 3은 환경 밖의 `{command}`에서 줄을 바꾸지 않으므로 앞뒤 줄이 한 줄로 이어집니다",
    )
    doc_ko = """MathJax 3을 쓰는 사이트에서, 환경 밖에 있어 줄을 바꾸지 못하는 `\\\\`.

    MathJax 2와 4, KaTeX, 미리보기 대부분은 그 자리에서 줄을 바꿉니다. 사이트의 템플릿에 버전 3이 적혀 있을
    때만 알립니다.

    ## 이유
    MathJax 3은 환경(`aligned`, `gathered`, `cases` 등) 안에서만 줄을 나눕니다. 독자에게는 수식의 모든 줄이
    빈칸 하나 없이 한 줄로 이어져 보입니다.

    ## 수정 안전성
    복구: `gathered`는 다른 버전에서처럼 줄마다 가운데에 놓고, 그 밖에는 아무것도 바꾸지 않습니다.
    고치지 않음: 번호가 붙은 수식, 문장 속의 수식, 중괄호 안의 줄바꿈.

    ## 정확도
    실제 블로그에서 읽어 본 8건 중 8건이 맞았습니다(2026-11-23).
    """
    signs = ("\\\\", "\\newline")
    edits_opaque_regions = True
    gives_way_to = ("MATH004", "MATH006", "MATH007", "MATH009", "MATH013")
    examples = (
        Bad(
            "$$\nf(x) = x + b ⟦\\\\⟧\ng(x) = x^2\n$$\n",
            fixed="$$\n\\begin{gathered}\nf(x) = x + b \\\\\ng(x) = x^2\n\\end{gathered}\n$$\n",
            site=_VERSION_3,
        ),
        Bad(
            "식은 다음과 같다.\n\n$$x = 1⟦\\\\⟧ y = 2 \\\\ z = 3$$\n",
            fixed="식은 다음과 같다.\n\n$$\\begin{gathered} x = 1\\\\ y = 2 \\\\ z = 3 \\end{gathered}$$\n",
            site=_VERSION_3,
        ),
        Bad(
            "- 식\n\n  $$\n  x = 1 ⟦\\\\⟧\n  y = 2\n  $$\n",
            fixed="- 식\n\n  $$\n  \\begin{gathered}\n  x = 1 \\\\\n  y = 2\n  \\end{gathered}\n  $$\n",
            site=_VERSION_3,
        ),
        Bad(
            "$$\n\\begin{aligned} a &= b \\\\ &= c \\end{aligned} ⟦\\\\⟧\nd = e\n$$\n",
            fixed="$$\n\\begin{gathered}\n\\begin{aligned} a &= b \\\\ &= c \\end{aligned} \\\\\nd = e\n"
            "\\end{gathered}\n$$\n",
            site=_VERSION_3,
        ),
        Bad("$$\nx = 1 ⟦\\\\⟧\ny = 2 \\tag{1}\n$$\n", site=_VERSION_3),
        Bad("줄 안의 $$x = 1 ⟦\\\\⟧ y = 2$$ 는 이어진다.\n", site=_VERSION_3),
        Bad("$$\n\\sum_{i ⟦\\\\⟧ j} x_{ij}\n$$\n", site=_VERSION_3),
        Bad("$$\n\\begin{equation} x = 1 ⟦\\\\⟧ y = 2 \\end{equation}\n$$\n", site=_VERSION_3),
        Bad(
            "$$\nx = 1 ⟦\\newline⟧ y = 2\n$$\n",
            fixed="$$\n\\begin{gathered}\nx = 1 \\newline y = 2\n\\end{gathered}\n$$\n",
            site=_CHIRPY,
        ),
        Good("$$\n\\begin{gathered} x = 1 \\\\ y = 2 \\end{gathered}\n$$\n", site=_VERSION_3),
        Good(
            "$$\n\\displaylines{x = 1 \\\\ y = 2} \\sum_{\\substack{i \\\\ j}} \\text{a \\\\ b}\n$$\n",
            site=_VERSION_3,
        ),
        Good("$$\nx = 1 \\\\\n$$\n\n$$\nx = 1 \\\\ \\tag{1}\n$$\n", site=_VERSION_3),
        Good("$$\nx = 1 \\\\ y = 2\n$$\n", site=_VERSION_2),
        Good("$$\nx = 1 \\\\ y = 2\n$$\n", site=_VERSION_4),
        Good("$$\nx = 1 \\\\ y = 2\n$$\n"),
        Good("`$$x = 1 \\\\ y = 2$$` 은 코드다.\n", site=_VERSION_3),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        settings = post.home.math_settings
        if settings.breaks_lines:
            return
        macros = tex.Macros(settings.macros)
        for formula in formulas_of(post):
            if formula.opening == "$" and not settings.has_dollars:
                continue
            if not _BREAK.search(_ROWS.sub("", formula.tex)):
                if _DEFINITION.search(formula.tex):
                    tex.errors(formula.tex, macros=macros)  # which learns what it defines
                continue  # as in nearly all: each stands in an environment
            lost = tex.lost_line_breaks(formula.tex, macros=macros)
            parting = next((each for each in lost if _parts_lines(formula.tex, each.span)), None)
            if parting is not None:
                yield self.finding(
                    formula.place(parting.span),
                    fix=_gathered(formula, lost, macros, post),
                    command=formula.tex[slice(*parting.span)],
                )


def _parts_lines(formula: str, line_break: Span) -> bool:
    """Whether there is something to be seen on both sides of it."""
    before, behind = formula[: line_break.start], formula[line_break.end :]
    return not _SHOWS_NOTHING.fullmatch(before) and not _SHOWS_NOTHING.fullmatch(behind)


def _gathered(formula: PageFormula, lost: list[tex.LineBreak], macros: tex.Macros, post: Post) -> Fix | None:
    """What puts all of a formula into one environment, if MathJax breaks all its lines then."""
    node = formula.node
    if node is None or not node.display or not all(each.is_outermost for each in lost):
        return None
    start, end = node.tex_span
    written = post.source.text[start:end]
    if _NUMBERED.search(written) or _QUOTED.search(written):
        return None
    inside = f"\\begin{{gathered}} {formula.tex.strip()} \\end{{gathered}}"
    if tex.errors(inside, macros=macros) or tex.lost_line_breaks(inside, macros=macros):
        return None
    start += len(written) - len(written.lstrip())
    end -= len(written) - len(written.rstrip())
    line = _LINE_BEFORE.search(post.source.text, node.span.start, start)
    apart = line[0] if line else " "
    return fix(
        Safety.REPAIR,
        _GATHER,
        Edit(Span(start, start), f"\\begin{{gathered}}{apart}"),
        Edit(Span(end, end), f"{apart}\\end{{gathered}}"),
    )
