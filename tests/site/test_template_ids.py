"""The ids that a site's own templates bring to its pages."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postlint.site.jekyll.indexing import index_of
from postlint.site.jekyll.site import JekyllBlog
from postlint.site.jekyll.template_ids import TemplateIds, template_ids
from postlint.site.made_ids import MADE

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def _written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _ids(folder: Path, **layouts: str) -> TemplateIds:
    _written(folder, {f"_layouts/{name}.html": text for name, text in layouts.items()})
    return template_ids(folder / "_layouts", folder / "_includes")


@pytest.mark.parametrize(
    ("html", "fixed"),
    [
        ('<p id="a">', {"a"}),
        ("<p id='한글'>", {"한글"}),
        ("<p id=bare class=x>", {"bare"}),
        ('<a name = "n"></a>', {"n"}),
        ('<p data-id="x">', set[str]()),
        ('<p id="a b">', set[str]()),
        ('<p id="">', set[str]()),
        ("<script>let id = {}</script>", set[str]()),
    ],
)
def test_what_stands_in_a_template_is_an_id(tmp_path: Path, html: str, fixed: set[str]) -> None:
    assert _ids(tmp_path, one=html) == TemplateIds(frozenset(fixed), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<p id="y{{ year.name }}">', {f"y{MADE}"}),
        ("<p id='{{ tag }}-ref'>", {f"{MADE}-ref"}),
        ('<p id="a{{ x | date: "%Y" }}b{% if c %}d{% endif %}">', {f"a{MADE}b{MADE}d{MADE}"}),
        ("<p id=x-{{ tag }}>", {f"x-{MADE}"}),
    ],
)
def test_what_liquid_makes_a_part_of_may_be_anything_there(tmp_path: Path, html: str, made: set[str]) -> None:
    assert _ids(tmp_path, one=html) == TemplateIds(frozenset(), frozenset(made), frozenset())


@pytest.mark.parametrize(
    ("html", "is_loose"),
    [
        ('<h2 id="{{ tag[0] | slugify }}">', True),
        ("<h2 id={{tag}}>", True),
        ('<h2 id="{{- category -}}">', True),
        ('<p id="{{ page.id }}">', False),
        ('<p id="{{ include.id }}">', False),
        ('<p id="{{ site.comments.id }}">', False),
    ],
)
def test_a_layout_whose_ids_only_a_build_would_tell_is_loose(
    tmp_path: Path, html: str, is_loose: bool
) -> None:
    assert _ids(tmp_path, one=html).loose == ({"one"} if is_loose else set())


def test_a_parent_and_an_include_make_a_layout_loose(tmp_path: Path) -> None:
    _written(
        tmp_path,
        {
            "_includes/list.html": '<p id="{{ x }}">',
            "_includes/outer.html": "{%- include_cached list.html -%}",
        },
    )
    ids = _ids(
        tmp_path,
        tags="{% include outer.html %}",
        child="---\ntitle: x\nlayout: tags\n---\n",
        round="---\nlayout: round\n---\n",
        other="---\ntitle: x\n---\nlayout: tags\n",
    )
    assert ids.loose == {"tags", "child"}


def test_a_page_is_loose_by_its_own_layout_or_its_default(tmp_path: Path) -> None:
    loose = '<p id="{{ x }}">'
    _written(
        tmp_path,
        {
            "_config.yml": "defaults: [{scope: {path: '', type: pages}, values: {layout: tags}}]\n",
            "_layouts/tags.html": loose,
            "_layouts/post.html": "",
            "a.md": "---\n---\n",
            "b.md": "---\nlayout: post\n---\n",
            "c.md": "---\nlayout:\n---\n",
            "_posts/2020-01-02-d.md": "---\nlayout: tags\n---\n",
            "_posts/2020-01-02-e.md": "---\n---\n",
        },
    )
    index = index_of(JekyllBlog(tmp_path, NOW))
    assert set(index.loose_pages) == {"a.md", "_posts/2020-01-02-d.md"}


@pytest.mark.parametrize("piece", ['id="{{a}}', 'id="{', "id={%", 'id="a', "layout: x\n", "{% include x"])
def test_a_template_of_a_megabyte_takes_no_time(tmp_path: Path, piece: str) -> None:
    text = "---\n" + piece * (1_000_000 // len(piece))
    begun = time.process_time()
    _ids(tmp_path, one=text)
    assert time.process_time() - begun < 2
