"""What a blogger is told of each error of MathJax, by MathJax's own name of it."""

from __future__ import annotations

from postlint.findings import Text

OPEN_BRACE = Text(en="this `{{` is never closed", ko="이 `{{`가 닫히지 않았습니다")
_NO_SCRIPT = Text(en="nothing stands behind this `^` or `_`", ko="이 `^`나 `_` 뒤에 아무것도 없습니다")
_NEEDS_BRACES = Text(
    en="what stands behind this `^` or `_` needs braces around it",
    ko="이 `^`나 `_` 뒤에 오는 것은 중괄호로 묶어야 합니다",
)
_SHOVE = Text(
    en="`{about}` only works at the start of a row of `multline`",
    ko="`{about}`은(는) `multline`의 줄 첫머리에서만 쓸 수 있습니다",
)
_RECURSION = Text(
    en="`{about}` is replaced over and over: it calls itself",
    ko="`{about}`이(가) 자기 자신을 불러 끝없이 바뀝니다",
)

MESSAGES = {
    "AmbiguousUseOf": Text(
        en="a second `{about}` in one group: which part is the numerator cannot be told",
        ko="한 묶음에 `{about}`이(가) 두 번 있어 무엇이 분자인지 알 수 없습니다",
    ),
    "BracketMustBeDimension": Text(
        en="the bracket behind `\\\\` is taken for a length, and is none: write `\\\\{{}}[`",
        ko="`\\\\` 바로 뒤의 대괄호는 길이로 읽히는데 길이가 아닙니다. `\\\\{{}}[`로 쓰세요",
    ),
    "CantUseHash1": Text(
        en="`#` has another meaning in TeX: write `\\#`", ko="TeX에서 `#`은 다른 뜻입니다. `\\#`으로 쓰세요"
    ),
    "CommandAtTheBeginingOfLine": _SHOVE,
    "CommandInMultlined": _SHOVE,
    "CommandNotAllowedInEnv": Text(
        en="`\\tag` is not allowed in this environment",
        ko="이 환경 안에서는 `\\tag`를 쓸 수 없습니다",
    ),
    "DoubleExponent": Text(
        en="a second superscript on the same base: braces must say which goes where",
        ko="같은 자리에 위 첨자가 두 번 붙었습니다. 중괄호로 나누어야 합니다",
    ),
    "DoubleExponentPrime": Text(
        en="a prime behind a superscript: braces must say which goes where",
        ko="위 첨자 뒤에 프라임(')이 또 붙었습니다. 중괄호로 나누어야 합니다",
    ),
    "DoubleSubscripts": Text(
        en="a second subscript on the same base: braces must say which goes where",
        ko="같은 자리에 아래 첨자가 두 번 붙었습니다. 중괄호로 나누어야 합니다",
    ),
    "EnvBadEnd": Text(
        en="`\\begin{{{begun}}}` is closed by `\\end{{{ended}}}`",
        ko="`\\begin{{{begun}}}` 환경을 `\\end{{{ended}}}`(으)로 닫았습니다",
    ),
    "EnvMissingEnd": Text(
        en="`\\begin{{{about}}}` has no `\\end{{{about}}}`",
        ko="`\\begin{{{about}}}` 환경에 `\\end{{{about}}}`가 없습니다",
    ),
    "ErroneousNestingEq": Text(
        en="an environment for whole equations stands inside another: use `aligned` or `gathered` within",
        ko="전체 수식용 환경이 겹쳐 있습니다. 안쪽에는 `aligned`나 `gathered`를 쓰세요",
    ),
    "ExtraAlignTab": Text(
        en="one `&` too many in this row of `cases`", ko="`cases`의 이 줄에 `&`가 하나 더 있습니다"
    ),
    "ExtraCloseMissingOpen": Text(en="this `}}` closes nothing", ko="이 `}}`가 닫을 `{{`가 없습니다"),
    "ExtraLeftMissingRight": Text(
        en="this `\\left` has no `\\right`", ko="이 `\\left`와 짝이 되는 `\\right`가 없습니다"
    ),
    "ExtraMiddle": Text(
        en="`\\middle` only works between `\\left` and `\\right`",
        ko="`\\middle`은 `\\left`와 `\\right` 사이에서만 쓸 수 있습니다",
    ),
    "ExtraOpenMissingClose": OPEN_BRACE,
    "MathNotTerminated": Text(
        en="the `$` in this text is never closed", ko="이 텍스트 안의 `$`가 닫히지 않았습니다"
    ),
    "MaxBufferSize": _RECURSION,
    "MaxMacroSub1": _RECURSION,
    "MaxMacroSub2": _RECURSION,
    "Misplaced": Text(
        en="`{about}` only works between the columns or rows of a table such as `aligned` or `matrix`",
        ko="`{about}`은(는) `aligned`나 `matrix` 같은 표의 칸과 줄 사이에서만 쓸 수 있습니다",
    ),
    "MisplacedLimits": Text(
        en="`{about}` only works right behind an operator such as `\\sum`",
        ko="`{about}`은(는) `\\sum` 같은 연산자 바로 뒤에서만 쓸 수 있습니다",
    ),
    "MissingArgFor": Text(
        en="`{about}` needs something behind it", ko="`{about}` 뒤에 와야 할 것이 없습니다"
    ),
    "MissingBeginExtraEnd": Text(
        en="`\\end{{{about}}}` has no `\\begin{{{about}}}`",
        ko="`\\end{{{about}}}`에 짝이 되는 `\\begin{{{about}}}`이 없습니다",
    ),
    "MissingCloseBrace": OPEN_BRACE,
    "MissingCloseBracket": Text(en="this `[` is never closed", ko="이 `[`가 닫히지 않았습니다"),
    "MissingDimOrUnits": Text(
        en="`{about}` needs a length with its unit, such as `1em`",
        ko="`{about}` 뒤에는 `1em`처럼 단위가 붙은 길이가 와야 합니다",
    ),
    "MissingLeftExtraRight": Text(
        en="this `\\right` has no `\\left`", ko="이 `\\right`와 짝이 되는 `\\left`가 없습니다"
    ),
    "MissingOpenForSub": _NEEDS_BRACES,
    "MissingOpenForSup": _NEEDS_BRACES,
    "MissingOrUnrecognizedDelim": Text(
        en="no bracket or other delimiter stands behind `{about}`",
        ko="`{about}` 뒤에 괄호 같은 구분 기호가 없습니다",
    ),
    "MissingScript": _NO_SCRIPT,
    "MultipleCommand": Text(
        en="a second `{about}` for one equation", ko="수식 하나에 `{about}`이(가) 두 번 있습니다"
    ),
    "MultipleLabel": Text(
        en="another formula of this page has the label `{about}` already",
        ko="이 페이지의 다른 수식이 이미 레이블 `{about}`을(를) 씁니다",
    ),
    "TokenNotFoundForCommand": Text(
        en="what `{about}` needs further on is not there", ko="`{about}`에 딸려야 할 것이 뒤에 없습니다"
    ),
    "UndefinedControlSequence": Text(
        en="MathJax knows no command `{about}`", ko="MathJax에 `{about}` 명령이 없습니다"
    ),
    "UnknownCharacter": Text(
        en="MathJax 3 breaks down at the character {codepoint}",
        ko="MathJax 3은 {codepoint} 문자를 처리하지 못합니다",
    ),
    "UnknownEnv": Text(en="MathJax knows no environment `{about}`", ko="MathJax에 `{about}` 환경이 없습니다"),
}

KATEX_TOO = frozenset(
    (
        "CantUseHash1",
        "DoubleExponent",
        "DoubleExponentPrime",
        "DoubleSubscripts",
        "EnvBadEnd",
        "EnvMissingEnd",
        "ExtraCloseMissingOpen",
        "ExtraLeftMissingRight",
        "ExtraMiddle",
        "ExtraOpenMissingClose",
        "Misplaced",
        "MissingArgFor",
        "MissingBeginExtraEnd",
        "MissingCloseBrace",
        "MissingLeftExtraRight",
        "MissingScript",
    )
)
"""The errors that KaTeX has as well."""
NEW_IN_3 = frozenset(("UnknownCharacter",))
"""Those that MathJax 2 does not have."""
