"""Writing a report as results come in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from postlint.cli.options import Session, style_for, width_of
from postlint.cli.streams import emit, say
from postlint.paths import absolute, shown
from postlint.reports import Summary, summarise, text
from postlint.run.results import FileResult


def write(session: Session, results: Iterable[FileResult], output_format: str) -> list[FileResult]:
    """Writes the findings of each file as they come, and gives back all results."""
    language = session.language
    if output_format == "json":
        from postlint.reports import as_json

        collected = list(results)
        # A contract for programs: UTF-8 whatever the terminal reads.
        emit(as_json.document(collected, summarise(collected), language).encode("utf-8"))
        return collected
    if output_format == "sarif":
        from postlint.registry import all_rules
        from postlint.reports import sarif

        collected = list(results)
        rules = {rule.code: rule for rule in all_rules()}
        emit(sarif.document(collected, rules, language, _below_workspace()).encode("utf-8"))
        return collected
    if output_format == "text":
        style, width = style_for(sys.stdout), width_of(sys.stdout)
        return _written(results, lambda located: text.finding(located, language, style, width))
    if output_format == "concise":
        from postlint.reports import concise

        return _written(results, lambda located: concise.line(located, language))
    from postlint.reports import github

    below = _below_workspace()
    return _written(results, lambda located: github.line(located, language, below))


def _below_workspace() -> str:
    """The current folder's path from the repository's in a job on GitHub, which wants paths from there."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    here = absolute(Path())
    if not workspace or not here.is_relative_to(workspace) or here == Path(workspace):
        return ""
    return shown(here.relative_to(workspace)) + "/"


def _written(results: Iterable[FileResult], render: text.Renderer) -> list[FileResult]:
    collected = []
    for result in results:
        collected.append(result)
        if result.findings:
            say("\n".join(map(render, result.findings)), to=sys.stdout)
    return collected


def write_statistics(session: Session, results: Iterable[FileResult]) -> list[FileResult]:
    """Writes how often each rule has found something, and gives back all results."""
    from postlint.reports import statistics

    collected = list(results)
    lines = statistics.table(collected, session.language, style_for(sys.stdout))
    if lines:
        say("\n".join(lines) + "\n", to=sys.stdout)
    return collected


def write_troubles(session: Session, results: Iterable[FileResult]) -> bool:
    """Says on standard error what could not be done; whether there was anything."""
    found = False
    for result in results:
        if (trouble := text.trouble(result, session.language)) is not None:
            say(trouble, to=sys.stderr)
            found = True
    write_notices(session)
    return found


def write_notices(session: Session) -> None:
    """Says on standard error what is wrong with the site, and what could not be remembered."""
    for notice in session.notices:
        say(notice, to=sys.stderr)


def write_unread(session: Session, unread: Iterable[FileResult]) -> None:
    """Says on standard error which files could not be read, and why, where nothing else tells it."""
    from postlint.reports import concise

    for result in unread:
        for located in result.findings:
            say(concise.line(located, session.language), to=sys.stderr)


def write_total(session: Session, summary: Summary) -> None:
    """Writes the last line of a check: how much was found, and what would mend it."""
    say(text.total(summary, session.language), to=sys.stdout)
