"""The index of a site that Hugo makes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from postlint.paths import is_folder
from postlint.site.hugo.config_files import config_files
from postlint.site.hugo.content import files_below
from postlint.site.hugo.pages import Document
from postlint.site.hugo.reasons import TEXTS, Reason
from postlint.site.hugo.site import HugoBlog
from postlint.site.hugo.templates import template_ids
from postlint.site.index import Collision, PostRecord, SiteIndex, Unpublished

_KEPT_OUT = frozenset({Reason.RESOURCE, Reason.HIDDEN, Reason.IGNORED, Reason.NOT_RENDERED, Reason.DISABLED})


def index_of(blog: HugoBlog) -> SiteIndex:
    """All that rules ask of the site, without its texts."""
    config = blog.config
    return SiteIndex(
        root=str(blog.root),
        url=config.url,
        baseurl=config.baseurl,
        pages=dict(blog.sources),
        urls=dict(blog.addresses),
        posts=tuple(_record(one) for one in blog.posts),
        tags=Counter(tag for one in blog.posts for tag in one.tags),
        categories=Counter(category for one in blog.posts for category in one.categories),
        unpublished=tuple(
            Unpublished(path, TEXTS[reason], _slug(path), blog.would_serve.get(path, ""), reason in _KEPT_OUT)
            for path, reason in sorted(blog.ignored.items())
        ),
        collisions=tuple(Collision(served, tuple(paths)) for served, paths in blog.collisions),
        # What templates make of `assets`, and those of a theme that is not here, no source tells.
        has_theme=config.has_unknown_modules or is_folder(blog.root / "assets"),
        template_ids=tuple(sorted(template_ids(config))),
        generated=tuple(_generated(blog)),
        valid_until=blog.next_change,
        problems=config.problems,
        folders=(*blog.folders, *_looked_into(blog)),
        heads=blog.opened,
        wholes=tuple(_relative(path, blog.root) for path in (*config_files(blog.root), *_templates(blog))),
    )


def _generated(blog: HugoBlog) -> Iterator[str]:
    """Further pages of lists, lists in other formats (`outputs`), and what only a template knows."""
    for folder in sorted(set(blog.lists)):
        yield f"{folder}/{blog.config.paginate_path}/"
        yield f"{folder}/index."
    yield from sorted(set(blog.unknown_below))


def _record(one: Document) -> PostRecord:
    return PostRecord(one.path, one.url, one.served, one.day, one.slug or _slug(one.path), one.title)


def _slug(path: str) -> str:
    """What a file's name, or that of its bundle, says of its subject."""
    parts = path.split("/")
    stem = parts[-1].partition(".")[0]
    return parts[-2] if stem in ("index", "_index") and len(parts) > 1 else stem


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _templates(blog: HugoBlog) -> Iterator[Path]:
    for folder in ("layouts", *(f"{theme}/layouts" for theme in blog.config.theme_folders)):
        yield from (blog.root / source for _, source in files_below(blog.root, folder))


def _looked_into(blog: HugoBlog) -> Iterator[str]:
    """The folders, beside the content, on which all of this depends, there or not."""
    yield "assets"
    statics = (top.folder for top in blog.config.static)
    for folder in ("layouts", *(f"{theme}/layouts" for theme in blog.config.theme_folders), *statics):
        yield from _folders(blog.root, folder)


def _folders(root: Path, folder: str) -> Iterator[str]:
    yield folder
    for parent, names, _ in os.walk(root / folder):
        yield from (_relative(Path(parent) / name, root) for name in names)
