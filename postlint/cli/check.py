"""`postlint check`: tell what is broken."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from postlint.cli import status
from postlint.cli.options import (
    Session,
    asking,
    exit_code,
    links_option,
    output_format,
    shared,
)
from postlint.cli.output import write, write_total, write_troubles
from postlint.cli.streams import say
from postlint.reports import summarise, text
from postlint.run.request import Mode, Request


@click.command("check")
@shared
@links_option
@output_format
@click.option("--fix", is_flag=True, help="Mend what can be mended, and tell what is left.")
def command(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    config: Path | None,
    no_config: bool,
    no_cache: bool,
    stdin_filename: Path | None,
    language: str | None,
    fail_on: str,
    quiet: bool,
    links: bool,
    resolve: tuple[tuple[tuple[str, int], str], ...],
    allow_private: bool,
    output_format: str,
    fix: bool,
) -> None:
    """Tell what readers would find broken in PATHS (files or folders; the current folder if none)."""
    request = Request(
        mode=Mode.FIX if fix else Mode.CHECK,
        select=select,
        ignore=ignore,
        extend_select=extend_select,
        config=config,
        no_config=no_config,
        no_cache=no_cache,
        asking=asking(links, resolve, allow_private),
    )
    session = Session(request, paths, stdin_filename, language)
    if fix and session.reads_stdin:
        raise click.UsageError("--fix cannot mend standard input; `postlint fix -` writes the mended text.")
    results = write(session, session.results(), output_format)
    troubled = write_troubles(session, results)
    summary = summarise(results)
    if output_format in ("text", "concise") and not quiet:
        applied = [result for result in results if result.applied]
        if applied:
            count = sum(len(result.applied) for result in applied)
            say(text.mended(count, len(applied), session.language, written=True), to=sys.stdout)
        if applied and not summary.findings:
            say(text.left(summary, session.language, written=True), to=sys.stdout)
        else:
            write_total(session, summary)
    if session.interrupted:
        raise SystemExit(status.INTERRUPTED)
    missed = any(result.missed for result in results)
    raise SystemExit(exit_code(summary, fail_on, troubled=troubled or missed))
