import re
from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.patterns import lazy
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.front_matter._names import is_below_posts, is_hidden, name_of, place_of

_WORD = lazy(r"[^\W_]+")
_TEXT = lazy(r"^[ \t]*[^#\s]", re.MULTILINE)
_DATE = lazy(r"\d{4}[-_. ]?\d{1,2}[-_. ]?\d{1,2}|\d{2}[-_.]?\d{2}[-_.]?\d{2}", re.ASCII)
_NO_POSTS = frozenset(
    {
        *("readme", "index", "license", "todo", "format", "template", "sample", "example", "draft", "test"),
        *("템플릿", "양식", "서식", "예시", "예제", "초안", "연습"),
    }
)
"""A file so called lies there for its author alone."""

_JEKYLL = {"_config.yml": "title: 블로그\n"}


class MisnamedPost(Rule):
    """A file in `_posts` that Jekyll does not publish, since its name is not a date and a title.

    Where no `_config.yml` says that the blog is Jekyll's, only names with a date are looked at.

    Left alone are files without any text but headings, files called a template, a draft or the like, and
    those in a folder that Jekyll passes over anyway (`_posts/_old/`).

    ## Why
    Jekyll takes from `_posts` only what is called `YYYY-MM-DD-title.md`, hyphens and all. Anything else is
    nowhere on the site, and no message says so.

    ## Fix safety
    No fix: postlint renames no file.
    """

    code, name, severity = "FM010", "misnamed-post", Severity.WARNING
    message = Text(
        en="Jekyll does not publish this file: its name is not YYYY-MM-DD-title.{extension}",
        ko="파일 이름이 YYYY-MM-DD-제목.{extension} 꼴이 아니어서 글이 올라가지 않습니다",
    )
    doc_ko = """이름이 `날짜-제목` 꼴이 아니어서 Jekyll이 게시하지 않는 `_posts`의 파일.

    Jekyll 블로그임을 말해 주는 `_config.yml`이 없으면 날짜가 든 이름만 봅니다.

    소제목 말고는 글이 없는 파일, 이름이 템플릿이나 초안인 파일, 어차피 Jekyll이 건너뛰는
    폴더(`_posts/_old/`)의 파일은 넘어갑니다.

    ## 이유
    Jekyll은 `_posts`에서 이름이 하이픈까지 `YYYY-MM-DD-제목.md` 꼴인 파일만 가져옵니다. 나머지는 사이트
    어디에도 없고 아무 알림도 없습니다.

    ## 수정 안전성
    고치지 않음: postlint는 파일 이름을 바꾸지 않습니다.
    """
    examples = (
        Bad("⟦---⟧\ntitle: 봄\n---\n본문\n", path="_posts/2023-02-14 spring.md"),
        Bad("⟦---⟧\ntitle: 봄\n---\n본문\n", path="_posts/2019-01-30(1).md"),
        Bad("⟦---⟧\ntitle: 봄\n---\n본문\n", path="_posts/여행/spring.md", site=_JEKYLL),
        Bad("⟦---⟧\ntitle: 봄\n---\n본문\n", path="_posts/20240501-spring.md"),
        Bad("⟦# 봄⟧\n\n본문\n", path="_posts/봄.markdown", site=_JEKYLL),
        Good("---\ntitle: 봄\n---\n본문\n", path="_posts/2020-1-7-x.md"),
        Good("---\ntitle: 봄\n---\n본문\n", path="_posts/여행/2024-05-01-봄 소풍.md"),
        Good("---\ntitle:\n---\n본문\n", path="_posts/post-template.md", site=_JEKYLL),
        Good("---\ntitle: 봄\n---\n본문\n", path="_posts/_old/spring.md", site=_JEKYLL),
        Good("# 글을 쓰는 법\n", path="_posts/README.md", site=_JEKYLL),
        Good("---\ntitle: 봄\n---\n본문\n", path="_drafts/spring.md"),
        Good("---\ntitle: 봄\n---\n본문\n", path="spring.md"),
        Good("\n", path="_posts/spring.md", site=_JEKYLL),
        Good("---\ntitle: Hello\n---\nA blog of Next.js\n", path="_posts/hello-world.md"),
        Good("## 봄\n\n## 여름\n", path="_posts/계절.md", site=_JEKYLL),
        Good(
            "---\ntitle: 봄\n---\n본문\n",
            path="source/_posts/spring.md",
            site={"_config.yml": "title: Hexo\n", "package.json": '{"dependencies": {"hexo": "^7.0.0"}}'},
        ),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        if not post.home.conventions.dated_names or not is_below_posts(post) or is_hidden(post):
            return
        name = name_of(post)
        if name.date or not _TEXT.search(post.source.text, post.body_start):
            return
        if not post.home.conventions.declared and not _DATE.match(name.slug):
            return  # other generators have a folder `_posts` too
        if not any(word.lower() in _NO_POSTS for word in _WORD.findall(name.slug)):
            yield self.finding(place_of(post), extension=post.path.rpartition(".")[2])
