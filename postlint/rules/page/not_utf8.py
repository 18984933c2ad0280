from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.post.unreadable import Cause, Unreadable
from postlint.rule import Rule

_LIKELY = Text(
    en="the file is not UTF-8 (byte offset {offset}); it reads as {encoding}: save it as UTF-8",
    ko="UTF-8 파일이 아닙니다(바이트 위치 {offset}). {encoding}(으)로 읽힙니다. UTF-8로 다시 저장하세요",
)


class NotUtf8(Rule):
    """A file in another encoding than UTF-8, as old Korean editors save it.

    ## Why
    Jekyll stops the build at such a file, or the page shows signs that mean nothing.

    ## Fix safety
    No fix: which encoding it is can only be guessed. Save it as UTF-8 in an editor.
    """

    code, name, severity = "PAGE011", "not-utf8", Severity.ERROR
    message = Text(
        en="the file is not UTF-8 (byte offset {offset})", ko="UTF-8 파일이 아닙니다(바이트 위치 {offset})"
    )
    doc_ko = """옛 한국어 편집기가 저장한 것처럼 UTF-8이 아닌 인코딩의 파일.

    ## 이유
    Jekyll이 이런 파일에서 빌드를 멈추거나, 페이지에 뜻 모를 글자가 나타납니다.

    ## 수정 안전성
    고치지 않음: 어떤 인코딩인지는 짐작할 수밖에 없습니다. 편집기에서 UTF-8로 저장하세요.
    """
    examples = ()

    def check(self, unreadable: Unreadable) -> Iterator[Finding]:
        if unreadable.cause is Cause.NOT_UTF8:
            yield self.finding(
                Span(0, 0),
                text=_LIKELY if unreadable.encoding else None,
                offset=unreadable.offset,
                encoding=unreadable.encoding,
            )
