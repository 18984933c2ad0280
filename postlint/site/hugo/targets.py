"""Where a page stands on the server (`resources/page/page_paths.go`)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from postlint.named import NamedTuple
from postlint.site.hugo.paths import escaped, joined

_INDEX = "index"
_SUFFIX = ".html"


class Target(NamedTuple):
    """All are from the site's root, without the path of its `baseURL`."""

    url: str
    """The address, escaped."""
    served: str
    """The file, not escaped."""
    folder: str
    """Where the files that belong to the page are put; without a slash at its end."""


class Naming(NamedTuple):
    """What of a page decides where it stands."""

    is_page: bool
    """Whether it is a page of its own; otherwise it lists others."""
    sections: Sequence[str] = ()
    folder: str = ""
    """The folder of its file, below the content; that around it for a bundle."""
    name: str = ""
    """Its slug, or else the name of its file."""
    url: str = ""
    """The `url` of its front matter."""
    permalink: str = ""
    """What the configured permalink makes of it; empty where there is none."""
    language: str = ""
    """What its path begins with in a site of several languages."""
    is_ugly: bool = False
    is_in_folder: bool = False
    """Whether a list stands in its folder even so."""
    is_of_today: bool = False
    """Whether Hugo takes the `url` of a list as it is written."""
    escapes_hashes: bool = False
    is_folder_of_files: bool = False
    """Whether what belongs to a page whose `url` names a file is put into a folder of that name."""


def target(naming: Naming, sanitize: Callable[[str], str]) -> Target:
    """The place of a page; `sanitize` makes a path as the configuration wants it."""
    if naming.url and (naming.is_page or naming.sections):
        path, link, folder = _of_url(naming)
    elif naming.is_page:
        path, link, folder = _of_page(naming)
    else:
        path, link, folder = _of_list(naming)
    path = joined("/", path)
    folder = joined("/", folder).removesuffix("/")
    link = "/" + link.strip("/") + ("/" if link.endswith("/") and link.strip("/") else "")
    if not (naming.url and (naming.is_page or naming.is_of_today)):
        path, link, folder = sanitize(path), sanitize(link), sanitize(folder)
    if naming.escapes_hashes:
        link = link.replace("#", "%23")
    return Target(escaped(link) or "/", path, folder)


def _of_url(naming: Naming) -> tuple[str, str, str]:
    path = joined("/", naming.url)
    link = folder = path
    has_slash, has_dot = naming.url.endswith("/"), "." in naming.url
    if has_slash or not has_dot:
        path = joined(path, _INDEX + _SUFFIX)
    else:
        is_index = posixpath.basename(folder).startswith(_INDEX + ".")
        is_beside = is_index or not naming.is_folder_of_files
        folder = posixpath.dirname(folder) if is_beside else posixpath.splitext(folder)[0]
    if not path.endswith("/index.html"):
        link = path
    elif not has_slash:
        link += "/"
    if naming.language and not naming.url.startswith("/"):
        path, link, folder = (joined(naming.language, one) for one in (path, link, folder))
    return path, link, folder


def _of_page(naming: Naming) -> tuple[str, str, str]:
    is_index = naming.name == _INDEX
    path = joined("/", naming.permalink) if naming.permalink else joined("/", naming.folder, naming.name)
    link = path.removesuffix(naming.name) if is_index else path
    folder = link
    link += "/"
    if naming.is_ugly or (is_index and not naming.permalink):
        path = path.strip("/") + _SUFFIX
    else:
        path = joined(path, _INDEX + _SUFFIX)
    if not path.endswith("/index.html"):
        link = path
    if naming.language:
        path, link, folder = (joined(naming.language, one) for one in (path, link, folder))
    return path, link, folder


def _of_list(naming: Naming) -> tuple[str, str, str]:
    path = joined("/", naming.permalink) if naming.permalink else joined("/", *naming.sections)
    link = folder = path
    if naming.is_ugly and naming.is_in_folder:
        path = link = joined(path, _INDEX + _SUFFIX)
    elif naming.sections and naming.is_ugly:
        path = link = path.strip("/") + _SUFFIX
    else:
        path = joined(path, _INDEX + _SUFFIX)
        link += "/"
    if naming.language:
        path, link, folder = (joined(naming.language, one) for one in (path, link, folder))
    return path, link, folder


def served_at(address: str) -> str:
    """The file, not escaped, that an escaped address of this site asks for."""
    path = unquote(address.partition("#")[0].partition("?")[0], errors="surrogateescape")
    return f"{path}{_INDEX}{_SUFFIX}" if path.endswith("/") else path


def alias(address: str, folder: str, *, is_ugly: bool, home: str = "") -> str | None:
    """The file of a page's alias (`hugolib/alias.go`), an absolute one below `home`; None for one that
    Hugo refuses."""
    if not address:
        return None
    path = joined("/", home, address) if address.startswith("/") else joined(folder, "..", address)
    path = posixpath.normpath(path)
    if is_ugly and not path.endswith(_SUFFIX):
        path += _SUFFIX
    if path in ("/", ".") or path.startswith(".."):
        return None
    path = path.lstrip("/")
    return f"/{path}" if path.endswith(_SUFFIX) else f"/{path}/{_INDEX}{_SUFFIX}"
