import re
from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule

_DELIMITER = lazy(r"\\.|\$\$?", re.DOTALL)
_TEX = lazy(r"(?<![A-Za-z:\\])\\[A-Za-z]{2,}|[_^]\{[^{}\n]+\}")
"""What nobody writes but in a formula: shell variables, prices, paths and class names are none."""
_OPENS = lazy(r"\$(?![\s\d])")
"""A `$` before a space or a price begins no formula."""
_BLOCKS = (nodes.Paragraph, nodes.Heading, nodes.TableCell, nodes.DefinitionTerm)


class UnclosedFormula(Rule):
    """A formula that begins with `$$` or `$` and never ends in its paragraph.

    ## Why
    The page shows the TeX with its backslashes instead of the formula, and often takes the text
    behind it for one.

    ## Fix safety
    No fix: where the formula was to end, only the author knows.
    """

    code, name, severity = "MATH001", "unclosed-formula", Severity.ERROR
    message = Text(
        en="the formula that begins with `{delimiter}` is never closed",
        ko="`{delimiter}`로 시작한 수식이 닫히지 않았습니다",
    )
    doc_ko = """`$$`나 `$`로 시작해 같은 문단에서 끝나지 않는 수식.

    ## 이유
    페이지에 수식 대신 역슬래시가 든 TeX 코드가 보이고, 뒤따르는 글이 수식으로 처리되기도 합니다.

    ## 수정 안전성
    고치지 않음: 수식이 어디서 끝나야 하는지는 글쓴이만 압니다.
    """
    examples = (
        Bad("손실 함수는 ⟦$$⟧L = \\sum_i (y_i - \\hat{y}_i)^2 이다.\n"),
        Bad("계수 $\\lambda⟦$$⟧ 는 1이다.\n"),
        Bad("학습률 ⟦$⟧\\alpha 를 줄인다.\n"),
        Good("손실 함수는 $$L = \\sum_i y_i$$ 이다.\n"),
        Good("학습률 $\\alpha$ 를 줄인다.\n"),
        Good("설치 비용은 $5이고 C:\\Users\\me 폴더에 둔다.\n"),
        Good("PID는 $$ 이고 명령은 `\\alpha` 다.\n"),
        Good("정규식은 $ 로 끝나고 \\bword 로 시작한다.\n"),
        Good("커피는 $5, 셸 변수는 $HOME 이다.\n"),
        Good("프록시의 이름은 Service$$EnhancerBySpringCGLIB 이다.\n"),
        Good("`$$`는 셸의 프로세스 번호다.\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        if "$" not in post.source.text:
            return
        for node in post.nodes:
            if isinstance(node, _BLOCKS):
                yield from self._block(node, post)

    def _block(self, block: nodes.Node, post: Post) -> Iterator[Finding]:
        text = post.source.text
        stretches = list(_texts(block))
        double: Span | None = None
        single: Span | None = None
        for span in stretches:
            for match in _DELIMITER.finditer(text, *span):
                here = Span(*match.span())
                if match[0] == "$$":
                    double = here if double is None else None
                elif match[0] == "$" and double is None:
                    single = here if single is None else None
        if double is not None:
            # `$x$$` has its TeX before the sign that is one too many.
            begin = double.end if single is None else single.end
            if _has_tex(text, stretches, begin):
                yield self.finding(double, delimiter="$$")
        elif (
            single is not None and _OPENS.match(text, single.start) and _has_tex(text, stretches, single.end)
        ):
            yield self.finding(single, delimiter="$")


def _has_tex(text: str, stretches: list[Span], begin: int) -> bool:
    """Whether there is TeX in `stretches` from the offset `begin` on."""
    return any(_TEX.search(text, max(start, begin), end) for start, end in stretches if end > begin)


def _texts(block: nodes.Node) -> Iterator[Span]:
    """The stretches of a block in which MathJax looks for delimiters: no code, nothing the engine took."""
    stack = list(reversed(block.children))
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text):
            yield node.span
        elif not isinstance(node, nodes.CodeSpan | nodes.Formula | nodes.Image):
            stack.extend(reversed(node.children))
