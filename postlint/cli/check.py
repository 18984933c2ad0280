"""`postlint check`: tell what is broken."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from postlint.cli import status
from postlint.cli.options import (
    Session,
    exit_code,
    links_option,
    output_format,
    request_for,
    shared,
)
from postlint.cli.output import write, write_statistics, write_total, write_troubles
from postlint.cli.streams import say
from postlint.reports import summarise, text
from postlint.run.request import Mode


@click.command("check")
@shared
@links_option
@output_format
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@click.option("--fix", is_flag=True, help="Mend what can be mended, and tell what is left.")
def command(
    paths: tuple[Path, ...],
    stdin_filename: Path | None,
    language: str | None,
    fail_on: str,
    quiet: bool,
    output_format: str,
    statistics: bool,
    fix: bool,
    **chosen: Any,
) -> None:
    """Tell what readers would find broken in PATHS (files or folders; the current folder if none)."""
    request = request_for(Mode.FIX if fix else Mode.CHECK, **chosen)
    session = Session(request, paths, stdin_filename, language)
    if fix and session.reads_stdin:
        raise click.UsageError("--fix cannot mend standard input; `postlint fix -` writes the mended text.")
    if statistics and output_format != "text":
        raise click.UsageError(f"--statistics is text; --output-format {output_format} shows each finding.")
    results = write_statistics(session) if statistics else write(session, session.results(), output_format)
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
