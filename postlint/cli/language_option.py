"""`--language`, which all commands have."""

from __future__ import annotations

import click

from postlint.language import LANGUAGES

language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    is_eager=True,  # it is that of the help, too
    help="The language of messages.",
)
"""What the user asks for; None where nothing is asked for, and the configuration or the environment says."""
