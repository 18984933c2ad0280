"""The index of a blog that Jekyll makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePath

from postlint.site.index import Collision, PostRecord, SiteIndex, Unpublished
from postlint.site.jekyll import CONFIG_NAMES, theme
from postlint.site.jekyll.files import name_of
from postlint.site.jekyll.reasons import TEXTS, Reason
from postlint.site.jekyll.site import JekyllBlog
from postlint.site.jekyll.template_ids import template_ids
from postlint.site.sitemap import host_of
from postlint.urls.address import is_local

_KEPT_OUT = frozenset({Reason.EXCLUDED, Reason.HIDDEN, Reason.FOLDER, Reason.DATA, Reason.LIMIT})


def index_of(blog: JekyllBlog) -> SiteIndex:
    """All that rules ask of the blog, without its texts."""
    config = blog.config
    statics = {served for served, source in blog.sources.items() if served == f"/{source}"}
    pages = {served: source for served, source in blog.sources.items() if served not in statics}
    sources = set(pages.values())
    own_hosts, former_hosts = _hosts(blog)
    folders, files = theme.looked_at(config)
    generated, has_generators = theme.generated(config)
    ids = template_ids(*theme.template_folders(config))
    return SiteIndex(
        root=str(config.root),
        url=config.url,
        baseurl=config.baseurl,
        former_hosts=former_hosts,
        own_hosts=own_hosts,
        pages=pages,
        files=tuple(sorted(statics)),
        urls={path: url for path, url in blog.addresses.items() if path in sources},
        posts=tuple(
            PostRecord(one.path, one.url, one.served, one.day, one.slug, one.title or "")
            for one in blog.posts
        ),
        tags=Counter(tag for one in blog.posts for tag in one.tags),
        categories=Counter(category for one in blog.posts for category in one.categories),
        unpublished=tuple(
            _unpublished(path, reason, blog.would_serve.get(path, ""))
            for path, reason in sorted({**blog.ignored, **blog.drafts}.items())
        ),
        # Of a site in several languages, each is built alone.
        collisions=()
        if theme.translations(config)
        else tuple(Collision(served, tuple(paths)) for served, paths in blog.collisions),
        layouts=theme.layouts(config),
        includes=theme.includes(config),
        template_ids=tuple(sorted(ids.fixed)),
        made_ids=tuple(sorted(ids.made)),
        loose_pages=tuple(path for path, layout in blog.layouts.items() if layout in ids.loose),
        has_theme=theme.has_theme(config),
        image_prefix=theme.image_prefix(config),
        generated=generated,
        has_generators=has_generators,
        valid_until=blog.next_change,
        problems=config.problems,
        folders=(*blog.folders, *_relative(folders, config.root)),
        heads=blog.opened,
        wholes=_relative(
            (
                *files,
                *(blog.root / name for name in (*CONFIG_NAMES, "Gemfile")),
                config.root / "CNAME",
            ),
            config.root,
        ),
    )


def _relative(paths: Iterable[Path], root: Path) -> tuple[str, ...]:
    return tuple(str(path.relative_to(root) if path.is_relative_to(root) else path) for path in paths)


def _unpublished(path: str, reason: Reason, served: str) -> Unpublished:
    slug = name_of(path).slug
    stem = PurePath(path).stem if reason is Reason.NAME else slug
    return Unpublished(path, TEXTS[reason], stem, served, is_kept_out=reason in _KEPT_OUT)


def _hosts(blog: JekyllBlog) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The hosts beside that of `url` that serve the site, and those that once did.

    GitHub Pages serves a site under the name in `CNAME`, and sends those who ask for another one there.
    Where `url` names a third host, one of the two speaks of another site, and `url` is what its pages say.
    """
    try:
        cname = (blog.config.root / "CNAME").read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        cname = []
    url = host_of(blog.config.url)
    if not cname:
        return (), ()
    name = cname[0].lower()
    is_github = url.endswith(".github.io")
    if (
        url
        and not is_github
        and not is_local(url.partition(":")[0])
        and _without_www(url) != _without_www(name)
    ):
        return (), ()
    return (name,), (url,) if is_github and url != name else ()


def _without_www(host: str) -> str:
    return host.removeprefix("www.")
