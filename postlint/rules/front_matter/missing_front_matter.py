import re
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.front_matter import opening_span, split
from postlint.post.post import Kind, Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.front_matter._names import is_published
from postlint.rules.front_matter._opening import begins_with_key, makes_front_matter

_HIDDEN = Text(
    en="characters that cannot be seen stand before the `---`, so Jekyll does not see the front matter",
    ko="`---` 앞에 보이지 않는 문자가 있어 Jekyll이 프론트 매터를 알아보지 못합니다",
)
_BEFORE = Text(
    en="text stands before the `---`, so Jekyll does not see the front matter",
    ko="`---` 앞에 글이 있어 Jekyll이 프론트 매터를 알아보지 못합니다",
)
_NOT_DASHES = Text(
    en="this line must be `---`; as it is, Jekyll does not see the front matter",
    ko="이 줄은 `---`여야 합니다. 지금은 Jekyll이 프론트 매터를 알아보지 못합니다",
)
_NO_OPENING = Text(
    en="the `---` before the front matter is missing, so its lines are shown on the page",
    ko="프론트 매터를 여는 `---`가 없어 키가 그대로 페이지에 보입니다",
)

_DELETE = Text(en="delete them", ko="지우기")
_MOVE = Text(en="move the text behind the front matter", ko="글을 프론트 매터 뒤로 옮기기")
_WRITE = Text(en="write `---`", ko="`---`로 고치기")
_INSERT = Text(en="insert `---`", ko="`---` 넣기")

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe0f\ufeff"
)
"""What shows nothing at all (Unicode's Default_Ignorable_Code_Point, as far as editors leave it behind)."""

_HIDDEN_BEFORE = lazy(rf"([\s{_UNSEEN}]+)---[ \t]*\r?\n")
_NEARLY_DASHES = lazy(r"[ \t]*([-–—─]+)[ \t]*\r?\n")
_DASHES = lazy(r"^---[ \t]*\r?\n", re.MULTILINE)
_FENCE = lazy(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_FIRST_LINE = lazy(r"\s*(\S[^\r\n]*)")
_LONGEST_BEFORE = 500
"""Characters of text before a `---` that can be taken for a slip of the hand."""


class MissingFrontMatter(Rule):
    """A post whose front matter Jekyll does not see, or that has none.

    A post without any front matter is left alone where the site's `defaults` give it a layout.

    ## Why
    Jekyll knows front matter only by a first line of three hyphens. Without it the post appears without
    its layout, its title comes from the file's name, and the keys are shown as text.

    ## Fix safety
    Repair: spaces, line ends and characters that cannot be seen are deleted where they stand before the
    `---`; visible text there is moved behind the front matter, where the page goes on showing it; a first
    line that is nearly `---` (`--`, `—`) becomes it; and where only that line is missing, it is inserted.
    Each of these only if front matter with a key of Jekyll's (`title`, `layout`, `date` …) is what it makes.

    No fix: a post without any keys.
    """

    code, name, severity = "FM001", "missing-front-matter", Severity.ERROR
    message = Text(
        en="the post has no front matter: it appears without a layout, under its file's name",
        ko="프론트 매터가 없어 레이아웃 없이 게시되고 파일 이름이 제목이 됩니다",
    )
    doc_ko = """Jekyll이 알아보지 못하는 프론트 매터, 또는 프론트 매터가 없는 글.

    사이트의 `defaults`가 레이아웃을 정해 주면 프론트 매터가 아예 없는 글은 넘어갑니다.

    ## 이유
    Jekyll은 첫 줄의 하이픈 세 개로만 프론트 매터를 알아봅니다. 그 줄이 없으면 글은 레이아웃 없이 나오고,
    제목은 파일 이름이 되며, 키가 본문처럼 보입니다.

    ## 수정 안전성
    복구: `---` 앞의 공백, 줄바꿈, 보이지 않는 문자는 지웁니다. 보이는 글은 프론트 매터 뒤로 옮겨 페이지에
    그대로 남깁니다. `--`나 `—`처럼 `---`에 가까운 첫 줄은 `---`로 고치고, 그 줄만 없으면 넣습니다. 모두
    고친 결과가 Jekyll의 키(`title`, `layout`, `date` 등)가 든 프론트 매터가 될 때만 고칩니다.

    고치지 않음: 키가 하나도 없는 글입니다.
    """
    edits_opaque_regions = True
    examples = (
        Bad("⟦title: 봄⟧\r\n---\r\n\r\n본문\r\n", fixed="---\r\ntitle: 봄\r\n---\r\n\r\n본문\r\n"),
        Bad(
            "⟦\u200b⟧---\nlayout: post\ntitle: 봄\n---\n\n본문\n",
            fixed="---\nlayout: post\ntitle: 봄\n---\n\n본문\n",
        ),
        Bad("⟦\n⟧---\ntitle: 봄\n---\n본문\n", fixed="---\ntitle: 봄\n---\n본문\n"),
        Bad(
            "⟦<!-- 2024년에 옮김 -->⟧\n---\ntitle: 봄\n---\n본문\n",
            fixed="---\ntitle: 봄\n---\n<!-- 2024년에 옮김 -->\n\n본문\n",
        ),
        Bad("⟦--⟧\ntitle: 봄\n---\n본문\n", fixed="---\ntitle: 봄\n---\n본문\n"),
        Bad(
            "⟦title: Spring⟧\nlayout: post\n---\nText\n",
            fixed="---\ntitle: Spring\nlayout: post\n---\nText\n",
        ),
        Bad("⟦# 봄⟧\n\n제주도에 다녀왔다.\n"),
        Bad(
            "\n⟦# 프론트 매터 쓰는 법⟧\n\n```yaml\n---\ntitle: 봄\n---\n```\n",
        ),
        Good("---\ntitle: 봄\n---\n본문\n"),
        Good("---\n---\n본문\n"),
        Good("---  \ntitle: 봄\n...\n본문\n"),
        Good("\n"),
        Good("# 이 저장소는\n\n블로그의 소스입니다.\n", path="README.md"),
        Good("# 아직 쓰는 중\n", path="_posts/아직.md"),
        Good("# 아직 쓰는 중\n", path="_drafts/spring.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        if post.front_matter is not None or opening_span(text) is not None:
            return
        if not post.home.conventions.needs_opening_line:
            return
        mended = self._hidden(text)
        if mended is None and post.kind is Kind.POST:
            mended = self._text_before(text) or self._nearly(text) or self._no_opening(text)
        if mended is not None:
            yield mended
        elif is_published(post) and not post.home.default(post.path, post.kind, "layout"):
            first = _first_line(text)
            if first is not None:
                yield self.finding(first)

    def _hidden(self, text: str) -> Finding | None:
        match = _HIDDEN_BEFORE.match(text)
        if match is None:
            return None
        span = Span(*match.span(1))
        return self._mended(text, span, _HIDDEN, _DELETE, Edit(span, ""))

    def _text_before(self, text: str) -> Finding | None:
        dashes = _DASHES.search(text, 0, _LONGEST_BEFORE)
        if dashes is None or _FENCE.search(text, 0, dashes.start()):
            return None
        start = dashes.start()
        front_matter, _ = split(text[start:])
        before = text[:start].strip()
        if front_matter is None or not before or not begins_with_key(text, dashes.end()):
            return None
        closed = text.find("\n", start + front_matter.closing_span.end) + 1
        if not closed:  # the file ends with the front matter
            return None
        span = Span(text.index(before), text.index(before) + len(before))
        newline = _newline(text)
        moved = Edit(Span(closed, closed), f"{before}{newline}{newline}")
        return self._mended(text, span, _BEFORE, _MOVE, Edit(Span(0, start), ""), moved)

    def _nearly(self, text: str) -> Finding | None:
        match = _NEARLY_DASHES.match(text)
        if match is None or not begins_with_key(text, match.end()):
            return None
        span = Span(*match.span(1))
        return self._mended(text, span, _NOT_DASHES, _WRITE, Edit(Span(0, span.end), "---"))

    def _no_opening(self, text: str) -> Finding | None:
        first = _first_line(text)
        if first is None or not begins_with_key(text, 0):
            return None
        return self._mended(
            text, first, _NO_OPENING, _INSERT, Edit(Span(0, first.start), f"---{_newline(text)}")
        )

    def _mended(self, text: str, span: Span, what: Text, title: Text, *edits: Edit) -> Finding | None:
        """A finding, if the edits make front matter."""
        if not makes_front_matter(text, edits):
            return None
        return self.finding(span, text=what, fix=fix(Safety.REPAIR, title, *edits)._replace(is_alone=True))


def _newline(text: str) -> str:
    return "\r\n" if text.endswith("\r", 0, text.find("\n")) else "\n"


def _first_line(text: str) -> Span | None:
    """The first line that is not blank, without the spaces around."""
    match = _FIRST_LINE.match(text)
    return Span(match.start(1), match.start(1) + len(match[1].rstrip())) if match else None
