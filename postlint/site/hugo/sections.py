"""The sections of a site, and what they pass on to the pages in them
(`hugolib/content_map_page_assembler.go`, `hugolib/page__paths.go`)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from postlint.named import NamedTuple
from postlint.site.hugo.content import Entry, Role
from postlint.site.hugo.pages import Cascade


class Section(NamedTuple):
    """A folder that lists pages, with a file of its own or without."""

    cascades: tuple[Cascade, ...] = ()
    """Its own first, then those of the sections around it."""
    is_published: bool = True
    """Whether the pages in it may be."""
    folder: str = ""
    """Where it stands in the content."""
    address: str = ""
    """Where its pages stand on the server: its folder, with the slugs of the sections around."""

    def place_of(self, folder: str) -> str:
        """Where the server has what is in `folder`, which is in this section."""
        return posixpath.join(self.address, folder[len(self.folder) :].lstrip("/"))


def folder_of(entry: Entry) -> str:
    """The folder in which a page is filed: that around it, for a bundle and for a section."""
    return entry.folder if entry.role in (Role.PAGE, Role.FILE) else posixpath.dirname(entry.folder)


def without_file(language: str, folder: str) -> Entry:
    """What stands for a section, a taxonomy or a term that has no file."""
    return Entry("", folder, "_index", "md", Role.SECTION, language)


def top_folders(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """The first folder of each page, as the first page has it, by language and in lower case."""
    found: dict[tuple[str, str], str] = {}
    for entry in entries:
        folder = entry.folder if entry.role is Role.SECTION else folder_of(entry)
        top = folder.partition("/")[0]
        if top:
            found.setdefault((entry.language, top.lower()), top)
    return found
