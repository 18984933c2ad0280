from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.post.post import Address
from postlint.rule import Bad, Good, Rule, fix
from postlint.urls import doubled_escapes, elisions

_ENCODE_ONCE = Text(en="encode it once", ko="한 번만 인코딩하기")


class DoubleEncodedUrl(Rule):
    """An address whose path or fragment was percent-encoded twice: `%25ED%2595%259C` for `%ED%95%9C`.

    Values of the query are left out, and addresses that hold another one: what is an address itself is
    encoded once more on purpose. So is what holds ASCII alone (`%2520`, `%252F`), which some servers ask
    for, and a name that stands behind a number or a key, by which the page is found whatever the name.

    ## Why
    The server is asked for a page whose name has `%ED` in it, and has none.

    ## Fix safety
    Unsafe: what was meant is certain, that the page is not there is not. Programs that export or save
    pages give files such names, and some generators their anchors.
    """

    code, name, severity = "URL005", "double-encoded-url", Severity.WARNING
    message = Text(
        en="`{meaning}` is percent-encoded twice", ko="`{meaning}`이(가) 두 번 퍼센트 인코딩되었습니다"
    )
    doc_ko = """경로나 프래그먼트가 두 번 퍼센트 인코딩된 주소. `%ED%95%9C`이어야 할 것이 `%25ED%2595%259C`.

    쿼리의 값과 다른 주소를 담은 주소는 제외합니다. 주소 안의 주소는 일부러 한 번 더 인코딩하기 때문입니다.
    그렇게 받는 서버가 있으므로 ASCII만 두 번 인코딩된 것(`%2520`, `%252F`)도, 번호나 키로 페이지를 찾는
    주소에 덧붙은 이름도 제외합니다.

    ## 이유
    이름에 `%ED`라는 글자가 들어간 페이지를 찾으므로 서버에는 그런 페이지가 없습니다.

    ## 수정 안전성
    안전하지 않음: 무슨 뜻이었는지는 분명하지만 페이지가 없다고 단정할 수는 없습니다. 페이지를 내보내거나
    저장하는 프로그램은 파일에, 사이트 생성기는 앵커에 정말로 그런 이름을 붙이기도 합니다.
    """
    signs = ("%25",)
    examples = (
        Bad(
            "[글](https://haneul.example.org/posts/⟦%25ED%2595%259C%25EA%25B8%2580⟧/1)\n",
            fixed="[글](https://haneul.example.org/posts/%ED%95%9C%EA%B8%80/1)\n",
        ),
        Bad(
            "[글](https://haneul.example.org/⟦%2525ED%252595%25259C%252520%2525EA%2525B8%252580⟧)\n",
            fixed="[글](https://haneul.example.org/%ED%95%9C%20%EA%B8%80)\n",
        ),
        Bad(
            "![그림](https://img.example.org/⟦%25EB%25B4%2584⟧.png)\n",
            fixed="![그림](https://img.example.org/%EB%B4%84.png)\n",
        ),
        Good("![배지](https://badge.example.org/hit.svg?url=https%3A%2F%2Fa.kr%2F%25EB%25B4%2584)\n"),
        Good("[노션](https://www.notion.so/image/https%3A%2F%2Fs3.example.org%2F%25EB%25B4%2584.png)\n"),
        Good("[빌드](https://ci.example.org/job/feature%252Flogin/), [빈칸](https://example.org/a%2520b)\n"),
        Good("[강의](https://learn.example.org/lecture/22106/%25EB%25B4%2584)\n"),
        Good("[시안](https://design.example.org/1Z5xeAs4UAPk2MbeXwRbzk/%25EB%25B4%2584)\n"),
        Good("[검색](https://example.org/?q=%25EB%25B4%2584)\n"),
        Good("![표](/images/like-%25.png)\n"),
        Good("[섞임](https://example.org/%EB%B4%84-%25EB%25B4%2584)\n"),
    )

    def check(self, address: Address) -> Iterator[Finding]:
        if elisions(address.text):
            return
        for doubled in doubled_escapes(address.text):
            once = None
            if address.is_verbatim:
                edit = Edit(address.span_of(doubled.span), doubled.escaped)
                once = fix(Safety.UNSAFE, _ENCODE_ONCE, edit)
            yield self.finding(address.span_of(doubled.span), fix=once, meaning=doubled.text)
