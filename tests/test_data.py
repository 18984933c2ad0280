"""Facts of the world outside: each has its source, and the day on which it was looked up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from postlint import data

TABLES = sorted(path.stem for path in Path(data.__file__).parent.glob("*.yml"))


def unsourced(content: Any, place: str) -> Iterator[str]:
    """The places of what has no source and date, neither of its own nor with the group that it is in."""
    if isinstance(content, dict):
        if bool(content.get("source")) and isinstance(content.get("date"), date):
            return
        for key, value in content.items():
            yield from unsourced(value, f"{place}.{key}")
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from unsourced(value, f"{place}[{number}]")
    else:
        yield place


def test_a_fact_without_a_source_is_seen() -> None:
    sourced = {"source": "a book", "date": date(2026, 5, 1), "names": ["a"]}
    assert list(unsourced({"group": sourced, "row": [sourced]}, "table")) == []
    assert list(unsourced({"row": [sourced, {"name": "a"}]}, "table")) == ["table.row[1].name"]
    assert list(unsourced({"names": ["a"], **sourced, "date": None}, "table")) != []


@pytest.mark.parametrize("name", TABLES)
def test_every_fact_has_its_source_and_date(name: str) -> None:
    assert list(unsourced(data.load(name), name)) == []
