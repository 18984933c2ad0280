from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Kind, Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.front_matter._names import is_below_posts

_KEYS = frozenset(
    {
        *("categories", "category", "date", "excerpt", "layout", "permalink", "published"),
        *("tag", "tags", "title"),
    }
)
"""What Jekyll itself asks for (lib/jekyll/document.rb, convertible.rb, excerpt.rb)."""

_LOWER = Text(en="write `{key}`", ko="`{key}`(으)로 적기")


class CapitalInKey(Rule):
    """A key of the front matter, such as `Title`, that Jekyll knows in lower case only.

    Hugo takes either, so nothing is said of its posts; nor is it where the key is there in lower case too.

    ## Why
    Jekyll passes over `Title:` or `DATE:` without a word: the page is called after the file's name, and comes
    without its layout, tags or date.

    ## Fix safety
    Unsafe: with its date, its categories or its permalink, the page may get another address.
    """

    code, name, severity = "FM022", "capital-in-key", Severity.WARNING
    message = Text(
        en="Jekyll knows no `{written}`, only `{key}`, so this line does nothing",
        ko="Jekyll은 `{written}`을(를) 모르고 `{key}`만 알아, 이 줄은 쓰이지 않습니다",
    )
    doc_ko = """`Title`처럼 Jekyll이 소문자로만 아는 프론트 매터의 키.

    Hugo는 대문자도 알아들으므로 찾지 않습니다. 같은 키가 소문자로도 있으면 넘어갑니다.

    ## 이유
    Jekyll은 `Title:`이나 `DATE:`를 아무 말 없이 지나칩니다. 페이지 제목은 파일 이름이 되고, 레이아웃이나
    태그, 날짜가 빠집니다.

    ## 수정 안전성
    안전하지 않음: 날짜나 카테고리, 고유 주소(permalink)를 알아보게 되면 페이지 주소가 바뀔 수 있습니다.
    """
    examples = (
        Bad("---\n⟦Title⟧: 봄\nlayout: post\n---\n본문\n", fixed="---\ntitle: 봄\nlayout: post\n---\n본문\n"),
        Bad(
            '---\n⟦LAYOUT⟧: post\n⟦"Tags"⟧: [여행]\n---\n본문\n',
            fixed="---\nlayout: post\ntags: [여행]\n---\n본문\n",
        ),
        Good("---\ntitle: 봄\nTitle: 여름\nAuthor: 김\n---\n본문\n"),
        Good("---\nTitle: 봄\n---\n본문\n", path="content/a.md", site={"hugo.toml": ""}),
        Good("---\nTitle: 봄\n---\n본문\n", path="README.md"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        is_post = is_below_posts(post) or post.kind is Kind.DRAFT
        if not is_post or not post.home.conventions.titles_from_names:
            return
        for entry in front_matter.entries:
            key = entry.key.lower()
            if key != entry.key and key in _KEYS and front_matter.get(key) is None:
                change = fix(Safety.UNSAFE, _LOWER, Edit(entry.key_span, key), key=key)
                yield self.finding(entry.key_span, fix=change, written=entry.key, key=key)
