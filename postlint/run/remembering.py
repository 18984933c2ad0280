"""What the runs before have found: where it is kept for each file, and whether it still holds."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postlint.findings import Message, Text
from postlint.named import NamedTuple
from postlint.paths import absolute, shown
from postlint.run.blogs import predicted
from postlint.site.home import Site

if TYPE_CHECKING:
    from postlint.run.cache import Cache
    from postlint.run.results import Stamp
    from postlint.site.index import SiteIndex

_NOT_KEPT = Text(
    en="{folder}: nothing is remembered for the next run: {reason}",
    ko="{folder}: 다음 실행을 위한 캐시를 남기지 못했습니다: {reason}",
)


class Setting(NamedTuple):
    """The folder of a file's configuration, if it has one, and the rules with their options."""

    root: Path | None
    rules: str


class Remembered:
    """The caches of a run, one for each site, or for each folder with a configuration of postlint."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled
        self._caches: dict[Path, Cache] = {}
        self._contexts: dict[Path | None, str] = {}

    def has_place(self, site: Site, config: Path | None) -> bool:
        """Whether what is found in a file of `site` is kept at all."""
        return self._enabled and (site.root or config) is not None

    def unit(self, path: Path, site: Site, setting: Setting) -> Any:
        """The record of a file, if one was made in the same setting; else None."""
        if not self.has_place(site, setting.root):
            return None
        cache, name = self._place(path, site, setting)
        return cache.unit(name, self._context(site, setting, name), path)

    def keep(self, path: Path, site: Site, setting: Setting, stamp: Stamp, record: Any) -> None:
        cache, name = self._place(path, site, setting)
        cache.keep_unit(name, self._context(site, setting, name), stamp.content, stamp.signature, record)

    def index(self, site: Site) -> SiteIndex | None:
        """The whole site, as it is now."""
        if not self._enabled or site.root is None:
            return predicted(site)
        from postlint.run.cache import digest, program
        from postlint.run.records import UNREADABLE, of_index, to_index

        cache = self._cache(site.root)
        context = digest(program().encode(), str(site.root).encode("utf-8", "surrogatepass"))
        record = cache.index(context)
        if record is not None:
            with contextlib.suppress(*UNREADABLE):  # where something else has put it there
                return to_index(record)
        begun = cache.begin()
        index = predicted(site)
        if index is not None:
            cache.keep_index(context, index, of_index(index), begun)
        return index

    @property
    def troubles(self) -> tuple[Message, ...]:
        """Why nothing could be kept, where nothing could."""
        return tuple(
            Message(_NOT_KEPT, {"folder": shown(root), "reason": cache.trouble})
            for root, cache in self._caches.items()
            if cache.trouble is not None
        )

    def _place(self, path: Path, site: Site, setting: Setting) -> tuple[Cache, str]:
        root = site.root or setting.root
        assert root is not None, "has_place was not asked"
        whole = absolute(path)
        name = whole.relative_to(root) if whole.is_relative_to(root) else whole
        return self._cache(root), name.as_posix()

    def _cache(self, root: Path) -> Cache:
        if root not in self._caches:
            from postlint.run.cache import Cache

            self._caches[root] = Cache(root)
        return self._caches[root]

    def _context(self, site: Site, setting: Setting, name: str) -> str:
        from postlint.run.cache import digest, program

        parts = (program(), self._engine(site), setting.rules, name)
        return digest(*(part.encode("utf-8", "surrogatepass") for part in parts))

    def _engine(self, site: Site) -> str:
        """A fingerprint of all that a site's engine and rules ask of it beside its posts."""
        if site.root not in self._contexts:
            from postlint.run.cache import digest, fingerprints

            self._contexts[site.root] = digest(*fingerprints(site.settings_files()))
        return self._contexts[site.root]
