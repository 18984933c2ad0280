"""Which keys a blog's templates want before they load MathJax or KaTeX."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postlint.site.sites import SiteFinder

Write = Callable[[dict[str, str]], Path]

SCRIPT = '<script async src="https://cdn.example.org/mathjax@3/es5/tex-chtml.js"></script>'


def keys(write: Write, config: str, templates: dict[str, str]) -> frozenset[str] | None:
    folder = write({"_config.yml": config, **templates})
    return SiteFinder().site_of(folder / "_posts" / "2024-05-01-a.md").math_keys


CONDITIONS = [
    # (a layout, what it wants)
    (f"{{% if page.use_math %}}{SCRIPT}{{% endif %}}", {"use_math"}),
    (f"{{%- if page.math == true -%}}\n{SCRIPT}\n{{%- endif -%}}", {"math"}),
    (f"{{% if page.math != false and page.math %}}{SCRIPT}{{% endif %}}", {"math"}),
    (f"{{% if page.math or page.mathjax %}}{SCRIPT}{{% endif %}}", {"math", "mathjax"}),
    (f"{{% if page.math or site.math %}}{SCRIPT}{{% endif %}}", {"math"}),
    (f"{{% if jekyll.environment == 'x' %}}{{% if page.math %}}{SCRIPT}{{% endif %}}{{% endif %}}", {"math"}),
    (f"<!-- mathjax -->\n{{% if page.katex %}}{SCRIPT.replace('mathjax', 'katex')}{{% endif %}}", {"katex"}),
    (f"<!-- {SCRIPT} -->\n{{% if page.math %}}{SCRIPT}{{% endif %}}", {"math"}),
    (f"{{% comment %}}{SCRIPT}{{% endcomment %}}{{% if page.math %}}{SCRIPT}{{% endif %}}", {"math"}),
    (SCRIPT, None),
    (f"{{% if page.math %}}{SCRIPT}{{% endif %}}{SCRIPT}", None),
    (f"{{% unless page.no_math %}}{SCRIPT}{{% endunless %}}", None),
    (f"{{% if page.no_math %}}{{% else %}}{SCRIPT}{{% endif %}}", None),
    (f"{{% if page.tags contains 'math' %}}{SCRIPT}{{% endif %}}", None),
    (f"{{% if page.math or layout.math %}}{SCRIPT}{{% endif %}}", None),
    ("{% if page.math %}<b>mathjax</b>{% endif %}", None),
    ("", None),
]


@pytest.mark.parametrize(("layout", "wanted"), CONDITIONS)
def test_the_condition_around_the_script_names_the_keys(
    layout: str, wanted: set[str] | None, write: Write
) -> None:
    assert keys(write, "", {"_layouts/post.html": layout}) == (wanted and frozenset(wanted))


def test_a_script_in_an_include_is_under_the_conditions_of_both(write: Write) -> None:
    templates = {
        "_layouts/default.html": "{% include head.html %}",
        "_includes/head.html": "{% if page.math %}{% include scripts/math.html %}{% endif %}",
        "_includes/scripts/math.html": SCRIPT,
    }
    assert keys(write, "", templates) == frozenset({"math"})


def test_an_include_that_no_layout_uses_says_nothing(write: Write) -> None:
    templates = {
        "_layouts/post.html": f"{{% if page.math %}}{SCRIPT}{{% endif %}}",
        "_includes/old.html": SCRIPT,
    }
    assert keys(write, "", templates) == frozenset({"math"})


def test_an_include_that_includes_itself_ends(write: Write) -> None:
    templates = {
        "_layouts/post.html": "{% if page.math %}{% include a.html %}{% endif %}",
        "_includes/a.html": f"{{% include a.html %}}{SCRIPT}",
    }
    assert keys(write, "", templates) == frozenset({"math"})


def test_what_the_configuration_switches_on_is_on_every_page(write: Write) -> None:
    layout = f"{{% if site.math.enable %}}{SCRIPT}{{% endif %}}{{% if page.math %}}{SCRIPT}{{% endif %}}"
    assert keys(write, "math:\n  enable: true\n", {"_layouts/post.html": layout}) is None
    assert keys(write, "math:\n  enable: false\n", {"_layouts/post.html": layout}) == frozenset({"math"})


LAYOUT = {"_layouts/post.html": f"{{% if page.math %}}{SCRIPT}{{% endif %}}"}
CONFIGURATIONS = [
    # (the configuration, templates, what is wanted)
    ("theme: jekyll-theme-chirpy\n", {}, {"math"}),
    ("remote_theme: cotes2020/jekyll-theme-chirpy@v7.1.0\n", {}, {"math"}),
    ("theme: minima\n", {}, None),
    ("theme: minima\n", LAYOUT, None),
    ("kramdown:\n  math_engine: katex\n", LAYOUT, None),
    ("kramdown:\n  math_engine: mathjax\n", LAYOUT, {"math"}),
    ("head_scripts:\n  - https://cdn.example.org/mathjax@3/es5/tex-chtml.js\n", LAYOUT, None),
]


@pytest.mark.parametrize(("config", "templates", "wanted"), CONFIGURATIONS)
def test_a_theme_and_the_configuration_have_a_say(
    config: str, templates: dict[str, str], wanted: set[str] | None, write: Write
) -> None:
    assert keys(write, config, templates) == (wanted and frozenset(wanted))
