from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.rule import Bad, Good, LinkRule, fix
from postlint.rules.link._moves import Likeness, likeness
from postlint.site.page_facts import Reference
from postlint.urls import split_url
from postlint.web.answers import Answers, Occurrence
from postlint.web.verdicts import Evidence, Hop, Probe, Verdict

_CHANGE = Text(en="change to `https://`", ko="`https://`로 바꾸기")

_PAGE = "http://haneul.example.org/2019/spring"


def _answers(address: str = _PAGE, upgrade: str | None = _PAGE.replace("http:", "https:")) -> Answers:
    evidence = Evidence(Verdict.ALIVE, "status", status=200, final=address, upgrade=upgrade)
    return Answers.of(Probe(address, evidence))


class HttpsAvailable(LinkRule):
    """An address that begins with `http://` and leads to the same with `https://`.

    Asked only with `--links`. Either the server itself leads there, or it was asked for: with `https: true`
    in the configuration's `links`, or by selecting this rule by its code or name. That takes a further
    request for each such address.

    ## Why
    Whoever is on the way can read and change what comes by `http`; browsers warn of it, and do not show such
    an image on a secure page.

    ## Fix safety
    Safe: the server has answered alike. Unsafe where readers see the address itself, which changes with it.
    """

    code, name, severity = "LINK007", "https-available", Severity.INFO
    gives_way_to = ("LINK003", "URL021", "URL023")
    message = Text(
        en="`http://` is not encrypted, and `https://` leads to the same",
        ko="`http://`는 암호화되지 않은 연결입니다. `https://`로도 똑같이 열립니다",
    )
    doc_ko = """`http://`로 시작하지만 `https://`로도 똑같이 열리는 주소.

    `--links`를 줄 때만 확인합니다. 서버가 스스로 `https://`로 넘겨 주거나, 설정의 `links`에 `https: true`를
    적거나 이 규칙을 코드나 이름으로 골라서 이런 주소마다 한 번 더 요청해 본 경우입니다.

    ## 이유
    `http`로 오가는 내용은 중간에서 누구든 보거나 바꿀 수 있습니다. 브라우저는 경고를 띄우고, 보안
    페이지에서는 이런 이미지를 보여 주지 않습니다.

    ## 수정 안전성
    안전: 서버가 똑같이 응답했습니다. 주소가 독자에게 그대로 보이는 곳은 안전하지 않습니다.
    보이는 글도 바뀝니다.
    """
    examples = (
        Bad(
            "[봄](⟦http:⟧//haneul.example.org/2019/spring)\n",
            fixed="[봄](https://haneul.example.org/2019/spring)\n",
            web=_answers(),
        ),
        Bad(
            "<⟦http:⟧//haneul.example.org/2019/spring>\n",
            fixed="<https://haneul.example.org/2019/spring>\n",
            web=_answers(),
        ),
        Bad(
            '<img src="⟦http:⟧//img.example.org:80/a.png">\n',
            fixed='<img src="https://img.example.org/a.png">\n',
            web=_answers("http://img.example.org:80/a.png", "https://img.example.org/a.png"),
        ),
        Bad(
            "[봄](⟦http:⟧//haneul.example.org/2019/spring)\n",
            fixed="[봄](https://haneul.example.org/2019/spring)\n",
            web=Answers.of(
                Probe(
                    _PAGE,
                    Evidence(
                        Verdict.REDIRECTED,
                        "status",
                        status=200,
                        final=_PAGE.replace("http:", "https:"),
                        chain=(Hop(_PAGE, 302),),
                    ),
                )
            ),
        ),
        Good("[봄](http://haneul.example.org/2019/spring)\n", web=_answers(upgrade=None)),
    )

    def check(self, occurrence: Occurrence) -> Iterator[Finding]:
        evidence, reference = occurrence.probe.evidence, occurrence.reference
        if not evidence.verdict.is_success or not (evidence.upgrade or _leads_there(occurrence.probe)):
            return
        start = reference.span.start
        span = Span(start, start + len("http:")) if reference.is_verbatim else reference.span
        yield self.finding(span, fix=_upgraded(reference))


def _leads_there(probe: Probe) -> bool:
    """Whether the server leads on to the same with `https`, if only for now."""
    final = probe.evidence.final
    return final is not None and likeness(probe.address, final) is Likeness.SECURE


def _upgraded(reference: Reference) -> Fix | None:
    url = split_url(reference.address)
    if not reference.is_verbatim or url.scheme_span is None or url.host_span is None:
        return None
    start = reference.span.start
    edits = [Edit(Span(start, start + url.scheme_span.end), "https")]
    if url.port_span is not None:
        # It is the one for `http`.
        edits.append(Edit(Span(start + url.host_span.end, start + url.port_span.end), ""))
    return fix(Safety.UNSAFE if reference.is_shown else Safety.SAFE, _CHANGE, *edits)
