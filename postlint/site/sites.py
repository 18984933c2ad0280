"""What makes pages of a blog's files: Jekyll, or something else that only needs to be known apart."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Protocol

from postlint.paths import absolute, is_file, is_folder, shown
from postlint.patterns import lazy
from postlint.post.conventions import JEKYLL, Conventions
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Engine, Home, Kind
from postlint.post.yaml_tree import Mapping
from postlint.site.templates import page_keys

if TYPE_CHECKING:
    from datetime import datetime

    from postlint.post.kramdown import KramdownOptions
    from postlint.post.liquid import Context
    from postlint.post.tex.settings import MathSettings
    from postlint.site.blog import Resolver
    from postlint.site.hugo.config import HugoConfig
    from postlint.site.index import SiteIndex
    from postlint.site.jekyll.config import JekyllConfig
    from postlint.site.jekyll.defaults import FrontMatterDefaults

_POSTS, _DRAFTS = "_posts", "_drafts"
_CONFIG = "_config.yml"

_SETTING_FOLDERS = ("_layouts", "_includes", "_plugins")
_RENAMED_FOLDER = lazy(r"""(?m)^(?:includes|layouts|plugins)_dir\s*:\s*["']?([^"'#\s]+)""")
_JEKYLL_LEFT_OUT = frozenset({"_includes", "_layouts", "_site", "_sass"})
_HUGO_LEFT_OUT = frozenset({"archetypes", "layouts", "public", "resources", "themes"})
_HEXO_LEFT_OUT = frozenset({"public", "scaffolds", "themes"})


class Site(Home, Protocol):
    """What a file is to its site, and which engine reads it."""

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        """What the file at `path` (absolute) is."""

    @property
    def root(self) -> Path | None:
        """The folder of its configuration; None for a file that belongs to no site."""

    def index(self, now: datetime) -> SiteIndex | None:
        """The whole site as it would be built at `now`; None where its engine is not known so far.

        Raises nothing: what is wrong with its configuration is among the problems of the index.
        """

    @property
    def resolver(self) -> Resolver:
        """Who knows which file a tag in a post means."""

    def settings_files(self) -> Iterable[Path]:
        """The files, beside a post, on which what its engine and the rules make of it depends."""

    def leaves_out(self, folder: Path) -> bool:
        """Whether nothing below `folder` (absolute) is ever a page: templates, themes, what is built."""


def _unknown_settings() -> MathSettings:
    from postlint.post.tex.settings import MathSettings

    return MathSettings()


def _common_mark() -> Engine:
    from postlint.post.commonmark import CommonMark  # mistune is loaded where a file needs it only

    return CommonMark()


class JekyllSite:
    """A folder with Jekyll's `_config.yml`, or none at all (`root` None): a lone post is taken for Jekyll's.

    A configuration that cannot be read counts as an empty one.
    """

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self.conventions = JEKYLL._replace(declared=root is not None)

    @property
    def root(self) -> Path | None:
        return self._root

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

    def index(self, now: datetime) -> SiteIndex | None:
        if self.root is None:
            return None
        from postlint.site.jekyll.indexing import index_of  # only a run that asks for the whole site
        from postlint.site.jekyll.site import JekyllBlog

        return index_of(JekyllBlog(self.root, now))

    @property
    def resolver(self) -> Resolver:
        from postlint.site.jekyll.post_names import JekyllResolver

        return JekyllResolver()

    def settings_files(self) -> Iterable[Path]:
        if self.root is None:
            return
        yield from (self.root / name for name in (_CONFIG, "Gemfile"))
        # To read it as YAML would take longer than all that this saves.
        renamed = _RENAMED_FOLDER.findall(_text(self.root / _CONFIG))
        for folder in (*_SETTING_FOLDERS, *renamed):
            for parent, folders, names in os.walk(self.root / folder):
                folders.sort()
                yield from (Path(parent) / name for name in sorted(names))

    def liquid_context(self, front_matter: FrontMatter | None) -> Context | None:
        if self.root is None:
            return None
        from postlint.site.jekyll.liquid.rendering import PageRenderer  # where a page has Liquid only
        from postlint.site.jekyll.liquid.world import LonePageWorld

        return PageRenderer(LonePageWorld(self._whole_config, front_matter))

    @cached_property
    def _whole_config(self) -> JekyllConfig:
        from datetime import UTC, datetime

        from postlint.site.jekyll.config import read

        assert self.root is not None
        return read(self.root, datetime.now(UTC))

    def leaves_out(self, folder: Path) -> bool:
        return folder.parent == self.root and folder.name in _JEKYLL_LEFT_OUT

    @cached_property
    def template_keys(self) -> frozenset[str] | None:
        # A theme's templates lie elsewhere, and the site's own are then but a part.
        if self.root is None or any(self._config.get(key) for key in ("theme", "remote_theme")):
            return None
        return page_keys(self.root)

    @cached_property
    def plugin_tags(self) -> frozenset[str] | None:
        from postlint.site.jekyll.plugins import every_known_tag, plugin_tags  # where a tag is not Jekyll's

        return every_known_tag() if self.root is None else plugin_tags(self.root, self._config)

    @cached_property
    def math_keys(self) -> frozenset[str] | None:
        if self.root is None:
            return None
        from postlint.site.math_templates import math_keys  # few posts need it

        return math_keys(self.root, self._config)

    @cached_property
    def math_settings(self) -> MathSettings:
        if self.root is None:
            return _unknown_settings()
        from postlint.site.math_scripts import math_settings  # only pages with formulas need it

        return math_settings(self.root, self._config)

    def setting(self, key: str) -> object:
        return self._config.get(key)

    def default(self, path: str, kind: Kind, key: str) -> object:
        whole = absolute(Path(path))
        if not self.setting("defaults") or not whole.is_relative_to(self._whole_config.root):
            return None
        relative = shown(whole.relative_to(self._whole_config.root))
        if folder := self._whole_config.collections_dir:
            relative = relative.removeprefix(f"{folder}/")
        return self._defaults.find(relative, "pages" if kind is Kind.PAGE else "posts", key)

    @cached_property
    def _defaults(self) -> FrontMatterDefaults:
        from postlint.site.jekyll.defaults import FrontMatterDefaults

        return FrontMatterDefaults(self._whole_config)

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
        from postlint.post.yaml_reader import read  # only what needs an engine pays for it

        try:
            text = (self.root / _CONFIG).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return {}
        tree = read(text).tree
        return tree.value if isinstance(tree, Mapping) else {}


def kramdown_options(settings: dict[str, Any]) -> KramdownOptions:
    """kramdown's options as Jekyll hands them over (`lib/jekyll/configuration.rb`, `DEFAULTS`).

    What is of another type than kramdown's `options.rb` wants is as good as not set.
    """
    from postlint.post.kramdown import KramdownOptions

    given: dict[str, Any] = {
        name: settings[name] for name, wanted in _KRAMDOWN_TYPES.items() if type(settings.get(name)) is wanted
    }
    quirks = settings.get("gfm_quirks")
    if isinstance(quirks, str):
        quirks = quirks.split(",")
    if isinstance(quirks, list):
        given["gfm_quirks"] = frozenset(quirk.strip() for quirk in quirks if isinstance(quirk, str))
    if levels := _toc_levels(settings.get("toc_levels")):
        given["toc_levels"] = levels
    return KramdownOptions(gfm=settings.get("input", "GFM") == "GFM", **given)


def _toc_levels(value: object) -> frozenset[int]:
    """`1..3`, `1,2,3` or a list; empty for what kramdown refuses."""
    levels = [str(level) for level in range(1, 7)]
    if isinstance(value, str):
        first, dots, last = value.partition("..")
        is_span = dots and first in levels and last in levels
        value = range(int(first), int(last) + 1) if is_span else value.split(",")
    if not isinstance(value, list | range) or any(str(one) not in levels for one in value):
        return frozenset()
    return frozenset(int(one) for one in value)


_KRAMDOWN_TYPES = {
    "hard_wrap": bool,
    "auto_ids": bool,
    "auto_id_prefix": str,
    "auto_id_stripping": bool,
    "transliterated_header_ids": bool,
    "parse_block_html": bool,
    "parse_span_html": bool,
    "header_offset": int,
}


class _Unpredicted:
    """A site of which the whole is not predicted, without Liquid."""

    plugin_tags = None
    math_keys = None

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def template_keys(self) -> frozenset[str] | None:
        return None

    @property
    def conventions(self) -> Conventions:
        return Conventions()

    @property
    def root(self) -> Path:
        return self._root

    @property
    def math_settings(self) -> MathSettings:
        return _unknown_settings()

    def setting(self, key: str) -> object:
        return None

    def default(self, path: str, kind: Kind, key: str) -> object:
        return None

    def index(self, now: datetime) -> SiteIndex | None:
        return None

    @property
    def resolver(self) -> Resolver:
        from postlint.site.blog import Resolver

        return Resolver()

    def settings_files(self) -> Iterable[Path]:
        return (self.root / name for name in (*_HUGO_FILES, *_HUGO_OLD_FILES, _CONFIG))

    def has_liquid(self, kind: Kind) -> bool:
        return False

    def liquid_context(self, front_matter: FrontMatter | None) -> Context | None:
        return None


class HugoSite(_Unpredicted):
    """A folder with Hugo's configuration: what is below its content is read by Goldmark.

    A configuration that cannot be read counts as an empty one.
    """

    def leaves_out(self, folder: Path) -> bool:
        return folder.parent == self.root and folder.name in _HUGO_LEFT_OUT

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        if not any(path.is_relative_to(self.root / one.folder) for one in self._config.content):
            return Kind.PLAIN
        return Kind.PAGE if path.name.startswith("_index.") else Kind.POST

    def engine(self, kind: Kind) -> Engine:
        return _common_mark() if kind is Kind.PLAIN else self._engine

    def has_liquid(self, kind: Kind) -> bool:
        return kind is not Kind.PLAIN

    @cached_property
    def conventions(self) -> Conventions:
        from postlint.post import hugo_front_matter
        from postlint.post.shortcodes import Shortcodes

        templates = Shortcodes(has_emoji=self._config.has_emoji)
        return Conventions(split=hugo_front_matter.split, templates=templates)

    @cached_property
    def template_keys(self) -> frozenset[str] | None:
        from postlint.site.hugo.templates import page_keys  # few posts need it

        return page_keys(self._config)

    def setting(self, key: str) -> object:
        return self._config.data.get(key.lower())

    def index(self, now: datetime) -> SiteIndex | None:
        from postlint.site.hugo.indexing import index_of  # only a run that asks for the whole site
        from postlint.site.hugo.site import HugoBlog

        return index_of(HugoBlog(self.root, now))

    def settings_files(self) -> Iterable[Path]:
        from postlint.site.hugo.config_files import config_files

        return config_files(self.root)

    @cached_property
    def _engine(self) -> Engine:
        from postlint.post.goldmark import Goldmark

        return Goldmark(self._config.goldmark)

    @cached_property
    def _config(self) -> HugoConfig:
        from postlint.site.hugo.config import read  # only what asks for it pays

        return read(self.root)


class HexoSite(_Unpredicted):
    """A folder of Hexo: posts in `source/_posts`, read as CommonMark."""

    def leaves_out(self, folder: Path) -> bool:
        return folder.parent == self.root and folder.name in _HEXO_LEFT_OUT

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        if _POSTS in path.parent.parts:
            return Kind.POST
        if _DRAFTS in path.parent.parts:
            return Kind.DRAFT
        return Kind.PAGE if has_front_matter else Kind.PLAIN

    def engine(self, kind: Kind) -> Engine:
        return _common_mark()


_HUGO_FILES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_HUGO_OLD_FILES = ("config.toml", "config.yaml", "config.yml", "config.json")
_HUGO_FOLDER = Path("config", "_default")
_HEXO_DEPENDENCY = lazy(r'"hexo"\s*:')


class SiteFinder:
    """Finds the site that a path belongs to, upwards from its folder; each folder is looked at once."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Site] = {}
        self._lone = JekyllSite(None)

    def site_of(self, path: Path) -> Site:
        return self._in(absolute(path).parent)

    def _in(self, folder: Path) -> Site:
        passed: list[Path] = []
        site: Site | None = None
        for parent in (folder, *folder.parents):
            site = self._by_folder.get(parent) or _site_at(parent)
            passed.append(parent)
            if site is not None:
                break
        self._by_folder.update(dict.fromkeys(passed, site or self._lone))
        return self._by_folder[folder]


def _site_at(folder: Path) -> Site | None:
    if is_file(folder / _CONFIG):
        return HexoSite(folder) if _is_hexo(folder) else JekyllSite(folder)
    if any(is_file(folder / name) for name in _HUGO_FILES):
        return HugoSite(folder)
    if is_folder(folder / "content") and (
        any(is_file(folder / name) for name in _HUGO_OLD_FILES) or is_folder(folder / _HUGO_FOLDER)
    ):
        return HugoSite(folder)
    return None


def _is_hexo(folder: Path) -> bool:
    if is_folder(folder / "scaffolds") and is_folder(folder / "source" / _POSTS):
        return True
    return bool(_HEXO_DEPENDENCY.search(_text(folder / "package.json")))


def _text(path: Path) -> str:
    """The text of a file; none where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
