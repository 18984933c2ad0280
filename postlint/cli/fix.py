"""`postlint fix`: mend what can be mended, and nothing else."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from postlint.cli import status
from postlint.cli.options import Session, exit_code, links_option, request_for, shared, style_for
from postlint.cli.output import write_troubles, write_unread
from postlint.cli.streams import emit, say
from postlint.paths import absolute
from postlint.reports import summarise, text, visible
from postlint.run.request import Mode
from postlint.run.results import Change, FileResult


@click.command("fix", short_help="Mend what can be mended.")
@shared
@links_option
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--unsafe", is_flag=True, help="Apply the fixes too that need the author's eye.")
def command(
    paths: tuple[Path, ...],
    stdin_filename: Path | None,
    language: str | None,
    fail_on: str,
    quiet: bool,
    diff: bool,
    **chosen: Any,
) -> None:
    """Mend what can be mended in PATHS (files or folders; the current folder if none).

    Exits with 1 if something is left at or above --fail-on, or with --diff if anything would change.
    """
    request = request_for(Mode.DIFF if diff else Mode.FIX, **chosen)
    session = Session(request, paths, stdin_filename, language)
    if session.reads_stdin and not diff:
        result, content = session.stdin_result()
        emit(content)
        results = [result]
    else:
        results = []
        for result in session.results():
            results.append(result)
            if diff and result.change is not None:
                _write_diff(_in_diff(result.path), result.change)
    troubled = write_troubles(session, results)
    unread = [result for result in results if result.unread]
    write_unread(session, unread)
    if not quiet:
        _write_total(session, results, written=not diff)
    if session.interrupted:
        raise SystemExit(status.INTERRUPTED)
    if diff:
        troubled = troubled or any(result.change or result.missed for result in results)
        raise SystemExit(exit_code(summarise(unread), fail_on, troubled=troubled))
    raise SystemExit(exit_code(summarise(results), fail_on, troubled=troubled or bool(unread)))


def _write_total(session: Session, results: list[FileResult], *, written: bool) -> None:
    mended = [result for result in results if result.applied and result.trouble is None]
    count = sum(len(result.applied) for result in mended)
    # The mended text or the difference has standard output for itself.
    stream = sys.stderr if session.reads_stdin or not written else sys.stdout
    say(text.mended(count, len(mended), session.language, written=written), to=stream)
    say(text.left(summarise(results), session.language, written=written), to=stream)


def _in_diff(path: str) -> str:
    """`path` as `patch` and `git apply` take it: from here, or else from the root without `/`."""
    whole, here = absolute(Path(path)), absolute(Path())
    return whole.relative_to(here if whole.is_relative_to(here) else whole.anchor).as_posix()


def _write_diff(path: str, change: Change) -> None:
    style = style_for(sys.stdout)
    for line in _unified(visible(path), change):
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
        say(style(line, fg=colour), to=sys.stdout, newline=False)


def _unified(path: str, change: Change) -> Iterator[str]:
    """A unified diff that `patch` and `git apply` take: line ends as they are, a missing last one told."""
    before, after = _lines(change.before), _lines(change.after)
    for line in difflib.unified_diff(before, after, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _lines(content: str) -> list[str]:
    return [line + "\n" for line in content.split("\n")[:-1]] + (
        [content.rsplit("\n", 1)[-1]] if not content.endswith("\n") else []
    )
