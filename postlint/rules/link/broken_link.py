from collections.abc import Iterator

from postlint.findings import Finding, Message, Severity, Text
from postlint.rule import Bad, Good, LinkRule
from postlint.rules.link._causes import CAUSES
from postlint.rules.link._mending import archived
from postlint.rules.link._strikes import dead_or_waiting
from postlint.site.page_facts import ReferenceKind
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import Evidence, Probe, Verdict

_IMAGE = Text(en="the image is not there ({status})", ko="이미지가 없습니다({status})")
_FILE = Text(en="the file is not there ({status})", ko="파일이 없습니다({status})")

_GONE = "https://blog.example.org/2019/spring"
_BROKEN = Evidence(Verdict.BROKEN, "status", status=404, final=_GONE)


class BrokenLink(LinkRule):
    """A link or an image whose server says that there is no such page.

    Asked only with `--links`. The server was asked as a browser asks (by GET), and answered with 404 or 410;
    one that refuses programs (403, 999, a page with a riddle) or is out of order is never "broken".

    ## Why
    The reader who follows the link meets an error page; instead of an image there is nothing.

    ## Fix safety
    Unsafe: the page as an archive has it, nearest to the day of the post; the author has to see whether it is
    what was meant. Asked for with `--unsafe` only.
    """

    code, name, severity = "LINK001", "broken-link", Severity.ERROR
    gives_way_to = CAUSES
    message = Text(en="the page is not there ({status})", ko="페이지가 없습니다({status})")
    doc_ko = """서버가 없는 페이지라고 답하는 링크나 이미지.

    `--links`를 줄 때만 확인합니다. 브라우저처럼 GET으로 요청해서 404나 410을 받은 주소입니다. 프로그램의
    접근을 막거나(403, 999, 사람인지 확인하는 페이지) 고장 난 서버의 주소는 "깨졌다"고 하지 않습니다.

    ## 이유
    링크를 따라간 독자는 오류 페이지를 보고, 이미지는 보이지 않습니다.

    ## 수정 안전성
    안전하지 않음: 글을 쓴 날과 가장 가까운 때에 보관된 웹 아카이브의 페이지로 바꿉니다. 뜻한 내용이 맞는지
    글쓴이가 확인해야 합니다. `--unsafe`를 줄 때만 찾습니다.
    """
    examples = (
        Bad(f"[봄](⟦{_GONE}⟧)\n", web=Answers.of(Probe(_GONE, _BROKEN))),
        Bad(f"![봄](⟦{_GONE}⟧)\n", web=Answers.of(Probe(_GONE, _BROKEN))),
        Bad(
            f"[봄](⟦{_GONE}⟧)\n",
            fixed=f"[봄](https://archive.example.org/web/20190401000000/{_GONE})\n",
            web=Answers.of(
                Probe(_GONE, _BROKEN), archived=f"https://archive.example.org/web/20190401000000/{_GONE}"
            ),
        ),
        Good(f"[봄]({_GONE})\n", web=Answers.of(Probe(_GONE, Evidence(Verdict.ALIVE, "status", status=200)))),
        Good(
            f"[봄]({_GONE})\n", web=Answers.of(Probe(_GONE, Evidence(Verdict.BLOCKED, "status", status=403)))
        ),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        if occurrence.probe.verdict is Verdict.BROKEN:
            texts = {ReferenceKind.IMAGE: _IMAGE, ReferenceKind.FILE: _FILE}
            text = texts.get(occurrence.reference.kind, self.message)
            message = Message(text, {"status": occurrence.probe.evidence.status})
            yield dead_or_waiting(self, occurrence, message, archived(occurrence))
