"""The command line: one module per command, imported when the command is called."""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click

from postlint import __version__
from postlint.cli import status
from postlint.cli.streams import OutputError
from postlint.findings import Text
from postlint.language import resolve

_COMMANDS = {
    "check": "check",
    "fix": "fix",
    "links": "links",
    "inspect": "inspect",
    "rules": "rules",
    "explain": "explain",
}
"""The commands, in the order of the help, and the module below this one that each stands in."""

_UNWRITABLE = Text(
    en="Standard output cannot be written: {reason}", ko="표준 출력에 쓸 수 없습니다: {reason}"
)


def _language_of(context: click.Context) -> str:
    """The language that a call asks for, as far as it has been read, or else the environment."""
    asked = context.params.get("language")
    return resolve(asked if isinstance(asked, str) else "auto")


class _Context(click.Context):
    """Where a command is called: it knows which language its help is read in."""

    def get_help(self) -> str:
        if _language_of(self) != "ko":
            return super().get_help()
        from postlint.cli.korean import KoreanFormatter

        formatter = KoreanFormatter(width=self.terminal_width, max_width=self.max_content_width)
        self.command.format_help(self, formatter)
        return formatter.getvalue().rstrip("\n")


class _LazyGroup(click.Group):
    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"postlint.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = module.command
        command.context_class = _Context
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            # As the shell has it, and not click's status for things that were found.
            raise SystemExit(status.INTERRUPTED) from None
        except click.UsageError as error:
            if error.ctx is None or _language_of(error.ctx) != "ko":
                raise
            from postlint.cli.korean_mistakes import show

            show(error)
            raise SystemExit(status.USAGE) from None

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
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    if sys.stdout is None:
        _end_without_output(os.strerror(errno.EBADF))
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets another one, and never a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        main_group.main(args=args, **extra)
    except OutputError as error:
        _give_up(str(error))
    except OSError as error:
        # click itself writes the help and the version.
        if not _is_stuck(sys.stdout):
            raise
        _give_up(error.strerror or str(error))


def _is_stuck(stream: TextIO) -> bool:
    """Whether `stream` takes nothing more; what could not be written is forgotten, so this writes anew."""
    try:
        stream.write("\n")
        stream.flush()
    except OSError:
        return True
    return False


def _give_up(reason: str) -> NoReturn:
    # Python flushes the stream once more when it ends, and would complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _end_without_output(reason)


def _end_without_output(reason: str) -> NoReturn:
    with contextlib.suppress(OSError):
        click.echo(_UNWRITABLE.render(resolve("auto"), {"reason": reason}), err=True)
    raise SystemExit(2)
