from collections.abc import Iterator

from postlint.findings import Edit, Finding, Fix, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.post.yaml_tree import Entry, Kind, Scalar, Sequence
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.front_matter._quoting import double_quoted
from postlint.rules.front_matter._tags import PLURAL, SINGULAR, flow_list

_LOST = lazy(r"[ \t]+(?P<lost>#\w[^\r\n]*?)[ \t]*\r?(?m:$)")
"""A comment that touches its hash, as a number or a hashtag does and most comments do not."""
_TEXTS = frozenset({"title", "subtitle", "description", "excerpt", "summary"})
_TAGS = PLURAL | SINGULAR | {"keywords"}

_EMPTY = Text(
    en="`{key}` is empty: to YAML, `{lost}` is a comment",
    ko="YAML에서는 `#`부터 주석이어서 `{lost}`이(가) 사라지고 `{key}`이(가) 비게 됩니다",
)
_QUOTE = Text(en="put it in quotes", ko="따옴표로 감싸기")
_WITHOUT_HASH = Text(en="write it without `#`", ko="`#` 없이 적기")


class ValueLostAsComment(Rule):
    """A part of a title, or a tag, that begins with `#` behind a space: YAML takes it for a comment.

    Only where the `#` touches what follows, as in `#1000` and `#python`; a comment with a space is one.

    ## Why
    Of `title: BOJ #1000`, the page shows "BOJ", and so do search results; of `tags: #python #web`, nothing
    is left.

    ## Fix safety
    Unsafe: a title is put in quotes, tags are written without their `#`. It may be a comment after all.

    ## Precision
    No post of the real blogs that were read has one (2026-11-22).
    """

    code, name, severity = "FM019", "value-lost-as-comment", Severity.WARNING
    message = Text(
        en="to YAML, `{lost}` is a comment and no part of `{key}`",
        ko="YAML에서는 공백 뒤의 `#`부터 주석이어서 `{lost}`은(는) `{key}`에 들어가지 않습니다",
    )
    doc_ko = """제목의 일부나 태그인데 공백 뒤의 `#`으로 시작해 YAML 주석이 되는 글자.

    `#1000`이나 `#python`처럼 `#` 바로 뒤에 글자가 올 때만 알립니다. `#` 뒤에 공백이 있으면 주석으로 봅니다.

    ## 이유
    `title: 백준 #1000`이라고 쓰면 페이지와 검색 결과에는 "백준"만 보이고, `tags: #python #web`에서는 아무
    태그도 남지 않습니다.

    ## 수정 안전성
    안전하지 않음: 제목은 따옴표로 감싸고 태그는 `#` 없이 적습니다. 정말 주석이었을 수도 있습니다.

    ## 정확도
    읽어 본 실제 블로그에는 이런 글이 없었습니다(2026-11-22).
    """
    examples = (
        Bad("---\ntitle: 백준 ⟦#1000 덧셈⟧\n---\n본문\n", fixed='---\ntitle: "백준 #1000 덧셈"\n---\n본문\n'),
        Bad("---\n⟦title: #1⟧\n---\n본문\n", fixed='---\ntitle: "#1"\n---\n본문\n'),
        Bad(
            "---\ntitle: 봄\n⟦tags: #파이썬 #web⟧\n---\n본문\n",
            fixed="---\ntitle: 봄\ntags: [파이썬, web]\n---\n본문\n",
        ),
        Bad(
            "---\ntitle: 봄\ntags: 파이썬 ⟦#web⟧\n---\n본문\n",
            fixed="---\ntitle: 봄\ntags: [파이썬, web]\n---\n본문\n",
        ),
        Bad(
            "---\ntitle: 봄\ntags:\n  -⟦ #파이썬⟧\n  - web\n---\n본문\n",
            fixed="---\ntitle: 봄\ntags:\n  - 파이썬\n  - web\n---\n본문\n",
        ),
        Good('---\ntitle: "백준 #1000"\ntags: ["#web"]\n---\n본문\n'),
        Good("---\ntitle: C#1 과 F#\ntags: [봄] #여름\n---\n본문\n"),
        Good("---\ntitle: 봄 # 초안\ntags: a # 하나뿐\nlayout: post #기본\n---\n본문\n"),
        Good("---\ntitle: '봄' #초안\ntags:\n  - a #하나\n---\n본문\n"),
        Good("---\ntitle: 봄\ntags:\n#  - 여름\n  - 봄\n---\n본문\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        if not _LOST.search(post.source.text, *front_matter.content_span):
            return
        for entry in front_matter.entries:
            if entry.key in _TEXTS or entry.key in _TAGS:
                yield from self._of(entry, post)

    def _of(self, entry: Entry, post: Post) -> Iterator[Finding]:
        tree = entry.tree
        if isinstance(tree, Scalar):
            lost = _lost_behind(tree, post)
            if lost is not None:
                is_empty = tree.kind is Kind.NULL
                span = Span(entry.key_span.start, lost.end) if is_empty else lost
                yield self._finding(span, entry, lost, is_empty, _mended(entry, tree, lost, post), post)
        elif isinstance(tree, Sequence) and entry.key in _TAGS and not tree.flow:
            for item in tree.items:
                if isinstance(item, Scalar) and item.kind is Kind.NULL:
                    lost = _lost_behind(item, post)
                    if lost is not None:
                        edit = Edit(Span(lost.start, lost.start + 1), "")
                        mend = fix(Safety.UNSAFE, _WITHOUT_HASH, edit)
                        yield self._finding(Span(item.span.end, lost.end), entry, lost, False, mend, post)

    def _finding(
        self, span: Span, entry: Entry, lost: Span, is_empty: bool, mend: Fix | None, post: Post
    ) -> Finding:
        text = _EMPTY if is_empty else None
        return self.finding(span, text=text, fix=mend, key=entry.key, lost=post.source[lost])


def _lost_behind(value: Scalar, post: Post) -> Span | None:
    """The comment behind a value that ends where it does because of it."""
    if value.style:
        return None
    match = _LOST.match(post.source.text, value.span.end)
    return Span(*match.span("lost")) if match else None


def _mended(entry: Entry, value: Scalar, lost: Span, post: Post) -> Fix | None:
    if value.tag or value.anchor:
        return None
    written = Span(value.span.start if value.text else lost.start, lost.end)
    text = post.source[written]
    if entry.key in _TEXTS:
        return fix(Safety.UNSAFE, _QUOTE, Edit(written, double_quoted(text)))
    names = [word.strip("#,") for word in text.split()]
    if entry.key in SINGULAR and len(names) > 1:
        return None
    return fix(Safety.UNSAFE, _WITHOUT_HASH, Edit(written, flow_list([name for name in names if name])))
