"""What a site asks of Hugo (`hugolib/config.go`, `config/configLoader.go`, `langs/config.go`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from urllib.parse import urlsplit

from postlint.findings import Message, Text
from postlint.named import NamedTuple
from postlint.paths import is_folder
from postlint.post.goldmark.options import GoldmarkOptions
from postlint.site.hugo import permalinks, version
from postlint.site.hugo.config_files import ConfigFiles
from postlint.site.hugo.values import (
    Data,
    Value,
    as_flag,
    at,
    to_flag,
    to_keys,
    to_list_of_keys,
    to_text,
    to_texts,
)
from postlint.site.index import SiteProblem

_WRONG_TYPE = Text(
    en="`{key}` must be {wanted}; its default is taken",
    ko="`{key}`에는 {wanted}만 올 수 있어 기본값을 씁니다",
)
_UNKNOWN_PLACEHOLDER = Text(
    en="`{key}` asks for `:{name}`, which Hugo does not have",
    ko="`{key}`의 `:{name}`은(는) Hugo에 없습니다",
)
_UNKNOWN_ZONE = Text(
    en="`timeZone` names no time zone: {name}", ko="`timeZone`의 `{name}`은(는) 시간대가 아닙니다"
)

_TEXT = Text(en="text", ko="문자열")
_FLAG = Text(en="`true` or `false`", ko="`true`나 `false`")
_KEYS = Text(en="keys and values", ko="키와 값")
_LIST = Text(en="a list of texts", ko="문자열의 목록")

_DATE_FALLBACKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": ("date", "publishdate", "lastmod"),
        "lastmod": (":git", "lastmod", "date", "publishdate"),
        "publishdate": ("publishdate", "date"),
        "expirydate": ("expirydate",),
    }
)
_DATE_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"lastmod": ("modified",), "publishdate": ("pubdate", "published"), "expirydate": ("unpublishdate",)}
)
"""`resources/page/pagemeta/page_frontmatter.go`."""


class Root(NamedTuple):
    """A folder of sources, relative to the site, and where in the site its files stand."""

    folder: str
    below: str = ""
    language: str = ""


class HugoConfig(NamedTuple):
    """What a site asks of Hugo, its defaults filled in."""

    root: Path
    minor: int = version.LATEST
    """Which 0.x of Hugo builds it."""
    url: str = ""
    """Scheme and host of `baseURL`."""
    baseurl: str = ""
    """Its path, without a slash at the end."""
    content: tuple[Root, ...] = (Root("content"),)
    static: tuple[Root, ...] = (Root("static"),)
    """The first that has a file counts."""
    zone: tzinfo = UTC
    default_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    disabled_languages: frozenset[str] = frozenset()
    default_in_subfolder: bool = False
    build_drafts: bool = False
    build_future: bool = False
    build_expired: bool = False
    ugly_urls: bool | Mapping[str, bool] = False
    """For all pages, or by section."""
    keep_case: bool = False
    remove_accents: bool = False
    permalinks: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """By the kind of page, and by section."""
    taxonomies: tuple[str, ...] = ("tags", "categories")
    """The keys of the front matter that file a page under a term."""
    dates: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The keys, or `:filename`, `:filemodtime`, `:git`, that are asked for a page's dates."""
    ignored: tuple[re.Pattern[str], ...] = ()
    disabled_kinds: frozenset[str] = frozenset()
    replaces_emoji: bool = False
    """Whether `:smile:` is replaced before Markdown is read: since 0.123, Goldmark does it, and the ids of
    headings have its name."""
    cascade: tuple[Data, ...] = ()
    goldmark: GoldmarkOptions = GoldmarkOptions()
    theme_folders: tuple[str, ...] = ()
    has_unknown_modules: bool = False
    """Whether a theme or another module is not here, which may bring templates and files."""
    problems: tuple[SiteProblem, ...] = ()
    data: Mapping[str, Value] = MappingProxyType({})
    """All that the files say, its keys in lower case."""
    has_robots: bool = False
    paginate_path: str = "page"
    """What the addresses of a list's further pages have before their number."""

    @property
    def has_page_tree(self) -> bool:
        return self.minor >= version.FIRST_WITH_PAGE_TREE

    @property
    def is_multilingual(self) -> bool:
        return len(self.languages) > 1

    def is_ugly(self, section: str) -> bool:
        """Whether the pages of a section are files beside each other, not folders with an `index.html`."""
        return self.ugly_urls if isinstance(self.ugly_urls, bool) else self.ugly_urls.get(section, False)

    def prefix(self, language: str) -> str:
        """What the paths of pages in `language` begin with."""
        is_apart = self.is_multilingual or self.has_page_tree
        is_in_root = language == self.default_language and not self.default_in_subfolder
        return language if is_apart and not is_in_root else ""


def read(root: Path) -> HugoConfig:
    """The configuration of the site at `root`. Raises nothing: what is wrong is among its problems."""
    return _Reader(root).config()


_Taken = TypeVar("_Taken")


class _Reader:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._minor = version.minor_version(root)
        self._files = ConfigFiles(root, has_new_yaml=self._minor >= version.FIRST_WITH_NEW_YAML)
        self._data = self._files.data

    def _get(
        self, wanted: Text, default: _Taken, take: Callable[[Value], _Taken | None], *path: str
    ) -> _Taken:
        """The setting, if `take` can make use of it; its default where it is not set."""
        value = at(self._data, *path)
        if value is None:
            return default
        taken = take(value)
        if taken is None:
            text = Text(
                en=_WRONG_TYPE.en.replace("{wanted}", wanted.en),
                ko=_WRONG_TYPE.ko.replace("{wanted}", wanted.ko),
            )
            self._files.report(path[-1], Message(text, {"key": path[-1]}))
            return default
        return taken

    def _text(self, default: str, *path: str) -> str:
        return self._get(
            _TEXT, default, lambda value: None if isinstance(value, list | dict) else to_text(value), *path
        )

    def _flag(self, default: bool, *path: str) -> bool:
        return self._get(_FLAG, default, as_flag, *path)

    def _list(self, *path: str) -> tuple[str, ...]:
        return self._get(_LIST, (), lambda value: None if isinstance(value, dict) else to_texts(value), *path)

    def _keys(self, *path: str) -> Data:
        return self._get(_KEYS, Data(), lambda value: value if isinstance(value, dict) else None, *path)

    def config(self) -> HugoConfig:
        address = urlsplit(_without_bad_port(self._text("", "baseurl")))
        default_language = self._text("en", "defaultcontentlanguage").lower() or "en"
        disabled = {language.lower() for language in self._list("disablelanguages")}
        languages = tuple(one for one in self._keys("languages") if one not in disabled)
        theme = at(self._data, "theme")
        themes = (theme,) if isinstance(theme, str) and theme else self._list("theme")
        theme_folders = tuple(f"{self._text('themes', 'themesdir')}/{one}" for one in themes)
        content, static = self._roots(default_language)
        return HugoConfig(
            root=self._root,
            minor=self._minor,
            url=f"{address.scheme}://{address.netloc}" if address.netloc else "",
            baseurl=address.path.rstrip("/"),
            content=content,
            static=(*static, *(Root(f"{folder}/static") for folder in theme_folders)),
            zone=self._zone(),
            default_language=default_language,
            languages=languages or (default_language,),
            disabled_languages=frozenset(disabled),
            default_in_subfolder=self._flag(False, "defaultcontentlanguageinsubdir"),
            build_drafts=self._flag(False, "builddrafts"),
            build_future=self._flag(False, "buildfuture"),
            build_expired=self._flag(False, "buildexpired"),
            ugly_urls=self._ugly_urls(),
            keep_case=self._flag(False, "disablepathtolower"),
            remove_accents=self._flag(False, "removepathaccents"),
            permalinks=self._permalinks(),
            taxonomies=self._taxonomies(),
            dates=self._dates(),
            ignored=tuple(self._ignored()),
            disabled_kinds=frozenset(kind.lower() for kind in self._list("disablekinds")),
            replaces_emoji=self._flag(False, "enableemoji") and self._minor < version.FIRST_WITH_PAGE_TREE,
            cascade=tuple(to_list_of_keys(at(self._data, "cascade"))),
            goldmark=self._goldmark(),
            theme_folders=theme_folders,
            has_unknown_modules=self._has_unknown_modules(theme_folders),
            problems=tuple(self._files.problems),
            data=self._data,
            has_robots=self._flag(False, "enablerobotstxt"),
            paginate_path=self._text("page", "paginatepath"),
        )

    def _zone(self) -> tzinfo:
        name = self._text("", "timezone")
        if not name:
            return UTC
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._files.report("timezone", Message(_UNKNOWN_ZONE, {"name": name}))
            return UTC

    def _roots(self, default_language: str) -> tuple[tuple[Root, ...], tuple[Root, ...]]:
        """The folders of content and of static files: those that are mounted, or else the usual ones."""
        mounted: dict[str, list[Root]] = {}
        for mount in to_list_of_keys(at(self._data, "module", "mounts")):
            component, _, below = to_text(mount.get("target")).strip("/").partition("/")
            root = Root(to_text(mount.get("source")).rstrip("/"), below, to_text(mount.get("lang")))
            if root.folder:
                mounted.setdefault(component, []).append(root)
        content = mounted.get("content") or list(self._content(default_language))
        folders = self._list("staticdir") or ("static",)
        static = mounted.get("static") or [Root(folder) for folder in reversed(folders)]
        return tuple(content), tuple(static)

    def _content(self, default_language: str) -> Iterator[Root]:
        common = self._text("content", "contentdir").strip("/") or "content"
        folders = {
            language: to_text(to_keys(settings).get("contentdir")).strip("/")
            for language, settings in self._keys("languages").items()
        }
        if not any(folders.values()):
            yield Root(common)
            return
        for language, folder in folders.items():
            yield Root(folder or common, language=language)

    def _ugly_urls(self) -> bool | Mapping[str, bool]:
        value = at(self._data, "uglyurls")
        if isinstance(value, dict):
            return {section: to_flag(flag) for section, flag in value.items()}
        return self._flag(False, "uglyurls")

    def _permalinks(self) -> dict[str, dict[str, str]]:
        """By kind: a pattern for a section alone is for its pages, and for the terms of a taxonomy."""
        by_kind: dict[str, dict[str, str]] = {"page": {}, "section": {}, "taxonomy": {}, "term": {}}
        for key, value in self._keys("permalinks").items():
            if isinstance(value, dict) and key in by_kind:
                patterns = {section: to_text(pattern) for section, pattern in value.items()}
                by_kind[key].update(patterns)
            else:
                patterns = {key: to_text(value)}
                by_kind["page"].update(patterns)
                by_kind["term"].update(patterns)
            for section, pattern in patterns.items():
                for name in permalinks.unknown_attributes(pattern):
                    values = {"key": f"permalinks.{section}", "name": name}
                    self._files.report(section, Message(_UNKNOWN_PLACEHOLDER, values))
        return {
            kind: {section.strip(" /"): pattern for section, pattern in patterns.items() if pattern}
            for kind, patterns in by_kind.items()
        }

    def _taxonomies(self) -> tuple[str, ...]:
        if at(self._data, "taxonomies") is None:
            return ("tags", "categories")
        return tuple(
            to_text(plural).lower() for plural in self._keys("taxonomies").values() if to_text(plural)
        )

    def _dates(self) -> dict[str, tuple[str, ...]]:
        asked = self._keys("frontmatter")
        return {
            kind: tuple(_with_aliases(to_texts(asked.get(kind)) if kind in asked else default, default))
            for kind, default in _DATE_FALLBACKS.items()
        }

    def _ignored(self) -> Iterator[re.Pattern[str]]:
        for pattern in self._list("ignorefiles"):
            try:
                yield re.compile(pattern)
            except re.error:
                continue  # Hugo says so, and goes on without it

    def _goldmark(self) -> GoldmarkOptions:
        default = GoldmarkOptions()
        minor = self._minor
        goldmark = ("markup", "goldmark")

        def flag(value: bool, *path: str) -> bool:
            return self._flag(value, *goldmark, *path)

        typographer = at(self._data, *goldmark, "extensions", "typographer")
        if isinstance(typographer, dict):  # Hugo 0.112 has keys here
            is_on = not to_flag(typographer.get("disable"))
        else:
            is_on = flag(default.typographer, "extensions", "typographer")
        footnote = at(self._data, *goldmark, "extensions", "footnote")
        if isinstance(footnote, dict):
            has_footnotes = to_flag(footnote.get("enable", True))
        else:
            has_footnotes = flag(default.footnote, "extensions", "footnote")
        return GoldmarkOptions(
            table=flag(default.table, "extensions", "table"),
            strikethrough=flag(default.strikethrough, "extensions", "strikethrough"),
            linkify=flag(default.linkify, "extensions", "linkify"),
            linkify_protocol=self._text(default.linkify_protocol, *goldmark, "extensions", "linkifyprotocol"),
            task_list=flag(default.task_list, "extensions", "tasklist"),
            definition_list=flag(default.definition_list, "extensions", "definitionlist"),
            footnote=has_footnotes,
            typographer=is_on,
            unsafe=flag(default.unsafe, "renderer", "unsafe"),
            auto_heading_id=flag(default.auto_heading_id, "parser", "autoheadingid"),
            auto_heading_id_type=self._text(
                default.auto_heading_id_type, *goldmark, "parser", "autoheadingidtype"
            ).lower(),
            title_attributes=flag(default.title_attributes, "parser", "attribute", "title"),
            block_attributes=flag(default.block_attributes, "parser", "attribute", "block"),
            hard_wraps=flag(default.hard_wraps, "renderer", "hardwraps"),
            passthrough=self._passthrough(),
            strikes_with_one=minor >= version.FIRST_THAT_STRIKES_WITH_ONE,
            is_old=minor < version.FIRST_WITH_GOLDMARK_1_7,
        )

    def _passthrough(self) -> tuple[tuple[str, str], ...]:
        passthrough = ("markup", "goldmark", "extensions", "passthrough")
        if not self._flag(False, *passthrough, "enable"):
            return ()
        delimiters = (at(self._data, *passthrough, "delimiters", kind) for kind in ("block", "inline"))
        pairs = (to_texts(pair) for some in delimiters if isinstance(some, list) for pair in some)
        return tuple(dict.fromkeys((pair[0], pair[1]) for pair in pairs if len(pair) == 2 and all(pair)))

    def _has_unknown_modules(self, themes: tuple[str, ...]) -> bool:
        if any(True for _ in to_list_of_keys(at(self._data, "module", "imports"))):
            return True
        return any(not is_folder(self._root / theme / "layouts") for theme in themes)


def _with_aliases(keys: tuple[str, ...], default: tuple[str, ...]) -> Iterator[str]:
    given: set[str] = set()
    for key in keys:
        for one in default if key.lower() == ":default" else (key.lower(),):
            for name in (one, *_DATE_ALIASES.get(one, ())):
                if name not in given:
                    given.add(name)
                    yield name


def _without_bad_port(address: str) -> str:
    try:
        _ = urlsplit(address).port
    except ValueError:  # an address that is none, as with `[` in its host
        return ""
    return address
