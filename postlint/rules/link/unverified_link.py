from collections.abc import Iterator

from postlint.findings import Finding, Message, Severity, Text
from postlint.rule import Bad, Good, LinkRule
from postlint.rules.link._causes import CAUSES
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import Evidence, Probe, Verdict
from postlint.web.words import in_words

_UNKNOWN = frozenset((Verdict.BLOCKED, Verdict.RATE_LIMITED, Verdict.REFUSED))
_INVALID = Text(
    en="no browser takes this for an address: {why}",
    ko="브라우저가 주소로 받아들이지 않아 확인하지 않았습니다. {why}",
)
_UNASKED = Text(en="not asked: {why}", ko="확인하지 않았습니다. {why}")

_PAGE = "https://haneul.example.org/2019/spring"
_ROUTER = "http://192.168.10.7/wiki"


class UnverifiedLink(LinkRule):
    """A link or an image of which postlint could not find out whether it works.

    Asked only with `--links`. The server does not let programs in (403, 999, a riddle for humans, a login),
    was asked too often (429), or is one that postlint does not ask: in a private network, behind a port that
    no browser opens, or what is not an address at all. None of them is known to be broken. What the
    configuration excludes is not told; of what could not be asked since this machine is not on line, one
    line tells.

    ## Why
    Only somebody who opens the link can tell whether readers get to see the page. What was not looked at must
    not pass for what is well.

    ## Fix safety
    No fix: nothing is known to be wrong. `accept` in the configuration's `links` says which statuses of which
    addresses mean that all is well, `exclude` which addresses are not asked; `--allow-private` lets postlint
    ask in private networks.
    """

    code, name, severity = "LINK009", "unverified-link", Severity.INFO
    gives_way_to = (*CAUSES, "URL022")
    message = Text(
        en="not known whether readers can open this: {why}",
        ko="열리는지 확인하지 못했습니다. {why}",
    )
    doc_ko = """열리는지 확인하지 못한 링크나 이미지.

    `--links`를 줄 때만 알립니다. 서버가 프로그램의 접근을 막거나(403, 999, 사람인지 확인하는 페이지,
    로그인), 요청이 너무 잦다고 하거나(429), postlint가 묻지 않는 곳입니다. 내부망, 브라우저가 열지 않는
    포트, 주소라고 할 수 없는 것이 그렇습니다. 깨졌다는 뜻은 아닙니다. 설정에서 제외한 주소는 알리지 않고, 이
    컴퓨터가 인터넷에 연결되지 않아 확인하지 못한 주소는 한 줄로만 알립니다.

    ## 이유
    독자가 볼 수 있는지는 링크를 직접 열어 본 사람만 압니다. 확인하지 않은 것을 이상이 없다고 여기면 안
    됩니다.

    ## 수정 안전성
    고치지 않음: 잘못되었는지 알 수 없습니다. 정상으로 볼 상태는 설정의 `links`에서 `accept`로, 묻지 않을
    주소는 `exclude`로 정합니다. 내부망의 주소도 확인하려면 `--allow-private`를 줍니다.
    """
    examples = (
        Bad(
            f"[봄](⟦{_PAGE}⟧)\n",
            web=Answers.of(Probe(_PAGE, Evidence(Verdict.BLOCKED, "status", status=403))),
        ),
        Bad(
            f"[봄](⟦{_PAGE}⟧)\n",
            web=Answers.of(Probe(_PAGE, Evidence(Verdict.BLOCKED, "challenge", "Cloudflare", status=200))),
        ),
        Bad(
            f"[봄](⟦{_PAGE}⟧)\n",
            web=Answers.of(Probe(_PAGE, Evidence(Verdict.RATE_LIMITED, "status", status=429))),
        ),
        Bad(f"[위키](⟦{_ROUTER}⟧)\n", web=Answers.of(Probe(_ROUTER, Evidence(Verdict.REFUSED, "private")))),
        Good(f"[봄]({_PAGE})\n", web=Answers.of(Probe(_PAGE, Evidence(Verdict.REFUSED, "excluded")))),
        Good(f"[봄]({_PAGE})\n", web=Answers.of(Probe(_PAGE, Evidence(Verdict.UNASKED, "offline")))),
        Good(
            f"[봄]({_PAGE})\n", web=Answers.of(Probe(_PAGE, Evidence(Verdict.ALIVE, "accepted", status=403)))
        ),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        evidence = occurrence.probe.evidence
        if evidence.verdict is Verdict.INVALID:
            text = _INVALID
        elif evidence.verdict in _UNKNOWN and evidence.reason != "excluded":
            text = _UNASKED if evidence.verdict is Verdict.REFUSED else self.message
        else:
            return
        yield self.finding(occurrence.reference.span)._replace(
            message=Message(text, {"why": in_words(evidence)})
        )
