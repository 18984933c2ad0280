"""What Hugo makes of one file, without a look at the rest of its site."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from postlint.post.conventions import Conventions
from postlint.post.post import Engine, Kind
from postlint.site.home import UnpredictedSite, common_mark

if TYPE_CHECKING:
    from datetime import datetime

    from postlint.post.front_matter import FrontMatter
    from postlint.post.yaml_tree import Entry
    from postlint.site.hugo.config import HugoConfig
    from postlint.site.index import SiteIndex

_LEFT_OUT = frozenset({"archetypes", "layouts", "public", "resources", "themes"})


class HugoSite(UnpredictedSite):
    """A folder with Hugo's configuration: what is below its content is read by Goldmark.

    A configuration that cannot be read counts as an empty one.
    """

    def leaves_out(self, folder: Path) -> bool:
        return folder.parent == self.root and folder.name in _LEFT_OUT

    def kind(self, path: PurePath, *, has_front_matter: bool) -> Kind:
        if not any(path.is_relative_to(self.root / one.folder) for one in self._config.content):
            return Kind.PLAIN
        return Kind.PAGE if path.name.startswith("_index.") else Kind.POST

    def engine(self, kind: Kind) -> Engine:
        return common_mark() if kind is Kind.PLAIN else self._engine

    def has_liquid(self, kind: Kind) -> bool:
        return kind is not Kind.PLAIN

    @cached_property
    def conventions(self) -> Conventions:
        from postlint.post import hugo_front_matter
        from postlint.post.shortcodes import Shortcodes

        templates = Shortcodes(has_emoji=self._config.replaces_emoji)
        return Conventions(
            knows_ids=True,
            reads_alone=True,
            refused_dates=self._refused_dates,
            split=hugo_front_matter.split,
            templates=templates,
        )

    def _refused_dates(self, front_matter: FrontMatter, path: str) -> Iterator[Entry]:
        from postlint.site.hugo.refused_dates import refused_dates  # most dates are of a common form

        return refused_dates(front_matter, path, self._config)

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
        from postlint.site.hugo.version import version_files

        yield from config_files(self.root)
        yield from version_files(self.root)
        for folder in (self.root / "layouts", *sorted(self.root.glob("themes/*/layouts"))):
            for parent, folders, names in os.walk(folder):
                folders.sort()
                yield from (Path(parent) / name for name in sorted(names))

    @cached_property
    def _engine(self) -> Engine:
        from postlint.post.goldmark import Goldmark

        return Goldmark(self._config.goldmark)

    @cached_property
    def _config(self) -> HugoConfig:
        from postlint.site.hugo.config import read  # only what asks for it pays

        return read(self.root)
