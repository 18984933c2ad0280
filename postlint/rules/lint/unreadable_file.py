from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.post.unreadable import Cause, Unreadable
from postlint.rule import Rule

_REASONS = {
    Cause.MISSING: Text(en="there is no such file", ko="그런 파일이 없습니다"),
    Cause.FORBIDDEN: Text(en="you may not read it", ko="읽을 권한이 없습니다"),
    Cause.NO_FILE: Text(
        en="it is no file, but a pipe, a socket or a device",
        ko="파일이 아니라 파이프나 소켓이나 장치입니다",
    ),
    Cause.BINARY: Text(
        en="it is no text: there is a zero byte at offset {offset}",
        ko="텍스트 파일이 아닙니다(바이트 위치 {offset}의 값이 0)",
    ),
    Cause.TOO_LARGE: Text(
        en="it is larger than {detail}, the most that postlint reads",
        ko="{detail}까지 읽을 수 있는데 그보다 큽니다",
    ),
    Cause.TOO_LONG: Text(
        en="it has more lines than {detail}, the most that postlint reads",
        ko="{detail}줄까지 읽을 수 있는데 그보다 깁니다",
    ),
    Cause.SYSTEM: Text(en="{detail}", ko="{detail}"),
}


class UnreadableFile(Rule):
    """A file that postlint was asked to check and cannot read.

    ## Why
    What cannot be read was not checked; to pass over it in silence would be to vouch for it.

    ## Fix safety
    No fix.
    """

    code, name, severity = "LINT003", "unreadable-file", Severity.ERROR
    message = Text(en="the file cannot be checked: {reason}", ko="파일을 검사할 수 없습니다: {reason}")
    doc_ko = """검사하라고 했지만 읽을 수 없는 파일.

    ## 이유
    읽지 못한 파일은 검사하지 못한 파일입니다. 말없이 넘어가면 이상이 없다고 하는 것과 같습니다.

    ## 수정 안전성
    고치지 않음: 파일부터 읽을 수 있어야 합니다.
    """
    examples = ()

    def check(self, unreadable: Unreadable) -> Iterator[Finding]:
        reason = _REASONS.get(unreadable.cause)
        if reason is None:
            return
        text = Text(
            en=self.message.en.replace("{reason}", reason.en),
            ko=self.message.ko.replace("{reason}", reason.ko),
        )
        yield self.finding(Span(0, 0), text=text, offset=unreadable.offset, detail=unreadable.detail)
