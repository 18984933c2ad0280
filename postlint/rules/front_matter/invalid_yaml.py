import re
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text, applied
from postlint.patterns import lazy
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.post.yaml_tree import Problem, YamlError
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.front_matter._quoting import double_quoted

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

_ELSEWHERE = Text(
    en="the front matter cannot be read, so that no page comes of the post: {reason}",
    ko="프론트 매터를 읽을 수 없어 글이 페이지가 되지 못합니다: {reason}",
)

# What stands before a value on its line.
_BEFORE = lazy(r"(?P<indent> *)(?:- +)*(?:(?P<quote>[\"']?)(?P<key>[^\s\"':#][^\"':#]*)(?P=quote) *:[ \t]+)?")
# The keys that Jekyll, its plugins and themes take for several values.
_SEVERAL = frozenset(("tag", "tags", "category", "categories", "keyword", "keywords", "aliases", "alias"))
# Keys whose value nobody means for a list: `title: [Notice] Spring`.
_ONE_TEXT = frozenset(("title", "subtitle", "description", "excerpt", "summary"))
# Two lines that became one: `layout: post title: Rust`.
_NEXT_KEY = lazy(r"\s(?:author|categor(?:y|ies)|date|description|layout|permalink|tags?|title) *:\s")
_COMMENT = lazy(r"\s#")
_APOSTROPHES = lazy(r"'([^\W_](?:[^']|(?<=[^\W_])'(?=[^\W_]))*)'")
_RESERVED_FOR_NOTHING = ("@", "`", "%")
_QUOTES_AND_BRACKETS = ("'", '"', "[", "{")
_QUOTABLE = frozenset(
    (
        Problem.UNQUOTED_COLON,
        Problem.RESERVED_CHARACTER,
        Problem.UNKNOWN_ALIAS,
        Problem.TEXT_AFTER_QUOTE,
        Problem.TEXT_AFTER_BRACKET,
    )
)


class InvalidYaml(Rule):
    """Front matter that Jekyll cannot read.

    ## Why
    Jekyll goes on without it: the post appears without its title, its layout, its tags, and its
    `permalink` is not heeded. Nothing but a line in the build log says so.

    ## Fix safety
    Repair, for what can be meant in one way only: a value with a colon in it (`title: Rust: a tour`)
    or with `@`, a backtick or `%` at its beginning is put in quotes, which is how YAML writes the
    very text that stands there; so is a title or a description that begins with something in brackets
    (`title: [Notice] Spring`), which nobody means for a list; and a value in single quotes with
    apostrophes between its letters (`title: 'It's'`) is put in double ones.

    Unsafe: any other value is put in quotes that begins with a reserved character (`*`, `&`, `|`…),
    a quote or a bracket, or that holds a second key (`layout: post title: Rust`), since it may have
    been meant for more than text.

    No fix: a quote or bracket that is never closed; a value that holds ` #`, which begins a comment;
    what stands behind a key of several values (`tags`, `categories`, `keywords`…); a comma in a value
    that begins with a quote or a bracket; and where YAML still could not read the value, such as one
    that goes on in the next line.
    """

    code, name, severity = "FM003", "invalid-yaml", Severity.ERROR
    message = Text(
        en="Jekyll cannot read the front matter and ignores all of it: {reason}",
        ko="Jekyll이 프론트 매터를 읽지 못해 통째로 무시합니다: {reason}",
    )
    doc_ko = """Jekyll이 읽지 못하는 프론트 매터.

    ## 이유
    Jekyll은 프론트 매터 없이 글을 게시합니다. 제목, 레이아웃, 태그가 사라지고 `permalink`도
    적용되지 않습니다. 빌드 로그의 한 줄 말고는 아무것도 알려 주지 않습니다.

    ## 수정 안전성
    복구: 뜻이 하나뿐일 때만 고칩니다. 콜론이 든 값(`title: Rust: 소유권`)과 `@`, 백틱, `%`로 시작하는 값은
    따옴표로 감쌉니다. 적힌 글자 그대로를 뜻하는 YAML 표기입니다. 대괄호로 시작하는 제목이나
    설명(`title: [공지] 봄`)도 목록일 리 없으므로 감쌉니다. 글자 사이에 아포스트로피가 있는 작은따옴표
    값(`title: 'It's'`)은 큰따옴표로 바꿉니다.

    안전하지 않음: 그 밖의 예약 문자(`*`, `&`, `|` 등)나 따옴표, 괄호로 시작하는 값, 다른 키가 든
    값(`layout: post title: Rust`)을 따옴표로 감쌉니다. 글자 그대로를 뜻하지 않았을 수 있습니다.

    고치지 않음: 닫히지 않은 따옴표와 괄호, 주석을 시작하는 ` #`이 든 값, 값이 여럿인 키(`tags`,
    `categories`, `keywords` 등)의 값, 따옴표나 괄호로 시작하며 쉼표가 든 값, 그리고 다음 줄로 이어지는
    값처럼 감싸도 YAML로 읽을 수 없는 값입니다.
    """
    examples = (
        Bad(
            "---\ntitle: Rust⟦:⟧ 소유권 정리\n---\n본문\n",
            fixed='---\ntitle: "Rust: 소유권 정리"\n---\n본문\n',
        ),
        Bad(
            "---\ntitle: [공지] ⟦봄 소풍⟧\n---\n본문\n",
            fixed='---\ntitle: "[공지] 봄 소풍"\n---\n본문\n',
        ),
        Bad(
            "---\ntitle: 'It'⟦s'⟧\n---\n본문\n",
            fixed='---\ntitle: "It\'s"\n---\n본문\n',
        ),
        Bad('---\ncategories: "회고"⟦, "일상"⟧\n---\n본문\n'),
        Bad("---\ntitle: 봄⟦:⟧ 소풍 # 초안\n---\n본문\n"),
        Good('---\ntitle: "Rust: 소유권 정리"\n---\n본문\n'),
        Good("---\ntitle: 12:30에 만나요\n---\n본문\n"),
        Good("---\n---\n본문\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        error = front_matter.error
        if error is None:
            return
        reason = _TEXTS[error.problem]
        message = self.message if post.home.conventions.needs_opening_line else _ELSEWHERE
        text = Text(
            en=message.en.replace("{reason}", reason.en), ko=message.ko.replace("{reason}", reason.ko)
        )
        yield self.finding(
            error.span, text=text, fix=_quoted(post.source.text, front_matter, error), detail=error.detail
        )


def _quoted(text: str, front_matter: FrontMatter, error: YamlError) -> Fix | None:
    """Quotes around the value at fault, where they make YAML of it."""
    span = error.value_span
    if span is None or error.problem not in _QUOTABLE:
        return None
    before = _BEFORE.fullmatch(text, text.rfind("\n", 0, span.start) + 1, span.start)
    if before is None or not before[0].strip():
        return None
    value, key = text[span.start : span.end], (before["key"] or "").strip().lower()
    if (
        key in _SEVERAL
        or _COMMENT.search(value)
        or value.endswith(",")
        or ("," in value and value.startswith(_QUOTES_AND_BRACKETS))
    ):
        return None
    safety, meant = _meaning(error.problem, key, value)
    edit = Edit(span, double_quoted(meant))
    if not _is_readable(text[: front_matter.content_span.end], edit, len(before["indent"])):
        return None
    return fix(safety, _QUOTE, edit)


def _meaning(problem: Problem, key: str, value: str) -> tuple[Safety, str]:
    """The text that `value` was meant for, and how certain that is."""
    if problem is Problem.TEXT_AFTER_QUOTE:
        apostrophes = _APOSTROPHES.fullmatch(value)
        return (Safety.REPAIR, apostrophes[1]) if apostrophes else (Safety.UNSAFE, value)
    if problem is Problem.UNQUOTED_COLON:
        certain = not value.startswith(_QUOTES_AND_BRACKETS) and not _NEXT_KEY.search(value)
    elif problem is Problem.TEXT_AFTER_BRACKET:
        certain = key in _ONE_TEXT and value.startswith("[") and not _NEXT_KEY.search(value)
    else:
        certain = problem is Problem.RESERVED_CHARACTER and value.startswith(_RESERVED_FOR_NOTHING)
    return Safety.REPAIR if certain else Safety.UNSAFE, value


def _is_readable(text: str, edit: Edit, indent: int) -> bool:
    """Whether YAML can read `text` up to the end of what was edited, lines that go on with it included.

    What follows may have faults of its own.
    """
    # PyYAML takes long to import, and few files have anything to mend.
    from postlint.post.yaml_reader import read

    following = re.compile(rf"^ {{0,{indent}}}[^\s#]", re.MULTILINE).search(text, edit.span.end)
    end = following.start() if following else len(text)
    return read(applied(text, [edit], Span(0, end))).error is None
