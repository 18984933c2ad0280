"""The sites of a run's files, each predicted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from postlint.paths import absolute
from postlint.site.home import Site
from postlint.site.sites import SiteFinder

if TYPE_CHECKING:
    from postlint.site.blog import Blog, Page
    from postlint.site.index import SiteIndex, SiteProblem

Anchors = Callable[[Path], "frozenset[str] | None"]


def predicted(site: Site) -> SiteIndex | None:
    """The site as a build would make it now."""
    from datetime import UTC, datetime

    return site.index(datetime.now(UTC))


class Blogs:
    """Finds the page that a file becomes, and what it may be linked with.

    `anchors` gives those of the page that the file at a path becomes; `indexes`, by the folders of
    their configurations, are those of sites that another process has predicted already.
    """

    def __init__(
        self,
        sites: SiteFinder,
        anchors: Anchors,
        index_of: Callable[[Site], SiteIndex | None] = predicted,
        indexes: Mapping[Path, SiteIndex | None] | None = None,
    ) -> None:
        self._sites = sites
        self._anchors = anchors
        self._index_of = index_of
        self.indexes: dict[Path, SiteIndex | None] = dict(indexes or {})
        self._blogs: dict[Path, Blog | None] = {}

    def prepare(self, paths: Iterable[Path]) -> None:
        """Predicts the sites of all `paths`."""
        for path in paths:
            self.blog(path)

    def blog(self, path: Path) -> Blog | None:
        """The site of the file at `path`; None where it has none that can be predicted."""
        site = self._sites.site_of(path)
        root = site.root
        if root is None:
            return None
        if root not in self._blogs:
            self._blogs[root] = self._made(site, root)
        return self._blogs[root]

    def _made(self, site: Site, root: Path) -> Blog | None:
        if root not in self.indexes:
            self.indexes[root] = self._index_of(site)
        index = self.indexes[root]
        if index is None or index.problems:
            return None  # what the site would be is guesswork, and nothing can be said of it
        from postlint.site.blog import Blog

        sources = Path(index.root)
        return Blog(index, lambda path: self._anchors(sources / path), lambda: site.resolver)

    def page(self, path: Path) -> Page | None:
        """The page that the file at `path` becomes; None where nothing is known of its site."""
        blog = self.blog(path)
        if blog is None:
            return None
        from postlint.site.blog import Page

        try:
            within = absolute(path).relative_to(blog.sources)
        except ValueError:
            return None  # it is none of the site's sources
        return Page(within.as_posix(), blog)

    @property
    def problems(self) -> list[SiteProblem]:
        """What is wrong with the configurations of the sites so far."""
        return [problem for index in self.indexes.values() if index for problem in index.problems]
