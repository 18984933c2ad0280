from collections.abc import Iterator, Sequence

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text, applied
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.covered import Covered
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode
from postlint.rules._html import ELEMENTS, ends_in_its_tag

_MARK = lazy(
    r"(?<![\\*/^{'\"\w])\*\*(?![*/])|(?<![\\*/^{'\"])\*\*(?![*/\w'\"])|(?<=[\w.!?)\]])\*\*(?=\w)"
    r"|(?<=['\"])\*\*(?=[가-힣])|(?<=[가-힣])\*\*(?=['\"])"
)
"""Two asterisks that are no path (`/**`), power (`a^**`) or text in quotes; but a particle stands right
behind bold text in quotes, and CommonMark makes none of it there."""
_KEYWORDS = lazy(r"\*\*(?:(?:kw|kwargs|opts?|options|params)\b|[A-Za-z_]\w*\s*(?:[,)=:]|\Z))")
"""`**kwargs`"""
_OPERATOR = lazy(r"[A-Za-z0-9_)\]] ?\*\* ?[A-Za-z0-9_(]")
_SPACE = " \t\u3000\u00a0"
_RAW_TEXT = ("pre", "code", "script", "style", "textarea", "kbd", "samp", "var", "tt", "svg", "math", "title")

_UNDERSCORES = lazy(
    r"(?<![\w\\])__(?=[^\s_])[^_\r\n]*[가-힣][^_\r\n]*(?<=\S)__(?=[가-힣])"
    r"|(?<=[가-힣])__(?=[^\s_])[^_\r\n]*[가-힣][^_\r\n]*(?<=\S)__(?!\w)"
    r"|(?<![\w\\*])_(?=[^\s_*])[^_\r\n]*[가-힣][^_\r\n]*(?<=[^\s*])_(?=[은는이가을를의에과와로도])"
)
"""Korean words between underscores that touch a letter; `__init__은` is a name."""
_SIGN_OF_UNDERSCORES = lazy(r"_[은는이가을를의에과와로도_]")
_AROUND_BOLD = lazy(r"\*\*_[은는이가을를의에과와로도]")
_ANY_MARK = lazy(r"(?<![\\*])\*\*(?!\*)")

_TIGHTEN = Text(en="take the spaces off its inside", ko="안쪽 공백 없애기")
_ASTERISKS = Text(en="write `{mark}…{mark}`", ko="`{mark}…{mark}`(으)로 적기")
_BESIDE_LETTER = Text(
    en="these `{underscores}` appear on the page: beside a letter, only asterisks make emphasis",
    ko="`{underscores}`이(가) 글자에 붙어 그대로 보입니다. 글자 옆에서는 별표만 강조가 됩니다",
)
_TAGS = Text(en="write `<strong>…</strong>`", ko="`<strong>…</strong>`으로 적기")
_SPACED = Text(
    en="these `**` appear on the page: there is a space on the inside of them",
    ko="`**` 안쪽에 공백이 있어 굵게 되지 않고 `**`가 그대로 보입니다",
)
_IN_ELEMENT = Text(
    en="these `**` appear on the page: what is inside of `<{element}>` is not read as Markdown",
    ko="`<{element}>` 안의 글은 마크다운으로 처리되지 않아 `**`가 그대로 보입니다",
)
_ALONE = Text(
    en="this `**` appears on the page: nothing in its paragraph closes it",
    ko="같은 문단에 닫는 `**`가 없어 `**`가 그대로 보입니다",
)
_ALONE_AT_END = Text(
    en="this `**` appears on the page: nothing in its paragraph opens it",
    ko="같은 문단에 여는 `**`가 없어 `**`가 그대로 보입니다",
)
_IN_BOLD = Text(
    en="this `**` appears on the page in the midst of bold text: one of those around it has no partner",
    ko="굵은 글 안에 `**`가 그대로 보입니다. 앞뒤의 `**` 가운데 하나에 짝이 없습니다",
)


class _Marks(NamedTuple):
    """The literal marks of one stretch of text, in a block of the page."""

    marks: list[Span]
    parent: nodes.Node
    element: nodes.HtmlElement | None
    """The element that keeps Markdown away from them."""


class LiteralEmphasis(Rule):
    """Asterisks for bold text (`**`) that do not make it bold, but appear on the page.

    Powers (`2 ** 3`), paths (`/members/**`) and `**kwargs` are left out. Of underscores, only those are
    found that stand around Korean words, or around bold text, and touch another letter, as a particle.

    ## Why
    Readers see the `**`, and the words that were to stand out do not.

    ## Fix safety
    Unsafe: taking the space off the inside, or writing `<strong>`, makes the text bold that was most
    likely meant; where it begins and ends, the author knows.

    ## Precision
    65 of 66 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "PAGE005", "literal-emphasis", Severity.WARNING
    message = Text(
        en="these `**` appear on the page: beside these characters they do not make bold text",
        ko="바로 옆 글자 때문에 굵게 되지 않고 `**`가 그대로 보입니다",
    )
    doc_ko = """굵은 글씨로 만들지 못하고 페이지에 그대로 보이는 별표(`**`).

    거듭제곱(`2 ** 3`), 경로(`/members/**`), `**kwargs`는 제외합니다. 밑줄은 `__말__은`, `_**text**_는`처럼
    한글이나 굵은 글씨를 감싸고 조사 같은 글자에 붙은 것만 찾습니다.

    ## 이유
    `**`가 그대로 보이고, 강조하려던 말은 두드러지지 않습니다.

    ## 수정 안전성
    안전하지 않음: 안쪽 공백을 없애거나 `<strong>`으로 적으면 뜻한 대로 굵게 될 가능성이 크지만, 어디서
    시작해 어디서 끝나는지는 글쓴이가 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 66건 중 65건이 맞았습니다(2026-11-22).
    """
    signs = ("**", "__", *(f"_{particle}" for particle in "은는이가을를의에과와로도"))
    gives_way_to = ("PAGE002", "PAGE003", "PAGE004", "MATH002", "MATH004")
    edits_opaque_regions = True
    examples = (
        Bad("⟦** 중요**⟧ 하다.\n", fixed="**중요** 하다.\n"),
        Bad("⟦**중요하다. **⟧\n", fixed="**중요하다.**\n"),
        Bad(
            "⟦** 하나**⟧와 ⟦** 둘**⟧를 본다.\n",
            fixed="**하나**와 **둘**를 본다.\n",
        ),
        Bad(
            "값 ⟦**하나 **⟧는 **둘**이고 ⟦**셋 **⟧은 넷이다.\n",
            fixed="값 **하나**는 **둘**이고 **셋**은 넷이다.\n",
        ),
        Bad("**하나는\n다음 ⟦**⟧둘** 이다.\n"),
        Good("**2 ** 3** 은 굵다.\n\n**함수 f(**kwargs)** 도 굵다.\n"),
        Bad("- ⟦**원본 폴더: **⟧프로젝트의 폴더\n", fixed="- **원본 폴더:**프로젝트의 폴더\n"),
        Bad("⟦__중요한 말__⟧은 이것이다.\n", fixed="**중요한 말**은 이것이다.\n"),
        Bad("앞의 ⟦_중요한 말_⟧은 이것이다.\n", fixed="앞의 *중요한 말*은 이것이다.\n"),
        Bad("이 ⟦_**bold**_⟧는 굵다.\n", fixed="이 ***bold***는 굵다.\n"),
        Bad("**굵은 ⟦__중요한 말__⟧은 이것** 이다.\n"),
        Good("_중요한 말_ 은 `_말_은` _id_는 a_말_은 **_말_**은 _**말**_ 은 기울어진다.\n"),
        Good("__중요한 말__ 은 굵다. `__말__은` __init__은 이름이다.\n"),
        Bad(
            "글\n\n⟦** getName() **⟧\n\n- ⟦** item **⟧: 설명\n",
            fixed="글\n\n**getName()**\n\n- **item**: 설명\n",
        ),
        Bad("1. ⟦**⟧준비가 먼저다.\n2. 다음\n"),
        Bad("차례\n⟦**⟧봄이 온다.  \n**여름이 온다.\n"),
        Good("함수는\n**kwargs 와\n**opts 를 받는다.\n"),
        Bad("먼저 `a` 를 부르고 다음에 부른다.⟦**⟧\n"),
        Good("- **<상태> 의 시작** 이다.\n"),
        Bad("<u>⟦**밑줄**⟧</u> 친 글\n", fixed="<u><strong>밑줄</strong></u> 친 글\n"),
        Bad(
            "<div>\n⟦**굵게**⟧ 쓴 글\n</div>\n",
            fixed="<div>\n<strong>굵게</strong> 쓴 글\n</div>\n",
        ),
        Bad("⟦**강조(text)**⟧은 어렵다.\n", path="README.md"),
        Bad("⟦**\"강조\"**⟧는 어렵다. ⟦**'말'**⟧도 그렇다.\n", path="README.md"),
        Bad('그는⟦**"안녕"**⟧이라고 했다.\n', path="content/a.md", site={"hugo.toml": ""}),
        Good("**\"강조\"**는 쉽다. **'말'**도 그렇다.\n"),
        Good("\"**는 무엇인가\", '**/*.md' 는 패턴이다.\n"),
        Good("**강조(text)**은 쉽다. **말**은 굵다. *기울임*\n"),
        Good("2 ** 3 은 8, a**b 와 (n + 1) ** 2 는 거듭제곱이다.\n"),
        Good("GET /members/** 와 /videos/** 를 막는다.\n"),
        Good("함수에는 *args 와 **kwargs 를 넘긴다.\n"),
        Good("**kwargs 는 사전이다.\n"),
        Good("\\*\\*그대로\\*\\* 와 `**코드**`\n"),
        Good("`/**` 로 시작한다.\n"),
        Good('<div markdown="1">\n**굵게**\n</div>\n'),
        Good("<pre>\n**그대로**\n</pre>\n"),
        Good("***\n\n****\n"),
        Good("$a^{**}$ 와 $b^**$ 는 같다.\n"),
        Good("별점은 ** 이다.\n"),
        Good('{% include note.html text="**굵게**" %}\n'),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        shown = "\n".join([node.value for node in post.nodes_of(nodes.Text)])
        if _SIGN_OF_UNDERSCORES.search(post.source.text, post.body_start):
            yield from self._underscores(post)
            yield from self._around_bold(post)
        if "**" not in shown:
            return
        code = MeantCode(post)
        torn: list[Span] = []
        for parent, pairs in _wrongly_paired(post):
            if parent.span not in code and not any(post.is_opaque(mark) for pair in pairs for mark in pair):
                torn.append(parent.span)
                for opening, closing in pairs:
                    change = fix(Safety.UNSAFE, _TIGHTEN, *_tightened(opening, closing, post.source.text))
                    yield self.finding(Span(opening.start, closing.end), text=_SPACED, fix=change)
        told = Covered(torn)
        for block in _literal_marks(document, post):
            if block.marks[0] in code or block.marks[0].start in told:
                continue
            if block.element is not None:
                yield from self._in_element(block, post)
            elif not any(map(post.is_opaque, block.marks)):  # Liquid has written none of them
                yield from self._in_text(block, post)

    def _in_text(self, block: _Marks, post: Post) -> Iterator[Finding]:
        marks = block.marks
        if len(marks) == 1 or all(_only_opens(mark, post.source.text) for mark in marks):
            yield from self._alone(block, post)
        elif len(marks) % 2 == 0:
            for opening, closing in zip(marks[::2], marks[1::2], strict=True):
                yield from self._pair(opening, closing, block, post)

    def _underscores(self, post: Post) -> Iterator[Finding]:
        code = MeantCode(post)
        for node in post.nodes_of(nodes.Text):
            if "_" not in node.value or not _SIGN_OF_UNDERSCORES.search(node.value):
                continue
            for match in _UNDERSCORES.finditer(post.source.text, *node.span):
                span = Span(*match.span())
                if post.is_opaque(span) or span in code:
                    continue
                size = 2 if match[0].startswith("__") else 1
                is_in_bold = size > 1 and post.encloses(nodes.Strong, span)
                yield self._beside_letter(span, size, "*" * size, is_in_bold=is_in_bold)

    def _around_bold(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        for node in post.nodes_of(nodes.Strong):
            start, end = node.span.start - 1, node.span.end + 1
            if not (text.startswith("_**", start) and _AROUND_BOLD.match(text, end - 3)):
                continue
            if text[start - 1] != "_" and all(post.is_any_text((at,)) for at in (start, end - 1)):
                yield self._beside_letter(Span(start, end), 1, "*", shown="***")

    def _beside_letter(
        self, span: Span, size: int, mark: str, shown: str = "", *, is_in_bold: bool = False
    ) -> Finding:
        """No fix in bold text, which such asterisks would end."""
        marks = Span(span.start, span.start + size), Span(span.end - size, span.end)
        edits = [Edit(one, mark) for one in marks]
        return self.finding(
            span,
            text=_BESIDE_LETTER,
            fix=None if is_in_bold else fix(Safety.UNSAFE, _ASTERISKS, *edits, mark=shown or mark),
            underscores="_" * size,
        )

    def _in_element(self, block: _Marks, post: Post) -> Iterator[Finding]:
        element = block.element
        for opening, closing in zip(block.marks[::2], block.marks[1::2], strict=False):
            inside = post.source[Span(opening.end, closing.start)]
            if element is None or not inside.strip() or "\n" in inside:
                continue
            if inside[0] in _SPACE or inside[-1] in _SPACE:
                continue
            edits = (Edit(opening, "<strong>"), Edit(closing, "</strong>"))
            yield self.finding(
                Span(opening.start, closing.end),
                text=_IN_ELEMENT,
                fix=fix(Safety.UNSAFE, _TAGS, *edits),
                element=element.name,
            )

    def _pair(self, opening: Span, closing: Span, block: _Marks, post: Post) -> Iterator[Finding]:
        text = post.source.text
        inside = text[opening.end : closing.start]
        if not inside.strip() or _OPERATOR.match(text, opening.start - 2) or "|" in inside:
            return
        is_spaced = inside[0] in _SPACE, inside[-1] in _SPACE
        if all(is_spaced) and inside.isascii() and not _begins_line(opening, text):
            return  # it may be a power
        if not any(is_spaced):
            if inside[0] not in "\r\n" and inside[-1] not in "\r\n":
                yield self.finding(Span(opening.start, closing.end))
            return
        yield self.finding(
            Span(opening.start, closing.end), text=_SPACED, fix=_tighten(opening, closing, block, post)
        )

    def _alone(self, block: _Marks, post: Post) -> Iterator[Finding]:
        mark, text = block.marks[0], post.source.text
        if isinstance(block.parent, nodes.Strong):
            opens = text[mark.start - 1] in _SPACE + "\n" and text[mark.end] not in _SPACE + "\r\n"
            if opens and not _KEYWORDS.match(text, mark.start) and not _OPERATOR.match(text, mark.start - 2):
                yield self.finding(mark, text=_IN_BOLD)
            return
        if not isinstance(block.parent, _BLOCKS) or _is_swallowed(block.parent):
            return
        start, end = block.parent.span
        if len(block.marks) > 1 or not text[start : mark.start].strip():
            if text[mark.end : mark.end + 1].strip() and not _KEYWORDS.match(text, mark.start, end):
                yield self.finding(mark, text=_ALONE)
        elif not text[mark.end : end].strip() and text[mark.start - 1] not in _SPACE + "\n":
            yield self.finding(mark, text=_ALONE_AT_END)


_BLOCKS = (nodes.Paragraph, nodes.Heading, nodes.TableCell, nodes.DefinitionTerm, nodes.Item)


def _wrongly_paired(post: Post) -> Iterator[tuple[nodes.Node, list[tuple[Span, Span]]]]:
    """Blocks in which spaces make bold what stands between bold words, with the pairs that were meant.

    Of `** one** and ** two**`, the page makes the words in the middle bold.
    """
    if not any(_ANY_MARK.search(_own_text(node)) for node in post.nodes_of(nodes.Strong)):
        return
    text = post.source.text
    for block in post.nodes_of(*_BLOCKS):
        if text.count("**", *block.span) < _FEWEST_MARKS:
            continue
        marks, strongs = _all_marks(block, text)
        if strongs == 0 or len(marks) % 2 or len(marks) == 2 * strongs:
            continue
        pairs = list(zip(marks[::2], marks[1::2], strict=True))
        spaced = [pair for pair in pairs if _is_spaced(*pair, text)]
        if spaced and _are_meant(pairs, spaced, block, post):
            yield block, spaced


_FEWEST_MARKS = 4


def _own_text(node: nodes.Node) -> str:
    return "".join(child.value for child in node.children if isinstance(child, nodes.Text))


def _all_marks(node: nodes.Node, text: str) -> tuple[list[Span], int]:
    """All `**` of a block, those of the page's bold text too, and how many bold texts these make."""
    marks: list[Span] = []
    strongs = 0
    stack = [*node.children]
    while stack:
        child = stack.pop()
        start, end = child.span
        if isinstance(child, nodes.Text):
            marks += (Span(*match.span()) for match in _ANY_MARK.finditer(text, start, end))
            continue
        if isinstance(child, nodes.Strong) and text.startswith("**", start):
            strongs += 1
            marks += Span(start, start + 2), Span(end - 2, end)
        if isinstance(child, nodes.Strong | nodes.Emphasis | nodes.Strikethrough):
            stack += child.children
    return sorted(marks), strongs


def _is_spaced(opening: Span, closing: Span, text: str) -> bool:
    return text[opening.end] in _SPACE or text[closing.start - 1] in _SPACE


def _are_meant(
    pairs: list[tuple[Span, Span]], spaced: list[tuple[Span, Span]], block: nodes.Node, post: Post
) -> bool:
    """Whether all `pairs` are bold once those that are `spaced` have no space on their inside."""
    text = post.source.text
    edits: list[Edit] = []
    for opening, closing in pairs:
        inside = text[opening.end : closing.start]
        if not inside.strip() or "\n" in inside or "|" in inside:
            return False
        if (opening, closing) in spaced:
            edits += _tightened(opening, closing, text)
    page = parsed(applied(text, sorted(edits), block.span), post)
    strong = sum(isinstance(node, nodes.Strong) for node in page.walk())
    return strong == len(pairs) and "**" not in page.text()


def _begins_line(mark: Span, text: str) -> bool:
    """Whether nothing but the marks of blocks stands before `mark` on its line."""
    return not text[text.rfind("\n", 0, mark.start) + 1 : mark.start].strip(" \t>-+#")


def _only_opens(mark: Span, text: str) -> bool:
    """Whether it begins its line and no space stands behind it, so that it can close nothing."""
    return _begins_line(mark, text) and text[mark.end : mark.end + 1].strip() != ""


def _is_swallowed(parent: nodes.Node) -> bool:
    """Whether a tag that stands among the text takes it, and the other mark, for its own."""
    return any(
        isinstance(child, nodes.HtmlElement) and child.raw and "**" in child.text()
        for child in parent.children
    )


def _tighten(opening: Span, closing: Span, block: _Marks, post: Post) -> Fix | None:
    """The spaces on the inside taken off; None where that would take words out of bold text."""
    if not isinstance(block.parent, _BLOCKS):
        return None
    return fix(Safety.UNSAFE, _TIGHTEN, *_tightened(opening, closing, post.source.text))


def _tightened(opening: Span, closing: Span, text: str) -> list[Edit]:
    inside = text[opening.end : closing.start]
    begin = opening.end + len(inside) - len(inside.lstrip(_SPACE))
    end = closing.start - (len(inside) - len(inside.rstrip(_SPACE)))
    spaces = (Span(opening.end, begin), Span(end, closing.start))
    return [Edit(span, "") for span in spaces if span.start < span.end]


def _literal_marks(document: nodes.Document, post: Post) -> Iterator[_Marks]:
    """The marks that are text, of each node that holds text, in the order of the page."""
    text = post.source.text
    stack: list[tuple[nodes.Node, nodes.HtmlElement | None]] = [(document, None)]
    while stack:
        node, element = stack.pop()
        if isinstance(node, nodes.HtmlElement):
            if node.name in _RAW_TEXT or not text.startswith("<", node.opening_span.start):
                continue
            if node.raw:
                if node.name.lower() not in ELEMENTS or not ends_in_its_tag(node, post):
                    continue  # that it takes what follows for its own is the fault
                element = element or node
            else:
                element = None
        marks = list(_marks_in(node.children, text))
        if marks:
            yield _Marks(marks, node, element)
        stack.extend((child, element) for child in reversed(node.children))


def _marks_in(children: Sequence[nodes.Node], text: str) -> Iterator[Span]:
    for child in children:
        if isinstance(child, nodes.Text) and "**" in child.value:
            for match in _MARK.finditer(text, *child.span):
                yield Span(*match.span())
