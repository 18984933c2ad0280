"""Answers that are no proper HTTP, read as browsers read them.

Old servers write two lengths, an error of their program between the headers, or a chunked body with a length.
RFC 9112 has a recipient refuse much of that, for a proxy could be led astray by it; a reader's browser shows
the page. What goes beyond the RFC is what Chromium does (net/http: http_util.cc, http_response_headers.cc,
http_stream_parser.cc).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

from postlint.named import NamedTuple
from postlint.patterns import lazy, lazy_bytes
from postlint.web.address import Target
from postlint.web.failures import NoAnswer
from postlint.web.headers import Headers

_STATUS_LINE = lazy_bytes(rb".{0,4}?http[^\s]*[ \t]+([0-9]{3})(?![0-9])", re.IGNORECASE | re.DOTALL)
"""Up to four bytes before it are somebody's mistake."""
_LINE_END = lazy(r"[\r\n\0]")
_TOKEN = lazy_bytes(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CHUNK_SIZE = lazy_bytes(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?\r?\n?", re.DOTALL)
_MOST_DIGITS = 18
"""Of a length that is believed."""
_PIECE = 16 * 1024


class Head(NamedTuple):
    """What stands before a body."""

    status: int
    fields: list[tuple[bytes, bytes]]


def request(method: str, target: Target, headers: Mapping[str, str]) -> bytes:
    """What is sent; the server is to close the connection. Raises ValueError for what would be two fields."""
    if any(_LINE_END.search(value) for value in headers.values()):
        raise ValueError
    lines = [f"{method} {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode()


async def head_of(reader: asyncio.StreamReader, limit: int) -> Head:
    """The final answer's head, behind those that only tell that it will come (RFC 9110, 15.2).

    Raises NoAnswer where there is none, or one of more than `limit` bytes.
    """
    while True:
        lines = await _lines(reader, limit)
        if not lines:
            raise NoAnswer("reset")
        found = _head(lines)
        if not 100 <= found.status < 200 or found.status == 101:
            return found


async def _lines(reader: asyncio.StreamReader, limit: int) -> list[bytes]:
    """Those up to the next blank one; blank ones before them are skipped."""
    lines: list[bytes] = []
    size = 0
    while line := await _line(reader, limit):
        size += len(line)
        if size > limit:
            raise NoAnswer("headers", str(size))
        if line.strip():
            lines.append(line)
        elif lines:
            break
    return lines


async def _line(reader: asyncio.StreamReader, limit: int) -> bytes:
    """The next line with its end; empty if there is no more."""
    try:
        return await reader.readline()
    except ValueError as error:
        raise NoAnswer("headers", str(limit)) from error


def _head(lines: list[bytes]) -> Head:
    status = _STATUS_LINE.match(lines[0])
    if status is None or any(b"\0" in line for line in lines):
        raise NoAnswer("malformed", lines[0][:40].decode("latin-1").strip())
    fields: list[tuple[bytes, bytes]] = []
    for line in lines[1:]:
        if line[:1] in b" \t" and fields:
            # A value that goes on in another line (RFC 9112, 5.2).
            name, value = fields[-1]
            fields[-1] = name, value + b" " + line.strip()
            continue
        name, colon, value = line.partition(b":")
        # A line that is no field is none: there are warnings of PHP among them.
        if colon and _TOKEN.fullmatch(name.strip()):
            fields.append((name.strip(), value.strip()))
    return Head(int(status[1]), fields)


def demand_one_length(headers: Headers) -> None:
    """Raises NoAnswer where the body has several lengths: no browser shows it (RFC 9112, 6.3)."""
    if not _is_chunked(headers) and len(_lengths(headers)) > 1:
        raise NoAnswer("malformed", "Content-Length")


class Pieces:
    """The body behind a head, piece by piece."""

    def __init__(self, reader: asyncio.StreamReader, headers: Headers) -> None:
        self._reader = reader
        self._is_chunked = _is_chunked(headers)
        self._left = 0 if self._is_chunked else _length(headers)
        """Bytes of the chunk, or else of the body, that are still to come; None for all up to the end."""

    async def more(self) -> bytes:
        """The next piece; empty at the end. Raises ConnectionError where the body breaks off."""
        if self._is_chunked and self._left == 0:
            self._left = await self._chunk_size()
        if self._left == 0:
            return b""
        piece = await self._reader.read(_PIECE if self._left is None else min(self._left, _PIECE))
        if self._left is None:
            return piece
        if not piece:
            raise ConnectionError
        self._left -= len(piece)
        if self._is_chunked and self._left == 0:
            await self._line()
        return piece

    async def _chunk_size(self) -> int:
        found = _CHUNK_SIZE.fullmatch(await self._line())
        if found is None:
            raise ConnectionError
        return int(found[1], 16)

    async def _line(self) -> bytes:
        try:
            return await self._reader.readline()
        except ValueError as error:
            raise ConnectionError from error


def _is_chunked(headers: Headers) -> bool:
    codings = ",".join(headers.all("transfer-encoding")).lower().split(",")
    return codings[-1].strip() == "chunked"


def _lengths(headers: Headers) -> set[str]:
    # Equal ones may stand in one list (RFC 9110, 8.6).
    return {length.strip() for length in ",".join(headers.all("content-length")).split(",")}


def _length(headers: Headers) -> int | None:
    length = next(iter(_lengths(headers)))
    # What is no length tells nothing: the body ends with the connection.
    is_one = length.isascii() and length.isdigit() and len(length) <= _MOST_DIGITS
    return int(length) if is_one else None
