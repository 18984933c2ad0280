"""Which Liquid tags a site's plugins add, as far as its files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.site.jekyll.plugins import every_known_tag, plugin_tags


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
