"""Finding the configuration of a folder."""

from __future__ import annotations

from pathlib import Path

from postlint.config.config import Config
from postlint.findings import ConfigError, Message, Text
from postlint.paths import absolute, is_file

FILE_NAME = ".postlint.yml"
PYPROJECT = "pyproject.toml"
_NEAR_NAMES = (".postlint.yaml", "postlint.yml", "postlint.yaml")
"""What the file is called by mistake: a configuration must not be passed over in silence."""
_NO_TABLE = Text(en="there is no table `[tool.postlint]`", ko="`[tool.postlint]` 테이블이 없습니다")
_NEAR_NAME = Text(
    en="this file is not read; did you mean `{name}`?",
    ko="이 파일은 읽지 않습니다. 혹시 `{name}`을(를) 뜻했나요?",
)
_BOTH = Text(
    en="`[tool.postlint]` stands here and `{name}` beside it; keep one of them",
    ko="`[tool.postlint]`가 있는데 같은 폴더에 `{name}`도 있습니다. 하나만 두세요",
)


class Finder:
    """Finds the configuration of a folder, upwards from it; each file is read once."""

    def __init__(self) -> None:
        self._by_folder: dict[Path, Config] = {}
        self._none = Config()

    def config_in(self, folder: Path) -> Config:
        """The configuration for what stands in `folder`; an empty one where there is none.

        Raises ConfigError if the nearest configuration cannot be used.
        """
        folder = absolute(folder)
        if (known := self._by_folder.get(folder)) is not None:
            return known
        passed: list[Path] = []
        found: Config | None = None
        for parent in (folder, *folder.parents):
            found = self._by_folder.get(parent) or _read_from(parent)
            passed.append(parent)
            if found is not None:
                break
        self._by_folder.update(dict.fromkeys(passed, found or self._none))
        return self._by_folder[folder]


def _read_from(folder: Path) -> Config | None:
    for name in _NEAR_NAMES:
        if is_file(folder / name):
            raise ConfigError(folder / name, 0, Message(_NEAR_NAME, {"name": FILE_NAME}))
    file, pyproject = folder / FILE_NAME, folder / PYPROJECT
    settings = None
    if is_file(pyproject):
        from postlint.config.settings import from_toml

        settings = from_toml(pyproject)
    if is_file(file):
        if settings is not None:
            raise ConfigError(pyproject, settings.line, Message(_BOTH, {"name": FILE_NAME}))
        return read(file)
    if settings is None:
        return None
    from postlint.config.reader import Reader  # only a run with a configuration pays for it

    return Reader(pyproject).read(settings)


def read(path: Path) -> Config:
    """The configuration in the file `path`. Raises ConfigError if it cannot be used."""
    from postlint.config.reader import Reader
    from postlint.config.settings import from_toml, from_yaml

    settings = from_toml(path) if path.suffix == ".toml" else from_yaml(path)
    if settings is None:
        raise ConfigError(path, 0, Message(_NO_TABLE))
    return Reader(path).read(settings)
