"""A template as a tree: texts, outputs, tags, and blocks with their branches (lib/liquid/tags/)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.post.liquid import LiquidKind, LiquidRegion, regions, shown_span


class TextPart(NamedTuple):
    """Text that goes to the page as it is."""

    span: Span


class TagPart(NamedTuple):
    """An output (then `name` is empty), or a tag that stands alone. `span` is what it takes of the text."""

    name: str
    markup: str
    span: Span
    region: LiquidRegion


class Branch(NamedTuple):
    """What stands behind `if`, `elsif`, `else`, `when`, `for` …, up to the next of them."""

    name: str
    markup: str
    parts: list[Part]


class BlockPart:
    """A block with its branches. `span` goes from the opening tag to the closing one."""

    __slots__ = ("branches", "name", "span")

    def __init__(self, name: str, span: Span, branches: list[Branch]) -> None:
        self.name = name
        self.span = span
        self.branches = branches


Part: TypeAlias = "TextPart | TagPart | BlockPart"

_BLOCKS = {
    "if": ("elsif", "else"),
    "unless": ("elsif", "else"),
    "case": ("when", "else"),
    "for": ("else",),
    "tablerow": (),
    "capture": (),
    "ifchanged": (),
}
"""Each block and the tags that begin another branch of it."""
_ENDS = frozenset(f"end{name}" for name in _BLOCKS)


_DEEPEST = 100
"""`Block::MAX_DEPTH` of Liquid."""
_LONGEST_MARKUP = 10_000
"""Characters between the braces of a tag that anybody would write."""


class Template(NamedTuple):
    text: str
    parts: list[Part]


class TemplateError(ValueError):
    """Raised for a template whose blocks do not fit together, or nest without end."""


def parse(text: str, found: Sequence[LiquidRegion] | None = None) -> Template:
    """The tree of `text`, whose regions may have been found already. Raises TemplateError."""
    root = Branch("", "", [])
    open_blocks: list[BlockPart] = []
    position = 0
    for region in regions(text) if found is None else found:
        start, end = shown_span(text, region, position)
        here = open_blocks[-1].branches[-1] if open_blocks else root
        if position < start:
            here.parts.append(TextPart(Span(position, start)))
        position = end
        markup = text[region.content.start : region.content.end]
        if len(open_blocks) > _DEEPEST or (
            len(markup) > _LONGEST_MARKUP and region.kind in (LiquidKind.OUTPUT, LiquidKind.TAG)
        ):
            raise TemplateError(region.name)
        if region.kind is LiquidKind.RAW:
            here.parts.append(TextPart(region.content))
        elif region.kind is not LiquidKind.TAG:
            here.parts.append(TagPart(region.name, markup, Span(start, end), region))
        elif region.name in _BLOCKS:
            block = BlockPart(region.name, Span(start, end), [Branch(region.name, markup.strip(), [])])
            here.parts.append(block)
            open_blocks.append(block)
        elif open_blocks and region.name == f"end{open_blocks[-1].name}":
            block = open_blocks.pop()
            block.span = Span(block.span.start, end)
        elif region.name in _ENDS:
            raise TemplateError(region.name)
        elif open_blocks and region.name in _BLOCKS[open_blocks[-1].name]:
            open_blocks[-1].branches.append(Branch(region.name, markup.strip(), []))
        else:
            here.parts.append(TagPart(region.name, markup, Span(start, end), region))
    if open_blocks:
        raise TemplateError(open_blocks[-1].name)
    if position < len(text):
        root.parts.append(TextPart(Span(position, len(text))))
    return Template(text, root.parts)


ASSIGNMENT = re.compile(r"\s*([\w().\[\]-]+)\s*=\s*(.*)", re.DOTALL)
LOOP = re.compile(
    r"\s*([\w-]+)\s+in\s+(\([^)]*\)|(?:\"[^\"]*\"|'[^']*'|[^\s,|'\"])+)\s*(reversed)?(.*)", re.DOTALL
)
