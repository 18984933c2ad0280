"""Which commands, environments and delimiters MathJax knows: `postlint/data/tex_commands.yml`."""

from __future__ import annotations

from functools import cache

from postlint import data
from postlint.named import NamedTuple
from postlint.post.tex.macros import Macro


class Tables(NamedTuple):
    commands: dict[str, str]
    """Of each name, without backslash, to its kind."""
    macros: dict[str, Macro]
    """Commands that MathJax itself replaces by others."""
    environments: dict[str, str]
    delimiters: frozenset[str]
    """Characters, and commands with their backslash."""
    packages: frozenset[str]
    """The packages whose commands are among these, by their names in versions 2 and 3, in lower case."""


_LOADER = {"require": "a > nothing"}
"""What MathJax's ready-made components have beside all packages, to load those they lack."""


@cache
def tables() -> Tables:
    content = data.load("tex_commands")
    macros = {name: Macro.of(body) for name, body in content["macros"].items()}
    return Tables(
        {
            " ": "> symbol",
            "\xa0": "> symbol",
            **_by_name(content["commands"]),
            **dict.fromkeys(macros, "macro"),
            **_LOADER,
        },
        macros,
        _by_name(content["environments"]),
        frozenset(content["delimiters"].split()),
        frozenset(content["packages"].split()),
    )


def _by_name(groups: dict[str, str]) -> dict[str, str]:
    """The groups are lists of names separated by spaces, since YAML reads a list of them ten times slower."""
    return {name: kind for kind, names in groups.items() for name in names.split()}
