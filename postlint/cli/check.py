"""`postlint check`: tell what is broken."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from postlint.cli import status
from postlint.cli.options import (
    Session,
    exit_code,
    links_option,
    output_format,
    refuse,
    request_for,
    shared,
)
from postlint.cli.output import write, write_statistics, write_total, write_troubles, write_unread
from postlint.cli.streams import say
from postlint.findings import ConfigError
from postlint.paths import exists, shown
from postlint.reports import Summary, summarise, text, visible
from postlint.run.request import Mode
from postlint.run.results import FileResult

if TYPE_CHECKING:
    from postlint.run.baseline import Baseline

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("check", short_help="Tell what readers would find broken.")
@shared
@links_option
@output_format
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@click.option("--fix", is_flag=True, help="Mend what can be mended, and tell what is left.")
@click.option("--baseline", type=_FILE, help="Tell only what this file does not accept.")
@click.option("--write-baseline", type=_FILE, help="Accept what is found, in this file, and tell nothing.")
def command(
    paths: tuple[Path, ...],
    stdin_filename: Path | None,
    language: str | None,
    fail_on: str,
    quiet: bool,
    output_format: str,
    statistics: bool,
    fix: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    **chosen: Any,
) -> None:
    """Tell what readers would find broken in PATHS (files or folders; the current folder if none)."""
    request = request_for(Mode.FIX if fix else Mode.CHECK, **chosen)
    session = Session(request, paths, stdin_filename, language)
    if fix and session.reads_stdin:
        raise click.UsageError("--fix cannot mend standard input; `postlint fix -` writes the mended text.")
    if statistics and output_format != "text":
        raise click.UsageError(f"--statistics is text; --output-format {output_format} shows each finding.")
    if baseline is not None and write_baseline is not None:
        raise click.UsageError("--baseline and --write-baseline exclude each other.")
    if write_baseline is not None:
        _accept(session, write_baseline, quiet=quiet)
    accepted = _accepted(session, baseline) if baseline is not None else None
    found = session.results() if accepted is None else accepted.without_known(session.results())
    results = write_statistics(session, found) if statistics else write(session, found, output_format)
    troubled = write_troubles(session, results)
    summary = summarise(results)
    if output_format in ("text", "concise") and not quiet:
        _write_end(session, results, summary, accepted)
    if session.interrupted:
        raise SystemExit(status.INTERRUPTED)
    missed = any(result.missed for result in results)
    raise SystemExit(exit_code(summary, fail_on, troubled=troubled or missed))


def _write_end(
    session: Session, results: Sequence[FileResult], summary: Summary, accepted: Baseline | None
) -> None:
    """Says what was mended, what was found, and what of it was accepted before."""
    applied = [result for result in results if result.applied]
    if applied:
        count = sum(len(result.applied) for result in applied)
        say(text.mended(count, len(applied), session.language, written=True), to=sys.stdout)
    if applied and not summary.findings:
        say(text.left(summary, session.language, written=True), to=sys.stdout)
    else:
        write_total(session, summary)
    if accepted is not None and accepted.known:
        say(text.known(accepted.known, visible(shown(accepted.path)), session.language), to=sys.stdout)


def _accepted(session: Session, path: Path) -> Baseline:
    from postlint.run.baseline import Baseline

    try:
        return Baseline.read(path)
    except ConfigError as error:
        refuse(error, session.language)


def _accept(session: Session, path: Path, *, quiet: bool) -> NoReturn:
    """Writes what is found to the baseline at `path`, and ends the program."""
    from postlint.run.baseline import Baseline

    try:
        known = Baseline.read(path) if exists(path) else Baseline(path, {})
        results = list(session.results())
        known.with_all(results).save()
    except ConfigError as error:
        refuse(error, session.language)
    troubled = write_troubles(session, results)
    unread = [result for result in results if result.missed]
    write_unread(session, unread)
    if not quiet:
        count = summarise(results).findings - len(unread)
        say(text.accepted(count, visible(shown(path)), session.language), to=sys.stdout)
    if session.interrupted:
        raise SystemExit(status.INTERRUPTED)
    raise SystemExit(status.FINDINGS if troubled or unread else status.OK)
