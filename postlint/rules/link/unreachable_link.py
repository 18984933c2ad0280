from collections.abc import Iterator

from postlint.findings import Finding, Message, Severity, Text
from postlint.rule import Bad, Good, LinkRule
from postlint.rules.link._causes import CAUSES
from postlint.rules.link._mending import archived
from postlint.rules.link._strikes import waiting
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import DAYS_APART, STRIKES, Evidence, Probe, Verdict
from postlint.web.words import in_words

_PAGE = "https://haneul.example.org/2019/spring"
_ARCHIVED = f"https://archive.example.org/web/20190401000000/{_PAGE}"
_FOR_DAYS = Text(
    en="could not be opened for {days} days or longer: {why}", ko="{days}일 이상 열리지 않습니다. {why}"
)


def _answers(
    reason: str,
    status: int | None = None,
    *,
    last_alive: float | None = None,
    strikes: int = 1,
    archived: str | None = None,
) -> Answers:
    evidence = Evidence(Verdict.UNREACHABLE, reason, status=status, final=_PAGE)
    return Answers.of(Probe(_PAGE, evidence, last_alive=last_alive, strikes=strikes), archived=archived)


class UnreachableLink(LinkRule):
    """A link or an image that cannot be opened now, which may be over tomorrow.

    Asked only with `--links`, and twice, with a pause between. The server gave no answer in time, refused
    the connection, broke it off, or says that it is out of order (a status from 500 on). After three
    failures, each at least three days after the last, this is a warning.

    ## Why
    A reader who comes now sees an error. Many such servers come back by themselves; one that does not for
    a week, hardly ever does.

    ## Fix safety
    Unsafe: after the third failure, the page as an archive has it, nearest to the day of the post. Asked for
    with `--unsafe` only.
    """

    code, name, severity = "LINK006", "unreachable-link", Severity.INFO
    gives_way_to = CAUSES
    message = Text(en="cannot be opened now: {why}", ko="지금은 열리지 않습니다. {why}")
    doc_ko = """지금은 열리지 않지만 내일은 열릴지도 모르는 링크나 이미지.

    `--links`를 줄 때만, 잠시 사이를 두고 두 번 확인합니다. 서버가 제시간에 응답하지 않거나, 연결을 거부하거나
    끊거나, 고장이라고 답한(500번대 상태) 주소입니다. 사흘 이상 사이를 두고 세 번 실패하면 경고가 됩니다.

    ## 이유
    지금 온 독자는 오류를 봅니다. 저절로 돌아오는 서버가 많지만, 일주일이 지나도 열리지 않으면 돌아오는 일이
    드뭅니다.

    ## 수정 안전성
    안전하지 않음: 세 번 실패한 뒤에는, 글을 쓴 날과 가장 가까운 때에 보관된 웹 아카이브의 페이지로 바꿉니다.
    `--unsafe`를 줄 때만 찾습니다.
    """
    examples = (
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=_answers("timeout")),
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=_answers("status", 503)),
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=_answers("refused", last_alive=1.0, strikes=2)),
        Bad(
            f"[봄](⟦{_PAGE}⟧)\n",
            fixed=f"[봄]({_ARCHIVED})\n",
            web=_answers("refused", last_alive=1.0, strikes=3, archived=_ARCHIVED),
        ),
        Good(f"[봄]({_PAGE})\n", web=Answers.of(Probe(_PAGE, Evidence(Verdict.ALIVE, "status", status=200)))),
        Good(
            f"[봄]({_PAGE})\n",
            web=Answers.of(Probe(_PAGE, Evidence(Verdict.RATE_LIMITED, "status", status=429))),
        ),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        probe, span = occurrence.probe, occurrence.reference.span
        if probe.verdict is not Verdict.UNREACHABLE:
            return
        why = in_words(probe.evidence)
        if probe.strikes >= STRIKES:
            # Between the first failure and the last there are that many pauses.
            message = Message(_FOR_DAYS, {"why": why, "days": (probe.strikes - 1) * DAYS_APART})
            finding = self.finding(span, severity=Severity.WARNING, fix=archived(occurrence))
        else:
            message = Message(self.message, {"why": why})
            finding = self.finding(span)
            if probe.last_alive is not None:
                message = waiting(occurrence, message)
        yield finding._replace(message=message)
