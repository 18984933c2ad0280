from collections.abc import Iterator
from datetime import date

from postlint.findings import Finding, Severity, Text
from postlint.patterns import lazy
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.front_matter._dates import common_day, moment
from postlint.rules.front_matter._names import is_published, name_of

_PLACEHOLDERS = {
    **dict.fromkeys(("year", "short_year", "w_year"), 1),
    **dict.fromkeys(("month", "i_month", "short_month", "long_month"), 2),
    **dict.fromkeys(("day", "i_day", "y_day", "week", "w_day", "short_day", "long_day"), 3),
}
"""How much of a date each placeholder of a permalink needs: the year, the month too, or all of it."""
_STYLES = {"none": 0, "date": 3, "pretty": 3, "ordinal": 3, "weekdate": 3}
"""The same for the styles that have a name (`STYLE_TO_PERMALINK` in Jekyll's lib/jekyll/configuration.rb)."""
_PLACEHOLDER = lazy(r":([a-z_]+)")


class DateMismatch(Rule):
    """A `date` that is more than a day from the date in the file's name, where the address shows it.

    A post whose permalink holds no date, or only what both dates have in common, is left alone.

    ## Why
    The address follows `date`, not the name: links that go by the name lead nowhere, and one of the two
    is often a slip, such as last year's number in January.

    ## Fix safety
    No fix: which of the two is right only the author knows, and the post's address changes with it.
    """

    code, name, severity = "FM009", "date-mismatch", Severity.INFO
    message = Text(
        en="the file's name says {name}; the post's address follows this date",
        ko="파일 이름의 날짜는 {name}인데 글의 주소에는 이 날짜가 쓰입니다",
    )
    gives_way_to = ("FM008",)
    doc_ko = """파일 이름의 날짜와 하루 넘게 다르고 주소에 드러나는 `date`.

    permalink에 날짜가 없거나 두 날짜의 같은 부분만 든 글은 넘어갑니다.

    ## 이유
    주소는 이름이 아니라 `date`를 따릅니다. 이름을 보고 건 링크는 끊기고, 1월에 지난해 연도를 쓰는 것처럼 둘
    가운데 하나는 잘못 쓴 날짜일 때가 많습니다.

    ## 수정 안전성
    고치지 않음: 무엇이 맞는지는 글쓴이만 알고, 고치면 글의 주소가 바뀝니다.
    """
    examples = (
        Bad("---\ndate: ⟦2023-05-01⟧\n---\n"),
        Bad("---\ndate: ⟦2024-05-04 10:00:00 +0900⟧\n---\n"),
        Bad("---\ndate: ⟦2023-05-01⟧\n---\n", site={"_config.yml": "permalink: pretty\n"}),
        Bad("---\ndate: ⟦2024-01-05⟧\npermalink: /:year/:month/:title/\n---\n"),
        Good("---\ndate: 2024-05-01 10:00:00\n---\n"),
        Good("---\ndate: 2024-05-02 01:00:00 +0900\n---\n"),
        Good("---\ndate: 2024-04-30 23:30:00 -0500\n---\n"),
        Good("---\ndate: 2024-05-09\npermalink: /:year/:month/:title/\n---\n"),
        Good("---\ndate: 2023-05-01\npermalink: /spring/\n---\n"),
        Good("---\ndate: 2023-05-01\n---\n", path="_drafts/2024-05-01-spring.md"),
        Good("---\ndate: 2023-05-01\n---\n", site={"_config.yml": "permalink: /:categories/:title/\n"}),
        Good("---\ndate: 2023-05-01\n---\n", site={"_config.yml": "permalink: none\n"}),
        Good("---\ndate: 2024-13-01\n---\n"),
        Good("---\ntitle: 봄\n---\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        entry = front_matter.get("date")
        if entry is None or not post.home.conventions.dated_names or not is_published(post):
            return
        in_name = name_of(post).date
        own = common_day(entry.tree)
        try:
            named = date(*map(int, in_name.split("-")))
            if own is None:
                when = moment(entry.tree, post)
                own = when.year, when.month, when.day
            days = abs((date(*own) - named).days)
        except ValueError:
            return
        shown = _shown(post, front_matter)
        if days > 1 and named.year > _CENTURY and own[:shown] != (named.year, named.month, named.day)[:shown]:
            yield self.finding(entry.value_span, name=in_name)


_CENTURY = 99
"""A year of two digits is one of this century or the last."""


def _shown(post: Post, front_matter: FrontMatter) -> int:
    """How many of year, month and day the post's address holds."""
    own = front_matter.get("permalink")
    template = own.value if own else post.home.default(post.path, post.kind, "permalink")
    if template is None:
        collections = post.home.setting("collections")
        posts = collections.get("posts") if isinstance(collections, dict) else None
        template = posts.get("permalink") if isinstance(posts, dict) else None
    if template is None:
        template = post.home.setting("permalink") or "date"
    text = str(template)
    if text in _STYLES:
        return _STYLES[text]
    found = (_PLACEHOLDERS.get(name.removesuffix("_"), 0) for name in _PLACEHOLDER.findall(text))
    return max(found, default=0)
