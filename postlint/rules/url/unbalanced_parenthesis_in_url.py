from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._text import end_of_address, is_one_link, opening_of, running_text

_BEGINS = lazy(r"\]\(")
_NOT_CLOSED = lazy(r"\]\((?![^\s<>\"`()|{]*+\))")
"""One whose address no parenthesis closes, or not the first one."""
_SCHEME = lazy(r"https?://[^\s/]")
_IMAGE_FILE = lazy(r"[^\s()]+\.(?:png|jpe?g|gif|svg|webp)\Z", 2)
_TITLE = lazy(r"[ \t]*(?:\r?\n[ \t]*)?[\"']")
_SENTENCE = lazy(r"[.,;:!?'*_~]*(?:[^\x00-\x7f].*)?\Z")
"""What may follow a parenthesis when the sentence goes on: its marks, and Korean."""
_TRAILING = lazy(r"[.,;:!?'*_~…]+\Z")
_BRACKET = lazy(r"[()]")
_WHITE = lazy(r"\s")
_REST = 500
"""Characters of a line in which a parenthesis behind an address is looked for."""
_CLOSE = Text(en="close the parenthesis", ko="괄호 닫기")
_SWALLOWS = Text(
    en="the parenthesis of this address is not closed: the address swallows the text behind it",
    ko="이 주소의 괄호가 닫히지 않아, 뒤의 글까지 주소가 됩니다",
)


class UnbalancedParenthesisInUrl(Rule):
    """An address in `[text](…` whose parenthesis is not closed: `[text](https://example.org/a_(b)`.

    ## Why
    There is no link, or one with the text behind it in its address: a parenthesis that belongs to the
    address has taken the place of the one that was to end it, or none was written.

    ## Fix safety
    Unsafe: with a `)` it is a link, but where its address ends the author knows best.
    """

    code, name, severity = "URL025", "unbalanced-parenthesis-in-url", Severity.WARNING
    message = Text(
        en="the parenthesis of this address is not closed: this makes no link",
        ko="이 주소의 괄호가 닫히지 않아 링크가 되지 않습니다",
    )
    doc_ko = """`[글](https://example.org/a_(b)`처럼 괄호가 닫히지 않은 주소.

    ## 이유
    링크가 되지 않거나 뒤의 글까지 주소가 됩니다. 주소에 들어 있는 괄호가 링크를 닫을 괄호의 자리를
    차지했거나, 닫는 괄호를 빠뜨린 것입니다.

    ## 수정 안전성
    안전하지 않음: `)`를 넣으면 링크가 되지만, 주소가 어디에서 끝나는지는 글쓴이가 가장 잘 압니다.
    """
    signs = ("](",)
    gives_way_to = ("URL017",)
    examples = (
        Bad(
            "[위키](⟦https://en.wikipedia.org/wiki/Tree_(graph_theory)⟧를 보라.\n",
            fixed="[위키](https://en.wikipedia.org/wiki/Tree_(graph_theory))를 보라.\n",
        ),
        Bad("- [글](⟦https://example.org/a⟧\n", fixed="- [글](https://example.org/a)\n"),
        Bad("![그림](⟦/assets/a.png⟧\n\n다음\n", fixed="![그림](/assets/a.png)\n\n다음\n"),
        Bad(
            "[글](⟦https://example.org/a⟧, [다음](https://example.org/b)\n",
            fixed="[글](https://example.org/a), [다음](https://example.org/b)\n",
        ),
        Bad(
            "([글](⟦https://example.org/a, [다음](https://example.org/b)⟧)\n",
            fixed="([글](https://example.org/a), [다음](https://example.org/b))\n",
        ),
        Bad(
            "[위키](⟦https://en.wikipedia.org/wiki/Tree_(graph_theory)⟧\n",
            fixed="[위키](https://en.wikipedia.org/wiki/Tree_(graph_theory))\n",
            path="README.md",
        ),
        Good("[위키](https://en.wikipedia.org/wiki/Tree_(graph_theory))를 보라.\n"),
        Good(
            "([글](https://example.org/a)) [글](https://example.org/a 'b(c') [글](<https://example.org/a(b>)\n"
        ),
        Good("[글]](https://example.org/a) \\[글](https://example.org/a\n"),
        Good("`[글](https://example.org/a`\n"),
        Good("배열[0](x, f](y\n"),
        Good("[글](https://github.com/haneul/blog/94. Tree.py), [그림](../a b/c (1).png)\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        text = post.source.text
        for stretch, block in running_text(post, _NOT_CLOSED):
            for begins in _BEGINS.finditer(text, *stretch):
                found = _unclosed(text, begins.start(), block)
                if found and (mended := _closing(post, begins.start(), found, block)):
                    yield self.finding(found, fix=mended)
        for node in post.nodes_of(nodes.Link, nodes.Image):
            if node.kind is nodes.LinkKind.INLINE and "](" in node.destination:
                yield from self._swallowing(node, post)

    def _swallowing(self, node: nodes.Link | nodes.Image, post: Post) -> Iterator[Finding]:
        if not _SCHEME.match(node.destination):
            return
        start = node.destination_span.start
        white = _WHITE.search(post.source.text, *node.destination_span)
        if white is None:
            return
        place = start + len(_TRAILING.sub("", post.source.text[start : white.start()]))
        address = post.source.text[start:place]
        is_link = is_one_link(post, f"{post.source.text[node.span.start : place]})", address)
        closed = fix(Safety.UNSAFE, _CLOSE, Edit(Span(place, place), ")")) if is_link else None
        yield self.finding(node.destination_span, text=_SWALLOWS, fix=closed)


def _unclosed(text: str, bracket: int, block: Span) -> Span | None:
    """The address behind the `](` at `bracket`, if nothing closes it in its line."""
    start = bracket + 2
    end = end_of_address(text, start, block.end)
    if end < block.end and (text[end] == ")" or not text[end].isspace()):
        return None
    address = text[start:end]
    if not _SCHEME.match(address) and not _IMAGE_FILE.match(address):
        return None
    if _TITLE.match(text, end, block.end) or _closes(text, end, block.end):
        return None
    behind = address.rfind(")") + 1
    if behind and _SENTENCE.match(address, behind):
        return Span(start, start + behind)
    return Span(start, start + len(_TRAILING.sub("", address)))


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a parenthesis closes in the rest of the line that did not open there: a space is the fault."""
    end = min(end, start + _REST)
    line_end = text.find("\n", start, end)
    depth = 0
    for bracket in _BRACKET.finditer(text, start, line_end if line_end >= 0 else end):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            return True
    return False


def _closing(post: Post, bracket: int, address: Span, block: Span) -> Fix | None:
    """A fix that makes a link of what there is; None if a parenthesis is not what it lacks."""
    text = post.source.text
    opening = opening_of(text, bracket, block.start)
    if opening is None or text[opening - 1 : opening] == "\\":
        return None
    written = text[address.start : address.end]
    missing = ")" * (1 + written.count("(") - written.count(")"))
    mark = "!" if opening > block.start and text[opening - 1] == "!" else ""
    if not is_one_link(post, f"{mark}{text[opening : bracket + 2]}{written}{missing}", written + missing[1:]):
        return None
    return fix(Safety.UNSAFE, _CLOSE, Edit(Span(address.end, address.end), missing))
