"""`postlint explain`: a rule's page."""

from __future__ import annotations

import sys

import click

from postlint.cli.language_option import language_option
from postlint.cli.streams import say
from postlint.language import resolve
from postlint.registry import all_rules, nearest, rule_named
from postlint.ruledoc import page


@click.command("explain", short_help="Say what a rule finds, and why.")
@click.argument("rule")
@language_option
def command(rule: str, language: str | None) -> None:
    """Say what RULE (a code or a name) finds, why readers suffer from it, and when its fix is safe."""
    found = rule_named(rule)
    if found is None:
        near = nearest(rule, [key for one in all_rules() for key in (one.code, one.name)])
        hint = f" Did you mean '{near}'?" if near else " `postlint rules` lists them."
        raise click.UsageError(f"There is no rule '{rule}'.{hint}")
    say(page(found, resolve(language or "auto")), to=sys.stdout, newline=False)
