"""Which Hugo builds a site, where its files say so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from postlint.patterns import lazy

FIRST_WITH_GOLDMARK_1_7 = 123
_NAMED = lazy(r"hugo[-_]version[\"']?\s*[:=]\s*[\"']?v?(?:0\.([0-9]+)|latest)", 2)


def version_files(root: Path) -> Iterator[Path]:
    """The files that may name a version: those of the services that build sites, there or not."""
    yield from (root / name for name in ("netlify.toml", "vercel.json", "amplify.yml", "render.yaml"))
    yield from sorted((root / ".github" / "workflows").glob("*.y*ml"))


def is_old(root: Path) -> bool:
    """Whether the site says that it is built with a Hugo whose Goldmark is older than 1.7.

    Of several versions the newest counts, and where none is named, it is the latest.
    """
    found: list[int] = []
    for path in version_files(root):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        found += (int(match[1] or FIRST_WITH_GOLDMARK_1_7) for match in _NAMED.finditer(text))
    return bool(found) and max(found) < FIRST_WITH_GOLDMARK_1_7
