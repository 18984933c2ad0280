from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.front_matter import FrontMatter, split
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.front_matter._opening import COMMON_KEYS, begins_with_key

_OPENING = lazy(r"\s*^(---)[ \t]*\r?\n|\s*", 8)
_CLOSING = lazy(r"^---[ \t]*\r?$", 8)
_REACH = 4000
"""Characters of front matter."""
_FEWEST = 2
"""Keys that posts commonly have: one alone may be a line of the text."""


class FrontMatterInBody(Rule):
    """More front matter behind the one that the post begins with.

    It comes of a template that was pasted into a file with front matter of its own, or of a line `---` too
    many. Found only where it stands at the beginning of the text, with two keys that posts commonly have.

    ## Why
    Only the first counts. The keys of the other stand on the page, in one line, above the post's first words,
    and what they say of its title, tags or date is not heeded.

    ## Fix safety
    No fix: which of the two holds, only the author knows.

    ## Precision
    2 of 2 findings read on real blogs were right (2026-11-23).
    """

    code, name, severity = "FM021", "front-matter-in-body", Severity.ERROR
    message = Text(
        en="the front matter has ended already, so the keys from here on are shown on the page",
        ko="프론트 매터가 이미 끝나서, 여기부터 적은 키가 그대로 페이지에 보입니다",
    )
    doc_ko = """글을 여는 프론트 매터 뒤에 또 있는 프론트 매터.

    이미 프론트 매터가 있는 파일에 틀을 붙여 넣었거나 `---` 줄이 하나 더 있을 때 생깁니다. 본문이 시작되는
    자리에 있고, 글에 흔히 쓰는 키가 둘 이상 있을 때만 찾습니다.

    ## 이유
    첫 프론트 매터만 쓰입니다. 뒤의 키는 글 첫머리에 한 줄로 이어져 보이고, 거기 적은 제목이나 태그, 날짜는
    쓰이지 않습니다.

    ## 수정 안전성
    고치지 않음: 둘 가운데 무엇이 맞는지는 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 2건이 모두 맞았습니다(2026-11-23).
    """
    gives_way_to = ("LIQ001",)
    examples = (
        Bad("---\ntitle: 봄\n---\n\n⟦---⟧\ntitle: 봄\ntags:\n  - 여행\n\nmath: true\n---\n\n본문\n"),
        Bad("---\nlayout: post\ntitle: 봄\n---\n⟦categories: [여행]⟧\ncomments: true\n---\n본문\n"),
        Good("---\ntitle: 봄\n---\n\n---\n\n본문\n\n---\ntitle: 여름\ndate: 2024-05-01\n---\n"),
        Good("---\ntitle: 봄\n---\n\n---\n준비물: 물, 모자\n---\n"),
        Good("---\ntitle: 봄\n---\ndate: 2024-05-01\n---\n본문\n"),
        Good("---\ntitle: 봄\n---\n```yaml\n---\ntitle: 봄\ndate: 2024-05-01\n---\n```\n"),
        Good("---\ntitle: 봄\n---\ntitle: 글의 제목\ndate: 쓴 날\n\n둘 다 적습니다.\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        text = post.source.text
        opening = _OPENING.match(text, front_matter.closing_span.end)
        if opening is None or not begins_with_key(text, opening.end()):
            return
        closing = _CLOSING.search(text, opening.end(), opening.end() + _REACH)
        if closing is None:
            return
        other, _ = split("---\n" + text[opening.end() : closing.end()] + "\n")
        if other is None or other.error is not None:
            return
        if sum(entry.key in COMMON_KEYS for entry in other.entries) >= _FEWEST:
            start = opening.start(1) if opening[1] else opening.end()
            yield self.finding(Span(start, text.index("\n", start)))
