from collections.abc import Iterator, Sequence

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text, applied
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode
from postlint.rules.page._places import Paragraphs, place_in_page

_LINE = lazy(r"\n[ \t>]*+(?P<line>-{3,}|\*{3,}|_{3,}|(?:- ){2,}-|(?:\* ){2,}\*)[ \t]*\r?(?=\n|\Z)")
_KEY = lazy(r"^\W*[A-Za-z_]+:(?=\s)", 8)
"""Front matter that is none, or is shown without a fence around it."""
_SENTENCE_END = lazy(r"(?<=[가-힣])\.\Z|。\Z")
_LONGEST_HEADING = 80
"""Characters of the longest heading that anybody would underline."""

_SEPARATE = Text(en="put a blank line before it", ko="앞에 빈 줄 넣기")
_HEADING = Text(
    en="this line makes a heading of what stands above it",
    ko="이 줄 때문에 바로 윗글이 제목이 됩니다",
)


class ThematicBreakNotRecognised(Rule):
    """A line of dashes or asterisks right below text, where a rule across the page was meant.

    Dashes make a heading of the line above them. Below several lines kramdown shows `---` as a dash and `***`
    as it is written. Of headings, only those are told that nobody writes as one: whole sentences, images
    and, where the engine allows it, several lines.

    ## Why
    Readers see a sentence in the size of a heading, which the table of contents repeats; or a stray dash, and
    no rule.

    ## Fix safety
    Repair, where there is no heading: with a blank line before it, it is the rule that it was written for,
    which is tried first. Unsafe where it makes a heading: it might be a strange one that was meant.
    """

    code, name, severity = "PAGE021", "thematic-break-not-recognised", Severity.WARNING
    message = Text(
        en="this is no rule across the page: without a blank line before it, it belongs to the text above",
        ko="앞에 빈 줄이 없어 구분선이 되지 않고 윗글에 이어집니다",
    )
    doc_ko = """구분선으로 적었지만 바로 위에 글이 붙어 있어 구분선이 되지 못한 줄.

    줄표는 바로 윗줄을 제목으로 만듭니다. 윗글이 여러 줄이면 kramdown은 `---`를 줄표로, `***`를 적힌 그대로
    보여 줍니다. 제목이 되는 경우는 제목으로 적었을 리 없는 것만 알립니다. 문장, 이미지, 그리고 엔진에 따라
    여러 줄입니다.

    ## 이유
    문장이 제목만큼 크게 보이고 목차에도 나옵니다. 또는 줄표가 덩그러니 보이고 구분선은 없습니다.

    ## 수정 안전성
    복구: 제목이 되지 않은 줄은 앞에 빈 줄을 넣으면 구분선이 됩니다. 미리 시험해 봅니다. 안전하지 않음:
    제목이 되는 줄은 정말 제목이었을 수도 있습니다.
    """
    signs = _LINE
    gives_way_to = ("PAGE002", "PAGE003", "PAGE019")
    examples = (
        Bad("봄이\n왔다.\n⟦---⟧\n\n여름\n", fixed="봄이\n왔다.\n\n---\n\n여름\n"),
        Bad("봄이 왔다.\n⟦***⟧\n여름\n", fixed="봄이 왔다.\n\n***\n여름\n"),
        Bad("봄\n⟦***⟧\n여름\n***\n가을\n", fixed="봄\n\n***\n여름\n\n***\n가을\n"),
        Bad("여기까지가 봄이다.\n⟦---⟧\n\n여름\n", fixed="여기까지가 봄이다.\n\n---\n\n여름\n"),
        Bad("![그림](/a.png)\n⟦---⟧\n", fixed="![그림](/a.png)\n\n---\n"),
        Bad("> 봄이 왔다.\n> ⟦---⟧\n"),
        Bad("봄이\n왔다\n⟦---⟧\n", fixed="봄이\n왔다\n\n---\n", path="README.md"),
        Good("봄\n---\n\n왜 봄인가?\n-----\n\n여름\n===\n"),
        Good("봄이 왔다.\n\n---\n\n***\n"),
        Good("---\ntitle: 봄이 왔다.\n---\n---\n"),
        Good("```\n봄이 왔다.\n---\n```\n"),
        Good("봄 | 여름\n---|---\n1 | 2\n"),
        Good("layout: post\ntitle: 봄\n---\n\n여름\n"),
        Good("봄이 왔다.\n***\n", path="README.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        code = MeantCode(post)
        headings = {one.span.end: one for one in post.nodes_of(nodes.Heading)}
        paragraphs = Paragraphs(post)
        told_to = -1
        for match in _LINE.finditer(text, post.body_start):
            span = Span(*match.span("line"))
            if not _stands_below_text(text, match.start()):
                continue
            if span in code or post.is_opaque(span):
                continue
            heading = next((headings[at] for at in range(span.end, match.end() + 2) if at in headings), None)
            if heading is not None:
                if heading.span.start < span.start and _is_accident(heading, span, text):
                    mended = _separated(heading, [span], Safety.UNSAFE, post)
                    yield self.finding(span, text=_HEADING, fix=mended)
                continue
            owner = paragraphs.around(span.start)
            # The first of a paragraph is told, and mended with the others: there may be hundreds.
            if owner is None or owner.span.end <= told_to:
                continue
            told_to = owner.span.end
            if not _KEY.search(text, owner.span.start, span.start):
                lines = [
                    Span(*other.span("line"))
                    for other in _LINE.finditer(text, match.start(), owner.span.end)
                    if _stands_below_text(text, other.start())
                ]
                mended = _separated(owner, lines, Safety.REPAIR, post)
                if mended is None and len(lines) > 1:
                    mended = _separated(owner, lines[:1], Safety.REPAIR, post)
                if mended is not None:
                    yield self.finding(span, fix=mended)


def _stands_below_text(text: str, line_end: int) -> bool:
    """Whether anything but marks of quotes stands in the line that ends there."""
    return bool(text[text.rfind("\n", 0, line_end) + 1 : line_end].strip(" \t\r>"))


def _is_accident(heading: nodes.Heading, line: Span, text: str) -> bool:
    written = text[heading.span.start : line.start].strip(" \t\r\n>")
    if not text.startswith("-", line.start) or not written or _KEY.search(written):
        return False
    is_picture = all(isinstance(node, nodes.Image) or not node.text().strip() for node in heading.children)
    return (
        "\n" in written
        or is_picture
        or len(heading.text()) > _LONGEST_HEADING
        or bool(_SENTENCE_END.search(written))
    )


def _separated(owner: nodes.Node, lines: Sequence[Span], safety: Safety, post: Post) -> Fix | None:
    """A blank line before each of `lines`, if that makes breaks of them; None within another block."""
    if place_in_page(owner, post) is None:
        return None
    text = post.source.text
    starts = [text.rfind("\n", 0, line.start) + 1 for line in lines]
    edits = [Edit(Span(at, at), "\r\n" if text.startswith("\r\n", at - 2) else "\n") for at in starts]
    block = Span(owner.span.start, max(owner.span.end, lines[-1].end))
    page = parsed(applied(text, edits, block), post)
    kinds = [type(one) for one in page.children]
    if kinds[:2] != [nodes.Paragraph, nodes.ThematicBreak] or kinds.count(nodes.ThematicBreak) < len(lines):
        return None
    return fix(safety, _SEPARATE, *edits)
