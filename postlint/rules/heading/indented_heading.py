from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.mapped import Mapped
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed, tried
from postlint.rules._fences import MeantCode
from postlint.rules.heading._paragraphs import beginning_with_hash

_HEADING = lazy(r"#{1,6}[ \t]+[^\s#][^\r\n]*")

_SIGN = lazy(r"\n[ \t>]* ##")
_IN_PARAGRAPH = lazy(r"\n[ \t>]* {1,3}(?P<hashes>#{2,6})[ \t]+[^\s#]")
"""A single `#` in the midst of a paragraph is a comment of some program as often as a heading."""
_INDENT = lazy(r" +\Z")
_MOST_INDENTED = 3
_LONGEST = 20_000
"""Characters of a block in which a change is tried."""
_MOVE = Text(en="move it to the start of the line", ko="줄 첫머리로 옮기기")


class IndentedHeading(Rule):
    """A heading with spaces before its `#`, which kramdown does not take for one.

    CommonMark allows up to three spaces; in kramdown, one is one too many.

    ## Why
    Readers see `## Title` as a line of text, and it is missing from the table of contents.

    ## Fix safety
    Repair: a paragraph that begins with `#`, a space and text was meant for a heading, and shows as one
    when the spaces before it are gone. Unsafe in a quote, an item or the midst of a paragraph, and where the
    lines below it would be text no more.

    ## Precision
    9 of 9 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "HEAD006", "indented-heading", Severity.WARNING
    message = Text(
        en="this is no heading: there is a space before its `#`",
        ko="`#` 앞에 공백이 있어 제목이 되지 않습니다",
    )
    doc_ko = """`#` 앞에 공백이 있어 kramdown이 제목으로 여기지 않는 줄.

    CommonMark는 공백 세 개까지 괜찮지만 kramdown에서는 하나도 안 됩니다.

    ## 이유
    `## 제목`이 글자 그대로 본문에 보이고 목차에는 없습니다.

    ## 수정 안전성
    복구: `#`과 공백, 글로 시작하는 문단은 제목으로 쓴 것이고, 앞의 공백을 없애면 제목이 됩니다. 인용과
    목록 안, 문단 가운데, 아랫줄이 글이 아니게 되는 곳에서는 안전하지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 9건 중 9건이 맞았습니다(2026-11-22).
    """
    gives_way_to = ("PAGE002", "PAGE003")
    examples = (
        Bad("글\n\n⟦ ⟧## 커밋 고치기\n\n글\n", fixed="글\n\n## 커밋 고치기\n\n글\n"),
        Bad("⟦   ⟧# 제목\n다음 줄\n", fixed="# 제목\n다음 줄\n"),
        Bad("> ⟦ ⟧## 제목\n", fixed="> ## 제목\n"),
        Bad("- 항목\n\n  ⟦  ⟧## 제목\n", fixed="- 항목\n\n  ## 제목\n"),
        Bad("글이다.\n⟦  ⟧## 제목\n다음 글\n", fixed="글이다.\n## 제목\n다음 글\n"),
        Bad("⟦ ⟧# 제목\n    다음 줄\n", fixed="# 제목\n    다음 줄\n"),
        Good("글이다.\n  # 주석\n다음 글\n"),
        Good("글이다.\n    ## 제목\n다음 글\n"),
        Good("## 제목\n"),
        Good("    ## 코드\n"),
        Good("- 항목\n\n  ## 항목 안의 제목\n"),
        Good(" #해시태그\n"),
        Good(" \\# 기호\n"),
        Good(" ## 제목\n", path="README.md"),
        Good("```\n ## 주석\n```\n"),
    )

    def check(self, document: nodes.Document, post: Post) -> Iterator[Finding]:
        source = post.source
        widths: dict[tuple[int, str], int] = {}
        lines = post.nodes_of(nodes.Paragraph) if _SIGN.search(source.text, post.body_start) else ()
        for paragraph in lines:
            for line in _IN_PARAGRAPH.finditer(source.text, *paragraph.span):
                yield from self._moved(line.start("hashes"), widths, post)
        paragraphs = beginning_with_hash(post)
        if not paragraphs:
            return
        at_top = {id(node) for node in document.children}
        for node in paragraphs:
            if id(node) not in at_top:
                yield from self._moved(node.span.start, widths, post)
                continue
            start = node.span.start
            heading = _HEADING.match(source.text, start, node.span.end)
            if heading is None:
                continue
            indent = Span(source.line_span(source.line_at(start)).start, start)
            if not indent.start < indent.end or source[indent].strip(" "):
                continue
            if indent in MeantCode(post):
                continue
            # Otherwise something else keeps it from being one.
            page = post.home.engine(post.kind).parse(Mapped.whole(heading[0] + "\n"))
            if page.children and isinstance(page.children[0], nodes.Heading):
                move = Edit(indent, "")
                safety = Safety.REPAIR if _leaves_text(move, post) else Safety.UNSAFE
                yield self.finding(indent, fix=fix(safety, _MOVE, move))

    def _moved(self, start: int, widths: dict[tuple[int, str], int], post: Post) -> Iterator[Finding]:
        """A finding, if fewer spaces before the `#` at `start` make a heading of its line where it stands.

        `widths` keeps how many are too many, by the block of the page and what its line begins with.
        """
        text = post.source.text
        if not _HEADING.match(text, start) or post.is_opaque(Span(start, start + 1)):
            return
        if Span(start, start + 1) in MeantCode(post):
            return
        line = text.rfind("\n", 0, start) + 1
        indent = _INDENT.search(text, line, start)
        if indent is None or not _is_too_much(post):
            return
        top = next((node.span for node in post.document.children if node.span.end > start), None)
        if top is None or top.start > start or top.end - top.start > _LONGEST:
            return
        key = top.start, text[line:start]
        if key not in widths:
            widths[key] = _too_many(start, len(indent[0]), top, post)
        if widths[key]:
            span = Span(start - widths[key], start)
            yield self.finding(span, fix=fix(Safety.UNSAFE, _MOVE, Edit(span, "")))


def _leaves_text(move: Edit, post: Post) -> bool:
    """Whether what stands below the heading in its paragraph stays text."""
    trial = tried([move], post, IndentedHeading.code)
    return trial is not None and trial.kinds in (
        ([nodes.Paragraph], [nodes.Heading]),
        ([nodes.Paragraph], [nodes.Heading, nodes.Paragraph]),
    )


def _too_many(start: int, indent: int, top: Span, post: Post) -> int:
    """How many spaces before `start` keep its line from being a heading of `top`; 0 where they do not."""
    text = post.source.text
    before = _headings(text[top.start : top.end], post)
    for width in range(1, min(indent, _MOST_INDENTED) + 1):
        if _headings(text[top.start : start - width] + text[start : top.end], post) > before:
            return width
    return 0


def _is_too_much(post: Post) -> bool:
    """Whether one space before a `#` is too many for the engine."""
    return not _headings(" ## a", post)


def _headings(text: str, post: Post) -> int:
    return sum(isinstance(node, nodes.Heading) for node in parsed(text, post).walk())
