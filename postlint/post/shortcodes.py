"""Hugo's shortcodes: regions of a text that Markdown never sees (`parser/pageparser/`).

What a shortcode shows is up to a template, so that UNKNOWN stands for each: Hugo too puts a word in its
place before Goldmark reads the text. Where a page closes a shortcode, all from its opening on belongs to
it: Hugo ends a build in which one that may be closed is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.liquid import UNKNOWN, Context, LiquidKind, LiquidRegion
from postlint.post.mapped import Mapped, Piece

_OPENING = lazy(r"\{\{([<%])")
_INSIDE = {
    sign: lazy(rf'(?:"(?:[^"\\\n]|\\.)*+"|`[^`]*+`|(?!{sign}\}}\}})[^"`])*+{sign}\}}\}}')
    for sign in (">", "%")
}
_CLOSING_SIGN = {"<": ">", "%": "%"}
_NAME = lazy(r"[ \t\r\n]*(/?)[ \t\r\n]*([\w/.-]*)")
_SELF_CLOSED = lazy(r"/[ \t\r\n]*\Z")
_ARGUMENT = lazy(r'(?:([\w-]+)[ \t\r\n]*=[ \t\r\n]*)?(?:"((?:[^"\\\n]|\\.)*)"|`([^`]*)`|([^\s"`=]+))')
_DIVIDER = lazy(r"<!--more-->\s*")
_DIVIDER_SHOWN = "\n\n<!--more-->\n\n"
_EMOJI = lazy(r":(?:[a-z][a-z0-9_+-]*|[+-]1|100|1234|8ball):")
_EMOJI_SHOWN = "\N{WHITE SQUARE}"
"""Like any emoji: no letter, no punctuation."""


class _Tag(NamedTuple):
    """`{{< name … >}}`, `{{< /name >}}` or, as a comment, `{{</* … */>}}`."""

    name: str
    span: Span
    inside: Span
    """Between its signs, without its name."""
    closes: bool = False
    is_whole: bool = False
    """Whether it closes itself."""
    is_comment: bool = False


def regions(text: str) -> list[LiquidRegion]:
    """The shortcodes of `text`, in order, none within another.

    What is never closed is no region. Of a shortcode in a comment, which shows it as it is written, the
    two marks of the comment are regions.
    """
    found: list[LiquidRegion] = []
    end = 0
    for tag, closing in _paired(list(_tags(text))):
        if tag.span.start < end:
            continue
        if tag.is_comment:
            for mark in (tag.inside.start - 2, tag.inside.end):
                place = Span(mark, mark + 2)
                found.append(LiquidRegion(LiquidKind.COMMENT, "", place, Span(place.end, place.end)))
            end = tag.span.end
            continue
        if closing is None:
            span, content = tag.span, tag.inside
        else:
            span, content = Span(tag.span.start, closing.span.end), Span(tag.span.end, closing.span.start)
        kind = LiquidKind.HIGHLIGHT if tag.name == "highlight" and closing else LiquidKind.TAG
        found.append(LiquidRegion(kind, tag.name, span, content))
        end = span.end
    return found


def _tags(text: str) -> Iterator[_Tag]:
    missing: set[str] = set()  # what closes nothing any more: a text of open braces costs one pass
    position = 0
    while opening := _OPENING.search(text, position):
        start, behind = opening.span()
        position = behind
        sign = _CLOSING_SIGN[opening[1]]
        if sign in missing:
            continue
        if text.startswith("/*", behind):
            end = text.find(f"*/{sign}}}}}", behind + 2)
            if end < 0:
                continue
            position = end + 5
            yield _Tag("", Span(start, position), Span(behind + 2, end), is_comment=True)
            continue
        if text.find(f"{sign}}}}}", behind) < 0:
            missing.add(sign)
            continue
        inside = _INSIDE[sign].match(text, behind)
        name = _NAME.match(text, behind, inside.end() - 3) if inside else None
        if inside is None or name is None:
            continue
        position = inside.end()
        content = Span(name.end(), position - 3)
        is_whole = bool(_SELF_CLOSED.search(text, *content)) and not name[1]
        if name[2] or name[1]:
            yield _Tag(name[2], Span(start, position), content, closes=bool(name[1]), is_whole=is_whole)


def _paired(tags: Sequence[_Tag]) -> Iterator[tuple[_Tag, _Tag | None]]:
    """Each tag that opens something, with the one that closes it, if one does; those within others too."""
    closings: dict[int, _Tag] = {}
    open_tags: list[int] = []
    waiting: dict[str, int] = {}
    for index, tag in enumerate(tags):
        if tag.is_comment or tag.is_whole:
            continue
        if not tag.closes:
            open_tags.append(index)
            waiting[tag.name] = waiting.get(tag.name, 0) + 1
            continue
        if tag.name and not waiting.get(tag.name):
            continue
        while open_tags:
            opened = open_tags.pop()
            waiting[tags[opened].name] -= 1
            if not tag.name or tags[opened].name == tag.name:
                closings[opened] = tag
                break
    return ((tag, closings.get(index)) for index, tag in enumerate(tags) if not tag.closes)


class Shortcodes:
    """What Hugo replaces in a body. With `has_emoji`, that is `:smile:` too."""

    def __init__(self, *, has_emoji: bool = False) -> None:
        self._has_emoji = has_emoji

    def regions(self, text: str) -> list[LiquidRegion]:
        return regions(text)

    def rendered(self, body: Mapped, found: Sequence[LiquidRegion], context: Context | None = None) -> Mapped:
        """What Markdown gets to see of `body`, whose regions are `found`: no context is known to them."""
        return _rendered(body, found, has_emoji=self._has_emoji)


def _rendered(body: Mapped, found: Sequence[LiquidRegion], *, has_emoji: bool) -> Mapped:
    text = body.text
    pieces: list[Piece] = []
    position = 0
    divider = _DIVIDER.search(text)
    for region in found:
        if divider and divider.start() < region.span.start:
            pieces += _between(text, position, divider.start(), has_emoji)
            position = min(divider.end(), region.span.start)
            pieces.append(Piece(divider.start(), position, _DIVIDER_SHOWN))
            divider = None
        elif divider and divider.start() < region.span.end:
            divider = None
        pieces += _between(text, position, region.span.start, has_emoji)
        shown = "" if region.kind is LiquidKind.COMMENT else UNKNOWN
        pieces.append(Piece(*region.span, shown))
        position = region.span.end
    if divider:
        pieces += _between(text, position, divider.start(), has_emoji)
        pieces.append(Piece(*divider.span(), _DIVIDER_SHOWN))
        position = divider.end()
    if not pieces and not has_emoji:
        return body
    return body.derive([*pieces, *_between(text, position, len(text), has_emoji)])


def _between(text: str, start: int, end: int, has_emoji: bool) -> list[Piece]:
    pieces: list[Piece] = []
    for match in _EMOJI.finditer(text, start, end) if has_emoji else ():
        pieces += Piece(start, match.start()), Piece(*match.span(), _EMOJI_SHOWN)
        start = match.end()
    return [*pieces, Piece(start, end)]


def arguments(text: str, region: LiquidRegion) -> dict[str, str]:
    """What a shortcode that is not closed is given, by name, or by its number from 0 on."""
    given: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text, *region.content):
        quoted, raw, plain = match[2], match[3], match[4]
        value = quoted.replace('\\"', '"') if quoted is not None else raw if raw is not None else plain
        given[match[1] or str(len(given))] = value
    return given
