"""One page: what its front matter says, and where it stands (`hugolib/page__meta.go`, `page__paths.go`,
`resources/page/pagemeta/page_frontmatter.go`)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from postlint.named import NamedTuple
from postlint.paths import beginning_of
from postlint.post import hugo_front_matter
from postlint.site.hugo import permalinks, targets, version
from postlint.site.hugo.config import HugoConfig
from postlint.site.hugo.content import Entry, Role
from postlint.site.hugo.dates import NO_DATE, moment
from postlint.site.hugo.paths import escaped, sanitized
from postlint.site.hugo.permalinks import Parts
from postlint.site.hugo.reasons import Reason
from postlint.site.hugo.targets import Naming, Target
from postlint.site.hugo.values import (
    Broken,
    Data,
    Value,
    as_flag,
    at,
    read,
    to_flag,
    to_list_of_keys,
    to_terms,
    to_text,
    to_texts,
)

LONGEST = 16 * 1024 * 1024
"""Bytes of a file that is still read."""


class LeftOutError(Exception):
    """Hugo makes no page of a file."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Document(NamedTuple):
    """A page, of posts or of a section, as Hugo publishes it."""

    entry: Entry
    data: Data
    """Its front matter, with what the sections around it pass on."""
    url: str
    """From the site's own root, escaped, without the path of `baseURL`."""
    served: str
    """The file that the server has for it, not escaped."""
    folder: str
    """Where the server has the files that belong to it."""
    date: datetime
    title: str
    slug: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]

    @property
    def path(self) -> str:
        return self.entry.path

    @property
    def day(self) -> str:
        """The day, as YYYY-MM-DD; that of Go's zero time where there is no date."""
        return self.date.date().isoformat()

    @property
    def refused(self) -> bool:
        """Hugo publishes nothing whose front matter it cannot read."""
        return False


class Cascade(NamedTuple):
    """Front matter that a section passes on to the pages below it."""

    values: Data
    path: str = ""
    kind: str = ""
    language: str = ""

    def applies_to(self, kind: str, language: str, path: str) -> bool:
        return all(
            not pattern or _glob(pattern).fullmatch(text)
            for pattern, text in (
                (self.kind, kind),
                (self.language, language),
                (self.path, path),
            )
        )


_GLOB_TOKEN = re.compile(r"\*\*|\*|\?|\[!?[^\]]*\]|\{[^{}]*\}|.", re.DOTALL)


def _glob(pattern: str) -> re.Pattern[str]:
    """A pattern of github.com/gobwas/glob, whose separator is `/`."""
    parts: list[str] = []
    for token in _GLOB_TOKEN.findall(pattern):
        if token in ("**", "*", "?"):
            parts.append({"**": ".*", "*": "[^/]*", "?": "[^/]"}[token])
        elif token[0] == "[" and len(token) > 2:
            parts.append(f"[{'^' if token[1] == '!' else ''}{_class(token[1:-1].lstrip('!'))}]")
        elif token[0] == "{" and len(token) > 1:
            parts.append(f"(?:{'|'.join(_glob(one).pattern for one in token[1:-1].split(','))})")
        else:
            parts.append(re.escape(token))
    return re.compile("".join(parts), re.DOTALL)


def _class(characters: str) -> str:
    return re.escape(characters).replace("\\-", "-")


def cascades(value: Value) -> tuple[Cascade, ...]:
    """What `cascade` in a front matter, or in the configuration, passes on."""
    found: list[Cascade] = []
    for one in to_list_of_keys(value):
        values = {key: inner for key, inner in one.items() if key not in ("_target", "target")}
        targets_of = at(one, "_target") or at(one, "target")
        if not isinstance(targets_of, dict):
            found.append(Cascade(values))
            continue
        path, kind, language = (to_text(targets_of.get(key)) for key in ("path", "kind", "lang"))
        found.append(Cascade(values, path.lower(), kind.lower(), language))
    return tuple(found)


class Filing(NamedTuple):
    """Where a page stands among the others."""

    sections: Sequence[str]
    """The path of the section that it is in, for the permalinks that ask for it."""
    folder: str
    """The folder on the server that its name is put into; of a section, its own."""


class PageReader:
    """Reads what the files say that become pages."""

    def __init__(self, config: HugoConfig, now: datetime) -> None:
        self._config = config
        self._now = now if now.tzinfo else now.replace(tzinfo=UTC)

    def kind_of(self, entry: Entry) -> str:
        """What Hugo calls a page like this."""
        if entry.role is not Role.SECTION:
            return "page"
        folder = entry.folder.lower()
        if self._config.has_page_tree:
            if folder in self._config.taxonomies:
                return "taxonomy"
            if any(folder.startswith(f"{one}/") for one in self._config.taxonomies):
                return "term"
        return "section" if folder else "home"

    def with_cascades(self, data: Data, entry: Entry, passed_on: Iterable[Cascade]) -> Data:
        """A page's front matter with what the sections around it, nearest first, pass on to it."""
        path = entry.logical_path if self._config.has_page_tree else f"/{entry.content_path.lower()}"
        for cascade in passed_on:
            if cascade.applies_to(self.kind_of(entry), entry.language, path):
                data = {**cascade.values, **data}
        return data

    def text(self, entry: Entry) -> str:
        """The file's text. Raises LeftOutError."""
        try:
            content = beginning_of(self._config.root / entry.path, LONGEST + 1)
        except OSError as error:
            raise LeftOutError(Reason.UNREADABLE) from error
        if len(content) > LONGEST:
            raise LeftOutError(Reason.UNREADABLE)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise LeftOutError(Reason.NOT_UTF8) from error

    def front_matter(self, entry: Entry) -> Data:
        """What a file says of itself. Raises LeftOutError."""
        text = self.text(entry)
        place = hugo_front_matter.find(text)
        data: Data | Broken = {}
        if place is not None:
            content = text[place.content.start : place.content.end]
            has_new_yaml = self._config.minor >= version.FIRST_WITH_NEW_YAML
            data = read(content, place.syntax.value, has_new_yaml=has_new_yaml)
        elif hugo_front_matter.begins(text):
            raise LeftOutError(Reason.FRONT_MATTER)
        if isinstance(data, Broken):
            raise LeftOutError(Reason.FRONT_MATTER)
        return data

    def refuse_unpublished(self, entry: Entry, data: Data) -> None:
        """Raises LeftOutError for what the configuration leaves out: drafts, the future, the past."""
        config = self._config
        draft = data.get("draft")
        is_draft = to_flag(draft) if draft is not None else as_flag(data.get("published")) is False
        if is_draft and not config.build_drafts:
            raise LeftOutError(Reason.DRAFT)
        published = self._date("publishdate", entry, data)
        if published and published > self._now and not config.build_future:
            raise LeftOutError(Reason.FUTURE)
        expires = self._date("expirydate", entry, data)
        if expires and expires < self._now and not config.build_expired:
            raise LeftOutError(Reason.EXPIRED)

    def changes_at(self, entry: Entry, data: Data) -> Iterable[datetime]:
        """When time alone will publish a page, or take it away."""
        for kind, lets_through in (
            ("publishdate", self._config.build_future),
            ("expirydate", self._config.build_expired),
        ):
            when = self._date(kind, entry, data)
            if when and when > self._now and not lets_through:
                yield when

    def _date(self, kind: str, entry: Entry, data: Data) -> datetime | None:
        """The first of the dates that are asked for; None where there is none."""
        for key in self._config.dates.get(kind, ()):
            when: datetime | None = None
            if key == ":filename":
                when = self._dated_name(entry)[0]
            elif key == ":filemodtime":
                when = self._modified(entry)
            elif key in data:
                when = moment(data[key], self._config.zone)
            elif key == "date" != kind and self._config.has_page_tree:
                when = self._date("date", entry, data)
            if when is not None:
                return when
        return None

    def _dated_name(self, entry: Entry) -> tuple[datetime | None, str]:
        """The date that a name begins with, and the slug behind it."""
        name = _content_name(entry)
        when = moment(name[:10], self._config.zone) if len(name) >= 10 else None
        return when, name[10:].strip(" -_") if when else ""

    def _modified(self, entry: Entry) -> datetime | None:
        try:
            return datetime.fromtimestamp((self._config.root / entry.path).stat().st_mtime, UTC)
        except (OSError, OverflowError, ValueError):
            return None

    def slug(self, entry: Entry, data: Data) -> str:
        if "slug" in data:
            return to_text(data["slug"]).strip("-")
        return self._slug_of_name(entry, data)

    def document(self, entry: Entry, data: Data, filing: Filing) -> Document:
        """The page that a published file becomes."""
        date = self._date("date", entry, data) or NO_DATE
        title = to_text(data.get("title"))
        slug = self.slug(entry, data)
        target = self.target(entry, data, date, title, slug, filing)
        return Document(
            entry,
            data,
            target.url,
            target.served,
            target.folder,
            date,
            title,
            slug,
            _terms(data, "tags"),
            _terms(data, "categories"),
        )

    def _slug_of_name(self, entry: Entry, data: Data) -> str:
        """The slug that a name gives where its date is asked for before any key that is there."""
        for kind in ("date", "publishdate", "expirydate"):
            for key in self._config.dates.get(kind, ()):
                when, slug = self._dated_name(entry) if key == ":filename" else (None, "")
                if slug:
                    return slug
                if when or key == ":filemodtime" or (key in data and moment(data[key], self._config.zone)):
                    break
        return ""

    def sanitize(self, path: str) -> str:
        return sanitized(path, keep_case=self._config.keep_case, remove_accents=self._config.remove_accents)

    def urlize(self, text: str) -> str:
        return escaped(self.sanitize(text))

    def target(
        self, entry: Entry, data: Data, date: datetime, title: str, slug: str, filing: Filing
    ) -> Target:
        config = self._config
        kind = self.kind_of(entry)
        filed_in = [part for part in entry.folder.split("/") if part]
        if entry.role is Role.BUNDLE:
            filed_in = filed_in[:-1]
        section = filed_in[0] if filed_in else ""
        if config.minor >= version.FIRST_WITH_TITLES_IN_ONE_PART and kind not in ("taxonomy", "term"):
            title = permalinks.in_one_part(title)
        parts = Parts(date, self._known_as(section), filing.sections, title, slug, _content_name(entry))
        pattern = self._pattern(kind, filed_in)
        url = to_text(data.get("url"))
        if ":" in url and config.minor >= version.FIRST_OF_TODAY:
            url = permalinks.expanded(url, parts, self.urlize)
        return targets.target(
            Naming(
                is_page=kind == "page",
                sections=() if kind == "page" else [part for part in filing.folder.split("/") if part],
                folder=filing.folder,
                name=slug or _content_name(entry),
                url=url,
                permalink=permalinks.expanded(pattern, parts, self.urlize) if pattern else "",
                language=config.prefix(entry.language),
                is_ugly=config.is_ugly(self._known_as(section)),
                is_in_folder=kind != "term" and config.minor >= version.FIRST_OF_TODAY,
                is_of_today=config.minor >= version.FIRST_OF_TODAY,
                is_folder_of_files=config.has_page_tree,
                escapes_hashes=config.minor >= version.FIRST_THAT_ESCAPES_HASHES,
            ),
            self.sanitize,
        )

    def _known_as(self, section: str) -> str:
        return section.lower().replace(" ", "-") if self._config.has_page_tree else section

    def _pattern(self, kind: str, filed_in: Sequence[str]) -> str:
        """The permalink that is configured for a page in these folders, or for a section: its own."""
        patterns = self._config.permalinks.get(kind, {})
        if self._config.has_page_tree:
            return patterns.get(self._known_as(filed_in[0] if filed_in else ""), "") if kind != "home" else ""
        if kind == "page":
            return patterns.get(filed_in[0] if filed_in else "", "")
        return patterns.get("/".join(filed_in), "") if filed_in else ""

    def aliases(self, document: Document) -> Iterable[str]:
        """The files that lead to a page; with `disableAliases`, a server that is told of them does."""
        config, home = self._config, ""
        if config.minor >= version.FIRST_WITH_LANGUAGES_OF_ALIASES:
            home = config.prefix(document.entry.language)
        for address in to_texts(document.data.get("aliases")):
            served = targets.alias(address, document.folder, is_ugly=config.ugly_urls is True, home=home)
            if served:
                yield served


def is_rendered(data: Data, entry: Entry) -> bool:
    """Whether a page has a file of its own (`resources/page/pagemeta/pagemeta.go`)."""
    if entry.role is Role.BUNDLE and to_flag(data.get("headless")):
        return False
    render = at(data, "_build", "render")
    if render is None:
        render = at(data, "build", "render")
    return render is None or to_text(render).lower() not in ("never", "false", "link")


def _content_name(entry: Entry) -> str:
    """The file's name, or for a bundle that of its folder."""
    return posixpath.basename(entry.folder) if entry.role in (Role.BUNDLE, Role.SECTION) else entry.name


def _terms(data: Data, key: str) -> tuple[str, ...]:
    return to_terms(data.get(key))
