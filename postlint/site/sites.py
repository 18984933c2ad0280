"""Which site a file belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

from postlint.paths import absolute, is_file, is_folder, text_of
from postlint.patterns import lazy
from postlint.post.conventions import Conventions
from postlint.post.post import Engine, Kind
from postlint.site.home import DRAFTS, POSTS, Site, UnpredictedSite, common_mark
from postlint.site.hugo.home import HugoSite
from postlint.site.jekyll import CONFIG_NAMES
from postlint.site.jekyll.home import JekyllSite

_HEXO_LEFT_OUT = frozenset({"public", "scaffolds", "themes"})


class _CommonMarkSite(UnpredictedSite):
    """A site of which is known that its Markdown is CommonMark, and which folders hold its posts."""

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        if POSTS in path.parent.parts:
            return Kind.POST
        if DRAFTS in path.parent.parts:
            return Kind.DRAFT
        return Kind.PAGE if has_front_matter else Kind.PLAIN

    def engine(self, kind: Kind) -> Engine:
        return common_mark()


class HexoSite(_CommonMarkSite):
    """A folder of Hexo: posts in `source/_posts`."""

    def leaves_out(self, folder: Path) -> bool:
        return folder.parent == self.root and folder.name in _HEXO_LEFT_OUT


class OtherSite(_CommonMarkSite):
    """A folder of another generator, of which is known that it is none of the above.

    What is certain is CommonMark; most of them come with extensions, or a site adds some.
    """

    def __init__(self, root: Path, marker: Path) -> None:
        super().__init__(root)
        self._marker = marker

    @property
    def conventions(self) -> Conventions:
        if self._marker.suffix != ".toml":
            return Conventions(has_extensions=True)
        from postlint.post import hugo_front_matter  # Zola's is alike

        return Conventions(has_extensions=True, split=hugo_front_matter.split)

    def settings_files(self) -> Iterable[Path]:
        return (self._marker,)

    def leaves_out(self, folder: Path) -> bool:
        return False


_HUGO_FILES = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")
_HUGO_OLD_FILES = ("config.toml", "config.yaml", "config.yml", "config.json")
_HUGO_FOLDER = Path("config", "_default")
_ZOLA_SETTING = lazy(r"(?m)^base_url\s*=")
_BOOK = "_toc.yml"
"""Beside a `_config.yml` that is Jupyter Book's."""
_OTHER_FILES = frozenset(
    (
        *("mkdocs.yml", "mkdocs.yaml", "myst.yml", "_quarto.yml", "book.toml"),
        *("pelicanconf.py", "conf.py", ".eleventy.js"),
        *(
            f"{name}.config.{extension}"
            for name in ("astro", "docusaurus", "eleventy", "next", "nuxt", "quartz", "svelte")
            for extension in ("js", "mjs", "cjs", "ts", "mts")
        ),
        *(f"gatsby-config.{extension}" for extension in ("js", "mjs", "cjs", "ts")),
    )
)
"""Configurations of MkDocs, MyST, Quarto, mdBook, Pelican, Sphinx and Nikola, Eleventy and more."""
_OTHER_FOLDERS = (".vitepress", ".vuepress")
_HEXO_DEPENDENCY = lazy(r'"hexo"\s*:')


class SiteFinder:
    """Finds the site that a path belongs to, upwards from its folder; each folder is looked at once."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Site] = {}
        self._by_path: dict[Path, Site] = {}
        self._lone = JekyllSite(None)

    def site_of(self, path: Path) -> Site:
        site = self._by_path.get(path)
        if site is None:
            site = self._by_path[path] = self._in(absolute(path).parent)
        return site

    def _in(self, folder: Path) -> Site:
        if (known := self._by_folder.get(folder)) is not None:
            return known  # as for all files of a folder but the first
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
    if any(is_file(folder / name) for name in CONFIG_NAMES):
        if is_file(folder / _BOOK):
            return OtherSite(folder, folder / _BOOK)
        return HexoSite(folder) if _is_hexo(folder) else JekyllSite(folder)
    if any(is_file(folder / name) for name in _HUGO_FILES):
        return HugoSite(folder)
    if is_folder(folder / "content") and (
        any(is_file(folder / name) for name in _HUGO_OLD_FILES) or is_folder(folder / _HUGO_FOLDER)
    ):
        zola = folder / "config.toml"
        return OtherSite(folder, zola) if _ZOLA_SETTING.search(text_of(zola)) else HugoSite(folder)
    return _other_site_at(folder)


def _other_site_at(folder: Path) -> Site | None:
    try:
        names = {path.name for path in folder.iterdir()}
    except OSError:
        return None
    if marker := min(_OTHER_FILES.intersection(names), default=None):
        return OtherSite(folder, folder / marker)
    if marker := next((name for name in _OTHER_FOLDERS if name in names), None):
        return OtherSite(folder, folder / marker)
    return None


def _is_hexo(folder: Path) -> bool:
    if is_folder(folder / "scaffolds") and is_folder(folder / "source" / POSTS):
        return True
    return bool(_HEXO_DEPENDENCY.search(text_of(folder / "package.json")))
