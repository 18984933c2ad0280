from collections.abc import Iterator
from functools import cached_property

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.post import Address
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._encoding import in_html, is_shown
from postlint.rules.url._options import Host, ParameterName, Place
from postlint.urls import Redirectors, is_at, redirection, redirector_table, split_url, with_redirectors

_LINK_DIRECTLY = Text(en="link to `{target}`", ko="`{target}`(으)로 바로 연결하기")

_ENTITY = lazy(r"&(?:#\w+|\w+);")


class Options(NamedTuple):
    redirectors: dict[Place, tuple[ParameterName, ...]] = {}  # noqa: RUF012 - nobody writes into it
    except_hosts: tuple[Host, ...] = ()


class RedirectorUrl(Rule):
    """An address that leads to the page by way of Google, Naver, Facebook or another service.

    It gets into a post with the address of a search result or of a link in a social network. The option
    `redirectors` names more: by the host, or the host and its whole path (`example.org/out`), the parameters
    of which one holds the address. `except-hosts` leaves hosts out.

    ## Why
    The reader is noted down on the way, or asked whether to leave the service; the page is out of reach
    once the service is.

    ## Fix safety
    Safe: the address becomes the one that it leads on to, which stands in it. Unsafe for `<https://…>`,
    which shows its address to readers. No fix where the address is put together by Liquid.

    ## Precision
    10 of 10 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL021", "redirector-url", Severity.WARNING
    message = Text(
        en="leads by way of {service} to `{target}`",
        ko="`{target}`(으)로 바로 가지 않고 {service_ko}을(를) 거칩니다",
    )
    doc_ko = """구글, 네이버, 페이스북 같은 서비스를 거쳐 가는 주소.

    검색 결과나 소셜 네트워크의 링크를 복사하면 이런 주소가 됩니다. 옵션 `redirectors`에 더할 수 있습니다.
    호스트나 호스트와 전체 경로(`example.org/out`)마다, 도착하는 주소가 든 매개변수를 적습니다.
    `except-hosts`에 적은 호스트는 제외합니다.

    ## 이유
    지나가는 독자가 기록되거나 정말 이동하겠느냐는 질문을 받습니다. 그 서비스가 없어지면 페이지에도 갈 수
    없습니다.

    ## 수정 안전성
    안전: 주소 안에 적혀 있는, 결국 도착하는 주소로 바꿉니다. `<https://…>`를 고치면 보이는 글자도
    달라지므로 안전하지 않습니다. Liquid가 만드는 주소는 고치지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 10건 중 10건이 맞았습니다(2026-11-22).
    """
    signs = ("?",)
    Options = Options
    examples = (
        Bad(
            "[논문](⟦https://www.google.co.kr/url?sa=t&source=web&url=https%3A%2F%2Fpapers.example.org%2F1.pdf&usg=AOv1⟧)\n",
            fixed="[논문](https://papers.example.org/1.pdf)\n",
        ),
        Bad(
            "[글](⟦https://link.naver.com/bridge?url=https%3A%2F%2Fko.example.org%2F%EA%B8%80⟧)\n",
            fixed="[글](https://ko.example.org/%EA%B8%80)\n",
        ),
        Bad(
            '<a href="⟦https://www.youtube.com/redirect?event=a&amp;q=https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D2⟧">글</a>\n',
            fixed='<a href="https://example.org/?a=1&amp;b=2">글</a>\n',
        ),
        Bad(
            "[괄호](⟦https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%29%20b&h=AT0⟧)\n",
            fixed="[괄호](https://example.org/a%29%20b)\n",
        ),
        Bad(
            "<⟦https://www.google.com/url?q=https://example.org/a&sa=D⟧>\n",
            fixed="<https://example.org/a>\n",
        ),
        Good("[검색](https://www.google.com/search?q=https%3A%2F%2Fexample.org)\n"),
        Good("[보관](https://web.archive.org/web/2020/https://example.org/)\n"),
        Good("[번역](https://translate.google.com/translate?u=https://example.org)\n"),
        Good("[영상](https://www.youtube.com/watch?v=aircAruvnKk)\n"),
        Good("[로그인](https://accounts.example.org/login?url=https%3A%2F%2Fexample.org)\n"),
        Bad(
            "[글](⟦https://www.example.org/out?to=https%3A%2F%2Fko.example.com%2Fa⟧)\n",
            fixed="[글](https://ko.example.com/a)\n",
            options={"redirectors": {"example.org/out": ["url", "to"]}},
        ),
        Good(
            "[글](https://example.org/login?to=https%3A%2F%2Fko.example.com%2Fa)\n",
            options={"redirectors": {"example.org/out": ["to"]}},
        ),
        Good(
            "[표](https://www.google.com/url?q=https%3A%2F%2Fexample.org)\n",
            options={"except-hosts": ["google.*"]},
        ),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        found = redirection(address.text, self._table)
        if found is None or is_at(split_url(address.text).host, self._excepted):
            return
        written = in_html(address, found.target)
        safety = Safety.UNSAFE if is_shown(address) else Safety.SAFE
        directly = None
        if address.is_verbatim and not _ENTITY.search(found.target):
            directly = fix(safety, _LINK_DIRECTLY, Edit(address.span, written), target=found.target)
        yield self.finding(
            address.span,
            fix=directly,
            target=found.target,
            service=found.redirector.name,
            service_ko=found.redirector.name_ko,
        )

    @cached_property
    def _table(self) -> Redirectors:
        return with_redirectors(redirector_table(), self.options.redirectors)

    @cached_property
    def _excepted(self) -> frozenset[str]:
        return frozenset(map(str.lower, self.options.except_hosts))
