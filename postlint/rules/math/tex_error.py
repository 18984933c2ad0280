import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from postlint.findings import Finding, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes, tex
from postlint.post.formulas import PageFormula, formulas_of
from postlint.post.liquid import UNKNOWN
from postlint.post.post import Post
from postlint.post.tex.settings import MathSettings, Typesetter
from postlint.post.written_formulas import has_tex, written_formulas
from postlint.rule import Bad, Form, Good, Rule
from postlint.rules.math._tex_messages import KATEX_TOO, MESSAGES, NEW_IN_3, OPEN_BRACE

_DEFINITION = lazy(
    r"\\(?:(?:re|provide)?newcommand\*?|[gx]?def|let|DeclareMathOperator\*?|DeclarePairedDelimiter\w*"
    r"|Newextarrow)\s*\{?\s*(\\(?:[A-Za-z]+|[^A-Za-z\s]))"
)
_SIGN = lazy(r"\\.|\$\$?", re.DOTALL)
_PROSE = lazy(r"\\(?:text|mbox|mathrm|operatorname)\w*\s*\{[^{}]*\}")
_HANGUL = lazy(r"[가-힣]")
_REQUIRED = lazy(r"\\require\s*\{\s*(\w+)")

_KATEX = {
    "_config.yml": "title: 블로그\n",
    "_layouts/post.html": '<script src="https://cdn.example.org/katex.min.js"></script>\n{{ content }}\n',
}
_MACROS = {
    "_config.yml": "title: 블로그\n",
    "_layouts/post.html": "{% include math.html %}\n{{ content }}\n",
    "_includes/math.html": (
        "<script>\nMathJax = { tex: { inlineMath: [['$', '$']], macros: "
        '{ R: "\\\\mathbb{R}", vect: ["\\\\boldsymbol{#1}", 1] } } };\n</script>\n'
        '<script src="https://cdn.example.org/mathjax@3/es5/tex-chtml.js"></script>\n'
    ),
}
_PLAIN = {
    **_MACROS,
    "_includes/math.html": '<script src="https://cdn.example.org/mathjax@3/es5/tex-chtml.js"></script>\n',
}
_PHYSICS = {
    **_MACROS,
    "_includes/math.html": (
        "<script>\nMathJax = { loader: { load: ['[tex]/physics'] } };\n</script>\n"
        '<script src="https://cdn.example.org/mathjax@3/es5/tex-chtml.js"></script>\n'
    ),
}
_VERSION_2 = {
    **_MACROS,
    "_includes/math.html": '<script src="https://cdn.example.org/mathjax/2.7.7/MathJax.js"></script>\n',
}
_WITHOUT = {"_config.yml": "title: 블로그\n", "_layouts/post.html": "{{ content }}\n"}


_Command = Annotated[
    str,
    Form(
        lazy(r"\\?(?:[A-Za-z]+|[^A-Za-z\s])"),
        "commands of TeX, such as `argmin`",
        "`argmin` 같은 TeX 명령",
    ),
]


class Options(NamedTuple):
    macros: dict[_Command, str] = {}  # noqa: RUF012 - nobody writes into it


class TexError(Rule):
    """A formula that MathJax refuses: braces, `\\left` and `\\right`, environments, scripts, commands.

    Each formula is read as MathJax 3 reads it, with all its packages and with the macros of the page and of
    the site's templates. Where the templates load KaTeX, only what it refuses too is found; where they
    load nothing, nothing. The option `macros` has those that the site defines where postlint does not see it:
    `RR: \\mathbb{R}`, `vect: \\boldsymbol{#1}`.

    ## Why
    Readers see an error in place of the formula, or its source with all backslashes; of an unknown
    command they see the name, in red.

    ## Fix safety
    No fix: what was meant, only the author knows.

    ## Precision
    8 of 8 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "MATH007", "tex-error", Severity.ERROR
    message = Text(
        en="MathJax refuses this formula at `{about}` ({error})",
        ko="MathJax가 이 수식의 `{about}`에서 오류를 냅니다({error})",
    )
    doc_ko = """MathJax가 조판하지 못하는 수식: 중괄호, `\\left`와 `\\right`, 환경, 첨자, 명령의 오류.

    모든 패키지를 갖춘 MathJax 3과 똑같이 읽고, 글과 사이트 템플릿이 정의한 매크로도 압니다. 템플릿이
    KaTeX를 불러오면 KaTeX에서도 오류인 것만 찾고, 아무것도 불러오지 않으면 넘어갑니다. postlint가 보지
    못하는 곳에서 사이트가 정의하는 매크로는 옵션 `macros`에 적습니다: `RR: \\mathbb{R}`,
    `vect: \\boldsymbol{#1}`.

    ## 이유
    독자는 수식 대신 오류나 역슬래시가 가득한 소스를 보고, 없는 명령은 이름이 빨갛게 보입니다.

    ## 수정 안전성
    고치지 않음: 무엇을 쓰려 했는지는 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 8건 중 8건이 맞았습니다(2026-11-22).
    """
    signs = ("$", "\\")
    gives_way_to = (
        "MATH002",
        "MATH003",
        "MATH004",
        "MATH005",
        "MATH006",
        "MATH010",
        "MATH012",
        "MATH013",
    )
    Options = Options
    examples = (
        Bad("손실은 $$\\frac{1}⟦{⟧N \\sum_i x_i$$ 이다.\n"),
        Bad("확률 $\\frac{1}⟦{⟧2$ 과 $x$ 와 $\\alpha$ 다.\n"),
        Bad("손실은 $$\\frac{1}{N}⟦}⟧ \\sum_i x_i$$ 이다.\n"),
        Bad("손실은 $L = ⟦\\left⟧( a + \\frac{b}{c} )$ 이다.\n"),
        Bad("$$\na = \\left[ b ⟦\\right⟧\n$$\n"),
        Bad("$$\n\\begin{aligned} a &= b ⟦\\end{align}⟧\n$$\n"),
        Bad("$$\n⟦\\begin{cases}⟧ a & b \\\\ c & d\n$$\n"),
        Bad("$$\n⟦\\begin{cas}⟧ a & b \\end{cas}\n$$\n"),
        Bad("$$\na ⟦&⟧= b\n$$\n"),
        Bad("첨자 $$x_1⟦_⟧2$$ 와 $$y^2⟦^⟧3$$ 와 $$z^2⟦'⟧$$\n"),
        Bad("최솟값 $$⟦\\argmin⟧_\\theta L(\\theta)$$ 를 찾는다.\n"),
        Bad("집합 $$\\lbrace 1, 2 \\rbrace \\subset ⟦\\lbracei⟧ \\rbrace$$\n"),
        Bad("분모가 없는 $$⟦\\frac⟧{a}$$ 와 괄호가 없는 $$⟦\\big x⟧$$\n"),
        Bad("빈 자리 $$\\overline{x⟦_⟧}$$ 와 $$\\bar{⟦\\hat⟧}$$\n"),
        Bad("글자 $$\\text{값이 ⟦$x⟧}$$ 와 $$a⟦#⟧b$$\n"),
        Bad("$$\\newcommand{\\loss}[1]{L_{#1}}$$ 손실 $$\\loss{i}$$ 와 $$⟦\\los⟧_i$$\n"),
        Bad("행렬은 $\\mathbf{X} = ⟦\\begin{bmatrx}⟧ 1 \\end{bmatrx}$ 이다.\n", site=_MACROS),
        Bad("가격은 $$p = 500⟦₩⟧$$ 이다.\n"),
        Bad("실수 $$\\R$$ 와 $$⟦\\RR⟧$$ 이다.\n", site=_MACROS),
        Bad("중괄호 $$\\frac{1}⟦{⟧2$$ 는 어디서나 오류다.\n", site=_KATEX),
        Good("손실은 $$\\frac{1}{N} \\sum_i \\left( x_i - \\bar{x} \\right)^2$$ 이다.\n"),
        Good("$$\n\\begin{aligned} a &= b \\\\ &= c \\end{aligned}\n$$\n"),
        Good("첨자 $$x_1^2$$, $$f'_1$$, $${x_1}_2$$, $$\\sum_{i}^{n}$$, $$\\int\\limits_0^1$$\n"),
        Good("명령 $$\\newcommand{\\R}{\\mathbb{R}} x \\in \\R$$ 와 다음 수식의 $$\\R$$\n"),
        Good("$$\\DeclareMathOperator*{\\argmin}{arg\\,min} \\argmin_\\theta L$$\n"),
        Good('<script type="math/tex">\\newcommand{\\R}{\\mathbb{R}}</script>\n\n실수 $$\\R$$\n'),
        Good("실수 $$\\R$$ 와 벡터 $$\\vect{x}$$\n", site=_MACROS),
        Good("실수 $$\\R$$ 와 $$\\argmin_\\theta$$\n", site=_KATEX),
        Good("미분 $$\\dv{x}{t}$$\n", site=_PHYSICS),
        Good("미분 $$\\require{physics} \\dv{x}{t}$$\n"),
        Good("조판하지 않는 블로그의 $$\\frac{1$$ 은 글자다.\n", site=_WITHOUT),
        Good("가격은 $$p = 500₩$$ 이다.\n", site=_VERSION_2),
        Good("달러로 쓴 $\\frac{1$ 과 $\\argmin$ 은 글자다.\n", site=_PLAIN),
        Good("글자 $$\\text{transformer_block}$$ 와 $$\\text{합계 $x_i$}$$\n"),
        Good("취소선 $$\\require{cancel} \\cancel{x}$$ 과 화학식 $$\\ce{H2O}$$\n"),
        Good("한글 $$\\text{정확도} = \\frac{\\text{맞은 수}}{전체}$$\n"),
        Good("값은 $5 이고 ${HOME} 과 $#args 는 셸 변수, 식은 ${#request} 다.\n"),
        Good("변수는 ${HOME 이고 $x_1$ 은 식, $a_{ 는 ${b} 다.\n"),
        Good("`$\\frac{1$` 은 코드다.\n"),
        Good("검색식 $match 와 { 다음의 $group 을 쓴다.\n"),
        Good("식 {{ page.formula }} 와 $$x_{ {{ page.index }} }$$\n"),
        Good(
            "최솟값 $$\\argmin_\\theta L$$ 과 기댓값 $$\\E{X}$$\n",
            options={"macros": {"argmin": "\\operatorname{argmin}", "\\E": "\\mathbb{E}\\left[#1\\right]"}},
        ),
        Bad(
            "최솟값 $$\\argmin⟦\\teta⟧$$ 와 기댓값 $$⟦\\E⟧$$\n",
            options={"macros": {"argmin": "\\operatorname{argmin}", "\\E": "\\mathbb{E}\\left[#1\\right]"}},
        ),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        settings = post.home.math_settings
        if settings.typesetter is Typesetter.NOTHING:
            return
        found = formulas_of(post)
        judge = _Judge(post, settings, self._macros)
        for formula in found:
            if judge.is_right(formula.tex):
                continue  # as nearly all are
            if formula.node is not None and formula.tex.strip() != formula.node.value:
                continue  # two that MathJax takes for one, since a brace is never closed
            error = judge.error(formula.tex)
            if error is not None and judge.is_meant(formula):
                yield self._finding(formula.place(error.span), error)
        whole = {id(formula.node) for formula in found if formula.tex.strip() == _value(formula.node)}
        for node in post.nodes_of(nodes.Formula):
            if id(node) not in whole:
                error = judge.error(node.value)
                if error is not None:
                    yield self._finding(_place(node, error.span, post), error)
        if settings.has_dollars:
            for span in _unfound(post, found):
                error = judge.error(post.source[span])
                if error is not None and MESSAGES.get(error.id) is OPEN_BRACE:
                    yield self._finding(
                        Span(span.start + error.span.start, span.start + error.span.end), error
                    )

    @cached_property
    def _macros(self) -> dict[str, tex.Macro]:
        options: Options = self.options
        return {name.removeprefix("\\"): tex.Macro.of(body) for name, body in options.macros.items()}

    def _finding(self, span: Span, error: tex.TexError) -> Finding:
        begun, _, ended = error.about.partition(" ")
        return self.finding(
            span,
            text=MESSAGES.get(_trouble(error)),
            about=error.about,
            begun=begun,
            ended=ended,
            codepoint="".join(f"U+{ord(character):04X}" for character in error.about[:1]),
            error=error.id,
        )


def _trouble(error: tex.TexError) -> str:
    """The name of the error that a blogger is told of."""
    if error.id == "ExtraCloseMissingOpen" and error.about:
        return "MissingScript" if error.about in ("^", "_") else "MissingArgFor"
    return error.id


def _value(node: nodes.Formula | None) -> str | None:
    return None if node is None else node.value


def _place(node: nodes.Formula, part: Span, post: Post) -> Span:
    """The place of a part of the formula's TeX; all of the formula where it does not stand there as it is."""
    written = post.source.text[slice(*node.tex_span)]
    if written.strip() != node.value:
        return node.span
    start = node.tex_span.start + len(written) - len(written.lstrip())
    return Span(start + part.start, start + part.end)


def _unfound(post: Post, found: Sequence[PageFormula]) -> Iterator[Span]:
    """The TeX in `$…$` of which MathJax makes nothing: it looks for the end where all braces are closed."""
    starts = [formula.span.start for formula in found]
    for node in post.nodes_of(nodes.Text):
        if "{" not in node.value or "$" not in node.value:
            continue
        signs = [match for match in _SIGN.finditer(post.source.text, *node.span) if match[0][0] == "$"]
        for opening, closing in pairwise(signs):
            span = Span(opening.end(), closing.start())
            before = bisect_right(starts, opening.start()) - 1
            is_found = before >= 0 and opening.start() < found[before].span.end
            if opening[0] == closing[0] == "$" and not is_found and _is_tex(post.source[span]):
                yield span


def _is_tex(text: str) -> bool:
    """Whether it is a formula, and not what stands between two dollar signs of a sentence."""
    return has_tex(text) and not _HANGUL.search(_PROSE.sub("", text))


class _Judge:
    """Reads the formulas of a page in their order, so that each knows the macros before it."""

    def __init__(self, post: Post, settings: MathSettings, macros: Mapping[str, tex.Macro]) -> None:
        self._post = post
        self._settings = settings
        self._macros = tex.Macros({**settings.macros, **macros})
        self._meant: frozenset[Span] | None = None

    def is_right(self, formula: str) -> bool:
        """Whether it is so without reading it."""
        return self._macros.is_empty and tex.is_simple(formula)

    def error(self, formula: str) -> tex.TexError | None:
        """What readers see to be wrong with a formula."""
        for error in tex.errors(formula, macros=self._macros):
            if UNKNOWN not in formula and self._is_seen(error):
                return error
        return None

    def _is_seen(self, error: tex.TexError) -> bool:
        typesetter = self._settings.typesetter
        if typesetter is Typesetter.KATEX and error.id not in KATEX_TOO:
            return False
        if typesetter is Typesetter.MATHJAX_2 and error.id in NEW_IN_3:
            return False
        return error.id != "UndefinedControlSequence" or not self._may_be_defined(error.about)

    def _may_be_defined(self, command: str) -> bool:
        """Whether the site or the post may define a command where MathJax finds it and postlint does not."""
        if not self._settings.knows_commands:
            return True
        return command in self._defined or self._requires_more

    @cached_property
    def _defined(self) -> frozenset[str]:
        """The commands that anything in the file defines, in formulas or not."""
        return frozenset(match[1] for match in _DEFINITION.finditer(self._post.source.text))

    @cached_property
    def _requires_more(self) -> bool:
        """Whether a package is asked for that is none of MathJax's own."""
        from postlint.post.tex.tables import tables

        return any(match[1] not in tables().packages for match in _REQUIRED.finditer(self._post.source.text))

    def is_meant(self, formula: PageFormula) -> bool:
        """Whether it is a formula to its author and to the site, and not two prices."""
        if formula.node is not None:
            return True
        if formula.opening == "$" and not self._settings.has_dollars:
            return False
        if self._meant is None:
            self._meant = frozenset(
                written.span for written in written_formulas(self._post) if has_tex(written.meant)
            )
        return formula.span in self._meant
