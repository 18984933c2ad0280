"""Whole Hugo blogs, real and invented, held against what Hugo makes of them. Run with -s to see the table."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postlint.site.hugo import version
from postlint.site.hugo.config_files import has_config
from postlint.site.hugo.site import HugoBlog
from tests.site.hugo_cases import CASES
from tests.site.hugo_truth import HugoTruth, add_missing_themes, as_written, build, minor_version
from tests.site.random_hugo_blogs import RandomBlog
from tests.site.test_jekyll_truth import Tally

COLUMNS = ("published", "url", "date", "title", "tags", "categories", "heading", "link", "image")
SEEDS = range(24)

pytestmark = pytest.mark.hugo


@pytest.fixture(autouse=True)
def sites_have_the_hugo_that_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "minor_version", lambda root: minor_version())


def compare(blog: HugoBlog, truth: HugoTruth, tally: Tally) -> None:
    posts = {post.path: post for post in blog.posts}
    tally.compare("published", "the blog", sorted(truth.pages), sorted(posts))
    for path in sorted(truth.pages.keys() & posts.keys()):
        page, facts = truth.pages[path], blog.facts(posts[path])
        tally.compare("url", path, [page.url], [blog.config.baseurl + facts.url])
        tally.compare("date", path, [page.day], [facts.date])
        tally.compare("title", path, [page.title], [facts.title])
        tally.compare("tags", path, [page.tags], [facts.tags])
        tally.compare("categories", path, [page.categories], [facts.categories])
        headings = [(heading.level, heading.id) for heading in facts.body.headings]
        tally.compare("heading", path, page.headings, headings)
        tally.compare("link", path, page.links, [as_written(link.href) for link in facts.body.links])
        tally.compare("image", path, page.images, [as_written(image.src) for image in facts.body.images])


def made(files: Mapping[str, str], folder: Path) -> tuple[HugoBlog, HugoTruth]:
    """A blog of `files`, and what Hugo makes of it."""
    for name, text in files.items():
        path = folder / "blog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return HugoBlog(folder / "blog", datetime.now(UTC)), build(folder / "blog", folder / "work")


def differences(blog: HugoBlog, truth: HugoTruth) -> list[str]:
    tally = Tally()
    compare(blog, truth, tally)
    tally.compare("served", "the blog", sorted(truth.served), sorted(blog.served))
    return tally.differences


@pytest.mark.parametrize("name", CASES)
def test_each_feature_does_what_it_does_in_hugo(name: str, tmp_path: Path) -> None:
    assert differences(*made(CASES[name], tmp_path)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_blog_becomes_what_hugo_makes_of_it(seed: int, tmp_path: Path) -> None:
    assert differences(*made(RandomBlog(seed).files, tmp_path)) == []


@pytest.mark.corpus
def test_real_blogs_become_what_hugo_makes_of_them(corpus: Path, tmp_path: Path) -> None:
    total = Tally()
    print(f"\n{'blog':<30} posts {' '.join(f'{column:>{len(column) + 2}}' for column in COLUMNS)}")
    for folder in sorted(corpus.iterdir()):
        if not has_config(folder) or not (folder / "content").is_dir():
            continue
        copy = tmp_path / folder.name
        shutil.copytree(folder, copy)
        blog = HugoBlog(copy, datetime.now(UTC))
        add_missing_themes(copy, blog.config.theme_folders)
        tally = Tally()
        compare(blog, build(copy, tmp_path / f"{folder.name}-built"), tally)
        print(f"{folder.name:<30} {tally.all['published']:>5} {row(tally)}")
        total.all += tally.all
        total.same += tally.same
        total.differences += [f"{folder.name}: {difference}" for difference in tally.differences]
    print(f"{'all':<30} {total.all['published']:>5} {row(total)}")
    print(", ".join(f"{total.all[column]:,} of {column}" for column in COLUMNS))
    print(*(total.differences or ["no difference is left"]), sep="\n")
    assert total.all["heading"]
    assert total.differences == []


def row(tally: Tally) -> str:
    return " ".join(f"{100 * tally.share(column):>{len(column) + 2}.2f}" for column in COLUMNS)
