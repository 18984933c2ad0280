from collections.abc import Iterator
from functools import cached_property

from postlint.findings import Finding, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.liquid import UNKNOWN
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.url._options import Host
from postlint.urls import redirection
from postlint.urls.naming import is_address, names_another, short_hosts

_MARKS = "*_`<> \t\r\n"
_ESCAPE = lazy(r"\\(?=[!-/:-@\[-`{-~])")
_LONGEST_TAG = len("</a>")
_UNSEEN = lazy("[\u00ad\u200b\u2060\ufeff]+")


class Options(NamedTuple):
    short_hosts: tuple[Host, ...] = ()
    except_short_hosts: tuple[Host, ...] = ()


class TextNamesAnotherAddress(Rule):
    """A link whose text is an address, and which leads to another one.

    Text that is only shorter (`www.example.org`, `https://example.org/a…`), without parameters or fragment,
    short addresses (`bit.ly`), and the new place of a page that kept its name are left out. The option
    `short-hosts` names more hosts of short addresses; those of `except-short-hosts` do not count as such.

    ## Why
    Readers trust what they read and get somewhere else: one of the two was left over when the other was
    mended or copied, or lost a character.

    ## Fix safety
    No fix: which of the two is meant cannot be told.

    ## Precision
    5 of 5 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL019", "text-names-another-address", Severity.WARNING
    message = Text(
        en="the link leads to another address than this: `{destination}`",
        ko="보이는 주소와 달리 링크는 `{destination}`(으)로 갑니다",
    )
    doc_ko = """보이는 주소와 다른 주소로 가는 링크.

    짧게만 적은 것(`www.example.org`, `https://example.org/a…`), 매개변수나 프래그먼트를 뺀 것, 단축
    주소(`bit.ly`), 이름이 같은 페이지가 옮겨 간 새 주소는 제외합니다. 단축 주소의 호스트가 더 있으면 옵션
    `short-hosts`에 적습니다. `except-short-hosts`에 적은 것은 단축 주소로 보지 않습니다.

    ## 이유
    독자는 읽은 주소를 믿고 누르는데 다른 곳으로 갑니다. 한쪽만 고치거나 복사했거나, 글자 하나를 잃은
    것입니다.

    ## 수정 안전성
    고치지 않음: 둘 중 어느 쪽을 뜻했는지 알 수 없습니다.

    ## 정확도
    실제 블로그에서 읽어 본 5건 중 5건이 맞았습니다(2026-11-22).
    """
    Options = Options
    examples = (
        Good(
            "[https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa&sa=D](https://example.org/a)\n"
            "[https://example.org/a\u200bb](https://example.org/ab)\n"
        ),
        Bad("[⟦https://youtu.be/aaaaaaaaaaa⟧](https://youtu.be/aaaaaaaaaaab)\n"),
        Bad("[⟦https://www.youtube.com/watch?v=aaaa&t=3⟧](https://www.youtube.com/watch?v=bbbb&t=3)\n"),
        Bad("[**⟦https://www.example.com/a_b_c⟧**](https://www.example.com/d_e_f)\n"),
        Bad('<a href="https://www.example.org/2">⟦https://www.example.com/1⟧</a>\n'),
        Bad("[⟦www.example.com/1⟧][글]\n\n[글]: https://www.example.org/2\n"),
        Good(
            "[https://www.example.com/](http://example.com), [https://www.example.com/글](https://www.example.com/%EA%B8%80)\n"
        ),
        Good(
            "[www.example.com](https://www.example.com/a/b?c=d), [https://www.example.com/a…](https://www.example.com/abc)\n"
        ),
        Good("[https://www.example.com/a](https://www.example.com/a?utm_source=b#c)\n"),
        Good("[https://www.example.com/a?b=1&c=2](https://www.example.com/a?b=1)\n"),
        Good(
            "[https://youtu.be/aaaa](https://www.youtube.com/watch?v=aaaa), [https://bit.ly/a](https://www.example.com/b)\n"
        ),
        Good("[https://www.example.com/licence](https://www.example.com/licence.html)\n"),
        Good("[https://m.blog.naver.com/a/1](https://blog.naver.com/a/1)\n"),
        Good("[https://www.example.com/a](https://web.archive.org/web/2020/https://www.example.com/a)\n"),
        Good("[https://www.example.com/2020/spring](https://new.example.org/spring/)\n"),
        Good("[https://www.example.com/a\\_b--c](https://www.example.com/a_b--c)\n"),
        Good("[http://localhost:4000/](https://www.example.com)\n"),
        Good(
            "[https://www.example.com/1 의 글](https://www.example.org/2), [글](https://www.example.org/2)\n"
        ),
        Good("[https://www.example.com/1]({{ site.url }}/2), [https://www.example.com/1](/2)\n"),
        Good(
            "[https://go.example.com/a](https://www.example.org/b)\n",
            options={"short-hosts": ["go.example.com"]},
        ),
        Bad(
            "[⟦https://doi.org/10.1000/1⟧](https://www.example.org/b)\n",
            options={"except-short-hosts": ["doi.org"]},
        ),
    )

    def check(self, link: nodes.Link | nodes.HtmlElement, post: Post) -> Iterator[Finding]:
        if isinstance(link, nodes.Link):
            if link.kind not in (nodes.LinkKind.INLINE, nodes.LinkKind.REFERENCE):
                return
            destination, inside = link.destination, link.text_span
        elif link.name == "a" and link.span != link.opening_span:
            destination = link.attributes.get("href", "")
            inside = Span(link.opening_span.end, link.span.end - _LONGEST_TAG)
        else:
            return
        if not destination.startswith(("http://", "https://")) or UNKNOWN in destination:
            return
        written = post.source.text[inside.start : inside.end]
        if "." not in written and "&" not in written:
            return  # as in the text of most links: no host, nor an entity that might be its point
        bare = written.strip(_MARKS)
        shown = _without_markup(bare)
        if is_address(shown) and self._names_another(shown, destination):
            start = inside.start + written.index(bare)
            yield self.finding(Span(start, start + len(bare)), destination=destination)

    def _names_another(self, shown: str, destination: str) -> bool:
        if not names_another(shown, destination, self._short_hosts):
            return False
        # The destination may have been mended since it was copied.
        seen = _UNSEEN.sub("", shown)
        redirected = redirection(seen)
        return names_another(redirected.target if redirected else seen, destination, self._short_hosts)

    @cached_property
    def _short_hosts(self) -> frozenset[str]:
        options: Options = self.options
        more, fewer = (map(str.lower, hosts) for hosts in (options.short_hosts, options.except_short_hosts))
        return short_hosts().union(more).difference(fewer)


def _without_markup(written: str) -> str:
    written = _ESCAPE.sub("", written)
    if "&" in written:
        import html  # its table of entities would cost every start a millisecond

        return html.unescape(written)
    return written
