from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.post import nodes
from postlint.post.post import Kind, Post
from postlint.rule import Bad, Good, Rule, fix

_SITE = {"hugo.toml": ""}
_SHOWN = 20
"""Characters of what is struck out that the message has."""
_ESCAPE = Text(en="escape both `~`", ko="두 `~` 앞에 역슬래시 쓰기")


class AccidentalStrikethrough(Rule):
    """Two `~` of ranges such as `3~4` and `5~6`, between which all is struck out.

    To Hugo (since 0.128) and GitHub, one `~` strikes out as two do; to kramdown, only two do. What is
    struck out is told where a `~` stands within a word or a range.

    ## Why
    The two signs are gone, and readers see what stands between them as if it did not hold any more.

    ## Fix safety
    Repair: `\\~` is the sign itself. Nobody begins to strike out in the middle of a word or of a range.

    ## Precision
    25 of 25 findings read on real posts that Hugo made pages of were right (2026-11-23).
    """

    code, name, severity = "PAGE024", "accidental-strikethrough", Severity.WARNING
    message = Text(
        en="these two `~` strike out all between them: {struck}",
        ko="두 `~` 사이의 글에 취소선이 그어집니다: {struck}",
    )
    doc_ko = """`3~4`와 `5~6`처럼 범위를 나타낸 두 `~` 사이에 그어진 취소선.

    Hugo(0.128부터)와 GitHub에서는 `~` 하나로도 취소선이 그어집니다. kramdown에서는 둘을 써야 그어집니다.
    단어나 범위 안에 `~`가 있는 취소선만 알립니다.

    ## 이유
    `~` 두 개가 사라지고, 독자에게는 그 사이의 글이 지운 글처럼 보입니다.

    ## 수정 안전성
    복구: `\\~`는 `~`라는 글자입니다. 단어나 범위의 중간에서 취소선을 시작하는 사람은 없습니다.

    ## 정확도
    실제 글을 Hugo로 만들어 읽어 본 25건이 다 맞았습니다(2026-11-23).
    """
    signs = ("~",)
    examples = (
        Bad(
            "하루에 3⟦~4시간씩 5~⟧6일 걸린다.\n",
            fixed="하루에 3\\~4시간씩 5\\~6일 걸린다.\n",
            path="content/a.md",
            site=_SITE,
        ),
        Bad(
            "- 3월⟦~5월, **7월**~⟧ 아직\n",
            fixed="- 3월\\~5월, **7월**\\~ 아직\n",
            path="content/a.md",
            site=_SITE,
        ),
        Bad("⟦~3일과 5~⟧6일\n", fixed="\\~3일과 5\\~6일\n", path="README.md"),
        Good("하루에 3~4시간씩 5~6일 걸린다.\n"),
        Good("하루에 3~4시간씩 걸린다. 5 ~ 6일, ~취소~한 글, (~취소~)\n", path="content/a.md", site=_SITE),
        Good("3~~4, 5~~6 과 `3~4` `5~6`, 3\\~4 5\\~6\n", path="content/a.md", site=_SITE),
        Good("3~4시간씩 5~6일\n", path="docs/a.md", site={"mkdocs.yml": ""}),
        Good(
            "물은 H~2~O 다.\n",
            path="source/_posts/a.md",
            site={"_config.yml": "", "package.json": '{"dependencies": {"hexo": "^7.0.0"}}'},
        ),
        Good(
            "3~4시간씩 5~6일\n",
            path="content/a.md",
            site={"hugo.toml": "[markup.goldmark.extensions]\nstrikethrough = false\n"},
        ),
        Good(
            "3~4시간씩 5~6일\n",
            path="content/a.md",
            site={"hugo.toml": "", "netlify.toml": "HUGO_VERSION='0.92.0'"},
        ),
        Good(
            "3~4시간씩 5~6일\n",
            path="content/a.md",
            site={"hugo.toml": "", "netlify.toml": "HUGO_VERSION = '0.127.0'"},
        ),
    )

    def check(self, struck: nodes.Strikethrough, post: Post) -> Iterator[Finding]:
        conventions = post.home.conventions
        if conventions.has_extensions or not (post.kind is Kind.PLAIN or conventions.reads_alone):
            return  # Python-Markdown and markdown-it take two, none, or one for what stands lower
        text, (start, end) = post.source.text, struck.span
        if text[start : start + 2] == "~~" or not text.startswith("~", start) or text[end - 1] != "~":
            return
        before, after = text[start - 1 : start], text[end : end + 1]
        is_range = text[end - 2].isdecimal() and after.isdecimal()
        if not (before.isalnum() or is_range):
            return
        shown = " ".join(struck.text().split())
        yield self.finding(
            struck.span,
            fix=fix(
                Safety.REPAIR,
                _ESCAPE,
                Edit(Span(start, start), "\\"),
                Edit(Span(end - 1, end - 1), "\\"),
            ),
            struck=shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…",
        )
