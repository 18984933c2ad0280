from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.post.yaml_tree import Problem
from postlint.rule import Bad, Good, Rule, fix

_QUOTE = Text(en="quote the value", ko="값을 따옴표로 감싸기")

_TEXTS = {
    Problem.UNQUOTED_COLON: Text(
        en="a colon with a space behind it ends a key: quote the value that contains one",
        ko="콜론 뒤에 공백이 오면 키로 읽힙니다. 콜론이 든 값은 따옴표로 감싸세요",
    ),
    Problem.RESERVED_CHARACTER: Text(
        en="YAML keeps this character for itself at the beginning of a value: quote the value",
        ko="YAML에서 특별한 뜻을 가진 문자로 값이 시작합니다. 값을 따옴표로 감싸세요",
    ),
    Problem.TEXT_AFTER_QUOTE: Text(
        en="text goes on behind the closing quote: quote the whole value",
        ko="닫는 따옴표 뒤에 글자가 이어집니다. 값 전체를 따옴표로 감싸세요",
    ),
    Problem.TEXT_AFTER_BRACKET: Text(
        en="text goes on behind the closing bracket: quote the whole value",
        ko="닫는 괄호 뒤에 글자가 이어집니다. 값 전체를 따옴표로 감싸세요",
    ),
    Problem.UNCLOSED_QUOTE: Text(en="this quote is never closed", ko="따옴표가 닫히지 않았습니다"),
    Problem.UNCLOSED_BRACKET: Text(en="this bracket is never closed", ko="괄호가 닫히지 않았습니다"),
    Problem.INSIDE_BRACKETS: Text(
        en="between the brackets there is a comma or a colon too many or too few",
        ko="괄호 안의 쉼표나 콜론이 많거나 모자랍니다",
    ),
    Problem.ESCAPE: Text(
        en="in double quotes this backslash makes no sense: use single quotes, or write it twice",
        ko="큰따옴표 안에서 쓸 수 없는 역슬래시입니다. 작은따옴표를 쓰거나 두 번 쓰세요",
    ),
    Problem.MISSING_COLON: Text(
        en="this line is no `key: value`; a space must follow the colon",
        ko="`키: 값` 형식이 아닌 줄입니다. 콜론 뒤에는 공백이 있어야 합니다",
    ),
    Problem.INDENTATION: Text(
        en="this line is indented unlike the lines it belongs with",
        ko="들여쓰기가 같은 묶음의 다른 줄과 다릅니다",
    ),
    Problem.TAB: Text(
        en="YAML allows no tab here: use spaces", ko="탭 문자를 쓸 수 없는 자리입니다. 공백을 쓰세요"
    ),
    Problem.CONTROL_CHARACTER: Text(
        en="YAML allows no control character", ko="YAML에서 쓸 수 없는 제어 문자입니다"
    ),
    Problem.UNKNOWN_ALIAS: Text(
        en="`*` begins an alias, and nothing has that name: quote the value",
        ko="`*`는 별칭을 뜻하는데 그런 이름이 없습니다. 값을 따옴표로 감싸세요",
    ),
    Problem.NOT_A_MAPPING: Text(
        en="the front matter must be lines of `key: value`", ko="프론트 매터는 `키: 값` 줄로 되어야 합니다"
    ),
    Problem.TOO_COMPLEX: Text(
        en="the front matter is nested, or refers to itself, beyond measure",
        ko="프론트 매터가 지나치게 깊거나 스스로를 참조합니다",
    ),
    Problem.OTHER: Text(en="YAML cannot read this: {detail}", ko="YAML로 읽을 수 없습니다: {detail}"),
}


class InvalidYaml(Rule):
    """Front matter that Jekyll cannot read.

    ## Why
    Jekyll goes on without it: the post appears without its title, its layout, its tags, and its
    `permalink` is not heeded. Nothing but a line in the build log says so.

    ## Fix safety
    Repair: where one value alone is at fault, it is put in quotes, which is how YAML writes the
    very text that stands there.
    """

    code, name, severity = "FM003", "invalid-yaml", Severity.ERROR
    message = Text(
        en="Jekyll cannot read the front matter and ignores all of it: {reason}",
        ko="Jekyll이 프론트 매터를 읽지 못해 통째로 무시합니다: {reason}",
    )
    doc_ko = """Jekyll이 읽지 못하는 프론트 매터.

    ## 이유
    Jekyll은 프론트 매터 없이 글을 내보냅니다. 제목, 레이아웃, 태그가 사라지고 `permalink`도
    적용되지 않습니다. 빌드 로그의 한 줄 말고는 아무것도 알려 주지 않습니다.

    ## 수정 안전성
    복구: 값 하나만 문제일 때 그 값을 따옴표로 감쌉니다. 적힌 글자 그대로를 뜻하는 YAML 표기입니다.
    """
    examples = (
        Bad(
            "---\ntitle: Rust⟦:⟧ 소유권 정리\n---\n본문\n",
            fixed='---\ntitle: "Rust: 소유권 정리"\n---\n본문\n',
        ),
        Good('---\ntitle: "Rust: 소유권 정리"\n---\n본문\n'),
        Good("---\ntitle: 12:30에 만나요\n---\n본문\n"),
        Good("---\n---\n본문\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        error = front_matter.error
        if error is None:
            return
        quoted = None
        if error.value_span is not None:
            value = post.source[error.value_span]
            replacement = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
            quoted = fix(Safety.REPAIR, _QUOTE, Edit(error.value_span, replacement))
        reason = _TEXTS[error.problem]
        text = Text(
            en=self.message.en.replace("{reason}", reason.en),
            ko=self.message.ko.replace("{reason}", reason.ko),
        )
        yield self.finding(error.span, text=text, fix=quoted, detail=error.detail)
