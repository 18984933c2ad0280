"""What a site's configuration asks of its engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.run.discovery import discover
from postlint.run.files import Linter
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
