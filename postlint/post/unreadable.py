"""Why a file could not become a post."""

from __future__ import annotations

import enum

from postlint.named import NamedTuple


class Cause(enum.Enum):
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    NO_FILE = "no-file"
    """A pipe, a socket or a device: to read it might never end."""
    BINARY = "binary"
    NOT_UTF8 = "not-utf8"
    TOO_LARGE = "too-large"
    TOO_LONG = "too-long"
    SYSTEM = "system"


class Unreadable(NamedTuple):
    """`offset` (bytes) is where the trouble begins, `encoding` what the bytes read as, if anything."""

    cause: Cause
    detail: str = ""
    offset: int = 0
    encoding: str | None = None
