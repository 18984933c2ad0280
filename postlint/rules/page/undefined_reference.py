from collections.abc import Iterator, Sequence

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import tried
from postlint.rules._fences import MeantCode

_REFERENCE = lazy(
    r"(?P<image>!)?(?<![\\\w\])'\"])\[(?P<text>(?!\^)[^\[\]\n]{1,200})\] ?\[(?P<label>[^\[\]\n]{0,100})\]"
    r"(?![\[(:'\"*+?{])"
)
_NOTE = lazy(
    r"(?<![\\\[(|])\[\^(?:(?P<label>\w{1,40}|\w{2,40}(?:-\w{2,40}){1,9})"
    r"|(?P<words>\w[\w-]{0,40}(?: [\w-]{1,40}){1,9}))\](?![:(*+?{\]])"
)
"""Not `[^a-z]`, which is an expression's. kramdown wants names without spaces (`FOOTNOTE_MARKER_START`)."""
_DEFINITION = lazy(r"^[ \t>]*(?:[-*+]\s+)?\[(?P<label>[^\[\]\n]+)\]:[ \t]*\S", 8)
_NOTE_DEFINITION = lazy(r"\n {0,3}\[\^\w[^\]\n]*\]: ")
"""One that no reference leads to is no node of the page."""
_QUOTE = lazy(r"^[ \t]*(?:>[ \t]?)+", 8)
_SIGN = lazy(r"\] ?\[|\[\^")
"""What stands in each of them; in most posts, in code alone."""
_LETTERS = lazy(r"[^\W\d_]{2}")

_BLANK_LINE = Text(en="put a blank line before the definition", ko="정의 앞에 빈 줄 넣기")
_NOTE_MISSING = Text(
    en="there is no footnote `[{label}]:` in this post: readers see the brackets",
    ko="이 글에 각주 `[{label}]:` 정의가 없어 대괄호가 그대로 보입니다",
)
_SPACED = Text(
    en="a footnote's name has no spaces here: readers see the brackets of `[{label}]`",
    ko="각주의 이름에는 빈칸을 쓸 수 없어 `[{label}]`이(가) 대괄호째 그대로 보입니다",
)
_NOT_READ = Text(
    en="readers see these brackets: `[{label}]:` on line {line} belongs to the text above it",
    ko="대괄호가 그대로 보입니다. {line}번째 줄의 `[{label}]:`은(는) 윗글에 이어져 정의가 되지 못합니다",
)


class UndefinedReference(Rule):
    """A link, an image or a footnote by reference (`[text][label]`, `[^1]`) whose definition is not there.

    Two brackets side by side that may be anything else, such as `a[i][j]` or `[INFO][main]`, count only in
    a post that defines other references.

    ## Why
    Readers see the brackets instead of a link, an image or a note.

    ## Fix safety
    Repair, where the definition stands right below a line of text, which takes it for its own: a blank
    line before it makes it one. No fix elsewhere.
    """

    code, name, severity = "PAGE007", "undefined-reference", Severity.WARNING
    message = Text(
        en="nothing in this post defines `[{label}]`: readers see the brackets",
        ko="이 글에 `[{label}]` 정의가 없어 대괄호가 그대로 보입니다",
    )
    doc_ko = """정의가 없는 참조 링크, 이미지, 각주(`[글][이름]`, `[^1]`).

    `a[i][j]`나 `[INFO][main]`처럼 다른 뜻일 수 있는 대괄호는 다른 참조를 정의하는 글에서만 봅니다.

    ## 이유
    링크나 이미지, 각주 대신 대괄호가 그대로 보입니다.

    ## 수정 안전성
    복구: 정의가 윗글 바로 아랫줄에 붙어 글로 이어졌다면 앞에 빈 줄을 넣어 정의가 되게 합니다. 그 밖에는
    고치지 않습니다.
    """
    signs = ("][", "] [", "[^")
    gives_way_to = ("PAGE002", "PAGE003", "PAGE004")
    examples = (
        Bad("자세한 것은 ⟦[공식 문서][1]⟧에 있다.\n"),
        Bad("⟦![구조도][diagram]⟧\n"),
        Bad("[글][a] 과 ⟦[책][b]⟧\n\n[a]: https://example.org\n"),
        Bad("특징 벡터⟦[^5]⟧ 를 쓴다.\n"),
        Bad(
            "⟦[문서][1]⟧ 를 보라.\n[1]: https://example.org\n",
            fixed="[문서][1] 를 보라.\n\n[1]: https://example.org\n",
        ),
        Bad(
            "⟦[문서 하나][1]⟧ ⟦[문서 둘][2]⟧\n[1]: https://example.org\n[2]: https://example.net\n",
            fixed="[문서 하나][1] [문서 둘][2]\n\n[1]: https://example.org\n[2]: https://example.net\n",
        ),
        Bad(
            "> ⟦[문서][1]⟧ 를 보라.\n> [1]: https://example.org\n",
            fixed="> [문서][1] 를 보라.\n>\n> [1]: https://example.org\n",
        ),
        Bad("각주⟦[^1]⟧ 다.\n[^1]: 내용\n", fixed="각주[^1] 다.\n\n[^1]: 내용\n"),
        Bad("책⟦[^작은 책]⟧ 에 있다[^1].\n\n[^작은 책]: 책의 이름\n[^1]: 내용\n"),
        Bad("글[^1] 과 ⟦[^big-book]⟧\n\n[^1]: 내용\n"),
        Good("[문서][1] 를 보라.\n\n[1]: https://example.org\n"),
        Good("글[^1], 정규식 [^a-z], [^A-Z a-z], 책[^큰-책]\n\n[^1]: 내용\n\n[^큰-책]: 이름\n"),
        Good("책[^작은 책] 에 있다.\n\n[^작은 책]: 책의 이름\n", path="content/a.md", site={"hugo.toml": ""}),
        Good("[한글] 과 [공식 문서][]\n\n[공식 문서]: https://example.org\n"),
        Good("각주[^1]\n\n[^1]: 내용\n"),
        Good("원소 a[i][j] 와 x['a']['b'], int[3][4] 는 배열이다.\n"),
        Good("로그는 [INFO][main] 으로 시작한다.\n"),
        Good("정규식 [1-9][0-9]* 과 [^5]* 그리고 [^0-9] 는 문자다.\n"),
        Good("`[a][b]` 와 \\[a][b]\n"),
        Good("[글](https://example.org)[책](https://example.org/b)\n"),
        Good("[x] 와 [ ] 는 상자다.\n"),
        # Definitions may stand in a file that a plugin adds to each page.
        Good("[글][a] 과 [책][b]\n\n[a]: https://example.org\n", path="docs/a.md", site={"mkdocs.yml": ""}),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        text = post.source.text
        if not post.has_in_text(_SIGN):
            return
        is_known = not post.home.conventions.has_extensions
        has_definitions = bool(post.nodes_of(nodes.LinkDefinition))
        has_notes = bool(post.nodes_of(nodes.FootnoteDefinition) or _NOTE_DEFINITION.search(text))
        code = MeantCode(post)
        swallowed: dict[Span, dict[str, int]] = {}
        mended: dict[Span, Fix | None] = {}
        for block, span in _texts(document):
            if "[" not in post.source[span] or span in code:
                continue
            for match in _REFERENCE.finditer(text, *span):
                if post.is_opaque(Span(*match.span())):
                    continue
                label = match["label"] or match["text"]
                line = _line_of(label, block, swallowed, post)
                is_meant = has_definitions or _is_reference(match["text"], label, bool(match["image"]))
                if line or (is_known and is_meant):
                    yield self._reference(Span(*match.span()), label, line, block, mended, post)
            for match in _NOTE.finditer(text, *span):
                if post.is_opaque(Span(*match.span())):
                    continue
                if words := match["words"]:
                    if is_known and f"\n[^{words}]:" in text:
                        yield self.finding(Span(*match.span()), text=_SPACED, label=f"^{words}")
                    continue
                label = f"^{match['label']}"
                line = _line_of(label, block, swallowed, post)
                if line or (is_known and (has_notes or match["label"].isdigit())):
                    yield self._reference(Span(*match.span()), label, line, block, mended, post)

    def _reference(
        self, span: Span, label: str, line: int, block: nodes.Node, mended: dict[Span, Fix | None], post: Post
    ) -> Finding:
        if not line:
            return self.finding(span, text=_NOTE_MISSING if label.startswith("^") else None, label=label)
        if block.span not in mended:
            mended[block.span] = _separate(line, block, post)
        return self.finding(span, text=_NOT_READ, fix=mended[block.span], label=label, line=line)


def _is_reference(text: str, label: str, is_image: bool) -> bool:
    """Whether it is one beyond doubt, in a post without any other."""
    return bool(_LETTERS.search(text)) and (
        is_image or (label.isdigit() and (" " in text or not text.isascii()))
    )


def _line_of(label: str, block: nodes.Node, swallowed: dict[Span, dict[str, int]], post: Post) -> int:
    """The line of the definition that the block has swallowed; 0 where there is none.

    `swallowed` keeps what each block has.
    """
    lines = swallowed.get(block.span)
    if lines is None:
        lines = swallowed[block.span] = {
            _folded(match["label"]): post.source.line_at(match.start("label"))
            for match in _DEFINITION.finditer(post.source.text, *block.span)
        }
    return lines.get(_folded(label), 0)


def _folded(label: str) -> str:
    return " ".join(label.split()).lower()


def _separate(line: int, block: nodes.Node, post: Post) -> Fix | None:
    """A blank line before the first definition of the block, if that makes it one."""
    source = post.source
    first = line
    while first > 1 and _DEFINITION.match(source[source.line_span(first - 1)]):
        first -= 1
    start = source.line_span(first).start
    if start <= block.span.start or source.line_span(first - 1).start < post.body_start:
        return None
    newline = "\r\n" if source.text.startswith("\r\n", start - 2) else "\n"
    quote = _QUOTE.match(source.text, start)
    newline = quote[0].rstrip() + newline if quote else newline
    edit = Edit(Span(start, start), newline)
    trial = tried([edit], post, UndefinedReference.code)
    if trial is None or _definitions(trial.after) <= _definitions(trial.before):
        return None
    return fix(Safety.REPAIR, _BLANK_LINE, edit)


def _definitions(blocks: Sequence[nodes.Node]) -> int:
    kinds = (nodes.LinkDefinition, nodes.FootnoteDefinition)
    return sum(isinstance(node, kinds) for block in blocks for node in block.walk())


_BLOCKS = (nodes.Paragraph, nodes.Heading, nodes.TableCell, nodes.DefinitionTerm)


def _texts(document: nodes.Document) -> Iterator[tuple[nodes.Node, Span]]:
    """The text of the page that Markdown has read, with the block that each stands in."""
    stack: list[tuple[nodes.Node, nodes.Node]] = [(document, document)]
    while stack:
        node, block = stack.pop()
        if isinstance(node, nodes.Text):
            yield block, node.span
        elif not (isinstance(node, nodes.HtmlElement) and node.raw):
            inside = node if isinstance(node, _BLOCKS) else block
            stack.extend((child, inside) for child in reversed(node.children))
