import re
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.front_matter import opening_span
from postlint.post.post import Kind, Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.front_matter._names import is_below_posts
from postlint.rules.front_matter._opening import begins_with_key, makes_front_matter

_WRITE = Text(en="write `---`", ko="`---`로 고치기")

_NOTHING = "\u00a0\u200b\u2060\ufeff"
_NEARLY_DASHES = lazy(rf"^[ \t{_NOTHING}]*[-–—─]+[ \t{_NOTHING}]*(?=\r?$)", re.MULTILINE)


class UnclosedFrontMatter(Rule):
    """Front matter that no second line of three hyphens closes.

    A page that merely begins with a line across (`---`) is left alone: no key stands below it.

    ## Why
    Without that line there is no front matter: its keys are shown as text at the top of the page, which
    has no layout, and comes without its title, date and tags.

    ## Fix safety
    Repair: where a line of other hyphens or dashes (`--`, `----`, `—`, or indented) stands behind the
    keys, and front matter with a key of Jekyll's is what it makes, it becomes `---`.

    No fix: anything else, since nothing says where the keys end.
    """

    code, name, severity = "FM002", "unclosed-front-matter", Severity.ERROR
    message = Text(
        en="the front matter that begins here is never closed by a line `---`, so it is shown as text",
        ko="여기서 시작한 프론트 매터를 닫는 `---` 줄이 없어 본문처럼 보입니다",
    )
    doc_ko = """두 번째 하이픈 세 개 줄이 없어 닫히지 않은 프론트 매터.

    가로줄(`---`)로 시작할 뿐 그 아래에 키가 없는 페이지는 넘어갑니다.

    ## 이유
    닫는 줄이 없으면 프론트 매터도 없습니다. 키는 페이지 맨 위에 글자로 보이고, 레이아웃과 제목, 날짜,
    태그가 모두 빠집니다.

    ## 수정 안전성
    복구: 키 뒤에 다른 하이픈이나 줄표로 된 줄(`--`, `----`, `—`, 들여쓴 것)이 있고, 고치면 Jekyll의 키가 든
    프론트 매터가 될 때 그 줄을 `---`로 고칩니다.

    고치지 않음: 그 밖에는 키가 어디에서 끝나는지 알 수 없습니다.
    """
    edits_opaque_regions = True
    examples = (
        Bad("⟦---⟧\ntitle: 봄\n---\u200b\n\n본문\n", fixed="---\ntitle: 봄\n---\n\n본문\n"),
        Bad("⟦---⟧\ntitle: 봄\nlayout: post\n\n제주도에 다녀왔다.\n"),
        Bad(
            "⟦---⟧\ntitle: 봄\nlayout: post\n--\n\n제주도에 다녀왔다.\n",
            fixed="---\ntitle: 봄\nlayout: post\n---\n\n제주도에 다녀왔다.\n",
        ),
        Bad(
            "⟦---⟧\ntitle: Spring\ntags:\n  - a\n  ---\nText\n",
            fixed="---\ntitle: Spring\ntags:\n  - a\n---\nText\n",
        ),
        Bad("⟦---⟧\n\n제주도에 다녀왔다.\n"),
        Bad("⟦---⟧\ntitle: About\n\n# About\n", path="about.md"),
        Good("---\ntitle: 봄\n---\n\n본문\n"),
        Good("---\ntitle: 봄\n...\n\n본문\n"),
        Good("---\n\nThis page begins with a line across.\n", path="notes.md"),
        Good("---\n주의: 이 저장소는 더 이상 쓰지 않습니다.\n", path="README.md"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if post.front_matter is not None:
            return
        text = post.source.text
        opening = opening_span(text)
        if opening is None:
            return
        if is_below_posts(post) or post.kind is Kind.DRAFT or begins_with_key(text, opening.end):
            yield self.finding(Span(0, len("---")), fix=_closed(text, opening.end))


def _closed(text: str, start: int) -> Fix | None:
    """The first line of dashes made what it should be."""
    line = _NEARLY_DASHES.search(text, start)
    if line is None or not begins_with_key(text, start):
        return None
    edit = Edit(Span(*line.span()), "---")
    if not makes_front_matter(text, (edit,)):
        return None
    return fix(Safety.REPAIR, _WRITE, edit)._replace(is_alone=True)
