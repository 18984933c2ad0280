"""What a file is to its site, and what its site's engine makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

from postlint.post.conventions import Conventions
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Engine, Home, Kind

if TYPE_CHECKING:
    import re
    from datetime import datetime

    from postlint.post.liquid import Context
    from postlint.post.tex.settings import MathSettings
    from postlint.site.blog import Resolver
    from postlint.site.index import SiteIndex

POSTS, DRAFTS = "_posts", "_drafts"
"""The folders of Jekyll and Hexo."""


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


def unknown_settings() -> MathSettings:
    from postlint.post.tex.settings import MathSettings

    return MathSettings()


def common_mark() -> Engine:
    from postlint.post.commonmark import CommonMark  # mistune is loaded where a file needs it only

    return CommonMark()


class UnpredictedSite:
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
        return unknown_settings()

    def may_know(self, sign: re.Pattern[str]) -> bool:
        return True

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
        return ()

    def has_liquid(self, kind: Kind) -> bool:
        return False

    def liquid_context(self, front_matter: FrontMatter | None) -> Context | None:
        return None
