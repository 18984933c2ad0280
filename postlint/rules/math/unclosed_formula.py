from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.math._unclosed import unclosed

_UNOPENED = Text(
    en="nothing begins the formula that ends with this `{delimiter}`",
    ko="이 `{delimiter}`로 끝나는 수식에 시작하는 `{delimiter}`가 없습니다",
)


class UnclosedFormula(Rule):
    """A formula that begins with `$$` or `$` and never ends in its paragraph, or ends without having begun.

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
    doc_ko = """`$$`나 `$`로 시작해 같은 문단에서 끝나지 않거나, 시작 없이 끝나는 수식.

    ## 이유
    페이지에 수식 대신 역슬래시가 든 TeX 코드가 보이고, 뒤따르는 글이 수식으로 처리되기도 합니다.

    ## 수정 안전성
    고치지 않음: 수식이 어디서 끝나야 하는지는 글쓴이만 압니다.
    """
    signs = ("$",)
    gives_way_to = ("MATH002", "MATH003", "MATH005", "MATH006", "MATH009", "MATH012", "PAGE004")
    examples = (
        Bad("손실 함수는 ⟦$$⟧L = \\sum_i (y_i - \\hat{y}_i)^2 이다.\n"),
        Bad("계수 $\\lambda⟦$$⟧ 는 1이다.\n"),
        Bad("학습률 ⟦$⟧\\alpha 를 줄인다.\n"),
        Bad("| 이름 | 값 |\n|---|---|\n| 학습률 | ⟦$⟧\\alpha |\n"),
        Bad("평균이 $\\alpha$, \\mu_a > \\mu_0⟦$⟧ 일 때 $\\beta$ 는 크다.\n"),
        Bad("식은 ⟦$$⟧x_1 + y 이다.\n"),
        Good("PID는 $$ 이고 변수는 my_var, a_long_name 이다.\n"),
        Good("$\\alpha$ 는 크고 값은 5$ 이다.\n"),
        Good("손실 함수는 $$L = \\sum_i y_i$$ 이다.\n"),
        Good("학습률 $\\alpha$ 를 줄인다.\n"),
        Good("설치 비용은 $5이고 C:\\Users\\me 폴더에 둔다.\n"),
        Good("PID는 $$ 이고 명령은 `\\alpha` 다.\n"),
        Good("정규식은 $ 로 끝나고 \\bword 로 시작한다.\n"),
        Good("커피는 $5, 셸 변수는 $HOME 이다.\n"),
        Good("기본 폴더는 $HOME/go, 윈도우에서는 %USERPROFILE%\\go 이다.\n"),
        Good("$GOPATH/src 에 두고, 정규식은 \\bgo 로 시작한다.\n"),
        Good("프록시의 이름은 Service$$EnhancerBySpringCGLIB 이다.\n"),
        Good("`$$`는 셸의 프로세스 번호다.\n"),
        Good("$$\na = b\n\nc = d\n$$\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        for found in unclosed(post):
            text = _UNOPENED if found.closes else None
            yield self.finding(found.span, text=text, delimiter=found.delimiter)
