"""What a page has defined for its formulas so far."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from postlint.named import NamedTuple


class Macro(NamedTuple):
    """A command that is replaced by a text: `\\newcommand`, `\\def`, or the site's configuration."""

    body: str
    arguments: int = 0
    default: str | None = None
    """What stands for the first argument where it is left out; None where that is not allowed."""
    template: tuple[str, ...] | None = None
    """What `\\def` wants to be written before the first argument and behind each; None if nothing."""

    @classmethod
    def of(cls, body: str) -> Macro:
        """A command with as many arguments as `body` has places for."""
        return cls(body, max((number for number in range(1, 10) if f"#{number}" in body), default=0))


class Pair(NamedTuple):
    """A pair of delimiters: `\\DeclarePairedDelimiter`."""

    open: str
    close: str
    body: str = "#1"
    arguments: int = 1
    before: str = ""
    after: str = ""


class Environment(NamedTuple):
    """What `\\newenvironment` defines."""

    begin: str
    end: str
    arguments: int = 0
    default: str | None = None


_NOTHING: Mapping[str, Macro] = MappingProxyType({})


class Macros:
    """The commands, environments and labels of a page.

    MathJax keeps what one formula defines for all formulas behind it, so that a page has one of
    these, given to each formula in its order.
    """

    __slots__ = ("aliases", "commands", "delimiters", "environments", "labels")

    def __init__(self, commands: Mapping[str, Macro] = _NOTHING) -> None:
        self.commands: dict[str, Macro | Pair] = dict(commands)
        self.environments: dict[str, Environment] = {}
        self.aliases: dict[str, str] = {}
        """Of a command to the kind of the built-in one that `\\let` made it equal to."""
        self.delimiters: set[str] = set()
        """Commands that `\\let` made a delimiter, with their backslash."""
        self.labels: set[str] = set()

    @property
    def is_empty(self) -> bool:
        """Whether every command has the meaning that MathJax gives it."""
        return not (self.commands or self.aliases or self.delimiters)
