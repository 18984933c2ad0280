"""`postlint rules`: list what there is."""

from __future__ import annotations

import sys

import click

from postlint.cli.language_option import language_option
from postlint.cli.streams import emit, say
from postlint.findings import SEVERITIES
from postlint.language import resolve
from postlint.registry import all_rules
from postlint.ruledoc import reference, summary


@click.command("rules", short_help="List the rules.")
@language_option
@click.option(
    "--output-format",
    type=click.Choice(("text", "markdown", "json")),
    default="text",
    show_default=True,
    help="A line for each, all their pages, or both for programs.",
)
def command(language: str | None, output_format: str) -> None:
    """List the rules: code, name, severity, and what each finds. `-` marks those that are off by default."""
    chosen = resolve(language or "auto")
    rules = all_rules()
    if output_format == "markdown":
        say(reference(rules, chosen), to=sys.stdout, newline=False)
        return
    if output_format == "json":
        from postlint.reports.rules import document

        emit(document(rules, chosen).encode("utf-8"))
        return
    names = max(len(rule.name) for rule in rules)
    severities = max(len(word.render(chosen)) for word in SEVERITIES.values())
    for rule in rules:
        mark = " " if rule.enabled else "-"
        known_as = f"{rule.code:<8} {mark} {rule.name:<{names}}"
        severity = SEVERITIES[rule.severity].render(chosen)
        say(f"{known_as}  {severity:<{severities}}  {summary(rule, chosen)}", to=sys.stdout)
