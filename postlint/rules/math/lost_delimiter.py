from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.patterns import lazy
from postlint.post.post import Post
from postlint.post.written_formulas import is_short, stands_alone, written_formulas
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.math._repair import as_engine_formula, knows_formulas, repairs, title_of

_FORMULA = lazy(r"\\[A-Za-z]{2,}|(?<![A-Za-z])[A-Za-z](?:_[A-Za-z0-9{]|\^[A-Za-z0-9{*])|[_^]\{")
"""What makes a formula of text in escaped brackets; `\\[note\\]` is none."""

_ODD_BREAK = lazy(r"(?<!\\)(?:\\\\)*\\\r?\n")
"""Of an odd number of backslashes at the end of a line, nobody knows how many were to arrive."""

_DOUBLE = Text(en="write the formula as `$$…$$`", ko="수식을 `$$…$$`로 쓰기")


class LostDelimiter(Rule):
    """A formula in `\\(…\\)` or `\\[…\\]`, whose delimiters lose their backslashes.

    Brackets that are escaped because they are brackets, such as `\\[1\\]`, are left out.

    ## Why
    Markdown takes `\\(` for an escaped bracket. MathJax finds no delimiter, and readers see the TeX in
    brackets.

    ## Fix safety
    Repair: kramdown makes `\\(…\\)` or `\\[…\\]` of `$$…$$` itself, with the TeX as it was written. On a
    Hugo site, the signs that Markdown reads are escaped. Tried on the engine each time.
    """

    code, name, severity = "MATH012", "lost-delimiter", Severity.ERROR
    message = Text(
        en="`{delimiter}` loses its backslash, and is no formula's delimiter any more",
        ko="`{delimiter}`의 역슬래시가 사라져 수식이 되지 못합니다",
    )
    doc_ko = """구분 기호의 역슬래시가 사라지는 `\\(…\\)`, `\\[…\\]` 수식.

    `\\[1\\]`처럼 괄호를 보이려고 쓴 역슬래시는 제외합니다.

    ## 이유
    마크다운은 `\\(`를 괄호로 바꿉니다. MathJax는 구분 기호를 찾지 못하고, 독자에게는 괄호 속 TeX 코드가
    보입니다.

    ## 수정 안전성
    복구: kramdown은 `$$…$$`를 `\\(…\\)`나 `\\[…\\]`로 직접 바꾸고 안의 TeX는 쓴 그대로 넘깁니다. Hugo
    사이트에서는 마크다운이 읽는 기호 앞에 역슬래시를 넣습니다. 고칠 때마다 사이트의 엔진으로 확인합니다.
    """
    signs = ("\\(", "\\[")
    edits_opaque_regions = True
    gives_way_to = ("MATH003", "MATH005", "MATH006")
    examples = (
        Bad("학습률 ⟦\\(\\alpha\\)⟧ 를 줄인다.\n", fixed="학습률 $$\\alpha$$ 를 줄인다.\n"),
        Bad("식은 다음과 같다.\n\n⟦\\[\nx^2 + y^2\n\\]⟧\n", fixed="식은 다음과 같다.\n\n$$\nx^2 + y^2\n$$\n"),
        Bad("The loss ⟦\\( L_t \\)⟧ falls.\n", fixed="The loss $$ L_t $$ falls.\n"),
        Bad(
            "집합 ⟦\\(\\{x_1, x_2\\}\\)⟧ 에서 고른다.\n",
            fixed="집합 $$\\{x_1, x_2\\}$$ 에서 고른다.\n",
        ),
        Bad("합 ⟦\\(a + b\\)⟧ 는 ⟦\\( N \\)⟧ 이다.\n", fixed="합 $$a + b$$ 는 $$ N $$ 이다.\n"),
        Bad(
            "얻는 값은 다음과 같다.\n\n⟦\\[\nGain(Day) = H(Play) - H(Play|Day)\n\\]⟧\n",
            fixed="얻는 값은 다음과 같다.\n\n$$\nGain(Day) = H(Play) - H(Play|Day)\n$$\n",
        ),
        Bad("⟦\\[\nIG(Day) \\\\\\\nIG(Wind)\n\\]⟧\n"),
        Bad(
            "학습률 ⟦\\(\\alpha\\)⟧ 와 ⟦\\(\\{x_1\\}\\)⟧\n",
            fixed="학습률 \\\\(\\alpha\\\\) 와 \\\\(\\\\{x\\_1\\\\}\\\\)\n",
            path="content/a.md",
            site={"hugo.toml": ""},
        ),
        Good(
            "학습률 \\(\\alpha\\) 와 \\(\\{x_1\\}\\)\n",
            path="content/a.md",
            site={
                "hugo.toml": "[markup.goldmark.extensions.passthrough]\nenable = true\n"
                "delimiters = {block = [['\\[', '\\]'], ['$$', '$$']], "
                "inline = [['\\(', '\\)'], ['$', '$']]}\n"
            },
        ),
        Good("\\[\n참고 (1)\n\\]\n"),
        Good("보기 \\(a\\), \\(b\\), \\(가 = 1\\), \\(key=value\\) 는 괄호다.\n"),
        Good("학습률 \\\\(\\alpha\\\\) 를 줄인다.\n"),
        Good("학습률 $$\\alpha$$ 를 줄인다.\n"),
        Good("\\[1\\] 각주와 \\(괄호\\)\n"),
        Good("\\[spring_boot\\] 첫 글\n"),
        Good("정규식 `\\(\\w+\\)` 은 코드다.\n"),
        Good("\\\\[\nx^2 + y^2\n\\\\]\n"),
        Good("평균 $\\left\\[ a_1 \\right\\]$ 은 수식이다.\n"),
        Good("학습률 \\(\\alpha\\) 를 줄인다.\n", path="README.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        formulas = [
            formula
            for formula in written_formulas(post)
            if formula.opening in ("\\(", "\\[")
            and formula.on_page is None
            and (_FORMULA.search(formula.tex) or is_short(formula.tex) or stands_alone(formula.tex))
        ]
        if not formulas or not knows_formulas(post):
            return
        new_ones = repairs(post, [as_engine_formula(formula, post) for formula in formulas])
        for formula, new in zip(formulas, new_ones, strict=True):
            yield self.finding(
                formula.span,
                fix=None
                if new is None or _ODD_BREAK.search(formula.meant)
                else fix(Safety.REPAIR, title_of(new, post, _DOUBLE), Edit(formula.span, new)),
                delimiter=formula.opening,
            )
