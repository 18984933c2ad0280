from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Destination
from postlint.rule import Bad, Form, Good, Rule, fix
from postlint.urls.schemeless import TopLevelDomains, is_mailbox, schemeless_host, top_level_domains

_COMPLETED = (nodes.LinkKind.AUTOLINK, nodes.LinkKind.BARE)
"""Kinds of links that get their scheme from the engine."""

_ADD_HTTPS = Text(en="write `https://` before it", ko="앞에 `https://` 붙이기")
_ADD_MAILTO = Text(en="write `mailto:` before it", ko="앞에 `mailto:` 붙이기")
_MAILBOX = Text(
    en="without `mailto:` this leads to a page of the blog itself, which is not there",
    ko="`mailto:`가 없어 메일이 아니라 블로그 안의 없는 페이지로 가는 링크가 됩니다",
)


_Domain = Annotated[
    str,
    Form(
        lazy(r"[^\W\d_]{2,}"),
        "the letters of top-level domains, such as `museum`",
        "`museum` 같은 최상위 도메인의 글자",
    ),
]


class Options(NamedTuple):
    top_level_domains: tuple[_Domain, ...] = ()
    except_top_level_domains: tuple[_Domain, ...] = ()


class MissingScheme(Rule):
    """A destination such as `www.example.org/a` without `https://`, or a mail address without `mailto:`.

    A host is told by its form: `www.` at the start, or an end that is a top-level domain and no kind of
    file. `setup.sh`, `data.zip` and `notes.md` are left out. The option `top-level-domains` names more such
    ends, and `except-top-level-domains` those that the blog's own files have.

    ## Why
    Browsers look for a page of that name below the blog itself: readers get "not found".

    ## Fix safety
    Repair: there is no such page, for a page's address does not begin with a host's name, and the author
    meant that host. `https://` is what browsers try themselves where an address is typed without a scheme.
    No fix where a port is given, which may speak either.

    ## Precision
    6 of 6 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL014", "missing-scheme", Severity.ERROR
    message = Text(
        en="without `https://` this leads to a page of the blog itself, which is not there",
        ko="`https://`가 없어 블로그 안의 없는 페이지로 가는 링크가 됩니다",
    )
    doc_ko = """`https://` 없이 적은 `www.example.org/a` 같은 주소나 `mailto:` 없이 적은 메일 주소.

    호스트인지는 모양으로 판단합니다. `www.`으로 시작하거나, 파일 확장자로는 쓰지 않는 최상위 도메인으로
    끝나야 합니다. `setup.sh`, `data.zip`, `notes.md`는 제외합니다. 이런 도메인이 더 있으면 옵션
    `top-level-domains`에, 블로그의 파일 이름에 쓰는 것은 `except-top-level-domains`에 적습니다.

    ## 이유
    브라우저는 블로그 안에서 그 이름의 페이지를 찾습니다. 독자는 "페이지를 찾을 수 없음"을 보게 됩니다.

    ## 수정 안전성
    복구: 호스트 이름으로 시작하는 페이지는 블로그에 없고, 글쓴이가 뜻한 것은 그 호스트입니다.
    `https://`는 스킴 없이 입력한 주소에 브라우저가 스스로 붙이는 것입니다. 포트가 있으면 어느 쪽인지 알 수
    없어 고치지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 6건 중 6건이 맞았습니다(2026-11-22).
    """
    signs = lazy(r"\n[^\W_][^/:?#\n]*?[.@]")
    Options = Options
    examples = (
        Bad("[강의](⟦www.example.org⟧/js/)\n", fixed="[강의](https://www.example.org/js/)\n"),
        Bad("[코드](⟦github.com⟧/haneul/blog)\n", fixed="[코드](https://github.com/haneul/blog)\n"),
        Bad("[강의](⟦learn.example.org⟧)\n", fixed="[강의](https://learn.example.org)\n"),
        Bad("[노트](⟦haneul.notion.site⟧/abc)\n", fixed="[노트](https://haneul.notion.site/abc)\n"),
        Bad(
            "[글][1]\n\n[1]: ⟦WWW.example.org⟧/a 'b'\n",
            fixed="[글][1]\n\n[1]: https://WWW.example.org/a 'b'\n",
        ),
        Bad(
            '![그림](⟦img.example.com⟧/a.png) <a href="⟦www.example.org⟧">집</a>\n',
            fixed='![그림](https://img.example.com/a.png) <a href="https://www.example.org">집</a>\n',
        ),
        Bad("[관리 화면](⟦blog.example.org⟧:8443/admin)\n"),
        Bad("[메일](⟦haneul@example.org⟧)\n", fixed="[메일](mailto:haneul@example.org)\n"),
        Good("[강의](https://www.example.org/js/), [강의](//www.example.org/js/)\n"),
        Good("[스크립트](setup.sh), [앱](Blog.app), [글](notes.md), [자료](data.zip)\n"),
        Good("[모델](model.ai), [위](../README.md), [그림](a.b.png), [버전](v1.2/changes.html)\n"),
        Good("![아이콘](icon@2x.png)\n"),
        Good("[글](/www.example.org/), [곳](#www.example.org), [글]({{ site.url }}/a), [빈칸]()\n"),
        Good("[서버](localhost:4000/a)\n"),
        Good("www.example.org 을 보거나 haneul@example.org 에게.\n", path="README.md"),
        Good("<haneul@example.org> 에게\n"),
        Bad(
            "[전시](⟦spring.example.museum⟧), [메일](⟦haneul@example.museum⟧)\n",
            fixed="[전시](https://spring.example.museum), [메일](mailto:haneul@example.museum)\n",
            options={"top-level-domains": ["museum"]},
        ),
        Good("[전시](spring.example.museum)\n"),
        Good("[정보](library.info)\n", options={"except-top-level-domains": ["info"]}),
    )

    def check(self, destination: Destination) -> Iterator[Finding]:
        if isinstance(destination.owner, nodes.Link) and destination.owner.kind in _COMPLETED:
            return
        if is_mailbox(destination.text, self._domains):
            whole = Span(0, len(destination.text))
            text, title, scheme = _MAILBOX, _ADD_MAILTO, "mailto:"
        elif host := schemeless_host(destination.text, self._domains):
            whole = host
            text, title, scheme = self.message, _ADD_HTTPS, "https://"
        else:
            return
        has_port = destination.text.startswith(":", whole.end)
        at = destination.span.start
        yield self.finding(
            destination.span_of(whole),
            text=text,
            fix=None if has_port else fix(Safety.REPAIR, title, Edit(Span(at, at), scheme)),
        )

    @cached_property
    def _domains(self) -> TopLevelDomains:
        options: Options = self.options
        return top_level_domains().extended(options.top_level_domains, options.except_top_level_domains)
