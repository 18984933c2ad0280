from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.rule import Bad, Good, SiteRule
from postlint.site.blog import Page
from postlint.site.misses import Lost, Miss

_CONFIG = {"_config.yml": "permalink: /:title/\n"}
_DRAFT = {**_CONFIG, "_posts/2021-04-09-봄.md": "---\npublished: false\n---\n"}


class UnpublishedPost(SiteRule):
    """A link to a post of one's own that is not published.

    It may be a draft, have `published: false`, a date in the future, or a name that is no post's.

    ## Why
    The post is there for its author, and the reader gets "404 Not Found".

    ## Fix safety
    No fix: whether to publish the post or to take the link away is the author's choice.
    """

    code, name, severity = "SITE008", "unpublished-post", Severity.WARNING
    message = Text(
        en="leads to {source}, which is not published: {reason}",
        ko="게시되지 않는 글({source})로 가는 링크입니다. {reason}",
    )
    doc_ko = """게시되지 않는 자기 글로 가는 링크.

    초안이거나, `published: false`이거나, 날짜가 미래이거나, 파일 이름이 글의 이름이 아닐 수 있습니다.

    ## 이유
    글쓴이에게는 글이 있지만 독자는 "404 Not Found"를 봅니다.

    ## 수정 안전성
    고치지 않음: 글을 게시할지 링크를 지울지는 글쓴이가 정할 일입니다.
    """
    examples = (
        Bad("[봄](⟦/봄/⟧)\n", site=_DRAFT),
        Bad("[봄](⟦/spring/⟧)\n", site={**_CONFIG, "_posts/spring.md": "---\ntitle: 봄\n---\n"}),
        Bad("[봄](⟦/spring/⟧)\n", site={**_CONFIG, "_posts/9999-01-01-spring.md": "---\ntitle: 봄\n---\n"}),
        Bad("[봄](⟦/spring/⟧)\n", site={**_CONFIG, "_drafts/spring.md": "---\ntitle: 봄\n---\n"}),
        Good("[봄](/spring/)\n", site={**_CONFIG, "_posts/2021-04-09-spring.md": "---\ntitle: 봄\n---\n"}),
    )

    def check(self, lost: Lost, page: Page) -> Iterator[Finding]:
        reference, missed = lost
        if missed.miss is not Miss.UNPUBLISHED or missed.unpublished is None:
            return
        unpublished = missed.unpublished
        yield self.finding(reference.span, source=unpublished.path, reason=unpublished.reason)
