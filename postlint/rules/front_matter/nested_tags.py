from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.post.yaml_tree import Entry, Sequence
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.front_matter._quoting import double_quoted
from postlint.rules.front_matter._tags import becomes, has_comment, holds_mapping, leaves, tag_entries

_CATEGORIES = Text(
    en="a list within the list: Jekyll makes a category called `{shown}` of it, in the address too",
    ko="목록 안에 목록이 있어 Jekyll이 `{shown}`라는 카테고리를 만들고 주소에도 넣습니다",
)
_TEXT_IN_BRACKETS = Text(
    en="YAML takes these brackets for a list, so that the page shows `{inner}` without them",
    ko="YAML이 이 대괄호를 목록으로 읽어 페이지에는 괄호 없이 `{inner}`만 보입니다",
)
_FLATTEN = Text(en="make it one list", ko="한 목록으로 펴기")
_QUOTE = Text(en="put it in quotes, brackets and all", ko="괄호째 따옴표로 감싸기")


class NestedTags(Rule):
    """A list within the list of tags or categories.

    ## Why
    Of `categories: [[a, b]]` Jekyll makes a category that is called `["a", "b"]`, brackets, quotes and
    all, which stands in the post's address. And a tag that was to have brackets, `[R|t]`, is on the page
    without them. Other tags Jekyll takes out of their inner list, so that readers miss nothing, but what
    else reads the front matter does not: another engine, an editor's list of tags, a script. That is for
    your information only.

    ## Fix safety
    Repair: the values of the inner list are what was meant, and become values of the one list. What
    Jekyll makes of tags stays the same.

    Unsafe: a single value in brackets among values without any is put in quotes, with its brackets.

    ## Precision
    20 of 20 findings read on real blogs were lists within a list (2026-11-22); 18 of them were lists of
    tags, which Jekyll shows all the same: those are information now.
    """

    code, name, severity = "FM012", "nested-tags", Severity.WARNING
    message = Text(
        en="a list within the list of `{key}`; one pair of brackets, or one hyphen, is enough",
        ko="`{key}` 목록 안에 또 목록이 있습니다. 대괄호 한 쌍이나 하이픈 하나면 됩니다",
    )
    doc_ko = """태그나 카테고리 목록 안에 들어 있는 목록.

    ## 이유
    `categories: [[a, b]]`로 Jekyll은 대괄호와 따옴표까지 든 `["a", "b"]`라는 카테고리를 만들고 글의 주소에도
    넣습니다. `[R|t]`처럼 괄호까지가 이름인 태그는 괄호 없이 나옵니다. 다른 태그라면 안쪽 목록을 펴 주므로
    독자에게는 문제가 없지만, 다른 엔진이나 편집기의 태그 목록, 스크립트처럼 프론트 매터를 읽는 다른
    프로그램은 그러지 않습니다. 그래서 참고로만 알립니다.

    ## 수정 안전성
    복구: 안쪽 목록의 값이 곧 뜻한 값이므로 한 목록으로 폅니다. Jekyll이 만드는 태그는 그대로입니다.

    안전하지 않음: 괄호 없는 값 사이에 하나만 괄호로 쓴 값은 괄호째 따옴표로 감쌉니다.

    ## 정확도
    실제 블로그에서 읽어 본 20건 중 20건이 목록 안의 목록이었습니다(2026-11-22). 그 가운데 18건은 Jekyll에서는
    그대로 보이는 태그 목록이라 이제 참고로만 알립니다.
    """
    examples = (
        Bad("---\ntags: [⟦[파이썬, 회고]⟧]\n---\n", fixed="---\ntags: [파이썬, 회고]\n---\n"),
        Bad(
            "---\ntags:\n  - ⟦[Rust, Memory Safety]⟧\n---\n",
            fixed="---\ntags:\n  - Rust\n  - Memory Safety\n---\n",
        ),
        Bad("---\ncategories: [⟦[여행, 제주]⟧]\n---\n", fixed="---\ncategories: [여행, 제주]\n---\n"),
        Bad("---\ntags: [⟦[a]⟧, ⟦[b]⟧]\n---\n", fixed="---\ntags: [a, b]\n---\n"),
        Bad('---\ntags:\n- a\n- ⟦[b, "c, d"]⟧\n---\n', fixed='---\ntags:\n- a\n- b\n- "c, d"\n---\n'),
        Bad(
            "---\ntags:\n  - 카메라\n  - ⟦[R|t]⟧\n  - 3D\n---\n",
            fixed='---\ntags:\n  - 카메라\n  - "[R|t]"\n  - 3D\n---\n',
        ),
        Bad("---\ntags: [⟦[]⟧, a]\n---\n", fixed="---\ntags: [a]\n---\n"),
        Good("---\ntags: [파이썬, 회고]\n---\n"),
        Good('---\ntags: ["[R|t]", "[후기]"]\n---\n'),
        Good("---\ntags:\n  - 파이썬\n  - 회고\n---\n"),
        Good("---\nimages: [[a.png, b.png]]\n---\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        for entry in tag_entries(front_matter, post):
            yield from self._in(entry, post)

    def _in(self, entry: Entry, post: Post) -> Iterator[Finding]:
        tree = entry.tree
        if not isinstance(tree, Sequence):
            return
        if not post.home.conventions.splits_tags or holds_mapping(tree):
            return
        nested = [item for item in tree.items if isinstance(item, Sequence)]
        if not nested:
            return
        flattened = _flattened(entry, tree, nested, post)
        for item in nested:
            if entry.key == "categories":
                yield self.finding(item.span, text=_CATEGORIES, fix=flattened, shown=_as_ruby_shows(item))
            elif len(nested) == 1 < len(tree.items) and item.flow and len(item.items) == 1:
                inner = post.source[item.span]
                quoted = Edit(item.span, double_quoted(inner))
                yield self.finding(
                    item.span,
                    text=_TEXT_IN_BRACKETS,
                    fix=fix(Safety.UNSAFE, _QUOTE, quoted),
                    inner=inner[1:-1].strip(),
                )
            else:
                yield self.finding(item.span, fix=flattened, severity=Severity.INFO, key=entry.key)


def _as_ruby_shows(item: Sequence) -> str:
    return "[" + ", ".join(f'"{leaf.text}"' for leaf in leaves(item)) + "]"


def _flattened(entry: Entry, tree: Sequence, nested: list[Sequence], post: Post) -> Fix | None:
    wanted = [leaf.text for leaf in leaves(tree)]
    if tree.flow:
        if has_comment(tree, post):
            return None
        written = ", ".join(post.source[leaf.span] for leaf in leaves(tree))
        edits = [Edit(tree.span, f"[{written}]")]
    else:
        edits = [_lines(item, post) for item in nested]
    return fix(Safety.REPAIR, _FLATTEN, *edits) if becomes(post, entry, edits, wanted) else None


def _lines(item: Sequence, post: Post) -> Edit:
    """The values of an inner list, each on its line behind a hyphen like that before the list."""
    text, start = post.source.text, item.span.start
    dash = text.rfind("-", 0, start)
    indent = text[text.rfind("\n", 0, dash) + 1 : dash]
    end = "\r\n" if text[: text.find("\n") + 1].endswith("\r\n") else "\n"
    written = f"{end}{indent}- ".join(post.source[leaf.span] for leaf in leaves(item))
    return Edit(Span(start, item.span.end), written)
