import re
from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Address, Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.url._definitions import users_of
from postlint.urls import Url, is_local, split_url

_PREVIEW = Text(
    en="`{host}` is the preview of a blog on its author's machine; readers do not get there",
    ko="`{host}`은(는) 글쓴이의 컴퓨터에서 미리 보는 블로그로, 독자는 갈 수 없습니다",
)
_LOCAL = lazy(
    r"//(?:[^/?#\n]*@)?(?:[0-9\[]|(?:[^/?#\n:]*\.)?"
    r"(?i:localhost|local|internal|localdomain|lan|home\.arpa)\.?(?![^:/?#\s]))"
)
"""What the hosts have that `is_local` speaks of: digits, an address of IPv6, or such a name."""
_PREVIEW_PORTS = ("4000", "1313")
"""Those of `jekyll serve` and `hugo server`."""
_PROGRAM = lazy(r"/(?:api|admin|auth|docs|graphql|health|login|metrics|swagger)", re.IGNORECASE)
"""How addresses of programs begin that use these ports too."""
_GATEWAY = lazy(r"\.(?:1|254)\Z")
"""The address that a router takes by custom: what stands there, readers have at home as well."""
_LOOPBACK = ("127.", "0.0.0.0", "[::")


class LocalAddress(Rule):
    """An address of one's own machine or network that readers cannot reach.

    Images and what else is loaded into the page always; links where they lead into the preview of a blog
    (`http://localhost:4000/2024/…`) or to a page in a private network. A link that shows its address, or
    that leads to the start page of a program (`http://localhost:8080`), belongs to instructions for readers
    who run that program, and is left out.

    ## Why
    It works on the machine where the post was written, and nowhere else.

    ## Fix safety
    No fix: what the address is on the web, only the author knows.
    """

    code, name, severity = "URL022", "local-address", Severity.WARNING
    message = Text(
        en="`{host}` is in one's own machine or network; readers do not get there",
        ko="`{host}`은(는) 자기 컴퓨터나 내부망의 주소로, 독자는 갈 수 없습니다",
    )
    doc_ko = """독자가 갈 수 없는, 자기 컴퓨터나 내부망의 주소.

    이미지처럼 페이지에 불러오는 것은 언제나 알립니다. 링크는 블로그를 미리 보는 주소(`http://localhost:4000/2024/…`)나
    내부망의 페이지로 갈 때만 알립니다. 주소를 그대로 보여 주는 링크나 프로그램의 첫 화면으로 가는
    링크(`http://localhost:8080`)는 그 프로그램을 실행하는 독자를 위한 설명이므로 제외합니다.

    ## 이유
    글을 쓴 컴퓨터에서만 열리고 다른 데서는 열리지 않습니다.

    ## 수정 안전성
    고치지 않음: 웹에서는 어떤 주소인지 글쓴이만 압니다.
    """
    signs = _LOCAL
    examples = (
        Bad("![그림](⟦http://localhost:8080/images/a.png⟧)\n"),
        Bad('<iframe src="⟦http://127.0.0.1:5500/demo.html⟧"></iframe>\n'),
        Bad("[지난 글](⟦http://localhost:4000/2024/05/01/spring/⟧)에서 보았듯이\n"),
        Bad("[지난 글][1]\n\n[1]: ⟦http://127.0.0.1:4000/spring/⟧\n"),
        Bad("[회의록](⟦http://192.168.10.7/wiki/meeting⟧)\n"),
        Good("[http://localhost:4000/admin/](http://localhost:4000/admin/)을 연다.\n"),
        Good("<http://localhost:6006>으로 접속한다.\n"),
        Good("[관리 화면](http://localhost:8080/login)을 연다.\n"),
        Good("[미리 보기](http://localhost:4000)를 연다.\n"),
        Good("[상태](http://localhost:4000/api/health)를 본다.\n"),
        Good("[공유기 설정](http://192.168.0.1/setup/)\n"),
        Good("![그림](https://localhost.example.org/a.png)\n"),
        Good("![그림](http://server/a.png)\n"),
        Good("```\ncurl http://localhost:4000/a/b\n```\n"),
    )

    def check(self, address: Address, post: Post) -> Iterator[Finding]:
        url = split_url(address.text)
        if not is_local(url.host) or not ("." in url.host or ":" in url.host or url.host == "localhost"):
            return
        owner = address.owner
        users = users_of(owner, post) if isinstance(owner, nodes.LinkDefinition) else [owner]
        links = [user for user in users if _is_link(user)]
        if len(links) < len(users):
            yield self.finding(address.span, host=_host(url))
        elif links and not all(url.host in link.text() for link in links) and url.path.strip("/"):
            is_own = url.host == "localhost" or url.host.startswith(_LOOPBACK)
            if url.port in _PREVIEW_PORTS and not _PROGRAM.match(url.path):
                yield self.finding(address.span, text=_PREVIEW, host=_host(url))
            elif not is_own and not _GATEWAY.search(url.host):
                yield self.finding(address.span, host=_host(url))


def _is_link(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Link) or (
        isinstance(node, nodes.HtmlElement) and node.name in ("a", "area")
    )


def _host(url: Url) -> str:
    return f"{url.host}:{url.port}" if url.port else url.host
