"""Which Hugo builds a site, where its files say so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from postlint.patterns import lazy

FIRST_WITH_GOLDMARK_1_7 = 123
FIRST_THAT_STRIKES_WITH_ONE = 128
"""Source: https://github.com/gohugoio/hugo/issues/12597, of Goldmark 1.7.2."""
_LATEST = 999
_NAMED = lazy(r"hugo[-_]version[\"']?\s*[:=]\s*[\"']?v?(?:0\.([0-9]+)|latest)", 2)


def version_files(root: Path) -> Iterator[Path]:
    """The files that may name a version: those of the services that build sites, there or not."""
    yield from (root / name for name in ("netlify.toml", "vercel.json", "amplify.yml", "render.yaml"))
    yield from sorted((root / ".github" / "workflows").glob("*.y*ml"))


def minor_version(root: Path) -> int:
    """Which 0.x the site says that it is built with; of several the newest, and the latest where none is."""
    found: list[int] = []
    for path in version_files(root):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        found += (int(match[1] or _LATEST) for match in _NAMED.finditer(text))
    return max(found, default=_LATEST)
