"""Liquid: the regions that Jekyll replaces before Markdown sees the text.

Jekyll renders Liquid first, over the whole body, code blocks included. What a region becomes is
often known without building the site (a comment vanishes, `raw` shows its inside, `assign`
leaves nothing); where it is not, the text holds UNKNOWN in its place.

Grammar: Liquid 4 (`lib/liquid.rb`, `TemplateParser`; `lib/liquid/block_body.rb`;
`lib/liquid/tags/*.rb`) and Jekyll's `lib/jekyll/tags/highlight.rb`.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.post.mapped import Mapped, Piece

UNKNOWN = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: stands where a page will have something that only a build would tell."""

CODE_PLACE = '<figure class="highlight"></figure>'
"""Stands where a page will have the code of a `highlight` block."""

_SPACE = "\0\t\n\v\f\r "
"""What Ruby's `strip` takes off; the wide space of Korean and Japanese text is not among it."""

_OPENING = re.compile(r"\{[{%]")
_NAME = re.compile(r"-?\s*(\w+|#|)", re.ASCII)
_END_OF_RAW = re.compile(r"\{%-?\s*endraw\b", re.ASCII)
_LEADING_SPACE = re.compile(f"[{_SPACE}]*")
_LITERAL = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|(true|false|-?\d+)|nil|null|empty|blank|)\s*""", re.ASCII)
_VARIABLE = re.compile(r"\s*([A-Za-z_][\w-]*)(?:\.[\w-]+|\[[^\]]*\])*\s*", re.ASCII)
_ASSIGNED = re.compile(r"\{%-?\s*(?:assign|capture|for|tablerow|increment|decrement)\s+([\w-]+)", re.ASCII)
_KNOWN_TO_JEKYLL = frozenset(
    {
        *("site", "page", "layout", "content", "paginator", "jekyll", "theme"),
        *("include", "forloop", "tablerowloop"),
    }
)
"""The names Jekyll gives a template (`lib/jekyll/drops/unified_payload_drop.rb`, `tags/include.rb`).
Any other name that nothing assigns shows nothing."""

SILENT_TAGS = frozenset(
    {
        *("#", "assign", "break", "capture", "endcapture", "continue"),
        *("case", "when", "endcase", "if", "elsif", "else", "endif", "unless", "endunless"),
        *("for", "endfor", "tablerow", "endtablerow", "ifchanged", "endifchanged"),
    }
)
"""Tags that show nothing of themselves. What stands between them is read where it stands: every
branch of an `if`, the inside of a loop once, and a `capture`, which the page most often shows
right behind it."""

_NEVER_ASSIGN = SILENT_TAGS | {"cycle", "increment", "decrement", "link", "post_url", "gist"}
"""Tags that give no name a value which `_ASSIGNED` would not see. An included file may assign for
the page that includes it, and what a plugin's tag does, nobody knows."""


class LiquidKind(enum.Enum):
    OUTPUT = "output"
    TAG = "tag"
    COMMENT = "comment"
    RAW = "raw"
    HIGHLIGHT = "highlight"


class LiquidRegion(NamedTuple):
    """A region that Liquid eats. Spans are offsets into the text it was found in.

    `span` covers opening and closing tag of a block (`raw`, `comment`, `highlight`), `content` what
    is between; of a single tag or output, `content` is what is between its braces, without the name
    of the tag.
    """

    kind: LiquidKind
    name: str
    span: Span
    content: Span


_BLOCKS = {"comment": LiquidKind.COMMENT, "highlight": LiquidKind.HIGHLIGHT}


def regions(text: str) -> list[LiquidRegion]:
    """The regions of `text`, in order, none within another.

    Braces that are never closed are no region: Jekyll stops at them, which a rule may say.
    """
    markup = list(_markup(text))
    found: list[LiquidRegion] = []
    unclosed: set[str] = set()
    index = 0
    while index < len(markup):
        region = markup[index]
        kind = _BLOCKS.get(region.name)
        if kind is not None and region.name not in unclosed:
            closing = _closing(markup, index)
            if closing is None:
                unclosed.add(region.name)
            else:
                opened, closed = region.span, markup[closing].span
                span, content = Span(opened.start, closed.end), Span(opened.end, closed.start)
                region = LiquidRegion(kind, region.name, span, content)
                index = closing
        found.append(region)
        index += 1
    return found


def _markup(text: str) -> Iterator[LiquidRegion]:
    """Every tag and output, in order; `raw` with all that it keeps is one."""
    missing: set[str] = set()  # what closes nothing any more: a text of open braces costs one pass
    position = 0
    while opening := _OPENING.search(text, position):
        start = opening.start()
        closing = "}}" if opening[0] == "{{" else "%}"
        end = -1 if closing in missing else text.find(closing, start + 2)
        position = start + 2
        if end < 0:
            missing.add(closing)
            continue
        position = end + 2
        span = Span(start, position)
        if closing == "}}":
            inside = start + 3 if text.startswith("-", start + 2) else start + 2
            yield LiquidRegion(LiquidKind.OUTPUT, "", span, _without_hyphen(text, inside, end))
            continue
        word = _NAME.match(text, start + 2, end)
        name, inside = (word[1], word.end()) if word else ("", start + 2)
        if name == "raw" and name not in missing:
            closed = _END_OF_RAW.search(text, position)
            last = text.find("%}", closed.end()) if closed else -1
            if closed and last >= 0:
                content = Span(position, closed.start())
                position = last + 2
                yield LiquidRegion(LiquidKind.RAW, name, Span(start, position), content)
                continue
            missing.add(name)
        yield LiquidRegion(LiquidKind.TAG, name, span, _without_hyphen(text, inside, end))


def _without_hyphen(text: str, start: int, end: int) -> Span:
    return Span(start, end - 1 if end > start and text[end - 1] == "-" else max(start, end))


def _closing(markup: Sequence[LiquidRegion], opening: int) -> int | None:
    """Where the block that begins at `opening` ends: blocks of one name may stand within each other."""
    name = markup[opening].name
    depth = 0
    for index in range(opening, len(markup)):
        if markup[index].name == name:
            depth += 1
        elif markup[index].name == f"end{name}":
            depth -= 1
            if not depth:
                return index
    return None


class Context(Protocol):
    """Who knows what a page's own Liquid comes to."""

    def pieces(self, text: str, found: Sequence[LiquidRegion]) -> Iterable[Piece] | None:
        """The page that `text`, with the regions `found`, becomes; None for a template that does not fit."""


def rendered(body: Mapped, found: Sequence[LiquidRegion], context: Context | None = None) -> Mapped:
    """What Markdown gets to see of `body`, whose regions are `found`.

    Without a `context` that knows the site, what depends on it is UNKNOWN, and every branch is there.
    """
    if not found:
        return body
    text = body.text
    if context is not None and (known := context.pieces(text, found)) is not None:
        return body.derive(known)
    assigned = _assigned(text, found)
    pieces: list[Piece] = []
    position = 0
    for region in found:
        start, end = shown_span(text, region, position)
        pieces.append(Piece(position, start))
        if region.kind is LiquidKind.RAW:
            pieces.append(Piece(*region.content))
        else:
            pieces.append(Piece(start, end, _shown(text, region, assigned)))
        position = end
    pieces.append(Piece(position, len(text)))
    return body.derive(pieces)


def shown_span(text: str, region: LiquidRegion, position: int) -> Span:
    """What of `text` a region takes away: with a hyphen in its braces, the space beside it too.

    `position` is where the region before it has ended.
    """
    start, end = region.span
    # Behind a `raw`, the hyphen of its opening tag counts: Liquid passes over the closing one.
    last = region.content.start if region.kind is LiquidKind.RAW else end
    if text.startswith("-", start + 2):
        start = position + len(text[position:start].rstrip(_SPACE))
    if text.startswith("-", last - 3):
        end = _end_of_space(text, end)
    return Span(start, end)


def _end_of_space(text: str, offset: int) -> int:
    match = _LEADING_SPACE.match(text, offset)
    return match.end() if match else offset


def _assigned(text: str, found: Sequence[LiquidRegion]) -> set[str] | None:
    """The names that the text gives a value; None where others may have one too."""
    if any(region.kind is LiquidKind.TAG and region.name not in _NEVER_ASSIGN for region in found):
        return None
    return set(_ASSIGNED.findall(text))


def _shown(text: str, region: LiquidRegion, assigned: set[str] | None) -> str:
    """What stands on the page in place of `region`."""
    if region.kind is LiquidKind.COMMENT or (region.kind is LiquidKind.TAG and region.name in SILENT_TAGS):
        return ""
    if region.kind is LiquidKind.HIGHLIGHT:
        return CODE_PLACE
    if region.kind is LiquidKind.OUTPUT:
        content = text[region.content.start : region.content.end]
        if literal := _LITERAL.fullmatch(content):
            return literal[1] or literal[2] or literal[3] or ""
        variable = _VARIABLE.fullmatch(content)
        if variable and assigned is not None and variable[1] not in _KNOWN_TO_JEKYLL | assigned:
            return ""
    return UNKNOWN
