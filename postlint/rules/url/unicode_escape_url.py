import re
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.patterns import lazy
from postlint.post.post import Address, Destination
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._encoding import in_html
from postlint.urls import elisions, split_url, unicode_escapes

_ESCAPE = Text(en="percent-encode `{meaning}`", ko="`{meaning}`을(를) 퍼센트 인코딩하기")
_UNITS = lazy(r"[%\\]u[0-9A-F]{4}", re.IGNORECASE)
_SIGNS = ("%u", "%U", "\\u", "\\U")
# IIS and ASP read JavaScript's escapes, in the path as in the query.
_READS_UNITS = lazy(r"\.as[hp]x?\Z", re.IGNORECASE)


class UnicodeEscapeUrl(Rule):
    """An address with characters escaped as JavaScript or JSON does: `%uD55C`, `\\uD55C`.

    `%uXXXX` is what JavaScript's old `escape()` makes; in a query, some servers read it, and in the path
    Microsoft's ASP does: these are left out. `\\uXXXX` comes out of a file of JSON.

    ## Why
    No browser takes it for what it says, and most servers answer that the request is wrong.

    ## Fix safety
    Repair: it spells the characters, and no server reads it; percent-encoded in UTF-8, it says the same.
    Unsafe in a fragment, which a program of that page may decode by itself, and in the address of a file
    of one's own, which may be named so.
    """

    code, name, severity = "URL009", "unicode-escape-url", Severity.ERROR
    message = Text(
        en="`{escapes}` stands for `{meaning}` in JavaScript, but not in an address",
        ko="`{escapes}`은(는) 자바스크립트에서 `{meaning}`이지만 주소에서는 아닙니다",
    )
    doc_ko = """자바스크립트나 JSON처럼 글자를 이스케이프한 주소. `%uD55C`, `\\uD55C`.

    `%uXXXX`는 자바스크립트의 옛 `escape()`가 만듭니다. 쿼리에서는 읽는 서버가 있고 경로에서도 마이크로소프트
    ASP는 읽으므로 제외합니다. `\\uXXXX`는 JSON 파일에서 온 것입니다.

    ## 이유
    브라우저는 그 글자로 보지 않고, 대부분의 서버는 잘못된 요청이라고 답합니다.

    ## 수정 안전성
    복구: 어떤 글자인지 분명하고 그대로 읽는 서버는 없습니다. UTF-8로 퍼센트 인코딩하면 같은 뜻입니다.
    프래그먼트와 자기 블로그의 파일은 안전하지 않습니다. 그 페이지의 프로그램이 스스로 풀거나 파일의 이름이
    정말 그럴 수 있습니다.
    """
    signs = ("%u", "%U", "\\u", "\\U")
    examples = (
        Bad(
            "[글](https://example.org/⟦\\uD55C⟧)\n",
            fixed="[글](https://example.org/%ED%95%9C)\n",
        ),
        Bad(
            "[글](https://example.org/⟦%uD55C%uAE00⟧/1)\n",
            fixed="[글](https://example.org/%ED%95%9C%EA%B8%80/1)\n",
        ),
        Bad(
            "[글](https://example.org/list?a=1⟦\\u0026⟧b=2)\n",
            fixed="[글](https://example.org/list?a=1&b=2)\n",
        ),
        Bad(
            "![웃음](https://example.org/⟦%uD83D%uDE00⟧.png)\n",
            fixed="![웃음](https://example.org/%F0%9F%98%80.png)\n",
        ),
        Bad("![그림](/images/⟦%uBD04⟧.png)\n", fixed="![그림](/images/%EB%B4%84.png)\n"),
        Good("[검색](http://old.example.org/search.nhn?q=%uD55C%uAE00)\n"),
        Good("[글](http://old.example.org/%uD55C%uAE00.asp)\n"),
        Good("[글](https://example.org/%ED%95%9C%EA%B8%80)\n"),
        Good("![수식](https://latex.codecogs.com/gif.latex?\\underline{x})\n"),
        Good("![그림](images\\ubead0.png)\n"),
        Good("`https://example.org/%uD55C`\n"),
    )

    def check(self, destination: Destination) -> Iterator[Finding]:
        parts = split_url(destination.text)
        if _READS_UNITS.search(parts.path) or elisions(destination.text):
            return
        is_web = isinstance(destination, Address)
        for found in unicode_escapes(destination.text):
            written = destination.text[found.span.start : found.span.end]
            from_json = written.startswith("\\")
            in_path = found.span.end <= parts.path_span.end
            in_query = not in_path and parts.query_span is not None and found.span.end <= parts.query_span.end
            # In an address of one's own, a backslash parts the folders of Windows.
            if (from_json and not is_web) or (in_query and not from_json):
                continue
            certain = is_web and (in_path or in_query)
            escaped = None
            if destination.is_verbatim:
                edit = Edit(destination.span_of(found.span), in_html(destination, found.escaped))
                safety = Safety.REPAIR if certain else Safety.UNSAFE
                escaped = fix(safety, _ESCAPE, edit, meaning=found.text)
            yield self.finding(
                destination.span_of(found.span), fix=escaped, escapes=written, meaning=found.text
            )
