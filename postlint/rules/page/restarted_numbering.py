from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode, meant_blocks
from postlint.rules.page._places import place_in_page

_NUMBER = lazy(r"([0-9]{1,9})\.(?:[ \t]+([0-9]+)\.(?![0-9]))?")
_LEAST_YEAR = 1900
"""Nobody counts so far in a list; it is a year, or the number of something."""

_IS_TEXT = Text(
    en="`{written}.` makes a list of this line, and readers see {shown} in its place",
    ko="줄 앞의 숫자가 목록 번호로 읽혀, 페이지에는 {written} 대신 {shown}이(가) 보입니다",
)
_START = Text(en="begin at {written}", ko="{written}번부터 매기기")
_ESCAPE = Text(en="write `{written}\\.`", ko="`{written}\\.`으로 적기")


class RestartedNumbering(Rule):
    """A list that is numbered from another number on the page than it is written with.

    kramdown counts every list from 1. A picture, code or a sentence that is not indented ends a list, and
    what is written as its third item begins a list of its own. So does a line that begins with a year, such
    as `2024. 5. 1.`

    ## Why
    Readers see 1., 1., 1. where 1., 2., 3. was written, and look in vain for the step 3 that the text speaks
    of; of a date they see `1. 1. 1.`

    ## Fix safety
    Repair: `{: start="3"}` before the list gives it the number that it is written with; a year gets a
    backslash (`2024\\.`) and is text. Either is tried first. To indent what stands between the items would
    make one list of them, which is for the author to do; no fix within quotes and other lists.

    ## Precision
    50 of 50 findings read on real blogs were right (2026-11-23).
    """

    code, name, severity = "PAGE016", "restarted-numbering", Severity.WARNING
    message = Text(
        en="written from {written} on, this list is numbered from {shown} on the page",
        ko="{written}번부터 적은 목록이지만 페이지에는 {shown}번부터 매겨집니다",
    )
    doc_ko = """적은 번호와 다른 번호로 시작하는 목록.

    kramdown은 어떤 목록이든 1부터 셉니다. 들여쓰지 않은 이미지, 코드, 문장이 나오면 목록이 끝나므로, 셋째
    항목으로 적은 것이 새 목록의 첫째 항목이 됩니다. `2024. 5. 1.`처럼 연도로 시작하는 줄도 목록이 됩니다.

    ## 이유
    1., 2., 3.이라고 적은 곳에 1., 1., 1.이 보여, 글에서 말하는 3번을 찾을 수 없습니다. 날짜는 `1. 1. 1.`로
    보입니다.

    ## 수정 안전성
    복구: 목록 앞에 `{: start="3"}`을 두어 적은 번호대로 보이게 하고, 연도에는 역슬래시를 붙여(`2024\\.`)
    글로 만듭니다. 둘 다 미리 시험해 봅니다. 사이의 내용을 들여쓰면 한 목록이 되지만, 그것은 글쓴이의
    몫입니다. 인용문이나 다른 목록 안에 있는 것은 고치지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 50건이 모두 맞았습니다(2026-11-23).
    """
    gives_way_to = ("PAGE002", "PAGE003")
    examples = (
        Bad(
            "1. 설치한다.\n\n```sh\nmake\n```\n\n⟦2.⟧ 실행한다.\n3. 끝낸다.\n",
            fixed='1. 설치한다.\n\n```sh\nmake\n```\n\n{: start="2"}\n2. 실행한다.\n3. 끝낸다.\n',
        ),
        Bad(
            "1. 켠다.\n\n![그림](/a.png)\n\n⟦2.⟧ 끈다.\n\n![그림](/b.png)\n\n⟦3.⟧ 닫는다.\n",
            fixed='1. 켠다.\n\n![그림](/a.png)\n\n{: start="2"}\n2. 끈다.\n\n![그림](/b.png)\n\n'
            '{: start="3"}\n3. 닫는다.\n',
        ),
        Bad("```\na\n```\n⟦0.⟧ 영\n1. 일\n", fixed='```\na\n```\n\n{: start="0"}\n0. 영\n1. 일\n'),
        Bad("{: .steps}\n⟦4.⟧ 넷\n\n글\n", fixed='{: .steps}\n{: start="4"}\n4. 넷\n\n글\n'),
        Bad("⟦2024.⟧ 5. 1. 고침\n\n글\n", fixed="2024\\. 5. 1. 고침\n\n글\n"),
        Bad("⟦2024.⟧ 05. 01\n", fixed="2024\\. 05. 01\n"),
        Bad("글\n⟦2.⟧ 둘\n", fixed='글\n\n{: start="2"}\n2. 둘\n'),
        Bad("> 1. 하나\n>\n> 글\n>\n> ⟦2.⟧ 둘\n"),
        Bad(
            "글\n\n ⟦2.⟧ 둘\n\n   문단\n",
            fixed='글\n\n{: start="2"}\n 2. 둘\n\n   문단\n',
        ),
        Good("1. 하나\n2. 둘\n\n   글\n\n3. 셋\n"),
        Good("1. 하나\n1. 둘\n\n글\n\n1. 하나\n"),
        Good('1. 하나\n\n글\n\n{: start="2"}\n2. 둘\n\n글\n\n3. 셋\n4. 넷\n{: start="3"}\n'),
        Good("2.5 배와 3.둘, 2) 둘\n\n2024\\. 5. 1.\n"),
        Good("    2. 코드\n\n```\n2. 코드\n```\n"),
        Good("1. 하나\n\n글\n\n2. 둘\n", path="README.md"),
        Good("1. 하나\n\n글\n\n2. 둘\n", path="content/a.md", site={"hugo.toml": ""}),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if post.home.conventions.has_extensions:
            return
        code = MeantCode(post)
        sure_to = -1
        seen = -1
        for one in post.nodes_of(nodes.List):
            if not one.ordered or not one.children or "start" in one.attributes:
                continue
            start = one.children[0].span.start
            match = _NUMBER.match(post.source.text, start)
            if match is None or start < seen or int(match[1]) == one.number:
                continue
            line_end = post.source.text.find("\n", start)
            span = Span(start, match.end(1) + 1)
            if span in code or post.is_opaque(span):
                continue
            if sure_to < 0:
                sure_to = _first_doubt(post)
            is_text = len(one.children) == 1 and int(match[1]) >= _LEAST_YEAR
            mended = None
            if start < sure_to:
                mended = _escaped(one, match[1], post) if is_text else _begun(one, match[1], post)
            # The month of a date is a list within the list, and no fault of its own.
            seen = line_end if line_end >= 0 else len(post.source.text)
            yield self.finding(
                span,
                text=_IS_TEXT if is_text else None,
                fix=mended,
                written=match[1],
                shown=one.number,
            )


def _first_doubt(post: Post) -> int:
    """Where the first fence stands that is none on the page: what is code behind it is not sure yet."""
    blocks = sorted(node.span for node in post.nodes_of(nodes.CodeBlock))
    index = 0
    for meant in meant_blocks(post):
        start = meant.opening.span.start
        while index < len(blocks) and blocks[index].end <= start:
            index += 1
        if index == len(blocks) or blocks[index].start > start:
            return start
    return len(post.source.text)


def _before(one: nodes.List, post: Post) -> int | None:
    """Where what stands before `one` on the page begins; None within another block."""
    place = place_in_page(one, post)
    if place is None:
        return None
    return post.document.children[place - 1].span.start if place else one.span.start


def _escaped(one: nodes.List, number: str, post: Post) -> Fix | None:
    at = one.children[0].span.start + len(number)
    text = post.source.text
    page = parsed(text[at - len(number) : at] + "\\" + text[at : one.span.end], post)
    if len(page.children) != 1 or not isinstance(page.children[0], nodes.Paragraph):
        return None
    return fix(Safety.REPAIR, _ESCAPE, Edit(Span(at, at), "\\"), written=number)


def _begun(one: nodes.List, number: str, post: Post) -> Fix | None:
    """The list with an attribute for its number; None where that would change anything else."""
    before = _before(one, post)
    if before is None:
        return None
    text = post.source.text
    # Before the indent of its first line: without that, more of what follows would be of the item.
    start = max(post.body_start, text.rfind("\n", 0, one.span.start) + 1)
    if text[start : one.span.start].strip(" "):
        return None
    before = min(before, start)
    newline = "\r\n" if text.find("\r\n", start, one.span.end + 2) >= 0 else "\n"
    attribute = f'{{: start="{int(number)}"}}{newline}'
    shapes = [_shape(node) for node in parsed(text[before : one.span.end], post).children]
    for written in (attribute, newline + attribute):
        page = parsed(text[before:start] + written + text[start : one.span.end], post)
        last = page.children[-1] if page.children else None
        if (
            isinstance(last, nodes.List)
            and last.attributes.get("start") == str(int(number))
            and [_shape(node) for node in page.children] == shapes
        ):
            return fix(Safety.REPAIR, _START, Edit(Span(start, start), written), written=int(number))
    return None


def _shape(node: nodes.Node) -> tuple[object, ...]:
    """What `node` is on the page, but for the number that it begins with."""
    attributes = {name: value for name, value in node.attributes.items() if name != "start"}
    return type(node), attributes, node.text()
