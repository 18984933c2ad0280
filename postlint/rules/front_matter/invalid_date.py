from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Kind, Post
from postlint.post.yaml_tree import Tree
from postlint.rule import Bad, Good, Rule
from postlint.rules.front_matter._dates import common_day, is_common, moment
from postlint.rules.front_matter._names import is_below_posts, is_hidden, name_of, place_of

_EMPTY = Text(
    en="`date` has no value, and Jekyll ends the whole build here: fill it in or remove the key",
    ko="`date`에 값이 없어 Jekyll의 빌드 전체가 멈춥니다. 값을 쓰거나 키를 지우세요",
)
_IN_NAME = Text(
    en="Jekyll cannot read the date in the file's name, `{written}`, and ends the whole build here",
    ko="파일 이름의 날짜 `{written}`을(를) 읽을 수 없어 Jekyll의 빌드 전체가 멈춥니다",
)


_HUGO = Text(
    en="Hugo, since 0.135, cannot read this date and ends the whole build here; write it as YYYY-MM-DD "
    "or YYYY-MM-DD HH:MM:SS",
    ko="Hugo 0.135부터는 이 날짜를 읽지 못해 빌드 전체가 멈춥니다. YYYY-MM-DD나 YYYY-MM-DD HH:MM:SS로 쓰세요",
)
_HUGO_SITE = {"hugo.toml": ""}


class InvalidDate(Rule):
    """A date that Jekyll or Hugo cannot read.

    ## Why
    Neither passes over such a post. Jekyll ends the whole build with "YOUR SITE COULD NOT BE BUILT", and
    Hugo, since 0.135, with "not a parsable date"; nothing that was written since is published. To Hugo,
    `2024-5-1` and `2024-05-01 09:30`, without seconds, are no dates, and neither is `published: true`.

    ## Fix safety
    No fix: which day was meant only the author knows. `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS +0900` are
    always read; Jekyll takes whatever Ruby's `Time.parse` finds a date in, Hugo a list of forms.
    """

    code, name, severity = "FM007", "invalid-date", Severity.ERROR
    message = Text(
        en="Jekyll cannot read this date, and ends the whole build here; write it as YYYY-MM-DD",
        ko="Jekyll이 이 날짜를 읽지 못해 빌드 전체가 멈춥니다. YYYY-MM-DD로 쓰세요",
    )
    doc_ko = """Jekyll이나 Hugo가 읽지 못하는 날짜.

    ## 이유
    둘 다 이런 글을 건너뛰지 않습니다. Jekyll은 "YOUR SITE COULD NOT BE BUILT"와 함께, Hugo는 0.135부터 "not
    a parsable date"와 함께 빌드 전체를 멈추므로 그 뒤에 쓴 글이 하나도 올라가지 않습니다. Hugo는
    `2024-5-1`이나 초가 없는 `2024-05-01 09:30`을 날짜로 읽지 못하고, `published: true`도 마찬가지입니다.

    ## 수정 안전성
    고치지 않음: 어느 날짜를 뜻했는지는 글쓴이만 압니다. `YYYY-MM-DD`와 `YYYY-MM-DD HH:MM:SS +0900`은 언제나
    읽을 수 있고, 그 밖에는 Ruby의 `Time.parse`가 날짜를 찾아내는 글이면 되고, Hugo에서는 정해진 몇 가지
    형식이면 됩니다.
    """
    examples = (
        Bad("---\ntitle: 봄\ndate: ⟦2024-13-01⟧\n---\n"),
        Bad("---\ndate: ⟦2024년 5월 1일⟧\n---\n"),
        Bad("---\ndate: ⟦2024-05-01 25:00:00⟧\n---\n"),
        Bad("---\ntitle: Spring\n⟦date⟧:\n---\n"),
        Bad("---\ndate: ⟦{{ date }}⟧\n---\n"),
        Bad("⟦---⟧\ntitle: 봄\n---\n", path="_posts/2024-13-01-spring.md"),
        Bad("---\ndate: ⟦2024-05-01 09:30⟧\n---\n", path="content/a.md", site=_HUGO_SITE),
        Bad("---\ndate: ⟦2024-5-1⟧\nlastmod: ⟦2024년 5월 1일⟧\n---\n", path="content/a.md", site=_HUGO_SITE),
        Bad("---\npublished: ⟦true⟧\n---\n", path="content/p/_index.md", site=_HUGO_SITE),
        Bad("+++\ndate = ⟦'2024.05.01'⟧\n+++\n", path="content/a.md", site=_HUGO_SITE),
        Good("---\ndate: 2024-05-01\n---\n"),
        Good("---\ndate: 2024-05-01 09:30:00 +0900\n---\n"),
        Good("---\ndate: 2024-5-1 9:30\n---\n"),
        Good("---\ndate: 2024.05.01\n---\n"),
        Good("---\ndate: May 1, 2024\n---\n"),
        Good("---\ndate: 2024-02-30\n---\n"),
        Good("---\ndate: 2020-02-27-01:00\n---\n"),
        Good('---\ndate: "2024-05-01T09:30:00+09:00"\n---\n'),
        Good("---\ndate:\n---\n", path="_drafts/spring.md"),
        Good("---\ndate: soon\n---\n", path="_posts/spring.md"),
        Good("---\nupdated: someday\n---\n"),
        Good("---\ndate: 2024-03-01\n---\n", path="_posts/2024-13-01-spring.md"),
        Good(
            "---\ndate: 2024-05-01T09:30:00+09:00\nlastmod: ''\n---\n", path="content/a.md", site=_HUGO_SITE
        ),
        Good(
            "---\ndate: 2024-05-01\npublishDate: 2024-05-01\npublished: no\n---\n",
            path="content/a.md",
            site=_HUGO_SITE,
        ),
        Good("---\nupdated: someday\ndate:\n---\n", path="content/a.md", site=_HUGO_SITE),
        Good(
            "---\ndate: 2024-5-1\n---\n",
            path="content/a.md",
            site={**_HUGO_SITE, "netlify.toml": "HUGO_VERSION = '0.134.3'"},
        ),
        Good("---\ndate: 2024-5-1\n---\n", path="README.md", site=_HUGO_SITE),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        if post.home.conventions.refused_dates and post.kind in (Kind.POST, Kind.PAGE):
            for refused in post.home.conventions.refused_dates(front_matter, post.path):
                yield self.finding(refused.value_span, text=_HUGO)
        if not post.home.conventions.stops_at_dates or post.kind is not Kind.POST:
            return
        if is_below_posts(post) and (is_hidden(post) or not name_of(post).date):
            return  # which Jekyll does not read
        entry = front_matter.get("date")
        if entry is None:
            written = name_of(post).date
            if is_below_posts(post) and written and not (is_common(written) or _is_readable(written, post)):
                yield self.finding(place_of(post), text=_IN_NAME, written=written)
        elif common_day(entry.tree) is None and not _is_readable(entry.tree, post):
            is_empty = entry.value_span.start == entry.value_span.end
            yield self.finding(
                entry.key_span if is_empty else entry.value_span, text=_EMPTY if is_empty else None
            )


def _is_readable(date: Tree | str, post: Post) -> bool:
    try:
        moment(date, post)
    except ValueError:
        return False
    return True
