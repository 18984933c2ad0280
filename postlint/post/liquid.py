"""Liquid: the regions that Jekyll replaces before Markdown sees the text.

Jekyll renders Liquid first, over the whole body, code blocks included. What a region becomes is
often known without building the site (a comment vanishes, `raw` shows its inside, `assign`
leaves nothing); where it is not, the text holds UNKNOWN in its place.

Grammar: Liquid 4 (`lib/liquid.rb`, `TemplateParser`; `lib/liquid/tags/*.rb`) and Jekyll's
`lib/jekyll/tags/highlight.rb`.
"""

from __future__ import annotations

import enum
import re
from typing import NamedTuple

from postlint.findings import Span
from postlint.post.mapped import Mapped, Piece

UNKNOWN = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: stands where a page will have something that only a build would tell."""

_CODE_PLACE = '<figure class="highlight"></figure>'

_MARKUP = re.compile(r"\{%-?\s*(\w+|#|)(.*?)-?%\}|\{\{-?(.*?)-?\}\}", re.DOTALL)
_LEADING_SPACE = re.compile(r"\s*")
_LITERAL = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)")\s*""")
_VARIABLE = re.compile(r"\s*([A-Za-z_][\w-]*)(?:\.[\w-]+)*\s*")
_ASSIGNED = re.compile(r"\{%-?\s*(?:assign|capture|for|tablerow|increment|decrement)\s+([\w-]+)")
_KNOWN_TO_JEKYLL = frozenset(
    {"site", "page", "layout", "content", "paginator", "jekyll", "theme", "include", "forloop"}
)
"""The names Jekyll gives a template (`lib/jekyll/drops/unified_payload_drop.rb`, `tags/include.rb`).
Any other name that the post does not assign itself shows nothing."""

_SILENT_TAGS = frozenset(
    {
        *("#", "assign", "break", "capture", "endcapture", "continue"),
        *("case", "when", "endcase", "if", "elsif", "else", "endif", "unless", "endunless"),
        *("for", "endfor", "tablerow", "endtablerow", "ifchanged", "endifchanged"),
    }
)
"""Tags that show nothing of themselves."""


class LiquidKind(enum.Enum):
    OUTPUT = "output"
    TAG = "tag"
    COMMENT = "comment"
    RAW = "raw"
    HIGHLIGHT = "highlight"


class LiquidRegion(NamedTuple):
    """A region that Liquid eats. Spans are offsets into the text it was found in.

    `span` covers opening and closing tag of a block (`raw`, `comment`, `highlight`), `content` what
    is between; of a single tag or output, `content` is what is between its braces.
    """

    kind: LiquidKind
    name: str
    span: Span
    content: Span


def regions(text: str) -> list[LiquidRegion]:
    """The regions of `text`, in order, none within another.

    Braces that are never closed are no region: Jekyll stops at them, which a rule may say.
    """
    found: list[LiquidRegion] = []
    if "{{" not in text and "{%" not in text:
        return found
    position = 0
    while match := _MARKUP.search(text, position):
        name = match[1] or ""
        span = Span(*match.span())
        position = span.end
        if match[1] is None:
            found.append(LiquidRegion(LiquidKind.OUTPUT, "", span, Span(*match.span(3))))
            continue
        kind = _BLOCKS.get(name)
        if kind is not None:
            close = _CLOSINGS[name].search(text, position)
            if close is not None:
                content = Span(position, close.start())
                found.append(LiquidRegion(kind, name, Span(span.start, close.end()), content))
                position = close.end()
                continue
        found.append(LiquidRegion(LiquidKind.TAG, name, span, Span(*match.span(2))))
    return found


_BLOCKS = {"raw": LiquidKind.RAW, "comment": LiquidKind.COMMENT, "highlight": LiquidKind.HIGHLIGHT}
_CLOSINGS = {name: re.compile(r"\{%-?\s*end" + name + r"\s*-?%\}") for name in _BLOCKS}


def rendered(body: Mapped, found: list[LiquidRegion]) -> Mapped:
    """What Markdown gets to see of `body`, whose regions are `found`."""
    if not found:
        return body
    text = body.text
    assigned = set(_ASSIGNED.findall(text))
    pieces: list[Piece] = []
    position = 0
    for region in found:
        start, end = region.span
        if text.startswith("-", start + 2):
            start = position + len(text[position:start].rstrip())
        if text[end - 3] == "-":
            end = _end_of_space(text, end)
        pieces.append(Piece(position, start))
        if region.kind is LiquidKind.RAW:
            pieces.append(Piece(*region.content))
        else:
            pieces.append(Piece(start, end, _shown(text, region, assigned)))
        position = end
    pieces.append(Piece(position, len(text)))
    return body.derive(pieces)


def _end_of_space(text: str, offset: int) -> int:
    match = _LEADING_SPACE.match(text, offset)
    return match.end() if match else offset


def _shown(text: str, region: LiquidRegion, assigned: set[str]) -> str:
    """What stands on the page in place of `region`."""
    if region.kind is LiquidKind.COMMENT or (region.kind is LiquidKind.TAG and region.name in _SILENT_TAGS):
        return ""
    if region.kind is LiquidKind.HIGHLIGHT:
        return _CODE_PLACE
    if region.kind is LiquidKind.OUTPUT:
        content = text[region.content.start : region.content.end]
        if literal := _LITERAL.fullmatch(content):
            return literal[1] or literal[2] or ""
        variable = _VARIABLE.fullmatch(content)
        if variable and variable[1] not in _KNOWN_TO_JEKYLL and variable[1] not in assigned:
            return ""
        if not content.strip():
            return ""
    return UNKNOWN
