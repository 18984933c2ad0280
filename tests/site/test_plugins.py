"""Which Liquid tags a site's plugins add, as far as its files say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from postlint.site.jekyll.home import JekyllSite
from postlint.site.jekyll.plugins import every_known_tag, may_know, plugin_tags


def test_a_plugin_that_the_configuration_names_adds_its_tags(tmp_path: Path) -> None:
    tags = plugin_tags(tmp_path, {"plugins": ["jekyll-feed", "jekyll-toc"]})
    assert tags is not None
    assert tags >= {"feed_meta", "toc"}


def test_gists_are_there_without_a_word(tmp_path: Path) -> None:
    tags = plugin_tags(tmp_path, {})
    assert tags is not None
    assert "gist" in tags
    assert "toc" not in tags


@pytest.mark.parametrize(
    "gemfile",
    [
        'source "https://rubygems.org"\n\ngroup :jekyll_plugins do\n  gem "jekyll-toc", "~> 0.17"\nend\n',
        "group(:jekyll_plugins) do\n  gem('jekyll-toc')\nend\n",
        'gem "jekyll-toc", group: :jekyll_plugins\n',
        'gem "jekyll-toc", :group => [:jekyll_plugins]\n',
    ],
)
def test_a_plugin_in_the_group_of_the_gemfile_adds_its_tags(tmp_path: Path, gemfile: str) -> None:
    (tmp_path / "Gemfile").write_text(gemfile, encoding="utf-8")
    tags = plugin_tags(tmp_path, {})
    assert tags is not None
    assert "toc" in tags


def test_a_gem_outside_of_the_group_is_loaded_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "Gemfile").write_text('gem "jekyll"\ngem "jekyll-unheard-of"\n', encoding="utf-8")
    assert plugin_tags(tmp_path, {}) is not None


@pytest.mark.parametrize("key", ["plugins", "gems", "whitelist"])
def test_a_plugin_that_is_not_known_may_add_any_tag(tmp_path: Path, key: str) -> None:
    assert plugin_tags(tmp_path, {key: ["jekyll-unheard-of"]}) is None


def test_the_plugins_of_the_site_itself_say_what_they_add(tmp_path: Path) -> None:
    (tmp_path / "_plugins" / "tags").mkdir(parents=True)
    (tmp_path / "_plugins" / "tags" / "video.rb").write_text(
        "Liquid::Template.register_tag('video', Video)\nLiquid::Template.register_tag(:note, Note)\n",
        encoding="utf-8",
    )
    tags = plugin_tags(tmp_path, {})
    assert tags is not None
    assert tags >= {"video", "note"}


@pytest.mark.parametrize("config", [{"plugins": "jekyll-feed"}, {"plugins": [1, None]}, {"plugins_dir": 3}])
def test_a_configuration_that_says_nonsense_names_no_plugin(
    tmp_path: Path, config: dict[str, object]
) -> None:
    assert plugin_tags(tmp_path, config) == plugin_tags(tmp_path, {})


def test_a_post_without_a_site_may_have_any_known_plugin() -> None:
    assert {"gist", "seo", "toc"} <= every_known_tag()


ALERT = re.compile(r"\[!|callout")


@pytest.mark.parametrize(
    ("files", "config"),
    [
        ({}, {"plugins": ["jekyll-unheard-of"]}),
        ({"_plugins/quotes.rb": "gsub(/\\[!NOTE\\]/)"}, {}),
        ({"_layouts/post.html": "<script>callout()</script>"}, {}),
        ({"parts/foot.html": "<script>callout()</script>"}, {"includes_dir": "parts"}),
    ],
)
def test_what_a_plugin_or_a_template_may_know_is_not_called_foreign(
    tmp_path: Path, files: dict[str, str], config: dict[str, object]
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert may_know(tmp_path, config, ALERT)


def test_plugins_that_are_known_make_nothing_of_other_programs_markup(tmp_path: Path) -> None:
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes/head.html").write_text("<title>{{ page.title }}</title>", encoding="utf-8")
    assert not may_know(tmp_path, {"plugins": ["jekyll-feed", "jemoji"]}, ALERT)


def test_templates_are_looked_through_once_for_all_posts_of_a_site(tmp_path: Path) -> None:
    template = tmp_path / "_includes/foot.html"
    template.parent.mkdir()
    template.write_text("<script>callout()</script>", encoding="utf-8")
    home = JekyllSite(tmp_path)
    assert home.may_know(ALERT)
    template.unlink()
    assert home.may_know(ALERT)
