"""What a Hugo site's templates, and those of its themes, ask of a page."""

from __future__ import annotations

from pathlib import Path

from postlint.paths import is_folder
from postlint.patterns import lazy_bytes
from postlint.site.hugo.config import HugoConfig
from postlint.site.templates import contents

_KEY = lazy_bytes(rb"\bParams?(?:\.([A-Za-z_]\w*)|\s+[\"'`]([^\"'`]+)[\"'`])")
"""`.Params.math`, `.Param "math"`, `index .Params "math"`."""

_ID = lazy_bytes(rb"""\b(?:id|name)\s*=\s*(?:"([^"{<>\s]+)"|'([^'{<>\s]+)'|([^\s"'{<>=]+))""")


def template_ids(config: HugoConfig) -> frozenset[str]:
    """The ids and names of anchors that stand in the templates as they are."""
    found = (_ID.findall(content) for top in _folders(config) for content in contents(top))
    return frozenset((a or b or c).decode("utf-8", "replace") for ids in found for a, b, c in ids)


def _folders(config: HugoConfig) -> list[Path]:
    return [config.root / folder / "layouts" for folder in ("", *config.theme_folders)]


def page_keys(config: HugoConfig) -> frozenset[str] | None:
    """The front-matter keys that the templates read; None where some of these are not here."""
    tops = _folders(config)
    if config.has_unknown_modules or not any(is_folder(top) for top in tops):
        return None
    found = (_KEY.findall(content) for top in tops for content in contents(top))
    return frozenset((one or other).decode("utf-8", "replace") for keys in found for one, other in keys)
