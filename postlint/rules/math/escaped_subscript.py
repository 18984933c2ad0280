from collections.abc import Iterator, Mapping

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text, applied
from postlint.patterns import lazy
from postlint.post import tex
from postlint.post.formulas import PageFormula, formulas_of
from postlint.post.post import Post
from postlint.post.tex.settings import Typesetter
from postlint.rule import Bad, Good, Rule, fix

_LITERAL = lazy(
    r"\\(?:text\w*|mbox|hbox|mathrm|mathtt|mathit|mathsf|mathbf|operatorname\*?|ce|url|href)\s*\{[^{}]*\}"
)
"""What may hold a name with underscores: `\\text{max\\_len}`."""
_ESCAPED = lazy(r"(?<!\\)(?:\\\\)*(?P<sign>\\_)(?=\s?[A-Za-z0-9{\\])")
_CERTAIN_BEHIND = lazy(r"\s?(?:\{|\\(?!q?quad)[A-Za-z])")
_ONE_BEHIND = lazy(r"[A-Za-z0-9](?![A-Za-z0-9])")
_CERTAIN_BEFORE = lazy(r"(?:[})\]']|\\[A-Za-z]+)\Z")
_ONE_BEFORE = lazy(r"(?<![A-Za-z\\])[A-Za-z]\Z")
_WORD_BEHIND = lazy(r"[A-Za-z]{3}")
_LONGEST_COMMAND = 30

_UNESCAPE = Text(en="write `_` without the backslash", ko="역슬래시 없이 `_`로 쓰기")


class EscapedSubscript(Rule):
    """A subscript in a formula whose `_` has a backslash before it that reaches MathJax: `x\\_{i}`.

    In `$…$`, which Markdown reads, the backslash is gone on the page, and right. kramdown leaves `$$…$$`
    alone, as HTML leaves all that stands in it. Names such as `max\\_len` and what stands in `\\text{…}` are
    left out.

    ## Why
    To MathJax and KaTeX `\\_` is the sign itself: readers see an underscore, and behind it, as large as all
    the rest, what was to be the subscript.

    ## Fix safety
    Repair: an underscore before a brace or a command can be nothing but a subscript, and who has escaped one
    in a formula has escaped them all. No fix where MathJax would refuse what is left, or where a word follows
    without braces.

    ## Precision
    7 of 7 findings read on real blogs were right (2026-11-23).
    """

    code, name, severity = "MATH015", "escaped-subscript", Severity.WARNING
    message = Text(
        en="`\\_` shows an underscore and makes no subscript: its backslash reaches the formula",
        ko="역슬래시가 수식에 그대로 전해져 `\\_`가 아래 첨자가 아니라 밑줄 글자로 보입니다",
    )
    doc_ko = """앞에 붙은 역슬래시가 MathJax까지 전해지는 아래 첨자의 `_`: `x\\_{i}`.

    마크다운이 읽는 `$…$`에서는 역슬래시가 페이지에서 사라지므로 맞습니다. kramdown은 `$$…$$`를, HTML은 그
    안의 것을 건드리지 않습니다. `max\\_len` 같은 이름과 `\\text{…}` 안에 있는 것은 제외합니다.

    ## 이유
    MathJax와 KaTeX에서 `\\_`는 밑줄 글자입니다. 독자에게는 밑줄이 보이고, 첨자여야 할 글자가 그 뒤에 보통
    크기로 보입니다.

    ## 수정 안전성
    복구: 중괄호나 명령 앞의 밑줄은 아래 첨자일 수밖에 없고, 한 수식에서 하나에 역슬래시를 붙인 사람은 모두에
    붙입니다. 고치지 않음: 역슬래시를 빼면 MathJax가 오류를 내거나, 중괄호 없이 단어가 뒤따르는 수식.

    ## 정확도
    실제 블로그에서 읽어 본 7건 중 7건이 맞았습니다(2026-11-23).
    """
    signs = ("\\_",)
    edits_opaque_regions = True
    gives_way_to = ("MATH002", "MATH004", "MATH006", "MATH007", "MATH012", "MATH013")
    examples = (
        Bad(
            "수열 $$(a⟦\\_⟧n)\\_{n \\geq 0}$$ 은 $$a⟦\\_⟧{n + 1} = r a\\_n$$ 을 만족한다.\n",
            fixed="수열 $$(a_n)_{n \\geq 0}$$ 은 $$a_{n + 1} = r a_n$$ 을 만족한다.\n",
        ),
        Bad(
            "$$\n\\sum⟦\\_⟧{i=1}^n \\mathbb{E}\\_q [x\\_i]\n$$\n",
            fixed="$$\n\\sum_{i=1}^n \\mathbb{E}_q [x_i]\n$$\n",
        ),
        Bad("기댓값 $$\\mathcal{L}⟦\\_⟧\\theta$$\n", fixed="기댓값 $$\\mathcal{L}_\\theta$$\n"),
        Bad("계수 $$w⟦\\_⟧0 + w\\_1x$$\n", fixed="계수 $$w_0 + w_1x$$\n"),
        Bad("$$\nx⟦\\_⟧{i}\\_{j}\n$$\n"),
        Bad("$$\nx⟦\\_⟧{i} + y\\_train\n$$\n"),
        Bad("<p>$$x⟦\\_⟧{i}$$</p>\n", fixed="<p>$$x_{i}$$</p>\n"),
        Good("수열 $$(a_n)_{n \\geq 0}$$ 과 $\\bar{x}\\_{t}, \\bar{y}\\_{t}$\n"),
        Good("길이 $$\\text{max\\_len} + max\\_len + \\mathrm{a\\_b}$$\n"),
        Good("행렬 $$W_{xh\\_o} + b_{h\\_i}$$\n"),
        Good("빈칸 $$3 + \\_ = 5$$ 와 $$\\_\\_\\_$$\n"),
        Good("줄바꿈 $$a \\\\_{b}$$ 과 `$$x\\_{i}$$`\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        settings = post.home.math_settings
        if settings.typesetter is Typesetter.NOTHING:
            return
        for formula in formulas_of(post):
            if "\\_" not in formula.tex or (formula.opening == "$" and not settings.has_dollars):
                continue
            escaped = _subscripts(formula.tex)
            if escaped:
                yield self.finding(
                    formula.place(escaped[0]), fix=_unescaped(formula, escaped, settings.macros, post)
                )


def _subscripts(formula: str) -> list[Span]:
    """Each `\\_` that was to begin a subscript; none unless one of them surely was."""
    outside = _LITERAL.sub(lambda match: " " * len(match[0]), formula)
    found = [Span(*match.span("sign")) for match in _ESCAPED.finditer(outside)]
    return found if any(_is_certain(outside, sign) for sign in found) else []


def _is_certain(formula: str, sign: Span) -> bool:
    if _CERTAIN_BEHIND.match(formula, sign.end):
        return True
    if not _ONE_BEHIND.match(formula, sign.end):
        return False
    before = formula[max(0, sign.start - _LONGEST_COMMAND) : sign.start]
    if _CERTAIN_BEFORE.search(before):
        return True
    # In braces it may be a part of a name: the gate `h\_o` of `W_{h\_o}`.
    depth = formula.count("{", 0, sign.start) - formula.count("}", 0, sign.start)
    return not depth and _ONE_BEFORE.search(before) is not None


def _unescaped(
    formula: PageFormula, escaped: list[Span], macros: Mapping[str, tex.Macro], post: Post
) -> Fix | None:
    """What leaves out the backslashes, if they stand in the file as they are and the rest is right."""
    places = [formula.place(sign) for sign in escaped]
    if any(post.source[place] != "\\_" for place in places):
        return None
    if any(_WORD_BEHIND.match(formula.tex, sign.end) for sign in escaped):
        return None  # of a name, TeX would lower the first letter alone
    left = applied(formula.tex, [Edit(Span(sign.start, sign.start + 1), "") for sign in escaped])
    if tex.errors(left, macros=tex.Macros(macros)):
        return None
    return fix(Safety.REPAIR, _UNESCAPE, *(Edit(Span(place.start, place.start + 1), "") for place in places))
