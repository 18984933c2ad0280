from collections.abc import Callable, Iterator
from functools import cached_property

from postlint.findings import Finding, Severity, Text
from postlint.named import NamedTuple
from postlint.post import nodes
from postlint.post.post import Address, Post
from postlint.rule import Bad, Good, Rule
from postlint.rules.url._definitions import users_of
from postlint.rules.url._options import Host, Place
from postlint.urls import (
    ImageTable,
    authority,
    expiry,
    image_table,
    is_at,
    refusing_host,
    speaking_of,
    split_url,
    with_image_hosts,
)

_UNTIL = Text(
    en="this image can be fetched until {until} only; keep it with the post",
    ko="이 이미지의 주소는 {until}까지만 쓸 수 있습니다. 글과 함께 보관하세요",
)
_FOR_A_SHORT_TIME = Text(
    en="this image can be fetched for a short time only; keep it with the post",
    ko="이 이미지의 주소는 짧은 동안만 쓸 수 있습니다. 글과 함께 보관하세요",
)
_FOR_A_REASON = Text(en="keep this image with the post: {why}", ko="이 이미지는 글과 함께 보관하세요. {why}")
_SHOWING = frozenset(("img", "video", "audio", "source"))


class Options(NamedTuple):
    hosts: dict[Place, str] = {}  # noqa: RUF012 - nobody writes into it
    except_hosts: tuple[Host, ...] = ()


class ExpiringImage(Rule):
    """An image on another site that readers do not get to see, or not for long.

    Either its address is signed for a time (Notion, Discord, Amazon S3 …), or its host refuses to show
    it on other sites (Naver Blog …). Which do so is data, with its source. An image with
    `referrerpolicy="no-referrer"` is left out where the host only asks who shows it. Links are, too. The
    option `hosts` names more: by the host, or the host and how the path begins (`example.org/tmp/`), why
    its images do not last, or `""`. `except-hosts` leaves hosts out.

    ## Why
    Whoever writes the post sees the image, out of the browser's cache or because the address is still
    new; readers see a broken one.

    ## Fix safety
    No fix: the image has to be downloaded and kept with the blog.

    ## Precision
    5 of 5 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL027", "expiring-image", Severity.WARNING
    message = Text(
        en="{service} shows this image on no other site; keep it with the post",
        ko="{service_ko}은(는) 다른 사이트에 이 이미지를 보여 주지 않습니다. 글과 함께 보관하세요",
    )
    doc_ko = """독자에게 보이지 않거나 곧 보이지 않게 될, 다른 사이트의 이미지.

    주소에 기한이 있거나(노션, 디스코드, 아마존 S3 등), 호스트가 다른 사이트에는 보여 주지 않는
    이미지(네이버 블로그 등)입니다. 어떤 곳이 그런지는 출처와 함께 데이터로 관리합니다. 어느 사이트에서
    보는지만 따지는 호스트라면 `referrerpolicy="no-referrer"`가 있는 이미지는 제외합니다. 링크도 제외합니다.
    옵션 `hosts`에 더할 수 있습니다. 호스트나 호스트와 경로의 앞부분(`example.org/tmp/`)마다, 이미지가 왜
    오래가지 않는지를 적거나 `""`로 비웁니다. `except-hosts`에 적은 호스트는 제외합니다.

    ## 이유
    글쓴이에게는 브라우저 캐시에 있거나 아직 기한이 남아서 보이지만, 독자에게는 깨진 이미지로 보입니다.

    ## 수정 안전성
    고치지 않음: 이미지를 내려받아 블로그에 함께 두어야 합니다.

    ## 정확도
    실제 블로그에서 읽어 본 5건 중 5건이 맞았습니다(2026-11-22).
    """
    Options = Options
    examples = (
        Bad("![구조](⟦https://postfiles.pstatic.net/MjAyMTA0/a.PNG.haneul/image.png?type=w773⟧)\n"),
        Bad('<img src="⟦http://postfiles16.naver.net/20150101_1/haneul_1_JPEG/1.JPG?type=w3⟧">\n'),
        Bad(
            "![표](⟦https://prod-files-secure.s3.us-west-2.amazonaws.com/a/b.png?X-Amz-Date=20240323T013017Z"
            "&X-Amz-Expires=3600&X-Amz-Signature=3f0e⟧)\n"
        ),
        Bad("![화면](⟦https://cdn.discordapp.com/attachments/1/2/image.png⟧)\n"),
        Bad("![화면][1]\n\n[1]: ⟦https://private-user-images.githubusercontent.com/1/2.png?jwt=eyJ0⟧\n"),
        Good("[구조](https://postfiles.pstatic.net/MjAyMTA0/a.PNG.haneul/image.png?type=w773)\n"),
        Good('<img src="https://postfiles.pstatic.net/a.png" referrerpolicy="no-referrer">\n'),
        Good('![구조](https://postfiles.pstatic.net/a.png){: referrerpolicy="no-referrer"}\n'),
        Good("![로고](https://ssl.pstatic.net/static/logo.png)\n"),
        Good("![이모지](https://cdn.discordapp.com/emojis/1.png)\n"),
        Good("![그림](https://raw.githubusercontent.com/haneul/blog/main/a.png)\n"),
        Good("![그림](https://cdn.example.org/a.png?Expires=4102444800&Signature=ab&Key-Pair-Id=K1)\n"),
        Good('<iframe src="https://drive.google.com/file/d/1/preview"></iframe>\n'),
        Bad(
            "![그림](⟦https://img.example.org/tmp/a.png⟧) ![표](⟦https://example.com/b.png⟧)\n",
            options={"hosts": {"example.org/tmp/": "사흘 뒤에 지워집니다", "example.com": ""}},
        ),
        Good(
            "![그림](https://img.example.org/kept/a.png) [그림](https://example.com/b.png)\n",
            options={"hosts": {"example.org/tmp/": "사흘 뒤에 지워집니다", "example.com": ""}},
        ),
        Good(
            "![내 창고](https://files.example.org/a.png?Expires=1700000000&Signature=ab)\n",
            options={"except-hosts": ["files.example.org"]},
        ),
    )

    def check(self, address: Address, post: Post) -> Iterator[Finding]:
        owner = address.owner
        if isinstance(owner, nodes.Link) or (
            isinstance(owner, nodes.HtmlElement) and owner.name not in _SHOWING
        ):
            return
        # Elsewhere, what is signed has parameters.
        if "?" not in address.text and not self._speaks_of(authority(address.text)):
            return
        url = split_url(address.text)
        host = refusing_host(url, self._table)
        expires = None if host is not None else expiry(url, self._table)
        if (host is None and expires is None) or is_at(url.host, self._excepted):
            return
        users = users_of(owner, post) if isinstance(owner, nodes.LinkDefinition) else [owner]
        images = [user for user in users if not isinstance(user, nodes.Link)]
        if not images:
            return
        if host is not None:
            hides = all(image.attributes.get("referrerpolicy") == "no-referrer" for image in images)
            if not (host.by_referrer and hides):
                text = _FOR_A_REASON if host.why else None
                yield self.finding(
                    address.span, text=text, service=host.name, service_ko=host.name_ko, why=host.why
                )
        elif expires is not None and expires.until is not None:
            yield self.finding(address.span, text=_UNTIL, until=expires.until.isoformat())
        else:
            yield self.finding(address.span, text=_FOR_A_SHORT_TIME)

    @cached_property
    def _speaks_of(self) -> Callable[[str], bool]:
        return speaking_of(self._table.refusing, self._table.signed_at)

    @cached_property
    def _table(self) -> ImageTable:
        return with_image_hosts(image_table(), self.options.hosts)

    @cached_property
    def _excepted(self) -> frozenset[str]:
        return frozenset(map(str.lower, self.options.except_hosts))
