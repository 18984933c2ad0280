"""The ids that a site's own layouts and includes bring to its pages (lib/jekyll/layout.rb, tags/include.rb).

Most stand in a template as they are. Others are made by Liquid: a layout for a list of tags has
`<h2 id="{{ tag[0] | slugify }}">` in a loop, and only a build would tell which ids these become.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from postlint.named import NamedTuple
from postlint.paths import beginning_of
from postlint.patterns import lazy_bytes
from postlint.site.made_ids import MADE
from postlint.site.templates import LONGEST

_LIQUID = rb"(?>\{\{.{0,200}?\}\}|\{%.{0,200}?%\})"
_ID = lazy_bytes(
    rb"""(?<![\w-])(?:id|name)\s{0,9}=\s{0,9}(?:"((?:[^"{<>\s]|LIQUID|\{){0,300}+)\""""
    rb"""|'((?:[^'{<>\s]|LIQUID|\{){0,300}+)'|((?:[^\s"'{<>=`]|LIQUID){1,300}+))""".replace(
        b"LIQUID", _LIQUID
    )
)
"""The lengths are bounded, or what is never closed would be looked through from each beginning."""
_MADE = lazy_bytes(_LIQUID)
_OF_ONE_VALUE = lazy_bytes(rb"(?:\{\{-?\s*(?:page|site|include|layout|paginator)\b.*?\}\}|\{%.*?%\})+\Z")
"""What a page has once, and nobody links to: the place of its comments, the name of a form."""
_PARENT = lazy_bytes(rb"\A(?:\xef\xbb\xbf)?---\s*?\n(?:(?!---).*\n)*?layout[ \t]*:[ \t]*[\"']?([^\s\"'#]+)")
_INCLUDE = lazy_bytes(rb"\{%-?\s*include(?:_cached)?\s+([^\s%]+)")


class TemplateIds(NamedTuple):
    """What the templates of one site bring."""

    fixed: frozenset[str]
    """The ids and names of anchors that stand in them as they are."""
    made: frozenset[str]
    """Those of which Liquid makes parts, with a `MADE` in the place of each."""
    loose: frozenset[str]
    """The layouts whose pages have ids of which Liquid makes the whole."""


class _Template(NamedTuple):
    fixed: frozenset[str]
    made: frozenset[str]
    is_loose: bool
    parent: str
    includes: frozenset[str]


def template_ids(layouts: Path, includes: Path) -> TemplateIds:
    """The ids of the templates in the folders `layouts` and `includes`."""
    of_layouts = {name.rpartition(".")[0] or name: one for name, one in _templates(layouts)}
    of_includes = dict(_templates(includes))
    every = (*of_layouts.values(), *of_includes.values())
    return TemplateIds(
        frozenset().union(*(one.fixed for one in every)),
        frozenset().union(*(one.made for one in every)),
        _loose(of_layouts, of_includes),
    )


def _loose(layouts: dict[str, _Template], includes: dict[str, _Template]) -> frozenset[str]:
    """The names of the layouts that have ids made by Liquid, in a parent or an include of theirs too."""

    def parts(first: Iterable[_Template]) -> Iterator[_Template]:
        pending, passed = list(first), set[int]()
        while pending:
            one = pending.pop()
            if id(one) in passed:
                continue
            passed.add(id(one))
            yield one
            pending += [layouts[one.parent]] if one.parent in layouts else []
            pending += [includes[name] for name in one.includes if name in includes]

    return frozenset(name for name, one in layouts.items() if any(part.is_loose for part in parts([one])))


def _templates(folder: Path) -> Iterator[tuple[str, _Template]]:
    """Each file below `folder` by its path there."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent) / name
            try:
                content = beginning_of(path, LONGEST)
            except OSError:
                continue
            yield path.relative_to(folder).as_posix(), _read(content)


def _read(content: bytes) -> _Template:
    fixed, made = set[str](), set[bytes]()
    for groups in _ID.findall(content):
        written = next(filter(None, groups), b"")
        if b"{{" in written or b"{%" in written:
            made.add(written)
        elif written:
            fixed.add(written.decode("utf-8", "replace"))
    parent = _PARENT.match(content)
    partly = {one for one in made if _MADE.sub(b"", one)}
    return _Template(
        frozenset(fixed),
        frozenset(_MADE.sub(MADE.encode(), one).decode("utf-8", "replace") for one in partly),
        any(not _OF_ONE_VALUE.match(one) for one in made - partly),
        parent[1].decode("utf-8", "replace") if parent else "",
        frozenset(name.decode("utf-8", "replace") for name in _INCLUDE.findall(content)),
    )
