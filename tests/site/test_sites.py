"""What a site's configuration asks of its engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.run.discovery import discover
from postlint.run.files import Linter
from postlint.run.parallel import process_files
from postlint.run.request import Request
from postlint.site.jekyll.home import kramdown_options


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("1..3", {1, 2, 3}),
        ("2,4", {2, 4}),
        ([2, "3"], {2, 3}),
        (2, set(range(1, 7))),
        ("all", set(range(1, 7))),
    ],
)
def test_a_table_of_contents_has_the_levels_that_are_asked_for(written: object, levels: set[int]) -> None:
    assert kramdown_options({"toc_levels": written}).toc_levels == levels


def checked(folder: Path) -> list[str]:
    """The files that a run over `folder` reads, by their paths from there."""
    linter = Linter(Request(no_config=True))
    return [one.path.relative_to(folder).as_posix() for one in discover([folder], linter.leaves_out)]


def write(root: Path, config: str, *names: str) -> None:
    (root / "_config.yml").write_text(config, encoding="utf-8")
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


@pytest.mark.parametrize("pattern", ["/docs # the theme's own", "docs", "docs/", '"doc*"'])
def test_a_folder_that_jekyll_excludes_is_none_of_the_blog(pattern: str, tmp_path: Path) -> None:
    write(
        tmp_path,
        f"exclude:\n  - {pattern}\n# docs\n",
        "_posts/2024-05-01-a.md",
        "docs/_posts/2013-05-22-b.md",
    )
    assert checked(tmp_path) == ["_posts/2024-05-01-a.md"]


def test_a_folder_that_jekyll_excludes_is_read_where_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, "exclude: [docs, _posts]\n", "docs/_posts/2013-05-22-b.md")
    assert checked(tmp_path / "docs") == ["_posts/2013-05-22-b.md"]


def test_an_excluded_folder_with_a_configuration_is_a_site_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "exclude: [docs]\n", "docs/_config.yml", "docs/_posts/2013-05-22-b.md")
    assert checked(tmp_path) == ["docs/_posts/2013-05-22-b.md"]


def test_a_readme_is_read_though_jekyll_excludes_it(tmp_path: Path) -> None:
    write(tmp_path, "exclude: [README.md]\n", "README.md")
    assert checked(tmp_path) == ["README.md"]


def test_a_folder_that_jekyll_passes_over_among_the_posts_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "title: a\n", "_posts/_templates/2024-05-01-a.md", "_posts/_kept/2024-05-01-b.md")
    assert checked(tmp_path) == []
    write(tmp_path, "include: [_kept]\n")
    assert checked(tmp_path) == ["_posts/_kept/2024-05-01-b.md"]


OTHERS = {
    "mkdocs.yml": "docs/a.md",
    "myst.yml": "a.md",
    "_quarto.yml": "posts/a/index.md",
    "gatsby-config.js": "content/blog/a/index.md",
    "docusaurus.config.ts": "blog/2024-05-01-a.md",
    "next.config.mjs": "_posts/a.md",
    "conf.py": "a.md",
    ".vitepress/config.js": "a.md",
}
OF_ANOTHER_ENGINE = """---
title: 식
---

``` py title="a b"
x
```

$\\{x_1\\}$ 와 [](b.md), [글][b] 와 [식](#식)

[c]: https://example.org/
"""


@pytest.mark.parametrize("marker", OTHERS)
def test_a_site_of_another_generator_is_no_jekyll_site(marker: str, tmp_path: Path) -> None:
    """Neither kramdown's fences are its, nor is it known what its extensions make of formulas and links."""
    file = tmp_path / OTHERS[marker]
    for path in (file, tmp_path / marker):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(OF_ANOTHER_ENGINE if path == file else "", encoding="utf-8")
    assert found_in(file) == []


def test_a_jupyter_book_has_a_configuration_named_as_jekylls(tmp_path: Path) -> None:
    write(tmp_path, "title: 책\n", "_toc.yml")
    (tmp_path / "a.md").write_text(OF_ANOTHER_ENGINE, encoding="utf-8")
    assert found_in(tmp_path / "a.md") == []


def test_a_zola_site_has_front_matter_as_hugo_has(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('base_url = "https://example.org"\n', encoding="utf-8")
    (tmp_path / "content").mkdir()
    file = tmp_path / "content" / "a.md"
    file.write_text('+++\ntitle = "글"\n+++\n\n[다음](@/b.md)\n', encoding="utf-8")
    assert found_in(file) == []


def test_what_a_lone_post_has_wrong_is_found(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(OF_ANOTHER_ENGINE, encoding="utf-8")
    assert {"PAGE003", "MATH004", "URL016", "PAGE007"} <= set(found_in(file))


def found_in(path: Path) -> list[str]:
    linter = Linter(Request(no_config=True, no_cache=True))
    [result] = process_files(Request(no_config=True, no_cache=True), linter, [path])
    return [one.finding.code for one in result.findings]


@pytest.mark.parametrize(
    ("name", "written", "taken"),
    [
        ("auto_ids", "false", False),
        ("auto_ids", " False ", False),
        ("auto_ids", "no", True),
        ("auto_ids", "", False),
        ("hard_wrap", "true", True),
        ("hard_wrap", 0, True),
        ("hard_wrap", None, False),
        ("header_offset", "1", 1),
        ("header_offset", "x", 0),
        ("auto_id_prefix", 1, "1"),
        ("auto_id_prefix", [], ""),
    ],
)
def test_an_option_of_another_type_counts_as_kramdown_takes_it(
    name: str, written: object, taken: object
) -> None:
    assert getattr(kramdown_options({name: written}), name) == taken
