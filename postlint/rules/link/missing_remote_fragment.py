from collections.abc import Iterator
from urllib.parse import unquote

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.rule import Bad, Good, LinkRule, fix
from postlint.rules.link._causes import CAUSES
from postlint.urls import as_destination, split_url
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import Evidence, Probe, Verdict

_MEANT = Text(
    en="nothing on that page has the id `{fragment}`; the nearest is `{nearest}`",
    ko="그 페이지에 `{fragment}` id가 없습니다. 가장 비슷한 것은 `{nearest}`입니다",
)
_CHANGE = Text(en="change to `#{nearest}`", ko="`#{nearest}`(으)로 바꾸기")

_PAGE = "https://ko.example.org/wiki/가설_검정"


def _answers(fragment: str, nearest: str | None) -> Answers:
    evidence = Evidence(Verdict.NO_SUCH_FRAGMENT, "fragment", status=200, final=_PAGE, nearest=nearest)
    return Answers.of(Probe(f"{_PAGE}#{fragment}", evidence))


class MissingRemoteFragment(LinkRule):
    """A link to a place on a page of another site, which has no such place.

    Asked only with `--links`. Neither the fragment as written nor what its escapes spell is an id, or the
    name of an anchor, on the page. Left out are pages that a script makes in the browser, pages of which
    only a part could be read, and fragments that are not ids (`#/posts/1`, `#t=30`, `#:~:text=…`).
    `fragments: false` in the configuration's `links` does without.

    ## Why
    The reader gets to the beginning of the page, and looks for what was meant.

    ## Fix safety
    Unsafe: the id that is most like it, if one is; whether it is the same place, the author has to see.
    """

    code, name, severity = "LINK008", "missing-remote-fragment", Severity.WARNING
    gives_way_to = CAUSES
    message = Text(
        en="nothing on that page has the id `{fragment}`", ko="그 페이지에 `{fragment}` id가 없습니다"
    )
    doc_ko = """다른 사이트의 페이지에 없는 위치로 가는 링크.

    `--links`를 줄 때만 확인합니다. 적힌 프래그먼트도, 그 이스케이프를 푼 것도 페이지의 id나 앵커 이름에 없을
    때입니다. 브라우저에서 스크립트가 만드는 페이지, 일부만 읽을 수 있었던 페이지, id가 아닌
    프래그먼트(`#/posts/1`, `#t=30`, `#:~:text=…`)는 제외합니다. 설정의 `links`에 `fragments: false`를 적으면
    확인하지 않습니다.

    ## 이유
    독자는 페이지의 맨 위에서 찾는 곳을 헤맵니다.

    ## 수정 안전성
    안전하지 않음: 가장 비슷한 id가 있으면 그것으로 바꿉니다. 같은 곳인지는 글쓴이가 확인해야 합니다.
    """
    examples = (
        Bad(
            f"[검정력](<{_PAGE}⟦#검정력의-뜻⟧>)\n",
            fixed=f"[검정력](<{_PAGE}#%EA%B2%80%EC%A0%95%EB%A0%A5%EC%9D%98_%EB%9C%BB>)\n",
            web=_answers("검정력의-뜻", "검정력의_뜻"),
        ),
        Bad(f"[부록]({_PAGE}⟦#appendix⟧)\n", web=_answers("appendix", None)),
        Good(
            f"[검정력]({_PAGE}#검정력)\n",
            web=Answers.of(Probe(f"{_PAGE}#검정력", Evidence(Verdict.ALIVE, "status", status=200))),
        ),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        probe, reference = occurrence.probe, occurrence.reference
        if probe.verdict is not Verdict.NO_SUCH_FRAGMENT:
            return
        span, nearest = reference.span, probe.evidence.nearest
        fragment = split_url(reference.address).fragment_span
        mending = None
        if fragment is not None and reference.is_verbatim:
            span = Span(span.start + fragment.start - 1, span.start + fragment.end)
            if nearest:
                # A browser looks for the decoded one, too.
                escaped = as_destination("#" + nearest.replace("%", "%25"))
                mending = fix(Safety.UNSAFE, _CHANGE, Edit(span, escaped), nearest=nearest)
        yield self.finding(
            span,
            text=_MEANT if nearest else None,
            fix=mending,
            fragment=unquote(split_url(reference.address).fragment),
            nearest=nearest,
        )
