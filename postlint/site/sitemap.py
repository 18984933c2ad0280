"""What stands where on a site, and where an address leads."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from postlint.named import NamedTuple
from postlint.patterns import lazy


class Leads(enum.Enum):
    """Where a link leads."""

    OUT = "out"
    """Away from the site."""
    PAGE = "page"
    """To a page or file of the site."""
    NOWHERE = "nowhere"
    """To the site, but to nothing that its sources make."""
    UNKNOWN = "unknown"
    """Only a build would tell."""


class Target(NamedTuple):
    """`path` is the source of the page or file that a link leads to, or, where it leads to nowhere, the path
    that it asks the server for, from the site's root and not escaped; neither is `fragment` escaped."""

    leads: Leads
    path: str = ""
    fragment: str = ""
    within: bool = True
    """Whether it leads below the site's `baseurl`, beside which the server may have other sites."""


_ROOTED = lazy(r"/(?![/\\])(?:(?!/\.)[^\s\\;])*\Z")
"""An address from the host's root that needs no more than to be taken apart."""

_FOLDERS = lazy(r"\A[^?#]*")
"""What stands before a query and a fragment: there, browsers read a backslash as `/` (URL Standard, in "path
state" and before)."""


_SLASHES = lazy(r"//+")
"""Servers take them for one (nginx: `merge_slashes`), as most of those of blogs do."""


def host_of(url: str) -> str:
    """The host, with its port, that an address names, in lower case; empty where it names none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # an address that is none, as with `[` in its host
        return ""


class SiteMap:
    """The files that a site's server has, each with the source that it is made of."""

    def __init__(
        self, url: str, baseurl: str, served: Mapping[str, str], own_hosts: Iterable[str] = ()
    ) -> None:
        """`url` and `baseurl` as the site configures them; `served` gives each file's source.

        `own_hosts` are others under which the same site is served.
        """
        self._base = (url if host_of(url) else "http://localhost").rstrip("/")
        self._prefix = baseurl.rstrip("/") if baseurl.startswith("/") else ""
        self._hosts = {host_of(self._base), *own_hosts}
        self._own = tuple(self._hosts)
        self._served = served

    def target(self, href: str, page: str) -> Target:
        """Where `href` leads from the page at the address `page`, from the site's own root."""
        if "\ufffc" in href:
            return Target(Leads.UNKNOWN)
        href = href.strip()
        if self._leads_out(href):
            return Target(Leads.OUT)
        if _ROOTED.match(href):
            # As most addresses of images: nothing has to be joined with the page's own.
            address, _, fragment = href.partition("#")
            return self._within(address.partition("?")[0], fragment)
        if "\\" in href:
            href = _FOLDERS.sub(lambda path: path[0].replace("\\", "/"), href, count=1)
        here = f"{self._base}{self._prefix}{page}"
        try:
            parts = urlsplit(f"{here}{href}" if href.startswith("#") else urljoin(here, href))
        except ValueError:  # an address that is none, as with `[` in its host
            return Target(Leads.OUT)
        if parts.scheme not in ("http", "https") or parts.netloc.lower() not in self._hosts:
            return Target(Leads.OUT)
        return self._within(parts.path, parts.fragment)

    def _within(self, escaped: str, fragment: str) -> Target:
        """Where a path from the root of the site's host leads, both as the address has them."""
        path = unquote_to_bytes(escaped).decode("utf-8", "surrogateescape")
        if "//" in path:
            path = _SLASHES.sub("/", path)
        source = self._source(path)
        if source is None:
            within = path.startswith(f"{self._prefix}/")
            return Target(Leads.NOWHERE, path[len(self._prefix) :] if within else path, within=within)
        return Target(Leads.PAGE, source, unquote(fragment))

    def _leads_out(self, href: str) -> bool:
        """Whether an address surely names another host: most do, and need not be taken apart."""
        scheme, colon, rest = href.partition("://")
        return bool(colon) and scheme in ("http", "https") and not rest.lower().startswith(self._own)

    def moved(self, address: str, host: str) -> str | None:
        """`address` with the site's present host, if its own is `host`."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or parts.netloc.lower() != host:
            return None
        present = urlsplit(self._base)
        return parts._replace(scheme=present.scheme, netloc=present.netloc).geturl()

    def _source(self, path: str) -> str | None:
        if path != self._prefix and not path.startswith(f"{self._prefix}/"):
            return None
        path = path[len(self._prefix) :] or "/"
        if path.endswith("/"):
            return self._served.get(f"{path}index.html")
        for candidate in (path, f"{path}.html", f"{path}/index.html"):
            if candidate in self._served:
                return self._served[candidate]
        return None
