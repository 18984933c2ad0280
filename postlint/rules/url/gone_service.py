from collections.abc import Callable, Iterator
from functools import cached_property

from postlint.findings import Finding, Severity, Text
from postlint.named import NamedTuple
from postlint.post.post import Address
from postlint.rule import Bad, Good, Rule
from postlint.rules.url._options import Host, Place
from postlint.urls import (
    Services,
    authority,
    gone_service,
    is_at,
    service_table,
    speaking_of,
    split_url,
    with_services,
)

_IN_AN_ARCHIVE = Text(
    en="look for the page at web.archive.org", ko="web.archive.org에서 페이지를 찾아 보세요"
)
_FADING = Text(
    en="since {closed}, only addresses of {service} that were in use still work: {now}",
    ko="{closed}부터 {service_ko}은(는) 자주 쓰이던 주소만 남기고 끊겼습니다. {now_ko}",
)

_WITHOUT_DATE = Text(en="{service} is gone; {now}", ko="{service_ko}은(는) 없어졌습니다. {now_ko}")


class Options(NamedTuple):
    services: dict[Place, str] = {}  # noqa: RUF012 - nobody writes into it
    except_hosts: tuple[Host, ...] = ()


class GoneService(Rule):
    """An address of a service that no longer exists.

    Which services are gone, since when, and where to look now is data, with its source. Services that
    lead on to their successors are left out. The option `services` names more: by the host, or the host and
    how the path begins (`example.org/blog/`), where to look now, or `""`. `except-hosts` leaves hosts out.

    ## Why
    The link leads nowhere, or to whoever has bought the name since; an image is not there.

    ## Fix safety
    No fix: where the page is now, if anywhere, has to be looked up.

    ## Precision
    12 of 12 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL023", "gone-service", Severity.WARNING
    message = Text(
        en="{service} has been gone since {closed}; {now}",
        ko="{service_ko}은(는) {closed}에 없어졌습니다. {now_ko}",
    )
    doc_ko = """이제는 없는 서비스의 주소.

    어떤 서비스가 언제 없어졌고 지금은 어디에서 찾을지는 출처와 함께 데이터로 관리합니다. 후속 서비스로
    이어 주는 곳은 제외합니다. 옵션 `services`에 더할 수 있습니다. 호스트나 호스트와 경로의
    앞부분(`example.org/blog/`)마다, 지금은 어디에서 찾을지를 적거나 `""`로 비웁니다. `except-hosts`에 적은
    호스트는 제외합니다.

    ## 이유
    링크가 어디로도 가지 않거나 그 이름을 사들인 엉뚱한 곳으로 갑니다. 이미지라면 보이지 않습니다.

    ## 수정 안전성
    고치지 않음: 페이지가 지금 어디에 있는지는 찾아 보아야 합니다.

    ## 정확도
    실제 블로그에서 읽어 본 12건 중 12건이 맞았습니다(2026-11-22).
    """
    Options = Options
    examples = (
        Bad("[옛 글](⟦http://haneul.egloos.com/1234567⟧)\n"),
        Bad(
            "[![Build](⟦https://travis-ci.org/haneul/blog.svg?branch=master⟧)](https://github.com/haneul/blog)\n"
        ),
        Bad('<script src="⟦https://cdn.rawgit.com/haneul/slides/v1/show.js⟧"></script>\n'),
        Bad("[줄인 주소](⟦https://goo.gl/AbCd12⟧)\n"),
        Good("[지도](https://goo.gl/maps/AbCd12)\n"),
        Good("[보관된 글](https://web.archive.org/web/2020/http://haneul.egloos.com/1234567)\n"),
        Good("[이글루스](https://ko.wikipedia.org/wiki/egloos.com)\n"),
        Good("[블로그](https://blog.naver.com/haneul/1), [검색](https://search.daum.net/search?q=a)\n"),
        Good("`http://haneul.egloos.com/1234567`\n"),
        Bad(
            "[옛 글](⟦https://www.example.org/blog/1⟧), [옛 게시판](⟦http://bbs.example.com/2⟧)\n",
            options={
                "services": {"example.org/blog/": "새 글은 example.net에 있습니다", "bbs.example.com": ""}
            },
        ),
        Good(
            "[가게](https://www.example.org/shop/1)\n",
            options={"services": {"example.org/blog/": "새 글은 example.net에 있습니다"}},
        ),
        Good("[옛 글](http://haneul.egloos.com/1)\n", options={"except-hosts": ["haneul.egloos.com"]}),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        if not self._speaks_of(authority(address.text)):
            return
        url = split_url(address.text)
        service = gone_service(url, self._table)
        if service is not None and not is_at(url.host, self._excepted):
            text = _FADING if service.is_fading else None if service.closed else _WITHOUT_DATE
            yield self.finding(
                address.span,
                text=text,
                service=service.name,
                service_ko=service.name_ko,
                closed=service.closed,
                now=service.now or _IN_AN_ARCHIVE.en,
                now_ko=service.now_ko or _IN_AN_ARCHIVE.ko,
            )

    @cached_property
    def _speaks_of(self) -> Callable[[str], bool]:
        return speaking_of(self._table)

    @cached_property
    def _table(self) -> Services:
        return with_services(service_table(), self.options.services)

    @cached_property
    def _excepted(self) -> frozenset[str]:
        return frozenset(map(str.lower, self.options.except_hosts))
