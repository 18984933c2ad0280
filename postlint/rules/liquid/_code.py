"""Where a post's code holds Liquid, which Jekyll replaces there too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from postlint.findings import Span
from postlint.post import liquid, nodes
from postlint.post.liquid import LiquidKind, LiquidRegion
from postlint.post.mapped import Mapped
from postlint.post.post import Post

KNOWN_TO_FILL_CODE = frozenset(
    (
        *("include", "include_relative", "include_cached", "remote_include", "render", "link", "post_url"),
        *("gist", "github_sample", "highlight", "endhighlight"),
    )
)
"""Tags that bring something into the code on purpose: Jekyll's (`lib/jekyll/tags/`), and those of the
plugins jekyll-include-cache, jekyll_remote_include and jekyll-github-sample."""


class CodeWithLiquid(NamedTuple):
    """Code, and the Liquid in it that was to be shown; all spans are offsets into the file."""

    code: Span
    """A code block with its fences, a code span, an element; of a `highlight` block, what is in it."""
    regions: tuple[LiquidRegion, ...]
    is_block: bool
    """Whether it is a code block of Markdown that is in no list, quote or element."""


def code_with_liquid(post: Post) -> Iterator[CodeWithLiquid]:
    """The post's code that holds Liquid, without what `raw` keeps and what fills code on purpose."""
    found = [_moved(region, post.body_start) for region in post.liquid_regions]
    shown = [region for region in found if _is_to_be_shown(region, post)]
    for region in found:
        if region.kind is LiquidKind.HIGHLIGHT:
            inside = [
                _moved(one, region.content.start) for one in liquid.regions(post.source[region.content])
            ]
            held = tuple(one for one in inside if _is_to_be_shown(one, post))
            if held:
                yield CodeWithLiquid(region.content, held, is_block=False)
    if not shown:
        return
    top = {id(node) for node in post.document.children}
    index = 0
    taken = 0
    for node in _codes(post):
        while index < len(shown) and shown[index].span.start < node.span.start:
            index += 1
        held = tuple(_within(shown, index, node.span.end))
        if held and node.span.start >= taken:
            taken = node.span.end
            is_block = isinstance(node, nodes.CodeBlock) and id(node) in top
            yield CodeWithLiquid(node.span, held, is_block)
    yield from _lost_spans(post, shown)


def _codes(post: Post) -> list[nodes.Node]:
    codes = [
        node
        for node in post.nodes
        if isinstance(node, nodes.CodeBlock | nodes.CodeSpan)
        or (isinstance(node, nodes.HtmlElement) and node.name in ("pre", "code"))
    ]
    # Notes stand at the end of the page, wherever they are in the file.
    return sorted(codes, key=lambda node: node.span)


def _within(regions: list[LiquidRegion], index: int, end: int) -> Iterator[LiquidRegion]:
    while index < len(regions) and regions[index].span.end <= end:
        yield regions[index]
        index += 1


def _lost_spans(post: Post, regions: list[LiquidRegion]) -> Iterator[CodeWithLiquid]:
    """Code spans that are none on the page any more, because the Liquid in them shows nothing."""
    source = post.source
    by_line: dict[int, list[LiquidRegion]] = defaultdict(list)
    for region in regions:
        by_line[source.line_at(region.span.start)].append(region)
    seen = [node.span for node in _codes(post)]
    for line, held in by_line.items():
        text = source[source.line_span(line)]
        if text.count("`") < _FEWEST_TICKS:
            continue
        # Its indent and list marks are no part of the text that the code stands in.
        stripped = text.lstrip(" \t>*+-")
        start = source.line_span(line).start + len(text) - len(stripped)
        for node in post.home.engine(post.kind).parse(Mapped.whole(stripped + "\n")).walk():
            if not isinstance(node, nodes.CodeSpan):
                continue
            code = Span(node.span.start + start, node.span.end + start)
            inside = tuple(one for one in held if code.start <= one.span.start and one.span.end <= code.end)
            if inside and not any(one.start < code.end and code.start < one.end for one in seen):
                yield CodeWithLiquid(code, inside, is_block=False)


_FEWEST_TICKS = 2
"""Backticks that a code span needs."""


def _is_to_be_shown(region: LiquidRegion, post: Post) -> bool:
    """Whether a reader of the code was to see the Liquid itself."""
    if region.kind is LiquidKind.OUTPUT:
        return not _is_literal(post.source[region.content].strip())
    if region.kind is LiquidKind.TAG:
        return region.name not in KNOWN_TO_FILL_CODE
    return region.kind is LiquidKind.COMMENT


def _is_literal(content: str) -> bool:
    """Whether it is a text in quotes, as in `{{ "{{ x }}" }}`: a way to show braces."""
    return content[:1] in ("'", '"') and ("{" in content or "}" in content)


def _moved(region: LiquidRegion, by: int) -> LiquidRegion:
    (start, end), (inside, last) = region.span, region.content
    return region._replace(span=Span(start + by, end + by), content=Span(inside + by, last + by))
