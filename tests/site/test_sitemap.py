"""Where an address leads."""

from __future__ import annotations

import pytest

from postlint.site.sitemap import Leads, SiteMap, Target

MAP = SiteMap(
    "https://blog.example",
    "/b",
    {
        "/2020/글/index.html": "_posts/2020-01-01-글.md",
        "/about.html": "about.md",
        "/index.html": "index.md",
        "/img/a b.png": "img/a b.png",
        "/img/\u1112\u1161\u11ab.png": "img/\u1112\u1161\u11ab.png",
    },
)
HERE = "/2020/%EA%B8%80/"


@pytest.mark.parametrize(
    ("href", "path", "fragment"),
    [
        ("/b/about.html", "about.md", ""),
        ("/b/about", "about.md", ""),  # as servers of such blogs have it
        ("/b/2020/글/#절", "_posts/2020-01-01-글.md", "절"),
        ("/b/2020/%EA%B8%80", "_posts/2020-01-01-글.md", ""),
        ("#%EC%A0%88", "_posts/2020-01-01-글.md", "절"),
        ("", "_posts/2020-01-01-글.md", ""),
        ("../../img/a%20b.png", "img/a b.png", ""),
        ("../../img/a b.png?x=1", "img/a b.png", ""),
        ("https://BLOG.example/b/", "index.md", ""),
        ("//blog.example/b/about", "about.md", ""),
        ("/b", "index.md", ""),
        ("https://blog.example//b//about", "about.md", ""),  # as after a base that ends in a slash
        ("\\b\\img\\a b.png", "img/a b.png", ""),  # browsers read it as `/`,
        ("..\\..\\img\\a%20b.png?c\\d#e\\f", "img/a b.png", "e\\f"),  # but not behind the path
    ],
)
def test_an_address_leads_to_a_file_of_the_site(href: str, path: str, fragment: str) -> None:
    assert MAP.target(href, HERE) == Target(Leads.PAGE, path, fragment)


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("/about.html", Leads.NOWHERE),  # outside of the base
        ("/b/About.html", Leads.NOWHERE),  # names are compared as a server does, byte by byte
        ("/b/img/\ud55c.png", Leads.NOWHERE),
        ("img/a%20b.png", Leads.NOWHERE),
        ("https://other.example/b/about", Leads.OUT),
        ("mailto:me@blog.example", Leads.OUT),
        ("javascript:void(0)", Leads.OUT),
        ("http://[broken", Leads.OUT),
        ("/b/\ufffc/", Leads.UNKNOWN),
    ],
)
def test_other_addresses_do_not(href: str, leads: Leads) -> None:
    assert MAP.target(href, HERE).leads is leads


def test_a_site_without_an_address_of_its_own_has_relative_ones() -> None:
    site = SiteMap("", "", {"/x/index.html": "x.md"})
    assert site.target("/x/", "/").path == "x.md"
    assert site.target("https://blog.example/x/", "/").leads is Leads.OUT
