import re
from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Destination
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._shortened import shortened

_BROWSER = Text(
    en="only a browser with the same extension opens `{beginning}`",
    ko="`{beginning}`은(는) 같은 확장 프로그램이 있는 브라우저만 엽니다",
)
_SESSION = Text(
    en="`blob:` is in the memory of the browser in which it was made, and gone since",
    ko="`blob:`은 그것을 만든 브라우저의 메모리에 있던 것으로, 이미 없어졌습니다",
)
_LINK_DIRECTLY = Text(en="link to `{target}`", ko="`{target}`(으)로 바로 연결하기")

_ANYWHERE = lazy(
    r"file:"
    r"|/?[a-z](?::|%3A)(?:[\\/]|%5C)"  # a drive of Windows
    r"|\\\\{1,3}[\w.-]+\\"  # a shared folder of Windows
    r"|(?:[^?#]*[\\/])?(?:Application(?: |%20)Support|AppData[\\/]Roaming)[\\/]Typora\b"
    r"|(?:[^?#]*[\\/])?Application(?: |%20)Support[\\/]typora-user-images\b"
    r"|vscode-(?:resource|webview|webview-resource|file):",
    re.IGNORECASE,
)
# A folder of a site may be named so too, but hardly for images, or with these in it.
_HOME = lazy(r"(?:/Users/[^/]+|/home/[^/]+|~)/(?P<inside>[^?#]+)")
_IN_A_HOME = lazy(
    r"(?:Desktop|Documents|Downloads|Pictures|Library|Dropbox|OneDrive|바탕화면|문서|다운로드|사진|\.[a-z])"
)
# What programmers keep at home, and sites hardly ever show as it is.
_SOURCE = lazy(
    r"\.(?:md|txt|py|ipynb|js|tsx?|java|kt|c|cc|cpp|h|hpp|cs|go|rs|rb|sh|ya?ml|toml)\Z", re.IGNORECASE
)
_IMAGE = lazy(r"\.(?:png|jpe?g|gif|svg|webp|bmp|mp4|mov)\Z", re.IGNORECASE)
_EXTENSION = lazy(r"(?:chrome|moz|edge|safari-web)-extension://[^/]*/?", re.IGNORECASE)
_ELSEWHERE = ("http:", "https:", "#", "data:")
_WEB = lazy(r"https?://[^/]", re.IGNORECASE)

_SIGN = lazy(
    r"\n(?!https?:|#|data:)(?i:file:|blob:|vscode-|[a-z-]*-extension:|/?[a-z](?::|%3A)(?:[\\/]|%5C)|\\\\"
    r"|/Users/|/home/|~/|[^\n]*typora)"
)


class AuthorMachinePath(Rule):
    """A path of the author's own machine: `C:\\Users\\…`, `file:///…`, `/Users/…`.

    An editor writes it when an image is dropped into it, and a browser when its own PDF reader is open
    (`chrome-extension://…`). A link that shows the path itself is left out.

    ## Why
    Only the author has that file: readers see a broken image, and browsers do not even try to open such
    a link.

    ## Fix safety
    Repair, for a PDF that was opened in an extension of the browser: its own address stands behind that of
    the extension. No fix for anything else: the file has to be put into the blog.
    """

    code, name, severity = "URL028", "author-machine-path", Severity.ERROR
    message = Text(
        en="`{path}` is on the machine of the author only", ko="`{path}`은(는) 글쓴이의 컴퓨터에만 있습니다"
    )
    doc_ko = """글쓴이의 컴퓨터에만 있는 경로. `C:\\Users\\…`, `file:///…`, `/Users/…`.

    편집기에 이미지를 끌어다 놓거나, 브라우저 확장 프로그램으로 PDF를 열고 주소를
    복사하면(`chrome-extension://…`) 이렇게 됩니다. 경로를 그대로 보여 주는 링크는 제외합니다.

    ## 이유
    그 파일은 글쓴이에게만 있으므로 독자에게는 깨진 이미지로 보이고, 링크는 브라우저가 열지도 않습니다.

    ## 수정 안전성
    복구, 브라우저 확장 프로그램으로 연 PDF: 확장 프로그램의 주소 뒤에 진짜 주소가 적혀 있습니다. 그 밖에는
    파일을 블로그에 넣어야 하므로 고치지 않습니다.
    """
    signs = _SIGN
    examples = (
        Bad("![그림](⟦C:\\Users\\haneul\\Pictures\\a.png⟧)\n"),
        Bad('<img src="⟦D:\\글\\그림 1.assets\\a.png⟧">\n'),
        Bad("![그림](⟦file:///Users/haneul/a.png⟧)\n"),
        Bad("![그림](⟦/Users/haneul/Library/Application Support/typora-user-images/a.png⟧)\n"),
        Bad("![그림](⟦../../../AppData/Roaming/Typora/typora-user-images/a.png⟧)\n"),
        Bad("![그림](⟦/home/haneul/Pictures/a.png⟧)\n"),
        Bad("[설계](⟦/home/haneul/workspace/blog/design.md⟧), [코드](⟦/Users/haneul/git/blog/main.js⟧)\n"),
        Bad("![그림](⟦blob:https://blog.example.org/9f0c⟧)\n"),
        Bad(
            "[논문](⟦chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/⟧https://papers.example.org/1.pdf)\n",
            fixed="[논문](https://papers.example.org/1.pdf)\n",
        ),
        Good("[책](https://www.example.org/home/haneul/book/)\n"),
        Good("![그림](/home/banner.png)\n"),
        Good("![그림](/home/posts/banner.png)\n"),
        Good("[목록](/Users/list/all), [소개](/home/team/about.html), [안내](/home/team/guide/)\n"),
        Good("<file:///etc/hosts>\n"),
        Good("[file:///C:/blog/index.html](file:///C:/blog/index.html)을 연다.\n"),
        Good("[설정](chrome://settings)\n"),
        Good("`C:\\Users\\haneul`\n"),
        Good("![그림](c:a.png)\n"),
        Good("![그림](images\\a.png)\n"),
    )

    def check(self, destination: Destination) -> Iterator[Finding]:
        if destination.text.startswith(_ELSEWHERE):
            return
        extension = _EXTENSION.match(destination.text)
        if extension is not None:
            yield self._in_an_extension(destination, Span(*extension.span()))
        elif destination.text.startswith("blob:"):
            yield self.finding(destination.span, text=_SESSION)
        elif _is_on_a_machine(destination) and not _is_shown(destination):
            yield self.finding(destination.span, path=shortened(destination.text))

    def _in_an_extension(self, destination: Destination, extension: Span) -> Finding:
        target = destination.text[extension.end :]
        if not _WEB.match(target):
            return self.finding(destination.span, text=_BROWSER, beginning=shortened(destination.text))
        directly = None
        if destination.is_verbatim:
            edit = Edit(destination.span_of(extension), "")
            directly = fix(Safety.REPAIR, _LINK_DIRECTLY, edit, target=target)
        return self.finding(
            destination.span_of(extension),
            text=_BROWSER,
            fix=directly,
            beginning=shortened(destination.text[: extension.end]),
        )


def _is_on_a_machine(destination: Destination) -> bool:
    if _ANYWHERE.match(destination.text):
        return True
    home = _HOME.match(destination.text)
    if home is None:
        return False
    inside = home["inside"]
    if _IN_A_HOME.match(inside):
        return True
    if destination.text.startswith("/home/"):
        return "/" in inside and _SOURCE.search(inside) is not None
    return "/" in inside.rstrip("/") or _IMAGE.search(inside) is not None


def _is_shown(destination: Destination) -> bool:
    """Whether a link tells readers the path itself, as instructions do."""
    owner = destination.owner
    if isinstance(owner, nodes.Link) or (isinstance(owner, nodes.HtmlElement) and owner.name == "a"):
        return owner.text().strip() == destination.text
    return False
