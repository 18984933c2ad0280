"""What makes pages of a blog's files: Jekyll, or something else that only needs to be known apart."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any, Protocol

from postlint.post.post import Engine, Kind

_POSTS, _DRAFTS = "_posts", "_drafts"


class Site(Protocol):
    """What a file is to its site, and which engine reads it."""

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind: ...

    def engine(self, kind: Kind) -> Engine: ...

    def has_liquid(self, kind: Kind) -> bool: ...


def _common_mark() -> Engine:
    from postlint.post.commonmark import CommonMark  # mistune is loaded where a file needs it only

    return CommonMark()


class JekyllSite:
    """A folder with Jekyll's `_config.yml`, or none at all (`root` None): a lone post is taken for Jekyll's.

    A configuration that cannot be read counts as an empty one.
    """

    def __init__(self, root: Path | None) -> None:
        self.root = root

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        parts = path.parent.parts
        if _POSTS in parts:
            return Kind.POST
        if _DRAFTS in parts:
            return Kind.DRAFT
        if not has_front_matter:
            return Kind.PLAIN
        return Kind.PAGE if self.root else Kind.POST

    def engine(self, kind: Kind) -> Engine:
        return _common_mark() if kind is Kind.PLAIN else self._engine

    def has_liquid(self, kind: Kind) -> bool:
        return kind is not Kind.PLAIN

    @cached_property
    def _engine(self) -> Engine:
        from postlint.post.kramdown import Kramdown

        markdown = self._config.get("markdown", "kramdown")
        if isinstance(markdown, str) and markdown.lower() != "kramdown":
            return _common_mark()
        settings = self._config.get("kramdown")
        return Kramdown(kramdown_options(settings if isinstance(settings, dict) else {}))

    @cached_property
    def _config(self) -> dict[str, Any]:
        if self.root is None:
            return {}
        import yaml

        try:
            loaded = yaml.load(
                (self.root / "_config.yml").read_text(encoding="utf-8-sig"),
                Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
            )
        except (OSError, ValueError, yaml.YAMLError):
            return {}
        return loaded if isinstance(loaded, dict) else {}


def kramdown_options(settings: dict[str, Any]) -> Any:
    """kramdown's options as Jekyll hands them over (`lib/jekyll/configuration.rb`, `DEFAULTS`)."""
    from postlint.post.kramdown import KramdownOptions

    given: dict[str, Any] = {}
    for name in ("hard_wrap", "auto_ids", "parse_block_html", "parse_span_html", "html_to_native"):
        if isinstance(settings.get(name), bool):
            given[name] = settings[name]
    return KramdownOptions(gfm=settings.get("input", "GFM") == "GFM", **given)


class HugoSite:
    """A folder with Hugo's configuration. Goldmark reads CommonMark; shortcodes are left as text."""

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        if not has_front_matter:
            return Kind.PLAIN
        return Kind.PAGE if path.name.startswith("_index") else Kind.POST

    def engine(self, kind: Kind) -> Engine:
        return _common_mark()

    def has_liquid(self, kind: Kind) -> bool:
        return False


class HexoSite:
    """A folder of Hexo: posts in `source/_posts`, read as CommonMark."""

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        if _POSTS in path.parent.parts:
            return Kind.POST
        if _DRAFTS in path.parent.parts:
            return Kind.DRAFT
        return Kind.PAGE if has_front_matter else Kind.PLAIN

    def engine(self, kind: Kind) -> Engine:
        return _common_mark()

    def has_liquid(self, kind: Kind) -> bool:
        return False


_HUGO_FILES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_HUGO_OLD_FILES = ("config.toml", "config.yaml", "config.yml", "config.json")
_HEXO_DEPENDENCY = re.compile(r'"hexo"\s*:')


class SiteFinder:
    """Finds the site that a path belongs to, upwards from its folder; each folder is looked at once."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Site] = {}
        self._lone = JekyllSite(None)

    def site_of(self, path: Path) -> Site:
        return self._in(path.absolute().parent)

    def _in(self, folder: Path) -> Site:
        site = self._by_folder.get(folder)
        if site is None:
            site = _site_at(folder)
            if site is None:
                site = self._lone if folder.parent == folder else self._in(folder.parent)
            self._by_folder[folder] = site
        return site


def _site_at(folder: Path) -> Site | None:
    if (folder / "_config.yml").is_file():
        return HexoSite() if _is_hexo(folder) else JekyllSite(folder)
    if any((folder / name).is_file() for name in _HUGO_FILES):
        return HugoSite()
    if (folder / "content").is_dir() and any((folder / name).is_file() for name in _HUGO_OLD_FILES):
        return HugoSite()
    return None


def _is_hexo(folder: Path) -> bool:
    if (folder / "scaffolds").is_dir() and (folder / "source" / _POSTS).is_dir():
        return True
    try:
        return bool(_HEXO_DEPENDENCY.search((folder / "package.json").read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return False
