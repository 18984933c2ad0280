"""Tables of hosts: which row speaks of an address, and what the tables hold."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from postlint import data
from postlint.urls.hosts import Place, by_host, extended, is_at, rows_at


class Row(NamedTuple):
    name: str
    hosts: tuple[str, ...]


TABLE = by_host(
    [
        Row("blog", ("blog.example.org",)),
        Row("whole", ("example.org",)),
        Row("world", ("search.*", "shop.example.*")),
        Row("first", ("files1.example.com",)),
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
        ("shop.example.co.kr", ["world"]),
        ("files1.example.com", ["first"]),
        ("files2.example.com", []),
        ("", []),
        ("a." * 200 + "example.org", []),
    ],
)
def test_a_row_holds_for_a_host_and_all_below_it(host: str, names: list[str]) -> None:
    assert [row.name for row in rows_at(TABLE, host)] == names


def test_a_set_of_hosts_holds_where_rows_would() -> None:
    hosts = {"example.org", "search.*", "files1.example.com"}
    assert is_at("Blog.example.org", hosts)
    assert is_at("www.search.co.kr", hosts)
    assert is_at("files1.example.com", hosts)
    assert not is_at("files2.example.com", hosts)
    assert not is_at("myexample.org", hosts)
    assert not is_at("", hosts)


def test_rows_that_are_added_go_first_at_their_host_and_leave_the_table_as_it_is() -> None:
    both = extended(TABLE, [Row("new", ("example.org", "example.net"))])
    assert [row.name for row in rows_at(both, "blog.example.org")] == ["blog", "new", "whole"]
    assert [row.name for row in rows_at(both, "example.net")] == ["new"]
    assert [row.name for row in rows_at(TABLE, "example.org")] == ["whole"]


@pytest.mark.parametrize(
    ("text", "host", "path"),
    [
        ("example.org", "example.org", ""),
        ("Example.ORG/Path/", "example.org", "/Path/"),
        ("example.org/", "example.org", "/"),
        ("*", "*", ""),
    ],
)
def test_a_place_is_a_host_and_a_path(text: str, host: str, path: str) -> None:
    assert Place.of(text) == (host, path)


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
