from bisect import bisect_right
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._candidates import parsed

_NOTHING = "\u200b\u2060\ufeff\u180e\u3164\u115f\u1160\uffa0\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Zero-width and filler characters, line and paragraph separators, marks that turn the direction of writing.
Those that join emoji and letters, and soft hyphens, have their use in text."""
_NO_BREAK = "\u00a0\u202f\u2007"
"""Spaces that are none to Markdown (they are no white space to kramdown) nor to YAML."""

_CHARACTERS = (
    *"\u200b\u2060\ufeff\u180e\u3164\u115f\u1160\uffa0\u2028\u2029\u202a\u202b\u202c\u202d\u202e",
    *"\u2066\u2067\u2068\u2069\u00a0\u202f\u2007",
)
_SPACES = dict.fromkeys(map(ord, _NO_BREAK), " ")
_ANY = lazy(f"[{_NOTHING}{_NO_BREAK}]")
_RUN = lazy(f"[{_NOTHING}{_NO_BREAK}]+")
_ZERO_WIDTH = lazy(f"[{_NOTHING}]+")
_MARKER = lazy(
    rf"^[ \t>]*[{_NOTHING}{_NO_BREAK} \t]*(?:#{{1,6}}|[-*+]|\d{{1,9}}\.|>|`{{3}}|~{{3}})"
    rf"[{_NOTHING}{_NO_BREAK} \t]*"
)
_FENCE = lazy(r"\s*(?:`{3}|~{3})")
_SEPARATOR = lazy(rf"[|:\-\s{_NOTHING}{_NO_BREAK}]*-[|:\-\s{_NOTHING}{_NO_BREAK}]*\Z")
_BRACKETS = lazy(
    rf"(?<=\])(?:[{_NOTHING}]+(?=\[)|[{_NOTHING}{_NO_BREAK}]+(?=\((?:https?:|mailto:|\.{{0,2}}/|#)))"
)
_IN_YAML = lazy(
    rf"(?m:^)[ \t-]*(?P<start>[{_NO_BREAK}]+)|:(?P<colon>[{_NO_BREAK}]+)"
    rf"|(?P<end>[{_NO_BREAK}]+)[ \t]*\r?(?m:$)"
    rf"|(?P<nothing>[{_NOTHING}]+)"
)
_LOOKS_BLANK = lazy(
    rf"\n[ \t>]*(?P<run>[{_NOTHING}{_NO_BREAK}][{_NOTHING}{_NO_BREAK} \t]*)"
    rf"(?=\r?\n[ \t>]*[^\s>{_NOTHING}{_NO_BREAK}])"
)
_ENDS_IN_TEXT = lazy(rf"[^\s{_NOTHING}{_NO_BREAK}][ \t]*\r?\Z")
_LIST_MARK = lazy(r"[ \t]*(?:[-*+]|\d{1,9}\.)[ \t]")
_BLOCKS = (nodes.Heading, nodes.List, nodes.Quote, nodes.ThematicBreak)

_TAKE_OUT = Text(en="take it out", ko="지우기")
_SPACE = Text(en="write an ordinary space", ko="보통 공백으로 바꾸기")

_IN_LINK = Text(
    en="an invisible character ({character}) between the brackets: this is no link",
    ko="괄호 사이에 보이지 않는 문자({character})가 있어 링크가 되지 않습니다",
)
_IN_HEADING = Text(
    en="an invisible character ({character}) in a heading: its anchor is not what it seems to be",
    ko="제목에 보이지 않는 문자({character})가 있어 앵커가 보이는 것과 다를 수 있습니다",
)
_BLANK = Text(
    en="this line looks blank, but has an invisible character ({character}): it parts no paragraphs",
    ko="빈 줄처럼 보이지만 보이지 않는 문자({character})가 있어 위아래가 한 문단으로 이어집니다",
)
_IN_FRONT_MATTER = Text(
    en="an invisible character ({character}) in the front matter: this is not the same as without it",
    ko="프론트 매터에 보이지 않는 문자({character})가 있어 그것이 없는 값과 다르게 처리됩니다",
)


class InvisibleCharacter(Rule):
    """A character that nobody sees, where it changes what the page is.

    That is beside the mark of a heading, a list or a fence, between the brackets of a link, in a heading,
    in a line between two paragraphs that has nothing else, and in the front matter. Elsewhere it does no
    harm, and characters that join emoji have their use.

    ## Why
    A `#` behind which there is a no-break space makes no heading, a `](` with a zero-width space in it no
    link, and a tag with one is another tag; in an editor all of them look right.

    ## Fix safety
    Repair: without the character, or with a space in its place, the page has the heading, the list or the
    link that the text shows. Unsafe in a heading whose anchor changes with it.
    """

    code, name, severity = "PAGE010", "invisible-character", Severity.WARNING
    message = Text(
        en="an invisible character ({character}) beside this mark: the page shows it as text",
        ko="기호 옆에 보이지 않는 문자({character})가 있어 기호가 글자 그대로 보입니다",
    )
    doc_ko = """보이지 않지만 페이지를 바꾸는 자리에 있는 문자.

    제목이나 목록, 울타리의 기호 옆, 링크의 괄호 사이, 제목 안, 두 문단 사이의 빈 줄, 프론트 매터가 그런
    자리입니다. 다른 곳에서는 해가 없고, 이모지를 잇는 문자는 쓸모가 있습니다.

    ## 이유
    `#` 뒤가 줄바꿈 없는 공백이면 제목이 되지 않고, `](` 사이에 폭 없는 공백이 있으면 링크가 되지 않으며,
    태그에 끼어 있으면 다른 태그가 됩니다. 편집기에서는 모두 멀쩡해 보입니다.

    ## 수정 안전성
    복구: 지우거나 보통 공백으로 바꾸면 글에 보이는 대로 제목, 목록, 링크가 됩니다. 앵커가 바뀌는 제목
    안에서는 안전하지 않습니다.
    """
    gives_way_to = ("FM001", "FM003", "URL010", "PAGE002", "PAGE003")
    examples = (
        Bad("#⟦\u00a0⟧제목\n", fixed="# 제목\n"),
        Bad("-⟦\u00a0⟧하나\n", fixed="- 하나\n"),
        Bad("⟦\u200b⟧## 제목\n", fixed="## 제목\n"),
        Bad("1.⟦\u00a0⟧하나\n", fixed="1. 하나\n"),
        Bad("[글]⟦\u200b⟧(https://example.org)\n", fixed="[글](https://example.org)\n"),
        Bad("## 주간⟦\u200b⟧ 정리\n", fixed="## 주간 정리\n"),
        Bad("## 주간⟦\u00a0⟧정리\n", fixed="## 주간 정리\n"),
        Bad("- 하나\n⟦\u00a0\u00a0⟧- 둘\n", fixed="- 하나\n  - 둘\n"),
        Bad("> - 하나\n> ⟦\u00a0\u00a0⟧- 둘\n", fixed="> - 하나\n>   - 둘\n"),
        Bad("⟦\u200b⟧> 인용\n", fixed="> 인용\n"),
        Bad(
            "> | 가 | 나 |\n> |---|---|⟦\u200b⟧\n> | 다 | 라 |\n",
            fixed="> | 가 | 나 |\n> |---|---|\n> | 다 | 라 |\n",
        ),
        Bad("첫 문단\n⟦\u00a0⟧\n둘째 문단\n", fixed="첫 문단\n\n둘째 문단\n"),
        Good("첫 문단\n\n\u200b\n\n둘째 문단\n"),
        Bad("| 가 | 나 |\n|⟦\u00a0⟧---|---|\n| 다 | 라 |\n", fixed="| 가 | 나 |\n| ---|---|\n| 다 | 라 |\n"),
        Bad("---\ntags: [⟦\u200b⟧파이썬]\n---\n\n글\n", fixed="---\ntags: [파이썬]\n---\n\n글\n"),
        Bad("---\n⟦\ufeff⟧title: 글\n---\n\n글\n", fixed="---\ntitle: 글\n---\n\n글\n"),
        Bad("---\ntags: [a]\ntitle: 글⟦\u00a0⟧\n---\n\n글\n", fixed="---\ntags: [a]\ntitle: 글\n---\n\n글\n"),
        Good("한글\u200b사이와 100\u00a0km\n"),
        Good("가족 👨\u200d👩\u200d👧 이모지\n\n# 👨\u200d💻 개발자\n"),
        Good("```\n#\u00a0제목\n```\n"),
        Good("`-\u00a0x`\n"),
        Good("---\ntitle: 100\u00a0km 달리기\n---\n\n글\n"),
        Good("- 하나\u00a0\n- \u200b둘\n"),
        Good("\u200b**굵게** 쓴 글\n"),
        Good("[참고]\u00a0(2020) [1]\u00a0[2]\n"),
        Good("$x$\u00a0- 값\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        if text.isascii() or not any(map(text.__contains__, _CHARACTERS)):
            return
        yield from self._front_matter(post)
        if not _ANY.search(text, post.body_start):
            return
        for heading in post.nodes_of(nodes.Heading):
            yield from self._heading(heading, post)
        yield from self._marks(post)
        yield from self._blank_lines(post)
        for match in _BRACKETS.finditer(text, post.body_start):
            span = Span(*match.span())
            if not post.is_opaque(span):
                yield self._finding(span, _IN_LINK, fix(Safety.REPAIR, _TAKE_OUT, Edit(span, "")), post)

    def _front_matter(self, post: Post) -> Iterator[Finding]:
        if post.front_matter is None:
            return
        for match in _IN_YAML.finditer(post.source.text, *post.front_matter.content_span):
            group = match.lastgroup or "nothing"
            span = Span(*match.span(group))
            line = post.source.line_span(post.source.line_at(span.start))
            if post.source[line].lstrip().startswith("#"):
                continue
            title, new = (_SPACE, " ") if group == "colon" else (_TAKE_OUT, "")
            yield self._finding(span, _IN_FRONT_MATTER, fix(Safety.REPAIR, title, Edit(span, new)), post)

    def _heading(self, heading: nodes.Heading, post: Post) -> Iterator[Finding]:
        for node in heading.walk():
            if not isinstance(node, nodes.Text):
                continue
            for match in _RUN.finditer(post.source.text, *node.span):
                span = Span(*match.span())
                if post.is_opaque(span):
                    continue
                if _ZERO_WIDTH.fullmatch(match[0]):
                    mend = fix(Safety.REPAIR, _TAKE_OUT, Edit(span, ""))
                else:
                    mend = fix(Safety.UNSAFE, _SPACE, Edit(span, " "))
                yield self._finding(span, _IN_HEADING, mend, post)

    def _marks(self, post: Post) -> Iterator[Finding]:
        """Lines that would begin a block, were it not for such a character."""
        source = post.source
        texts = sorted(node.span for node in post.nodes_of(nodes.Paragraph, nodes.TableCell))
        done = 0
        for match in _ANY.finditer(source.text, post.body_start):
            line = source.line_span(source.line_at(match.start()))
            if line.start < done:
                continue
            done = line.end
            written = source[line]
            runs = _runs_beside_mark(written)
            if not runs or not _begins_block(written, runs, post):
                continue
            spans = [Span(line.start + start, line.start + end) for start, end in runs]
            if any(post.is_opaque(span) for span in spans):
                continue
            index = bisect_right(texts, spans[0].end, key=lambda one: one.start) - 1
            if index < 0 or texts[index].end < spans[0].start:
                continue
            edits = [Edit(span, _instead(source[span])) for span in spans]
            if not source.text[line.start : spans[0].start].strip(" \t>") and _LIST_MARK.match(
                source.text, spans[0].end
            ):
                # As wide as it looks: it may stand in the item of another list.
                edits[0] = Edit(spans[0], _ZERO_WIDTH.sub("", source[spans[0]]).translate(_SPACES))
            title = _SPACE if any(edit.replacement for edit in edits) else _TAKE_OUT
            yield self._finding(spans[0], None, fix(Safety.REPAIR, title, *edits), post)

    def _blank_lines(self, post: Post) -> Iterator[Finding]:
        """Lines of nothing but such characters in the middle of a paragraph."""
        text = post.source.text
        if not _LOOKS_BLANK.search(text, post.body_start):
            return
        for node in post.nodes_of(nodes.Paragraph):
            for match in _LOOKS_BLANK.finditer(text, *node.span):
                span = Span(*match.span("run"))
                above = text.rfind("\n", 0, match.start()) + 1
                if _ENDS_IN_TEXT.search(text, above, match.start()) and not post.is_opaque(span):
                    yield self._finding(span, _BLANK, fix(Safety.REPAIR, _TAKE_OUT, Edit(span, "")), post)

    def _finding(self, span: Span, text: Text | None, mend: Fix, post: Post) -> Finding:
        character = f"U+{ord(post.source.text[span.start]):04X}"
        return self.finding(span, text=text, fix=mend, character=character)


def _instead(run: str) -> str:
    return "" if _ZERO_WIDTH.fullmatch(run) else " "


def _runs_beside_mark(line: str) -> list[tuple[int, int]]:
    """Where such characters stand beside the mark that the line begins with, or in a table's separator."""
    if "|" in line and _SEPARATOR.match(line.lstrip(" \t>")):
        return [match.span() for match in _RUN.finditer(line)]
    mark = _MARKER.match(line)
    return [match.span() for match in _RUN.finditer(line, 0, mark.end())] if mark else []


def _begins_block(line: str, runs: list[tuple[int, int]], post: Post) -> bool:
    begin = len(line) - len(line.lstrip(" \t>"))
    cleaned = line
    for start, end in reversed(runs):
        cleaned = cleaned[:start] + _instead(line[start:end]) + cleaned[end:]
    cleaned = cleaned[begin:].lstrip(" \t")
    if "|" in cleaned or _FENCE.match(cleaned):
        return True
    before, after = parsed(line.lstrip(" \t>"), post).children, parsed(cleaned, post).children
    return bool(after) and isinstance(after[0], _BLOCKS) and not (before and isinstance(before[0], _BLOCKS))
