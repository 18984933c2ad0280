"""What the command line asks for."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from pathlib import Path

from postlint.findings import Safety
from postlint.fixing import APPLIED_BY_DEFAULT
from postlint.named import NamedTuple


class Mode(enum.Enum):
    CHECK = "check"
    FIX = "fix"
    DIFF = "diff"
    """Fix, but write nothing."""


class Asking(NamedTuple):
    """What the command line says of asking the web; no file may say it, for it may be anybody's."""

    allow_private: bool = False
    resolve: Mapping[tuple[str, int], str] = {}
    """The address for a host and port, as curl's `--resolve` has it."""
    recheck: bool = False
    """Whether what the memory has fresh is asked all the same."""
    offline: bool = False
    """Whether nothing is asked, and only what the memory has is told."""
    everything: bool = False
    """Whether addresses alone are wanted, though no rule is on that would speak of them, and no findings."""


class Request(NamedTuple):
    """What the command line asks of every file."""

    mode: Mode = Mode.CHECK
    unsafe: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    config: Path | None = None
    no_config: bool = False
    no_cache: bool = False
    asking: Asking | None = None
    """How the web is asked; None where it is not."""
    named: frozenset[Path] = frozenset()
    """The paths that the user gave, absolute: that one of them cannot be read is never passed over."""

    @property
    def safeties(self) -> frozenset[Safety]:
        return frozenset(Safety) if self.unsafe else APPLIED_BY_DEFAULT
