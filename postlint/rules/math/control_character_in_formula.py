from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.covered import Covered
from postlint.post.formulas import formulas_of
from postlint.post.post import Post
from postlint.post.written_formulas import written_formulas
from postlint.rule import Bad, Good, Rule, fix

_CONTROL = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LETTERS = lazy(r"[A-Za-z]+")
_ESCAPES = {"\x07": "a", "\x08": "b", "\x0b": "v", "\x0c": "f"}
"""What a program makes of a backslash and one of these letters in a string."""
_COMMANDS = frozenset(
    {
        *("alpha", "angle", "approx", "arg", "ast", "begin", "beta", "bar", "bf", "big", "bigcap", "bigcup"),
        *("bigl", "bigr", "bigg", "binom", "bm", "bmod", "boldsymbol", "bot", "breve", "bullet", "vec"),
        *("varepsilon", "varphi", "vartheta", "vdots", "vee", "vert", "frac", "forall", "flat", "fbox"),
    }
)

_DELETE = Text(en="delete the character", ko="이 문자 지우기")
_RESTORE = Text(en="write `{command}`", ko="`{command}` 명령으로 되돌리기")


class ControlCharacterInFormula(Rule):
    """A control character in a formula, which nobody sees in an editor.

    ## Why
    MathJax 3 breaks down at it: the formula, and with it all others of the page, stay TeX.

    ## Fix safety
    Repair: TeX has no use for control characters, and the formula was never shown. Where a program made
    one of `\\b` or `\\f`, the command it was is written again: a form feed before `rac` was `\\frac`.

    ## Precision
    11 of 11 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "MATH010", "control-character-in-formula", Severity.ERROR
    message = Text(
        en="the formula holds the control character U+{number}, at which MathJax breaks down",
        ko="수식에 든 제어 문자 U+{number} 때문에 MathJax가 멈춥니다",
    )
    doc_ko = """편집기에서는 보이지 않는, 수식 속의 제어 문자.

    ## 이유
    MathJax 3은 이 문자에서 멈춥니다. 그 수식뿐 아니라 페이지의 다른 수식까지 TeX 코드로 남습니다.

    ## 수정 안전성
    복구: TeX에 제어 문자가 쓰일 일은 없고, 이 수식은 보인 적이 없습니다. 프로그램이 `\\b`나 `\\f`를 바꾸어
    생긴 문자라면 원래 명령을 다시 씁니다. `rac` 앞의 U+000C는 `\\frac`이었습니다.

    ## 정확도
    실제 블로그에서 읽어 본 11건 중 11건이 맞았습니다(2026-11-22).
    """
    edits_opaque_regions = True
    examples = (
        Bad("계수 $${⟦\x08⟧\\beta}_1$$ 은\n", fixed="계수 $${\\beta}_1$$ 은\n"),
        Bad("분수 $⟦\x0crac⟧{a}{b_1}$ 은\n", fixed="분수 $\\frac{a}{b_1}$ 은\n"),
        Bad("$$\n⟦\x08eta⟧ = 1\n$$\n", fixed="$$\n\\beta = 1\n$$\n"),
        Bad("제약 $∵⟦\x0c⟧Ax=b_1$ 은\n", fixed="제약 $∵Ax=b_1$ 은\n"),
        Good("계수 $${\\beta}_1$$ 은\n"),
        Good("글 속의 \x08 문자와 $\\beta$ 는 다르다.\n"),
        Good("`$\x08eta$`\n"),
        Good("$$\n\ta &= b\r\n$$\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        if not post.source.has_controls or not _CONTROL.search(text, post.body_start):
            return
        on_page, written = formulas_of(post), written_formulas(post)
        in_formulas = Covered([*(one.span for one in on_page), *(one.span for one in written)])
        for match in _CONTROL.finditer(text, post.body_start):
            if match.start() in in_formulas:
                yield self._found(match.start(), text)

    def _found(self, at: int, text: str) -> Finding:
        span, number = Span(at, at + 1), f"{ord(text[at]):04X}"
        letter, rest = _ESCAPES.get(text[at]), _LETTERS.match(text, at + 1)
        if letter and rest and letter + rest[0] in _COMMANDS:
            command = "\\" + letter + rest[0]
            whole = Span(at, rest.end())
            repair = fix(Safety.REPAIR, _RESTORE, Edit(whole, command), command=command)
            return self.finding(whole, fix=repair, number=number)
        return self.finding(span, fix=fix(Safety.REPAIR, _DELETE, Edit(span, "")), number=number)
