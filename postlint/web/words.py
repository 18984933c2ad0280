"""What became of an address, in words for readers: a clause in each language, without a full stop."""

from __future__ import annotations

from collections.abc import Mapping

from postlint.findings import Message, Text
from postlint.web.verdicts import Evidence, Verdict

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.ALIVE: Text(en="alive", ko="정상"),
    Verdict.MOVED: Text(en="moved", ko="옮겨짐"),
    Verdict.REDIRECTED: Text(en="redirected", ko="임시 이동"),
    Verdict.BROKEN: Text(en="broken", ko="깨짐"),
    Verdict.GONE: Text(en="gone", ko="도메인 없음"),
    Verdict.TLS: Text(en="tls", ko="인증서 문제"),
    Verdict.UNREACHABLE: Text(en="unreachable", ko="열리지 않음"),
    Verdict.RATE_LIMITED: Text(en="rate-limited", ko="요청 제한"),
    Verdict.BLOCKED: Text(en="blocked", ko="접근 막힘"),
    Verdict.SOFT_404: Text(en="soft-404", ko="없는 페이지(200)"),
    Verdict.NO_SUCH_FRAGMENT: Text(en="no-such-fragment", ko="위치 없음"),
    Verdict.INVALID: Text(en="invalid", ko="잘못된 주소"),
    Verdict.INCOMPLETE: Text(en="incomplete", ko="잘린 주소"),
    Verdict.REFUSED: Text(en="refused", ko="묻지 않음"),
    Verdict.UNASKED: Text(en="unasked", ko="확인 못 함"),
}
"""Each verdict as people read it; programs read its value."""

REASONS: Mapping[str, Text] = {
    # The server's answer
    "accepted": Text(
        en="the configuration accepts the answer {status}", ko="설정에서 정상으로 정한 응답입니다({status})"
    ),
    "challenge": Text(
        en="{detail} asks whoever comes to prove that they are human",
        ko="{detail}이(가) 사람인지 확인하는 페이지를 보여 줍니다",
    ),
    "login": Text(en="it leads to a login", ko="로그인 페이지로 넘어갑니다"),
    "consent": Text(
        en="it leads to a page that asks for consent", ko="쿠키 사용에 동의를 구하는 페이지로 넘어갑니다"
    ),
    "gate": Text(
        en="it leads to a page that wants something first", ko="먼저 다른 것을 요구하는 페이지로 넘어갑니다"
    ),
    "law": Text(
        en="an authority does not let it be shown here", ko="이 지역에서는 차단 안내 페이지가 나옵니다"
    ),
    "parked": Text(
        en="the domain is for sale, or is not paid for", ko="도메인 판매나 광고, 계정 정지 안내만 나옵니다"
    ),
    "platform": Text(en="the platform says that it is not there", ko="없는 글이라는 안내가 나옵니다"),
    "front-page": Text(en="it leads to the front page", ko="첫 화면으로 넘어갑니다"),
    "sibling": Text(
        en="an address that cannot exist is answered alike", ko="있을 리 없는 주소에도 똑같이 응답합니다"
    ),
    "closed": Text(
        en="the site says that it is closed for a while", ko="사이트가 점검 중이라는 안내만 나옵니다"
    ),
    "refusal": Text(en="the site shows that it refuses access", ko="접근을 막았다는 안내만 나옵니다"),
    "fragment": Text(en="nothing on the page has the id", ko="페이지에 그런 id가 없습니다"),
    "retry-after": Text(en="the server asks to come back later", ko="서버가 나중에 다시 오라고 합니다"),
    # Redirects that lead nowhere
    "loop": Text(en="its redirects go round in a circle", ko="리디렉션이 끝없이 맴돕니다"),
    "hops": Text(en="its redirects come to no end", ko="리디렉션이 너무 많이 이어집니다"),
    "location": Text(en="it redirects to no address", ko="리디렉션이 가리키는 주소가 없거나 잘못되었습니다"),
    "scheme": Text(en="it leads out of the web (`{detail}:`)", ko="웹이 아닌 곳(`{detail}:`)으로 넘어갑니다"),
    # No answer
    "no-such-host": Text(en="there is no such host", ko="없는 도메인입니다"),
    "lookup": Text(
        en="the host's address could not be looked up", ko="도메인의 IP 주소를 알아내지 못했습니다"
    ),
    "timeout": Text(en="it does not answer in time", ko="제시간에 응답이 오지 않았습니다"),
    "refused": Text(en="the server refused the connection", ko="서버가 연결을 거부했습니다"),
    "unroutable": Text(en="the server cannot be reached", ko="서버에 연결할 수 없습니다"),
    "reset": Text(en="the connection broke off", ko="연결이 중간에 끊겼습니다"),
    "malformed": Text(en="the answer is no proper HTTP", ko="응답이 HTTP 형식에 맞지 않습니다"),
    "headers": Text(en="the answer's headers are too long", ko="응답의 헤더가 너무 깁니다"),
    "resting": Text(
        en="its host did not answer for other addresses", ko="같은 호스트의 다른 주소들이 응답하지 않았습니다"
    ),
    # TLS
    "expired": Text(en="the certificate has expired", ko="인증서가 만료되었습니다"),
    "not-yet-valid": Text(
        en="the certificate is not valid yet", ko="인증서의 유효 기간이 아직 시작되지 않았습니다"
    ),
    "wrong-host": Text(en="the certificate is that of another host", ko="다른 도메인의 인증서입니다"),
    "self-signed": Text(
        en="the server has signed its certificate itself", ko="서버가 스스로 서명한 인증서입니다"
    ),
    "incomplete-chain": Text(
        en="the server leaves out an intermediate certificate, or nobody who is trusted has signed its own",
        ko="서버가 중간 인증서를 보내지 않거나, 믿을 만한 기관이 서명하지 않은 인증서입니다",
    ),
    "untrusted": Text(
        en="the certificate is signed by nobody who is trusted",
        ko="믿을 만한 기관이 서명한 인증서가 아닙니다",
    ),
    "client-certificate": Text(
        en="the server lets in only who has a certificate", ko="방문자에게도 인증서를 요구하는 서버입니다"
    ),
    "http2": Text(en="the server speaks no HTTP/1.1", ko="HTTP/1.1을 쓰지 않는 서버입니다"),
    "handshake": Text(en="no secure connection can be made", ko="보안 연결을 맺을 수 없습니다"),
    # Not asked
    "metadata": Text(en="it leads into a cloud's own network", ko="클라우드 내부망의 주소입니다"),
    "loopback": Text(en="it leads to one's own machine", ko="자기 컴퓨터를 가리키는 주소입니다"),
    "this-host": Text(en="it leads to one's own machine", ko="자기 컴퓨터를 가리키는 주소입니다"),
    "private": Text(en="it leads into a private network", ko="내부망의 주소입니다"),
    "link-local": Text(en="it leads into a private network", ko="내부망의 주소입니다"),
    "shared": Text(en="it leads into a private network", ko="내부망의 주소입니다"),
    "multicast": Text(en="it leads to no single server", ko="어느 한 서버의 주소가 아닙니다"),
    "reserved": Text(en="it leads into a reserved network", ko="특수한 용도로 예약된 주소입니다"),
    "no-address": Text(en="its host has no address", ko="도메인에 IP 주소가 없습니다"),
    "port": Text(en="browsers do not open port {detail}", ko="브라우저가 열지 않는 포트({detail})입니다"),
    "robots": Text(en="its robots.txt keeps programs out", ko="robots.txt가 프로그램의 접근을 막습니다"),
    "robots-unknown": Text(
        en="its robots.txt cannot be read, which may keep programs out",
        ko="프로그램의 접근을 막는지 알 수 있는 robots.txt를 읽지 못했습니다",
    ),
    "excluded": Text(en="the configuration excludes it", ko="설정에서 제외한 주소입니다"),
    "offline": Text(en="this machine is not on line", ko="이 컴퓨터가 인터넷에 연결되어 있지 않습니다"),
    "intercepted": Text(
        en="something between this machine and the web answers in its place",
        ko="네트워크의 로그인 화면이나 프록시가 대신 응답합니다",
    ),
    "unknown": Text(en="nothing is known of it yet", ko="아직 확인한 적이 없습니다"),
    "elided": Text(en="a part of it is missing", ko="주소의 일부가 빠졌습니다"),
    "": Text(en="it was not asked", ko="확인하기 전에 끝났습니다"),
}
"""What decided, by the word for it. `status` is not there: it depends on which, and what was made of it."""

_NO_ADDRESS: Mapping[str, Text] = {
    "no-scheme": Text(en="it has no scheme", ko="`http://`나 `https://`로 시작하지 않습니다"),
    "host": Text(en="its host cannot be one", ko="있을 수 없는 도메인입니다"),
    "port": Text(en="its port cannot be one", ko="있을 수 없는 포트 번호입니다"),
}
"""The same of what no browser takes for an address."""

_STATUSES: Mapping[Verdict, Text] = {
    Verdict.BROKEN: Text(
        en="the server has no such page ({status})", ko="서버에 그런 페이지가 없습니다({status})"
    ),
    Verdict.UNREACHABLE: Text(en="the server fails ({status})", ko="서버에 오류가 있습니다({status})"),
    Verdict.RATE_LIMITED: Text(
        en="the server was asked too often ({status})", ko="서버가 요청이 너무 잦다고 합니다({status})"
    ),
}
_LATER = Text(
    en="the server asks to come back later ({status})", ko="서버가 나중에 다시 오라고 합니다({status})"
)
"""The same of 403 and 503 with a `Retry-After`: a server may be under repair."""
_REFUSALS: Mapping[int, Text] = {
    401: Text(en="the server asks for a login ({status})", ko="로그인해야 볼 수 있습니다({status})"),
    403: Text(en="the server refuses access ({status})", ko="서버가 접근을 거부합니다({status})"),
    451: Text(
        en="the server may not show it here, by law ({status})",
        ko="법적인 이유로 이 지역에서는 볼 수 없습니다({status})",
    ),
    999: Text(
        en="the server turns programs away ({status})", ko="서버가 프로그램의 접근을 막습니다({status})"
    ),
}
_OTHER = Text(en="{reason}", ko="{reason}")
"""For a word that a later postlint has left in an exported memory."""
_ANSWERED = Text(en="the server answered {status}", ko="서버가 {status}(으)로 응답했습니다")


def in_words(evidence: Evidence) -> Message:
    """Why `evidence` has its verdict."""
    values = {"status": evidence.status, "detail": evidence.detail, "reason": evidence.reason}
    return Message(_text(evidence), values)


def _text(evidence: Evidence) -> Text:
    verdict, reason = evidence.verdict, evidence.reason
    if verdict is Verdict.INVALID and reason in _NO_ADDRESS:
        return _NO_ADDRESS[reason]
    if reason != "status" or evidence.status is None:
        return REASONS.get(reason, _OTHER)
    if verdict is Verdict.RATE_LIMITED and evidence.status != 429:
        return _LATER
    if verdict is Verdict.BLOCKED:
        return _REFUSALS.get(evidence.status, _ANSWERED)
    return _STATUSES.get(verdict, _ANSWERED)
