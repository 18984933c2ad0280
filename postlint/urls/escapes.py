"""Percent escapes: what they spell, in which encoding, and where a byte is missing.

An escape stands for a byte, and an address does not say in which encoding. Browsers and blogs
write UTF-8; old Korean sites took, and still take, EUC-KR or its extension CP949. Both of these
can be told apart from UTF-8 that lost a byte when it was copied, though such bytes often decode as
CP949 too. The principle: of two readings, take the one that makes ordinary text of more bytes.

- Read as CP949, the bytes in common syllables are counted (KS X 1001, rows 0xB0 to 0xC8, which hold
  the 2,350 syllables that Korean is written with).
- Read as UTF-8, the bytes in complete three-byte sequences are.

Text that was encoded in EUC-KR wins the first count with all of its bytes, so it can never be
reported. In UTF-8 that lost a byte, two thirds of the pairs that CP949 sees begin with a rare
ideograph or are none at all.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from functools import lru_cache

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy, lazy_bytes
from postlint.urls.address import split_url

_ESCAPE = lazy(r"%[0-9A-Fa-f]{2}")
# `%uXXXX` is JavaScript's escape() (ECMA-262, annex B.2.1.1), which its own server may read.
_BROKEN_ESCAPE = lazy(r"%(?!u[0-9A-Fa-f]{4}|[0-9A-Fa-f]{2})[0-9A-Fa-f]?")
_TOKEN = lazy(r"%(?P<byte>[0-9A-Fa-f]{2})|(?P<broken>%[0-9A-Fa-f]?)|[^%]", re.DOTALL)
# All of ASCII but `/?#&=;`: what stands between these was put into the address in one go, by one
# encoder.
_PIECE = lazy(r"[\x00-\"$%'-.0-:<>@-\x7f]+")
_AROUND = 96
# Two of a character's three bytes, or two or three of its four; together they spell nothing in Latin-1.
_TRUNCATED = lazy_bytes(rb"(?:[\xe3-\xed][\x80-\xbf]|\xf0[\x90-\x9f][\x80-\xbf]?)(?![\x80-\xff])")
# Encodings of one byte (Latin-1, and those of Windows for western and Cyrillic letters): below 0xA0
# text has nothing in them but quotation marks, dashes and the ellipsis.
_ONE_BYTE = lazy_bytes(rb"[\x00-\x7f\x85\x91-\x97\xa0-\xff]+")
_TWO_BYTES = ("gbk", "big5", "shift_jis", "euc_jp")
_CONTROL = lazy_bytes(rb"[\x00-\x1f\x7f]")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Encoding(enum.Enum):
    """What the bytes of escapes are."""

    ASCII = "ASCII"
    UTF_8 = "UTF-8"
    KOREAN = "EUC-KR or CP949"
    CUT_UTF_8 = "UTF-8 with a byte missing"
    UNKNOWN = "unknown"
    """Another encoding (Latin-1, Shift_JIS…), data that is no text, or too few bytes to tell."""
    NONE = "none"
    """Bytes that are no text in any encoding that an address is written in."""


class Cut(NamedTuple):
    """Escapes that lost a byte, those side by side together."""

    span: Span
    before: str
    """What can be read before them in their piece, for some thirty syllables at most."""
    after: str


class Escaped(NamedTuple):
    """A piece of an address (a segment of its path, a name or value of its query) with escapes."""

    span: Span
    """The piece, with what is not escaped in it."""
    encoding: Encoding
    text: str
    """What it spells; U+FFFD stands for what spells nothing."""
    cuts: tuple[Cut, ...] = ()
    """Where there is no character: of `CUT_UTF_8` one that lacks a byte, of `NONE` what is no UTF-8."""


class BrokenEscape(NamedTuple):
    """A `%` that no two hexadecimal digits follow.

    In a query, it may be meant: servers take `?q=100%` as it stands.
    """

    span: Span
    """With the one digit that follows, if one does."""
    in_query: bool


@lru_cache(maxsize=512)
def broken_escapes(url: str) -> tuple[BrokenEscape, ...]:
    """Each `%` without two hexadecimal digits, `%uXXXX` apart."""
    query = split_url(url).query_span or Span(0, 0)
    return tuple(
        BrokenEscape(Span(*match.span()), query.start <= match.start() < query.end)
        for match in _BROKEN_ESCAPE.finditer(url)
    )


@lru_cache(maxsize=512)
def escapes(url: str) -> tuple[Escaped, ...]:
    """The pieces of path, query and fragment that have escapes, in order, each decoded."""
    if "%" not in url:
        return ()
    pieces = [_Piece.read(url, *match.span()) for match in _pieces(url)]
    # Whoever wrote UTF-8 in one piece, or left a Korean character as it is, wrote no Latin-1 in
    # the next one.
    utf_8 = not url[split_url(url).path_span.start :].isascii()
    utf_8 = utf_8 or any(encoding_of(piece.data) is Encoding.UTF_8 for piece in pieces)
    return tuple(piece.escaped(utf_8=utf_8) for piece in pieces)


def cut_escapes(url: str) -> tuple[Cut, ...]:
    """Where UTF-8 lost a byte: what is left of a character spells nothing.

    EUC-KR and CP949 are not mistaken for it; a lone cut character that makes a common syllable in
    EUC-KR, or a letter in Latin-1, is not found.
    """
    return _cuts_in(url, Encoding.CUT_UTF_8)


def unreadable_escapes(url: str) -> tuple[Cut, ...]:
    """Where bytes stand that are neither UTF-8 nor EUC-KR nor CP949, nor text in another encoding.

    Latin-1, the Windows encodings of western and Cyrillic letters, and the Chinese and Japanese
    ones of two bytes are others; bytes among control characters are data and not meant as text.
    """
    return _cuts_in(url, Encoding.NONE)


def _cuts_in(url: str, encoding: Encoding) -> tuple[Cut, ...]:
    return tuple(cut for piece in escapes(url) if piece.encoding is encoding for cut in piece.cuts)


def encoding_of(data: bytes, *, utf_8: bool = False) -> Encoding:
    """What `data`, the bytes of one piece of an address, is encoded in.

    `utf_8` says that there is UTF-8 beside it, which makes a lone fragment one of UTF-8 too.
    """
    if data.isascii():
        return Encoding.ASCII
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in text)
    if not broken:
        return Encoding.UTF_8
    complete = 3 * sum(
        "\u0800" <= character < "\ud800" or "\ue000" <= character <= "\uffff" for character in text
    )
    common = _common_syllables(data)
    truncated = _TRUNCATED.search(data) is not None
    if common is not None and 2 * common >= complete and (common or not (truncated or utf_8)):
        return Encoding.KOREAN
    if complete > broken or truncated or utf_8:
        return Encoding.CUT_UTF_8
    return Encoding.UNKNOWN if _may_be_another(data) else Encoding.NONE


def _may_be_another(data: bytes) -> bool:
    if data.startswith(_UTF_16_MARKS):
        return False
    if _CONTROL.search(data) or _ONE_BYTE.fullmatch(data):
        return True
    return any(_decodes(data, name) for name in _TWO_BYTES)


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _common_syllables(data: bytes) -> int | None:
    """How many characters of `data` are syllables of KS X 1001; None if it is no CP949 at all."""
    try:
        characters = data.decode("cp949")
    except UnicodeDecodeError:
        return None
    pairs = (character.encode("cp949") for character in characters if not character.isascii())
    return sum(0xB0 <= pair[0] <= 0xC8 and pair[1] >= 0xA1 for pair in pairs)


def _pieces(url: str) -> Iterator[re.Match[str]]:
    start = split_url(url).path_span.start
    return (match for match in _PIECE.finditer(url, start) if _ESCAPE.search(match[0]))


class _Piece(NamedTuple):
    span: Span
    data: bytes
    """A byte for each token."""
    tokens: tuple[re.Match[str], ...]

    @classmethod
    def read(cls, url: str, start: int, end: int) -> _Piece:
        tokens = tuple(_TOKEN.finditer(url, start, end))
        data = b"".join(
            bytes.fromhex(token["byte"]) if token["byte"] else token[0][0].encode("utf-8", "replace")
            for token in tokens
        )
        return cls(Span(start, end), data, tokens)

    def escaped(self, *, utf_8: bool) -> Escaped:
        broken_off = any(self._touches_broken_escape(index) for index in range(len(self.data)))
        encoding = encoding_of(self.data, utf_8=utf_8 or broken_off)
        name = "cp949" if encoding is Encoding.KOREAN else "utf-8"
        cuts = tuple(self._cuts()) if encoding in (Encoding.CUT_UTF_8, Encoding.NONE) else ()
        return Escaped(self.span, encoding, self.data.decode(name, "replace"), cuts)

    def _touches_broken_escape(self, index: int) -> bool:
        if self.data[index] < 0x80:
            return False
        return any(token["broken"] for token in self.tokens[max(index - 1, 0) : index + 2])

    def _cuts(self) -> Iterator[Cut]:
        first = last = -1
        for index in self._broken():
            joined = index - last == 1 or (index - last == 2 and self.tokens[last + 1]["broken"])
            if first < 0 or not joined:
                if first >= 0:
                    yield self._cut(first, last)
                first = index
            last = index
        if first >= 0:
            yield self._cut(first, last)

    def _cut(self, first: int, last: int) -> Cut:
        before = self.data[max(first - _AROUND, 0) : first].decode("utf-8", "replace")
        after = self.data[last + 1 : last + 1 + _AROUND].decode("utf-8", "replace")
        span = Span(self.tokens[first].start(), self.tokens[last].end())
        return Cut(span, before.lstrip("\ufffd"), after.rstrip("\ufffd"))

    def _broken(self) -> Iterator[int]:
        """The tokens whose bytes are in no complete character."""
        index = 0
        for character in self.data.decode("utf-8", "surrogateescape"):
            if "\udc80" <= character <= "\udcff":
                yield index
                index += 1
            else:
                index += len(character.encode())
