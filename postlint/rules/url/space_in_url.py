from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.post import Address, Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._text import is_one_link, opening_of, running_text
from postlint.urls import split_url

_BEGINS = lazy(r"\]\(")
_WITH_SPACE = lazy(r"\]\((?=[^\s()<>\"'`]++[ \t(])")
"""One whose address a space may follow before any parenthesis closes it."""
_INSIDE = lazy(r"[^\s()<>\"'`][^\n\r<>\"'`]{,2048}")
"""No longer than search engines take an address (sitemaps.org, "loc")."""
_TITLE = lazy(r"(?P<quote>[\"'])[^\r\n]{,2048}?(?P=quote)[ \t]*\)")
_BRACKET = lazy(r"[()]")
_WEB = lazy(r"https?://[^\s/]")
_FILE = lazy(r"[^\r\n:?#]*\.[A-Za-z0-9]{2,5}(?:[?#]\S*)?\Z")
_SPACES = lazy(r"[ \t]+")
_HOST = lazy(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::[0-9]+)?\Z")
_BESIDE_DOT = lazy(r"(?<!\s)\s+(?=\.)|(?<=\.)\s+")
_ENCODE = Text(en="write `%20`", ko="`%20`으로 쓰기")
_TAKE_OUT = Text(en="take the space out", ko="공백 지우기")
_IN_HOST = Text(
    en="a space in the host's name: browsers cannot open this address",
    ko="호스트 이름에 공백이 있어 브라우저가 이 주소를 열지 못합니다",
)


class SpaceInUrl(Rule):
    """A space in an address that makes no link of it, or breaks the name of its host.

    kramdown makes a link of `[text](a b.html)`, and browsers find the page; CommonMark does not, and there
    it is found: in a README, or where the site has another engine.

    ## Why
    Readers see the brackets and the address as they stand in the file, or get to no page at all.

    ## Fix safety
    Repair: a space between the parts of a path is `%20`, as browsers write it themselves, and with it the
    page's engine makes the link; a host's name has no space. No fix where what follows the space may be a
    title without its quotation marks.
    """

    code, name, severity = "URL011", "space-in-url", Severity.WARNING
    message = Text(
        en="the address ends at this space: this makes no link",
        ko="이 공백에서 주소가 끊겨 링크가 되지 않습니다",
    )
    doc_ko = """공백 때문에 링크가 되지 않거나 호스트 이름이 깨지는 주소.

    kramdown은 `[글](a b.html)`을 링크로 만들고 브라우저도 그 페이지를 찾습니다. 그렇게 하지 않는
    CommonMark에서만, 곧 README나 다른 엔진을 쓰는 블로그에서만 알립니다.

    ## 이유
    괄호와 주소가 적힌 그대로 보이거나, 어느 페이지로도 가지 않습니다.

    ## 수정 안전성
    복구: 경로 사이의 공백은 브라우저도 `%20`으로 쓰며, 그렇게 쓰면 링크가 되는 것을 확인합니다. 호스트
    이름에는 공백이 들어갈 수 없습니다. 공백 뒤가 따옴표를 빠뜨린 제목일 수
    있으면 고치지 않습니다.
    """
    gives_way_to = ("URL015", "URL025")
    examples = (
        Bad(
            "![그림](../images/봄⟦ ⟧나들이/1.png)\n",
            fixed="![그림](../images/봄%20나들이/1.png)\n",
            path="README.md",
        ),
        Bad(
            "[코드](https://github.com/haneul/blog/94.⟦ ⟧Tree (1)/a.py 'b')\n",
            fixed="[코드](https://github.com/haneul/blog/94.%20Tree%20(1)/a.py 'b')\n",
            path="README.md",
        ),
        Bad("[글](https://example.org/a⟦ ⟧앞 글)\n", path="README.md"),
        Bad("[글](https://blog⟦ ⟧.example.org/a)\n", fixed="[글](https://blog.example.org/a)\n"),
        Bad("[글](https://example.org⟦ ⟧앞 글)\n"),
        Good("[코드](https://github.com/haneul/blog/94. Tree.py) ![그림](/봄 나들이.png)\n"),
        Good("[글]( https://example.org/a ) [글](https://example.org/a 'b c')\n"),
        Good("[글](<a b.html>) [글](a%20b.html) [글](a.html (b c))\n", path="README.md"),
        Good("f[0](x, y) [주](아래 글) [ ](a b)\n", path="README.md"),
        Good("`[글](a b.html)`\n", path="README.md"),
        Good("[글](https://example.org/{{ page.url }}) [글]({{ site.url }} /a.html)\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        for address in post.addresses:
            if " " in address.text:
                yield from self._in_host(address)
        text = post.source.text
        for stretch, block in running_text(post, _WITH_SPACE):
            for begins in _BEGINS.finditer(text, *stretch):
                written = _address(text, begins.end(), block.end)
                if written is not None:
                    yield from self._in_text(post, begins.start(), written, block)

    def _in_host(self, address: Address) -> Iterator[Finding]:
        text = address.text
        if not address.is_verbatim:
            return
        host = split_url(text).host_span
        if host is None:
            return
        space = _SPACES.search(text, *host)
        if space is None or space.start() == host.start:
            return
        name = text[host.start : host.end]
        mended: Fix | None = None
        if _HOST.match(_BESIDE_DOT.sub("", name)):
            edits = [
                Edit(address.span_of(Span(host.start + gap.start(), host.start + gap.end())), "")
                for gap in _BESIDE_DOT.finditer(name)
            ]
            mended = fix(Safety.REPAIR, _TAKE_OUT, *edits)
        elif not _HOST.match(text[host.start : space.start()]):
            return
        yield self.finding(address.span_of(Span(*space.span())), text=_IN_HOST, fix=mended)

    def _in_text(self, post: Post, bracket: int, address: Span, block: Span) -> Iterator[Finding]:
        text = post.source.text
        opening = opening_of(text, bracket, block.start)
        if opening is None:
            return
        written = text[address.start : address.end]
        encoded = _SPACES.sub(lambda space: "%20" * len(space[0]), written)
        mark = "!" if opening > block.start and text[opening - 1] == "!" else ""
        if not is_one_link(post, f"{mark}{text[opening : bracket + 2]}{encoded})", encoded):
            return
        gaps = list(_SPACES.finditer(text, *address))
        edits = [Edit(Span(*gap.span()), "%20" * len(gap[0])) for gap in gaps]
        is_path = _FILE.match(written) or "/" in text[gaps[0].end() : address.end]
        yield self.finding(
            Span(*gaps[0].span()), fix=fix(Safety.REPAIR, _ENCODE, *edits) if is_path else None
        )


def _address(text: str, start: int, end: int) -> Span | None:
    """The address between parentheses, from `start`, if it has a space in it."""
    inside = _INSIDE.match(text, start, end)
    if inside is None:
        return None
    depth = 0
    close = None
    for bracket in _BRACKET.finditer(text, *inside.span()):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            close = bracket.start()
            break
    if close is None and _TITLE.match(text, inside.end(), end):
        close = inside.end()  # a title follows
    if close is None:
        return None
    address = text[start:close].rstrip()
    if not _SPACES.search(address) or not (_WEB.match(address) or ("/" in address and _FILE.match(address))):
        return None
    return Span(start, start + len(address))
