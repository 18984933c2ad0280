"""What a predicted site's server has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class ServedFiles:
    """The files of a server by their paths from the site's root, not escaped, each with its source."""

    def __init__(self) -> None:
        self._served: dict[str, str] = {}
        self._sources: dict[str, list[str]] = {}
        self._addresses: dict[str, str] = {}

    @property
    def served(self) -> frozenset[str]:
        """Every file that the server will have."""
        return frozenset(self._served)

    @property
    def addresses(self) -> Mapping[str, str]:
        """The address of each source that is on the site, by its path."""
        return self._addresses

    @property
    def sources(self) -> Mapping[str, str]:
        """The source of each file that the server has: of one that no file alone makes, the configuration."""
        return self._served

    @property
    def collisions(self) -> Iterator[tuple[str, list[str]]]:
        """Each file of the server that several sources would become, with these in the engine's order."""
        return ((served, paths) for served, paths in self._sources.items() if len(paths) > 1)

    def _put(self, path: str, url: str, served: str) -> None:
        """Serves what the source at `path` becomes; of several, the last one remains."""
        self._served[served] = path
        self._addresses[path] = url
        self._sources.setdefault(served, []).append(path)
