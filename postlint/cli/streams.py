"""Writing to the standard streams."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click


class OutputError(Exception):
    """A standard stream cannot be written; the OSError is its cause."""


def say(text: str, *, to: TextIO, newline: bool = True) -> None:
    """Writes `text` to a standard stream: as click does, but never in another encoding than the stream's.

    Raises OutputError, or BrokenPipeError where nobody reads on.
    """
    with _writing():
        click.echo(text, file=to, nl=newline)


def emit(content: bytes) -> None:
    """Writes bytes to standard output, whatever its encoding. Raises as `say` does."""
    with _writing():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise OutputError(error.strerror or str(error)) from error
