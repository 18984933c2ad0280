"""The headers of an answer, as bytes and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime


class Headers:
    """Header fields by name; what is beyond ASCII in a value is read as Latin-1, so that nothing is lost."""

    __slots__ = ("_fields", "size")

    def __init__(self, fields: Iterable[tuple[bytes, bytes]]) -> None:
        self._fields: dict[str, list[bytes]] = {}
        self.size = 0
        """All of them, in bytes as sent."""
        for name, value in fields:
            self._fields.setdefault(name.lower().decode("latin-1"), []).append(value)
            self.size += len(name) + len(value) + 4

    def __iter__(self) -> Iterator[str]:
        """Their names, in lower case."""
        return iter(self._fields)

    def raw(self, name: str) -> bytes | None:
        """The first value of `name` (in lower case); None if there is none."""
        values = self._fields.get(name)
        return values[0] if values else None

    def get(self, name: str) -> str:
        """The same as text, stripped; empty if there is none."""
        return (self.raw(name) or b"").decode("latin-1").strip()

    def all(self, name: str) -> list[str]:
        """Every value of `name`."""
        return [value.decode("latin-1").strip() for value in self._fields.get(name, ())]

    @property
    def media_type(self) -> str:
        """In lower case, without parameters; empty if not said."""
        return self.get("content-type").partition(";")[0].strip().lower()

    @property
    def may_be_of_page(self) -> bool:
        """Whether what they come with is HTML, or does not say what it is."""
        media_type = self.media_type
        return "html" in media_type or not media_type

    def retry_after(self, now: float) -> float | None:
        """The seconds from `now` (Unix) that `Retry-After` asks for (RFC 9110, 10.2.3); None without one."""
        value = self.get("retry-after")
        if not value:
            return None
        if value.isascii() and value.isdigit():
            return float(min(int(value[:12]), 10**9))
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - now)
        except (ValueError, OverflowError):
            return None
