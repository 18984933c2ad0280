"""The Liquid tags that a site's plugins add.

A site names its plugins in `_config.yml` and in the group `jekyll_plugins` of its `Gemfile`, and may have its
own in `_plugins` (Jekyll's lib/jekyll/plugin_manager.rb).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from postlint.data import load
from postlint.patterns import lazy

_GROUP = lazy(r"^[ \t]*group[ \t(]+[^\n]*:jekyll_plugins\b[^\n]*\n(?P<gems>.*?)^[ \t]*end\b", 24)
_GEM = lazy(r"^[ \t]*gem[ \t(]+[\"'](?P<name>[\w-]+)[\"'](?P<options>[^\n]*)", 8)
_OWN_GROUP = lazy(r"\bgroups?(?::|[\"']?[ \t]*=>)[^\n]*:jekyll_plugins\b")
_REGISTERED = lazy(r"\bregister_tag[ \t(]+[\"':](?P<name>\w+)")
_FOLDERS = {"plugins_dir": "_plugins", "layouts_dir": "_layouts", "includes_dir": "_includes"}
_LISTS = ("plugins", "gems", "whitelist")
_ALWAYS = ("jekyll-gist", "jekyll-github-metadata")
"""GitHub Pages loads them whether a site names them or not (https://pages.github.com/versions/)."""
_LONGEST = 1_000_000
"""Bytes of a file that are looked at."""


def plugins(root: Path, config: Mapping[str, Any]) -> Iterator[str]:
    """The plugins that the site in `root` names, in its configuration and its `Gemfile`."""
    yield from _named(config)
    yield from _bundled(_text(root / "Gemfile"))


def plugin_tags(root: Path, config: Mapping[str, Any]) -> frozenset[str] | None:
    """The tags that the plugins of the site in `root` add; None where one of them may add any."""
    known = _known()
    tags: set[str] = set()
    for name in (*_ALWAYS, *plugins(root, config)):
        if name not in known:
            return None
        tags |= known[name]
    folder = config.get("plugins_dir")
    for path in sorted((root / (folder if isinstance(folder, str) else "_plugins")).glob("**/*.rb")):
        tags.update(match["name"] for match in _REGISTERED.finditer(_text(path)))
    return frozenset(tags)


def may_know(root: Path, config: Mapping[str, Any], sign: re.Pattern[str]) -> bool:
    """Whether the site in `root` may make something of a syntax that kramdown has not.

    That is, where it uses a plugin that is not known here, or that is called by `sign`, or where `sign` is
    found in a plugin or a template of its own: templates bring scripts.
    """
    known = _known()
    if any(name not in known or sign.search(name) for name in plugins(root, config)):
        return True
    return any(sign.search(_text(path)) for path in _own_files(root, config))


def _own_files(root: Path, config: Mapping[str, Any]) -> Iterator[Path]:
    for key, usual in _FOLDERS.items():
        folder = config.get(key)
        for path in sorted((root / (folder if isinstance(folder, str) else usual)).glob("**/*.*")):
            if path.is_file():
                yield path


def every_known_tag() -> frozenset[str]:
    """The tags of all plugins that are known, for a post whose site is not."""
    return frozenset().union(*_known().values())


@cache
def _known() -> dict[str, frozenset[str]]:
    return {entry["name"]: frozenset(entry["tags"]) for entry in load("jekyll_plugins")["plugin"]}


def _named(config: Mapping[str, Any]) -> Iterator[str]:
    for key in _LISTS:
        names = config.get(key)
        if isinstance(names, list):
            yield from (name for name in names if isinstance(name, str))


def _bundled(gemfile: str) -> Iterator[str]:
    for group in _GROUP.finditer(gemfile):
        yield from (gem["name"] for gem in _GEM.finditer(group["gems"]))
    for gem in _GEM.finditer(gemfile):
        if _OWN_GROUP.search(gem["options"]):
            yield gem["name"]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace")
    except OSError:
        return ""
