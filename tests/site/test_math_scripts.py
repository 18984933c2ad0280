"""How a site's templates set up MathJax or KaTeX."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from postlint.post.tex import Macro
from postlint.post.tex.settings import MathSettings, Typesetter
from postlint.site.math_scripts import math_settings

MATHJAX_3 = '<script src="https://cdn.example.org/mathjax@3/es5/tex-mml-chtml.js"></script>'
MATHJAX_2 = '<script src="//cdn.example.org/mathjax/2.7.7/MathJax.js?config=TeX-AMS_HTML"></script>'
KATEX = '<script src="https://cdn.example.org/katex.min.js"></script>'


@pytest.fixture
def settings(tmp_path: Path) -> Any:
    def read(template: str, config: Mapping[str, Any] | None = None) -> MathSettings:
        (tmp_path / "_includes").mkdir()
        (tmp_path / "_includes" / "math.html").write_text(template, encoding="utf-8")
        return math_settings(tmp_path, dict(config or {}))

    return read


@pytest.mark.parametrize(
    ("template", "typesetter"),
    [
        (MATHJAX_3, Typesetter.MATHJAX),
        (MATHJAX_2, Typesetter.MATHJAX_2),
        (KATEX, Typesetter.KATEX),
        ("<p>{{ content }}</p>", Typesetter.NOTHING),
        (f"<!-- {MATHJAX_3} -->", Typesetter.NOTHING),
        (f"{{% comment %}}{MATHJAX_3}{{% endcomment %}}", Typesetter.NOTHING),
    ],
)
def test_the_typesetter_is_the_one_whose_script_is_loaded(
    settings: Any, template: str, typesetter: Typesetter
) -> None:
    assert settings(template).typesetter is typesetter


def test_nothing_is_known_of_a_theme(settings: Any) -> None:
    assert settings("{{ content }}", {"remote_theme": "a/b"}).typesetter is Typesetter.UNKNOWN


def test_nothing_is_known_of_a_script_that_the_configuration_names(settings: Any) -> None:
    assert settings("{{ content }}", {"scripts": ["/mathjax.js"]}).typesetter is Typesetter.UNKNOWN


def test_nothing_is_known_where_there_are_no_templates(tmp_path: Path) -> None:
    assert math_settings(tmp_path, {}) == MathSettings()


@pytest.mark.parametrize(
    ("template", "has_dollars"),
    [
        (MATHJAX_3, False),
        (f"<script>MathJax = {{tex: {{inlineMath: [['$', '$']]}}}}</script>{MATHJAX_3}", True),
        (f'{KATEX}<script>renderMathInElement(b, [{{left: "$", right: "$"}}])</script>', True),
        (f'<script src="/js/mathjax-config.js"></script>{MATHJAX_3}', True),
    ],
)
def test_dollars_are_delimiters_where_they_are_set_or_may_be(
    settings: Any, template: str, has_dollars: bool
) -> None:
    assert settings(template).has_dollars is has_dollars


@pytest.mark.parametrize(
    ("configuration", "macros"),
    [
        (r'macros: { R: "\\mathbb{R}" }', {"R": Macro(r"\mathbb{R}")}),
        (r"Macros: {bold: ['{\\bf #1}', 1],}", {"bold": Macro(r"{\bf #1}", 1)}),
        (r"macros: { p: ['P(#1 | #2)', 2, 'x'] }", {"p": Macro("P(#1 | #2)", 2, "x")}),
        (r'macros: {"\\f": "#1f(#2)"}', {"f": Macro("#1f(#2)", 2)}),
        ("macros: {\n// real numbers\n R: '{\\\\bf R}', /* and */ C: `C` }", None),
    ],
)
def test_macros_are_read_from_the_configuration(
    settings: Any, configuration: str, macros: dict[str, Macro] | None
) -> None:
    found = settings(f"<script>MathJax = {{ tex: {{ {configuration} }} }};</script>{MATHJAX_3}")
    assert found.macros == (macros or {"R": Macro(r"{\bf R}"), "C": Macro("C")})
    assert found.knows_commands


def test_macros_may_be_defined_on_the_page_too(settings: Any) -> None:
    found = settings(rf"<div>\(\newcommand{{\R}}{{\mathbb{{R}}}} \def\a#1{{#1}}\)</div>{MATHJAX_3}")
    assert found.macros == {"R": Macro(r"\mathbb{R}"), "a": Macro("#1", 1)}


@pytest.mark.parametrize(
    "configuration",
    [
        "loader: {load: ['[tex]/physics']}",
        "tex: {packages: {'[+]': ['physics']}}",
        'TeX: {extensions: ["AMSmath.js", "siunitx.js"]}',
        "tex: {macros: {{{ site.macros | jsonify }}}}",
    ],
)
def test_what_cannot_be_read_may_define_any_command(settings: Any, configuration: str) -> None:
    assert not settings(f"<script>MathJax = {{{configuration}}};</script>{MATHJAX_3}").knows_commands


@pytest.mark.parametrize(
    "configuration",
    [
        "loader: {load: ['[tex]/mhchem', '[tex]/cancel']}",
        "tex: {packages: {'[+]': ['mhchem', 'boldsymbol']}}",
        'extensions: ["tex2jax.js", "TeX/AMSsymbols.js"]',
    ],
)
def test_the_packages_of_mathjax_are_known(settings: Any, configuration: str) -> None:
    assert settings(f"<script>MathJax = {{{configuration}}};</script>{MATHJAX_3}").knows_commands


@pytest.mark.parametrize(
    ("template", "breaks_lines"),
    [
        (MATHJAX_3, False),
        ('<script src="/lib/mathjax/es5/tex-svg.js"></script>', False),
        (
            '<script src="//cdn.example.org/mathjax@{{ site.mathjax.version }}/es5/tex-chtml.js"></script>',
            False,
        ),
        ('<script src="//cdn.example.org/ajax/libs/mathjax/3.2.2/es5/tex-chtml.js"></script>', False),
        ('<script src="//cdn.example.org/mathjax@4/tex-mml-chtml.js"></script>', True),
        ('<script src="/js/mathjax.js"></script>', True),
        (MATHJAX_2, True),
        (MATHJAX_3 + MATHJAX_2, True),
        (MATHJAX_3 + KATEX, True),
        (KATEX, True),
    ],
)
def test_lines_are_not_broken_where_it_is_surely_mathjax_3(
    settings: Any, template: str, breaks_lines: bool
) -> None:
    assert settings(template).breaks_lines is breaks_lines


def test_the_version_may_stand_in_the_data_that_chirpy_has_for_it(settings: Any, tmp_path: Path) -> None:
    data = tmp_path / "_data" / "origin" / "cors.yml"
    data.parent.mkdir(parents=True)
    data.write_text("mathjax:\n  js: //cdn.example.org/mathjax@3.2.2/es5/tex-chtml.js\n", encoding="utf-8")
    assert not settings('<script src="{{ site.data.origin.cors.mathjax.js }}"></script>').breaks_lines
