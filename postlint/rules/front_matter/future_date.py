import time
from collections.abc import Iterator
from datetime import datetime

from postlint.findings import Finding, Severity, Span, Text
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.front_matter._dates import common_day, moment
from postlint.rules.front_matter._names import is_published, name_of, place_of

_HEXO = {"package.json": '{"dependencies": {"hexo": "^7.0.0"}}'}


class FutureDate(Rule):
    """A post whose date is yet to come, on a site that does not publish such posts.

    A site whose configuration says `future: true`, and a post that says `published: false`, are left alone.

    ## Why
    Jekyll leaves the post out, without a word, until the site is built again after that date: no reader
    sees it, and links to it lead nowhere.

    ## Fix safety
    No fix: it may be meant to wait. A wrong year or a time zone that is missing (`+0900`) are the usual
    reasons where it is not.
    """

    code, name, severity = "FM008", "future-date", Severity.INFO
    depends_on_time = True
    message = Text(
        en="this date is yet to come: Jekyll leaves the post out until it is built after that",
        ko="아직 오지 않은 날짜라, 그 뒤에 다시 빌드할 때까지 글이 올라가지 않습니다",
    )
    doc_ko = """미래의 글을 게시하지 않는 사이트에 있는, 날짜가 아직 오지 않은 글.

    설정에 `future: true`가 있는 사이트와 `published: false`인 글은 넘어갑니다.

    ## 이유
    Jekyll은 그 날짜가 지나 사이트를 다시 빌드할 때까지 글을 아무 말 없이 빼 둡니다. 독자는 글을 볼 수 없고,
    글로 가는 링크는 끊깁니다.

    ## 수정 안전성
    고치지 않음: 일부러 기다리게 했을 수 있습니다. 그렇지 않다면 대개 연도를 잘못 썼거나 시간대(`+0900`)를
    빠뜨린 것입니다.
    """
    examples = (
        Bad("---\ntitle: 봄\ndate: ⟦2924-05-01⟧\n---\n"),
        Bad("⟦---⟧\ntitle: 봄\n---\n", path="_posts/2924-05-01-spring.md"),
        Good("---\ndate: 2024-05-01\n---\n"),
        Good("---\ntitle: 봄\n---\n"),
        Good("---\ndate: 2924-05-01\npublished: false\n---\n"),
        Good("---\ndate: 2924-05-01\n---\n", path="_drafts/spring.md"),
        Good("---\ndate: 2024-05-01\n---\n", path="_posts/2924-05-01-spring.md"),
        Good("---\ndate: 2924-05-01\n---\n", site={"_config.yml": "future: true\n"}),
        Good("---\ndate: 2924-05-01\n---\n", path="source/_posts/a.md", site={"_config.yml": "", **_HEXO}),
        Good("---\ndate: someday\n---\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if not post.home.conventions.dated_names or not is_published(post):
            return
        entry = post.front_matter.get("date") if post.front_matter else None
        written = name_of(post).date if entry is None else entry.tree
        day = _day(written) if isinstance(written, str) else common_day(written)
        today = time.gmtime()
        if day is not None and day < (today.tm_year, today.tm_mon, today.tm_mday - _ANY_ZONE):
            return  # most posts are old, and need no clock of the site's, which Python asks the system for
        if post.home.setting("future") not in (None, False):
            return
        try:
            is_future = moment(written, post) > datetime.now().astimezone()
        except ValueError:
            return  # there is no telling when it would be published: invalid-date speaks of it
        if is_future:
            span: Span = place_of(post) if entry is None else entry.value_span
            yield self.finding(span)


_ANY_ZONE = 2
"""Days by which no time zone makes a difference any more."""


def _day(written: str) -> tuple[int, int, int] | None:
    year, month, day = map(int, written.split("-"))
    return (year, month, day) if year > 99 else None
