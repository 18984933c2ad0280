from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.liquid import UNKNOWN
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules.url._encoding import is_markup_in_text
from postlint.rules.url._text import running_text
from postlint.urls import is_local, split_url

_ADDRESS = lazy(r"[Hh][Tt][Tt][Pp][Ss]?://(?:[^\s<>\"`|\\" + UNKNOWN + r"]|\\[_*~()#&!.+=-])+")
_ESCAPE = lazy(r"\\(.)")
"""Editors that escape all signs of Markdown write `a\\_b`, of which the page shows `a_b`."""
_SPACE = "[\\s\u200b\u2060\ufeff\u00a0]*"
_OPENED = lazy(rf"<{_SPACE}\Z")
_CLOSED = lazy(rf"{_SPACE}>")
"""`< https://… >`, which the engine does not read."""
_JOINS = {"<": ("\\", "<"), "[": ("\\", "!")}
"""What makes another thing of these where it stands before them."""
_UNCLOSED = lazy(r"(?<!\\)<\Z")
_FIRST_SCHEME = lazy(r"(?<![A-Za-z0-9])(?:https?:/{1,2}|chrome-extension://[a-p]{32}/)\Z", 2)
"""What stands right before the scheme of an address that was copied twice, or out of an extension."""
_LONGEST_SCHEME = 60
_SCHEME = lazy("[Hh][Tt][Tt][Pp][Ss]?://")
_LONGEST = 8_000
"""Characters of the longest address there is any use for: RFC 9110, section 4.1, asks everybody to take
as many; what is longer is data."""
_TRAILING = lazy(r"[.,;:!?'*_~…。、」』】）》”’\\]+\Z")
_PARTICLE = lazy(
    r"(?<=[A-Za-z0-9/_)-])(?:을|를|은|는|이|가|의|에|와|과|도|로|으로|에서|에게|부터|까지|처럼|입니다|이다|이며|이고|라는|이라는)\Z"
)
"""Particles that follow a noun without a space; a path that ends in one alone is not to be expected."""
_PLACEHOLDER = lazy(r"[{}\[\]$]|\.\.\.|…")
_OPENS = frozenset("(「『【《“‘")
_NUMBERS = lazy(r"[\d.]+")
_VALUE = ('="', "='")
"""What stands before a value of an attribute."""
_PAIRS = {")": "(", "]": "[", "}": "{"}
_QUOTES = {")": "(", "」": "「", "』": "『", "】": "【", "》": "《", "”": "“", "’": "‘"}
_EMPHASIS = lazy(r"\*\*|\*(?=[가-힣])")
"""What ends the emphasis that an address stands in, before a particle."""

_BROKEN_LINK = Text(
    en="this was to be a link, but the brackets around it do not make one: readers see them as they stand",
    ko="링크로 쓰려던 것 같지만 괄호가 맞지 않아 링크가 되지 않고 괄호째 그대로 보입니다",
)
_CUT = Text(
    en="the link ends before `{rest}`: it leads to another page",
    ko="링크가 `{rest}` 앞에서 끝나 다른 페이지로 갑니다",
)
_GOES_ON = lazy(
    r"[/=_-](?=[가-힣])(?!(?:[을를은는의에와과도로라인하가]|이라|이며|이고|으로|부터|까지|처럼|입니))"
)
"""The end of an address, and Hangul behind it that begins as no particle does."""
_LONGEST_BLOCK = 20_000
"""Characters of a block in which a change is tried."""
_ENCLOSE = Text(en="make it a link: `<…>`", ko="`<…>`로 감싸 링크로 만들기")


class BareUrl(Rule):
    """An address in the text that the page does not make a link, or one of a part of it.

    kramdown, unlike GitHub, links no address by itself. Left out is what is there to be read or copied
    rather than followed: local addresses and those of numbers, placeholders (`https://{host}/`), what git
    clones (`….git`), addresses with a password, the root of an `api.…` host, values (`xmlns="…"`).

    Hugo ends a link at the first Hangul: where more than a particle follows, it leads to another page.

    ## Why
    Readers see the address and cannot follow it; on a telephone they cannot even copy it with ease.

    ## Fix safety
    Unsafe: `<…>` makes it a link, but where the address ends (a bracket, a particle written to it),
    and whether it was to be followed at all, the author knows best.

    ## Precision
    315 of 320 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL013", "bare-url", Severity.WARNING
    message = Text(en="this address is no link on the page", ko="이 주소는 페이지에서 링크가 되지 않습니다")
    doc_ko = """페이지에서 링크가 되지 않거나 일부만 링크가 되는, 본문에 그대로 적힌 주소.

    GitHub와 달리 kramdown은 주소를 저절로 링크로 만들지 않습니다. 누르기보다 읽거나 복사하라고 적는 것은
    제외합니다. 내부 주소와 숫자뿐인 주소, 자리 표시(`https://{host}/`), git으로 받는 주소(`….git`), 암호가
    든 주소, `api.…` 호스트의 뿌리, 속성값(`xmlns="…"`)이 그렇습니다.

    Hugo는 첫 한글에서 링크를 끝냅니다. 조사가 아닌 한글이 이어지면 다른 페이지로 가는 링크가 됩니다.

    ## 이유
    주소가 보이는데 누를 수 없습니다. 휴대전화에서는 복사하기도 어렵습니다.

    ## 수정 안전성
    안전하지 않음: `<…>`로 감싸면 링크가 되지만, 주소가 어디서 끝나는지(괄호, 붙여 쓴 조사), 링크로
    만들 생각이었는지는 글쓴이가 가장 잘 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 320건 중 315건이 맞았습니다(2026-11-22).
    """
    signs = ("://",)
    gives_way_to = ("PAGE004", "PAGE013", "URL011", "URL017", "URL018", "URL025")
    examples = (
        Bad("출처: ⟦https://ko.example.org/docs⟧\n", fixed="출처: <https://ko.example.org/docs>\n"),
        Bad("(⟦https://example.org/a_b_c(d)⟧)를 보라.\n", fixed="(<https://example.org/a_b_c(d)>)를 보라.\n"),
        Bad("⟦https://example.org/docs⟧를 보라.\n", fixed="<https://example.org/docs>를 보라.\n"),
        Bad(
            "저장소(⟦https://example.org/lib⟧)에도 있다.\n",
            fixed="저장소(<https://example.org/lib>)에도 있다.\n",
        ),
        Bad("⟦HTTPS://ko.example.org/docs⟧ 참고\n", fixed="<https://ko.example.org/docs> 참고\n"),
        Bad("「⟦https://ko.example.org/docs⟧」입니다.\n", fixed="「<https://ko.example.org/docs>」입니다.\n"),
        Bad("**⟦https://ko.example.org/docs⟧**입니다.\n", fixed="**<https://ko.example.org/docs>**입니다.\n"),
        Bad(
            "공책: ⟦https://example.org/a\\_b\\_c⟧ 를 보라.\n",
            fixed="공책: <https://example.org/a_b_c> 를 보라.\n",
        ),
        Bad("출처: < ⟦https://example.org/a⟧ >\n", fixed="출처: <https://example.org/a>\n"),
        Bad("출처: \\⟦https://example.org/a⟧ 를 보라.\n"),
        Bad("출처: <⟦https://example.org/a⟧ 를 보라.\n", fixed="출처: <https://example.org/a> 를 보라.\n"),
        Bad("출처: http://⟦https://example.org/a⟧\n", fixed="출처: <https://example.org/a>\n"),
        Bad(
            "1. 하나는\n⟦https://example.org/a⟧ 에 있다.\n2. 둘\n",
            fixed="1. 하나는\n[https://example.org/a](https://example.org/a) 에 있다.\n2. 둘\n",
        ),
        Bad("> 인용\n⟦https://example.org/a--b⟧ 에 있다.\n"),
        Bad("[문서]](⟦https://ko.example.org/docs⟧)\n"),
        Good("출처: <https://ko.example.org/docs>\n"),
        Good("[https://ko.example.org](https://ko.example.org)\n"),
        Good("`https://ko.example.org`\n"),
        Good('<a href="https://ko.example.org">https://ko.example.org</a>\n'),
        Good("브라우저에서 http://localhost:4000 을 연다.\n"),
        Good("https://{owner}.github.io/ 처럼 쓴다.\n"),
        Good("git clone https://git.example.org/owner/blog.git\n"),
        Good("카메라를 켜려면 https://123.45.67:6006 을 입력한다.\n"),
        Good("Endpoint: https://api.example.org/, proxy: http://me:KEY@proxy.example.org:8001\n"),
        Good('taglib prefix="c" uri="http://ko.example.org/jsp/jstl/core"\n'),
        Good("출처: https://ko.example.org/docs\n", path="README.md"),
        Bad(
            "출처: ⟦https://ko.example.org/wiki/한글⟧ 문서\n",
            fixed="출처: <https://ko.example.org/wiki/한글> 문서\n",
            path="content/a.md",
            site={"hugo.toml": ""},
        ),
        Good(
            "https://ko.example.org/docs/에서는 https://ko.example.org/a를 본다.\n",
            path="content/a.md",
            site={"hugo.toml": ""},
        ),
        Good("https://ko.example.org/예 https://ko.example.org/wiki/한글\n", path="README.md"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        reported = 0
        tried: dict[tuple[int, str], bool] = {}
        for text, block in running_text(post, _SCHEME):
            for scheme in _SCHEME.finditer(post.source.text, *text):
                if scheme.start() < reported:
                    continue
                match = _ADDRESS.match(post.source.text, scheme.start(), block.end)
                if match is None:
                    continue
                if match.end() - match.start() > _LONGEST:
                    reported = match.end()
                    continue
                span = _trimmed(post.source.text, Span(*match.span()))
                if not _is_meant(post.source[span]) or post.source.text.endswith(_VALUE, 0, span.start):
                    continue
                if post.is_opaque(span):
                    continue
                reported = span.end
                if post.source.text.endswith("](", 0, span.start):
                    yield self.finding(span, text=_BROKEN_LINK)
                    continue
                # kramdown knows no `<HTTPS://…>`.
                address = scheme[0].lower() + _ESCAPE.sub(r"\1", post.source.text[scheme.end() : span.end])
                yield self.finding(
                    span, fix=_enclosed(_widened(span, post.source.text), address, block, tried, post)
                )
        yield from self._cut(post)

    def _cut(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        for link in post.nodes_of(nodes.Link):
            start, end = link.span
            if link.kind is not nodes.LinkKind.BARE or not _GOES_ON.match(text, end - 1):
                continue
            match = _ADDRESS.match(text, start)
            span = _trimmed(text, Span(*match.span())) if match else link.span
            if span.end > end and _is_meant(text[start:end]):
                change = fix(Safety.UNSAFE, _ENCLOSE, Edit(span, f"<{post.source[span]}>"))
                yield self.finding(span, text=_CUT, fix=change, rest=text[end : span.end])


def _widened(span: Span, text: str) -> Span:
    """`span` with the brackets around or before it, or another scheme, that make no link as they stand."""
    start = max(span.start - _LONGEST_SCHEME, 0)
    opened, closed = _OPENED.search(text, start, span.start), _CLOSED.match(text, span.end)
    if opened and closed:
        return Span(opened.start(), closed.end())
    first = _FIRST_SCHEME.search(text, start, span.start)
    begin = first.start() if first else span.start
    left = _UNCLOSED.search(text, start, begin)  # `<<` is a quotation mark to kramdown
    return Span(left.start() if left else begin, span.end)


def _enclosed(
    span: Span, address: str, block: Span, tried: dict[tuple[int, str], bool], post: Post
) -> Fix | None:
    """The address in place of `span` as a link; None where that would part the text that it stands in.

    `tried` keeps what became of other lines, by the block of the page and what they would begin with.
    """
    for written in (f"<{address}>", f"[{address}]({address})"):
        if post.source.text[span.start - 1 : span.start] in _JOINS[written[0]]:
            continue
        if not _may_part(span, block, post) or _stays_whole(Edit(span, written), tried, post):
            return fix(Safety.UNSAFE, _ENCLOSE, Edit(span, written))
        if is_markup_in_text(address):
            break
    return None


def _may_part(span: Span, block: Span, post: Post) -> bool:
    """Whether a `<` here would begin a line of a list, a quote or such that does without its indent or mark.

    To kramdown, such a line ends there with a `<` as with a tag (`LAZY_END_HTML_START` in
    `lib/kramdown/parser/kramdown/paragraph.rb`).
    """
    line = post.source.text.rfind("\n", 0, span.start) + 1
    return (
        block.start < line
        and not post.source.text[line : span.start].strip()
        and all(node.span != block for node in post.document.children)
    )


def _stays_whole(edit: Edit, tried: dict[tuple[int, str], bool], post: Post) -> bool:
    """Whether the block of the page that `edit` stands in is one block afterwards too."""
    around = (node.span for node in post.document.children if node.span.end > edit.span.start)
    start, end = next(around, edit.span)
    if end - start > _LONGEST_BLOCK or start > edit.span.start:
        return False
    text = post.source.text
    indent = text[text.rfind("\n", 0, edit.span.start) + 1 : edit.span.start]
    key = start, indent + edit.replacement[0]
    if key not in tried:
        after = text[start : edit.span.start] + edit.replacement + text[edit.span.end : end]
        tried[key] = _kinds(text[start:end], post) == _kinds(after, post)
    return tried[key]


def _kinds(text: str, post: Post) -> list[type[nodes.Node]]:
    return [type(node) for node in parsed(text, post).children]


def _trimmed(text: str, span: Span) -> Span:
    """`span` without what ends the sentence rather than the address."""
    emphasis = _EMPHASIS.search(text, *span)
    address = _before_closing(text[span.start : emphasis.start() if emphasis else span.end])
    while address:
        shorter = _PARTICLE.sub("", _TRAILING.sub("", address))
        last = shorter[-1:]
        if last in _PAIRS and shorter.count(last) > shorter.count(_PAIRS[last]):
            shorter = shorter[:-1]
        if shorter == address:
            break
        address = shorter
    return Span(span.start, span.start + len(address))


def _before_closing(address: str) -> str:
    """`address` up to a bracket that closes what has been opened before it."""
    opened: dict[str, int] = {}
    for place, character in enumerate(address):
        if character in _OPENS:
            opened[character] = opened.get(character, 0) + 1
        elif (opening := _QUOTES.get(character)) is not None:
            opened[opening] = opened.get(opening, 0) - 1
            if opened[opening] < 0:
                return address[:place]
    return address


def _is_meant(address: str) -> bool:
    """Whether `address` leads somewhere for a reader: no placeholder, no host of one's own network."""
    url = split_url(address)
    if _PLACEHOLDER.search(address) or "." not in url.host or is_local(url.host):
        return False
    if _NUMBERS.fullmatch(url.host) or url.userinfo_span is not None or url.path.endswith(".git"):
        return False
    return not (url.host.startswith("api.") and url.path in {"", "/"} and not url.query)
