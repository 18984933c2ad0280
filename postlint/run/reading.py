"""A file's bytes as text, or why they are none."""

from __future__ import annotations

import codecs
import stat
from pathlib import Path

from postlint.paths import beginning_of
from postlint.post.source import Source
from postlint.post.unreadable import Cause, Unreadable

MAX_BYTES = 6 * 1024 * 1024
"""A third of this is a long book; a greater file is a mistake, and its tree would take half a gigabyte."""

MAX_LINES = 200_000
"""A file of short lines has a block for each: more of them than this would take as much."""


def read_bytes(path: Path) -> bytes | Unreadable:
    """The bytes of a file; of one that is too large, no more than show that it is.

    A pipe is not opened: to open it waits for whoever writes into it.
    """
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            return Unreadable(Cause.NO_FILE)
        return beginning_of(path, MAX_BYTES + 1)
    except FileNotFoundError:
        return Unreadable(Cause.MISSING)
    except PermissionError:
        return Unreadable(Cause.FORBIDDEN)
    except (OSError, ValueError) as error:
        return Unreadable(Cause.SYSTEM, detail=getattr(error, "strerror", None) or str(error))


def decode(content: bytes) -> Source | Unreadable:
    """UTF-8, with or without a byte order mark, is text; whatever the locale."""
    if len(content) > MAX_BYTES:
        return Unreadable(Cause.TOO_LARGE, detail=f"{MAX_BYTES // 1024 // 1024} MB")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Unreadable(Cause.NOT_UTF8, encoding="UTF-16")
    bom = content.startswith(codecs.BOM_UTF8)
    zero = content.find(b"\0")
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()  # as `utf-8-sig` does, more slowly
    except UnicodeDecodeError as error:
        offset = error.start + (len(codecs.BOM_UTF8) if bom else 0)
    else:
        if text.count("\n") + text.count("\r") > MAX_LINES and len(text.splitlines()) > MAX_LINES:
            return Unreadable(Cause.TOO_LONG, detail=f"{MAX_LINES:,}")
        if zero < 0:
            return Source(text, bom=bom, content=content)
        offset = zero
    encoding = _likely_encoding(content)
    if zero >= 0:
        cause = Cause.BINARY if encoding is None else Cause.NOT_UTF8
        return Unreadable(cause, offset=zero, encoding=encoding)
    return Unreadable(Cause.NOT_UTF8, offset=offset, encoding=encoding)


def encode(source: Source, text: str) -> bytes:
    """`text` as the file that `source` was read from has it."""
    return (codecs.BOM_UTF8 if source.bom else b"") + text.encode("utf-8")


def _likely_encoding(content: bytes) -> str | None:
    """What old Korean editors would have saved: UTF-16 has a zero byte in most pairs, CP949 none at all."""
    if b"\0" in content:
        even, odd = content[0::2].count(0), content[1::2].count(0)
        half = len(content) // 2
        if len(content) % 2 == 0 and (even > half // 4) != (odd > half // 4):
            return "UTF-16"
        return None
    try:
        content.decode("cp949")
    except UnicodeDecodeError:
        return None
    return "CP949"
