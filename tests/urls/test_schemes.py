"""`https://` as people mistype it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.urls.schemes import enclosed_address, mistyped_scheme


@pytest.mark.parametrize(
    "mistyped",
    [
        *(
            "https//",
            "http//",
            "https:/",
            "http:/",
            "https:",
            "https;//",
            "https：//",
            "https:://",
            "https ://",
        ),
        *("https:// ", "https: //", "htps://", "htttps://", "hhttps://", "ttps://", "ttp://", "hptts://"),
        *(
            "jttps://",
            "httos://",
            "ㅗttps://",
            "HTPS://",
            "https://https://",
            "http://https://",
            "https://http//",
        ),
        *("https:https://", "https//https://", "http://http://http://"),
    ],
)
def test_a_scheme_is_mended(mistyped: str) -> None:
    address = f"{mistyped}blog.example.org/a?b=https://c.example.org"
    found = mistyped_scheme(address)
    assert found is not None
    mended = found.replacement + address[found.span.end :]
    assert mended in (
        "https://blog.example.org/a?b=https://c.example.org",
        "http://blog.example.org/a?b=https://c.example.org",
    )
    assert mistyped_scheme(mended) is None


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.org", "http://example.org", "HTTPS://EXAMPLE.ORG", "https:///example.org"),
        *("ftp://example.org", "ftps://example.org", "sftp://example.org", "ssh://example.org"),
        *("hdfs://example.org", "nntp://example.org", "rtsp://example.org", "hxxps://example.org"),
        *(
            "mailto:a@example.org",
            "tel:010",
            "data:image/png;base64,aaaa",
            "chrome://version/",
            "steam://run/1",
        ),
        *(
            "https/changes.html",
            "http/1.1",
            "/https//a",
            "#https",
            "https.html",
            "https-setup.md",
            "http.server.md",
        ),
        *("https://https.example.org/", "https://http.cat/404", "//example.org", "example.org", ""),
        *("https://web.archive.org/web/2020/http://example.org/", "https://{host}/", "https://", "https:"),
        r"https:\\example.org",
    ],
)
def test_other_addresses_are_left_alone(address: str) -> None:
    assert mistyped_scheme(address) is None


def test_quotes_around_an_address_are_seen() -> None:
    assert enclosed_address('"https://example.org"') == ((0, 1), (20, 21))
    assert enclosed_address("(https://example.org/a_(b))") == ((0, 1), (26, 27))
    assert enclosed_address("https://example.org/a_(b)") is None
    assert enclosed_address("(see)") is None


@given(st.text("htps:/;. (\"'ㅗ1[]\\"))
def test_any_text_will_do(text: str) -> None:
    mistyped_scheme(text)
    enclosed_address(text)
