"""TOML, with the place of what cannot be read. Importing this module imports tomllib."""

from __future__ import annotations

import tomllib
from typing import Any

from postlint.named import NamedTuple
from postlint.patterns import lazy

_PLACE = lazy(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class TomlError(NamedTuple):
    """Why TOML cannot be read, in the reader's own words; `line` counts from 1."""

    line: int
    reason: str


def read(text: str) -> dict[str, Any] | TomlError:
    """The keys and values of a TOML document. Raises nothing."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        if place is None:
            return TomlError(1, message)
        line = int(place[1]) if place[1] else text.count("\n") + 1
        return TomlError(line, message[: place.start()])
    except (RecursionError, ValueError) as error:  # brackets without end; a number too long for Python
        return TomlError(1, type(error).__name__)
