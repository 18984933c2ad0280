"""Which of many names is most like another: for "did you mean" over a whole site."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

_LIKENESS = 0.75
"""How alike two names must be (`difflib`'s ratio) for one to be taken for the other, misspelt or renamed."""
_CANDIDATES = 20
"""How many names that share the most with the one in question are compared letter by letter."""
_COMMON = 500
"""A piece that more names have than this tells nothing."""


class Names:
    """Some names, which can be searched without a look at each of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._by_piece: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for piece in _pieces(name):
                self._by_piece[piece].append(number)

    def nearest(self, name: str) -> str | None:
        """The name that is most like `name`, if any is like it at all."""
        import difflib  # only a dead link pays for it

        shared: Counter[int] = Counter()
        for piece in _pieces(name):
            found = self._by_piece.get(piece, ())
            if len(found) <= _COMMON:
                shared.update(found)
        candidates = [self._names[number] for number, _ in shared.most_common(_CANDIDATES)]
        near = difflib.get_close_matches(name, candidates, n=1, cutoff=_LIKENESS)
        return near[0] if near else None


def _pieces(name: str) -> set[str]:
    """Each two characters that stand side by side in `name`: enough for Hangul, where one is a syllable."""
    return {name[at : at + 2] for at in range(max(1, len(name) - 1))}
