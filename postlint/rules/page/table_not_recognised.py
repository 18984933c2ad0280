from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode
from postlint.rules.page._places import Paragraphs, place_in_page

_DELIMITERS = lazy(
    r"^[ \t>]*+(?:\|[ \t]*+:?-++:?[ \t]*+\|?|:?-++:?[ \t]*+\|)(?:[ \t]*+:?-++:?[ \t]*+\|?)*+[ \t]*+\r?$", 8
)
"""The row below the head (GitHub Flavored Markdown, "Tables (extension)")."""
_BESIDE_BAR = lazy(r"\|[ \t]*:?-|-:?[ \t]*\|")
_CELL_END = lazy(r"(?<!\\)\|")

_AFTER = Text(
    en="this is no table: without a blank line behind it, it is one paragraph with the text below",
    ko="뒤에 빈 줄이 없어 표가 되지 않고 아랫글과 한 문단이 됩니다",
)
_CELLS = Text(
    en="this is no table: its head has {head}, the row below it {delimiters}",
    ko="제목 줄은 {head}칸인데 그 아랫줄은 {delimiters}칸이어서 표가 되지 않습니다",
)
_LEAST_ROWS = 2
_NO_ROW = Text(
    en="this is no table: no row stands below its head",
    ko="제목 줄 아래에 행이 없어 표가 되지 않습니다",
)
_UNKNOWN = Text(en="the page does not make a table of this", ko="페이지에서 표가 되지 않습니다")
_SEPARATE = Text(en="put a blank line around it", ko="앞뒤에 빈 줄 넣기")


class _Delimiters:
    """Dashes beside a bar: most posts have no bar, which is found sooner than both."""

    def search(self, text: str, /) -> bool:
        return "|" in text and _BESIDE_BAR.search(text) is not None


class TableNotRecognised(Rule):
    """Rows of a table, with the row of dashes below its head, that are no table on the page.

    kramdown takes them for a table only where a blank line, or nothing, stands before and behind them: a
    heading right above is enough to make text of them. GitHub and CommonMark's others need no blank line, so
    that a preview does not show it; they want as many cells in the row of dashes as there are in the head.

    ## Why
    Readers see the bars and dashes, and all rows run together in one paragraph.

    ## Fix safety
    Repair, where a blank line before or behind it makes the table, and nothing else changes: that is tried
    first. No fix in lists and quotes, where the author has to say to what the table belongs.
    """

    code, name, severity = "PAGE019", "table-not-recognised", Severity.ERROR
    message = Text(
        en="this is no table: without a blank line before it, it belongs to what stands above",
        ko="앞에 빈 줄이 없어 표가 되지 않고 윗글에 이어집니다",
    )
    doc_ko = """구분 줄(`|---|---|`)까지 갖췄지만 페이지에서 표가 되지 못한 줄.

    kramdown은 앞뒤가 빈 줄이거나 글의 처음과 끝일 때만 표로 읽습니다. 바로 위에 소제목만 있어도 표가 되지
    않습니다. GitHub 등 CommonMark를 따르는 곳은 빈 줄이 없어도 표로 읽으므로 미리보기로는 알 수 없습니다.
    대신 그런 곳에서는 구분 줄의 칸 수가 제목 줄과 같아야 합니다.

    ## 이유
    막대와 줄표가 그대로 보이고 모든 행이 한 문단으로 이어집니다.

    ## 수정 안전성
    복구: 앞뒤에 빈 줄을 넣어 표가 되고 다른 것은 그대로인지 미리 시험해 봅니다. 목록과 인용문 안에서는 표가
    어디에 속하는지 글쓴이가 정해야 하므로 고치지 않습니다.
    """
    signs = _Delimiters()
    gives_way_to = ("PAGE002", "PAGE003")
    examples = (
        Bad(
            "값은 이렇다.\n⟦| 이름 | 값 |⟧\n|---|---|\n| 봄 | 1 |\n",
            fixed="값은 이렇다.\n\n| 이름 | 값 |\n|---|---|\n| 봄 | 1 |\n",
        ),
        Bad(
            "## 값\n⟦|이름|값|⟧\n| - | - |\n|`a`|1|\n",
            fixed="## 값\n\n|이름|값|\n| - | - |\n|`a`|1|\n",
        ),
        Bad("⟦| 이름 | 값 |⟧\n| - | - |\n"),
        Bad("⟦|  이름  |  값  |⟧\n|  ---  |  ---  |\n"),
        Bad("⟦이름\t|\t값⟧\n---\t|\t---\n"),
        Bad(
            "⟦이름 | 값⟧\n:--|--:\n봄 | 1\n표 1. 값\n",
            fixed="이름 | 값\n:--|--:\n봄 | 1\n\n표 1. 값\n",
        ),
        Bad(
            "값\r\n⟦|이름|값|⟧\r\n|--|--|\r\n|봄|1|\r\n이다.\r\n",
            fixed="값\r\n\r\n|이름|값|\r\n|--|--|\r\n|봄|1|\r\n\r\n이다.\r\n",
        ),
        Bad("- 값은\n  ⟦| 이름 | 값 |⟧\n  |---|---|\n  | 봄 | 1 |\n"),
        Bad("⟦| 이름 | 값 |⟧\n|---|\n| 봄 | 1 |\n", path="README.md"),
        Good("값은 이렇다.\n\n| 이름 | 값 |\n|---|---|\n| 봄 | 1 |\n{: .small}\n"),
        Good("값은 이렇다.\n| 이름 | 값 |\n|---|---|\n| 봄 | 1 |\n", path="README.md"),
        Good("```\n값\n| 이름 | 값 |\n|---|---|\n```\n"),
        Good("    값\n    | 이름 | 값 |\n    |---|---|\n"),
        Good("`a | b`를 쓰고\n---|---\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        text = post.source.text
        matches = list(_DELIMITERS.finditer(text, post.body_start))
        if not matches:
            return
        paragraphs = Paragraphs(post)
        code = MeantCode(post)
        done = -1
        for match in matches:
            if match.start() < done:
                continue
            at = match.start()
            owner = paragraphs.around(at)
            rows = _rows(post, at, owner.span) if owner is not None else None
            if owner is None or rows is None or rows in code or post.is_opaque(Span(*match.span())):
                continue
            done = rows.end
            yield self._finding(rows, owner, post)

    def _finding(self, rows: Span, owner: nodes.Paragraph, post: Post) -> Finding:
        lines = [line.lstrip(" \t>") for line in post.source[rows].splitlines()]
        head = Span(rows.start, rows.start + len(lines[0]))
        if not any(isinstance(node, nodes.Table) for node in parsed("\n".join(lines), post).children):
            counts = [_cells(line) for line in lines[:2]]
            if counts[0] == counts[1]:
                return self.finding(head, text=_NO_ROW if len(lines) == _LEAST_ROWS else _UNKNOWN)
            return self.finding(head, text=_CELLS, head=counts[0], delimiters=counts[1])
        has_text_above = bool(_line_above(post, rows).strip(" \t\r\n>"))
        return self.finding(head, text=None if has_text_above else _AFTER, fix=_separated(rows, owner, post))


def _rows(post: Post, delimiters: int, within: Span) -> Span | None:
    """The rows around the delimiters, from the head on; None where no head stands above them."""
    text = post.source.text
    line = max(text.rfind("\n", within.start, delimiters - 1) + 1, within.start)
    start = line + len(text[line:delimiters]) - len(text[line:delimiters].lstrip(" \t>"))
    bars = (match.span() for match in _CELL_END.finditer(text, start, delimiters))
    if all(post.is_opaque(Span(*bar)) for bar in bars):
        return None
    end = delimiters
    while end < within.end:
        line_end = text.find("\n", end, within.end)
        line_end = within.end if line_end < 0 else line_end
        if "|" not in text[end:line_end]:
            break
        end = line_end + 1
    return Span(start, start + len(text[start : min(end, within.end)].rstrip()))


def _cells(line: str) -> int:
    return len(_CELL_END.split(line.strip(" \t>").removeprefix("|").removesuffix("|")))


def _line_above(post: Post, rows: Span) -> str:
    text = post.source.text
    first = text.rfind("\n", 0, rows.start) + 1
    return text[max(text.rfind("\n", 0, first - 1) + 1, post.body_start) : first]


def _separated(rows: Span, owner: nodes.Paragraph, post: Post) -> Fix | None:
    """Blank lines around the rows, if they make a table of them and of nothing else."""
    if place_in_page(owner, post) is None:
        return None
    text = post.source.text
    newline = "\r\n" if text.startswith("\r\n", rows.end) else "\n"
    first = text.rfind("\n", 0, rows.start) + 1
    line_end = text.find("\n", rows.end)
    behind = len(text) if line_end < 0 else line_end + 1
    begin = text.rfind("\n", 0, owner.span.start) + 1
    above, below = text[begin:first], text[behind : owner.span.end]
    edits = []
    if _line_above(post, rows).strip():
        edits.append(Edit(Span(first, first), newline))
    if below.strip():
        edits.append(Edit(Span(behind, behind), newline))
    page = parsed(f"{above}{newline}{text[first:behind]}{newline}{below}", post)
    kinds = [type(one) for one in page.children if not isinstance(one, nodes.LinkDefinition)]
    wanted: list[type[nodes.Node]] = [nodes.Table]
    if above.strip():
        wanted.insert(0, nodes.Paragraph)
    if below.strip():
        wanted.append(nodes.Paragraph)
    if not edits or kinds != wanted:
        return None
    return fix(Safety.REPAIR, _SEPARATE, *edits)
