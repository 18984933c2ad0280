from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Destination
from postlint.rule import Bad, Good, Rule, fix

_OTHER_SCHEME = lazy(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:|\\\\", 2)
"""Of a program, of inline data, or a drive or server of the author's own network."""
_WEB = lazy(r"https?:", 2)
_BACKSLASH = lazy(r"\\(?P<escaped>[!-/:-@\[\]^-`{-~])?")
"""Markdown takes one before punctuation for an escape (CommonMark 0.31, section 2.4)."""
_QUERY = lazy(r"[?#]")

_ESCAPE = Text(en="take away the backslash", ko="역슬래시 지우기")
_SLASH = Text(en="write `/`", ko="`/`로 쓰기")
_ESCAPED = Text(
    en="the backslash stays in the address, and browsers read it as `/`: take it away",
    ko="역슬래시가 주소에 그대로 남고 브라우저는 `/`로 읽습니다. 지워야 합니다",
)
_IN_FRAGMENT = Text(
    en="the backslash stays in the address: no place on the page has such a name",
    ko="역슬래시가 주소에 그대로 남아, 페이지에 없는 위치를 가리킵니다",
)


class BackslashInUrl(Rule):
    r"""A backslash in a destination: before punctuation (`a\_b`), or between folders (`\img\a.png`).

    In the query of an address (`?\frac{a}{b}`) it stays as it is, and paths of the author's machine
    (`C:\…`) are another fault (`author-machine-path`).

    ## Why
    kramdown, unlike CommonMark, keeps a backslash before punctuation in an address, and a browser reads it
    as `/`: the link is broken. Folders after the manner of Windows are found by browsers only, not by feed
    readers, link checkers or GitHub.

    ## Fix safety
    Safe between folders: browsers read `/` there themselves. Repair before punctuation: `a\_b` is written by
    editors that escape `_`, and leads to `a/_b`, which nobody meant. Unsafe where a relative address without
    any `/` might be meant either way.

    ## Precision
    27 of 27 findings read on real blogs were right (2026-11-22).
    """

    code, name, severity = "URL026", "backslash-in-url", Severity.WARNING
    message = Text(
        en="a backslash separates no folders on the web: only browsers read it as `/`",
        ko="웹 주소의 폴더는 `/`로 나눕니다. 역슬래시를 `/`로 읽는 것은 브라우저뿐입니다",
    )
    doc_ko = r"""주소에 들어간 역슬래시. 문장 부호 앞(`a\_b`)이나 폴더 사이(`\img\a.png`)에 있는 것.

    주소의 쿼리(`?\frac{a}{b}`)에서는 그대로 두어도 되고, 글쓴이의 컴퓨터에 있는 경로(`C:\…`)는 다른
    잘못(`author-machine-path`)입니다.

    ## 이유
    CommonMark와 달리 kramdown은 주소에서 문장 부호 앞의 역슬래시를 그대로 남기고, 브라우저는 그것을 `/`로
    읽어 링크가 깨집니다. Windows처럼 폴더를 나눈 경로는 브라우저만 찾을 수 있고, 피드 리더나 링크 검사기,
    GitHub는 찾지 못합니다.

    ## 수정 안전성
    폴더 사이는 안전: 브라우저가 이미 `/`로 읽습니다. 문장 부호 앞은 복구: `_`를 이스케이프하는 편집기가
    `a\_b`로 적은 것이며, 아무도 뜻하지 않은 `a/_b`로 가기 때문입니다. `/`가 없는 상대 주소처럼 둘 중 어느
    쪽인지 알 수 없으면 안전하지 않습니다.

    ## 정확도
    실제 블로그에서 읽어 본 27건 중 27건이 맞았습니다(2026-11-22).
    """
    signs = ("\\",)
    gives_way_to = ("URL009", "URL028")
    examples = (
        Bad(
            r"![그림](⟦\assets\img\⟧_a(1).png)" + "\n",
            fixed="![그림](/assets/img/_a(1).png)\n",
        ),
        Bad(r"![그림](../images/글⟦\⟧a.png)" + "\n", fixed="![그림](../images/글/a.png)\n"),
        Bad(r"![그림](.⟦\⟧a.png)" + "\n", fixed="![그림](./a.png)\n"),
        Bad(
            r"[위키](https://en.wikipedia.org/wiki/Least⟦\⟧_squares)" + "\n",
            fixed="[위키](https://en.wikipedia.org/wiki/Least_squares)\n",
        ),
        Bad(
            r"[위키](https://en.wikipedia.org/wiki/Set⟦\_\(mathematics\⟧) 'a')" + "\n",
            fixed="[위키](https://en.wikipedia.org/wiki/Set_(mathematics) 'a')\n",
        ),
        Bad(r"[아래](#least⟦\⟧_squares)" + "\n", fixed="[아래](#least_squares)\n"),
        Bad(r"![그림](img⟦\⟧_a.png)" + "\n", fixed="![그림](img_a.png)\n"),
        Bad(r'<img src="img⟦\⟧a.png">' + "\n", fixed='<img src="img/a.png">\n'),
        Bad(r"![그림](img⟦\⟧a\_b.png)" + "\n", fixed=r"![그림](img/a\_b.png)" + "\n", path="README.md"),
        Good(r"![식](https://latex.codecogs.com/svg.image?\frac{a}{b}\_c)" + "\n"),
        Good(r"[위키](https://en.wikipedia.org/wiki/Least\_squares)" + "\n", path="README.md"),
        Good(r"![그림](C:\Users\haneul\a.png) ![그림](\\server\a.png)" + "\n"),
        Good("![점](data:image/svg+xml;utf8,\\<svg\\>)\n"),
        Good(r"\[글](a)와 `[글](a\_b)`" + "\n"),
    )

    def check(self, destination: Destination) -> Iterator[Finding]:
        if _OTHER_SCHEME.match(destination.text):
            return
        slashes, escapes = _backslashes(destination)
        places = sorted(slashes + escapes)
        if not places:
            return
        path = _QUERY.split(destination.text, maxsplit=1)[0]
        if not escapes:
            safety = Safety.SAFE
        elif _WEB.match(path) or "/" in path or places[0] >= len(path):
            safety = Safety.REPAIR
        else:
            safety = Safety.UNSAFE
        edits = [
            Edit(destination.span_of(Span(place, place + 1)), "/" if place in slashes else "")
            for place in places
        ]
        yield self.finding(
            destination.span_of(Span(places[0], places[-1] + 1)),
            text=None if not escapes else _ESCAPED if places[0] < len(path) else _IN_FRAGMENT,
            fix=fix(safety, _ESCAPE if escapes else _SLASH, *edits) if destination.is_verbatim else None,
        )


def _backslashes(destination: Destination) -> tuple[list[int], list[int]]:
    """Where the backslashes are that separate folders, and those that were to escape what follows.

    Those that the engine takes away itself, and those of the query, are neither.
    """
    text = destination.text
    query = _QUERY.search(text)
    end_of_path = query.start() if query else len(text)
    fragment = text.find("#", end_of_path)
    are_escapes_gone = _on_the_page(destination).count("\\") < text.count("\\")
    path = text[:end_of_path]
    are_folders = not _WEB.match(path) and _has_folders(path)
    slashes: list[int] = []
    escapes: list[int] = []
    for match in _BACKSLASH.finditer(text):
        place, is_escape = match.start(), match["escaped"] is not None
        if is_escape and are_escapes_gone:
            continue
        if place < end_of_path:
            (escapes if is_escape and not are_folders else slashes).append(place)
        elif is_escape and 0 <= fragment < place:
            escapes.append(place)
    return slashes, escapes


def _has_folders(path: str) -> bool:
    """Whether `path` has backslashes as Windows writes them: before a name, or behind `.` or `..`."""
    return path.startswith((".\\", "..\\")) or any(
        match["escaped"] is None for match in _BACKSLASH.finditer(path)
    )


def _on_the_page(destination: Destination) -> str:
    owner = destination.owner
    if isinstance(owner, (nodes.Link, nodes.Image, nodes.LinkDefinition)):
        return owner.destination
    return destination.text
