"""What a site's layouts and plugins bring to its pages, as far as the site's own files tell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from postlint.paths import is_file
from postlint.patterns import lazy, lazy_bytes
from postlint.site.jekyll.config import JekyllConfig
from postlint.site.jekyll.plugins import plugins as plugins_of
from postlint.site.jekyll.values import flat, is_true, to_s
from postlint.site.templates import contents

_LAYOUTS = "_layouts"
_PLUGINS = "_plugins"
_PLACEHOLDER = lazy(r"[:{]")

_MAKE_NO_PAGES = frozenset(
    {
        *("jekyll-seo-tag", "jekyll-gist", "jekyll-mentions", "jemoji", "jekyll-include-cache"),
        *("jekyll-remote-theme", "jekyll-github-metadata", "jekyll-relative-links", "jekyll-redirect-from"),
        *("jekyll-titles-from-headings", "jekyll-default-layout", "jekyll-avatar", "jekyll-commonmark"),
        *("jekyll-spaceship", "jekyll-toc", "jekyll-last-modified-at", "jekyll-target-blank", "jektex"),
        *("jekyll-sass-converter", "jekyll-coffeescript", "kramdown", "kramdown-math-katex", "rouge"),
        "github-pages",
        *(
            "jekyll-scholar-extras",
            "jekyll-youtube",
            "jekyll-twitter-plugin",
            "jekyll-figure",
            "jekyll-admin",
        ),
        *("jekyll-watch", "jekyll-compose", "jekyll-minifier", "jekyll-tidy", "jekyll-email-protect"),
        *(
            "jekyll-timeago",
            "jekyll-katex",
            "jekyll-autoprefixer",
            "jekyll-external-links",
            "liquid_reading_time",
        ),
    }
)
"""Plugins that add nothing to the addresses of a site (their own documentation, 2026-11-22)."""
_MAKE = {
    "jekyll-feed": ("/feed",),
    "jekyll-sitemap": ("/sitemap.xml", "/robots.txt"),
    "jekyll-paginate": ("/page",),
}
"""Plugins, and the beginnings of the paths that they make by default."""
_THEMES = {
    "jekyll-theme-chirpy": (
        *("jekyll-paginate", "jekyll-redirect-from", "jekyll-seo-tag", "jekyll-archives"),
        *("jekyll-sitemap", "jekyll-include-cache"),
    ),
    "minimal-mistakes": (
        *("jekyll-paginate", "jekyll-sitemap", "jekyll-gist", "jekyll-feed", "jekyll-include-cache"),
    ),
    "text": ("jekyll-paginate", "jekyll-sitemap", "jekyll-feed", "jemoji"),
    "minima": ("jekyll-feed", "jekyll-seo-tag"),
}
"""Themes that are widely used, and the plugins that they bring: no theme has pages of its own.

Source: the dependencies in each one's gemspec (2026-11-22), all of which Jekyll loads
(lib/jekyll/plugin_manager.rb).
"""
_GEM_AFFIXES = lazy(r"^jekyll-(?=text-)|-(?:jekyll|theme)$")
_TRANSLATING = "jekyll-polyglot"
"""A plugin that builds the site once for each language, below a folder of its name."""
_MAY_ADD = lazy_bytes(
    rb"Generator|Page|pages|static_files|docs|Collection|permalink|[uU][rR][lL]|dest|write|:site\b|FileUtils"
    rb"|\b(?:exec|system|eval|require_relative|load)\b"
)
"""What a plugin says that adds a file to the site or changes where one is."""
_CHIRPY_INCLUDES = ("media-url.html", "refactor-content.html")


def layouts(config: JekyllConfig) -> tuple[str, ...] | None:
    """The layouts that a page can name; None where a theme has more."""
    if has_theme(config):
        return None
    folder = config.root / _folder(config, "layouts_dir", _LAYOUTS)
    found = (file.relative_to(folder) for file in _files(folder))
    return tuple(sorted({path.with_suffix("").as_posix() for path in found}))


def includes(config: JekyllConfig) -> tuple[str, ...] | None:
    """The files that a tag `include` can name; None where a theme or a plugin may have more."""
    own = config.root / _folder(config, "plugins_dir", _PLUGINS)
    if has_theme(config) or generated(config)[1] or any(b"nclude" in content for content in contents(own)):
        return None
    folder = config.root / config.includes_dir
    return tuple(sorted(file.relative_to(folder).as_posix() for file in _files(folder)))


def template_folders(config: JekyllConfig) -> tuple[Path, ...]:
    """Where the site's own templates lie."""
    names = (_folder(config, "layouts_dir", _LAYOUTS), config.includes_dir)
    return tuple(config.root / name for name in names)


def looked_at(config: JekyllConfig) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The folders and files, beside the sources, on which all of this depends."""
    tops = (*template_folders(config), config.root / _folder(config, "plugins_dir", _PLUGINS))
    folders = tuple(Path(parent) for top in tops for parent, _, _ in os.walk(top))
    return (*folders, *(top for top in tops if top not in folders)), tuple(
        file for top in tops for file in _files(top)
    )


def has_theme(config: JekyllConfig) -> bool:
    return any(is_true(config.data.get(key)) for key in ("theme", "remote_theme"))


def image_prefix(config: JekyllConfig) -> str | None:
    """What Chirpy puts before the address of an image that has no scheme, the root's `/` too.

    Source: `_includes/media-url.html` (earlier `refactor-content.html`) of jekyll-theme-chirpy, which a
    blog may have as its own.
    """
    named = (config.data.get(key) for key in ("theme", "remote_theme"))
    is_named = any("jekyll-theme-chirpy" in to_s(name) for name in named)
    includes = config.root / config.includes_dir
    if not is_named and not any(is_file(includes / name) for name in _CHIRPY_INCLUDES):
        return None
    elsewhere = (config.data.get(key) for key in ("cdn", "img_cdn"))
    return next((to_s(one) for one in elsewhere if is_true(one)), config.baseurl).rstrip("/")


def generated(config: JekyllConfig) -> tuple[tuple[str, ...], bool]:
    """The beginnings of the paths that plugins make, and whether there may be more that nothing tells of."""
    theme = _theme(config)
    plugins = frozenset(plugins_of(config.root, config.data)) | frozenset(_THEMES.get(theme, ()))
    beginnings = {one for plugin in plugins for one in _MAKE.get(plugin, ())}
    feed = config.data.get("feed")
    if isinstance(feed, dict) and isinstance(path := feed.get("path"), str):
        beginnings.add(f"/{path.lstrip('/')}")
    if isinstance(pages := config.data.get("paginate_path"), str):
        beginnings.add(_before_placeholder(pages))
    archives = config.data.get("jekyll-archives")
    if isinstance(archives, dict):  # the plugin may come with a theme
        permalinks = archives.get("permalinks")
        given = permalinks.values() if isinstance(permalinks, dict) else ("/tag/", "/category/")
        beginnings |= {_before_placeholder(to_s(one)) for one in given}
    elif "jekyll-archives" in plugins:
        beginnings |= {"/tag/", "/category/", "/tags/", "/categories/"}
    beginnings |= {f"/{language}/" for language in translations(config)}
    known = _MAKE_NO_PAGES | _MAKE.keys() | {"jekyll-archives"}
    own = config.root / _folder(config, "plugins_dir", _PLUGINS)
    unknown = bool(plugins - known) or (has_theme(config) and theme not in _THEMES) or _may_add(own)
    return tuple(sorted(beginnings - {"/"})), unknown


def _before_placeholder(template: str) -> str:
    return "/" + _PLACEHOLDER.split(template, maxsplit=1)[0].lstrip("/")


def translations(config: JekyllConfig) -> tuple[str, ...]:
    """The languages in which a plugin builds the site, each from those of its posts that say `lang`."""
    if _TRANSLATING not in plugins_of(config.root, config.data):
        return ()
    return tuple(one for one in flat([config.data.get("languages")]) if isinstance(one, str))


def _theme(config: JekyllConfig) -> str:
    """The theme's name without what its gem or its repository put around it."""
    named = (config.data.get(key) for key in ("remote_theme", "theme"))
    name = next((to_s(one) for one in named if is_true(one)), "")
    name = name.rpartition("/")[2].partition("@")[0].lower()
    return name if name in _THEMES else _GEM_AFFIXES.sub("", name)


def _may_add(folder: Path) -> bool:
    """Whether a plugin in `folder` may make pages, or change their addresses."""
    return any(_MAY_ADD.search(content) for content in contents(folder))


def _folder(config: JekyllConfig, key: str, default: str) -> str:
    value = config.data.get(key)
    return value if isinstance(value, str) else default


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            yield Path(parent) / name
