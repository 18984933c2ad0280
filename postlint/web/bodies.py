"""The body of an answer, decoded piece by piece, so that no more of it exists than may be read."""

from __future__ import annotations

import contextlib
import importlib
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any, Protocol

from postlint.named import NamedTuple

_PIECE = 16 * 1024


class Body(NamedTuple):
    """What was read of a body."""

    content: bytes
    is_whole: bool
    """Whether it is all there was: it did not exceed the limit, break off or defy decoding."""


class _Decoder(Protocol):
    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What `data` adds, in pieces of bounded size. Raises ValueError if it cannot be decoded."""

    @property
    def is_finished(self) -> bool:
        """Whether the end was seen."""


class _Plain:
    is_finished = True

    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Zlib:
    """gzip and deflate; the latter with or without zlib's frame: servers send both (RFC 9110, 8.4.1.2)."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._object = zlib.decompressobj(31 if is_gzip else 15)
        self._has_begun = False

    @property
    def is_finished(self) -> bool:
        return self._object.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data and not self._object.eof:
            try:
                piece = self._object.decompress(data, _PIECE)
            except zlib.error as error:
                if self._is_gzip or self._has_begun:
                    raise ValueError from error
                self._object = zlib.decompressobj(-15)
                self._has_begun = True
                continue
            self._has_begun = True
            yield piece
            data = self._object.unconsumed_tail


class _Brotli:
    def __init__(self, library: Any) -> None:
        self._library = library
        self._object = library.Decompressor()

    @property
    def is_finished(self) -> bool:
        return bool(self._object.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        try:
            # Only an output that is empty tells that there is no more of it.
            while piece := self._object.process(data, output_buffer_limit=_PIECE):
                yield piece
                data = b""
        except self._library.error as error:
            raise ValueError from error


@cache
def _brotli() -> Any:
    """A brotli library that can be held to a size; None where there is none."""
    for name in ("brotli", "brotlicffi"):
        with contextlib.suppress(ImportError):
            library = importlib.import_module(name)
            if hasattr(library.Decompressor, "can_accept_more_data"):
                return library
    return None


def accepted_encodings() -> str:
    """The value of `Accept-Encoding`."""
    return "gzip, deflate, br" if _brotli() else "gzip, deflate"


class Decoded:
    """Takes the bytes of a body as they come, decodes them, and stops at `limit` bytes.

    `encoding` is the value of `Content-Encoding`. Raises ValueError if it is not known.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._decoder = _decoder(encoding.strip().lower())
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0
        self.is_full = False
        self._is_damaged = False

    @property
    def size(self) -> int:
        """Bytes so far, decoded."""
        return self._size

    def feed(self, data: bytes) -> None:
        """Takes more bytes; after `is_full` there is no need to."""
        for start in range(0, len(data), _PIECE):
            if self.is_full:
                return
            try:
                for piece in self._decoder.pieces(data[start : start + _PIECE]):
                    self._pieces.append(piece[: self._limit - self._size])
                    self._size += len(piece)
                    if self._size > self._limit:
                        self.is_full = True
                        return
            except ValueError:
                self.is_full = self._is_damaged = True

    def body(self, *, is_ended: bool) -> Body:
        """What was read; `is_ended` is whether the server sent all that it announced."""
        whole = is_ended and not self.is_full and (self._decoder.is_finished or not self._size)
        return Body(b"".join(self._pieces), whole)


def _decoder(encoding: str) -> _Decoder:
    if encoding in ("", "identity"):
        return _Plain()
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Zlib(is_gzip=encoding != "deflate")
    if encoding == "br" and (library := _brotli()) is not None:
        return _Brotli(library)
    raise ValueError(encoding)
