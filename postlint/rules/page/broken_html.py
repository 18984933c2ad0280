from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._fences import MeantCode
from postlint.rules._html import (
    CALLED_TAG,
    ELEMENTS,
    FORMATTING_ELEMENTS,
    VOID_ELEMENTS,
    Placed,
    closings,
    ends_in_its_tag,
    written_elements,
)
from postlint.rules.page._shown_tags import ShownTag, shown_comments, shown_tags, swallowing_comments

_CLOSING = lazy(r"(?<!\\)</(?P<name>[A-Za-z][A-Za-z0-9]*)\s*>")
_CLOSES = lazy("</")
_LINE_OF_TAGS = lazy(r"[ \t>]*(?:</?[A-Za-z][^<>\n]*>[ \t]*)+\r?\Z")
_FOLLOWED = lazy(r"\n[ \t]*\r?\n(?=\s*\S)")
_SHOWN_AS_IS = frozenset(("pre", "code", "script", "style", "textarea", "xmp", "kbd", "samp"))
_OPTIONAL_END = frozenset(
    (
        *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption"),
        *("option", "optgroup", "rt", "rp", "rb", "rtc", "html", "head", "body"),
    )
)
"""Elements that a browser closes by itself (HTML Living Standard, 13.1.2.4)."""

_BREAK = Text(en="write `<br>`", ko="`<br>`로 적기")
_TAKE_OUT = Text(en="take it out", ko="지우기")

_SWALLOWS = Text(
    en="`<{element}>` is never closed: all that follows is inside of it, and not read as Markdown",
    ko="`<{element}>` 태그가 닫히지 않아 뒤의 글이 모두 그 안에 들어가고 마크다운으로 처리되지 않습니다",
)
_ENDS_EARLY = Text(
    en="`<{element}>` ends with its paragraph: `</{element}>` on line {line} appears as text",
    ko="`<{element}>`의 효과는 이 문단에서 끝나고 {line}번째 줄의 `</{element}>` 태그는 글자로 보입니다",
)
_STRAY = Text(
    en="`</{element}>` closes nothing and appears on the page as text",
    ko="`</{element}>` 태그가 닫을 것이 없어 글자 그대로 보입니다",
)
_NO_TAG = Text(
    en="this is no tag for the page's engine and appears as text: look at its quotes and spaces",
    ko="따옴표나 공백 때문에 태그로 처리되지 않고 글자 그대로 보입니다",
)
_MISPLACED = Text(
    en="`<{element}>` is no tag in the midst of a line and appears as text: it may only begin a line",
    ko="`<{element}>` 태그는 줄 가운데에서는 처리되지 않고 글자 그대로 보입니다. 줄 첫머리에 써야 합니다",
)
_NO_COMMENT = Text(
    en="this comment is not closed with `-->`: readers see it",
    ko="주석이 `-->`로 닫히지 않아 독자에게 그대로 보입니다",
)
_SWALLOWING_COMMENT = Text(
    en="this comment is not closed with `-->`: all that follows is lost to readers",
    ko="주석이 `-->`로 닫히지 않아 뒤의 글이 모두 보이지 않습니다",
)
_QUOTE = Text(en="set its quotes and spaces right: `{tag}`", ko="따옴표와 공백 바로잡기: `{tag}`")


class _Tags:
    """What is known of a post's tags while they are gone through."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self.code = MeantCode(post)
        self.strays = _strays(post)
        """The closing tags that the page shows as text, in the order of the file, by their names."""
        self.paired: set[Span] = set()
        """Those of them that belong to an opening tag which has been told."""
        self.swallowed_to = 0
        """Where an element ends that has been told, with all that is inside of it."""

    @cached_property
    def closings(self) -> dict[str, list[int]]:
        """Where each closing tag begins, shown or not, by its name in lower case."""
        return closings(self._post)


class BrokenHtml(Rule):
    """Raw HTML that is not closed, closes nothing, or is no HTML to the engine, which shows it as text.

    An element without its closing tag, `</br>`, a comment that never ends; kramdown knows no tag with a
    value such as `width=50%` or `src=/a.png` without quotes, with curly quotes, or without a space before
    the next attribute.

    Elements that a browser closes by itself are left out where no Markdown is lost in them, and so are
    anchors (`<a name="x">`) and what is said about tags.

    ## Why
    What follows an unclosed element is inside of it: bold, a link, centred, and in kramdown often no
    Markdown any more. A closing tag without an opening one is shown as it stands, as is a tag or a comment
    that the engine does not know for one: instead of the image, readers see `<img src=…>`.

    ## Fix safety
    Repair for `</br>`, which was certainly meant for `<br>`, and for the closing tag behind an `<img>`, which
    has none. Repair for quotes and spaces in the tag of an image or a break: nothing else can have been
    meant, and it is tried on the engine each time. Unsafe for other elements, whose inside may no longer
    be Markdown. No fix elsewhere: where an element ends, only the author knows.

    ## Precision
    22 of 22 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "PAGE013", "broken-html", Severity.WARNING
    message = Text(
        en="`<{element}>` is never closed: it goes on to the end of what it stands in",
        ko="`<{element}>` 태그가 닫히지 않아 효과가 끝까지 이어집니다",
    )
    doc_ko = """닫는 태그가 없거나 닫을 것이 없거나, 엔진이 HTML로 보지 않아 글자 그대로 보이는 HTML.

    `</br>`이나 끝나지 않는 주석도 찾습니다. kramdown은 `width=50%`, `src=/a.png`처럼 따옴표 없이 적은
    값이나 둥근따옴표, 다음 속성과 붙여 쓴 속성이 있는 태그를 태그로 보지 않습니다.

    브라우저가 저절로 닫는 요소는 그 안에서 마크다운이 망가지지 않는 한 제외하고, 앵커(`<a name="x">`)와
    태그를 설명하는 글도 제외합니다.

    ## 이유
    닫히지 않은 요소 뒤의 글은 그 안에 들어갑니다. 굵어지거나 링크가 되거나 가운데로 가고, kramdown에서는
    마크다운으로 처리되지 않을 때가 많습니다. 짝 없는 닫는 태그는 글자 그대로 보입니다. 엔진이 알아보지
    못한 태그와 주석도 그래서, 독자는 이미지 대신 `<img src=…>`라는 글자를 봅니다.

    ## 수정 안전성
    복구: `</br>`은 `<br>`로 쓴 것이 확실하고, `<img>`에는 닫는 태그가 없습니다. 이미지나 줄바꿈 태그의
    따옴표와 공백도 다른 뜻으로 썼을 리가 없으며, 고칠 때마다 엔진으로 확인합니다. 다른 요소는 그 안이
    마크다운으로 처리되지 않게 될 수 있어 안전하지 않습니다. 그 밖에는 고치지 않습니다. 요소가 어디서
    끝나는지는 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 22건 중 22건이 맞았습니다(2026-11-22).
    """
    signs = ("<",)
    gives_way_to = ("PAGE002", "PAGE003", "PAGE006")
    edits_opaque_regions = True
    examples = (
        Bad('⟦<p align="center">⟧\n그림\n\n**다음** 글\n'),
        Bad("글 ⟦<b>⟧굵게 쓴 글\n\n다음\n"),
        Bad('⟦<span style="color: red">⟧하나\n\n둘</span>\n'),
        Bad("<div>\n⟦<b>⟧글\n</div>\n\n**다음**\n"),
        Bad("<ul>⟦<li>⟧하나<li>둘</ul>\n\n**다음**\n"),
        Bad("첫 줄⟦</br>⟧둘째 줄\n", fixed="첫 줄<br>둘째 줄\n"),
        Bad('<img src="/a.png">⟦</img>⟧\n', fixed='<img src="/a.png">\n'),
        Bad("글\n\n⟦</div>⟧\n\n글\n"),
        Bad("<p>글</p>⟦</p>⟧\n\n글⟦</div>⟧\n"),
        Bad('⟦<div class="note">⟧\n\n글\n', path="README.md"),
        Bad(
            "⟦<img src=/images/a.png width=50%>⟧\n",
            fixed='<img src="/images/a.png" width="50%">\n',
        ),
        Bad('그림 ⟦<img src=“/a.png” alt="봄">⟧ 이다.\n', fixed='그림 <img src="/a.png" alt="봄"> 이다.\n'),
        Bad('⟦<img src="/a.png", width="800"/>⟧\n', fixed='<img src="/a.png" width="800" />\n'),
        Bad('⟦<img\u00a0src="/a.png">⟧\n', fixed='<img src="/a.png">\n'),
        Bad(
            "⟦<a href=https://blog.example.org/>⟧글</a>\n",
            fixed='<a href="https://blog.example.org/">글</a>\n',
        ),
        Bad('⟦<img src="/a.png alt="봄">⟧\n'),
        Bad('글 ⟦<p align="center">⟧그림</p>\n'),
        Bad('⟦<img src="/a.png" width="80"⟧\n\n다음 글\n'),
        Bad("⟦<!-- 나중에 고칠 것 ->⟧\n\n글\n"),
        Bad("⟦<!-- 나중에 고칠 것 ->⟧\n\n글\n", path="README.md"),
        Good("글\n\n<!-- 나중에\n\n고칠 것 -->\n\n글 <!-- 끝 -->\n", path="README.md"),
        Good("<img src=/images/a.png width=50%>\n", path="README.md"),
        Good("<font color=red>글</font> <!-- 주석\n주석 --> a < b 이고 c > d\n"),
        Good("\\<img src=/a.png> `<img src=/b.png>` &lt;img src=/c.png>\n"),
        Good("속성은 <a href=주소> 태그에 적는다.\n"),
        Good('<p align="center">\n그림\n</p>\n\n**다음** 글\n'),
        Good("<ul>\n<li>하나</li>\n</ul>\n"),
        Good("<ul>\n<li>하나\n</ul>\n", path="README.md"),
        Good('<a name="x">\n\n글 <a id="y"> 글\n'),
        Good('<img src="/a.png"> <br> <br/> <hr/>\n\n<input type="checkbox">\n'),
        Good('<div class="clear"/>\n\n글\n'),
        Good("<details>\n<summary>요약</summary>\n\n글\n\n</details>\n"),
        Good("<details>\n<summary>요약</summary>\n\n글\n\n</details>\n", path="README.md"),
        Good("본문은 </body> 태그 앞에서 끝난다.\n"),
        Good("`</br>` 과 `<b>` 는 코드다. \\</b>\n"),
        Good("<pre>\n</div>\n</pre>\n"),
        Good('<iframe src="https://example.org"></iframe>\n\n글\n'),
        Good('<div markdown="1">\n\n**글**\n\n</div>\n'),
        Good("{% highlight html %}\n<div>\n{% endhighlight %}\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        tags = _Tags(post)
        yield from self._shown(tags, post)
        yield from self._unclosed(tags, post)
        yield from self._stray(tags, post)

    def _shown(self, tags: _Tags, post: Post) -> Iterator[Finding]:
        """Tags and comments that the engine does not know for such."""
        for tag in shown_tags(post):
            if tag.span not in tags.code and not CALLED_TAG.match(post.source.text, tag.span.end):
                closing = _closing_behind(tag, tags)
                tags.paired.update(closing)
                text = _MISPLACED if tag.is_misplaced else _NO_TAG
                yield self.finding(tag.span, text=text, fix=_quoted(tag, closing), element=tag.name)
        for comment in shown_comments(post):
            if comment not in tags.code:
                yield self.finding(comment, text=_NO_COMMENT)
        for opening in swallowing_comments(post):
            yield self.finding(opening, text=_SWALLOWING_COMMENT)

    def _unclosed(self, tags: _Tags, post: Post) -> Iterator[Finding]:
        for placed in written_elements(post):
            element = placed.element
            if element.opening_span.start < tags.swallowed_to or not _may_be_open(placed, post):
                continue
            if element.opening_span in tags.code:
                continue
            if element.block:
                finding = self._block(element, tags, post)
                if finding is not None:
                    tags.swallowed_to = element.span.end
                    yield finding
            elif not placed.is_closed and (element.attributes or placed.name.lower() in FORMATTING_ELEMENTS):
                yield from self._in_text(placed, tags, post)

    def _stray(self, tags: _Tags, post: Post) -> Iterator[Finding]:
        """Closing tags that close nothing."""
        for name, spans in tags.strays.items():
            for span in spans:
                if span in tags.paired or span.start < tags.swallowed_to or span in tags.code:
                    continue
                if _is_stray(span, name, post):
                    yield self.finding(span, text=_STRAY, fix=_without(span, name, post), element=name)

    def _block(self, element: nodes.HtmlElement, tags: _Tags, post: Post) -> Finding | None:
        if ends_in_its_tag(element, post):
            return None
        culprit = _unclosed_inside(element, post)
        written = post.source[Span(element.opening_span.end, element.span.end)]
        if _FOLLOWED.search(written):
            return self.finding(culprit.opening_span, text=_SWALLOWS, element=culprit.name)
        if culprit.name.lower() in _OPTIONAL_END or _is_closed_behind(element, tags):
            return None
        return self.finding(culprit.opening_span, element=culprit.name)

    def _in_text(self, placed: Placed, tags: _Tags, post: Post) -> Iterator[Finding]:
        element, name = placed.element, placed.name.lower()
        spans = tags.strays.get(name, [])
        index = bisect_left(spans, element.opening_span)
        if index < len(spans):
            tags.paired.add(spans[index])
            line = post.source.line_at(spans[index].start)
            yield self.finding(element.opening_span, text=_ENDS_EARLY, element=placed.name, line=line)
        elif name not in _OPTIONAL_END and not _is_closed_behind(element, tags):
            yield self.finding(element.opening_span, element=placed.name)


def _closing_behind(tag: ShownTag, tags: _Tags) -> list[Span]:
    """The closing tag that belongs to `tag`, which the page shows as text too."""
    if tag.name.lower() in VOID_ELEMENTS:
        return []
    spans = tags.strays.get(tag.name.lower(), [])
    return [span for span in spans[bisect_left(spans, tag.span) :] if span not in tags.paired][:1]


def _quoted(tag: ShownTag, closing: list[Span]) -> Fix | None:
    is_void = tag.name.lower() in VOID_ELEMENTS
    if tag.mended is None or not (is_void or closing):
        return None
    safety = Safety.REPAIR if is_void else Safety.UNSAFE
    return fix(safety, _QUOTE, Edit(tag.span, tag.mended), tag=tag.mended)


def _may_be_open(placed: Placed, post: Post) -> bool:
    """Whether an element needs a closing tag to be what it was written for."""
    element, name = placed.element, placed.name.lower()
    opening = element.opening_span
    if name not in ELEMENTS or name in VOID_ELEMENTS or post.source.text.startswith("/", opening.end - 2):
        return False
    if name == "a" and "href" not in element.attributes:
        return False
    return CALLED_TAG.match(post.source.text, opening.end) is None


def _unclosed_inside(element: nodes.HtmlElement, post: Post) -> nodes.HtmlElement:
    """The element that lacks its closing tag: it keeps those around it from being closed."""
    while True:
        written = post.source[element.span].lower()
        name = element.name.lower()
        if written.count(f"</{name}") < written.count(f"<{name}"):
            return element
        inner = [
            child
            for child in element.children
            if isinstance(child, nodes.HtmlElement)
            and child.name.lower() not in VOID_ELEMENTS
            and child.span.end > child.opening_span.end
            and not ends_in_its_tag(child, post)
        ]
        if not inner:
            return element
        element = inner[0]


def _is_closed_behind(element: nodes.HtmlElement, tags: _Tags) -> bool:
    """Whether its closing tag stands anywhere behind it, as it may in CommonMark."""
    offsets = tags.closings.get(element.name.lower(), [])
    return bool(offsets) and offsets[-1] >= element.span.end


def _strays(post: Post) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    if not post.has_in_text(_CLOSES):
        return found
    shown_to = 0
    for node in post.nodes_of(nodes.Text, nodes.HtmlElement):
        if isinstance(node, nodes.Text):
            if "</" in node.value and node.span.start >= shown_to:
                for match in _CLOSING.finditer(post.source.text, *node.span):
                    if match["name"].lower() in ELEMENTS:
                        found[match["name"].lower()].append(Span(*match.span()))
        elif node.name in _SHOWN_AS_IS:
            shown_to = node.span.end
    for spans in found.values():
        spans.sort()
    return found


def _is_stray(span: Span, name: str, post: Post) -> bool:
    """Whether a closing tag is a mistake, and not spoken of."""
    if CALLED_TAG.match(post.source.text, span.end):
        return False
    line = post.source.line_span(post.source.line_at(span.start))
    if name == "a" or name in VOID_ELEMENTS or name in FORMATTING_ELEMENTS:
        return True
    written = post.source[line]
    ends_its_line = not post.source[Span(span.end, max(span.end, line.end))].strip()
    return ends_its_line or _LINE_OF_TAGS.match(written) is not None


def _without(span: Span, name: str, post: Post) -> Fix | None:
    if name == "br":
        return fix(Safety.REPAIR, _BREAK, Edit(span, "<br>"))
    if name in VOID_ELEMENTS and _is_right_behind(name, span, post):
        return fix(Safety.REPAIR, _TAKE_OUT, Edit(span, ""))
    return None


def _is_right_behind(name: str, span: Span, post: Post) -> bool:
    return (name, span.start) in _ends(post)


@lru_cache(maxsize=1)
def _ends(post: Post) -> frozenset[tuple[str, int]]:
    """Where elements end, each with its name in lower case."""
    return frozenset((node.name.lower(), node.span.end) for node in post.nodes_of(nodes.HtmlElement))
