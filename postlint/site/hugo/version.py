"""Which Hugo builds a site, where its files say so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from postlint.patterns import lazy

FIRST_WITH_GOLDMARK_1_7 = 123
FIRST_WITH_PAGE_TREE = 123
"""Pages, sections and their resources are one tree (`hugolib/content_map_page.go`)."""
FIRST_THAT_ESCAPES_HASHES = 125
"""Source: https://github.com/gohugoio/hugo/pull/12343."""
FIRST_THAT_STRIKES_WITH_ONE = 128
"""Source: https://github.com/gohugoio/hugo/issues/12597, of Goldmark 1.7.2."""
FIRST_THAT_REFUSES_DATES = 135
"""Source: https://github.com/gohugoio/hugo/pull/12877."""
FIRST_WITH_NEW_YAML = 152
"""By github.com/goccy/go-yaml, to which `yes` is a text."""
FIRST_OF_TODAY = 152
"""The oldest of today's that was tried: what it does and 0.123.8 does not may be as old as 0.124."""
FIRST_WITH_BUNDLES_OVER_SECTIONS = 154
"""Beside an `index`, 0.152.2 takes an `_index` for the folder's page, and 0.154.5 takes the `index`."""
FIRST_WITH_LANGUAGES_OF_ALIASES = 155
"""0.154.5 takes an alias as it is, 0.155.3 from the language's home; tried with both."""
FIRST_WITH_TITLES_IN_ONE_PART = 166
"""0.165.0 keeps a slash of a title in the path that a permalink makes of it, 0.166.0 does not."""
FIRST_WITH_SLUGS_OF_SECTIONS = 167
"""0.166.0 has the pages of a section in its folder, 0.167.0 below its slug; tried with both."""
LATEST = 999
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
        found += (int(match[1] or LATEST) for match in _NAMED.finditer(text))
    return max(found, default=LATEST)
