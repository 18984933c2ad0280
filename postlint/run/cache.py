"""What was found before, kept in `.postlint_cache/` beside the configuration of a site.

A record is used only if it was made of the same bytes, by the same postlint, for the same configuration and
the same settings of the site's engine. Each begins with a checksum and is put in its place whole, so that
a run that is killed, one that goes on at the same time, or a damaged file costs a record and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import postlint
from postlint.named import NamedTuple
from postlint.site.index import SiteIndex

FOLDER = ".postlint_cache"
_HEAD = {b"---": rb"\n(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)", b"+++": rb"\n\+\+\+[ \t\r]*(?:\n|\Z)"}
"""What begins a front matter, and what ends it."""
_DAY = 86_400
_OLD = 30 * _DAY
"""Seconds after which a record that nothing has renewed is thrown away: its file may be gone."""


class Signature(NamedTuple):
    """What the system says of a file without its being read: if all of it is the same, so are the bytes.

    That is what git goes by (`racy-git` in its documentation): a file that was written so shortly before it
    was looked at that its time need not tell a later write has no signature.
    """

    modified: int
    """Nanoseconds since 1970, as the next one."""
    changed: int
    size: int
    inode: int

    @classmethod
    def of(cls, path: Path | str) -> Signature | None:
        """That of the file or folder at `path`; None if it must be read to be known."""
        try:
            status = os.stat(path)  # noqa: PTH116 - a site has thousands, and a Path costs as much again
        except (OSError, ValueError):
            return None
        latest = max(status.st_mtime_ns, status.st_ctime_ns)
        # A time in whole seconds comes from a file system that has no finer ones.
        margin = 2_000_000_000 if not status.st_mtime_ns % 1_000_000_000 else 50_000_000
        if time.time_ns() - latest < margin:
            return None
        return cls(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def digest(*parts: bytes) -> str:
    """A fingerprint of `parts`, each with its length."""
    whole = hashlib.blake2b(digest_size=20)
    for part in parts:
        whole.update(b"%d:" % len(part))
        whole.update(part)
    return whole.hexdigest()


@cache
def program() -> str:
    """A fingerprint of postlint itself, its rules and tables, and of the Python that runs it."""
    root = Path(postlint.__file__).parent
    files = (
        f"{parent}/{name}:{status.st_size}:{status.st_mtime_ns}"
        for parent, _, names in os.walk(root)
        for name in sorted(names)
        if name.endswith((".py", ".yml")) and (status := (Path(parent) / name).stat())
    )
    return digest(postlint.__version__.encode(), sys.version.encode(), *(file.encode() for file in files))


class Cache:
    """The records of one site. `trouble` is why they cannot be kept, if they cannot."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self.trouble: str | None = None
        self._is_ready = False

    def unit(self, name: str, context: str, path: Path) -> Any:
        """The record of the file at `path`, made in the same `context`; None where there is none."""
        kept = self._read(self._place(name))
        if kept is None or kept.get("context") != context:
            return None
        signature = Signature.of(path)
        if signature is not None and kept.get("signature") == list(signature):
            return kept.get("record")
        try:
            if digest(path.read_bytes()) != kept.get("content"):
                return None
        except OSError:
            return None
        if signature is not None:
            self._write(self._place(name), {**kept, "signature": signature})
        return kept.get("record")

    def keep_unit(
        self, name: str, context: str, content: str, signature: Signature | None, record: Any
    ) -> None:
        """Keeps the record of a file whose bytes have the fingerprint `content`."""
        self._write(
            self._place(name),
            {"context": context, "content": content, "signature": signature, "record": record},
        )

    def index(self, context: str) -> Any:
        """The record of the whole site, if none of what it depends on has changed; else None."""
        place = self._folder / "site.json"
        kept = self._read(place)
        if kept is None or kept.get("context") != context:
            return None
        fresh = _Freshness(kept)
        if not fresh.holds:
            return None
        if fresh.seen:
            self._write(place, {**kept, **fresh.seen})
        return kept["record"]

    def begin(self) -> int:
        """Makes ready for keeping what is predicted from now on; the moment, in nanoseconds since 1970."""
        self._ready()
        return time.time_ns()

    def keep_index(self, context: str, index: SiteIndex, record: Any, begun: int) -> None:
        """Keeps the record of a site whose prediction was `begun` at that moment."""
        self._throw_away_old()
        self._write(
            self._folder / "site.json",
            {
                "context": context,
                "root": index.root,
                "valid_until": index.valid_until,
                "folders": _known(index.root, index.folders, _listing, begun),
                "heads": _known(index.root, index.heads, _head, begun),
                "wholes": _known(index.root, index.wholes, _content, begun),
                "record": record,
            },
        )

    def _throw_away_old(self) -> None:
        with contextlib.suppress(OSError):
            for place in (self._folder / "files").iterdir():
                if place.stat().st_mtime < time.time() - _OLD:
                    place.unlink()

    def _place(self, name: str) -> Path:
        return self._folder / "files" / f"{digest(name.encode('utf-8', 'surrogatepass'))}.json"

    def _read(self, place: Path) -> dict[str, Any] | None:
        try:
            content = place.read_bytes()
        except OSError:
            return None
        checksum, _, body = content.partition(b"\n")
        if digest(body).encode() != checksum:
            return None
        try:
            kept = json.loads(body)
        except ValueError:
            return None
        return kept if isinstance(kept, dict) else None

    def _write(self, place: Path, value: Any) -> None:
        if self.trouble is not None or not self._ready():
            return
        body = json.dumps(value, separators=(",", ":")).encode()
        temporary = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            temporary.write_bytes(digest(body).encode() + b"\n" + body)
            temporary.replace(place)
        except OSError as error:
            self.trouble = error.strerror or str(error)
            with contextlib.suppress(OSError):
                temporary.unlink()

    def _ready(self) -> bool:
        if self._is_ready:
            return True
        try:
            make_folder(self._folder)
            (self._folder / "files").mkdir(exist_ok=True)
        except OSError as error:
            self.trouble = error.strerror or str(error)
            return False
        self._is_ready = True
        return True


def make_folder(folder: Path) -> None:
    """Makes the cache's folder, which git then ignores by itself. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("# Made by postlint; nothing is lost if it goes.\n*\n", encoding="utf-8")


class _Freshness:
    """Whether all that a site's record depends on is as it was.

    `seen` has the signatures of what was written again with the same content.
    """

    def __init__(self, kept: dict[str, Any]) -> None:
        self._root: str = kept["root"]
        self.seen: dict[str, dict[str, Any]] = {}
        until = kept["valid_until"]
        self.holds = (until is None or time.time() < until) and all(
            all(self._hold(part, kept[part], look))
            for part, look in (("folders", _listing), ("heads", _head), ("wholes", _content))
        )

    def _hold(self, part: str, known: dict[str, Any], look: Callable[[str], str | None]) -> Iterator[bool]:
        for path, (signature, fingerprint) in known.items():
            whole = _below(self._root, path)
            now = Signature.of(whole)
            if now is not None and signature == list(now):
                continue
            yield look(whole) == fingerprint
            if now is not None:
                self.seen.setdefault(part, dict(known))[path] = [now, fingerprint]


def _below(root: str, path: str) -> str:
    return os.path.join(root, path)  # noqa: PTH118 - as above


def _known(root: str, paths: Iterable[str], look: Callable[[str], str | None], begun: int) -> dict[str, Any]:
    """The signature and fingerprint of each of `paths`; none holds for what was written since `begun`."""
    known: dict[str, Any] = {}
    for path in paths:
        whole = _below(root, path)
        known[path] = [None, ""] if _changed(whole) >= begun else [Signature.of(whole), look(whole)]
    return known


def _changed(path: str) -> int:
    """When what is at `path` changed last, in nanoseconds since 1970; 0 where nothing is."""
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except (OSError, ValueError):
        return 0
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _listing(path: str) -> str | None:
    """A fingerprint of what is in a folder, but for the cache itself."""
    try:
        with os.scandir(path) as entries:
            names = sorted(f"{one.name}/{one.is_dir()}" for one in entries if one.name != FOLDER)
    except (OSError, ValueError):  # a name that this locale cannot write
        return None
    return digest(*(name.encode("utf-8", "surrogatepass") for name in names))


def _content(path: str) -> str | None:
    try:
        return digest(Path(path).read_bytes())
    except (OSError, ValueError):
        return None


def _head(path: str) -> str | None:
    """A fingerprint of a file's front matter, and of whether it has one."""
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError):
        return None
    content = content.removeprefix(b"\xef\xbb\xbf")
    closing = _HEAD.get(content[:3])
    if closing is None:
        # Hugo's may be JSON, which nothing short of reading it tells the end of.
        return digest(content if content.startswith(b"{") else b"")
    end = re.search(closing, content)
    return digest(content[: end.end()] if end else content)


def fingerprints(paths: Iterable[Path]) -> Iterator[bytes]:
    """The bytes of each file, or that it is not there, for a fingerprint of them all."""
    for path in paths:
        yield str(path).encode("utf-8", "surrogatepass")
        try:
            yield path.read_bytes()
        except OSError:
            yield b""
