"""What is remembered of links, carried from one machine to another: a line of JSON for each address."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from postlint.findings import Message, Text
from postlint.named import NamedTuple
from postlint.paths import is_file, shown
from postlint.run.cache import FOLDER
from postlint.run.files import Linter
from postlint.run.links import opened
from postlint.run.request import Request
from postlint.web.memory import FILE, Memory, NotAMemoryError, exported

_NO_BLOG = Text(
    en="{folder}: nothing is remembered here; there is no blog, and no .postlint.yml",
    ko="{folder}: 블로그도 .postlint.yml도 없어 기억해 둔 것이 없습니다",
)
_UNUSABLE = Text(en="{file}: cannot be used: {why}", ko="{file}: 쓸 수 없습니다: {why}")
_NO_TEXT = Text(en="{file}: it is not UTF-8", ko="{file}: UTF-8이 아닙니다")
_NO_RECORD = Text(en="{file}:{line}: {why}", ko="{file}:{line}: {why}")


class CarryingError(Exception):
    """A memory cannot be read, or what was to be taken in is none."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message


class Export(NamedTuple):
    """The content of a file for `take_in`: a `name` for users, and the bytes."""

    name: str
    content: bytes


class TakenIn(NamedTuple):
    """How many records were read, and how many of them were new, or newer than what was known."""

    read: int
    new: int


def memory_of(folder: Path) -> Path:
    """The file that keeps what the web answered for the blog that `folder` belongs to; it may not be there.

    Raises CarryingError where nothing is kept, and ConfigError if the configuration cannot be used.
    """
    root = Linter(Request()).cache_root(folder / FILE)
    if root is None:
        raise CarryingError(Message(_NO_BLOG, {"folder": shown(folder)}))
    return root / FOLDER / FILE


def export(memory: Path) -> list[str]:
    """The lines of all that is remembered, sorted by address. Raises CarryingError if it cannot be read."""
    if not is_file(memory):
        return []
    with _usable(memory) as kept:
        return list(kept.export())


def take_in(memory: Path, exports: Iterable[Export]) -> TakenIn:
    """Adds what `exports` have to what is remembered: all of it, or nothing.

    Raises CarryingError if a line of them is no record, or if the memory cannot be written.
    """
    records = []
    for name, content in exports:
        try:
            lines = content.decode("utf-8-sig").split("\n")
            records += exported(lines)
        except UnicodeDecodeError as error:
            raise CarryingError(Message(_NO_TEXT, {"file": name})) from error
        except NotAMemoryError as error:
            values = {"file": name, "line": error.line, "why": error.message}
            raise CarryingError(Message(_NO_RECORD, values)) from error
    with _usable(memory) as kept:
        new = kept.take_in(records)
        _demand(kept, memory)
    return TakenIn(len(records), new)


def _usable(file: Path) -> Memory:
    memory = opened(file)
    try:
        _demand(memory, file)
    except CarryingError:
        memory.close()
        raise
    return memory


def _demand(memory: Memory, file: Path) -> None:
    if memory.trouble is not None:
        raise CarryingError(Message(_UNUSABLE, {"file": shown(file), "why": memory.trouble}))
