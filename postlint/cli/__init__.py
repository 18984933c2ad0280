"""The command line: one module per command, imported when the command is called."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from postlint import __version__

_COMMANDS = {
    "check": "check",
    "fix": "fix",
    "inspect": "inspect",
    "rules": "rules",
    "explain": "explain",
}
"""The commands, in the order of the help, and the module below this one that each stands in."""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"postlint.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            from postlint.registry import nearest

            near = nearest(name, _COMMANDS)
            hint = f" Did you mean '{near}'?" if near else ""
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="postlint")
def main_group() -> None:
    """Tell what readers of a Markdown blog would find broken, before it is built, and mend it."""


def main(args: list[str] | None = None, **extra: Any) -> None:
    """Runs the command line; ends the process with 0, 1 (findings) or 2 (wrong usage)."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets another one, and never a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    main_group.main(args=args, **extra)
