import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text, applied
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed
from postlint.rules._fences import MeantCode

_SYLLABLES = "가나다라마바사아자차카타파하"
_SIGN = (
    r"[ \t>]*+(?:(?P<number>[0-9]{1,2})(?P<close>\)\.?|\.(?=[^\s0-9.]))"
    r"|(?P<escaped>\\[-+*])(?=[ \t])|(?P<star>\*)(?=[^\s*][^*\n]*$)"
    r"|(?P<option>-[A-Za-z](?=[ \t]*[:,=]|[ \t]))"
    r"|(?P<dash>[-+])(?=[A-Z][a-z]*[ ,]|[^\x00-\x7f\W]|[\"'“‘\[(<`])"
    rf"|(?P<bullet>[•·‣◦▪●○■□▶►])|(?P<circled>[①-⑳])|(?P<syllable>[{_SYLLABLES}])[.)](?=[ \t]))"
)
_LINE = lazy("^" + _SIGN, 8)
_BEHIND = lazy(_SIGN, 8)
_BELOW = lazy(r"\n" + re.sub(r"\?P<[a-z]+>", "?:", _SIGN), 8)
"""To look for the line ends first takes a tenth of the time."""
_OWN = lazy(r"(?:(?P<number>[0-9]{1,2})(?P<close>[.)])|(?P<dash>[-+*]))[ \t]+\Z")
_KINDS = ("number", "escaped", "star", "option", "dash", "bullet", "circled", "syllable")
_OPTION = "option"
_LIST_MARKS = frozenset((*").-+", "escaped", "star"))
_FIRST_CIRCLED = ord("①")

_SPACE = Text(en="put a space behind the mark", ko="표시 뒤에 공백 넣기")
_DOT = Text(en="write `{number}.`", ko="`{number}.`으로 적기")
_BARE = Text(en="take the backslash off", ko="역슬래시 빼기")
_TITLES = {")": _DOT, "escaped": _BARE}
_BREAK = Text(en="end each line in two spaces", ko="줄마다 끝에 공백 두 개 두기")


class _Mark(NamedTuple):
    """What was to begin an item."""

    span: Span
    kind: str
    value: int
    """Its place in the order, where its kind has one; else 0."""


class ListNotRecognised(Rule):
    """Lines that were to be items of a list and run together in one paragraph.

    kramdown makes no list of `1)`, no engine makes one of `-Item`, `*Item`, `\\* item`, `1.item`, `•` or `①`;
    and where no line break is written either, the lines become one. Numbers have to follow each other.

    ## Why
    Readers see `1) … 2) … 3) …` in one run of text, or an item that goes on with `-` and the next.

    ## Fix safety
    Unsafe: a list is laid out otherwise than lines of text. `1)` becomes `1.`, `-Item` and `1.item` get their
    space, `\\*` loses its backslash, and before other marks the lines get a line break; what comes of it is
    tried first.

    ## Precision
    18 of 18 findings read on real blogs were right (2026-11-23).
    """

    code, name, severity = "PAGE020", "list-not-recognised", Severity.WARNING
    message = Text(
        en="`{mark}` begins no item here: readers see it in one line with the text before it",
        ko="`{mark}`이(가) 목록이 되지 않아 앞줄과 한 줄로 이어집니다",
    )
    doc_ko = """목록의 항목으로 적었지만 한 문단으로 이어지는 줄.

    kramdown은 `1)`을 목록으로 읽지 않고, `-항목`, `*항목`, `\\* 항목`, `1.항목`, `•`, `①`은 어떤 엔진도
    목록으로 읽지 않습니다. 줄바꿈도 따로 적지 않았으면 모든 줄이 한 줄로 이어집니다. 번호는 차례대로일 때만
    봅니다.

    ## 이유
    `1) … 2) … 3) …`이 한 줄로 보이거나, 앞 항목에 `-`와 다음 항목이 붙어 보입니다.

    ## 수정 안전성
    안전하지 않음: 목록은 본문과 모양이 다릅니다. `1)`은 `1.`로 바꾸고, `-항목`과 `1.항목`에는 공백을 넣고,
    `\\*`에서는 역슬래시를 빼고, 다른 표시 앞에는 줄바꿈을 둡니다. 뜻대로 되는지는 미리 시험해 봅니다.

    ## 정확도
    실제 블로그에서 읽어 본 18건이 모두 맞았습니다(2026-11-23).
    """
    signs = _BELOW
    gives_way_to = ("PAGE002", "PAGE003", "PAGE019")
    examples = (
        Bad(
            "차례는 이렇다.\n\n1) 설치한다.\n⟦2)⟧ 실행한다.\n3) 끝낸다.\n",
            fixed="차례는 이렇다.\n\n1. 설치한다.\n2. 실행한다.\n3. 끝낸다.\n",
        ),
        Bad("-봄이다.\n⟦-⟧여름이다.\n", fixed="- 봄이다.\n- 여름이다.\n"),
        Bad("1. 봄\n⟦2.⟧여름\n3. 가을\n", fixed="1. 봄\n2. 여름\n3. 가을\n"),
        Bad("- 봄\n⟦-⟧여름\n- 가을\n", fixed="- 봄\n- 여름\n- 가을\n"),
        Bad("• 봄\n⟦•⟧ 여름\n", fixed="• 봄  \n• 여름\n"),
        Bad("① 봄이\n온다.\n⟦②⟧ 여름\n③ 가을\n", fixed="① 봄이\n온다.  \n② 여름  \n③ 가을\n"),
        Bad("> 가. 봄\n> ⟦나.⟧ 여름\n", fixed="> 가. 봄  \n> 나. 여름\n"),
        Bad("> 1). 봄\n> ⟦2).⟧여름\n", fixed="> 1. 봄\n> 2. 여름\n"),
        Bad("-Spring has come.\n⟦-⟧Summer is near.\n", fixed="- Spring has come.\n- Summer is near.\n"),
        Bad("-a : 모두\n⟦-⟧l : 길게\n", fixed="-a : 모두  \n-l : 길게\n"),
        Bad("\\* 봄\n⟦\\*⟧ 여름\n", fixed="* 봄\n* 여름\n"),
        Bad("차례\n\\- 봄\n⟦\\-⟧ 여름\n", fixed="차례\n- 봄\n- 여름\n"),
        Bad("*봄이다.\n⟦*⟧여름이다.\n", fixed="* 봄이다.\n* 여름이다.\n"),
        Good("\\* 봄  \n\\* 여름\n"),
        Good("*봄*\n*여름*\n\n*봄은 간다.\n여름이 온다.*\n"),
        Good("a \\* b\n\\*c\n"),
        Good("명령에는\n-a 와\n-l 이 있고\n--all\n--long\n"),
        Good("1) 봄  \n2) 여름  \n3) 가을\n"),
        Good("1) 봄\n2) 여름\n", path="README.md"),
        Good("1) 봄\n2) 여름\n", site={"_config.yml": "kramdown: {hard_wrap: true}\n"}),
        Good("1) 봄<br>\n2) 여름\n"),
        Good("1) 봄, 2) 여름\n3) 가을\n\n2023) 봄\n"),
        Good("- 봄\n- 여름\n\n1. 봄\n2. 여름\n"),
        Good("```\n-a\n-b\n```\n\n    1) 봄\n    2) 여름\n"),
        Good("2.5배와\n3.5배, 그리고\n-1과\n-2\n"),
        Good("$$\n-a\n-b\n$$\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        text = post.source.text
        code = MeantCode(post)
        for paragraph in post.nodes_of(nodes.Paragraph):
            if "\n" not in text[paragraph.span.start : paragraph.span.end]:
                continue
            marks = _marks(paragraph, post)
            if len(marks) < 2:
                continue
            run = _run_together(marks, paragraph)
            if run and run[0].kind == _OPTION and run[0].span.start > paragraph.span.start:
                continue  # a sentence that speaks of options, and was wrapped before them
            if run and run[1].span not in code:
                mark = run[1]
                written = text[mark.span.start : mark.span.end]
                yield self.finding(mark.span, fix=_mended(run, paragraph, post), mark=written)


def _marks(paragraph: nodes.Paragraph, post: Post) -> list[_Mark]:
    """The marks at the beginnings of lines, that of the item which the paragraph begins included."""
    text, (start, end) = post.source.text, paragraph.span
    line = text.rfind("\n", 0, start) + 1
    own = _OWN.search(text, line, start)
    found = [_mark(own)] if own else []
    first = _BEHIND.match(text, start, end)
    if first:
        found.append(_mark(first))
    found += (_mark(match) for match in _LINE.finditer(text, start + 1, end))
    return [mark for mark in found if mark.span.start < start or not post.is_opaque(mark.span)]


def _mark(match: re.Match[str]) -> _Mark:
    groups = match.groupdict()
    (name,) = (one for one in _KINDS if groups.get(one))
    written = groups[name]
    start = match.start(name)
    if name == "number":
        return _Mark(Span(start, match.end("close")), groups["close"][0], int(written))
    if name == "circled":
        return _Mark(Span(start, start + 1), name, ord(written) - _FIRST_CIRCLED + 1)
    if name in ("escaped", "star"):
        return _Mark(Span(*match.span(name)), name, 0)
    if name == "syllable":
        return _Mark(Span(start, start + 2), name, _SYLLABLES.index(written) + 1)
    return _Mark(Span(start, start + 1), name if name == _OPTION else written, 0)


def _run_together(marks: Sequence[_Mark], paragraph: nodes.Paragraph) -> list[_Mark]:
    """The first of `marks` that follow each other in their order, and with no line break between."""
    breaks = sorted(
        node.span.start
        for node in paragraph.walk()
        if isinstance(node, nodes.LineBreak) or (isinstance(node, nodes.HtmlElement) and node.name == "br")
    )
    run: list[_Mark] = []
    for one, other in pairwise(marks):
        follows = one.kind == other.kind and other.value == one.value + (1 if one.value else 0)
        index = bisect_right(breaks, one.span.start)
        if follows and not (index < len(breaks) and breaks[index] < other.span.start):
            run += [other] if run else [one, other]
        elif run:
            break
    return run


def _mended(run: Sequence[_Mark], paragraph: nodes.Paragraph, post: Post) -> Fix | None:
    """What makes items, or at least lines, of `run`; None where that is not so."""
    text = post.source.text
    begin = text.rfind("\n", 0, paragraph.span.start) + 1
    is_list = run[0].kind in _LIST_MARKS
    if is_list:
        edits = [
            edit for mark in run if mark.span.start >= paragraph.span.start for edit in _as_item(mark, text)
        ]
    else:
        edits = [_as_line(mark, text) for mark in run[1:]]
    page = parsed(applied(text, edits, Span(begin, paragraph.span.end)), post)
    if is_list:
        is_mended = any(
            isinstance(node, nodes.List) and len(node.children) >= len(run) for node in page.walk()
        )
        title, values = _TITLES.get(run[0].kind, _SPACE), {}
        if title is _DOT:
            values = {"number": run[0].value}
    else:
        is_mended = sum(isinstance(node, nodes.LineBreak) for node in page.walk()) >= len(run) - 1
        title, values = _BREAK, {}
    return fix(Safety.UNSAFE, title, *edits, **values) if is_mended else None


def _as_item(mark: _Mark, text: str) -> Iterator[Edit]:
    end = mark.span.end
    space = "" if text.startswith((" ", "\t"), end) else " "
    if mark.kind == "escaped":
        yield Edit(Span(mark.span.start, end - 1), "")
    elif mark.kind == ")":
        yield Edit(Span(text.rfind(")", 0, end), end), "." + space)
    elif space:
        yield Edit(Span(end, end), space)


def _as_line(mark: _Mark, text: str) -> Edit:
    """A line break at the end of the line before `mark`."""
    end = text.rfind("\n", 0, mark.span.start)
    end -= text.startswith("\r", end - 1)
    start = end - 1 if text.startswith(" ", end - 1) else end
    return Edit(Span(start, end), "  ")
