from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.post.yaml_tree import Entry, Kind, Scalar, Sequence, Tree
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.front_matter._tags import SINGULAR, becomes, has_comment, tag_entries

_REMOVE = Text(en="remove it", ko="지우기")


class EmptyTag(Rule):
    """A tag or category without a name.

    ## Why
    Jekyll makes a tag of it all the same: the post shows a label with nothing on it, and the page of all
    tags has an entry without a name.

    ## Fix safety
    Repair: what has no name cannot have been meant to be shown; it is taken out of the list.
    """

    code, name, severity = "FM013", "empty-tag", Severity.WARNING
    message = Text(
        en="`{key}` has a value without a name, which the page shows as an empty label",
        ko="`{key}`에 이름 없는 값이 있어 페이지에 빈 태그가 생깁니다",
    )
    doc_ko = """이름이 없는 태그나 카테고리.

    ## 이유
    Jekyll은 이름 없는 값도 태그로 만듭니다. 글에는 빈 태그가 보이고, 태그를 모은 페이지에는 이름 없는
    항목이 생깁니다.

    ## 수정 안전성
    복구: 이름이 없는 것을 보여 주려 했을 리 없으므로 목록에서 뺍니다.
    """
    gives_way_to = ("FM019",)
    examples = (
        Bad('---\ntags: [회고, ⟦""⟧]\n---\n', fixed="---\ntags: [회고]\n---\n"),
        Bad("---\ntag: [⟦''⟧]\n---\n", fixed="---\ntag: []\n---\n"),
        Bad('---\ntags:\n  - a\n  - ⟦""⟧\n  - b\n---\n', fixed="---\ntags:\n  - a\n  - b\n---\n"),
        Bad("---\ncategories:\n  - a\n  -⟦⟧\n---\n", fixed="---\ncategories:\n  - a\n---\n"),
        Bad('---\ntag: ⟦""⟧\ntitle: 봄\n---\n', fixed="---\ntag:\ntitle: 봄\n---\n"),
        Good("---\ntags: [a, b]\n---\n"),
        Good("---\ntags: []\n---\n"),
        Good("---\ntags:\n---\n"),
        Good('---\ntags: ""\n---\n'),
        Good("---\ntags:\n  - a\n  -\n---\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        for entry in tag_entries(front_matter, post):
            yield from self._in(entry, post)

    def _in(self, entry: Entry, post: Post) -> Iterator[Finding]:
        if not post.home.conventions.keeps_empty_tags:
            return
        tree = entry.tree
        if isinstance(tree, Scalar):
            # Of a plural key, a text is split at spaces, and nothing is left of an empty one.
            if entry.key in SINGULAR and tree.style and not tree.text:
                yield self.finding(tree.span, fix=_without_value(entry, tree, post), key=entry.key)
        elif isinstance(tree, Sequence):
            empty = [item for item in tree.items if _is_empty(item, entry.key)]
            mended = _without(entry, tree, empty, post) if empty else None
            for item in empty:
                yield self.finding(item.span, fix=mended, key=entry.key)


def _is_empty(item: Tree, key: str) -> bool:
    """Nothing at all is dropped, but from `categories` (`Document#populate_categories`)."""
    if not isinstance(item, Scalar):
        return False
    return item.kind is Kind.NULL if key == "categories" and not item.style else _is_blank(item)


def _is_blank(item: Scalar) -> bool:
    return item.kind is Kind.TEXT and not item.text.strip()


def _without_value(entry: Entry, tree: Scalar, post: Post) -> Fix:
    start = tree.span.start
    while post.source.text[start - 1] in " \t":
        start -= 1
    return fix(Safety.REPAIR, _REMOVE, Edit(Span(start, tree.span.end), ""))


def _without(entry: Entry, tree: Sequence, empty: list[Tree], post: Post) -> Fix | None:
    kept = [item for item in tree.items if item not in empty]
    if not all(isinstance(item, Scalar) for item in kept):
        return None
    if tree.flow:
        if has_comment(tree, post):
            return None
        edits = [Edit(tree.span, f"[{', '.join(post.source[item.span] for item in kept)}]")]
    else:
        lines = [post.source.line_at(item.span.start) for item in empty]
        edits = [Edit(_with_end(post, line), "") for line in lines]
    wanted = [item.text for item in kept if isinstance(item, Scalar)]
    return fix(Safety.REPAIR, _REMOVE, *edits) if becomes(post, entry, edits, wanted) else None


def _with_end(post: Post, line: int) -> Span:
    span = post.source.line_span(line)
    following = post.source.text.find("\n", span.end) + 1
    return Span(span.start, following or span.end)
