"""What Jekyll makes of one file, without a look at the rest of its site."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from postlint.paths import absolute, is_file, shown, text_of
from postlint.patterns import lazy
from postlint.post.conventions import JEKYLL, Conventions
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Engine, Kind
from postlint.post.yaml_tree import Mapping
from postlint.site.home import DRAFTS, POSTS, common_mark, unknown_settings
from postlint.site.jekyll import CONFIG_NAMES
from postlint.site.templates import page_keys

if TYPE_CHECKING:
    import re
    from datetime import datetime

    from postlint.post.kramdown import KramdownOptions
    from postlint.post.liquid import Context
    from postlint.post.tex.settings import MathSettings
    from postlint.site.blog import Resolver
    from postlint.site.index import SiteIndex
    from postlint.site.jekyll.config import JekyllConfig
    from postlint.site.jekyll.defaults import FrontMatterDefaults
    from postlint.site.jekyll.reasons import Reason

_SETTING_FOLDERS = ("_layouts", "_includes", "_plugins", "_data/origin")
_RENAMED_FOLDER = lazy(r"""(?m)^(?:includes|layouts|plugins)_dir\s*:\s*["']?([^"'#\s]+)""")
_LEFT_OUT = frozenset({"_includes", "_layouts", "_site", "_sass"})
_INTEGER = lazy(r"-?(?:0|[1-9][0-9]{0,5})")
_TEXTS = frozenset({".md", ".markdown"})
"""Files that are read even where `exclude` names them: `README.md` has readers, if not on the site."""


_KNOWN_CONVERTERS = frozenset({"kramdown", "commonmark", "commonmarkghpages"})
"""Others, such as Redcarpet, make ids for headings in ways of their own."""


class JekyllSite:
    """A folder with Jekyll's `_config.yml`, or none at all (`root` None): a lone post is taken for Jekyll's.

    A configuration that cannot be read counts as an empty one.
    """

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._known: dict[re.Pattern[str], bool] = {}
        """Whether plugins and templates, which it takes time to look through, may know a sign."""

    @property
    def root(self) -> Path | None:
        return self._root

    @cached_property
    def conventions(self) -> Conventions:
        return JEKYLL._replace(declared=self.root is not None, knows_ids=self._converter in _KNOWN_CONVERTERS)

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        parts = path.parent.parts
        if POSTS in parts:
            return Kind.POST
        if DRAFTS in parts:
            return Kind.DRAFT
        if not has_front_matter:
            return Kind.PLAIN
        return Kind.PAGE if self.root else Kind.POST

    def engine(self, kind: Kind) -> Engine:
        return common_mark() if kind is Kind.PLAIN else self._engine

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
        yield from (self.root / name for name in (*CONFIG_NAMES, "Gemfile"))
        # To read it as YAML would take longer than all that this saves.
        renamed = _RENAMED_FOLDER.findall(self._config_text)
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
        if self.root is None or folder.suffix.lower() in _TEXTS:
            return False
        parent, name = folder.parent, folder.name
        if parent == self.root and name in _LEFT_OUT:
            return True
        if POSTS in parent.parts:
            return name.startswith("_") and self._why_left(name) is not None
        # Most folders are not named there, and to read the configuration as YAML takes its time.
        if name not in self._config_text or any(is_file(folder / one) for one in CONFIG_NAMES):
            return False
        source = self._whole_config.root
        return folder.is_relative_to(source) and self._is_excluded(folder.relative_to(source))

    def _is_excluded(self, entry: Path) -> bool:
        """Whether `exclude` names `entry` itself: what is in it was then asked for by name."""
        from postlint.site.jekyll.reasons import Reason

        if entry.parent != Path() and self._why_left(shown(entry.parent)) is Reason.EXCLUDED:
            return False
        return self._why_left(shown(entry)) is Reason.EXCLUDED

    def _why_left(self, entry: str) -> Reason | None:
        """Why Jekyll passes over `entry`, a path from the sources or from `_posts`."""
        from postlint.site.jekyll.files import EntryFilter  # where a folder may be none of the site

        return EntryFilter(self._whole_config).why_left("", entry)

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

    def may_know(self, sign: re.Pattern[str]) -> bool:
        if self.root is None:
            return False
        if sign not in self._known:
            from postlint.site.jekyll.plugins import may_know  # where a syntax is not the engine's

            self._known[sign] = may_know(self.root, self._config, sign)
        return self._known[sign]

    @cached_property
    def math_keys(self) -> frozenset[str] | None:
        if self.root is None:
            return None
        from postlint.site.math_templates import math_keys  # few posts need it

        return math_keys(self.root, self._config)

    @cached_property
    def math_settings(self) -> MathSettings:
        if self.root is None:
            return unknown_settings()
        from postlint.site.math_scripts import math_settings  # only pages with formulas need it

        return math_settings(self.root, self._config)

    def setting(self, key: str) -> object:
        return self._config.get(key)

    def default(self, path: str, kind: Kind, key: str) -> object:
        if not self.setting("defaults"):
            return None
        whole = absolute(Path(path))
        if not whole.is_relative_to(self._whole_config.root):
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

        if self._converter != "kramdown":
            return common_mark()
        settings = self._config.get("kramdown")
        return Kramdown(kramdown_options(settings if isinstance(settings, dict) else {}))

    @cached_property
    def _converter(self) -> str:
        """What makes pages of Markdown (`markdown:`), in lower case."""
        markdown = self._config.get("markdown")
        return markdown.lower() if isinstance(markdown, str) else "kramdown"

    @cached_property
    def _config(self) -> dict[str, Any]:
        if not self._config_text:
            return {}
        from postlint.post.yaml_reader import read  # only what needs an engine pays for it

        tree = read(self._config_text).tree
        return tree.value if isinstance(tree, Mapping) else {}

    @cached_property
    def _config_text(self) -> str:
        if self.root is None:
            return ""
        there = (self.root / name for name in CONFIG_NAMES if is_file(self.root / name))
        return next(map(text_of, there), "")


def kramdown_options(settings: dict[str, Any]) -> KramdownOptions:
    """kramdown's options as Jekyll hands them over (`lib/jekyll/configuration.rb`, `DEFAULTS`).

    What kramdown's `options.rb` can make nothing of is as good as not set.
    """
    from postlint.post.kramdown import KramdownOptions

    taken = {name: _taken(settings.get(name), wanted) for name, wanted in _KRAMDOWN_TYPES.items()}
    given: dict[str, Any] = {name: value for name, value in taken.items() if value is not None}
    quirks = settings.get("gfm_quirks")
    if isinstance(quirks, str):
        quirks = quirks.split(",")
    if isinstance(quirks, list):
        given["gfm_quirks"] = frozenset(quirk.strip() for quirk in quirks if isinstance(quirk, str))
    if levels := _toc_levels(settings.get("toc_levels")):
        given["toc_levels"] = levels
    return KramdownOptions(gfm=settings.get("input", "GFM") == "GFM", **given)


def _taken(value: object, wanted: type) -> object:
    """An option's value in the type that kramdown wants (`Options.parse`); None where it has none."""
    if type(value) is wanted or not isinstance(value, str | int | float):
        return value if type(value) is wanted else None
    from postlint.site.jekyll.values import to_s  # few sites write an option as another type

    text = to_s(value)
    if wanted is bool:
        return bool(text) and text.strip().lower() != "false"
    if wanted is int:
        return int(text) if _INTEGER.fullmatch(text) else None
    return text


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
