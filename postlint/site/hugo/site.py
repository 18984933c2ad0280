"""A whole site as Hugo will make it: what becomes of each file, and what is on each page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from postlint.paths import is_file
from postlint.post import hugo_front_matter, shortcodes
from postlint.post.mapped import Mapped, Piece
from postlint.post.nodes import Document as Tree
from postlint.post.post import Engine
from postlint.post.shortcodes import Shortcodes
from postlint.post.source import Source
from postlint.site.facts import PostFacts, body_facts
from postlint.site.hugo import version
from postlint.site.hugo.config import HugoConfig, read
from postlint.site.hugo.config_files import NAMES
from postlint.site.hugo.content import HTML, MARKDOWN, Bundle, Content, Entry, Role, files_below
from postlint.site.hugo.pages import (
    Document,
    Filing,
    LeftOutError,
    PageReader,
    cascades,
    is_rendered,
)
from postlint.site.hugo.reasons import Reason
from postlint.site.hugo.references import resolve_references
from postlint.site.hugo.sections import Section, folder_of, top_folders, without_file
from postlint.site.hugo.targets import Naming, target
from postlint.site.hugo.values import Data, at, to_flag, to_terms
from postlint.site.served import ServedFiles
from postlint.site.sitemap import SiteMap


class HugoBlog(ServedFiles):
    """What Hugo would make of the site in the folder `root` at the moment `now`.

    Only names and front matter are read at first, a page's text when its facts are asked for.
    """

    def __init__(self, root: Path, now: datetime) -> None:
        super().__init__()
        self.root = root
        self.config: HugoConfig = read(root)
        self._now = now
        self._reader = PageReader(self.config, now)
        self._documents: list[Document] = []
        self.next_change: float | None = None
        """When time alone will change the site, in seconds since 1970."""
        content = Content(self.config)
        self.folders = content.folders
        """The folders that were looked into."""
        self.opened = content.opened
        """The files of which the front matter was read, or looked for."""
        self.ignored: dict[str, Reason] = dict(content.left)
        """Files below the content of which Hugo makes no page, by their path, and why."""
        self.drafts: dict[str, Reason] = {}
        """Hugo has no folder of drafts: they are among the ignored."""
        self.would_serve: dict[str, str] = {}
        """The file that the server would have of one that is not published."""
        self._sections: dict[tuple[str, str], Section] = {}
        """By language and folder, in lower case."""
        self._taxonomies: dict[tuple[str, str], Section] = {}
        self._homes: set[str] = set()
        """The languages whose home page has a file."""
        self._fileless: dict[tuple[str, str], tuple[Entry, Data]] = {}
        """The sections and taxonomies that have no file, with what is passed on to them."""
        self._folders_of_sections: dict[tuple[str, str], str] = {}
        """Where the server has the files that belong to each section that is published."""
        self.lists: list[str] = []
        """Where lists of pages stand, which may go on in further ones."""
        self.unknown_below = [f"/{folder}/".replace("//", "/") for folder in content.adapted]
        """Folders of the server in which there may be pages that no file tells of."""
        self._take_static()
        self._take_sections(content.bundles)
        self._take_pages(content.bundles)
        self._take_lists()
        if self.config.has_page_tree:
            self._take_loose_files(content.bundles)

    @cached_property
    def posts(self) -> tuple[Document, ...]:
        """The published pages but those of sections: by date, and by path at the same moment."""
        posts = (one for one in self._documents if one.entry.role is not Role.SECTION)
        return tuple(sorted(posts, key=lambda one: (one.date, one.path)))

    @property
    def sections(self) -> tuple[Document, ...]:
        """The published pages that list others and have a file of their own."""
        return tuple(one for one in self._documents if one.entry.role is Role.SECTION)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every published page that has a source."""
        return tuple(self._documents)

    @cached_property
    def places(self) -> Mapping[tuple[str, str], Document]:
        """The published pages by language and place, in lower case."""
        return {(one.entry.language, one.entry.place.lower()): one for one in self._documents}

    @cached_property
    def names(self) -> Mapping[tuple[str, str], Sequence[Document]]:
        """The same by language and the last part of the place."""
        found: dict[tuple[str, str], list[Document]] = {}
        for (language, place), document in self.places.items():
            found.setdefault((language, posixpath.basename(place)), []).append(document)
        return found

    @cached_property
    def map(self) -> SiteMap:
        return SiteMap(self.config.url, self.config.baseurl, self._served)

    # What becomes of each file

    def _take_static(self) -> None:
        for root in reversed(self.config.static):
            for path, source in files_below(self.root, root.folder):
                self._served[posixpath.join("/", root.below, path)] = source

    def _take_sections(self, bundles: Iterable[Bundle]) -> None:
        whole_site = tuple(one for data in self.config.cascade for one in cascades(data))
        sections = [(one.page, one) for one in bundles if one.page and one.page.role is Role.SECTION]
        for language in self.config.languages:
            self._sections[language, ""] = Section(whole_site)
        for entry, bundle in sections:
            if not entry.folder:
                self._homes.add(entry.language)
                self._take_section(bundle, entry)
        if self.config.has_page_tree:
            self._add_fileless(bundles)
        for entry, bundle in sorted(sections, key=lambda one: one[0].folder.count("/")):
            if entry.folder:
                self._take_section(bundle, entry)

    def _add_fileless(self, bundles: Iterable[Bundle]) -> None:
        """Know the sections that are there because a page is, and the taxonomies."""
        entries = [one.page for one in bundles if one.page]
        known = {(one.language, one.place.lower()) for one in entries}
        tops = {key: top for key, top in top_folders(entries).items() if key[1] not in self.config.taxonomies}
        for language in self.config.languages:
            tops.update({(language, taxonomy): taxonomy for taxonomy in self.config.taxonomies})
        for (language, key), folder in tops.items():
            if (language, key) not in known and language in self.config.languages:
                entry = without_file(language, folder)
                around = self._sections[language, ""]
                data = self._reader.with_cascades({}, entry, around.cascades)
                self._fileless[language, key] = entry, data
                address = self._address_of(entry, data, around)
                self._sections[language, key] = Section(around.cascades, True, folder, address)

    def _take_section(self, bundle: Bundle, entry: Entry) -> None:
        around = self._section_around(entry)
        if not around.is_published:
            self.ignored[entry.path] = Reason.SECTION
            self._know_section(entry, around)
            return
        left = Section(
            around.cascades, self.config.has_page_tree, entry.folder, around.place_of(entry.folder)
        )
        try:
            data = self._reader.front_matter(entry)
            passed_on = (*cascades(data.get("cascade")), *around.cascades)
            data = self._reader.with_cascades(data, entry, passed_on)
            left = left._replace(cascades=passed_on, address=self._address_of(entry, data, around))
            self._know_section(entry, left._replace(is_published=True))
            self._refuse_unpublished(entry, data)
        except LeftOutError as error:
            self.ignored[entry.path] = error.reason
            self._know_section(
                entry, left if self.config.has_page_tree else left._replace(cascades=around.cascades)
            )
            return
        document = self._take_bundle(bundle, entry, data)
        self._folders_of_sections[entry.language, entry.folder.lower()] = document.folder

    def _address_of(self, entry: Entry, data: Data, around: Section) -> str:
        """Where the pages of a section stand on the server."""
        place = around.place_of(entry.folder)
        if self.config.minor < version.FIRST_WITH_SLUGS_OF_SECTIONS:
            return place
        slug = self._reader.slug(entry, data) if entry.folder else ""
        return posixpath.join(posixpath.dirname(place), slug) if slug else place

    def _know_section(self, entry: Entry, section: Section) -> None:
        # Up to 0.122, what a taxonomy has a file for is no section of the pages beside that file.
        is_apart = self._is_taxonomy(entry) and not self.config.has_page_tree
        known = self._taxonomies if is_apart else self._sections
        known[entry.language, entry.folder.lower()] = section

    def _is_taxonomy(self, entry: Entry) -> bool:
        return entry.role is Role.SECTION and entry.folder.lower().startswith(self.config.taxonomies)

    def _section_around(self, entry: Entry) -> Section:
        """The section nearest to a file, itself not counted."""
        folder = folder_of(entry).lower()
        while folder and (entry.language, folder) not in self._sections:
            folder = posixpath.dirname(folder)
        return self._sections.get((entry.language, folder), Section())

    def _filing(self, entry: Entry, data: Data) -> Filing:
        around = self._section_around(entry)
        if not self.config.has_page_tree:
            folder = entry.folder if entry.role is Role.SECTION else folder_of(entry)
            return Filing(self._sections_of(entry), folder)
        is_section = entry.role is Role.SECTION
        known = entry.folder if is_section else around.folder
        sections = [part for part in known.lower().replace(" ", "-").split("/") if part]
        folder = self._address_of(entry, data, around) if is_section else around.place_of(folder_of(entry))
        return Filing(sections, folder)

    def _sections_of(self, entry: Entry) -> list[str]:
        """The path of the section that a page is in: one with an `_index`, or else the first folder."""
        folder = posixpath.dirname(entry.folder) if entry.role is Role.BUNDLE else entry.folder
        while "/" in folder and (entry.language, folder.lower()) not in self._sections:
            folder = posixpath.dirname(folder)
        if folder and (entry.language, folder.lower()) not in self._sections:
            return [folder.lower(), ""]  # so Hugo takes the key of a section without a file apart
        return [part for part in folder.split("/") if part]

    def _take_pages(self, bundles: Iterable[Bundle]) -> None:
        pages: dict[tuple[str, str], Bundle] = {}
        for bundle in bundles:
            if bundle.page is None:
                for file in () if self.config.has_page_tree else bundle.files:
                    prefix = self.config.prefix(file.language)
                    self._served[posixpath.join("/", prefix, file.content_path)] = file.path
            elif bundle.page.role is not Role.SECTION:
                key = (bundle.page.language, bundle.page.place.lower())
                replaced = pages.pop(key, None)
                if replaced and replaced.page:
                    self.ignored[replaced.page.path] = Reason.REPLACED
                pages[key] = bundle
        for bundle in pages.values():
            assert bundle.page is not None
            try:
                self._take_page(bundle, bundle.page)
            except LeftOutError as left:
                self.ignored[bundle.page.path] = left.reason

    def _take_page(self, bundle: Bundle, entry: Entry) -> None:
        around = self._section_around(entry)
        if not around.is_published:
            raise LeftOutError(Reason.SECTION)
        data = self._reader.with_cascades(self._reader.front_matter(entry), entry, around.cascades)
        self._refuse_unpublished(entry, data)
        self._take_bundle(bundle, entry, data)

    def _refuse_unpublished(self, entry: Entry, data: Data) -> None:
        for when in self._reader.changes_at(entry, data):
            self.next_change = min(when.timestamp(), self.next_change or when.timestamp())
        try:
            self._reader.refuse_unpublished(entry, data)
            if self._reader.kind_of(entry) in self.config.disabled_kinds:
                raise LeftOutError(Reason.DISABLED)
        except LeftOutError:
            document = self._reader.document(entry, data, self._filing(entry, data))
            self.would_serve[entry.path] = document.served
            raise

    def _take_bundle(self, bundle: Bundle, entry: Entry, data: Data) -> Document:
        document = self._reader.document(entry, data, self._filing(entry, data))
        for file in bundle.files:
            name = file.content_path[len(entry.folder) :].lstrip("/")
            self._served[posixpath.join(document.folder or "/", name)] = file.path
        if not is_rendered(data, entry):
            self.ignored[entry.path] = Reason.NOT_RENDERED
            return document
        self._documents.append(document)
        self._put(entry.path, document.url, document.served)
        for alias in self._reader.aliases(document):
            self._served.setdefault(alias, entry.path)
        return document

    def _take_loose_files(self, bundles: Iterable[Bundle]) -> None:
        """Files in a folder without a page of its own belong to the section nearest to them."""
        for file in (file for bundle in bundles if bundle.page is None for file in bundle.files):
            folder = file.folder.lower()
            while folder and (file.language, folder) not in self._sections:
                folder = posixpath.dirname(folder)
            served = self._folders_of_sections.get((file.language, folder))
            if served is not None:
                name = file.content_path[len(folder) :].lstrip("/")
                self._served[posixpath.join(served or "/", name)] = file.path

    # What Hugo makes beside the pages of files

    def _take_lists(self) -> None:
        """The home page, sections without a file, taxonomies and their terms, and the site's own files."""
        if self.config.has_page_tree:
            self._take_fileless()
        else:
            self._take_old_lists()
        for section_page in self.sections:
            self.lists.append(section_page.folder)
            # The feed of a list whose `url` names a file is written to that very file.
            if section_page.served.endswith("/index.html") or "url" not in section_page.data:
                self._put_feed(section_page.served)
        self._take_own_files()

    def _take_fileless(self) -> None:
        for language in self.config.languages:
            if language not in self._homes:
                self._take_without_file(without_file(language, ""), self._home_data(language))
        for entry, data in self._fileless.values():
            self._take_without_file(entry, data)
        for language in self.config.languages:
            for taxonomy in self.config.taxonomies:
                filed = self._in(language)
                for term in {term for one in filed for term in to_terms(one.data.get(taxonomy))}:
                    self._take_term(without_file(language, f"{taxonomy}/{term}"))

    def _home_data(self, language: str) -> Data:
        home = without_file(language, "")
        return self._reader.with_cascades({}, home, self._sections[language, ""].cascades)

    def _take_term(self, entry: Entry) -> None:
        key = (entry.language, entry.logical_path[1:])
        if entry.folder.endswith("/") or key in self._sections or key in self.places:
            return
        around = self._section_around(entry)
        self._take_without_file(entry, self._reader.with_cascades({}, entry, around.cascades))

    def _take_without_file(self, entry: Entry, data: Data) -> None:
        kind = self._reader.kind_of(entry)
        is_on = {kind, "taxonomyterm"} if kind == "taxonomy" else {kind}
        if is_on & self.config.disabled_kinds:
            return
        top = entry.folder.partition("/")[0].lower().replace(" ", "-")
        if pattern := self.config.permalinks.get(kind, {}).get(top):
            # What it makes of a list depends on a title that no file says.
            self.unknown_below.append("/" + pattern.lstrip("/").partition(":")[0])
            return
        try:
            self._reader.refuse_unpublished(entry, data)
        except LeftOutError:
            return
        document = self._reader.document(entry, data, self._filing(entry, data))
        self._folders_of_sections.setdefault((entry.language, entry.folder.lower()), document.folder)
        self._served.setdefault(document.served, self._config_name)
        self.lists.append(document.folder)
        self._put_feed(document.served)

    def _take_old_lists(self) -> None:
        disabled = self.config.disabled_kinds
        for language in self.config.languages:
            if not self._sections[language, ""].is_published:
                continue
            if "home" not in disabled:
                self._list(language, ())
            if "section" not in disabled:
                # A folder without a file of its own is known by its name in lower case.
                folders = {"".join(self._sections_of(one.entry)[:1]).lower() for one in self._in(language)}
                for folder in folders - {""}:
                    if (language, folder) not in self.places:
                        self._list(language, (folder,))
            for taxonomy in self.config.taxonomies:
                if not self._taxonomies.get((language, taxonomy), Section()).is_published:
                    continue
                if "taxonomy" not in disabled and "taxonomyterm" not in disabled:
                    self._list(language, (taxonomy,))
                if "term" not in disabled:
                    filed = (one for one in self._in(language) if not self._is_taxonomy(one.entry))
                    for term in {term for one in filed for term in to_terms(one.data.get(taxonomy))}:
                        self._list(language, (taxonomy, term))

    def _take_own_files(self) -> None:
        disabled, config = self.config.disabled_kinds, self.config
        is_apart = config.is_multilingual or any(config.prefix(one) for one in config.languages)
        if is_apart:
            main = f"/{config.default_language}/index.html"
            if config.minor >= version.FIRST_OF_TODAY and config.is_ugly(""):
                main = f"/index.html{main[1:]}"
            self._served.setdefault("/index.html" if config.default_in_subfolder else main, self._config_name)
        for name, is_made in (
            ("404.html", "404" not in disabled and self._has_layout("404.html")),
            ("robots.txt", "robotstxt" not in disabled and config.has_robots),
        ):
            if is_made:
                for language in config.languages:
                    served = posixpath.join("/", config.prefix(language), name)
                    self._served.setdefault(served, self._config_name)
        if "sitemap" not in disabled:
            folders = (f"/{language}" for language in config.languages) if is_apart else ()
            for folder in ("", *folders):
                self._served.setdefault(f"{folder}/sitemap.xml", self._config_name)

    def _has_layout(self, name: str) -> bool:
        """Whether the site, or a theme that may be elsewhere, has a layout."""
        folders = ("layouts", *(f"{theme}/layouts" for theme in self.config.theme_folders))
        return self.config.has_unknown_modules or any(is_file(self.root / one / name) for one in folders)

    def _in(self, language: str) -> Iterator[Document]:
        return (one for one in self._documents if one.entry.language == language)

    def _list(self, language: str, sections: tuple[str, ...]) -> None:
        kind = "term" if len(sections) > 1 else "section"
        if sections and self.config.permalinks[kind].get(sections[0]):
            return  # what it makes of a list depends on what no file says
        if self._is_draft_by_cascade(language, sections):
            return
        place = target(
            Naming(
                is_page=False,
                sections=sections,
                language=self.config.prefix(language),
                is_ugly=self.config.is_ugly(sections[0] if sections else ""),
            ),
            self._reader.sanitize,
        )
        self._served.setdefault(place.served, self._config_name)
        self.lists.append(place.folder)
        self._put_feed(place.served)

    def _is_draft_by_cascade(self, language: str, sections: tuple[str, ...]) -> bool:
        """Whether a list without a file gets `draft: true` from what is around it."""
        above = self._taxonomies if sections and sections[0] in self.config.taxonomies else self._sections
        around = above.get((language, "".join(sections[:1]))) or self._sections[language, ""]
        return not self.config.build_drafts and any(
            to_flag(cascade.values.get("draft")) and not cascade.path and not cascade.kind
            for cascade in around.cascades
        )

    def _put_feed(self, served: str) -> None:
        if "rss" not in self.config.disabled_kinds:
            folder = posixpath.dirname(served) if served.endswith("/index.html") else served[: -len(".html")]
            self._served.setdefault(posixpath.join(folder, "index.xml"), self._config_name)

    @cached_property
    def _config_name(self) -> str:
        return next((name for name in NAMES if is_file(self.root / name)), NAMES[0])

    # What is on a page

    def facts(self, document: Document) -> PostFacts:
        """The facts of a published page, for which its text is read.

        Raises LeftOutError if it cannot be read any more.
        """
        source = Source(self._reader.text(document.entry))
        return PostFacts(
            path=document.path,
            url=document.url,
            served=document.served,
            date=document.day,
            title=document.title,
            tags=document.tags,
            categories=document.categories,
            body=body_facts(self._page(document, source), source),
        )

    def _page(self, document: Document, source: Source) -> Tree:
        place = hugo_front_matter.find(source.text)
        start = place.span.end if place else 0
        body = Mapped.whole(source.text).derive([Piece(start, len(source.text))])
        engine = self._engine(document)
        if engine is None:
            return Tree(body.span(0, len(body.text)))
        regions = shortcodes.regions(body.text)
        page = engine.parse(Shortcodes(has_emoji=self.config.replaces_emoji).rendered(body, regions))
        resolve_references(page, body, regions, document, self)
        return page

    def _engine(self, document: Document) -> Engine | None:
        """What reads a page; None for a language that only another program reads."""
        extension = document.entry.extension
        markup = at(document.data, "markup")
        if extension in MARKDOWN or markup in ("markdown", "md", "goldmark"):
            return self._markdown
        if extension not in HTML:
            return None
        from postlint.site.html import HtmlPage  # few pages are HTML

        return HtmlPage()

    @cached_property
    def _markdown(self) -> Engine:
        from postlint.post.goldmark import Goldmark

        return Goldmark(self.config.goldmark)
