"""What the linker needs of one file, so that it never reads the text: references, anchors, tags, keys."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.liquid import UNKNOWN, LiquidKind
from postlint.post.post import Post
from postlint.post.yaml_tree import Scalar, Sequence
from postlint.site.facts import anchors_of
from postlint.urls.naming import is_address


class ReferenceKind(enum.Enum):
    """What the page does with an address."""

    LINK = "link"
    IMAGE = "image"
    FILE = "file"
    """Anything else that the browser fetches: a video, a frame, a poster."""


class Reference(NamedTuple):
    """An address in a file, whatever its scheme. That of a definition is there once, if anything uses it."""

    kind: ReferenceKind
    address: str
    """As the page has it, with UNKNOWN for what only a build would tell."""
    span: Span
    """Its place in the file."""
    is_verbatim: bool
    """Whether `address` is what stands at `span`, so that it can be mended there."""
    is_shown: bool = False
    """Whether readers see the address itself: it stands between `<` and `>`, or bare in the text."""
    is_named: bool = False
    """Whether the text of the link is an address, which stays as it is when this one is mended."""


class Tag(NamedTuple):
    """A Liquid tag that names another file of the site: `post_url`, `link`, `include`."""

    name: str
    markup: str
    span: Span


class KeyValue(NamedTuple):
    """A text that stands for a key of the front matter, or one of the texts of its list."""

    key: str
    value: str
    span: Span


class PageFacts(NamedTuple):
    """What one file brings to its site."""

    references: tuple[Reference, ...] = ()
    tags: tuple[Tag, ...] = ()
    keys: tuple[KeyValue, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every id on the page, and the names of its anchors."""
    is_whole: bool = True
    """Whether nothing that only a build would tell, or another engine, can bring further anchors."""
    start: Span = Span(0, 0)
    """The file's first line: the place of what concerns the file as a whole."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every place that a finding about these facts may stand at."""
        references = (reference.span for reference in self.references)
        tags = (tag.span for tag in self.tags)
        return self.start, *references, *tags, *(key.span for key in self.keys)


LINKING_TAGS = frozenset({"post_url", "link", "include"})
_BRANCHES = frozenset({"if", "unless", "case", "for", "tablerow"})
"""Blocks that Liquid may never enter: what a tag in one of them names is not looked for then."""
_KEYS = frozenset({"layout", "tag", "tags", "category", "categories"})
_MOVE_IMAGES = frozenset({"img_path", "media_subpath"})
"""Keys that tell a theme where a page's images are (jekyll-theme-chirpy, `_includes/media-url.html`)."""
_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SPLIT = frozenset({"tags", "categories"})
_IN_ADDRESS = lazy(rf"(?:\]\(|\b(?:href|src)=[\"'])[^\s()<>\"']*{UNKNOWN}[^\s()<>\"']*")
_WORD = lazy(r"\S+")
_ATTRIBUTES = ("href", "src", "poster", "data")
_SHOWN = (nodes.LinkKind.AUTOLINK, nodes.LinkKind.BARE)
_KINDS = {"a": ReferenceKind.LINK, "area": ReferenceKind.LINK, "img": ReferenceKind.IMAGE}
_FETCHED = frozenset({"a", "area", "img", "video", "audio", "source", "iframe", "embed", "object"})
"""Elements that a reader misses where their address leads nowhere."""


def page_facts(post: Post) -> PageFacts:
    """The facts of a file, for which the engine makes its page."""
    return PageFacts(
        references=tuple(_references(post)),
        tags=tuple(_tags(post)),
        keys=tuple(_keys(post)),
        anchors=anchors_of(post.nodes),
        is_whole=_is_known(post.rendered.text) and post.home.conventions.knows_ids,
        start=post.source.line_span(1),
    )


def _is_known(rendered: str) -> bool:
    """Whether all is known of what Liquid brings to a page but for the addresses of links and images."""
    return UNKNOWN not in rendered or UNKNOWN not in _IN_ADDRESS.sub("", rendered)


def _references(post: Post) -> Iterator[Reference]:
    is_moved = post.front_matter is not None and any(
        entry.key in _MOVE_IMAGES for entry in post.front_matter.entries
    )
    for reference in _written(post):
        if is_moved and reference.kind is ReferenceKind.IMAGE and not _SCHEME.match(reference.address):
            yield reference._replace(address=UNKNOWN + reference.address)
        else:
            yield reference


def _written(post: Post) -> Iterator[Reference]:
    defined: set[Span] = set()
    for node in post.nodes_of(nodes.Link, nodes.Image, nodes.HtmlElement):
        if isinstance(node, (nodes.Link, nodes.Image)):
            if node.kind is nodes.LinkKind.REFERENCE:
                if node.destination_span in defined:
                    continue
                defined.add(node.destination_span)
            kind = ReferenceKind.LINK if isinstance(node, nodes.Link) else ReferenceKind.IMAGE
            is_shown = node.kind in _SHOWN
            is_named = kind is ReferenceKind.LINK and not is_shown and _is_named(node, node.destination)
            yield _reference(post, kind, node.destination, node.destination_span, is_shown, is_named)
        elif (name := node.name.lower()) in _FETCHED:
            kind = _KINDS.get(name, ReferenceKind.FILE)
            for attribute in _ATTRIBUTES:
                if attribute in node.attribute_spans:
                    address, span = node.attributes[attribute], node.attribute_spans[attribute]
                    is_named = name == "a" and _is_named(node, address)
                    yield _reference(post, kind, address, span, is_named=is_named)


def _is_named(link: nodes.Node, address: str) -> bool:
    return _SCHEME.match(address) is not None and is_address(link.text().strip())


def _reference(
    post: Post,
    kind: ReferenceKind,
    address: str,
    span: Span,
    is_shown: bool = False,
    is_named: bool = False,
) -> Reference:
    return Reference(kind, address, span, post.source[span] == address, is_shown, is_named)


def _tags(post: Post) -> Iterator[Tag]:
    depth = 0
    for region in post.liquid_regions:
        if region.name in _BRANCHES:
            depth += 1
        elif region.name.removeprefix("end") in _BRANCHES:
            depth -= 1
        elif region.kind is LiquidKind.TAG and region.name in LINKING_TAGS and depth <= 0:
            start, end = region.span
            markup = post.body.text[region.content.start : region.content.end].strip()
            yield Tag(region.name, markup, Span(start + post.body_start, end + post.body_start))


def _keys(post: Post) -> Iterator[KeyValue]:
    for entry in post.front_matter.entries if post.front_matter else ():
        if entry.key not in _KEYS:
            continue
        is_split = entry.key in _SPLIT and post.home.conventions.splits_tags
        if is_split and isinstance(entry.tree, Scalar) and not entry.tree.style:
            for word in _WORD.finditer(post.source.text, *entry.tree.span):
                yield KeyValue(entry.key, word[0], Span(*word.span()))
            continue
        trees = entry.tree.items if isinstance(entry.tree, Sequence) else (entry.tree,)
        for tree in trees:
            if isinstance(tree, Scalar) and isinstance(tree.value, str):
                yield KeyValue(entry.key, tree.value, tree.span)
