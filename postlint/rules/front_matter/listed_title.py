from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.patterns import lazy
from postlint.post.post import Post
from postlint.post.yaml_tree import Entry, Sequence
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.front_matter._quoting import double_quoted

_TEXTS = frozenset({"title", "subtitle", "description", "excerpt", "summary"})

_QUOTE = Text(en="put it in quotes", ko="따옴표로 감싸기")


class ListedTitle(Rule):
    """A title in brackets, such as `title: [Spring]`, which YAML takes for a list.

    ## Why
    Nobody means a list for a title. The page shows it without its brackets and commas, or as a program writes
    a list: `["Spring"]`, in search results too.

    ## Fix safety
    Repair: in quotes, it is a text, and appears as it is written.
    """

    code, name, severity = "FM020", "listed-title", Severity.WARNING
    message = Text(
        en="to YAML, the brackets make a list of `{key}`: readers do not see it as it is written",
        ko="YAML에서는 대괄호로 감싼 `{key}`이(가) 목록이어서, 적은 그대로 보이지 않습니다",
    )
    doc_ko = """`title: [봄]`처럼 대괄호로 감싸 YAML이 목록으로 읽는 제목.

    ## 이유
    제목을 목록으로 쓰려는 사람은 없습니다. 페이지에는 대괄호와 쉼표가 빠진 채 보이거나, 검색 결과까지
    `["봄"]`처럼 프로그램이 목록을 적는 모양으로 보입니다.

    ## 수정 안전성
    복구: 따옴표로 감싸면 글이 되어 적은 그대로 보입니다.
    """
    signs = lazy(r":[ \t]+\[")
    examples = (
        Bad("---\ntitle: ⟦[봄]⟧\n---\n본문\n", fixed='---\ntitle: "[봄]"\n---\n본문\n'),
        Bad(
            "---\ntitle:   ⟦[봄, '여름']⟧\ntags: [a]\n---\n",
            fixed="---\ntitle:   \"[봄, '여름']\"\ntags: [a]\n---\n",
        ),
        Good('---\ntitle: "[봄]"\ntags: [봄]\nauthor: [가, 나]\n---\n본문\n'),
        Good("---\ntitle: 봄 [1]\n---\n본문\n"),
        Good("---\ntitle:\n  - 봄\n---\n본문\n"),
        Good("---\ntitle: [봄]\n---\n본문\n", path="content/a.md", site={"hugo.toml": ""}),
    )

    def check(self, entry: Entry, post: Post) -> Iterator[Finding]:
        tree = entry.tree
        if entry.key not in _TEXTS or not post.home.conventions.splits_tags:
            return
        if not isinstance(tree, Sequence) or not tree.flow or tree.tag or tree.anchor:
            return
        written = post.source[tree.span]
        if "\n" not in written:
            yield self.finding(
                tree.span,
                fix=fix(Safety.REPAIR, _QUOTE, Edit(tree.span, double_quoted(written))),
                key=entry.key,
            )
