"""Tables of hosts: which row speaks of an address, and what the tables hold."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from postlint import data
from postlint.urls.hosts import by_host, rows_at


class Row(NamedTuple):
    name: str
    hosts: tuple[str, ...]


TABLE = by_host(
    [
        Row("blog", ("blog.example.org",)),
        Row("whole", ("example.org",)),
        Row("world", ("search.*",)),
    ]
)


@pytest.mark.parametrize(
    ("host", "names"),
    [
        ("example.org", ["whole"]),
        ("a.b.example.org", ["whole"]),
        ("blog.example.org", ["blog", "whole"]),
        ("Blog.Example.ORG.", ["blog", "whole"]),
        ("blog12.example.org", ["blog", "whole"]),
        ("myexample.org", []),
        ("example.org.evil.com", []),
        ("www.search.com", ["world"]),
        ("search.co.kr", ["world"]),
        ("search.example.com", []),
        ("", []),
        ("a." * 200 + "example.org", []),
    ],
)
def test_a_row_holds_for_a_host_and_all_below_it(host: str, names: list[str]) -> None:
    assert [row.name for row in rows_at(TABLE, host)] == names


def rows(name: str) -> list[Any]:
    return [row for group in data.load(name).values() for row in group]


@pytest.mark.parametrize("name", ["gone_services", "redirectors", "expiring_images"])
def test_every_row_of_a_table_has_its_source_and_date(name: str) -> None:
    for row in rows(name):
        assert row["source"]
        assert row["date"]
        assert all(host == host.lower() for host in row.get("hosts", ()))


def test_a_gone_service_says_when_it_ended_and_in_both_languages_where_to_look() -> None:
    for row in rows("gone_services"):
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row["closed"])
        assert ("now" in row) is ("now_ko" in row)
