"""Dates that end Hugo's whole build, since it cannot read them (`newDateFieldHandler` in
`resources/page/pagemeta/page_frontmatter.go`)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from postlint.patterns import lazy
from postlint.post.front_matter import FrontMatter
from postlint.post.yaml_tree import Entry
from postlint.site.hugo import values, version
from postlint.site.hugo.config import HugoConfig
from postlint.site.hugo.dates import moment

_WITHOUT_YEAR = lazy(r"0000-\d\d-\d\d|\d\d?:\d\d[AP]M|[A-Z][a-z]{2} +\d\d? +\d\d?:\d\d:\d\d(?:\.\d+)?")
"""Go reads these too; Python has no such moments."""


def refused_dates(front_matter: FrontMatter, path: str, config: HugoConfig) -> Iterator[Entry]:
    """The keys of the file at `path`, below a folder of content, whose values Hugo refuses as dates.

    Each of a page's dates is asked for under several names, and behind the first that is one none is read.
    """
    if config.minor < version.FIRST_THAT_REFUSES_DATES or front_matter.error or not front_matter.mapping:
        return
    entries = {entry.key.lower(): entry for entry in front_matter.mapping.entries}
    refused = {key for keys in config.dates.values() for key in _asked(keys, entries, path, config)}
    yield from (entry for key, entry in entries.items() if key in refused)


def _asked(
    keys: tuple[str, ...], entries: Mapping[str, Entry], path: str, config: HugoConfig
) -> Iterator[str]:
    """Those of `keys` that are no dates, up to the first that is one."""
    for key in keys:
        if key.startswith(":"):
            if _may_have_date(key, path, config):
                return
        elif key in entries:
            value = values.of_tree(entries[key].tree, values.newly_plain)
            if value in (None, ""):
                continue
            if moment(value, config.zone) is not None or _is_without_year(value):
                return
            yield key


def _is_without_year(value: values.Value) -> bool:
    return isinstance(value, str) and _WITHOUT_YEAR.fullmatch(value) is not None


def _may_have_date(source: str, path: str, config: HugoConfig) -> bool:
    if source == ":filename":
        folder, name = posixpath.split(path)
        if name.startswith(("index.", "_index.")):
            name = posixpath.basename(folder)
        return moment(name[:10], config.zone) is not None
    if source == ":git":
        return values.to_flag(config.data.get("enablegitinfo"))
    return True
