"""Answers that are no proper HTTP, and that browsers show all the same."""

from __future__ import annotations

import asyncio
import ssl

import pytest
import trustme

from postlint.web.verdicts import Verdict
from tests.web.hostile import HostileWeb, Reply, Request, answer, page

CONTENT = page(body="<h2 id='봄'>봄</h2>").encode()
LENGTH = f"Content-Length: {len(CONTENT)}"
CHUNK = b"%x\r\n%s\r\n" % (len(CONTENT), CONTENT)


def verbatim(head: str | bytes, body: bytes = CONTENT) -> Reply:
    """Says just this, `body` to GET only, and closes the connection."""
    before = head if isinstance(head, bytes) else head.replace("\n", "\r\n").encode()

    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(before + b"\r\n\r\n" + (body if request.method == "GET" else b""))
        await writer.drain()

    return reply


HEADS = [
    "HTTP/1.1 200 OK\n{length}\n{length}",
    "HTTP/1.1 200 OK\nContent-Length: {size}, {size}",
    "HTTP/1.1 200 OK\nContent-Length: -1",
    "HTTP/1.1 200 OK\nContent-Length: 1.0",
    "HTTP/1.1 200 OK\nContent-Length:",
    "HTTP/1.1 200 OK\nContent-Length: 99999999999999999999999",
    "HTTP/1.1 200 OK\nTransfer-Encoding: identity\n{length}",
    "HTTP/1.1 200 OK\nX-Powered-By : PHP/5.2\n{length}",
    "HTTP/1.1 200 OK\n<b>Warning</b>: mysql_connect() in /home/blog/db.php on line 3\n{length}",
    "HTTP/1.1 200 OK\nno field\n{length}",
    "HTTP/1.1 200 OK\n한글: 1\n{length}",
    "HTTP/1.1 200 OK\nX: a\rb\n{length}",
    "HTTP/1.1 200 OK\nX : a\n  b\n{length}",
    "HTTP/1.1  200 OK\n{length}",
    "HTTP/1.1 200OK\n{length}",
    "HTTP/1 200 OK\n{length}",
    "HTTP/2 200\n{length}",
    "http/1.1 200 OK\n{length}",
    "\ufeffHTTP/1.1 200 OK\n{length}",
    "HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nX : a\n{length}",
    "HTTP/1.1 200 OK\n" + "".join(f"X-{number}: 1\n" for number in range(300)) + "{length}",
]


@pytest.mark.parametrize("head", HEADS)
def test_a_page_behind_an_improper_head_is_read(web: HostileWeb, head: str) -> None:
    root = web.site("a.test", verbatim(head.format(size=len(CONTENT), length=LENGTH)))
    found = web.probe_all([f"{root}/x#봄", f"{root}/x#여름"])
    assert [one.verdict for one in found.values()] == [Verdict.ALIVE, Verdict.NO_SUCH_FRAGMENT]


@pytest.mark.parametrize("head", HEADS)
def test_head_is_asked_likewise(web: HostileWeb, head: str) -> None:
    root = web.site("a.test", verbatim(head.format(size=len(CONTENT), length=LENGTH)))
    assert web.probe(f"{root}/x").verdict is Verdict.ALIVE
    assert {one.method for one in web.requests} == {"HEAD"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("size", [7, 10**6])
def test_of_a_length_and_chunks_the_chunks_count(web: HostileWeb, order: tuple[int, int], size: int) -> None:
    fields = (f"Content-Length: {size}", "Transfer-Encoding: chunked")
    head = "\n".join(("HTTP/1.1 200 OK", *(fields[number] for number in order)))
    half = len(CONTENT) // 2
    chunks = b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in (CONTENT[:half], CONTENT[half:]))
    root = web.site("a.test", verbatim(head, chunks + b"0\r\nX-Trailer: 1\r\n\r\n"))
    found = web.probe_all([f"{root}/x#봄", f"{root}/x#여름"])
    assert [one.verdict for one in found.values()] == [Verdict.ALIVE, Verdict.NO_SUCH_FRAGMENT]


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"-5\r\nhello\r\n0\r\n\r\n",
            b"f" * 17 + b"\r\nhello",
            b"zz\r\n",
            CONTENT,
            CHUNK,
            CHUNK + b"5\r\nhe",
        ),
        CHUNK.removesuffix(b"\r\n") + b"XX0\r\n\r\n",
        b"5;" + b"a" * 1_000_000 + b"\r\nhello\r\n",
    ],
)
def test_chunks_that_are_none_break_a_page_off(web: HostileWeb, body: bytes) -> None:
    root = web.site("a.test", verbatim("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nX : a", body))
    assert web.probe(f"{root}/x#여름").verdict is Verdict.ALIVE


def test_a_body_behind_a_status_that_has_none_is_left(web: HostileWeb) -> None:
    root = web.site("a.test", verbatim("HTTP/1.1 204 No Content"))
    assert web.probe(f"{root}/x#봄").evidence.status == 204


def test_a_page_that_is_not_there_is_broken_all_the_same(web: HostileWeb) -> None:
    assert web.probe(web.site("a.test", verbatim("HTTP/1.1 404\nX : a")) + "/x").verdict is Verdict.BROKEN


def test_an_improper_redirect_leads_on(web: HostileWeb) -> None:
    to = verbatim("HTTP/1.1 302 Found\nContent-Length: 0\nContent-Length: 0\nLocation: /글")
    root = web.site("a.test", {"/x": to, "*": answer()})
    assert web.probe(f"{root}/x").evidence.final == f"{root}/%EA%B8%80"


def test_who_answers_so_is_asked_so_from_then_on(web: HostileWeb) -> None:
    root = web.site("a.test", verbatim("HTTP/1.1 200 OK\nX : a"))
    web.probe_all([f"{root}/{number}" for number in range(4)], per_host=1)
    assert web.asked() == ["HEAD /0", "HEAD /0", "HEAD /1", "HEAD /2", "HEAD /3"]


def test_what_is_asked_is_the_same(web: HostileWeb) -> None:
    root = web.site("a.test", verbatim("HTTP/1.1 200 OK\nX : a"))
    web.probe(f"http://me:pass@{root.removeprefix('http://')}/글?a=1#b")
    first, second = web.requests
    assert second.headers.pop("connection") == "close"
    first.headers.pop("connection", None)
    assert second[:4] == first[:4]


@pytest.mark.parametrize(
    "head",
    [
        *(
            "SSH-2.0-OpenSSH_9.6",
            "<html>200 OK",
            "HTTP/1.1 2000 OK",
            "HTTP/1.1 OK",
            "HTTP/1.1 200 OK\nX: a\0b",
        ),
        "HTTP/1.1 200 OK\nContent-Length: 7\nContent-Length: 9",
    ],
)
def test_what_no_browser_shows_is_malformed(web: HostileWeb, head: str) -> None:
    found = web.probe(web.site("a.test", verbatim(head)) + "/x")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "malformed")


def test_of_an_improper_server_the_first_address_that_connects_is_asked(web: HostileWeb) -> None:
    async def two(host: str) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    web.site("inside.test", verbatim("HTTP/1.1 200 OK\nX : a"))
    found = web.probe(f"http://inside.test:{web.port}/", lookup=two, resolve={}, allow_private=True)
    assert found.verdict is Verdict.ALIVE


def test_an_improper_server_has_to_show_who_it_is(web: HostileWeb) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("a.test").configure_cert(context)
    web.tls = ssl.create_default_context()
    authority.configure_trust(web.tls)
    port = web.listen(context)
    for host, verdict in (("a.test", Verdict.ALIVE), ("b.test", Verdict.TLS)):
        web.site(host, verbatim("HTTP/1.1 200 OK\nX : a"), port=port)
        assert web.probe(f"https://{host}:{port}/x").verdict is verdict
