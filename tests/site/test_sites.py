"""What a site's configuration asks of its engine."""

from __future__ import annotations

import pytest

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
