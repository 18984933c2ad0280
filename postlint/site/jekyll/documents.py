"""A post's data and address, from its file's name and front matter.

Jekyll's lib/jekyll/document.rb, drops/url_drop.rb, publisher.rb, renderer.rb and page.rb.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from postlint.named import NamedTuple
from postlint.post.front_matter import FrontMatter
from postlint.site.jekyll import urls
from postlint.site.jekyll.config import JekyllConfig
from postlint.site.jekyll.dates import InvalidDateError, parse
from postlint.site.jekyll.defaults import FrontMatterDefaults
from postlint.site.jekyll.files import Entry, Role, extension_of, name_of
from postlint.site.jekyll.reasons import Reason
from postlint.site.jekyll.slugs import slugify, titleize
from postlint.site.jekyll.values import Data, Value, flat, is_true, merged, of_mapping, to_s, union

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HTML = (".html", ".xhtml", ".htm")


class LeftOutError(Exception):
    """Raised for a file of which Jekyll makes no page; `reason` says why.

    `served` is the file that the server would have otherwise, empty where nothing tells; `due` is when,
    in seconds since 1970, time alone will publish it.
    """

    def __init__(self, reason: Reason, served: str = "", due: float | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.served = served
        self.due = due


class Document(NamedTuple):
    """A post, a draft, or a document of a collection. `data` is its front matter, defaults included."""

    entry: Entry
    data: Data
    date: datetime
    url: str
    """As addresses have it, escaped, without the site's `baseurl`."""
    served: str
    """The file that the server has, from the site's root, not escaped."""
    refused: bool = False
    """Whether Jekyll could not make use of its front matter, and publishes it as if there were none."""

    @property
    def path(self) -> str:
        return self.entry.path

    @property
    def slug(self) -> str | None:
        slug = self.data.get("slug")
        return slug if isinstance(slug, str) else None

    @property
    def day(self) -> str:
        return self.date.date().isoformat()

    @property
    def title(self) -> str | None:
        title = self.data.get("title")
        return to_s(title) if title is not None else None

    @property
    def tags(self) -> tuple[str, ...]:
        return _texts(self.data.get("tags"))

    @property
    def categories(self) -> tuple[str, ...]:
        return _texts(self.data.get("categories"))


class MadePage(NamedTuple):
    """What becomes of a page: its address, the file that the server has, and its layout."""

    url: str
    served: str
    layout: str


def _texts(values: Value) -> tuple[str, ...]:
    return tuple(map(to_s, values)) if isinstance(values, list) else ()


class DocumentReader:
    """Reads the documents of one site, as of the moment `now`."""

    def __init__(self, config: JekyllConfig, now: datetime) -> None:
        self._config = config
        self._now = now.astimezone(config.zone)
        self._defaults = FrontMatterDefaults(config)

    def document(self, entry: Entry, front_matter: FrontMatter | None, modified: float = 0.0) -> Document:
        """The document that a file is. `modified`, in seconds, dates a draft that has no date of its own.

        Raises LeftOutError for one that is not published.
        """
        folder = self._config.collections_dir
        path = entry.path.removeprefix(f"{folder}/") if folder else entry.path
        try:
            own = self._own(front_matter)
            data = self._data(entry, path, own)
        except InvalidDateError as error:
            raise LeftOutError(Reason.INVALID_DATE) from error
        date = data.get("date")
        if not isinstance(date, datetime):
            date = datetime.fromtimestamp(modified, self._config.zone) if modified else self._now
            date = data["date"] = date.astimezone(self._config.zone)
        left = self._why_left_out(data, date)
        try:
            url, served = self._address(entry, path, data, date)
        except LeftOutError as error:
            raise LeftOutError(left or error.reason) from error
        if left is not None:
            raise LeftOutError(left, served, date.timestamp() if left is Reason.FUTURE else None)
        return Document(entry, data, date, url, served, refused=own is None)

    def _why_left_out(self, data: Data, date: datetime) -> Reason | None:
        if not is_true(data.get("published", True)) and not self._config.unpublished:
            return Reason.UNPUBLISHED
        if not self._config.future and int(date.timestamp()) > int(self._now.timestamp()):
            return Reason.FUTURE
        return None

    def _address(self, entry: Entry, path: str, data: Data, date: datetime) -> tuple[str, str]:
        """The address of a document, and the file that the server has. Raises LeftOutError."""
        placeholders = _Placeholders(entry, path, data, date, self._output_extension(entry.path, data))
        permalink = data.get("permalink")
        template = to_s(permalink) if is_true(permalink) else self._config.template(entry.collection)
        try:
            url = urls.filled(template, placeholders.value)
        except urls.UnknownPlaceholderError as error:
            raise LeftOutError(Reason.UNKNOWN_PLACEHOLDER) from error
        served = urls.served(url)
        if url.endswith("/"):
            served = f"{served.rstrip('/')}/index.html"
        elif not served.endswith(placeholders.output_extension):
            served += placeholders.output_extension
        return url, served

    def page(self, entry: Entry, front_matter: FrontMatter | None) -> MadePage:
        """What becomes of a page. Raises LeftOutError."""
        broken = front_matter is None or front_matter.error is not None
        data = of_mapping(front_matter.mapping, self._config.zone) if front_matter and not broken else {}
        if not is_true(data.get("published", True)) and not self._config.unpublished:
            raise LeftOutError(Reason.UNPUBLISHED)
        for key in ("permalink", "layout"):
            if key not in data:
                data[key] = self._defaults.find(entry.path, "pages", key)
        folder, _, name = entry.path.rpartition("/")
        extension = extension_of(name)
        base = name.removesuffix(extension).rstrip(".")
        output_extension = self._output_extension(entry.path, data)
        if output_extension not in _HTML:
            template = "/:path/:basename:output_ext"
        elif base == "index":
            template = "/:path/"
        else:
            template = urls.with_suffix("/:path/:basename", self._config.permalink)
        if is_true(data.get("permalink")):
            template = to_s(data["permalink"])
        values = {
            "path": f"/{folder}" if folder else "",
            "basename": base,
            "output_ext": output_extension,
        }
        url = urls.filled_page(template, values)
        served = urls.served(url)
        if url.endswith("/"):
            served = f"{served.rstrip('/')}/index"
        if not served.endswith(output_extension):
            served += output_extension
        return MadePage(url, served, to_s(data["layout"]))

    def static(self, entry: Entry) -> tuple[str, str]:
        """The address of a file that is copied as it is, and the file that the server has.

        Raises LeftOutError for one that is not copied.
        """
        collection = self._config.collections.get(entry.collection, {})
        if entry.collection and not is_true(collection.get("output", False)):
            raise LeftOutError(Reason.UNPUBLISHED)
        extension = extension_of(entry.path)
        if entry.role is Role.STATIC and entry.collection:
            url = self._static_of_collection(entry, extension)
        else:
            url = f"/{entry.path.removesuffix(extension).rstrip('.')}".removesuffix("/") + extension
        published = self._defaults.all(url, entry.collection or None).get("published", True)
        if not is_true(published):
            raise LeftOutError(Reason.UNPUBLISHED)
        return url, urls.served(url)

    def _static_of_collection(self, entry: Entry, extension: str) -> str:
        path = self._within_collections_dir(entry.path).removesuffix(extension).rstrip(".")
        path = "/" + path.replace(f"_{entry.collection}", "", 1).lstrip("/")
        values = {
            "collection": entry.collection,
            "path": path,
            "output_ext": "",
            "name": entry.path.rpartition("/")[2].removesuffix(extension).rstrip("."),
            "title": "",
        }
        return urls.filled_page(self._config.template(entry.collection), values).removesuffix("/") + extension

    def _within_collections_dir(self, path: str) -> str:
        folder = self._config.collections_dir
        return path.removeprefix(f"{folder}/") if folder else path

    def _output_extension(self, path: str, data: Data) -> str:
        permalink = data.get("permalink")
        if is_true(permalink) and not to_s(permalink).endswith("/"):
            extension = extension_of(to_s(permalink))
            if extension:
                return extension
        extension = extension_of(path)
        if extension.lower() in self._config.markdown_extensions:
            return ".html"
        return ".css" if extension.lower() in (".sass", ".scss") else extension

    def _own(self, front_matter: FrontMatter | None) -> Data | None:
        """What the front matter says; None where Jekyll gives up on it."""
        if front_matter is None:
            return {}
        if front_matter.error is not None:
            return None
        own = of_mapping(front_matter.mapping, self._config.zone)
        # Which is no list, and Ruby cannot join it with one.
        return None if isinstance(own.get("categories"), bool | int | float | dict) else own

    def _data(self, entry: Entry, path: str, own: Data | None) -> Data:
        """What `Document#read` leaves in `data`. Raises InvalidDateError."""
        data: Data = {"categories": list(_folders(entry, path)), "draft": entry.role is Role.DRAFT}
        data = self._merged(data, self._defaults.all(path, entry.collection))
        if own is None:
            return data
        data = self._merged(data, own)
        name = name_of(path)
        if name.date and not is_true(data.get("date")):
            data["date"] = parse(name.date, self._now, self._config.zone)
        for key, value in (("title", titleize(name.slug)), ("slug", name.slug), ("ext", name.extension)):
            if not is_true(data.get(key)):
                data[key] = value
        return _with_lists(data)

    def _merged(self, data: Data, other: Data) -> Data:
        categories = other.get("categories")
        if isinstance(categories, str):
            categories = list[Value](categories.split())
        if isinstance(categories, list):
            below = data["categories"]
            other = {**other, "categories": union(below if isinstance(below, list) else (), categories)}
        data = merged(data, other)
        if "date" in data:
            data["date"] = parse(to_s(data["date"]), self._now, self._config.zone)
        return data


def _folders(entry: Entry, path: str) -> tuple[str, ...]:
    """The folders around `_posts`, which are categories."""
    special = "_drafts" if entry.role is Role.DRAFT else f"_{entry.collection}"
    if path.startswith(special):
        return ()
    name = path.rpartition("/")[2]
    before = path.partition(special)[0].split("/")
    return tuple(folder for folder in before if folder and folder not in (special, name))


def _with_lists(data: Data) -> Data:
    """Tags and categories as lists (`populate_categories`, `populate_tags`)."""
    own = data["categories"]
    given = own if isinstance(own, list) else []
    named = [to_s(one) for one in (*given, *_plural(data, "category", "categories"))]
    return {
        **data,
        "categories": union(given, union(named)),
        "tags": _plural(data, "tag", "tags"),
    }


def _plural(data: Data, singular: str, plural: str) -> list[Value]:
    """A list given by the singular key, or else by the plural one, of which a text is split at spaces."""
    value = data.get(singular)
    if not is_true(value):
        value = data.get(plural)
        if isinstance(value, str):
            value = list[Value](value.split())
        elif not isinstance(value, list):
            return []
    return [one for one in flat([value]) if one is not None]


class _Placeholders:
    """What a permalink's placeholders stand for, each worked out where a permalink asks for it."""

    def __init__(self, entry: Entry, path: str, data: Data, date: datetime, output_extension: str) -> None:
        self._entry = entry
        self._path = path
        self._data = data
        self._date = date
        self.output_extension = output_extension

    def value(self, name: str) -> str:
        """Raises UnknownPlaceholderError for one that Jekyll does not have."""
        value = _VALUES.get(name)
        if value is None:
            raise urls.UnknownPlaceholderError(name)
        return value(self)

    @property
    def collection(self) -> str:
        return self._entry.collection

    @property
    def date(self) -> datetime:
        return self._date

    @property
    def base(self) -> str:
        name = self._path.rpartition("/")[2]
        return name.removesuffix(extension_of(name))

    @property
    def slug(self) -> str:
        """Raises LeftOutError."""
        slug = self._data.get("slug")
        if slug is not None and not isinstance(slug, str):
            raise LeftOutError(Reason.SLUG)
        return self.base if slug is None else slug

    def cleaned_path(self) -> str:
        path = self._path.removesuffix(extension_of(self._path))
        return path.replace(f"_{self._entry.collection}", "", 1).rstrip(".")

    def joined(self, change: Callable[[str], str]) -> str:
        categories = self._data.get("categories")
        each = map(to_s, categories) if isinstance(categories, list) else ()
        return "/".join(dict.fromkeys(map(change, each)))


_VALUES: Mapping[str, Callable[[_Placeholders], str]] = {
    "path": _Placeholders.cleaned_path,
    "output_ext": lambda one: one.output_extension,
    "collection": lambda one: one.collection,
    "name": lambda one: slugify(one.base),
    "title": lambda one: slugify(one.slug, "pretty", cased=True),
    "slug": lambda one: slugify(one.slug),
    "categories": lambda one: one.joined(str.lower),
    "slugified_categories": lambda one: one.joined(slugify),
    "year": lambda one: f"{one.date.year:04}",
    "month": lambda one: f"{one.date.month:02}",
    "day": lambda one: f"{one.date.day:02}",
    "hour": lambda one: f"{one.date.hour:02}",
    "minute": lambda one: f"{one.date.minute:02}",
    "second": lambda one: f"{one.date.second:02}",
    "i_day": lambda one: str(one.date.day),
    "i_month": lambda one: str(one.date.month),
    "short_month": lambda one: _MONTHS[one.date.month - 1][:3],
    "long_month": lambda one: _MONTHS[one.date.month - 1],
    "short_year": lambda one: f"{one.date.year % 100:02}",
    "w_year": lambda one: f"{one.date.isocalendar().year:04}",
    "week": lambda one: f"{one.date.isocalendar().week:02}",
    "w_day": lambda one: str(one.date.isocalendar().weekday),
    "short_day": lambda one: _DAYS[one.date.weekday()][:3],
    "long_day": lambda one: _DAYS[one.date.weekday()],
    "y_day": lambda one: f"{one.date.timetuple().tm_yday:03}",
}
