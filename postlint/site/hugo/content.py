"""The files below the content folders, and what each is to the site (`hugolib/pages_capture.go`,
`hugofs/files/classifier.go`, `source/fileInfo.go`)."""

from __future__ import annotations

import enum
import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from postlint.named import NamedTuple
from postlint.patterns import lazy_bytes
from postlint.site.hugo import version
from postlint.site.hugo.config import HugoConfig, Root
from postlint.site.hugo.reasons import Reason

MARKDOWN = frozenset({"md", "markdown", "mdown"})
HTML = frozenset({"html", "htm"})
PAGES = MARKDOWN | HTML | {"asciidoc", "adoc", "ad", "rest", "rst", "org", "pandoc", "pdc"}
"""The extensions, as written, of files that become pages."""

_PLAIN_HTML = lazy_bytes(rb"\s*<(?!!--)")
"""A page of HTML began with its front matter or with a comment; any other was copied as it is."""
ADAPTER = "_content.gotmpl"
"""A template that makes pages."""
_SNIFFED = 4096
"""Bytes of a page of HTML that are looked at for its beginning."""


class Role(enum.Enum):
    """What a file is in its folder; by value, the order in which Hugo takes them."""

    SECTION = "branch"
    """`_index`: it lists what is in its folder."""
    BUNDLE = "leaf"
    """`index`: all else in its folder belongs to it."""
    PAGE = "zcontent"
    FILE = "zfile"


class Entry(NamedTuple):
    """A file. Paths have `/` between their parts."""

    path: str
    """Relative to the site."""
    folder: str
    """Where it stands in the content, without a slash at either end."""
    name: str
    """Without extension and language."""
    extension: str
    role: Role
    language: str

    @property
    def place(self) -> str:
        """What stands for it in the content: its folder, or its path there without an extension."""
        return posixpath.join(self.folder, self.name) if self.role is Role.PAGE else self.folder

    @property
    def logical_path(self) -> str:
        """What today's Hugo calls it (`NormalizePathStringBasic`)."""
        return f"/{self.place.lower().replace(' ', '-')}"

    @property
    def content_path(self) -> str:
        """Its path in the content, with its whole name."""
        return posixpath.join(self.folder, posixpath.basename(self.path))


class Bundle(NamedTuple):
    """A page or section with the files that belong to it; or files that belong to none."""

    page: Entry | None
    files: tuple[Entry, ...] = ()


class Content:
    """Everything below the content folders, in Hugo's order."""

    def __init__(self, config: HugoConfig) -> None:
        self._config = config
        self.left: dict[str, Reason] = {}
        """Files that look like pages and are none, by their paths."""
        self._folders: list[str] = []
        self._opened: list[str] = []
        self.adapted: list[str] = []
        """The folders in which a template makes pages too."""
        self.bundles = [bundle for root in config.content for bundle in self._walk(root)]

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that were looked into."""
        return tuple(self._folders)

    @property
    def opened(self) -> tuple[str, ...]:
        """The files that have a front matter, or may have one."""
        return tuple(self._opened)

    def _walk(self, root: Root) -> Iterator[Bundle]:
        """The bundles below a root; a folder's own come before those of the folders in it."""
        below = root.below.strip("/")
        stack = [(root.folder, below)]
        while stack:
            source, folder = stack.pop()
            entries, folders = self._read(root, source, folder)
            inner = [(posixpath.join(source, name), posixpath.join(folder, name)) for name in folders]
            if self._is_leaf(entries):
                everything = [*entries, *self._everything(root, inner)]
                yield from self._leaf(everything)
                continue
            yield from self._branch(entries)
            stack.extend(reversed(inner))

    def _is_leaf(self, entries: list[Entry]) -> bool:
        roles = {entry.role for entry in entries}
        is_first = self._config.minor >= version.FIRST_WITH_BUNDLES_OVER_SECTIONS
        return Role.BUNDLE in roles and (is_first or Role.SECTION not in roles)

    def _everything(self, root: Root, folders: list[tuple[str, str]]) -> Iterator[Entry]:
        stack = list(reversed(folders))
        while stack:
            source, folder = stack.pop()
            entries, names = self._read(root, source, folder)
            yield from entries
            inner = [(posixpath.join(source, name), posixpath.join(folder, name)) for name in names]
            stack.extend(reversed(inner))

    def _leaf(self, entries: list[Entry]) -> Iterator[Bundle]:
        """One page for each language; what else looks like a page is but a resource of it."""
        headers: dict[str, Entry] = {}
        files: list[Entry] = []
        for entry in entries:
            if entry.role is Role.BUNDLE and entry.language not in headers:
                headers[entry.language] = entry
            elif entry.role is Role.FILE:
                files.append(entry)
            else:
                self.left[entry.path] = Reason.RESOURCE
        for header in headers.values():
            yield Bundle(header, tuple(files))

    def _branch(self, entries: list[Entry]) -> Iterator[Bundle]:
        sections = {entry.language: entry for entry in reversed(entries) if entry.role is Role.SECTION}
        files = tuple(entry for entry in entries if entry.role is Role.FILE)
        for section in sections.values():
            yield Bundle(section, files)
        if not sections and files:
            yield Bundle(None, files)
        for entry in entries:
            if entry.role is Role.PAGE or (entry.role is Role.BUNDLE and sections):
                yield Bundle(entry._replace(role=Role.PAGE))
            elif entry.role is Role.SECTION and sections[entry.language] is not entry:
                self.left[entry.path] = Reason.RESOURCE

    def _read(self, root: Root, source: str, folder: str) -> tuple[list[Entry], list[str]]:
        """The files and the folders in one folder of the sources."""
        self._folders.append(source)
        try:
            with os.scandir(self._config.root / source) as found:
                items = sorted(found, key=lambda item: item.name)
        except OSError:
            return [], []
        entries: list[Entry] = []
        folders: list[str] = []
        for item in items:
            path = posixpath.join(source, item.name)
            if item.name == ADAPTER and self._config.has_page_tree:
                self.adapted.append(folder)
                continue
            reason = self._reason(path)
            if _is_folder(item):
                if reason is None:
                    folders.append(item.name)
            elif reason is None:
                entry = self._entry(root, path, folder)
                entries.append(entry)
                if entry.extension in PAGES:
                    self._opened.append(path)
            elif path.rpartition(".")[2] in PAGES:
                self.left[path] = reason
        entries.sort(key=lambda entry: entry.role.value)
        return entries, folders

    def _reason(self, path: str) -> Reason | None:
        """Why Hugo passes over a name."""
        name = posixpath.basename(path)
        if name.startswith((".", "#")) or name.endswith("~"):
            return Reason.HIDDEN
        if self._config.ignored:
            whole = (self._config.root / path).as_posix()
            if any(pattern.search(whole) for pattern in self._config.ignored):
                return Reason.IGNORED
        if self._config.has_page_tree and _language_suffix(name) in self._config.disabled_languages:
            return Reason.LANGUAGE
        return None

    def _entry(self, root: Root, path: str, folder: str) -> Entry:
        whole_name = posixpath.basename(path)
        stem, _, extension = whole_name.rpartition(".")
        if not stem:
            stem, extension = whole_name, ""
        language = root.language or self._config.default_language
        name, dot, suffix = stem.rpartition(".")
        known = suffix.lower() if self._config.has_page_tree else suffix
        if dot and known in self._config.languages:
            stem, language = name, known
        return Entry(path, folder, stem, extension, self._role(path, whole_name, extension), language)

    def _role(self, path: str, name: str, extension: str) -> Role:
        if extension not in PAGES:
            return Role.FILE
        if extension in HTML and not self._config.has_page_tree and self._is_plain_html(path):
            return Role.FILE
        if name.startswith("_index."):
            return Role.SECTION
        return Role.BUNDLE if name.startswith("index.") else Role.PAGE

    def _is_plain_html(self, path: str) -> bool:
        try:
            with (self._config.root / path).open("rb") as file:
                return bool(_PLAIN_HTML.match(file.read(_SNIFFED)))
        except OSError:
            return True


def _language_suffix(name: str) -> str:
    return name.rpartition(".")[0].rpartition(".")[2].lower()


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir(follow_symlinks=False)
    except OSError:
        return False


def files_below(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Each file below `folder` of the sources: its path there, and relative to the site."""
    top = root / folder
    for parent, names, files in os.walk(top):
        names.sort()
        for name in sorted(files):
            path = (Path(parent) / name).relative_to(top).as_posix()
            yield path, posixpath.join(folder, path)
