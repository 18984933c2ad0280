"""`ref` and `relref`: addresses of other pages, by their files (`hugolib/pagecollections.go`)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from postlint.post import nodes, shortcodes
from postlint.post.liquid import UNKNOWN, LiquidRegion
from postlint.post.mapped import Mapped
from postlint.site.hugo.content import PAGES

if TYPE_CHECKING:
    from postlint.site.hugo.pages import Document
    from postlint.site.hugo.site import HugoBlog

_NAMES = ("ref", "relref")


def resolve_references(
    page: nodes.Document, body: Mapped, found: Sequence[LiquidRegion], document: Document, blog: HugoBlog
) -> None:
    """Put the addresses that `ref` and `relref` stand for into the links of `page`."""
    known = {
        body.origin(region.span.start): address
        for region in found
        if region.name in _NAMES
        and (address := _address(shortcodes.arguments(body.text, region), region.name, document, blog))
    }
    if not known:
        return
    for node in page.walk():
        if isinstance(node, nodes.Link | nodes.Image) and UNKNOWN in node.destination:
            within = [offset for offset in sorted(known) if _is_within(offset, node)]
            if len(within) == node.destination.count(UNKNOWN):
                for offset in within:
                    node.destination = node.destination.replace(UNKNOWN, known[offset], 1)


def _is_within(offset: int, node: nodes.Link | nodes.Image) -> bool:
    return node.destination_span.start <= offset < node.destination_span.end


def _address(given: Mapping[str, str], name: str, document: Document, blog: HugoBlog) -> str | None:
    """The address of the page that is named; None where Hugo would end the build, or where nothing tells."""
    if given.get("outputformat"):
        return None
    path, hash_sign, fragment = (given.get("path") or given.get("0") or "").partition("#")
    if not path:
        return f"#{fragment}" if hash_sign else None
    language = given.get("lang") or document.entry.language
    named = _page(path, language, document, blog)
    if named is None:
        return None
    base = blog.config.baseurl if name == "relref" else blog.config.url + blog.config.baseurl
    return f"{base}{named.url}{hash_sign}{fragment}"


def _page(path: str, language: str, document: Document, blog: HugoBlog) -> Document | None:
    """The page at a path from the content's root, beside the page that names it, or by its name alone."""
    places = [path.strip("/")]
    if not path.startswith("/"):
        places.insert(0, posixpath.normpath(posixpath.join(document.entry.folder, path)))
    for place in places:
        if found := blog.places.get((language, _place(place))):
            return found
    named = () if "/" in path else blog.names.get((language, _place(path)), ())
    return named[0] if len(named) == 1 else None


def _place(path: str) -> str:
    stem, dot, extension = path.rpartition(".")
    path = stem if dot and extension in PAGES else path
    for name in ("/index", "/_index"):
        path = path.removesuffix(name)
    return path.lower()
