"""Which front-matter keys a Jekyll site's own templates want before they load MathJax or KaTeX."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from postlint import data
from postlint.paths import is_folder
from postlint.patterns import lazy

Keys: TypeAlias = "frozenset[str] | None"
"""The keys one of which must be set; none at all: it never happens; None: it may happen without any."""

_ALWAYS: Keys = None
_NEVER: Keys = frozenset()

_LONGEST = 1_000_000
"""Characters of a template that are looked at; a longer file is a library that somebody put beside them."""

_TOKEN = lazy(
    r"""(?P<comment><!--.*?(?:-->|\Z))
      | \{%-?\s*(?P<tag>\w+)\s*(?P<markup>.*?)-?%\}
      | (?P<load><script\b(?=[^>]*\bsrc\s*=)[^>]*(?:mathjax|katex))""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_TAG = lazy(r"\{%-?\s*(?P<tag>\w+)\s*(?P<markup>.*?)-?%\}", re.DOTALL)
_CLOSED_BY = {name: f"end{name}" for name in ("if", "unless", "case", "for", "comment", "capture")}
_BRANCHES = frozenset({"elsif", "else", "when"})
_INCLUDES = frozenset({"include", "include_cached"})
_CONDITION = lazy(
    r"(?P<owner>page|site)\.(?P<key>[\w.-]+)(?:\s*==\s*true|\s*!=\s*(?:false|nil|null|blank|empty))?"
)
_SCRIPT_ADDRESS = lazy(r"(?:mathjax|katex)[^\s'\"]*\.js", re.IGNORECASE)


def math_keys(root: Path, config: dict[str, Any]) -> frozenset[str] | None:
    """The keys one of which a page must set; None where that is not so, or cannot be known.

    `config` is what the site's configuration says. Templates of a theme are not on the disk, but for
    some themes `data/math_flags.yml` knows what they ask.
    """
    engine = config.get("kramdown")
    if isinstance(engine, dict) and engine.get("math_engine", "mathjax") != "mathjax":
        return None
    if _SCRIPT_ADDRESS.search(str(config)):
        return None  # a template loads whatever scripts the configuration names
    keys = _Templates(root, config).keys()
    theme = _theme(config)
    if theme is not None and keys == _NEVER:
        keys = _of_theme(theme)
    elif theme is not None:
        return None  # what else the theme loads cannot be known
    return keys or None


def _theme(config: dict[str, Any]) -> str | None:
    """The theme's own name: `jekyll-theme-chirpy` also for `cotes2020/jekyll-theme-chirpy@v6`."""
    for key in ("theme", "remote_theme"):
        if isinstance(name := config.get(key), str):
            return name.partition("@")[0].rpartition("/")[2]
    return None


@cache
def _of_theme(name: str) -> frozenset[str]:
    themes = data.load("math_flags")["theme"]
    return frozenset(theme["key"] for theme in themes if theme["name"] == name)


class _Templates:
    def __init__(self, root: Path, config: dict[str, Any]) -> None:
        self._layouts = root / "_layouts"
        self._includes = root / str(config.get("includes_dir") or "_includes")
        self._config = config
        self._known: dict[Path, Keys] = {}

    def keys(self) -> Keys:
        """What must be set for any of the layouts to load a script."""
        if not is_folder(self._layouts):
            return _NEVER
        return _any(self._of(path) for path in _files(self._layouts))

    def _of(self, path: Path) -> Keys:
        if path not in self._known:
            self._known[path] = _NEVER  # what one that includes itself adds
            self._known[path] = _any(self._loads(_text(path)))
        return self._known[path]

    def _loads(self, template: str) -> Iterator[Keys]:
        """For each place that loads a script, the keys that it asks for."""
        opened: list[tuple[str, Keys]] = []
        for tag, markup in _tokens(template):
            if tag in _CLOSED_BY:
                opened.append((_CLOSED_BY[tag], self._condition(tag, markup)))
            elif opened and tag == opened[-1][0]:
                opened.pop()
            elif opened and tag in _BRANCHES:
                opened[-1] = (opened[-1][0], _ALWAYS)
            elif not tag or tag in _INCLUDES:
                here = _ALWAYS if not tag else self._of(self._includes / (markup.split() or [""])[0])
                yield _all([here, *(condition for _, condition in reversed(opened))])

    def _condition(self, tag: str, markup: str) -> Keys:
        if tag == "comment":
            return _NEVER
        if tag != "if":
            return _ALWAYS
        if " or " in markup:
            parts = markup.split(" or ")
            return _ALWAYS if " and " in markup else _any(map(self._part, parts))
        return _all(map(self._part, markup.split(" and ")))

    def _part(self, text: str) -> Keys:
        condition = _CONDITION.fullmatch(text.strip())
        if condition is None:
            return _ALWAYS
        key = condition["key"]
        if condition["owner"] == "page":
            return frozenset({key}) if "." not in key else _ALWAYS
        value: Any = self._config
        for name in key.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return _NEVER if value is None or value is False else _ALWAYS


def _any(ways: Iterable[Keys]) -> Keys:
    found: set[str] = set()
    for keys in ways:
        if keys is None:
            return _ALWAYS
        found |= keys
    return frozenset(found)


def _all(conditions: Iterable[Keys]) -> Keys:
    """What all ask for together; of two that ask for different keys, the first must do."""
    wanted: Keys = _ALWAYS
    for keys in conditions:
        if keys == _NEVER:
            return _NEVER
        wanted = keys if wanted is None else wanted
    return wanted


def _tokens(template: str) -> Iterator[tuple[str, str]]:
    """Liquid's tags with their markup, and ("", "") for each script; tags in a comment of HTML count."""
    for token in _TOKEN.finditer(template):
        if token["comment"]:
            for tag in _TAG.finditer(token["comment"]):
                yield tag["tag"], tag["markup"]
        else:
            yield token["tag"] or "", token["markup"] or ""


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent) / name for name in sorted(names))


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_LONGEST)
    except (OSError, ValueError):
        return ""
