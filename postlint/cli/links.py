"""`postlint links`: every address that leads out of the blog, and what is known of it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from postlint.cli.options import (
    EXIT_FINDINGS,
    EXIT_INTERRUPTED,
    EXIT_OK,
    NamedPath,
    Session,
    configured,
    language_option,
    resolve_option,
    style_for,
)
from postlint.cli.output import write_notices
from postlint.cli.streams import emit, say
from postlint.reports import concise
from postlint.run.request import Asking, Request
from postlint.run.results import FileResult, Unit

FORMATS = ("text", "json")


@click.command("links")
@click.argument("paths", nargs=-1, type=NamedPath(path_type=Path))
@configured
@resolve_option
@click.option("--all", "shows_all", is_flag=True, help="Show the addresses too with which all is well.")
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
    shows_all: bool,
    output_format: str,
    language: str | None,
    quiet: bool,
) -> None:
    """Ask the web about every address in PATHS that leads out of the blog.

    Exits with 1 if one of them is dead.
    """
    request = Request(
        config=config,
        no_config=no_config,
        no_cache=no_cache,
        asking=Asking(allow_private, dict(resolve), everything=True),
    )
    session = Session(request, paths, None, language)
    examined = session.examined()
    unread = [result for result in examined.values() if isinstance(result, FileResult)]
    for result in unread:
        for located in result.findings:
            say(concise.line(located, session.language), to=sys.stderr)
    units = {path: unit for path, unit in examined.items() if isinstance(unit, Unit)}
    from postlint.cli.progress import Progress
    from postlint.reports import links as report
    from postlint.run.inventory import inventory

    with Progress(sys.stderr, session.language) as progress:
        inquired = session.inquire(units, progress)
    found = inventory(inquired)
    if output_format == "json":
        emit(report.document(found, session.language).encode("utf-8"))
    else:
        style = style_for(sys.stdout)
        for entry in report.listed(found, shows_all=shows_all):
            say(report.row(entry, session.language, style), to=sys.stdout)
        if not quiet:
            say(report.total(found, session.language), to=sys.stdout)
    write_notices(session)
    if session.interrupted:
        raise SystemExit(EXIT_INTERRUPTED)
    missed = any(result.missed for result in unread)
    raise SystemExit(EXIT_FINDINGS if found.has_dead or missed else EXIT_OK)
