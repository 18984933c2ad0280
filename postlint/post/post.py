"""A post: one file, read and parsed once, and what rules may ask of it."""

from __future__ import annotations

import enum
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from operator import le
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.post import liquid, nodes
from postlint.post.conventions import Conventions
from postlint.post.front_matter import FrontMatter
from postlint.post.mapped import Mapped
from postlint.post.nodes import Node
from postlint.post.source import Source

if TYPE_CHECKING:
    from postlint.post.tex.settings import MathSettings


class Engine(Protocol):
    """What makes a page of a body: kramdown, CommonMark …"""

    def parse(self, text: Mapped) -> nodes.Document: ...


class Home(Protocol):
    """What a post may ask of the site that it belongs to."""

    def engine(self, kind: Kind) -> Engine:
        """What reads a file of this kind."""

    def has_liquid(self, kind: Kind) -> bool:
        """Whether Liquid, or what the site's conventions have in its place, is replaced before."""

    def liquid_context(self, front_matter: FrontMatter | None) -> liquid.Context | None:
        """What is known of the site to the Liquid of a file with this front matter."""

    @property
    def conventions(self) -> Conventions:
        """What the site's engine makes of front matter and of file names."""

    @property
    def template_keys(self) -> frozenset[str] | None:
        """The front-matter keys that the site's templates read; None where that cannot be known."""

    @property
    def math_keys(self) -> frozenset[str] | None:
        """The front-matter keys one of which the site's templates want before they load MathJax or
        KaTeX; None where they load it always or never, or where that cannot be known."""

    @property
    def math_settings(self) -> MathSettings:
        """What the site's templates have to do with formulas."""

    @property
    def plugin_tags(self) -> frozenset[str] | None:
        """The Liquid tags that the site's plugins add; None where that cannot be known."""

    def may_know(self, sign: re.Pattern[str]) -> bool:
        """Whether a plugin or a template may make something of a syntax that is not the engine's: one of
        which nothing is known, or one with what `sign` finds in it."""

    def setting(self, key: str) -> object:
        """What the site's configuration says of `key`; None where it says nothing."""

    def default(self, path: str, kind: Kind, key: str) -> object:
        """What the configuration puts into the front matter of the file at `path`, as the post has it,
        where the file says nothing of `key`; None for nothing."""


class Kind(enum.Enum):
    """What a file is to its blog."""

    POST = "post"
    DRAFT = "draft"
    PAGE = "page"
    PLAIN = "plain"
    """Markdown that no site makes a page of, such as a README: it needs no front matter."""


class Destination(NamedTuple):
    """Where a link, an image or raw HTML leads, whatever its scheme, absolute or relative."""

    text: str
    """As written; where Liquid or a line's end stands in it, as the page has it, with UNKNOWN for
    what only a build would tell."""
    span: Span
    owner: nodes.Node
    """The link, image, definition or raw HTML element that it stands in."""
    is_verbatim: bool
    """Whether `text` is what stands at `span`, so that a part of it has a place there."""

    def span_of(self, part: Span) -> Span:
        """The place in the file of `part` of `text`; all of the address where that cannot be told."""
        if not self.is_verbatim:
            return self.span
        return Span(self.span.start + part.start, self.span.start + part.end)


class Address(Destination):
    """A destination on the web (`http:`, `https:`)."""

    __slots__ = ()


_WEB = ("http://", "https://")
_LONGEST_SCHEME = max(map(len, _WEB))
_ADDRESS_ATTRIBUTES = ("href", "src", "poster", "data", "cite")
_WITH_DESTINATION = (nodes.HtmlElement, nodes.Link, nodes.Image, nodes.LinkDefinition)


class _Reaches(NamedTuple):
    """How far nodes of a kind reach, by where they begin."""

    spans: list[Span]
    starts: list[int]
    ends: list[int]
    """The farthest of each and those before it."""


_N = TypeVar("_N", bound=Node)
_O = TypeVar("_O", bound=Node)
_P = TypeVar("_P", bound=Node)


def _is_web(destination: str) -> bool:
    return destination[:_LONGEST_SCHEME].lower().startswith(_WEB)


_LIQUID = ("{{", "{%")


class Post:
    """A file's text with its front matter, its Liquid and the tree that the engine makes of it.

    `path` is the path to show, with `/` between its parts.
    """

    def __init__(self, path: str, kind: Kind, source: Source, home: Home) -> None:
        self.path = path
        self.kind = kind
        self.source = source
        self.home = home
        self.front_matter: FrontMatter | None
        self.front_matter, self.body_start = home.conventions.split(source.text)
        self._templates = home.conventions.templates
        self._of_kinds: dict[tuple[type[Node], ...], Sequence[Any]] = {}
        self._reaches_of: dict[type[Node], _Reaches] = {}

    @cached_property
    def has_liquid(self) -> bool:
        """Whether Liquid, or shortcodes, would be replaced in the body."""
        if not self.home.has_liquid(self.kind):
            return False
        if self._templates is not liquid or not any(sign in self.source.text for sign in _LIQUID):
            return True
        # `render_with_liquid?` in Jekyll's lib/jekyll/document.rb and convertible.rb
        key = "render_with_liquid"
        entry = self.front_matter.get(key) if self.front_matter else None
        value = entry.value if entry else self.home.default(self.path, self.kind, key)
        return value is not False

    @cached_property
    def liquid_regions(self) -> tuple[liquid.LiquidRegion, ...]:
        """The Liquid, or shortcodes, of the body; spans are offsets into it. It begins at `body_start`."""
        return tuple(self._templates.regions(self.body.text)) if self.has_liquid else ()

    @cached_property
    def body(self) -> Mapped:
        whole = Mapped.whole(self.source.text)
        if not self.body_start:
            return whole
        return whole.slice(self.body_start, len(self.source.text))

    @cached_property
    def document(self) -> nodes.Document:
        """The page as the engine makes it."""
        return self.home.engine(self.kind).parse(self.rendered)

    @cached_property
    def rendered(self) -> Mapped:
        """The body as Markdown gets to see it, with UNKNOWN for what only a build would tell."""
        if not self.has_liquid:
            return self.body
        regions = self.liquid_regions
        context = self.home.liquid_context(self.front_matter) if regions else None
        return self._templates.rendered(self.body, list(regions), context)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node of the page, in its order."""
        found: list[Node] = []
        waiting: list[Node] = [self.document]
        while waiting:  # as walk does, which would take half as long again
            node = waiting.pop()
            found.append(node)
            if node.children:
                waiting += node.children[::-1]
        return tuple(found)

    @cached_property
    def _by_kind(self) -> dict[type[Node], list[Node]]:
        found: dict[type[Node], list[Node]] = defaultdict(list)
        for node in self.nodes:
            found[type(node)].append(node)
        return found

    @overload
    def nodes_of(self, one: type[_N], /) -> Sequence[_N]: ...
    @overload
    def nodes_of(self, one: type[_N], other: type[_O], /) -> Sequence[_N | _O]: ...
    @overload
    def nodes_of(self, one: type[_N], other: type[_O], third: type[_P], /) -> Sequence[_N | _O | _P]: ...
    @overload
    def nodes_of(self, /, *kinds: type[Node]) -> Sequence[Node]: ...
    def nodes_of(self, /, *kinds: type[Node]) -> Sequence[Node]:
        """The nodes of these kinds, in the order of the page; the walk that finds them serves all rules."""
        found = self._of_kinds.get(kinds)
        if found is None:
            present = [kind for kind in kinds if kind in self._by_kind]
            if len(present) > 1:
                found = [node for node in self.nodes if type(node) in present]
            else:
                found = self._by_kind[present[0]] if present else ()
            self._of_kinds[kinds] = found
        return found

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Every address of the web; that of a link definition once, however many links use it."""
        return tuple([one for one in self.destinations if isinstance(one, Address)])

    @cached_property
    def destinations(self) -> tuple[Destination, ...]:
        """Every destination in the order of the page; that of a link definition once."""
        return tuple(self._destinations())

    def _destinations(self) -> Iterator[Destination]:
        for node in self.nodes_of(*_WITH_DESTINATION):
            if isinstance(node, nodes.HtmlElement):
                for name, span in node.attribute_spans.items():
                    if name in _ADDRESS_ATTRIBUTES:
                        yield self._destination(node.attributes[name], span, node)
            elif isinstance(node, nodes.LinkDefinition) or (
                isinstance(node, (nodes.Link, nodes.Image)) and node.kind is not nodes.LinkKind.REFERENCE
            ):
                yield self._destination(node.destination, node.destination_span, node)

    def _destination(self, destination: str, span: Span, owner: Node) -> Destination:
        written = self.source[span]
        is_verbatim = not ("\n" in written or "\r" in written or self.meets_liquid(span))
        make = Address if _is_web(destination) else Destination
        return make(written if is_verbatim else destination, span, owner, is_verbatim)

    def has_in_text(self, sign: re.Pattern[str]) -> bool:
        """Whether `sign` begins anywhere in what the page has as text."""
        places = [match.start() for match in sign.finditer(self.source.text, self.body_start)]
        return bool(places) and self.is_any_text(places)

    def is_any_text(self, places: Sequence[int]) -> bool:
        """Whether any of these offsets, which rise, stands in what the page has as text."""
        starts, ends, are_apart = self._texts
        if are_apart:
            return any((index := bisect_right(starts, place)) and place < ends[index - 1] for place in places)
        return any(
            (index := bisect_left(places, start)) < len(places) and places[index] < end
            for start, end in zip(starts, ends, strict=True)
        )

    @cached_property
    def _texts(self) -> tuple[list[int], list[int], bool]:
        """Where the texts begin and end, and whether each begins where the one before has ended: Liquid may
        show one place of the file several times."""
        spans = [node.span for node in self.nodes_of(nodes.Text)]
        starts, ends = [span.start for span in spans], [span.end for span in spans]
        return starts, ends, all(map(le, ends, starts[1:]))

    def encloses(self, kind: type[Node], span: Span) -> bool:
        """Whether `span` stands within a node of this kind, and is not all of it."""
        spans, starts, ends = self._reaches(kind)
        first, behind = bisect_left(starts, span.start), bisect_right(starts, span.start)
        if first and ends[first - 1] > span.start:
            return True
        return any(one != span and one.end > span.start for one in spans[first:behind])

    def _reaches(self, kind: type[Node]) -> _Reaches:
        found = self._reaches_of.get(kind)
        if found is None:
            spans = sorted(node.span for node in self.nodes_of(kind))
            ends = list(accumulate((span.end for span in spans), max))
            found = self._reaches_of[kind] = _Reaches(spans, [span.start for span in spans], ends)
        return found

    def meets_liquid(self, span: Span) -> bool:
        """Whether any of `span`, or the place between two characters where it is empty, is Liquid's."""
        before = bisect_left(self._liquid_starts, span.end - self.body_start)
        return before > 0 and self.liquid_regions[before - 1].span.end > span.start - self.body_start

    def liquid_at(self, offset: int) -> liquid.LiquidRegion | None:
        """The Liquid that the character at `offset` belongs to; None where it belongs to none."""
        index = bisect_right(self._liquid_starts, offset - self.body_start) - 1
        if index < 0 or self.liquid_regions[index].span.end <= offset - self.body_start:
            return None
        return self.liquid_regions[index]

    @cached_property
    def _liquid_starts(self) -> list[int]:
        return [region.span.start for region in self.liquid_regions]

    @cached_property
    def opaque_spans(self) -> tuple[Span, ...]:
        """Where no fix may edit, in order: code, Liquid, formulas, titles and alternative texts (which
        become attributes as they stand), and raw HTML but for its addresses."""
        html: list[Span] = []
        holes: list[Span] = []
        opaque = [
            Span(start + self.body_start, end + self.body_start)
            for region in self.liquid_regions
            for start, end in _eaten(region)
        ]
        opaque += (node.span for node in self.nodes_of(nodes.CodeSpan, nodes.Formula, nodes.HtmlComment))
        for code in self.nodes_of(nodes.CodeBlock):
            opaque += code.span, code.content_span
        for definition in self.nodes_of(nodes.LinkDefinition):
            opaque.append(Span(definition.destination_span.end, definition.span.end))
        for link in self.nodes_of(nodes.Link, nodes.Image):
            if link.kind is nodes.LinkKind.INLINE:
                opaque.append(Span(link.destination_span.end, link.span.end))
                if isinstance(link, nodes.Image):
                    opaque.append(link.text_span)
        for element in self.nodes_of(nodes.HtmlElement):
            html.append(element.span if element.raw else element.opening_span)
            spans = element.attribute_spans
            holes += (spans[name] for name in _ADDRESS_ATTRIBUTES if name in spans)
        html = list(_without(list(_merged(sorted(html))), sorted(holes)))
        return tuple(_merged(sorted(opaque + html)))

    def is_opaque(self, span: Span) -> bool:
        """Whether any of `span`, or the place between two characters where it is empty, is opaque."""
        if span.end <= self.body_start:
            return False  # and the engine need not be asked
        index = bisect_right(self.opaque_spans, span.start, key=lambda opaque: opaque.start) - 1
        if index >= 0 and self.opaque_spans[index].end > span.start:
            return self.opaque_spans[index].start < max(span.end, span.start)
        following = index + 1
        return following < len(self.opaque_spans) and self.opaque_spans[following].start < span.end


def _eaten(region: liquid.LiquidRegion) -> tuple[Span, ...]:
    """What of a region is Liquid: of `raw`, its two tags alone."""
    if region.kind is not liquid.LiquidKind.RAW:
        return (region.span,)
    return Span(region.span.start, region.content.start), Span(region.content.end, region.span.end)


def _merged(spans: list[Span]) -> Iterator[Span]:
    """Sorted spans, those that overlap or touch made one."""
    current: Span | None = None
    for span in spans:
        if current is None:
            current = span
        elif span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current


def _without(spans: list[Span], holes: list[Span]) -> Iterator[Span]:
    """Sorted, separate `spans` less the sorted `holes`."""
    remaining = iter(holes)
    hole = next(remaining, None)
    for start, end in spans:
        while hole is not None and hole.end <= start:
            hole = next(remaining, None)
        while hole is not None and hole.start < end:
            if start < hole.start:
                yield Span(start, hole.start)
            start = max(start, hole.end)
            if hole.end > end:
                break
            hole = next(remaining, None)
        if start < end:
            yield Span(start, end)
