from collections.abc import Iterator

from postlint.findings import Finding, Message, Severity, Text
from postlint.rule import Bad, Good, LinkRule
from postlint.rules.link._causes import CAUSES
from postlint.rules.link._mending import archived
from postlint.rules.link._strikes import dead_or_waiting
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import Evidence, Hop, Probe, Verdict
from postlint.web.words import in_words

_PAGE = "https://haneul.example.org/2019/spring"
_ARCHIVED = f"https://archive.example.org/web/20190401000000/{_PAGE}"


def _answers(reason: str, *hops: Hop, archived: str | None = None) -> Answers:
    final = "https://haneul.example.org/" if hops else _PAGE
    return Answers.of(
        Probe(_PAGE, Evidence(Verdict.SOFT_404, reason, status=200, final=final, chain=hops)),
        archived=archived,
    )


class Soft404(LinkRule):
    """A link to a page that is not there, though its server answers as if it were.

    Asked only with `--links`. One of three signs tells: the platform shows what it shows for deleted posts
    only; a page's address leads to the front page (that of a list of posts, such as `/blog/`, may have moved
    there); an address in the same folder that cannot exist is answered alike. Words such as "not found" alone
    tell nothing, for an article may be about them. `soft-404: false` in the configuration's `links` leaves
    the third sign out. A domain that shows nothing but that it is for sale counts too; a site that shows for
    every address that it is closed for a while, or lets nobody in, does not.

    ## Why
    The reader looks for what the post spoke of, on a page that has nothing of it. Nothing else tells the
    author, for the server answers that all is well.

    ## Fix safety
    Unsafe: the page as an archive has it, nearest to the day of the post; the author has to see whether it is
    what was meant. Asked for with `--unsafe` only.
    """

    code, name, severity = "LINK004", "soft-404", Severity.WARNING
    gives_way_to = CAUSES
    message = Text(
        en="the server answers, but the page is not there: {why}",
        ko="서버는 응답하지만 찾는 페이지가 없습니다. {why}",
    )
    doc_ko = """서버는 정상이라고 답하지만 실제로는 없는 페이지로 가는 링크.

    `--links`를 줄 때만 확인합니다. 세 가지 가운데 하나로 알아냅니다. 지워진 글에만 나오는 서비스의 안내가
    보이거나, 글의 주소인데 첫 화면으로 넘어가거나(`/blog/` 같은 글 목록은 첫 화면으로 옮겨 갔을 수 있어
    제외합니다), 같은 폴더에 있을 리 없는 주소에도 똑같이 응답합니다.
    "찾을 수 없습니다" 같은 말은 그런 글에도 나오므로 그것만으로는 판단하지 않습니다. 설정의 `links`에
    `soft-404: false`를 적으면 세 번째 방법은 쓰지 않습니다. 도메인을 판다는 안내만 나오는 주소도 없는
    페이지로 봅니다. 어떤 주소에나 점검 중이라거나 접근을 막았다고만 하는 사이트는 그렇게 보지 않습니다.

    ## 이유
    독자는 글에서 말한 내용이 없는 페이지에서 헤맵니다. 서버가 정상이라고 답하므로 글쓴이는 달리 알 길이
    없습니다.

    ## 수정 안전성
    안전하지 않음: 글을 쓴 날과 가장 가까운 때에 보관된 웹 아카이브의 페이지로 바꿉니다. 뜻한 내용이 맞는지
    글쓴이가 확인해야 합니다. `--unsafe`를 줄 때만 찾습니다.
    """
    examples = (
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=_answers("platform")),
        Bad(f"[봄](⟦{_PAGE}⟧)\n", web=_answers("front-page", Hop(_PAGE, 302))),
        Bad(
            f"[봄](⟦{_PAGE}⟧)\n",
            fixed=f"[봄]({_ARCHIVED})\n",
            web=_answers("sibling", archived=_ARCHIVED),
        ),
        Good(f"[봄]({_PAGE})\n", web=Answers.of(Probe(_PAGE, Evidence(Verdict.ALIVE, "status", status=200)))),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        if occurrence.probe.verdict is Verdict.SOFT_404:
            message = Message(self.message, {"why": in_words(occurrence.probe.evidence)})
            yield dead_or_waiting(self, occurrence, message, archived(occurrence))
