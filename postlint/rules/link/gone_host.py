from collections.abc import Iterator

from postlint.findings import Finding, Message, Severity, Text
from postlint.rule import Bad, Good, LinkRule
from postlint.rules.link._causes import CAUSES
from postlint.rules.link._mending import archived
from postlint.rules.link._strikes import dead_or_waiting
from postlint.urls import split_url
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import Evidence, Hop, Probe, Verdict

_LED_ON = Text(
    en="it leads on to `{host}`, and there is no such host",
    ko="`{host}`(으)로 넘어가는데, 그런 도메인이 없습니다",
)
_IN_AN_ARCHIVE = Text(
    en="; look for the page at web.archive.org", ko=". web.archive.org에서 페이지를 찾아 보세요"
)
_OR_MISSPELT = Text(
    en="; if it is not misspelt, look for the page at web.archive.org",
    ko=". 잘못 적은 것이 아니라면 web.archive.org에서 페이지를 찾아 보세요",
)

_PAGE = "https://haneul.example.org/2019/spring"
_GONE = Evidence(Verdict.GONE, "no-such-host", final=_PAGE)
_ARCHIVED = f"https://archive.example.org/web/20190401000000/{_PAGE}"
_MOVED = Evidence(
    Verdict.GONE, "no-such-host", final="https://new.example.net/spring", chain=(Hop(_PAGE, 301),)
)


class GoneHost(LinkRule):
    """A link or an image whose host does not exist.

    Asked only with `--links`. Its name has no address in the domain name system, although others have one:
    the domain was given up, or is misspelt. The host may also be one that the address leads on to.

    ## Why
    The browser finds no server; the reader sees an error, and an image is not there. Whoever registers the
    name next may put anything there.

    ## Fix safety
    Unsafe: the page as an archive has it, nearest to the day of the post; the author has to see whether it is
    what was meant. Asked for with `--unsafe` only.
    """

    code, name, severity = "LINK002", "gone-host", Severity.ERROR
    gives_way_to = CAUSES
    message = Text(en="there is no host `{host}`", ko="`{host}`은(는) 없는 도메인입니다")
    doc_ko = """호스트가 없는 링크나 이미지.

    `--links`를 줄 때만 확인합니다. 다른 도메인은 찾을 수 있는데 이 도메인에는 IP 주소가 없습니다. 도메인이
    만료되었거나 잘못 적은 것입니다. 주소가 다른 호스트로 넘어가는데 그 호스트가 없을 때도 알립니다.

    ## 이유
    브라우저가 서버를 찾지 못해 독자는 오류를 보고, 이미지는 보이지 않습니다. 누군가 그 도메인을 다시 사면
    엉뚱한 내용이 나올 수도 있습니다.

    ## 수정 안전성
    안전하지 않음: 글을 쓴 날과 가장 가까운 때에 보관된 웹 아카이브의 페이지로 바꿉니다. 뜻한 내용이 맞는지
    글쓴이가 확인해야 합니다. `--unsafe`를 줄 때만 찾습니다.
    """
    examples = (
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=Answers.of(Probe(_PAGE, _GONE))),
        Bad(
            f"![봄](⟦{_PAGE}⟧)\n",
            fixed=f"![봄]({_ARCHIVED})\n",
            web=Answers.of(Probe(_PAGE, _GONE), archived=_ARCHIVED),
        ),
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=Answers.of(Probe(_PAGE, _MOVED))),
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=Answers.of(Probe(_PAGE, _GONE, last_alive=1.0, strikes=1))),
        Good(f"[봄]({_PAGE})\n", web=Answers.of(Probe(_PAGE, Evidence(Verdict.UNREACHABLE, "lookup")))),
        Good(f"[봄]({_PAGE})\n", web=Answers.of(Probe(_PAGE, Evidence(Verdict.UNASKED, "offline")))),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        probe = occurrence.probe
        if probe.verdict is not Verdict.GONE:
            return
        # A name as its author wrote it is easier to recognise than as it is asked for (`xn--…`).
        host, text = split_url(probe.address).host, self.message
        if probe.evidence.chain and probe.evidence.final is not None:
            host, text = split_url(probe.evidence.final).host, _LED_ON
        mending = archived(occurrence)
        if mending is None and probe.is_dead:
            hint = _OR_MISSPELT if probe.last_alive is None and text is self.message else _IN_AN_ARCHIVE
            text = Text(en=text.en + hint.en, ko=text.ko + hint.ko)
        yield dead_or_waiting(self, occurrence, Message(text, {"host": host}), mending)
