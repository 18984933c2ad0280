"""Ids of which a template makes a part."""

from __future__ import annotations

import pytest

from postlint.site.made_ids import MADE, may_become


@pytest.mark.parametrize(
    ("made", "anchor", "fits"),
    [
        ("y_", "y2024", True),
        ("y_", "y", True),
        ("y_", "2024", False),
        ("_-ref", "kim-ref", True),
        ("_-ref", "-re", False),
        ("a_b_c", "abc", True),
        ("a_b_c", "a1b2c", True),
        ("a_b_c", "ac", False),
        ("ab_ba", "aba", False),
        ("a_x_x_b", "axb", False),
        ("_한_", "어느한글", True),
    ],
)
def test_what_is_made_may_be_anything(made: str, anchor: str, fits: bool) -> None:
    assert may_become(made.replace("_", MADE), anchor) is fits


def test_an_id_of_many_parts_takes_no_time() -> None:
    assert not may_become(f"x{MADE}" * 2_000 + "y", "x" * 20_000)
