from bisect import bisect_left
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode

_INVISIBLE = "\u00a0\u200b\u2007\u202f\u2060\ufeff"
_SEPARATOR = lazy(rf"^[ \t>]*[|+: \t{_INVISIBLE}-]*-[|+: \t{_INVISIBLE}-]*\r?$", 8)
"""A line below the head; one with an invisible character was meant for one too (`invisible-character`)."""
_CUT = lazy(r"\[[^\]\n|]*\||\S\||\|\S")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"))
_MARKS = ("`", "**", '"')

_ESCAPE = Text(en="write each `|` as `\\|`", ko="`|`를 모두 `\\|`로 적기")

_NO_TEXT = (nodes.LinkDefinition, nodes.FootnoteDefinition, nodes.CodeBlock)
"""What the text may become without its table, of which readers see less."""


class AccidentalTable(Rule):
    """A line of text that becomes a table because there is a `|` in it.

    kramdown makes a table of every paragraph each line of which has a `|`. A line that begins and ends in
    one, and lines that look like rows, are left out: those were meant.

    ## Why
    Readers see a table with the sentence, or the text of a link, in pieces; the link is gone.

    ## Fix safety
    Repair, where the `|` cuts a word, a link, a bracket or a quotation in two: no row of a table does, and
    `\\|` shows the line as it was written. Unsafe elsewhere: `one | two` may have been meant for a row.

    ## Precision
    35 of 35 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "PAGE004", "accidental-table", Severity.ERROR
    message = Text(en="the `|` makes a table of this text", ko="`|` 때문에 이 글이 표가 됩니다")
    doc_ko = """본문의 `|` 때문에 표가 되어 버린 줄.

    kramdown은 모든 줄에 `|`가 있는 문단을 표로 만듭니다. `|`로 시작하고 끝나는 줄과 표의 행처럼 보이는
    줄은 일부러 쓴 표로 보아 제외합니다.

    ## 이유
    문장이나 링크 글이 칸으로 조각난 표가 보이고, 링크는 사라집니다.

    ## 수정 안전성
    복구: `|`가 낱말, 링크, 괄호, 따옴표를 둘로 자른다면 표의 행일 수 없으므로 `\\|`로 바꾸어 적은 그대로
    보이게 합니다. 그 밖에는 안전하지 않습니다. `하나 | 둘`은 행으로 쓴 것일 수도 있습니다.

    ## 정확도
    실제 블로그에서 읽어 본 35건 중 35건이 맞았습니다(2026-11-22).
    """
    signs = ("|",)
    gives_way_to = ("MATH003",)
    examples = (
        Good("| 가 | 나 |\n|---|---|\u200b\n| 다 | 라 |\n"),
        Good("[가 | 나\r\n--- | ---\u200b\r\n다 | 라\r\n"),
        Bad(
            "⟦[문서 | 예제 사이트](https://example.org/a)⟧\n",
            fixed="[문서 \\| 예제 사이트](https://example.org/a)\n",
        ),
        Bad("⟦반복은 최소 |V| - 1회다.⟧\n", fixed="반복은 최소 \\|V\\| - 1회다.\n"),
        Bad("- ⟦조건부 확률 P(x | y)의 뜻⟧\n", fixed="- 조건부 확률 P(x \\| y)의 뜻\n"),
        Bad("⟦[글]: 하나 | 둘⟧\n"),
        Bad("⟦ps -ef | grep nginx 로 본다.⟧\n", fixed="ps -ef \\| grep nginx 로 본다.\n"),
        Bad(
            "⟦![|E|](https://example.org/tex?|E|)⟧\n",
            fixed="![\\|E\\|](https://example.org/tex?%7CE%7C)\n",
        ),
        Bad("⟦`a|b` 는 a||b 와 다르다.⟧\n", fixed="`a|b` 는 a\\|\\|b 와 다르다.\n"),
        Bad(
            "⟦[하나 | 글](/a) 를 보고\n[둘 | 글](/b) 를 본다.⟧\n",
            fixed="[하나 \\| 글](/a) 를 보고\n[둘 \\| 글](/b) 를 본다.\n",
        ),
        Good("| 이름 | 나이 |\n|---|---|\n| 철수 | 3 |\n"),
        Good("이름 | 나이\n---|---\n철수 | 3\n"),
        Good("| ![](/a.png) | ![](/b.png) |\n"),
        Good("철수 | 3\n영희 | 4\n"),
        Good("첫 줄에는 없고\n둘째 줄에는 a | b 가 있다.\n"),
        Good("`a | b` 는 코드다.\n"),
        Good("a \\| b\n"),
        Good("## A | B\n"),
        Good("{{ page.title | upcase }}\n"),
        Good("a | b 는 글이다.\n", path="README.md"),
    )

    def check(self, table: nodes.Table, post: Post) -> Iterator[Finding]:
        written = post.source[table.span]
        if _SEPARATOR.search(written):
            return
        lines = [line.strip(" \t>") for line in written.splitlines()]
        if all(line.startswith("|") and line.endswith("|") for line in lines):
            return
        if table.span in MeantCode(post):
            return
        is_cut = _is_cut(table, post)
        is_one = len(table.children) == 1
        if is_one or (is_cut and not _look_alike(table)):
            safety = Safety.REPAIR if is_one and is_cut else Safety.UNSAFE
            yield self.finding(table.span, fix=_escape(table, post, safety))


def _look_alike(table: nodes.Table) -> bool:
    """Whether the rows have as many cells as each other, none of them cut in two."""
    return len({len(row.children) for row in table.children}) == 1 and all(
        _is_whole(cell.text()) for row in table.children for cell in row.children
    )


def _is_cut(table: nodes.Table, post: Post) -> bool:
    """Whether a `|` stands within a word, a bracket or a quotation."""
    text = post.source.text
    return any(
        _CUT.search(text, max(at - 1, table.span.start), min(at + 2, table.span.end))
        for at in _pipes(table, post)
    ) or any(not _is_whole(post.source[cell.span]) for row in table.children for cell in row.children)


def _is_whole(cell: str) -> bool:
    return all(cell.count(opening) == cell.count(closing) for opening, closing in _PAIRS) and all(
        cell.count(mark) % 2 == 0 for mark in _MARKS
    )


def _pipes(table: nodes.Table, post: Post) -> list[int]:
    """Where the signs between the cells stand."""
    text = post.source.text
    pipes: list[int] = []
    position = table.span.start
    for end, resume in [
        *(cell.span for row in table.children for cell in row.children),
        Span(table.span.end, table.span.end),
    ]:
        pipes += (at for at in range(position, end) if text[at] == "|")
        position = max(position, resume)
    return pipes


def _escape(table: nodes.Table, post: Post, safety: Safety) -> Fix | None:
    """Each sign between cells escaped: in an address as a URL does it. None if that does not give text."""
    pipes = _pipes(table, post)
    signs = ["\\|"] * len(pipes)
    text, places = _with_signs(table, post, pipes, signs)
    for node in parsed(text, post).walk():
        if isinstance(node, (nodes.Link, nodes.Image)):
            for index in _indices(places, node.destination_span):
                signs[index] = "%7C"
    text, places = _with_signs(table, post, pipes, signs)
    page = parsed(text, post)
    if not page.children:
        return None
    for node in page.walk():
        if isinstance(node, _NO_TEXT):
            return None
        # A `\|` shows its backslash in code and formulas.
        if isinstance(node, nodes.Table) or (
            isinstance(node, (nodes.Formula, nodes.CodeSpan)) and _indices(places, node.span)
        ):
            return None
    edits = (Edit(Span(at, at + 1), sign) for at, sign in zip(pipes, signs, strict=True))
    return fix(safety, _ESCAPE, *edits)


def _indices(places: list[int], span: Span) -> range:
    """Which of the sorted `places` stand in `span`."""
    return range(bisect_left(places, span.start), bisect_left(places, span.end))


def _with_signs(table: nodes.Table, post: Post, pipes: list[int], signs: list[str]) -> tuple[str, list[int]]:
    """The table's text with `signs` in place of `pipes`, and where they stand in it."""
    parts: list[str] = []
    places: list[int] = []
    position = table.span.start
    length = 0
    for at, sign in zip(pipes, signs, strict=True):
        parts += post.source.text[position:at], sign
        places.append(length + at - position)
        length += at - position + len(sign)
        position = at + 1
    parts.append(post.source.text[position : table.span.end])
    return "".join(parts), places
