from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._fences import MeantCode

_NAME = lazy(r"__([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)__")
_CALLED = lazy(r"\(\)|\.py\b")
_NOBODYS_WORD = frozenset(
    ("init", "proto", "pycache", "getitem", "setitem", "delitem", "getattr", "setattr", "repr")
)
"""Nobody writes these words in bold."""

_ESCAPE = Text(en="write `{escaped}`", ko="`{escaped}`(으)로 적기")


class LostUnderscores(Rule):
    """A name such as `__init__` in the text that Markdown takes for bold and shows without its underscores.

    A word between underscores may be meant for bold. It is a name where the post has it in code too, where a
    `.`, a `/`, `()` or `.py` touches it, and if nobody would write such a word in bold (`__proto__`).

    ## Why
    Readers see **init**, look for `init` and do not find it.

    ## Fix safety
    Repair: each underscore gets a backslash, and the name appears as it is written.
    """

    code, name, severity = "PAGE018", "lost-underscores", Severity.WARNING
    message = Text(
        en="`{written}` is taken for bold and loses its underscores",
        ko="`{written}`의 밑줄이 굵은 글씨 표시로 읽혀 사라집니다",
    )
    doc_ko = """밑줄이 굵은 글씨 표시로 읽혀 사라지는 `__init__` 같은 이름.

    밑줄 사이의 낱말은 굵게 쓰려던 것일 수도 있습니다. 글의 코드에도 나오거나, `.`, `/`, `()`, `.py`와 붙어
    있거나, 굵게 쓸 까닭이 없는 말(`__proto__`)이면 이름으로 봅니다.

    ## 이유
    독자에게는 **init**으로 보여, 그대로 찾으면 나오지 않습니다.

    ## 수정 안전성
    복구: 밑줄마다 역슬래시를 붙여 이름이 적은 그대로 보이게 합니다.
    """
    signs = ("__",)
    gives_way_to = ("PAGE002", "PAGE003", "PAGE005")
    examples = (
        Bad("⟦__init__⟧ 메서드는 생성자다.\n", fixed="\\_\\_init\\_\\_ 메서드는 생성자다.\n"),
        Bad(
            "`__name__`은 모듈의 이름이다. ⟦__name__⟧ 값을 본다.\n",
            fixed="`__name__`은 모듈의 이름이다. \\_\\_name\\_\\_ 값을 본다.\n",
        ),
        Bad(
            "## ⟦__call__⟧\n\n```python\ndef __call__(self):\n```\n",
            fixed="## \\_\\_call\\_\\_\n\n```python\ndef __call__(self):\n```\n",
        ),
        Bad(
            "self.⟦__class__⟧ 와 ⟦__len__⟧() 이다.\n",
            fixed="self.\\_\\_class\\_\\_ 와 \\_\\_len\\_\\_() 이다.\n",
        ),
        Bad("src/⟦__init__⟧.py\n", fixed="src/\\_\\_init\\_\\_.py\n", path="README.md"),
        Good("__nav__ 클래스와 __main__ 요소, __굵게__ 쓴 글, __name__ 은 이름이다.\n"),
        Good("`__init__` 와 \\_\\_init\\_\\_, __init__은 밑줄이 남는다.\n"),
        Good("**init** 과 __init 메서드__, _proto_\n"),
        Good("    __init__()\n\n<pre>\n__init__()\n</pre>\n"),
    )

    def check(self, post: Post) -> Iterator[Finding]:
        text = post.source.text
        code = MeantCode(post)
        for strong in post.nodes_of(nodes.Strong):
            start, end = strong.span
            match = _NAME.fullmatch(text, start, end)
            if match is None or strong.span in code or post.is_opaque(strong.span):
                continue
            is_joined = text[start - 1 : start] in (".", "/") or _CALLED.match(text, end)
            if not (is_joined or match[1] in _NOBODYS_WORD or _is_in_code(match[0], post)):
                continue
            escaped = match[0].replace("_", "\\_")
            edits = (Edit(Span(at, at), "\\") for at in range(start, end) if text[at] == "_")
            yield self.finding(
                strong.span,
                fix=fix(Safety.REPAIR, _ESCAPE, *edits, escaped=escaped),
                written=match[0],
            )


def _is_in_code(name: str, post: Post) -> bool:
    return any(name in node.value for node in post.nodes_of(nodes.CodeBlock, nodes.CodeSpan))
