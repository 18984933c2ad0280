from collections.abc import Iterator

from postlint.findings import Finding, Message, Safety, Severity, Text
from postlint.rule import Bad, Good, LinkRule
from postlint.rules.link._causes import CAUSES
from postlint.rules.link._mending import replaced
from postlint.rules.link._moves import Likeness, as_written, likeness
from postlint.site.page_facts import ReferenceKind
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import Evidence, Hop, Probe, Verdict

_SECURE = Text(
    en="the server leads on to `https://` for good", ko="서버가 항상 `https://` 주소로 넘겨 줍니다"
)
_IMAGE = Text(en="the image has moved to `{address}`", ko="이미지가 `{address}`(으)로 옮겨졌습니다")
_FILE = Text(en="the file has moved to `{address}`", ko="파일이 `{address}`(으)로 옮겨졌습니다")
_CHANGE = Text(en="change to `{address}`", ko="`{address}`(으)로 바꾸기")


def _moved(old: str, new: str, *, runs: int = 2, status: int = 301) -> Answers:
    hops = (Hop(old.partition("#")[0], status),)
    evidence = Evidence(Verdict.MOVED, "status", status=200, final=new, chain=hops)
    return Answers.of(Probe(old, evidence, confirmations=runs))


_OLD, _NEW = "https://haneul.example.org/2019/spring", "https://blog.example.net/spring/"


class MovedLink(LinkRule):
    """A link or an image whose server says that the page has moved for good.

    Asked only with `--links`. Every redirect was a permanent one (301 or 308), and a page is at its end.
    Left out is what a server does to everybody who comes: a slash at the end, other escapes, the visitor's
    language or telephone, a session; and addresses that are there to stand for others (`bit.ly`, `doi.org`).
    Where only `http` became `https`, it is for information.

    ## Why
    Everybody who follows the link makes a detour. The old host keeps up such redirects for a time; when it
    ends that, the link is broken, and nobody knows any more where the page went.

    ## Fix safety
    Safe: two runs have found the same new address (`.postlint_cache/` remembers it; for another host, runs on
    two days), and readers do not see the old one. The fragment is kept. Unsafe: only one run has found it;
    the text of the link is the address; or it may be less than what was meant (a page further up, another
    language, no `https` any more).
    """

    code, name, severity = "LINK003", "moved-link", Severity.WARNING
    gives_way_to = (*CAUSES, "URL021")
    message = Text(en="the page has moved to `{address}`", ko="페이지가 `{address}`(으)로 옮겨졌습니다")
    doc_ko = """서버가 완전히 옮겨졌다고 하는 페이지의 링크나 이미지.

    `--links`를 줄 때만 확인합니다. 리디렉션이 모두 영구(301, 308)이고 그 끝에 페이지가 있을 때입니다.
    누구에게나 하는 리디렉션은 제외합니다. 주소 끝의 슬래시, 다른 이스케이프, 방문자의 언어나 휴대전화,
    세션이 그렇습니다. 다른 주소를 대신하려고 있는 주소(`bit.ly`, `doi.org`)도 제외합니다. `http`가
    `https`로만 바뀐 것은 정보로 알립니다.

    ## 이유
    링크를 따라가는 사람마다 길을 돌아갑니다. 옛 호스트가 리디렉션을 언제까지나 유지하지는 않으며, 끊기면
    링크가 깨지고 페이지가 어디로 갔는지도 알 수 없게 됩니다.

    ## 수정 안전성
    안전: 두 번 실행해서 확인한 새 주소가 같고(`.postlint_cache/`에 기억해 둡니다. 다른 호스트라면 서로 다른
    날에), 독자에게 옛 주소가 보이지 않을 때. 프래그먼트는 그대로 둡니다. 안전하지 않음: 한 번만
    확인했거나, 링크의 글이 주소이거나, 뜻한 것과 다를 수 있을 때(상위 페이지, 다른 언어, `https`가 아닌
    주소).
    """
    examples = (
        Bad(f"[봄](⟦{_OLD}⟧)\n", fixed=f"[봄]({_NEW})\n", web=_moved(_OLD, _NEW)),
        Bad(
            f"[봄](⟦{_OLD}#꽃⟧)\n",
            fixed=f"[봄]({_NEW}#%EA%BD%83)\n",
            web=_moved(f"{_OLD}#꽃", _NEW),
        ),
        Bad(f"[봄](⟦{_OLD}⟧)\n", fixed=f"[봄]({_NEW})\n", web=_moved(_OLD, _NEW, runs=1)),
        Bad(f"<⟦{_OLD}⟧>\n", fixed=f"<{_NEW}>\n", web=_moved(_OLD, _NEW, status=308)),
        Bad(
            "[봄](⟦http://haneul.example.org/봄⟧)\n",
            fixed="[봄](https://haneul.example.org/%EB%B4%84)\n",
            web=_moved("http://haneul.example.org/봄", "https://haneul.example.org/%EB%B4%84"),
        ),
        Bad(
            f'<a href="⟦{_OLD}⟧">봄</a>\n',
            fixed='<a href="https://blog.example.net/a%28b%29?c=%27d%27&e=1">봄</a>\n',
            web=_moved(_OLD, "https://blog.example.net/a(b)?c=%27d%27&e=1"),
        ),
        Good(f"[봄]({_OLD})\n", web=_moved(_OLD, f"{_OLD}/")),
        Good(
            "[봄](https://haneul.example.org/봄)\n",
            web=_moved("https://haneul.example.org/봄", "https://haneul.example.org/%eb%b4%84/"),
        ),
        Good(
            "[봄](https://haneul.example.org/docs/spring)\n",
            web=_moved(
                "https://haneul.example.org/docs/spring", "https://haneul.example.org/ko-kr/docs/spring"
            ),
        ),
        Good("[봄](https://bit.ly/3abc)\n", web=_moved("https://bit.ly/3abc", _NEW)),
        Good(f"[봄]({_OLD})\n", web=_moved(_OLD, f"{_OLD};jsessionid=0A1B2C?a=1")),
        Good(
            f"[봄]({_OLD})\n",
            web=Answers.of(
                Probe(_OLD, Evidence(Verdict.REDIRECTED, "status", status=200, final=_NEW), confirmations=2)
            ),
        ),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        probe, reference = occurrence.probe, occurrence.reference
        if probe.verdict is not Verdict.MOVED or probe.evidence.final is None:
            return
        new = as_written(probe.address, probe.evidence.final)
        alike = likeness(probe.address, new)
        if alike is Likeness.SAME:
            return
        texts = {ReferenceKind.IMAGE: _IMAGE, ReferenceKind.FILE: _FILE}
        text = texts.get(reference.kind, self.message)
        is_secure = alike is Likeness.SECURE
        is_certain = (
            probe.confirmations >= 2
            and not reference.is_shown
            and (is_secure or (alike is Likeness.OTHER and not reference.is_named))
        )
        yield self.finding(
            reference.span,
            severity=Severity.INFO if is_secure else None,
            fix=replaced(reference, new, Safety.SAFE if is_certain else Safety.UNSAFE, _CHANGE),
        )._replace(message=Message(_SECURE if is_secure else text, {"address": new}))
