from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.covered import Covered
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.post.yaml_tree import Mapping, Sequence, Tree
from postlint.rule import Bad, Good, Rule, fix

_TRAILING = lazy(r"(?<=\S)[ \t]+(?=\r?\n)")
_REMOVE = Text(en="remove the trailing space", ko="줄 끝 공백 지우기")


class TrailingSpaceInFrontMatter(Rule):
    """Spaces or tabs at the end of a line of the front matter.

    ## Why
    YAML ignores them; whoever searches for `tag: [a]` or edits the keys with a script trips over
    them, and the next save by another editor shows the line as changed.

    ## Fix safety
    Safe: they are no part of any value. Lines of a block text (`|`, `>`) or of a quoted text over
    several lines, where they are, are left alone.

    ## Precision
    20 of 20 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "FM016", "trailing-space-in-front-matter", Severity.INFO
    message = Text(en="trailing space in the front matter", ko="프론트 매터의 줄 끝에 공백이 있습니다")
    doc_ko = """프론트 매터의 줄 끝에 있는 공백이나 탭.

    ## 이유
    YAML은 무시하지만, `tag: [a]`를 찾거나 스크립트로 키를 고칠 때 걸림돌이 되고, 다른 편집기로
    저장하면 바뀐 줄로 나타납니다.

    ## 수정 안전성
    안전: 어떤 값에도 속하지 않는 공백입니다. 공백이 값의 일부가 되는 블록 텍스트(`|`, `>`)와 여러 줄에
    걸친 따옴표 텍스트는 건드리지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 20건 중 20건이 맞았습니다(2026-11-22).
    """
    examples = (
        Bad("---\ntag: [파이썬]⟦ ⟧\n---\n본문\n", fixed="---\ntag: [파이썬]\n---\n본문\n"),
        Bad("---\ntitle: a⟦\t⟧\ntags:⟦  ⟧\n  - b\n---\n", fixed="---\ntitle: a\ntags:\n  - b\n---\n"),
        Good("---\ntag: [파이썬]\n---\n줄바꿈  \n다음 줄\n"),
        Good("---\ndescription: |\n  첫 줄  \n  둘째 줄  \n---\n본문\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        if front_matter.error is not None:
            return
        if not _TRAILING.search(post.source.text, *front_matter.content_span):
            return
        kept = Covered(_texts_over_lines(front_matter.mapping, post))
        for match in _TRAILING.finditer(post.source.text, *front_matter.content_span):
            span = Span(*match.span())
            if not kept.meets(span):
                yield self.finding(span, fix=fix(Safety.SAFE, _REMOVE, Edit(span, "")))


def _texts_over_lines(tree: Tree, post: Post) -> Iterator[Span]:
    """The values in which the end of a line may be part of the text."""
    pending: list[Tree] = [tree]
    while pending:
        one = pending.pop()
        if isinstance(one, Mapping):
            pending += [entry.tree for entry in one.entries]
        elif isinstance(one, Sequence):
            pending += one.items
        elif one.style in ("|", ">"):
            # The span ends with the text; the space behind it, to the end of the line, is text as well.
            yield Span(one.span.start, post.source.line_span(post.source.line_at(one.span.end)).end)
        elif one.style and "\n" in post.source[one.span]:
            yield one.span
