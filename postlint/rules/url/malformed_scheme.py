from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.patterns import lazy
from postlint.post.post import Destination
from postlint.rule import Bad, Good, Rule, fix
from postlint.urls.schemes import enclosed_address, mistyped_scheme

_MEND = Text(en="write `{scheme}`", ko="`{scheme}` 쓰기")
_KEEP_ONE = Text(en="write it once", ko="하나만 남기기")
_UNWRAP = Text(en="take away what stands around the address", ko="주소를 감싼 기호 지우기")
_TWICE = Text(
    en="`{written}` before the address's own scheme: browsers take it for a host",
    ko="주소의 스킴 앞에 `{written}` 부분이 또 있어 브라우저가 호스트를 잘못 읽습니다",
)
_ENCLOSED = Text(
    en="`{written}` before the address makes it a page of the blog itself, which is not there",
    ko="주소 앞의 `{written}` 때문에 블로그 안의 없는 페이지로 가는 링크가 됩니다",
)

_NOT_PLAIN = lazy(r"\n(?![/#.?]|https?://++(?!\s|(?i:https?(?::?//|:/))))")
"""The beginning of what is neither an address with its scheme, written once, nor a path."""


class MalformedScheme(Rule):
    """A destination whose `https://` is mistyped: `htps://`, `http//`, `https:/`, `https://https://`.

    Also one with quotes or brackets around it: `[a]("https://example.org")`. `https:///example.org`, which
    browsers read as it was meant, and schemes that exist (`ftp:`, `ssh:`) are left out.

    ## Why
    Browsers look for a page of that name below the blog itself, or know no program for such an address.

    ## Fix safety
    Repair: no browser gets to the address as it stands, and a host's name follows, so that only `http://` or
    `https://` can be meant; of two, the inner one is the address's own.

    ## Precision
    17 of 17 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL015", "malformed-scheme", Severity.ERROR
    message = Text(
        en="`{written}` is not `{scheme}`: browsers cannot open this address",
        ko="`{written}` 부분이 `{scheme}`의 오타라서 브라우저가 이 주소를 열지 못합니다",
    )
    doc_ko = """`htps://`, `http//`, `https:/`, `https://https://`처럼 `https://`를 잘못 적은 주소.

    `[a]("https://example.org")`처럼 따옴표나 괄호로 감싼 주소도 찾습니다. 브라우저가 제대로 읽는
    `https:///example.org`와 실제로 있는 스킴(`ftp:`, `ssh:`)은 제외합니다.

    ## 이유
    브라우저는 블로그 안에서 그 이름의 페이지를 찾거나, 그런 주소를 열 프로그램을 찾지 못합니다.

    ## 수정 안전성
    복구: 적힌 그대로는 어느 브라우저도 열 수 없고, 뒤에 호스트 이름이 오므로 `http://`나 `https://`를 뜻한
    것입니다. 두 번 적었으면 안쪽이 그 주소의 스킴입니다.

    ## 정확도
    실제 블로그에서 읽어 본 17건 중 17건이 맞았습니다(2026-11-22).
    """
    signs = _NOT_PLAIN
    examples = (
        Bad("[글](⟦htps://⟧blog.example.org)\n", fixed="[글](https://blog.example.org)\n"),
        Bad("[글](⟦http//⟧blog.example.org/a)\n", fixed="[글](http://blog.example.org/a)\n"),
        Bad("[글](⟦https.//⟧blog.example.org/a)\n", fixed="[글](https://blog.example.org/a)\n"),
        Bad("[글](⟦://⟧blog.example.org/a)\n", fixed="[글](https://blog.example.org/a)\n"),
        Bad("[글](⟦https:/⟧blog.example.org/a)\n", fixed="[글](https://blog.example.org/a)\n"),
        Bad("[글](⟦https:// ⟧blog.example.org/a)\n", fixed="[글](https://blog.example.org/a)\n"),
        Bad("![그림](⟦https：//⟧img.example.org/a.png)\n", fixed="![그림](https://img.example.org/a.png)\n"),
        Bad("[글](⟦https://⟧https://blog.example.org)\n", fixed="[글](https://blog.example.org)\n"),
        Bad("[글](⟦https://http//⟧blog.example.org)\n", fixed="[글](http://blog.example.org)\n"),
        Bad('<a href="⟦http:⟧www.example.org">글</a>\n', fixed='<a href="http://www.example.org">글</a>\n'),
        Bad('[글](⟦"⟧https://blog.example.org")\n', fixed="[글](https://blog.example.org)\n"),
        Bad("[글](⟦(⟧https://blog.example.org/a_(b)))\n", fixed="[글](https://blog.example.org/a_(b))\n"),
        Bad("[글](⟦[⟧https://blog.example.org/a)\n", fixed="[글](https://blog.example.org/a)\n"),
        Good("[글]([https://blog.example.org](https://blog.example.org))\n"),
        Bad("<⟦htttps://⟧blog.example.org>\n", fixed="<https://blog.example.org>\n", path="README.md"),
        Good(
            "[글](https://blog.example.org), [글](HTTP://blog.example.org), [글](https:///blog.example.org)\n"
        ),
        Good(
            "[파일](ftp://ftp.example.org/), [저장소](ssh://git@git.example.org/a), [버전](chrome://version/)\n"
        ),
        Good("[예전 글](https://web.archive.org/web/2020/http://blog.example.org/)\n"),
        Good("[규격](http/1.1.html), [설정](https-setup.md), [앞](//blog.example.org)\n"),
        Good("`htps://blog.example.org` 는 오타다.\n"),
        Good("[글]({{ site.url }}//blog.example.org)\n"),
    )

    def check(self, destination: Destination) -> Iterator[Finding]:
        address = destination.text
        if enclosed := enclosed_address(address):
            edits = [Edit(destination.span_of(part), "") for part in enclosed if part.start < part.end]
            yield self.finding(
                destination.span_of(enclosed[0]),
                text=_ENCLOSED,
                fix=fix(Safety.REPAIR, _UNWRAP, *edits) if destination.is_verbatim else None,
                written=address[: enclosed[0].end],
            )
        elif mistyped := mistyped_scheme(address):
            span = destination.span_of(mistyped.span)
            title = _MEND if mistyped.replacement else _KEEP_ONE
            edit = Edit(span, mistyped.replacement)
            yield self.finding(
                span,
                text=self.message if mistyped.replacement else _TWICE,
                fix=fix(Safety.REPAIR, title, edit, scheme=mistyped.replacement)
                if destination.is_verbatim
                else None,
                written=address[: mistyped.span.end],
                scheme=mistyped.replacement,
            )
