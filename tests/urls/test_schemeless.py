"""A host whose scheme was left out, and names of files that look like one."""

from __future__ import annotations

import pytest

from postlint.urls.schemeless import is_mailbox, schemeless_host


@pytest.mark.parametrize(
    ("host", "rest"),
    [
        ("www.example.org", ""),
        ("www.example.museum", "/a"),
        ("github.com", "/haneul/blog#readme"),
        ("blog.example.co.kr", "?page=2"),
        ("blog.example.org", ":8080/a"),
        ("haneul.notion.so", "/a"),
        ("한글.com", "/경로"),
        ("learn.example.dev", ""),
    ],
)
def test_a_host_is_told_by_its_form(host: str, rest: str) -> None:
    assert schemeless_host(host + rest) == (0, len(host))


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "#",
            "index.html",
            "notes.md",
            "setup.sh",
            "data.zip",
            "Blog.app",
            "libpost.so",
            "main.cc",
            "a.in",
        ),
        *(
            "../github.com/a",
            "./www.example.org",
            "/www.example.org",
            "#www.example.org",
            "?a=www.example.org",
        ),
        *(
            "https://example.org",
            "//example.org",
            "mailto:a@example.org",
            "localhost:4000/a",
            "192.168.0.1/a",
        ),
        *(
            "v1.2/changes.html",
            "a.b.c.png",
            "2024-05-01-vue.js.html",
            "example.org:photo",
            "e.g.",
            "...",
            "www.",
        ),
        *("notion.so", "notion.so/", "{host}.com/a", "-a.com", "a..com", "haneul@example.org"),
    ],
)
def test_a_relative_address_has_none(address: str) -> None:
    assert schemeless_host(address) is None


def test_a_mailbox_is_told_from_a_picture_for_fine_screens() -> None:
    assert is_mailbox("ha.neul+blog@mail.example.co.kr")
    assert not is_mailbox("icon@2x.png")
    assert not is_mailbox("@haneul")
    assert not is_mailbox("mailto:haneul@example.org")
    assert not is_mailbox("npm/@scope/a.com")
