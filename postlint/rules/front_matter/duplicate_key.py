from collections.abc import Iterator

from postlint.findings import Finding, Severity, Text
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Post
from postlint.post.yaml_tree import Entry
from postlint.rule import Bad, Good, Rule


class DuplicateKey(Rule):
    """A key that stands in the front matter twice, with another value.

    ## Why
    Only the last value counts on Jekyll, and no message says so: a title, tags or a date that were
    written are not on the page. Hugo and Hexo stop there.

    ## Fix safety
    No fix: which of the two was meant, or whether both lists belong together, only the author knows.
    """

    code, name, severity = "FM004", "duplicate-key", Severity.ERROR
    message = Text(
        en="`{key}` stands here a second time, and its value on line {line} is ignored",
        ko="`{key}`이(가) 두 번 있어 {line}번째 줄의 값은 무시됩니다",
    )
    doc_ko = """프론트 매터에 다른 값으로 두 번 적힌 키.

    ## 이유
    Jekyll에서는 마지막 값만 쓰이고 아무 알림도 없습니다. 적어 둔 제목이나 태그, 날짜가 페이지에 나오지
    않습니다. Hugo와 Hexo는 여기서 멈춥니다.

    ## 수정 안전성
    고치지 않음: 둘 가운데 무엇이 맞는지, 두 목록을 합쳐야 하는지는 글쓴이만 압니다.
    """
    examples = (
        Bad("---\ntitle: 봄\ntags: [여행]\n⟦title⟧: 여름\n---\n본문\n"),
        Bad("---\ntags: [a]\n⟦tags⟧: [b]\n⟦tags⟧: [c]\n---\n"),
        Bad("---\ntags:\n  - a\n⟦'tags'⟧:\n  - b\n---\n"),
        Good("---\ntag: a\ntags: [b]\n---\n"),
        Good("---\ntitle: 봄\nheader:\n  title: 여름\n---\n"),
        Good("---\nTitle: 봄\ntitle: 여름\n---\n"),
        Good("---\nlayout: post\ntitle: 봄\nlayout: post\n---\n"),
        Good("---\nbase: &base {a: 1}\n<<: *base\n<<: *base\n---\n"),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        before: dict[str, Entry] = {}
        for entry in front_matter.entries:
            first = before.get(entry.key)
            if first is not None and entry.key != "<<" and first.tree.value != entry.tree.value:
                line = post.source.line_at(first.key_span.start)
                yield self.finding(entry.key_span, key=entry.key, line=line)
            before[entry.key] = entry
