"""The files of a site's configuration, as one (`hugolib/config.go`, `config/configLoader.go`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from postlint.findings import Message, Text
from postlint.paths import is_file, is_folder
from postlint.site.hugo.values import Broken, Data, read
from postlint.site.index import SiteProblem

LANGUAGES = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}
"""What a configuration may be written in, by the end of its name."""
NAMES = tuple(f"{name}{suffix}" for name in ("hugo", "config") for suffix in LANGUAGES)
"""The files that are looked for, in this order; the first that is there counts."""

_FOLDERS = (Path("config", "_default"), Path("config", "production"))
_LONGEST = 4 * 1024 * 1024
"""Bytes of a configuration that is still read."""

_BROKEN = Text(
    en="Hugo cannot read this, and builds nothing: {reason}",
    ko="Hugo가 읽을 수 없어 아무것도 만들지 못합니다: {reason}",
)
_UNREADABLE = Text(en="cannot be read: {reason}", ko="읽을 수 없습니다: {reason}")


def has_config(folder: Path) -> bool:
    """Whether `folder` has what may be the configuration of a Hugo site."""
    return any(is_file(folder / name) for name in NAMES) or is_folder(folder / _FOLDERS[0])


def config_files(root: Path) -> Iterator[Path]:
    """The files that may hold a part of a site's configuration, there or not."""
    yield from (root / name for name in NAMES)
    for folder in _FOLDERS:
        yield from _config_files(root / folder)


class ConfigFiles:
    """All that the configuration of the site at `root` says. What is wrong with it is among its problems."""

    def __init__(self, root: Path, *, has_new_yaml: bool = True) -> None:
        self.problems: list[SiteProblem] = []
        self.data: Data = {}
        self._root = root
        self._has_new_yaml = has_new_yaml
        self._texts: list[tuple[Path, str]] = []
        path = next((root / name for name in NAMES if is_file(root / name)), None)
        if path is not None:
            _merge(self.data, self._load(path))
        for folder in _FOLDERS:
            for file in _config_files(root / folder):
                _merge(self.data, _placed(file.stem.lower(), self._load(file)))

    def _load(self, path: Path) -> Data:
        try:
            with path.open("rb") as file:
                text = file.read(_LONGEST).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "UTF-8"
            message = Message(_UNREADABLE, {"reason": reason or str(error)})
            self.problems.append(SiteProblem(path, 1, message))
            return {}
        data = read(text, LANGUAGES[path.suffix.lower()], has_new_yaml=self._has_new_yaml)
        if isinstance(data, Broken):
            self.problems.append(SiteProblem(path, data.line, Message(_BROKEN, {"reason": data.reason})))
            return {}
        self._texts.append((path, text))
        return data

    def report(self, key: str, message: Message) -> None:
        """Say what is wrong with `key`, where it is written last."""
        written = re.compile(
            rf"^[ \t]*[\[{{]*[\"']?(?:[\w.]+\.)?{re.escape(key)}\b", re.IGNORECASE | re.MULTILINE
        )
        for path, text in reversed(self._texts):
            if found := written.search(text):
                line = text.count("\n", 0, found.end()) + 1
                self.problems.append(SiteProblem(path, line, message))
                return
        path = self._texts[-1][0] if self._texts else self._root / NAMES[0]
        self.problems.append(SiteProblem(path, 1, message))


def _config_files(folder: Path) -> Iterator[Path]:
    if is_folder(folder):
        try:
            files = sorted(folder.rglob("*"))
        except OSError:
            return
        yield from (file for file in files if file.suffix.lower() in LANGUAGES and is_file(file))


def _placed(name: str, data: Data) -> Data:
    """What a file in a folder of configuration says.

    `params.toml` speaks of `params`, `menus.ko.toml` of the menus of a language.
    """
    if name in ("hugo", "config"):
        return data
    key, _, language = name.partition(".")
    if not language:
        return {key: data}
    inner: Data = {"menus" if key == "menu" else key: data} if key in ("menu", "menus", "params") else data
    return {"languages": {language: inner}}


def _merge(data: Data, more: Data) -> None:
    """Set what `more` says, within keys too."""
    for key, value in more.items():
        known = data.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        else:
            data[key] = value
