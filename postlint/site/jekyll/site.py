"""A whole blog as Jekyll will make it: what becomes of each file, and what is on each post's page."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from postlint.paths import beginning_of
from postlint.post import liquid
from postlint.post.front_matter import split
from postlint.post.mapped import Mapped, Piece
from postlint.post.post import Engine, Kind
from postlint.post.source import Source
from postlint.site.facts import PostFacts, body_facts
from postlint.site.jekyll import urls
from postlint.site.jekyll.config import read
from postlint.site.jekyll.documents import Document, DocumentReader, LeftOutError
from postlint.site.jekyll.files import Entry, Role, extension_of, source_files
from postlint.site.jekyll.home import JekyllSite
from postlint.site.jekyll.reasons import Reason
from postlint.site.jekyll.values import Value, flat, is_true, to_s
from postlint.site.served import ServedFiles
from postlint.site.sitemap import SiteMap

if TYPE_CHECKING:
    from postlint.site.jekyll.liquid.world import SiteWorld

LONGEST = 16 * 1024 * 1024
"""Bytes of a file that is still read."""

_YAML = (".yaml", ".yml")
_REDIRECTS = "jekyll-redirect-from"


class JekyllBlog(ServedFiles):
    """What Jekyll would make of the blog in the folder `root` at the moment `now`.

    Only names and front matter are read at first, a post's text when its facts are asked for.
    """

    def __init__(self, root: Path, now: datetime) -> None:
        super().__init__()
        self.root = root
        self.config = read(root, now)
        self._reader = DocumentReader(self.config, now)
        self._documents: list[Document] = []
        found = source_files(self.config)
        self.ignored: dict[str, Reason] = dict(found.left)
        """Files below some `_posts` of which Jekyll makes no page, by their path, and why."""
        self.drafts: dict[str, Reason] = dict(found.drafts)
        """The same of files below some `_drafts`."""
        self.would_serve: dict[str, str] = {}
        """The file that the server would have of a post that is not published, by the post's path."""
        self.layouts: dict[str, str] = {}
        """The layout that each page and document names, or that its defaults name."""
        self.next_change: float | None = None
        """When, in seconds since 1970, the first post of the future will be published."""
        self.folders = found.folders
        """The folders that were looked into."""
        with_heads = (entry.path for entry in found.entries if entry.role is not Role.STATIC)
        self.opened = tuple(dict.fromkeys((*found.opened, *with_heads)))
        """The files of which the front matter was read, or looked for."""
        for role in (Role.PAGE, Role.STATIC, Role.DOCUMENT, Role.POST, Role.DRAFT):
            self._take(entry for entry in found.entries if entry.role is role)
        self._limit()
        for document in self._documents:
            self._serve(document)

    @cached_property
    def posts(self) -> tuple[Document, ...]:
        """The published posts in Jekyll's order: by date, and by path at the same moment."""
        posts = (one for one in self._documents if one.entry.collection == "posts")
        return tuple(sorted(posts, key=lambda one: (one.date.timestamp(), one.entry.path)))

    @cached_property
    def map(self) -> SiteMap:
        return SiteMap(self.config.url, self.config.baseurl, self._served)

    def _take(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            try:
                self._take_one(entry)
            except LeftOutError as left:
                if left.due is not None:
                    self.next_change = min(left.due, self.next_change or left.due)
                if left.served:
                    self.would_serve[entry.path] = left.served
                if entry.role is Role.POST:
                    self.ignored[entry.path] = left.reason
                elif entry.role is Role.DRAFT:
                    self.drafts[entry.path] = left.reason

    def _take_one(self, entry: Entry) -> None:
        if entry.role is Role.STATIC:
            self._put(entry.path, *self._reader.static(entry))
            return
        front_matter = split(self._text(entry))[0]
        if entry.role is Role.PAGE:
            page = self._reader.page(entry, front_matter)
            self._put(entry.path, page.url, page.served)
            self.layouts[entry.path] = page.layout
            return
        modified = self._modified(entry) if entry.role is Role.DRAFT else 0.0
        document = self._reader.document(entry, front_matter, modified)
        self._documents.append(document)
        self.layouts[entry.path] = to_s(document.data.get("layout"))

    def _modified(self, entry: Entry) -> float:
        try:
            return (self.config.root / entry.path).stat().st_mtime
        except OSError:
            return 0.0

    def _text(self, entry: Entry) -> str:
        """The file's text. Raises LeftOutError."""
        if entry.role in (Role.POST, Role.DRAFT) and extension_of(entry.path) in _YAML:
            raise LeftOutError(Reason.DATA)
        try:
            content = beginning_of(self.config.root / entry.path, LONGEST + 1)
        except OSError as error:
            raise LeftOutError(Reason.UNREADABLE) from error
        if len(content) > LONGEST:
            raise LeftOutError(Reason.UNREADABLE)
        try:
            return content.removeprefix(codecs.BOM_UTF8).decode()
        except UnicodeDecodeError as error:
            raise LeftOutError(Reason.NOT_UTF8) from error

    def _limit(self) -> None:
        """Leaves out all but the newest posts, where the site wants so many only."""
        limit = self.config.limit_posts
        if not limit:
            return
        older = self.posts[:-limit]
        del self.posts  # it is another list without them
        for document in older:
            self._documents.remove(document)
            left = self.drafts if document.entry.role is Role.DRAFT else self.ignored
            left[document.entry.path] = Reason.LIMIT

    def _serve(self, document: Document) -> None:
        path, settings = document.entry.path, self.config.collections.get(document.entry.collection, {})
        if document.entry.collection == "posts" or is_true(settings.get("output", False)):
            self._put(path, document.url, document.served)
        if self._has_redirects:
            for address in _texts(document.data.get("redirect_from")):
                served = urls.served(urls.sanitized(address))
                if address.endswith("/"):
                    served = f"{served.rstrip('/')}/index"
                self._served.setdefault(served if served.endswith(".html") else f"{served}.html", path)

    @cached_property
    def _has_redirects(self) -> bool:
        plugins = (self.config.data.get(key) for key in ("plugins", "gems", "whitelist"))
        return any(_REDIRECTS in _texts(one) for one in plugins)

    # What is on a page

    def facts(self, document: Document) -> PostFacts:
        """The facts of a published post, for which its text is read.

        Raises LeftOutError if it cannot be read any more.
        """
        source = Source(self._text(document.entry))
        body_start = split(source.text)[1]
        body = Mapped.whole(source.text).derive([Piece(body_start, len(source.text))])
        page = self._engine(document).parse(self._rendered(document, body))
        return PostFacts(
            path=document.entry.path,
            url=document.url,
            served=document.served,
            date=document.date.date().isoformat(),
            title=document.title,
            tags=document.tags,
            categories=document.categories,
            body=body_facts(page, source),
        )

    def _rendered(self, document: Document, body: Mapped) -> Mapped:
        if document.data.get("render_with_liquid") is False:
            return body
        regions = liquid.regions(body.text)
        if not regions:
            return body
        from postlint.site.jekyll.liquid.rendering import PageRenderer
        from postlint.site.jekyll.liquid.world import PageWorld

        return liquid.rendered(body, regions, PageRenderer(PageWorld(self._world, document)))

    @cached_property
    def _world(self) -> SiteWorld:
        from postlint.site.jekyll.liquid.world import SiteWorld  # where a page has Liquid only

        return SiteWorld(self.config, self.posts, self._addresses)

    def _engine(self, document: Document) -> Engine:
        extension = extension_of(document.entry.path).lower()
        if extension in self.config.markdown_extensions:
            return self._markdown
        from postlint.site.html import HtmlPage  # few posts are HTML

        return HtmlPage()

    @cached_property
    def _markdown(self) -> Engine:
        return JekyllSite(self.root).engine(Kind.POST)


def _texts(value: Value) -> Iterator[str]:
    for one in flat([value]):
        if isinstance(one, str):
            yield to_s(one)
