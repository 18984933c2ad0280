"""What rules may ask of the whole site: where an address leads, and what stands around a file."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from postlint.paths import absolute
from postlint.patterns import lazy
from postlint.post.liquid import UNKNOWN
from postlint.site.index import SiteIndex
from postlint.site.made_ids import may_become
from postlint.site.misses import Lost, Miss, Missed, Search
from postlint.site.page_facts import Reference, ReferenceKind, Tag
from postlint.site.sitemap import Leads, SiteMap, Target
from postlint.site.terms import Terms

Anchors = Callable[[str], frozenset[str] | None]
"""The anchors of the page that a source becomes; None where they cannot be known."""


class Resolver:
    """What only a site's engine knows of the tags in its posts."""

    def resolves(self, tag: Tag, index: SiteIndex) -> bool | None:
        """Whether the file that `tag` names is on the site; None where that cannot be told."""
        return None


class Blog:
    """A site, by its index. `anchors` is asked for those of other pages."""

    def __init__(self, index: SiteIndex, anchors: Anchors, resolver: Callable[[], Resolver]) -> None:
        self.index = index
        self.anchors = anchors
        self._resolver = resolver

    @cached_property
    def sources(self) -> Path:
        """The folder of the site's sources."""
        return absolute(Path(self.index.root))

    @cached_property
    def _served(self) -> Mapping[str, str]:
        return {**{path: path.lstrip("/") for path in self.index.files}, **self.index.pages}

    @cached_property
    def _map(self) -> SiteMap:
        return SiteMap(self.index.url, self.index.baseurl, self._served, self.index.own_hosts)

    def url_of(self, path: str) -> str | None:
        """The address of the page that the source at `path` becomes."""
        return self.index.urls.get(path)

    @cached_property
    def days(self) -> Mapping[str, str]:
        """The day of each post (YYYY-MM-DD), by its source."""
        return {post.path: post.day for post in self.index.posts}

    def collision(self, path: str) -> tuple[str, ...]:
        """The other sources that would become the same file."""
        paths = self._collisions.get(path, ())
        return tuple(other for other in paths if other != path)

    @cached_property
    def _collisions(self) -> Mapping[str, tuple[str, ...]]:
        return {path: one.paths for one in self.index.collisions for path in one.paths}

    @cached_property
    def terms(self) -> Terms:
        """How the posts write their tags and categories."""
        return Terms(self.index.tags, self.index.categories)

    @cached_property
    def search(self) -> Search:
        """Who knows what an address meant that leads nowhere."""
        return Search(self.index, self._served)

    def resolves(self, tag: Tag) -> bool | None:
        return self._resolver().resolves(tag, self.index)

    @cached_property
    def _readable(self) -> frozenset[str]:
        """The sources that become a page, now or when their time has come."""
        waiting = (one.path for one in self.index.unpublished if not one.is_kept_out)
        return frozenset((*self.index.urls, *waiting))

    def target(self, address: str, path: str) -> Target:
        """Where `address` leads from the page that the source at `path` becomes."""
        url = self.index.urls.get(path)
        if url is None and address.startswith("#") and UNKNOWN not in address:
            return Target(Leads.PAGE, path, unquote(address[1:]))
        if url is None and (_is_relative(address) or path not in self._readable):
            return Target(Leads.UNKNOWN)
        return self._map.target(address, url or "/")

    def at_former_host(self, address: str, host: str, others: Sequence[str]) -> Target | None:
        """Where `address` would lead at the site's present host; None if its own `host` is no earlier one.

        `others` are earlier hosts that the site's files do not tell of.
        """
        if host not in self.index.former_hosts and host not in others:
            return None
        moved = self._map.moved(address, host)
        return self._map.target(moved, "/") if moved is not None else None

    def may_bring(self, anchor: str, path: str) -> bool:
        """Whether the templates of the page that the source at `path` becomes may bring an anchor."""
        return (
            anchor in self._template_ids
            or path in self._loose_pages
            or any(may_become(made, anchor) for made in self.index.made_ids)
        )

    @cached_property
    def _template_ids(self) -> frozenset[str]:
        return frozenset(self.index.template_ids)

    @cached_property
    def _loose_pages(self) -> frozenset[str]:
        return frozenset(self.index.loose_pages)


class Page:
    """One file of a site, as the linker sees it: its facts, and the site around it."""

    def __init__(self, path: str, blog: Blog) -> None:
        self.path = path
        """Relative to the site's sources, with `/` between its parts."""
        self.blog = blog
        self._targets: dict[str, Target] = {}

    def target(self, reference: Reference) -> Target:
        """Where a reference leads."""
        address = self._address(reference)
        if address not in self._targets:
            self._targets[address] = self.blog.target(address, self.path)
        return self._targets[address]

    def _address(self, reference: Reference) -> str:
        """The address as the page has it once the theme has been at it."""
        prefix, address = self.blog.index.image_prefix, reference.address
        if prefix is None or not address or reference.kind is not ReferenceKind.IMAGE:
            return address
        if _SCHEME.match(address) or address.startswith(("//", UNKNOWN)):
            return address
        return f"{prefix}/{address.lstrip('/')}"

    def lost(self, references: Iterable[Reference]) -> Iterator[Lost]:
        """Those of `references` that lead to the site, but nowhere in it."""
        for reference in references:
            if (missed := self._missed(reference)) is not None:
                yield Lost(reference, missed)

    def _missed(self, reference: Reference) -> Missed | None:
        target = self.target(reference)
        if target.leads is not Leads.NOWHERE:
            return None
        missed = self.blog.search.missed(target, reference)
        if missed.miss in (Miss.FILE, Miss.PAGE) and self._may_mean_source(reference.address):
            return missed._replace(miss=Miss.UNSURE)
        if self._address(reference) != reference.address:
            # The theme puts the site's base before what is written.
            return missed._replace(meant=missed.meant.removeprefix(self.blog.index.baseurl.rstrip("/")))
        return missed

    def _may_mean_source(self, address: str) -> bool:
        """Whether a plugin may make an address of this one, which names a file of the sources by its place.

        jekyll-relative-links, which GitHub Pages always has, does so for Markdown; others bring along
        what lies beside a post.
        """
        path = unquote(address.partition("#")[0].partition("?")[0])
        folder = "" if path.startswith("/") else posixpath.dirname(self.path)
        source = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        if source in self.blog.index.urls:
            return source.endswith((".md", ".markdown"))
        return self.blog.index.has_generators and self.blog.search.is_unpublished(source)


def _is_relative(address: str) -> bool:
    return not address.startswith("/") and not _SCHEME.match(address)


_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:")
