"""The predicted site as one record: small, without any text, the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from postlint.findings import Message, Text
from postlint.named import NamedTuple


class SiteProblem(NamedTuple):
    """What is wrong with a site's configuration, at a 1-based line of the file at `path`."""

    path: Path
    line: int
    message: Message


class PostRecord(NamedTuple):
    """A published post. `path` is relative to the site's sources, with `/` between its parts."""

    path: str
    url: str
    """From the site's own root, escaped, without the site's `baseurl`."""
    served: str
    """The file that the server has for it, not escaped."""
    day: str
    """As YYYY-MM-DD."""
    slug: str | None
    title: str


class Unpublished(NamedTuple):
    """A file that looks like a post and becomes no page."""

    path: str
    reason: Text
    slug: str
    served: str = ""
    """The file that the server would have, if it were published; empty where nothing tells."""
    is_kept_out: bool = False
    """Whether the configuration or its place keeps it out for good: then nobody ever reads it."""


class Collision(NamedTuple):
    """Sources that would all become the file `served`, of which the last one remains."""

    served: str
    paths: tuple[str, ...]


_NOTHING: Mapping[str, str] = MappingProxyType({})


class SiteIndex(NamedTuple):
    """What a site's server has, and what is made of which source."""

    root: str
    """The folder of the sources, absolute."""
    url: str = ""
    baseurl: str = ""
    former_hosts: tuple[str, ...] = ()
    """Hosts that once were the site's own."""
    own_hosts: tuple[str, ...] = ()
    """Hosts beside that of `url` under which the site is served."""
    pages: Mapping[str, str] = _NOTHING
    """The source of each served file that is made of one."""
    files: tuple[str, ...] = ()
    """Files that are served as they are, at the same path."""
    urls: Mapping[str, str] = _NOTHING
    """The address of each source that becomes a page, as `PostRecord.url`."""
    posts: tuple[PostRecord, ...] = ()
    """In the site's order."""
    tags: Mapping[str, int] = MappingProxyType({})
    """How many posts have each tag."""
    categories: Mapping[str, int] = MappingProxyType({})
    unpublished: tuple[Unpublished, ...] = ()
    collisions: tuple[Collision, ...] = ()
    layouts: tuple[str, ...] | None = None
    """The names of all layouts; None where a theme may have more."""
    includes: tuple[str, ...] | None = None
    """The files that a tag `include` can name; None where a theme or a plugin may have more."""
    template_ids: tuple[str, ...] = ()
    """The ids that the site's own templates bring to its pages."""
    made_ids: tuple[str, ...] = ()
    """Those of which only a build would tell some parts, with a `MADE` in the place of each."""
    loose_pages: tuple[str, ...] = ()
    """The sources of pages whose templates make whole ids of what only a build would tell."""
    has_theme: bool = False
    """Whether templates that lie elsewhere may bring more ids, layouts and files."""
    image_prefix: str | None = None
    """What a theme puts before the address of each image that has no scheme; None where none does."""
    generated: tuple[str, ...] = ()
    """Beginnings of served paths that plugins make."""
    has_generators: bool = False
    """Whether plugins may make pages of which the sources say nothing."""
    valid_until: float | None = None
    """When, in seconds since 1970, time alone will change the site: the next post's date."""
    problems: tuple[SiteProblem, ...] = ()
    folders: tuple[str, ...] = ()
    """The folders that were looked into, relative to `root` where they are below it, as in the next two."""
    heads: tuple[str, ...] = ()
    """The files of which the front matter was read, or looked for."""
    wholes: tuple[str, ...] = ()
    """The files that were read whole: the configuration, templates."""
