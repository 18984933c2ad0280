from collections.abc import Iterator
from functools import cached_property, lru_cache

from postlint.findings import Edit, Finding, Safety, Severity, Text
from postlint.named import NamedTuple
from postlint.post import nodes
from postlint.post.covered import Covered
from postlint.post.post import Address, Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules.url._options import PlaceOrAnywhere, TrackingName
from postlint.urls import TrackingTable, elisions, tracking_parameters, tracking_table

_REMOVE = Text(en="remove `{names}`", ko="`{names}` 지우기")


class Options(NamedTuple):
    parameters: dict[PlaceOrAnywhere, tuple[TrackingName, ...]] = {}  # noqa: RUF012 - nobody writes into it
    except_parameters: dict[PlaceOrAnywhere, tuple[TrackingName, ...]] = {}  # noqa: RUF012


class TrackingParameter(Rule):
    """A parameter that tells a third party who shared the link, or where a reader found it.

    The code of an embedded tweet is left as Twitter gives it, and so is the credit of a photograph as
    Unsplash asks for it.

    The option `parameters` names more, by the host (with a text that the path contains, if need be:
    `example.org/news/`) or, for every host, by `*`; a `*` at the end of a name stands for any ending.
    `except-parameters` names in the same way those to keep.

    ## Why
    The reader is tracked, the address is longer than it need be, and the same page looks like two.

    ## Fix safety
    Safe: the page does not depend on the parameter. Which parameter tracks at which host is data,
    with its source. Signed addresses, and addresses that hold another one, are left alone. Unsafe
    for `<https://…>` in a heading, whose anchor is made of the address.

    ## Precision
    38 of 38 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL020", "tracking-parameter", Severity.WARNING
    signs = ("?",)
    gives_way_to = ("URL021",)
    message = Text(
        en="`{names}` tracks whoever follows this link",
        ko="`{names}`은(는) 이 링크를 누르는 사람을 추적하는 매개변수입니다",
    )
    doc_ko = """누가 링크를 공유했는지, 독자가 어디서 보고 왔는지를 제삼자에게 알리는 매개변수.

    본문에 넣은 트윗의 코드와 Unsplash가 요구하는 사진 출처 표시는 받은 그대로 둡니다.

    옵션 `parameters`에 매개변수를 더할 수 있습니다. 호스트별로 적고(경로에 든 글도 함께 적을 수 있습니다:
    `example.org/news/`), 어느 호스트에서나 그렇다면 `*`에 적습니다. 이름 끝의 `*`는 무엇으로 끝나든 좋다는
    뜻입니다. 남겨 둘 매개변수는 `except-parameters`에 같은 모양으로 적습니다.

    ## 이유
    독자가 추적당하고, 주소가 쓸데없이 길어지며, 같은 페이지가 다른 페이지처럼 보입니다.

    ## 수정 안전성
    안전: 페이지는 이 매개변수와 상관이 없습니다. 어느 호스트에서 무엇이 추적하는지는 출처와 함께 데이터로
    관리합니다. 서명된 주소와 다른 주소를 담은 주소는 건드리지 않습니다. 제목 안의 `<https://…>`는 주소로
    앵커가 만들어지므로 안전하지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 38건 중 38건이 맞았습니다(2026-11-22).
    """
    Options = Options
    examples = (
        Bad(
            "[논문](https://arxiv.org/abs/2104.11178v1⟦?fbclid=IwAR0TMy⟧)\n",
            fixed="[논문](https://arxiv.org/abs/2104.11178v1)\n",
        ),
        Bad(
            "[글](https://blog.naver.com/a?⟦utm_source=b&⟧no=1#c)\n",
            fixed="[글](https://blog.naver.com/a?no=1#c)\n",
        ),
        Good(
            '<blockquote class="twitter-tweet"><p>봄</p>'
            '<a href="https://twitter.com/a/status/1?ref_src=twsrc%5Etfw">3월</a></blockquote>\n'
        ),
        Good("사진: [봄](https://unsplash.com/photos/a?utm_source=b&utm_medium=referral)\n"),
        Good("[검색](https://search.naver.com/search.naver?query=fbclid)\n"),
        Good("[영상](https://www.youtube.com/watch?v=aircAruvnKk&t=90)\n"),
        Bad(
            "[소식](https://www.example.org/news/1?id=2⟦&from=letter⟧), [글](https://example.com/?⟦mtm_kwd=a&⟧b=c)\n",
            fixed="[소식](https://www.example.org/news/1?id=2), [글](https://example.com/?b=c)\n",
            options={"parameters": {"example.org/news/": ["from"], "*": ["mtm_*"]}},
        ),
        Good(
            "[글](https://example.com/?from=letter), [목록](https://example.org/list?from=letter)\n",
            options={"parameters": {"example.org/news/": ["from"]}},
        ),
        Good(
            "[영상](https://youtu.be/aircAruvnKk?si=a), [내 글](https://example.org/?utm_source=me)\n",
            options={"except-parameters": {"youtu.be": ["si"], "example.org": ["*"]}},
        ),
    )

    def check(self, address: Address, post: Post) -> Iterator[Finding]:
        if elisions(address.text):
            return
        # What an autolink shows is the address; in a heading, the anchor is made of that.
        shown = isinstance(address.owner, nodes.Link) and address.owner.kind is not nodes.LinkKind.INLINE
        safety = Safety.UNSAFE if shown and post.encloses(nodes.Heading, address.span) else Safety.SAFE
        found = tracking_parameters(address.text, self._table)
        if not found or _is_embedded(address, post):
            return
        for tracking in found:
            names = ", ".join(tracking.names)
            removal = None
            if address.is_verbatim:
                removal = fix(safety, _REMOVE, Edit(address.span_of(tracking.span), ""), names=names)
            yield self.finding(address.span_of(tracking.span), fix=removal, names=names)

    @cached_property
    def _table(self) -> TrackingTable:
        options: Options = self.options
        return tracking_table().extended(options.parameters, options.except_parameters)


def _is_embedded(address: Address, post: Post) -> bool:
    """Whether the address is part of a tweet that the site shows anew from it."""
    return isinstance(address.owner, nodes.HtmlElement) and address.span.start in _tweets(post)


@lru_cache(maxsize=1)
def _tweets(post: Post) -> Covered:
    elements = post.nodes_of(nodes.HtmlElement)
    return Covered(
        node.span for node in elements if "twitter-tweet" in node.attributes.get("class", "").split()
    )
