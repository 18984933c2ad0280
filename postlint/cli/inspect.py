"""`postlint inspect`: show what a post, or a whole blog, will become."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from postlint.cli import status
from postlint.cli.language_option import language_option
from postlint.cli.options import NamedPath, style_for
from postlint.cli.streams import emit, say
from postlint.language import resolve
from postlint.paths import is_folder, shown
from postlint.reports import inspection as report
from postlint.reports import visible
from postlint.run.inspecting import Ignored, InspectionError, inspect


@click.command("inspect", short_help="Show what Jekyll or Hugo will make of a post or a blog.")
@click.argument("path", type=NamedPath(path_type=Path), default=Path())
@click.option(
    "--output-format",
    type=click.Choice(report.FORMATS),
    default="text",
    show_default=True,
    help="The report.",
)
@language_option
def command(path: Path, output_format: str, language: str | None) -> None:
    """Show what Jekyll or Hugo will make of PATH, a post or a whole blog (the current folder if none).

    Of a post: its address, date and tags, its headings with their ids, where its links and images
    lead, its formulas. Of a folder: each post's address, and the files that are not published.
    """
    language = resolve(language or "auto")
    try:
        found = inspect(path)
    except InspectionError as error:
        say(f"{visible(shown(error.path))}: {visible(error.message.render(language))}", to=sys.stderr)
        raise SystemExit(status.USAGE) from error
    for problem in found.site.problems:
        place = f"{visible(shown(problem.path))}:{problem.line}"
        say(f"{place}: {visible(problem.message.render(language))}", to=sys.stderr)
    if output_format == "json":
        text = report.document(found, map(found.read, found.posts), language)
        emit(text.encode("utf-8"))  # UTF-8 whatever the terminal reads
        return
    style = style_for(sys.stdout)
    base = f"{found.site.url.rstrip('/')}{found.site.baseurl.rstrip('/')}"
    if is_folder(path):
        for post in found.posts:
            say(report.row(post, base, language, style), to=sys.stdout)
    else:
        for post in found.posts:
            one = found.read(post)
            if isinstance(one, Ignored):
                say(report.ignored(one, language, style), to=sys.stdout)
            else:
                say(report.post(one, base, language, style), to=sys.stdout, newline=False)
    for left in found.ignored:
        say(report.ignored(left, language, style), to=sys.stdout)
    if is_folder(path):
        say(report.total(found, language), to=sys.stdout)
