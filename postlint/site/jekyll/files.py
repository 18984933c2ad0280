"""Which of a blog's files Jekyll reads, and as what.

Its lib/jekyll/reader.rb, readers/, entry_filter.rb and collection.rb.
"""

from __future__ import annotations

import enum
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from postlint.named import NamedTuple
from postlint.site.jekyll.config import JekyllConfig
from postlint.site.jekyll.reasons import Reason

_SPECIAL = (".", "_", "#", "~")
_POST_NAME = re.compile(r"^(?>.+/)*?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)$", re.MULTILINE | re.ASCII)
"""`DATE_FILENAME_MATCHER` in lib/jekyll/document.rb."""
_DATELESS_NAME = re.compile(r"^(?:.+/)*(.*)(\.[^.]+)$", re.MULTILINE)

_HEADER = re.compile(rb"---\s*\r?\n")
_NEVER_TEXT = frozenset(
    {
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".bmp", ".pdf", ".mp4", ".webm", ".mov"),
        *(".mp3", ".woff", ".woff2", ".ttf", ".eot", ".otf", ".zip", ".gz", ".pptx", ".docx", ".xlsx"),
    }
)
"""Extensions of files that cannot begin with three hyphens and so need not be opened."""


class Name(NamedTuple):
    """What the name of a post or document says. `date` is empty where it has none."""

    date: str
    slug: str
    extension: str


def name_of(path: str) -> Name:
    """The parts of a document's name, by its path within the site."""
    if match := _POST_NAME.search(path):
        date, slug, extension = match.groups()
    elif match := _DATELESS_NAME.search(path):
        date, slug, extension = "", match[1], match[2]
    else:
        date, slug, extension = "", path.rpartition("/")[2], ""
    return Name(date, slug.rstrip("."), extension)


def is_post_name(path: str) -> bool:
    """Whether a file below `_posts`, by its path there, is named after a date and a title."""
    return bool(_POST_NAME.search(path))


def extension_of(name: str) -> str:
    """Ruby's `File.extname`: with its point, empty for `.htaccess` and `name.`."""
    base = name.rpartition("/")[2]
    stem, point, extension = base.rpartition(".")
    return f".{extension}" if point and extension and stem.strip(".") else ""


class Role(enum.Enum):
    """What Jekyll takes a file for."""

    POST = "post"
    DRAFT = "draft"
    DOCUMENT = "document"
    """One of a collection that is not `posts`."""
    PAGE = "page"
    STATIC = "static"


class Entry(NamedTuple):
    """A file that Jekyll reads. `path` is relative to the blog's sources, with `/` between its parts."""

    path: str
    role: Role
    collection: str = ""


class SourceFiles(NamedTuple):
    entries: tuple[Entry, ...]
    left: dict[str, Reason]
    """Files below some `_posts` that are no posts, by their path, and why."""
    drafts: dict[str, Reason]
    """Files below some `_drafts` that are not shown, and why."""
    folders: tuple[str, ...] = ()
    """The folders that were looked into."""
    opened: tuple[str, ...] = ()
    """The files that were opened, to see whether they have a front matter."""


class EntryFilter:
    """Which entries of a folder Jekyll looks at (lib/jekyll/entry_filter.rb)."""

    def __init__(self, config: JekyllConfig) -> None:
        self._include = _Patterns(config.include, config.root)
        self._exclude = _Patterns([one for one in config.exclude if one not in config.include], config.root)

    def why_left(self, base: str, entry: str) -> Reason | None:
        """Why the `entry` of the folder `base` is passed over; None for one that is read.

        Both are paths with `/`; `base` is relative to the blog's sources and empty for their root.
        """
        if entry.endswith("."):
            return Reason.HIDDEN
        name = entry.rpartition("/")[2]
        if self._include.match(entry) or (name != entry and self._include.match(name)):
            return None
        if self._exclude.match(f"{base}/{entry}" if base else entry):
            return Reason.EXCLUDED
        special = entry.startswith(_SPECIAL) or name.startswith(_SPECIAL) or entry.endswith("~")
        return Reason.HIDDEN if special else None


class _Patterns:
    """What `include` or `exclude` names: the beginning of a path, or all of it with wildcards."""

    def __init__(self, patterns: Iterable[str], root: Path) -> None:
        rooted = [f"/{pattern.lstrip('/')}" for pattern in patterns]
        beginnings = (re.escape(pattern) for pattern in rooted)
        whole = (rf"{_fnmatch(pattern)}\Z" for pattern in rooted if any(one in pattern for one in "*?[\\"))
        self._pattern = re.compile("|".join((*beginnings, *whole)) or r"(?!)", re.DOTALL)
        self._folders = frozenset(pattern[:-1] for pattern in rooted if pattern.endswith("/"))
        self._root = root

    def match(self, entry: str) -> bool:
        path = f"/{entry.lstrip('/')}"
        if self._pattern.match(path):
            return True
        return path in self._folders and (self._root / entry.lstrip("/")).is_dir()


def _fnmatch(pattern: str) -> str:
    """Ruby's `File.fnmatch?` as a regular expression: `*` passes over slashes too."""
    result: list[str] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        at += 1
        if character == "*":
            result.append(".*+" if at == len(pattern) else ".*")
            while at < len(pattern) and pattern[at] == "*":
                at += 1
        elif character == "?":
            result.append(".")
        elif character == "\\" and at < len(pattern):
            result.append(re.escape(pattern[at]))
            at += 1
        elif character == "[" and (end := pattern.find("]", at + 1)) > 0 and _is_class(pattern[at:end]):
            inside = pattern[at:end]
            result.append(f"[^{inside[1:]}]" if inside[0] in "!^" else f"[{inside}]")
            at = end + 1
        else:
            result.append(re.escape(character))
    return "".join(result)


def _is_class(inside: str) -> bool:
    """Whether a class of characters means the same to Python as to Ruby."""
    try:
        re.compile(f"[{inside}]")
    except re.error:
        return False
    return not any(one in inside for one in "[\\&|~")


def source_files(config: JekyllConfig) -> SourceFiles:
    """The files that Jekyll reads below the blog's sources, and those that look like posts and are none."""
    return _Walk(config).result()


class _Walk:
    def __init__(self, config: JekyllConfig) -> None:
        self._config = config
        self._root = config.root
        self._filter = EntryFilter(config)
        self._entries: dict[str, Entry] = {}
        self._left: dict[str, Reason] = {}
        self._drafts: dict[str, Reason] = {}
        self._folders: dict[str, None] = {}
        self._opened: dict[str, None] = {}
        self._destination = os.path.normpath(self._root / config.destination)

    def result(self) -> SourceFiles:
        self._read_folder("")
        self._read_included()
        for label in self._config.collections:
            if label not in ("posts", "data"):
                self._read_collection(label)
        self._find_left()
        return SourceFiles(
            tuple(self._entries.values()), self._left, self._drafts, tuple(self._folders), tuple(self._opened)
        )

    def _add(self, path: str, role: Role, collection: str = "") -> None:
        self._entries.setdefault(path, Entry(path, role, collection))

    def _read_folder(self, folder: str) -> None:
        """What stands in `folder` and below it (`read_directories`).

        Symbolic links are followed; one that leads back to where it is reached from is not, or the
        walk would not end.
        """
        pending: list[tuple[str, tuple[str, ...]]] = [(folder, (os.path.realpath(self._root / folder),))]
        while pending:
            folder, passed = pending.pop()
            if self._is_in_collections_dir(folder):
                self._read_posts(f"{folder}/_posts".lstrip("/"))
                self._read_drafts(f"{folder}/_drafts".lstrip("/"))
            for entry in self._scan(folder):
                if self._filter.why_left(folder, entry.name) is not None:
                    continue
                path = f"{folder}/{entry.name}" if folder else entry.name
                if _is(entry, os.DirEntry.is_dir):
                    real = os.path.realpath(self._root / path) if entry.is_symlink() else ""
                    leads_back = real and any(f"{one}/".startswith(f"{real}/") for one in passed)
                    if os.path.normpath(self._root / path) != self._destination and not leads_back:
                        pending.append((path, (*passed, real) if real else passed))
                elif _is(entry, os.DirEntry.is_file):
                    self._add(path, self._page_or_static(path))

    def _is_in_collections_dir(self, folder: str) -> bool:
        wanted = self._config.collections_dir
        return not wanted or folder.startswith(wanted)

    def _scan(self, folder: str) -> list[os.DirEntry[str]]:
        self._folders[folder] = None
        try:
            with os.scandir(self._root / folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError:
            return []

    def _page_or_static(self, path: str) -> Role:
        return Role.PAGE if self._has_header(path) else Role.STATIC

    def _has_header(self, path: str) -> bool:
        if extension_of(path).lower() in _NEVER_TEXT:
            return False
        self._opened[path] = None
        try:
            with (self._root / path).open("rb") as file:
                return bool(_HEADER.match(file.readline(_LONGEST_HEADER)))
        except OSError:
            return False

    def _read_posts(self, base: str) -> None:
        for entry in self._below(base):
            left = self._filter.why_left(base, entry)
            if left is None and not is_post_name(entry):
                left = Reason.NAME
            if left is None:
                self._add(f"{base}/{entry}", Role.POST, "posts")
            else:
                self._left[f"{base}/{entry}"] = left

    def _read_drafts(self, base: str) -> None:
        for entry in self._below(base):
            left = self._filter.why_left(base, entry)
            if left is None and not self._config.show_drafts:
                left = Reason.DRAFT
            if left is None and not _DATELESS_NAME.search(entry):
                left = Reason.NO_EXTENSION
            if left is None:
                self._add(f"{base}/{entry}", Role.DRAFT, "posts")
            else:
                self._drafts[f"{base}/{entry}"] = left

    def _below(self, base: str, *, hidden: bool = False) -> Iterator[str]:
        """The files below `base`, relative to it, in no hidden or linked folder, as Ruby's `**/*` has it."""
        pending = [""]
        while pending:
            inside = pending.pop()
            for entry in self._scan(f"{base}/{inside}" if inside else base):
                if entry.name.startswith(".") and not hidden:
                    continue
                path = f"{inside}/{entry.name}" if inside else entry.name
                if _is(entry, os.DirEntry.is_file):
                    yield path
                elif not entry.is_symlink() and _is(entry, os.DirEntry.is_dir):
                    pending.append(path)

    def _read_included(self) -> None:
        """Files that `include` names outright (`read_included_excludes`)."""
        for name in self._config.include:
            path = os.path.normpath(name).lstrip("/")
            if not path.startswith("..") and (self._root / path).is_file():
                self._add(path, self._page_or_static(path))

    def _read_collection(self, label: str) -> None:
        name = re.sub(r"[^A-Za-z0-9_\-.]", "", label)
        outer = self._config.collections_dir
        folder = f"{outer}/_{name}" if outer else f"_{name}"
        for entry in self._below(folder, hidden=True):
            if self._filter.why_left(f"_{name}", entry) is None:
                path = f"{folder}/{entry}"
                self._add(path, Role.DOCUMENT if self._has_header(path) else Role.STATIC, label)

    def _find_left(self) -> None:
        """Files below a `_posts` that no step has come by, since the folder around it is passed over."""
        for folder in self._folders_of_posts():
            for entry in self._below(folder):
                path = f"{folder}/{entry}"
                if path not in self._entries and path not in self._left:
                    self._left[path] = self._why_folder_left(folder)

    def _folders_of_posts(self) -> Iterator[str]:
        pending = [""]
        while pending:
            folder = pending.pop()
            for entry in self._scan(folder):
                if entry.name.startswith(".") or entry.is_symlink() or not _is(entry, os.DirEntry.is_dir):
                    continue
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.name == "_posts":
                    yield path
                else:
                    pending.append(path)

    def _why_folder_left(self, folder: str) -> Reason:
        parts = folder.split("/")
        for depth in range(1, len(parts)):
            left = self._filter.why_left("/".join(parts[: depth - 1]), parts[depth - 1])
            if left is Reason.EXCLUDED:
                return left
        return Reason.FOLDER


_LONGEST_HEADER = 4096


def _is(entry: os.DirEntry[str], what: Callable[[os.DirEntry[str]], bool]) -> bool:
    """Whether an entry is a file or a folder; it is neither where the system will not say."""
    try:
        return what(entry)
    except OSError:
        return False
