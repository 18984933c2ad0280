"""`postlint inspect`: show what a post, or a whole blog, will become."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from postlint.cli.options import EXIT_USAGE, style_for
from postlint.language import LANGUAGES, resolve
from postlint.paths import is_folder
from postlint.reports import inspection as report
from postlint.reports import visible
from postlint.run.inspecting import Ignored, InspectionError, inspect


@click.command("inspect")
@click.argument("path", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--output-format",
    type=click.Choice(report.FORMATS),
    default="text",
    show_default=True,
    help="The report.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default="auto", help="The language of the report.")
def command(path: Path, output_format: str, language: str) -> None:
    """Show what Jekyll will make of PATH, a post or a whole blog (the current folder if none).

    Of a post: its address, date and tags, its headings with their ids, where its links and images
    lead, its formulas. Of a folder: each post's address, and the files that are not published.
    """
    language = resolve(language)
    try:
        found = inspect(path)
    except InspectionError as error:
        click.echo(f"{visible(error.path.as_posix())}: {error.message.render(language)}", err=True)
        raise SystemExit(EXIT_USAGE) from error
    for problem in found.blog.config.problems:
        place = f"{visible(problem.path.as_posix())}:{problem.line}"
        click.echo(f"{place}: {visible(problem.message.render(language))}", err=True)
    if output_format == "json":
        text = report.document(found, map(found.read, found.posts), language)
        sys.stdout.buffer.write(text.encode("utf-8"))  # UTF-8 whatever the terminal reads
        return
    style = style_for(sys.stdout)
    base = f"{found.blog.config.url.rstrip('/')}{found.blog.config.baseurl.rstrip('/')}"
    if is_folder(path):
        for post in found.posts:
            click.echo(report.row(post, base, language, style))
    else:
        for post in found.posts:
            one = found.read(post)
            if isinstance(one, Ignored):
                click.echo(report.ignored(one, language, style))
            else:
                click.echo(report.post(one, base, language, style), nl=False)
    for left in found.ignored:
        click.echo(report.ignored(left, language, style))
    if is_folder(path):
        click.echo(report.total(found, language))
