"""`postlint links export` and `postlint links import`: the memory of a blog's links as a file of text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar

import click

from postlint.cli import status
from postlint.cli.language_option import language_option
from postlint.cli.options import NamedPath, refuse
from postlint.cli.streams import emit, say
from postlint.findings import ConfigError, Message, Text
from postlint.fixing import ChangedMeanwhileError, write_file
from postlint.language import resolve
from postlint.paths import shown
from postlint.reports import visible
from postlint.run import memories

_Command = TypeVar("_Command", bound=Callable[..., Any])

_STDIN = "-"
_TAKEN_IN = Text(
    en="Took in {new} of {read} records; the others were known.",
    ko="기록 {read}개 중 새로운 {new}개를 더했습니다.",
)
_UNREADABLE = Text(en="{file}: cannot be read: {why}", ko="{file}: 읽을 수 없습니다: {why}")
_UNWRITABLE = Text(en="{file}: cannot be written: {why}", ko="{file}: 저장할 수 없습니다: {why}")

_FILE = NamedPath(path_type=Path, allow_dash=True)


def _root_option(command: _Command) -> _Command:
    return click.option(
        "--root", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path(),
        help="The blog's folder; the current one if not given.",
    )(command)  # fmt: skip


@click.command("export")
@click.argument("file", type=_FILE, default=_STDIN)
@_root_option
@language_option
def export(file: Path, root: Path, language: str | None) -> None:
    """Write all that is remembered of the blog's links to FILE, or to standard output.

    Each line is a record of one address, in JSON; they are sorted, so that two exports differ by little.
    """
    language = resolve(language or "auto")
    try:
        lines = memories.export(memories.memory_of(root))
    except memories.CarryingError as error:
        _end(error.message, language)
    except ConfigError as error:
        refuse(error, language)
    content = "".join(f"{line}\n" for line in lines).encode()
    if str(file) == _STDIN:
        emit(content)
        return
    try:
        write_file(file, content)
    except (ChangedMeanwhileError, OSError) as error:
        why = getattr(error, "strerror", None) or str(error)
        _end(Message(_UNWRITABLE, {"file": shown(file), "why": why}), language)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@_root_option
@language_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing of what was taken in.")
def take_in(files: tuple[Path, ...], root: Path, language: str | None, quiet: bool) -> None:
    """Add the records in FILES, which `postlint links export` wrote, to what is remembered of the links.

    Of two records of one address the newer counts. Either all are added or, if one cannot be read, none.
    """
    language = resolve(language or "auto")
    exports = []
    for file in files:
        try:
            exports.append(memories.Export(shown(file), _content(file)))
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            _end(Message(_UNREADABLE, {"file": shown(file), "why": why}), language)
    try:
        taken = memories.take_in(memories.memory_of(root), exports)
    except memories.CarryingError as error:
        _end(error.message, language)
    except ConfigError as error:
        refuse(error, language)
    if not quiet:
        say(_TAKEN_IN.render(language, taken._asdict()), to=sys.stdout)


def _content(file: Path) -> bytes:
    if str(file) != _STDIN:
        return file.read_bytes()
    if sys.stdin is None:
        raise click.UsageError("Standard input (-) is closed.")
    stream: BinaryIO = sys.stdin.buffer
    return stream.read()


def _end(message: Message, language: str) -> NoReturn:
    say(visible(message.render(language)), to=sys.stderr)
    raise SystemExit(status.USAGE)


COMMANDS = {"export": export, "import": take_in}
