from collections.abc import Iterator

from postlint.findings import Finding, Severity, Span, Text
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.front_matter._names import is_published


class MissingLayout(Rule):
    """A post without a layout, where the site's configuration gives it none either.

    Off by default: GitHub Pages gives such a post a layout by itself (jekyll-default-layout), and a file
    does not say where it will be built.

    ## Why
    Jekyll writes such a post as it is: no title, no styles, no way back to the blog.

    ## Fix safety
    No fix: what the layout for posts is called, the site's `_layouts` or its theme says.
    """

    code, name, severity = "FM006", "missing-layout", Severity.INFO
    enabled = False
    message = Text(
        en="the post has no `layout`, and `defaults` in the configuration gives it none",
        ko="`layout`이 없고 설정의 `defaults`에도 없어 글이 꾸밈 없이 나옵니다",
    )
    doc_ko = """레이아웃이 없고 사이트의 설정에서도 정해 주지 않는 글.

    기본으로는 꺼져 있습니다. GitHub Pages는 이런 글에 스스로 레이아웃을 정해 주는데(jekyll-default-layout),
    어디에서 빌드할지는 파일만 보고 알 수 없기 때문입니다.

    ## 이유
    Jekyll은 이런 글을 있는 그대로 게시합니다. 제목도, 꾸밈도, 블로그로 돌아갈 길도 없습니다.

    ## 수정 안전성
    고치지 않음: 글의 레이아웃 이름은 사이트의 `_layouts`나 테마에 있습니다.
    """
    examples = (
        Bad("⟦---⟧\ntitle: 봄\n---\n본문\n"),
        Bad("⟦---⟧\ntitle: 봄\n---\n본문\n", site={"_config.yml": "title: 블로그\n"}),
        Good("---\ntitle: 봄\nlayout: post\n---\n본문\n"),
        Good("---\ntitle: 봄\nlayout: null\n---\n본문\n"),
        Good(
            "---\ntitle: 봄\n---\n본문\n",
            site={
                "_config.yml": "defaults:\n  - scope:\n      type: posts\n    values:\n      layout: post\n"
            },
        ),
        Good("---\ntitle: 봄\n---\n본문\n", path="content/spring.md", site={"hugo.toml": ""}),
        Good("---\ntitle: 봄\n---\n본문\n", path="_drafts/spring.md"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        if front_matter.error is not None or not post.home.conventions.needs_layout:
            return
        if front_matter.get("layout") is not None or not is_published(post):
            return
        if not post.home.default(post.path, post.kind, "layout"):
            yield self.finding(Span(0, len("---")))
