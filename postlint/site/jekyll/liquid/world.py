"""What a template finds in a Jekyll site: `site`, `page`, its filters, other posts and files.

Jekyll's lib/jekyll/drops/, filters/url_filters.rb, tags/post_url.rb and tags/link.rb.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

from postlint.post.front_matter import FrontMatter
from postlint.site.jekyll import urls
from postlint.site.jekyll.config import JekyllConfig
from postlint.site.jekyll.documents import Document
from postlint.site.jekyll.files import extension_of
from postlint.site.jekyll.liquid.template import Template, TemplateError
from postlint.site.jekyll.liquid.template import parse as parse_template
from postlint.site.jekyll.liquid.values import UNKNOWN_VALUE, Drop, LiquidValue
from postlint.site.jekyll.post_names import post_named
from postlint.site.jekyll.values import Value, is_true, of_mapping, to_s

_LONGEST_INCLUDE = 1_000_000
"""Bytes of a file that is still taken for a template."""

_ONLY_BUILT = frozenset(
    {
        *("time", "pages", "posts", "related_posts", "static_files", "html_pages", "html_files"),
        *("collections", "data", "documents", "categories", "tags", "github"),
    }
)
"""What Jekyll or GitHub puts below `site` beside the configuration."""
_OF_THE_BUILD = frozenset({"jekyll", "layout", "content", "paginator", "theme"})
_DERIVED = frozenset(
    {
        *("url", "path", "relative_path", "collection", "date", "id", "name", "title", "slug", "ext"),
        *("categories", "tags", "draft"),
    }
)
"""What a page has beside what its front matter says, or in place of it."""
_NOT_OF_A_PAGE = frozenset({"content", "output", "excerpt", "next", "previous"})


class SiteWorld:
    """What is the same for all pages of a site."""

    def __init__(self, config: JekyllConfig, posts: Sequence[Document], addresses: Mapping[str, str]) -> None:
        """`posts` in the order of their dates; `addresses` of every file that is on the site, by its path."""
        self.config = config
        self._posts = posts
        self._addresses = addresses
        self._templates: dict[Path, Template | None] = {}
        self._post_urls: dict[str, str | None] = {}

    def site(self, key: str) -> LiquidValue:
        if key in self.config.data:
            return _template_value(self.config.data[key])
        return UNKNOWN_VALUE if key in _ONLY_BUILT or key in self.config.collections else None

    def template(self, path: Path) -> Template | None:
        """A file to include, read once."""
        if path not in self._templates:
            self._templates[path] = _read(path)
        return self._templates[path]

    def relative_url(self, address: str) -> str:
        if urls.is_absolute(address):
            return address
        base = self.config.baseurl.removesuffix("/")
        return urls.normalized(_with_slash(base) + _with_slash(address))

    def absolute_url(self, address: str) -> str:
        if urls.is_absolute(address):
            return address
        relative = self.relative_url(address)
        return urls.normalized(self.config.url + relative) if self.config.url else relative

    def filter(self, name: str) -> Callable[[str], str] | None:
        """One of the site's own filters; None for any other."""
        match name:
            case "relative_url":
                return self.relative_url
            case "absolute_url":
                return self.absolute_url
        return None

    def post_url(self, name: str) -> str | None:
        if name not in self._post_urls:
            found = post_named(name, self._posts)
            self._post_urls[name] = self.relative_url(found.url) if found else None
        return self._post_urls[name]

    def link(self, path: str) -> str | None:
        address = self._addresses.get(path.removeprefix("/"))
        return None if address is None else self.relative_url(address)


def _with_slash(address: str) -> str:
    return address if not address or address.startswith("/") else f"/{address}"


def _read(path: Path) -> Template | None:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST_INCLUDE + 1)
        if len(content) > _LONGEST_INCLUDE:
            return None
        return parse_template(content.decode("utf-8-sig"))
    except (OSError, ValueError, TemplateError):
        return None


def _template_value(value: Value) -> LiquidValue:
    """The value of YAML that it is; `list` and `dict` hide that from the type checker."""
    return cast("LiquidValue", value)


class PageWorld:
    """What one page finds: the World of `rendering`."""

    def __init__(self, site: SiteWorld, page: Document) -> None:
        self._site = site
        self._page = page

    def variable(self, name: str) -> LiquidValue:
        if name == "site":
            return Drop(self._site.site)
        if name == "page":
            return Drop(self._page_value)
        return UNKNOWN_VALUE if name in _OF_THE_BUILD else None

    def _page_value(self, key: str) -> LiquidValue:
        page = self._page
        match key:
            case "url":
                return page.url
            case "path" | "relative_path":
                return page.entry.path
            case "collection":
                return page.entry.collection
            case "date":
                return page.date
            case "id":
                folder = page.url.rstrip("/").rpartition("/")[0]
                slug = page.data.get("slug")
                base = page.entry.path.rpartition("/")[2]
                return f"{folder}/{to_s(slug) if is_true(slug) else base.removesuffix(extension_of(base))}"
            case "name":
                return _template_value(page.data.get("name")) or page.entry.path.rpartition("/")[2]
        return UNKNOWN_VALUE if key in _NOT_OF_A_PAGE else _template_value(page.data.get(key))

    def filter(self, name: str) -> Callable[[str], str] | None:
        return self._site.filter(name)

    def include(self, name: str, *, relative: bool) -> Template | None:
        root = self._site.config.root
        folder = root / self._page.entry.path if relative else root / self._site.config.includes_dir
        return self._site.template((folder.parent if relative else folder) / name)

    def post_url(self, name: str) -> str | None:
        return self._site.post_url(name)

    def link(self, path: str) -> str | None:
        return self._site.link(path)


class LonePageWorld:
    """What a page finds that is read without the rest of its site: the configuration, and its own keys.

    What other files decide is unknown.
    """

    def __init__(self, config: JekyllConfig, front_matter: FrontMatter | None) -> None:
        self._site = SiteWorld(config, (), {})
        is_read = front_matter is not None and front_matter.error is None
        self._data = of_mapping(front_matter.mapping, config.zone) if front_matter and is_read else {}
        self._has_defaults = bool(config.defaults)

    def variable(self, name: str) -> LiquidValue:
        if name == "site":
            return Drop(self._site.site)
        if name == "page":
            return Drop(self._page_value)
        return UNKNOWN_VALUE if name in _OF_THE_BUILD else None

    def _page_value(self, key: str) -> LiquidValue:
        if key in _DERIVED or key in _NOT_OF_A_PAGE or (self._has_defaults and key not in self._data):
            return UNKNOWN_VALUE
        return _template_value(self._data.get(key))

    def filter(self, name: str) -> Callable[[str], str] | None:
        return self._site.filter(name)

    def include(self, name: str, *, relative: bool) -> Template | None:
        return None

    def post_url(self, name: str) -> str | None:
        return None

    def link(self, path: str) -> str | None:
        return None
