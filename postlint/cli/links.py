"""`postlint links`: every address that leads out of the blog, and what is known of it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postlint.cli import status
from postlint.cli.language_option import language_option
from postlint.cli.options import (
    STDIN,
    NamedPath,
    Session,
    configured,
    resolve_option,
    style_for,
)
from postlint.cli.output import write_notices, write_unread
from postlint.cli.streams import emit, say
from postlint.run.request import Asking, Request
from postlint.run.results import FileResult, Unit

if TYPE_CHECKING:
    from postlint.run.inventory import Inventory
    from postlint.web.inquiry import Listener

FORMATS = ("text", "json")
_MEMORY = ("export", "import")


class _Links(click.Command):
    """The command, which hands over to another if its first argument names one."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args and args[0] in _MEMORY:
            from postlint.cli.links_memory import COMMANDS

            name = args[0]
            COMMANDS[name].context_class = self.context_class
            return COMMANDS[name].make_context(f"{info_name} {name}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(
    "links",
    cls=_Links,
    short_help="List the addresses that lead out of the blog.",
    epilog="`postlint links export [FILE]` writes what is remembered of them as text, and `postlint links"
    " import FILE...` takes it in. A folder that is called so is `./export`.",
)
@click.argument("paths", nargs=-1, type=NamedPath(path_type=Path, allow_dash=True))
@configured
@resolve_option
@click.option("--recheck", is_flag=True, help="Ask again what is still known well enough, too.")
@click.option("--offline", is_flag=True, help="Ask nothing; show what earlier runs found.")
@click.option("--all", "shows_all", is_flag=True, help="Show those too that are alive or not known.")
@click.option(
    "--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="The report."
)
@language_option
@click.option("--quiet", "-q", is_flag=True, help="Say only what was found.")
def command(
    paths: tuple[Path, ...],
    config: Path | None,
    no_config: bool,
    no_cache: bool,
    resolve: tuple[tuple[tuple[str, int], str], ...],
    allow_private: bool,
    recheck: bool,
    offline: bool,
    shows_all: bool,
    output_format: str,
    language: str | None,
    quiet: bool,
) -> None:
    """List the addresses in PATHS (files or folders; the current folder if none) that lead out of the
    blog, and what the web says of them. Those that are alive, or not known, are only counted.

    Exits with 1 if one of them is dead.
    """
    if STDIN in map(str, paths):
        raise click.UsageError("`postlint check --links -` reads standard input; `postlint links` does not.")
    if offline and recheck:
        raise click.UsageError("--offline and --recheck exclude each other.")
    if offline and no_cache:
        raise click.UsageError("--offline shows what is remembered, and --no-cache remembers nothing.")
    asking = Asking(allow_private, dict(resolve), recheck=recheck, offline=offline, everything=True)
    request = Request(config=config, no_config=no_config, no_cache=no_cache, asking=asking)
    session = Session(request, paths, None, language)
    examined = session.examined()
    units = {path: unit for path, unit in examined.items() if isinstance(unit, Unit)}
    unread = [result for result in examined.values() if isinstance(result, FileResult)]
    from postlint.run.inventory import inventory

    with _watched(session, is_seen=not (quiet or offline)) as listener:
        inquired = session.inquire(units, listener)
    found = inventory(inquired)
    _write(session, found, output_format, shows_all=shows_all, quiet=quiet)
    write_unread(session, unread)
    write_notices(session)
    if session.interrupted:
        raise SystemExit(status.INTERRUPTED)
    missed = any(result.missed for result in unread)
    raise SystemExit(status.FINDINGS if found.has_dead or missed else status.OK)


@contextlib.contextmanager
def _watched(session: Session, *, is_seen: bool) -> Iterator[Listener]:
    """Who is told how far the asking is: a picture on the terminal, where there is one."""
    picture = None
    if is_seen and sys.stderr.isatty():
        from postlint.cli.live import dashboard

        picture = dashboard(sys.stderr, session.language)
    if picture is not None:
        with picture:
            yield picture
    else:
        from postlint.web.inquiry import Silent

        yield Silent()


def _write(session: Session, found: Inventory, output_format: str, *, shows_all: bool, quiet: bool) -> None:
    from postlint.reports import links as report

    if output_format == "json":
        emit(report.document(found).encode("utf-8"))
        return
    style = style_for(sys.stdout)
    for entry in report.listed(found, shows_all=shows_all):
        say(report.row(entry, session.language, style), to=sys.stdout)
    if not quiet:
        say(report.total(found, session.language), to=sys.stdout)
