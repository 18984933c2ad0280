"""Regular expressions that are compiled when they are first used.

Python compiles an expression anew in every process, and postlint has more of them than one post
needs: compiled at import, they would take a third of the time that checking a post does.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Lazy:
    """Stands for a pattern; its methods are the pattern's own from the first call of any of them."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, expression: str | bytes, flags: int) -> None:
        self.pattern = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Python asks here for a slot that is still empty.
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)


def lazy(expression: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of `expression`; a mistake in it raises re.error at its first use."""
    return cast("re.Pattern[str]", _Lazy(expression, flags))


def lazy_bytes(expression: bytes, flags: int = 0) -> re.Pattern[bytes]:
    """The same for bytes."""
    return cast("re.Pattern[bytes]", _Lazy(expression, flags))
