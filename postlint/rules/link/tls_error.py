from collections.abc import Iterator

from postlint.findings import Finding, Message, Severity, Text
from postlint.rule import Bad, Good, LinkRule
from postlint.rules.link._causes import CAUSES
from postlint.rules.link._strikes import dead_or_waiting
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import Evidence, Probe, Verdict
from postlint.web.words import in_words

_PAGE = "https://haneul.example.org/2019/spring"
_INCOMPLETE = Text(
    en="some browsers warn instead of showing the page: {why}",
    ko="페이지 대신 보안 경고를 보여 주는 브라우저가 있습니다. {why}",
)


def _answers(reason: str) -> Answers:
    return Answers.of(Probe(_PAGE, Evidence(Verdict.TLS, reason, final=_PAGE)))


class TlsError(LinkRule):
    """A link or an image whose server cannot show who it is.

    Asked only with `--links`. The finding says why: the certificate has expired, is another host's, is
    signed by the server itself or by nobody who is trusted; or no secure connection can be made at all. A
    server that leaves out an intermediate certificate is told apart, for some browsers find that by
    themselves.

    ## Why
    The browser shows the reader a warning of an attack instead of the page, and an image not at all.

    ## Fix safety
    No fix: only who runs the server can mend it.
    """

    code, name, severity = "LINK005", "tls-error", Severity.WARNING
    gives_way_to = CAUSES
    message = Text(
        en="browsers warn instead of showing the page: {why}",
        ko="브라우저가 페이지 대신 보안 경고를 보여 줍니다. {why}",
    )
    doc_ko = """서버가 자신이 누구인지 증명하지 못하는 링크나 이미지.

    `--links`를 줄 때만 확인합니다. 이유도 알립니다. 인증서가 만료되었거나, 다른 도메인의 것이거나, 서버가
    스스로 서명했거나 믿을 만한 기관이 서명하지 않았거나, 보안 연결을 아예 맺을 수 없는 경우입니다. 중간
    인증서를 보내지 않는 서버는 스스로 찾아내는 브라우저도 있으므로 따로 알립니다.

    ## 이유
    독자는 페이지 대신 공격을 조심하라는 경고를 봅니다. 이미지는 보이지 않습니다.

    ## 수정 안전성
    고치지 않음: 서버를 운영하는 사람만 고칠 수 있습니다.
    """
    examples = (
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=_answers("expired")),
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=_answers("wrong-host")),
        Bad(f"![봄](⟦{_PAGE}⟧)\n", web=_answers("incomplete-chain")),
        Good(f"[봄]({_PAGE})\n", web=Answers.of(Probe(_PAGE, Evidence(Verdict.UNREACHABLE, "reset")))),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        evidence = occurrence.probe.evidence
        if evidence.verdict is Verdict.TLS:
            text = _INCOMPLETE if evidence.reason == "incomplete-chain" else self.message
            yield dead_or_waiting(self, occurrence, Message(text, {"why": in_words(evidence)}))
