from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Kind, Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.front_matter._names import is_below_posts, is_published, name_of

_FROM_NAME = Text(
    en="no `title`: the page is called `{title}`, after the file's name",
    ko="`title`이 없어 페이지 제목이 파일 이름을 따라 `{title}`이(가) 됩니다",
)

_NOT_SHOWN = ("published", "draft", "redirect_to", "headless", "_build", "build")
"""Keys of posts that no reader sees, or not yet; the last three are Hugo's, for what is no page at all."""


class MissingTitle(Rule):
    """A post without a title, or with an empty one.

    Jekyll makes a title of the file's name, with each word in lower case but for its first letter. Where
    that spells the name as it is written, it may be meant, and nothing is found.

    ## Why
    The title is what readers see in the list of posts, in the browser's tab and in a search: there it is
    empty, or `[spring] jpa basics` instead of `[Spring] JPA Basics`.

    ## Fix safety
    No fix: only the author knows what the post is called.

    ## Precision
    21 of 21 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "FM005", "missing-title", Severity.WARNING
    message = Text(en="the post has no title", ko="글에 제목이 없습니다")
    doc_ko = """제목이 없거나 비어 있는 글.

    Jekyll은 파일 이름으로 제목을 만들며, 낱말마다 첫 글자만 남기고 소문자로 바꿉니다. 그래도 이름에 적힌
    대로라면 일부러 그랬을 수 있어 넘어갑니다.

    ## 이유
    제목은 글 목록과 브라우저 탭, 검색 결과에서 독자가 보는 것입니다. 그 자리가 비거나, `[Spring] JPA 와 DB`
    대신 `[spring] jpa 와 db`로 나옵니다.

    ## 수정 안전성
    고치지 않음: 글의 제목은 글쓴이만 압니다.

    ## 정확도
    실제 블로그에서 읽어 본 21건 중 21건이 맞았습니다(2026-11-22).
    """
    gives_way_to = ("FM019",)
    examples = (
        Bad("---\n⟦title⟧:\ntags: [봄]\n---\n본문\n"),
        Bad('---\n⟦title: ""⟧\n---\n본문\n'),
        Bad("⟦---⟧\ntags: [봄]\n---\n본문\n", path="_posts/2024-05-01-[Spring] JPA 와 DB.md"),
        Bad("⟦---⟧\ndate: 2024-05-01\n---\n본문\n", path="content/spring.md", site={"hugo.toml": ""}),
        Good("---\ntitle: 봄\n---\n본문\n"),
        Good("---\ntags: [봄]\n---\n본문\n", path="_posts/2024-05-01-spring-in-jeju.md"),
        Good("---\ntags: [봄]\n---\n본문\n", path="_posts/2024-05-01-봄-소풍.md"),
        Good("---\nlayout: page\n---\n본문\n", path="index.md", site={"_config.yml": ""}),
        Good("---\nlayout: post\n---\n본문\n", path="_drafts/Some-API.md"),
        Good("---\nredirect_to: /봄/\n---\n", path="_posts/2024-05-01-Some-API.md"),
        Good("---\nheadless: true\n---\n", path="content/shared/index.md", site={"hugo.toml": ""}),
        Good("---\ntags: [봄]\n---\n본문\n", path="_posts/Some-API.md"),
        Good("---\npublished: false\n---\n", path="_posts/2024-05-01-Some-API.md"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        if front_matter.error is not None or post.kind is not Kind.POST:
            return
        entry = front_matter.get("title")
        if entry is not None and entry.value is not None and str(entry.value).strip():
            return
        if any(front_matter.get(key) is not None for key in _NOT_SHOWN) or _by_default(post):
            return
        conventions = post.home.conventions
        if conventions.dated_names and is_below_posts(post) and not is_published(post):
            return
        made = _title_of(post) if conventions.titles_from_names and is_below_posts(post) else ""
        if entry is None:
            if not conventions.titles_from_names:
                yield self.finding(Span(0, len("---")))
            elif made and made.split() != _words(name_of(post).slug):
                yield self.finding(Span(0, len("---")), text=_FROM_NAME, title=made)
        elif entry.value is None:
            yield self.finding(entry.key_span, text=_FROM_NAME if made else None, title=made)
        elif isinstance(entry.value, str) and not entry.value.strip():
            yield self.finding(Span(entry.key_span.start, entry.value_span.end))


def _by_default(post: Post) -> bool:
    return bool(post.home.default(post.path, post.kind, "title"))


def _words(slug: str) -> list[str]:
    """The words of a name with the first letter of each word between hyphens as Jekyll has it."""
    return " ".join(word[:1].upper() + word[1:] for word in slug.split("-")).split()


def _title_of(post: Post) -> str:
    from postlint.site.jekyll.slugs import titleize  # where a title is missing only

    return " ".join(titleize(name_of(post).slug).split())
