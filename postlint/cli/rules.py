"""`postlint rules`: list what there is."""

from __future__ import annotations

import sys

import click

from postlint.cli.options import say
from postlint.language import LANGUAGES, resolve
from postlint.registry import all_rules
from postlint.ruledoc import summary


@click.command("rules")
@click.option("--language", type=click.Choice(LANGUAGES), default="auto")
def command(language: str) -> None:
    """List the rules: code, name, severity, and what each finds. `-` marks those that are off by default."""
    chosen = resolve(language)
    rules = all_rules()
    names = max(len(rule.name) for rule in rules)
    for rule in rules:
        mark = " " if rule.enabled else "-"
        known_as = f"{rule.code:<8} {mark} {rule.name:<{names}}"
        say(f"{known_as}  {rule.severity.label:<7}  {summary(rule, chosen)}", to=sys.stdout)
