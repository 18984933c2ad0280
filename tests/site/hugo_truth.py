"""What the real Hugo makes of a site, with layouts that show nothing but what is asked of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from postlint.site.hugo import version

LAYOUTS = {
    "robots.txt": """{{- range where .Site.AllPages "Kind" "page" -}}
{{ dict "path" .File.Filename "url" .RelPermalink "day" (.Date.Format "2006-01-02") "title" .Title
"tags" .Params.tags "categories" .Params.categories "content" (print .Content) | jsonify }}
{{ end -}}""",
    "index.html": "home",
    "_default/single.html": "page",
    "_default/list.html": "list",
}
"""`robots.txt`, which no page can replace, holds a line of JSON for each page."""

_KEPT = "shortcodes"


class HugoPage(NamedTuple):
    """A page of the site, by the path of its file relative to the site."""

    path: str
    url: str
    day: str
    title: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    headings: list[tuple[int, str | None]]
    links: list[str]
    images: list[str]


class HugoTruth(NamedTuple):
    pages: dict[str, HugoPage]
    served: frozenset[str]
    """Every file that the server would have, from the site's root."""


class HugoError(Exception):
    """Hugo has ended the build, with these words."""


def build(root: Path, work: Path) -> HugoTruth:
    """What Hugo makes of the site at `root`, of which a copy is put into the folder `work`.

    Its layouts are left out but for the shortcodes, and what these show is left out too: they show nothing
    here. Raises HugoError.
    """
    shutil.copytree(root, work, ignore=shutil.ignore_patterns("public", "layouts", ".git"))
    _put_shortcodes(root / "layouts" / _KEPT, work / "layouts" / _KEPT)
    for layouts in work.glob("themes/*/layouts"):
        shutil.rmtree(layouts)
    for theme in root.glob(f"themes/*/layouts/{_KEPT}"):
        _put_shortcodes(theme, work / theme.relative_to(root))
    for name, text in LAYOUTS.items():
        path = work / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    environment = {**os.environ, "TZ": "UTC", "HUGO_ENABLEROBOTSTXT": "true"}
    command = ["hugo", "--quiet", "--destination", "public"]
    done = subprocess.run(
        command, cwd=work, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        raise HugoError(done.stdout + done.stderr)
    public = work / "public"
    listing = max(
        (path.read_text(encoding="utf-8") for path in public.rglob("robots.txt")), key=len, default=""
    )
    pages = (json.loads(line) for line in _lines(listing))
    files = (path for path in public.rglob("*") if path.is_file() and path.name != "robots.txt")
    served = (path.relative_to(public).as_posix() for path in files)
    found = (_page(page, work) for page in pages)
    return HugoTruth({page.path: page for page in found}, frozenset(f"/{path}" for path in served))


@cache
def minor_version() -> int:
    """That of the Hugo that is installed here."""
    said = subprocess.run(["hugo", "version"], capture_output=True, encoding="utf-8", check=True).stdout
    match = re.search(r"v0\.([0-9]+)", said)
    assert match, said
    return int(match[1])


def is_old() -> bool:
    """Whether the Hugo that is installed here has a Goldmark older than 1.7."""
    return minor_version() < version.FIRST_WITH_GOLDMARK_1_7


def add_missing_themes(root: Path, themes: tuple[str, ...]) -> None:
    """Hugo builds nothing where a theme is not there; an empty one brings nothing."""
    for theme in themes:
        (root / theme).mkdir(parents=True, exist_ok=True)


def _put_shortcodes(source: Path, target: Path) -> None:
    for path in source.rglob("*.html"):
        has_inner = ".Inner" in path.read_text(encoding="utf-8")
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("{{ with .Inner }}{{ end }}" if has_inner else "", encoding="utf-8")


def _lines(text: str) -> list[str]:
    return [line for line in text.replace('\n"tags"', ' "tags"').split("\n") if line.strip()]


def _page(page: dict[str, Any], work: Path) -> HugoPage:
    content = _Content()
    content.feed(page["content"])
    content.close()
    return HugoPage(
        Path(page["path"]).relative_to(work.resolve()).as_posix(),
        page["url"],
        page["day"],
        page["title"],
        _terms(page["tags"]),
        _terms(page["categories"]),
        content.headings,
        content.links,
        content.images,
    )


def _terms(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(one) for one in value or ())


class _Content(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.headings: list[tuple[int, str | None]] = []
        self.links: list[str] = []
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(reversed(attrs))
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.headings.append((int(tag[1]), attributes.get("id")))
        elif tag == "a" and "href" in attributes:
            self.links.append(attributes["href"] or "")
        elif tag == "img" and "src" in attributes:
            self.images.append(attributes["src"] or "")

    handle_startendtag = handle_starttag


def as_written(address: str) -> str:
    """An address as Goldmark writes it into the page (`util.URLEscape`)."""
    return quote(address, safe="/:?#@!$&'()*+,;=%~-._")
