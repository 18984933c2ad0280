"""Front matter that a site gives to its files (Jekyll's lib/jekyll/frontmatter_defaults.rb)."""

from __future__ import annotations

import glob
from functools import cached_property
from pathlib import Path

from postlint.site.jekyll.config import Defaults, JekyllConfig
from postlint.site.jekyll.values import Data, Value, merged


class FrontMatterDefaults:
    """Answers for one site. Paths are relative to its sources, or to its folder of collections."""

    def __init__(self, config: JekyllConfig) -> None:
        self._config = config
        self._globbed: dict[str, list[str]] = {}

    def all(self, path: str, kind: str | None) -> Data:
        """What a file has before its own front matter.

        `kind` is `pages` or the label of its collection, None for a static file of none.
        """
        values: Data = {}
        old: Defaults | None = None
        for one in self._matching(path, kind):
            if _precedes(old, one):
                values = merged(values, one.values)
                old = one
            else:
                values = merged(one.values, values)
        return values

    def find(self, path: str, kind: str, key: str) -> Value:
        """The default of one key, None if there is none."""
        value: Value = None
        old: Defaults | None = None
        for one in self._matching(path, kind):
            if key in one.values and _precedes(old, one):
                value, old = one.values[key], one
        return value

    def _matching(self, path: str, kind: str | None) -> list[Defaults]:
        return [
            one
            for one in self._config.defaults
            if (one.type is None or one.type == kind) and self._covers(one.path, path)
        ]

    def _covers(self, scope: str, path: str) -> bool:
        if not scope:
            return True
        path = path.removeprefix("/")
        if "*" in scope:
            return any(path.startswith(found) for found in self._glob(scope))
        return path.startswith(self._without_collections_dir(scope))

    def _glob(self, pattern: str) -> list[str]:
        if pattern not in self._globbed:
            found = glob.glob(pattern, root_dir=self._root, recursive=True)  # noqa: PTH207 - not all that pathlib knows
            self._globbed[pattern] = [self._without_collections_dir(Path(one).as_posix()) for one in found]
        return self._globbed[pattern]

    @cached_property
    def _root(self) -> str:
        return str(self._config.root)

    def _without_collections_dir(self, path: str) -> str:
        folder = self._config.collections_dir
        return path.removeprefix(f"{folder}/") if folder else path


def _precedes(old: Defaults | None, new: Defaults) -> bool:
    """Whether the newer set prevails: that of the longer path, or else the one with a type."""
    if old is None:
        return True
    old_length, new_length = len(old.path.removeprefix("/")), len(new.path.removeprefix("/"))
    if old_length != new_length:
        return new_length > old_length
    return new.type is not None or old.type is None
