"""A site's `_config.yml` (Jekyll's lib/jekyll/configuration.rb and frontmatter_defaults.rb)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from postlint.findings import Message, Span, Text
from postlint.named import NamedTuple
from postlint.paths import is_file
from postlint.post.source import Source
from postlint.post.yaml_tree import Mapping as Tree
from postlint.post.yaml_tree import Scalar, Sequence
from postlint.site.index import SiteProblem
from postlint.site.jekyll import CONFIG_NAMES, urls
from postlint.site.jekyll.dates import InvalidDateError, Zone, parse, zone_named
from postlint.site.jekyll.urls import template_of
from postlint.site.jekyll.values import Data, Value, of_mapping, to_s

_DEFAULT_EXCLUDES = (
    *(".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules"),
    *("vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"),
)

_UNREADABLE = Text(en="cannot be read: {reason}", ko="읽을 수 없습니다: {reason}")
_NOT_UTF8 = Text(en="is not UTF-8; Jekyll's defaults are taken", ko="UTF-8이 아니어서 기본값을 씁니다")
_BROKEN = Text(
    en="is no YAML that Jekyll can read ({reason}); its defaults are taken",
    ko="Jekyll이 읽을 수 있는 YAML이 아니어서({reason}) 기본값을 씁니다",
)
_NO_DATE = Text(en="values with a date that Ruby can read", ko="Ruby가 읽을 수 있는 날짜")
_NO_KEYS = Text(en="has no keys and values; Jekyll's defaults are taken", ko="키와 값이 없어 기본값을 씁니다")
_WRONG_TYPE = Text(
    en="`{key}` must be {wanted}; its default is taken",
    ko="`{key}`에는 {wanted}만 올 수 있어 기본값을 씁니다",
)
_UNKNOWN_PLACEHOLDER = Text(
    en="`{key}` asks for `:{name}`, which Jekyll does not have",
    ko="`{key}`의 `:{name}`은(는) Jekyll에 없습니다",
)

_TEXT = Text(en="text", ko="문자열")
_NUMBER = Text(en="a number", ko="수")
_LIST = Text(en="a list", ko="목록")
_DATE = Text(en="values with a date that Ruby can read", ko="Ruby가 읽을 수 있는 날짜")
_KEYS = Text(en="keys and values", ko="키와 값")
_LIST_OR_DATE = Text(en="values with a date that Ruby can read", ko="Ruby가 읽을 수 있는 날짜")


_TYPES = {"page": "pages", "post": "posts", "draft": "drafts"}
"""What older blogs call a scope's type (`update_deprecated_types`)."""


_LIST_OR_KEYS = Text(en="a list, or keys and values", ko="목록이나 키와 값")


class Defaults(NamedTuple):
    """Front matter for the files of a scope: those whose path begins with `path`, and of one type."""

    path: str
    type: str | None
    values: Data


class JekyllConfig(NamedTuple):
    """What a site asks of Jekyll, its defaults filled in."""

    root: Path
    """The folder of the blog's sources."""
    data: Mapping[str, Value] = MappingProxyType({})
    """All that the file says, which templates find below `site`."""
    zone: Zone = None
    url: str = ""
    baseurl: str = ""
    permalink: str = "date"
    collections: Mapping[str, Data] = MappingProxyType({"posts": {}})
    """The settings of each collection by its label; `posts` is among them."""
    collections_dir: str = ""
    includes_dir: str = "_includes"
    destination: str = "_site"
    include: tuple[str, ...] = (".htaccess",)
    exclude: tuple[str, ...] = _DEFAULT_EXCLUDES
    markdown: str = "kramdown"
    markdown_extensions: frozenset[str] = frozenset({".markdown", ".mkdown", ".mkdn", ".mkd", ".md"})
    kramdown: Mapping[str, Value] = MappingProxyType({})
    future: bool = False
    unpublished: bool = False
    show_drafts: bool = False
    limit_posts: int = 0
    defaults: tuple[Defaults, ...] = ()
    problems: tuple[SiteProblem, ...] = ()

    def template(self, label: str) -> str:
        """The permalink of a collection."""
        permalink = self.collections.get(label, {}).get("permalink")
        if permalink is not None:
            return to_s(permalink)
        if label == "posts":
            return template_of(self.permalink)
        return urls.with_suffix("/:collection/:path", self.permalink)


def read(root: Path, now: datetime) -> JekyllConfig:
    """The configuration of the blog at `root`. Raises nothing: what is wrong is among its problems."""
    path = next((root / name for name in CONFIG_NAMES if is_file(root / name)), None)
    if path is None:
        return JekyllConfig(root)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = Message(_UNREADABLE, {"reason": error.strerror or str(error)})
        return JekyllConfig(root, problems=(SiteProblem(path, 1, reason),))
    except UnicodeDecodeError:
        return JekyllConfig(root, problems=(SiteProblem(path, 1, Message(_NOT_UTF8)),))
    return _Reader(root, path, text).config(now)


_Value = TypeVar("_Value")


class _Reader:
    def __init__(self, root: Path, path: Path, text: str) -> None:
        from postlint.post.yaml_reader import read  # PyYAML is loaded where a configuration is read only

        self._root = root
        self._path = path
        self._source = Source(text)
        self._problems: list[SiteProblem] = []
        document = read(text)
        self._tree = document.tree if isinstance(document.tree, Tree) else Tree(Span(0, 0), (), flow=False)
        if document.error is not None:
            reason = document.error.detail or document.error.problem.value
            self._report(document.error.span.start, Message(_BROKEN, {"reason": reason}))
        elif isinstance(document.tree, Scalar | Sequence) and document.tree.value not in (None, False):
            self._report(0, Message(_NO_KEYS))
        self._data: Data = {}

    def _report(self, offset: int, message: Message) -> None:
        line = self._source.line_at(min(offset, len(self._source.text)))
        self._problems.append(SiteProblem(self._path, line, message))

    def _offset(self, key: str) -> int:
        entry = self._tree.get(key)
        return entry.key_span.start if entry else 0

    def _get(self, key: str, wanted: Text, default: _Value, take: Callable[[Value], _Value | None]) -> _Value:
        """The setting, if `take` can make use of it; its default where it is not set, or empty."""
        value = self._data.get(key)
        if value is None:
            return default
        taken = take(value)
        if taken is None:
            self._wrong_type(key, wanted)
            return default
        return taken

    def _wrong_type(self, key: str, wanted: Text) -> None:
        text = Text(
            en=_WRONG_TYPE.en.replace("{wanted}", wanted.en), ko=_WRONG_TYPE.ko.replace("{wanted}", wanted.ko)
        )
        self._report(self._offset(key), Message(text, {"key": key}))

    def _text(self, key: str, default: str) -> str:
        return self._get(
            key, _TEXT, default, lambda value: None if isinstance(value, dict | list) else to_s(value)
        )

    def _flag(self, key: str) -> bool:
        return self._data.get(key) not in (None, False)

    def _list(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._data.get(key)
        if isinstance(value, list):
            return tuple(item for item in value if isinstance(item, str))
        if self._tree.get(key) is not None:
            self._wrong_type(key, _LIST)  # Jekyll stops even where there is nothing behind the key
        return default

    def config(self, now: datetime) -> JekyllConfig:
        zone_entry = self._tree.get("timezone")
        zone_name = zone_entry.tree.value if zone_entry and isinstance(zone_entry.tree, Scalar) else None
        zone = zone_named(str(zone_name)) if zone_name not in (None, False) else None
        self._data = of_mapping(self._tree, zone)
        permalink = self._text("permalink", "date")
        self._check_placeholders("permalink", template_of(permalink), self._offset("permalink"))
        extensions = self._text("markdown_ext", "markdown,mkdown,mkdn,mkd,md")
        return JekyllConfig(
            root=self._root / self._text("source", "."),
            data=self._data,
            zone=zone,
            url=self._text("url", ""),
            baseurl=self._text("baseurl", ""),
            permalink=permalink,
            collections=self._collections(),
            collections_dir=self._text("collections_dir", "").strip("/"),
            includes_dir=self._text("includes_dir", "_includes"),
            destination=self._text("destination", "_site"),
            include=self._list("include", (".htaccess",)),
            exclude=(*self._list("exclude", ()), *_DEFAULT_EXCLUDES),
            markdown=self._text("markdown", "kramdown"),
            markdown_extensions=frozenset(f".{one.lower()}" for one in extensions.split(",")),
            kramdown=self._get(
                "kramdown", _KEYS, {}, lambda value: value if isinstance(value, dict) else None
            ),
            future=self._flag("future"),
            unpublished=self._flag("unpublished"),
            show_drafts=self._flag("show_drafts"),
            limit_posts=self._get(
                "limit_posts", _NUMBER, 0, lambda value: value if type(value) is int and value >= 0 else None
            ),
            defaults=tuple(self._defaults(now, zone)),
            problems=tuple(self._problems),
        )

    def _collections(self) -> dict[str, Data]:
        def take(value: Value) -> dict[str, Data] | None:
            if isinstance(value, list):
                return {to_s(label): {} for label in value}
            if isinstance(value, dict):
                return {
                    label: settings if isinstance(settings, dict) else {} for label, settings in value.items()
                }
            return None

        collections = self._get("collections", _LIST_OR_KEYS, dict[str, Data](), take)
        for label, settings in collections.items():
            if isinstance(permalink := settings.get("permalink"), str):
                key = f"collections.{label}.permalink"
                self._check_placeholders(key, permalink, self._offset("collections"))
        return {"posts": {}, **collections}

    def _check_placeholders(self, key: str, template: str, offset: int) -> None:
        for match in urls.PLACEHOLDER.finditer(template):
            name = match[1].removesuffix("_")
            if name not in urls.KNOWN:
                self._report(offset, Message(_UNKNOWN_PLACEHOLDER, {"key": key, "name": name}))

    def _defaults(self, now: datetime, zone: Zone) -> Iterator[Defaults]:
        # An invalid set is passed over with a warning; the rest counts (`valid_sets`).
        sets = self._data.get("defaults")
        for one in sets if isinstance(sets, list) else ():
            if not isinstance(one, dict) or not isinstance(values := one.get("values"), dict):
                continue
            if "date" in values:
                try:
                    values["date"] = parse(to_s(values["date"]), now, zone)
                except InvalidDateError:
                    self._wrong_type("defaults", _DATE)
                    del values["date"]
            scope = one.get("scope")
            if not isinstance(scope, dict):
                yield Defaults("", None, values)
                continue
            path, kind = scope.get("path"), scope.get("type")
            yield Defaults(
                path if isinstance(path, str) else "",
                _TYPES.get(to_s(kind), to_s(kind)) if "type" in scope else None,
                values,
            )
