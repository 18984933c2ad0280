"""What an address meant that leads nowhere on its site."""

from __future__ import annotations

import enum
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import PurePath
from urllib.parse import quote

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.site.index import PostRecord, SiteIndex, Unpublished
from postlint.site.likeness import Names
from postlint.site.page_facts import Reference, ReferenceKind
from postlint.site.sitemap import Target


class Miss(enum.Enum):
    """Why nothing is where an address leads."""

    CASE = "case"
    """A file whose name differs in case only."""
    NORMALIZATION = "normalization"
    """A file whose name is composed of other code points that look the same."""
    UNPUBLISHED = "unpublished"
    PAGE = "page"
    FILE = "file"
    UNSURE = "unsure"
    """Another site on the same host, a plugin or a theme may have it."""


class Missed(NamedTuple):
    """What is known of an address that leads nowhere."""

    miss: Miss
    path: str
    """The path below the site's root that it asks for, not escaped."""
    meant: str = ""
    """The address, escaped, from the site's root, that is certainly meant; empty where none is."""
    near: PostRecord | None = None
    """The post that was most likely meant."""
    unpublished: Unpublished | None = None


class Lost(NamedTuple):
    """A reference that leads to the site, but nowhere in it, and what is known of that."""

    reference: Reference
    missed: Missed


_PAGE_SUFFIX = lazy(r"\.(?:html?|md|markdown)$")
_FILE_SUFFIX = lazy(r"\.[A-Za-z0-9]{1,5}$")
_DATED = lazy(r"/\d{4}/\d{1,2}/")
_STYLE = lazy(r"\.(?:css|js|map|woff2?|ttf|eot|xml|json|ico|webmanifest)$")
"""What themes and plugins bring along."""
_MADE_BY_GITHUB = (".md", ".markdown", "/index.md", "/index.markdown", "/README.md", "/readme.md")
"""Files without front matter of which GitHub Pages makes a page: by jekyll-optional-front-matter, and, of a
folder that has no other, by jekyll-readme-index."""
_HAS_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_DATE = lazy(r"/(\d{4})/(\d\d)/(\d\d)/")


class Search:
    """Searches a site for what was meant. `served` has the source of each file of the server."""

    def __init__(self, index: SiteIndex, served: Mapping[str, str]) -> None:
        self._index = index
        self._served = served
        self._missed: dict[tuple[Target, bool, bool], Missed] = {}

    def missed(self, target: Target, reference: Reference) -> Missed:
        """What is known of `target`, which leads nowhere, and which is that of `reference`."""
        wants_file = reference.kind is not ReferenceKind.LINK or _is_file(target.path)
        # Nobody shows an image of another project without naming the host.
        is_own = reference.kind is ReferenceKind.IMAGE and not _HAS_SCHEME.match(reference.address)
        key = (target, wants_file, is_own)
        if key not in self._missed:
            self._missed[key] = self._search(*key) if target.within else self._beside(target.path, wants_file)
        return self._missed[key]

    def _beside(self, path: str, wants_file: bool) -> Missed:
        """An address that leaves out the site's `baseurl`: sure only if the site has just that path."""
        found = [form for form in _forms(path) if form in self._served]
        if not found:
            return Missed(Miss.UNSURE, path)
        return Missed(Miss.FILE if wants_file else Miss.PAGE, path, meant=self._address(found[0]))

    def _search(self, target: Target, wants_file: bool, is_own: bool) -> Missed:
        path = target.path
        for miss, fold, table in (
            (Miss.NORMALIZATION, _composed, self._by_form),
            (Miss.CASE, _folded, self._by_case),
        ):
            found = {one for form in _forms(path) for one in table.get(fold(form), ())}
            if found:
                meant = self._address(found.pop()) if len(found) == 1 else ""
                return Missed(miss, path, meant)
        for form in _forms(path):
            if (unpublished := self._unpublished.get(form)) is not None:
                return Missed(Miss.UNPUBLISHED, path, unpublished=unpublished)
        if wants_file:
            sure = not self._may_be_made(path) and (is_own or not self._may_be_elsewhere(path))
            return Missed(Miss.FILE if sure else Miss.UNSURE, path)
        return self._page(path)

    def _page(self, path: str) -> Missed:
        if self._may_be_made(path):
            return Missed(Miss.UNSURE, path)
        slug = _slug(path)
        same = self._by_slug.get(slug, ()) if slug else ()
        if len(same) == 1:
            return Missed(Miss.PAGE, path, meant=self._with_base(same[0].url), near=same[0])
        hidden = self._unpublished_by_slug.get(slug, ()) if slug else ()
        if not same and len(hidden) == 1:
            return Missed(Miss.UNPUBLISHED, path, unpublished=hidden[0])
        near = same[0] if same else self._nearest(slug, path)
        if near is None and self._may_be_elsewhere(path):
            return Missed(Miss.UNSURE, path)
        return Missed(Miss.PAGE, path, near=near)

    @cached_property
    def _unpublished(self) -> Mapping[str, Unpublished]:
        return {one.served: one for one in self._index.unpublished if one.served}

    def is_unpublished(self, path: str) -> bool:
        """Whether the source at `path` lies among posts and becomes no page."""
        return path in self._unpublished_paths

    @cached_property
    def _unpublished_paths(self) -> frozenset[str]:
        return frozenset(one.path for one in self._index.unpublished)

    @cached_property
    def _unpublished_by_slug(self) -> Mapping[str, list[Unpublished]]:
        by_slug: dict[str, list[Unpublished]] = defaultdict(list)
        for one in self._index.unpublished:
            by_slug[_slugged(one.slug)].append(one)
        return by_slug

    def _may_be_made(self, path: str) -> bool:
        """Whether a plugin, a theme or GitHub Pages may make what is at `path`."""
        if any(path.startswith(one) for one in self._index.generated):
            return True
        if self._index.has_theme and (_STYLE.search(path) or self._may_be_of_theme(path)):
            return True
        page = path.removesuffix(".html").removesuffix("/index").removesuffix("/")
        return any(f"{page}{end}" in self._served for end in _MADE_BY_GITHUB)

    def _may_be_elsewhere(self, path: str) -> bool:
        """Whether another project's site on the same host may have what is at `path`."""
        first, slash, rest = path.lstrip("/").partition("/")
        if not slash and not self._index.baseurl.strip("/") and not _PAGE_SUFFIX.search(path):
            return not _is_file(path)
        if not slash:
            return self._index.has_generators and not _is_file(path)
        if first in self._first_segments or _DATED.search(f"/{rest}"):
            return self._index.has_generators and not _is_file(path)
        return not self._index.baseurl.strip("/")

    def _may_be_of_theme(self, path: str) -> bool:
        """Whether `path` is below `assets`, where themes bring files, in a folder that the site has not."""
        return path.startswith("/assets/") and path.rpartition("/")[0] not in self._folders

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(path.rpartition("/")[0] for path in self._served)

    @cached_property
    def _first_segments(self) -> frozenset[str]:
        return frozenset(path.split("/", 2)[1] for path in self._served if path.count("/") > 1)

    @cached_property
    def _by_slug(self) -> Mapping[str, list[PostRecord]]:
        by_slug: dict[str, list[PostRecord]] = defaultdict(list)
        for post in self._index.posts:
            for slug in {_slug(post.served), _slugged(post.slug or "")} - {""}:
                by_slug[slug].append(post)
        return by_slug

    def _nearest(self, slug: str, path: str) -> PostRecord | None:
        """The post whose slug, date or title is most like what `path` asks for."""
        dated = _DATE.search(path)
        on_day = self._by_day.get("-".join(dated.groups()), ()) if dated else ()
        if len(on_day) == 1:
            return on_day[0]
        near = self._names.nearest(slug) if slug else None
        return self._by_name[near] if near else None

    @cached_property
    def _by_day(self) -> Mapping[str, list[PostRecord]]:
        by_day: dict[str, list[PostRecord]] = defaultdict(list)
        for post in self._index.posts:
            by_day[post.day].append(post)
        return by_day

    @cached_property
    def _by_name(self) -> Mapping[str, PostRecord]:
        by_slug = {_slug(post.served): post for post in self._index.posts}
        return {**{_slugged(post.title): post for post in self._index.posts if post.title}, **by_slug}

    @cached_property
    def _names(self) -> Names:
        return Names(self._by_name)

    @cached_property
    def _by_form(self) -> Mapping[str, list[str]]:
        return _table(self._served, _composed)

    @cached_property
    def _by_case(self) -> Mapping[str, list[str]]:
        return _table(self._served, _folded)

    def _address(self, served: str) -> str:
        """The address, with the site's base, of a file that the server has."""
        url = self._index.urls.get(self._served[served])
        return self._with_base(url or quote(served.removesuffix("index.html"), safe=_UNESCAPED))

    def _with_base(self, url: str) -> str:
        base = self._index.baseurl.rstrip("/")
        return (base if base.startswith("/") else "") + url


_UNESCAPED = "/!$&'()*+,;=:@~-._"
"""What may stand in a path (RFC 3986, 3.3)."""


def _is_file(path: str) -> bool:
    """Whether a path names a file rather than a page, by its extension."""
    name = PurePath(path.rstrip("/")).name if not path.endswith("/") else ""
    return bool(_FILE_SUFFIX.search(name)) and not _PAGE_SUFFIX.search(name)


def _forms(path: str) -> tuple[str, ...]:
    """The files that a server would try for `path`, as SiteMap does."""
    if path.endswith("/"):
        return (f"{path}index.html",)
    return (path, f"{path}.html", f"{path}/index.html")


def _slug(path: str) -> str:
    """The last part of a path that names something, without its extension, as slugs are compared."""
    parts = [part for part in path.split("/") if part and part != "index.html"]
    return _slugged(_PAGE_SUFFIX.sub("", parts[-1])) if parts else ""


def _slugged(text: str) -> str:
    """`text` as slugs are compared: composed, in one case, its spaces as hyphens."""
    return unicodedata.normalize("NFC", text).casefold().strip().replace(" ", "-")


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _folded(path: str) -> str:
    return _composed(path).casefold()


def _table(paths: Iterable[str], fold: Callable[[str], str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        table[fold(path)].append(path)
    return table
