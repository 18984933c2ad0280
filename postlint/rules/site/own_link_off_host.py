from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.rule import Bad, Good, SiteRule, fix
from postlint.site.blog import Page
from postlint.site.page_facts import Reference
from postlint.site.sitemap import Leads
from postlint.urls import split_url

_CHANGE = Text(en="leave out the host", ko="호스트 빼기")
_SITE = {
    "_config.yml": "url: https://somebody.github.io\npermalink: /:title/\n",
    "CNAME": "blog.example.org\n",
    "_posts/2021-04-09-spring.md": "---\ntitle: 봄\n---\n",
}


class Options(NamedTuple):
    hosts: tuple[str, ...] = ()
    """Earlier hosts of the site, beside those that its files tell of."""


class OwnLinkOffHost(SiteRule):
    """A link to a page of one's own site at a host that it has left.

    The present host is that of `CNAME`; an earlier one is `….github.io` in `url`, or named by the option
    `hosts`. Only addresses that lead to a page of the present site are found.

    ## Why
    The reader is sent around by a redirect, and nowhere at all once the old host is given up.

    ## Fix safety
    Unsafe: the link may speak of the old host itself.
    """

    code, name, severity = "SITE010", "own-link-off-host", Severity.INFO
    Options = Options
    message = Text(
        en="`{host}` is an earlier host of this site; the page is {source}",
        ko="`{host}`은(는) 이 블로그의 옛 호스트입니다. 이 페이지는 {source}입니다",
    )
    doc_ko = """블로그가 떠난 호스트로 적힌 자기 페이지 링크.

    지금 호스트는 `CNAME`에 적힌 것이고, 옛 호스트는 `url`의 `….github.io`나 옵션 `hosts`에 적은 것입니다.
    지금 블로그의 페이지로 가는 주소만 찾습니다.

    ## 이유
    독자가 다른 주소를 거쳐 오게 되고, 옛 호스트를 그만 쓰면 어디에도 닿지 못합니다.

    ## 수정 안전성
    안전하지 않음: 옛 호스트 자체를 말하는 링크일 수 있습니다.
    """
    examples = (
        Bad("[봄](⟦https://somebody.github.io⟧/spring/)\n", fixed="[봄](/spring/)\n", site=_SITE),
        Bad(
            "[봄](⟦http://old.example.com⟧/spring/)\n",
            fixed="[봄](/spring/)\n",
            options={"hosts": ["old.example.com"]},
            site=_SITE,
        ),
        Good("[봄](https://blog.example.org/spring/), [봄](/spring/)\n", site=_SITE),
        Good("[다른 저장소](https://somebody.github.io/project/)\n", site=_SITE),
    )

    def check(self, reference: Reference, page: Page) -> Iterator[Finding]:
        if not self.options.hosts and not page.blog.index.former_hosts:
            return
        url = split_url(reference.address)
        target = page.blog.at_former_host(reference.address, url.host.lower(), self.options.hosts)
        if target is None or target.leads is not Leads.PAGE:
            return
        path = url.path_span.start
        if not reference.is_verbatim or not path:
            yield self.finding(reference.span, host=url.host, source=target.path)
            return
        span = Span(reference.span.start, reference.span.start + path)
        yield self.finding(
            span, host=url.host, source=target.path, fix=fix(Safety.UNSAFE, _CHANGE, Edit(span, ""))
        )
