import re
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.patterns import lazy
from postlint.post.formulas import formulas_of
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix

_DOUBLED = lazy(r"(?<!\\)\\\\([A-Za-z]{3,})(?![A-Za-z])")
_SINGLE = lazy(r"(?<!\\)(?:\\\\)*\\[A-Za-z]")
_TOO_MANY = lazy(r"(?P<row>\\\\\\\\)|\\\\(?=[A-Za-z{}|,;:!])|(?P<sign>\\(?=[_*]))")

_HALVE = Text(en="write each backslash once", ko="역슬래시를 하나씩만 쓰기")


class DoubledBackslash(Rule):
    """A formula in `$$…$$` all of whose commands have two backslashes: `\\\\alpha`.

    In `$…$`, which Markdown reads, and to other engines, two are right. kramdown leaves `$$…$$` alone.

    ## Why
    To MathJax `\\\\` begins a new line, and no command: readers see the letters of "alpha" in a
    formula that is torn apart.

    ## Fix safety
    Unsafe: each command gets one backslash, and `\\_` becomes `_`; whether every `\\\\` is too much,
    the author sees at once.
    """

    code, name, severity = "MATH013", "doubled-backslash", Severity.ERROR
    message = Text(
        en="`{command}` reaches MathJax with both backslashes, as a new line and the word `{word}`",
        ko="`{command}`의 역슬래시가 둘 다 MathJax에 전해져 줄바꿈과 글자 `{word}`이(가) 됩니다",
    )
    doc_ko = """명령마다 역슬래시를 두 개씩 쓴 `$$…$$` 수식: `\\\\alpha`.

    마크다운이 읽는 `$…$`나 다른 엔진에서는 두 개가 맞습니다. kramdown은 `$$…$$`를 건드리지 않습니다.

    ## 이유
    MathJax에서 `\\\\`는 명령이 아니라 줄바꿈입니다. 조각난 수식 안에 "alpha"라는 글자가 보입니다.

    ## 수정 안전성
    안전하지 않음: 명령마다 역슬래시를 하나만 남기고 `\\_`는 `_`로 바꿉니다. `\\\\`가 모두 잘못인지는 글쓴이가
    바로 알 수 있습니다.
    """
    signs = lazy(r"\\\\[A-Za-z]{3}")
    edits_opaque_regions = True
    gives_way_to = ("MATH006", "MATH009")
    examples = (
        Bad(
            "식은 다음과 같다.\n\n⟦$$\n\\\\dot{x}=Ax+Bu\n$$⟧\n",
            fixed="식은 다음과 같다.\n\n$$\n\\dot{x}=Ax+Bu\n$$\n",
        ),
        Bad(
            "합은 ⟦$$\\\\sum\\_{i} x\\_i\\\\, \\\\text{for } i$$⟧ 이다.\n",
            fixed="합은 $$\\sum_{i} x_i\\, \\text{for } i$$ 이다.\n",
        ),
        Bad(
            "⟦$$\n\\\\begin{cases} a \\\\\\\\ b \\\\end{cases}\n$$⟧\n",
            fixed="$$\n\\begin{cases} a \\\\ b \\end{cases}\n$$\n",
        ),
        Good("$$\n\\begin{cases} a \\\\max b \\\\ c \\end{cases}\n$$\n"),
        Good("합은 $\\\\sum x$ 이고 $$a \\\\ b \\\\abc c$$ 이다.\n"),
        Good("```\n$$\\\\alpha$$\n```\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        from postlint.post.tex.tables import tables  # it takes time to read them, and few posts need them

        for formula in formulas_of(post):
            if formula.node is None or _SINGLE.search(formula.tex):
                continue
            known = tables().commands
            commands = [match for match in _DOUBLED.finditer(formula.tex) if match[1] in known]
            if commands:
                written = post.source[formula.span]
                change = fix(Safety.UNSAFE, _HALVE, Edit(formula.span, _TOO_MANY.sub(_once, written)))
                first = commands[0]
                yield self.finding(formula.span, fix=change, command=first[0], word=first[1])


def _once(match: re.Match[str]) -> str:
    if match["row"]:
        return "\\\\"
    return "" if match["sign"] else "\\"
