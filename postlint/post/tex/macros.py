"""What a page has defined for its formulas so far."""

from __future__ import annotations

from typing import NamedTuple


class Macro(NamedTuple):
    """A command that is replaced by a text: `\\newcommand`, `\\def`, or the site's configuration."""

    body: str
    arguments: int = 0
    default: str | None = None
    """What stands for the first argument where it is left out; None where that is not allowed."""
    template: tuple[str, ...] | None = None
    """What `\\def` wants to be written before the first argument and behind each."""


class Environment(NamedTuple):
    """What `\\newenvironment` defines."""

    begin: str
    end: str
    arguments: int = 0
    default: str | None = None


class Macros:
    """The commands, environments and labels of a page.

    MathJax keeps what one formula defines for all formulas behind it, so that a page has one of
    these, given to each formula in its order. A command maps to its name's like where `\\let` says so.
    """

    __slots__ = ("aliases", "commands", "delimiters", "environments", "labels")

    def __init__(self, commands: dict[str, Macro] | None = None) -> None:
        self.commands: dict[str, Macro] = dict(commands or {})
        self.environments: dict[str, Environment] = {}
        self.aliases: dict[str, str] = {}
        """Of a command to the built-in one that `\\let` made it equal to; without backslashes."""
        self.delimiters: set[str] = set()
        """Commands that `\\let` made a delimiter, with their backslash."""
        self.labels: set[str] = set()
