"""Where a post's code holds Liquid, which Jekyll replaces there too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from postlint.findings import Edit, Fix, Safety, Span, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import liquid, nodes
from postlint.post.liquid import LiquidKind, LiquidRegion
from postlint.post.mapped import Mapped
from postlint.post.post import Post
from postlint.rule import fix

KNOWN_TO_FILL_CODE = frozenset(
    (
        *("include", "include_relative", "include_cached", "remote_include", "render", "link", "post_url"),
        *("gist", "github_sample", "highlight", "endhighlight"),
    )
)
"""Tags that bring something into the code on purpose: Jekyll's (`lib/jekyll/tags/`), and those of the
plugins jekyll-include-cache, jekyll_remote_include and jekyll-github-sample."""


_OF_THE_SITE = lazy(r"\s*(?:site|page|layout|paginator|jekyll|theme|include)\b")
_ATTRIBUTES = lazy(r"\s*\{:")
_RAW, _END_OF_RAW = "{% raw %}", "{% endraw %}"

_KEEP = Text(en="keep it with `{{% raw %}}`", ko="`{{% raw %}}`로 감싸기")


class CodeWithLiquid(NamedTuple):
    """Code, and the Liquid in it that was to be shown; all spans are offsets into the file."""

    code: Span
    """A code block with its fences, a code span, an element; of a `highlight` block, what is in it."""
    regions: tuple[LiquidRegion, ...]
    is_block: bool
    """Whether it is a code block of Markdown that is in no list, quote or element."""


def is_read(post: Post) -> bool:
    """Whether Jekyll replaces the Liquid in the body of `post`."""
    return post.home.conventions.templates is liquid and post.has_liquid


def code_with_liquid(post: Post) -> Iterator[CodeWithLiquid]:
    """The post's code that holds Liquid, without what `raw` keeps and what fills code on purpose."""
    if not is_read(post):
        return
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
    starts = [region.span.start for region in found]
    index = 0
    taken = 0
    for node in _codes(post):
        while index < len(shown) and shown[index].span.start < node.span.start:
            index += 1
        # What stands behind a fence is no part of the code, and whether there is one may depend on it.
        start = _behind_fence(node, post)
        held = tuple(one for one in _within(shown, index, node.span.end) if one.span.start >= start)
        if held and node.span.start >= taken:
            taken = node.span.end
            is_block = isinstance(node, nodes.CodeBlock) and id(node) in top
            is_block = is_block and bisect_left(starts, node.span.start) == bisect_left(starts, start)
            yield CodeWithLiquid(node.span, held, is_block)
    yield from _lost_spans(post, shown)


def _behind_fence(node: nodes.Node, post: Post) -> int:
    """Where code begins; what Liquid leaves nothing of is no part of a block's content, and stands there."""
    start = node.span.start
    if isinstance(node, nodes.CodeBlock) and node.fenced:
        return post.source.line_span(post.source.line_at(start)).end
    return start


class Codes:
    """The code of a post, to ask in which of it a place stands that Liquid cannot read."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def around(self, span: Span) -> CodeWithLiquid | None:
        """The code that `span` stands in, as what is to be kept from Liquid; None where it is no code."""
        post = self._post
        content = _one_around(self._highlighted, span)
        if content is not None:
            return _with_line(span, content, content, post, is_block=False)
        code = _one_around(self._spans, span)
        if code is None:
            return None
        node = self._by_span[code]
        is_block = isinstance(node, nodes.CodeBlock) and id(node) in self._top
        return _with_line(span, code, _inside(node, post), post, is_block=is_block)

    def meant_around(self, span: Span) -> CodeWithLiquid | None:
        """The same; where Liquid leaves no code of it on the page, as `{% if %}` does, what was written."""
        found = self.around(span)
        source = self._post.source
        line = source.line_span(source.line_at(span.start))
        if found is not None or span.end > line.end or source[line].count("`") < _FEWEST_TICKS:
            return found
        code = _one_around(list(_spans_written_in(line, self._post)), span)
        if code is None:
            return None
        ticks = len(source[code]) - len(source[code].lstrip("`"))
        inside = Span(code.start + ticks, code.end - ticks)
        return _with_line(span, code, inside, self._post, is_block=False)

    @cached_property
    def _highlighted(self) -> list[Span]:
        start = self._post.body_start
        return [
            _moved(region, start).content
            for region in self._post.liquid_regions
            if region.kind is LiquidKind.HIGHLIGHT
        ]

    @cached_property
    def _by_span(self) -> dict[Span, nodes.Node]:
        found: dict[Span, nodes.Node] = {}
        end = 0
        for node in _codes(self._post):
            if node.span.start >= end:  # of code in code, what is around it
                found[node.span] = node
                end = node.span.end
        return found

    @cached_property
    def _spans(self) -> list[Span]:
        return list(self._by_span)

    @cached_property
    def _top(self) -> frozenset[int]:
        return frozenset(id(node) for node in self._post.document.children)


def _one_around(spans: Sequence[Span], inner: Span) -> Span | None:
    """Which of `spans`, sorted and apart from each other, `inner` stands in."""
    index = bisect_right(spans, inner.start, key=lambda span: span.start) - 1
    return spans[index] if index >= 0 and inner.end <= spans[index].end else None


def _inside(node: nodes.Node, post: Post) -> Span:
    """What of a piece of code is shown."""
    if isinstance(node, nodes.CodeBlock):
        return node.content_span
    written = post.source[node.span]
    if isinstance(node, nodes.CodeSpan):
        ticks = len(written) - len(written.lstrip("`"))
        return Span(node.span.start + ticks, node.span.end - ticks)
    closing = written.rfind("</")
    return Span(node.span.start, node.span.start + closing if closing > 0 else node.span.end)


def _with_line(span: Span, code: Span, inside: Span, post: Post, *, is_block: bool) -> CodeWithLiquid:
    """`span` to the end of its line: where Liquid would have it end, it cannot be told."""
    line = post.source.line_span(post.source.line_at(span.start))
    end = max(min(line.end, inside.end), span.end)
    region = LiquidRegion(LiquidKind.TAG, "", Span(span.start, end), Span(span.start, end))
    return CodeWithLiquid(code, (region,), is_block)


def _codes(post: Post) -> list[nodes.Node]:
    codes = [
        node
        for node in post.nodes
        if isinstance(node, (nodes.CodeBlock, nodes.CodeSpan))
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
    codes = Codes(post)
    for line, held in by_line.items():
        text = source[source.line_span(line)]
        if text.count("`") < _FEWEST_TICKS:
            continue
        held = [region for region in held if codes.around(region.span) is None]
        if not held:
            continue
        index = 0
        for code in _spans_written_in(source.line_span(line), post):
            while index < len(held) and held[index].span.start < code.start:
                index += 1
            inside = tuple(_within(held, index, code.end))
            if inside:
                yield CodeWithLiquid(code, inside, is_block=False)


def _spans_written_in(line: Span, post: Post) -> Iterator[Span]:
    """The code spans of a line, were there no Liquid."""
    text = post.source[line]
    # Its indent and the marks of lists and notes are no part of the text that the code stands in.
    stripped = _MARKS.sub("", text)
    start = line.start + len(text) - len(stripped)
    for node in post.home.engine(post.kind).parse(Mapped.whole(stripped + "\n")).walk():
        if isinstance(node, nodes.CodeSpan):
            yield Span(node.span.start + start, node.span.end + start)


_MARKS = lazy(r"\A(?:[ \t>*+-]+|\[\^[^\]\s]+\]:)*")
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


def kept(code: CodeWithLiquid, post: Post) -> Fix | None:
    """The fix that shows the Liquid in `code` as it was written; None where that holds the end of a `raw`."""
    if any("endraw" in post.source[region.span] for region in code.regions):
        return None
    is_of_the_site = all(
        region.kind is LiquidKind.OUTPUT and _OF_THE_SITE.match(post.source[region.content])
        for region in code.regions
    )
    safety = Safety.UNSAFE if is_of_the_site else Safety.REPAIR
    return fix(safety, _KEEP, *_edits(code, post))


def _edits(code: CodeWithLiquid, post: Post) -> list[Edit]:
    text = post.source.text
    first, last = code.regions[0].span, code.regions[-1].span
    stretch = text[first.start : last.end]
    if "endraw" in stretch or _holds_other(code.regions, stretch):
        # A `raw` ends at the first `endraw`, and what fills the code must go on doing so.
        return [edit for region in code.regions for edit in _around(region.span)]
    if code.is_block and "raw" not in text[code.code.start : code.code.end]:
        start = post.source.line_span(post.source.line_at(code.code.start)).start
        line_end = post.source.line_span(post.source.line_at(max(code.code.end - 1, start))).end
        newline = "\r\n" if text.startswith("\r\n", line_end) else "\n"
        if not _ATTRIBUTES.match(text, line_end) and not text[start : code.code.start].strip():
            return [
                Edit(Span(start, start), f"{_RAW}{newline}"),
                Edit(Span(line_end, line_end), f"{newline}{_END_OF_RAW}"),
            ]
    return list(_around(Span(first.start, last.end)))


def _holds_other(regions: tuple[LiquidRegion, ...], stretch: str) -> bool:
    """Whether there is Liquid in `stretch` besides that of `regions`."""
    return sum(stretch.count(opening) for opening in ("{{", "{%")) > sum(
        1 if region.kind is not LiquidKind.COMMENT else 2 for region in regions
    )


def _around(span: Span) -> Iterator[Edit]:
    yield Edit(Span(span.start, span.start), _RAW)
    yield Edit(Span(span.end, span.end), _END_OF_RAW)
