"""Certificates that a browser refuses, as badssl.com has them."""

from __future__ import annotations

import asyncio
import datetime
import ssl
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import trustme

from postlint.web.memory import Memory
from postlint.web.probing import probe
from postlint.web.settings import Settings
from postlint.web.verdicts import Probe, Verdict
from tests.web.hostile import HostileWeb, answer, redirect
from tests.web.served import Reply, Served

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def web_tls(web: HostileWeb, authority: trustme.CA) -> HostileWeb:
    web.tls = ssl.create_default_context()
    authority.configure_trust(web.tls)
    return web


def serve(
    web: HostileWeb, certificate: trustme.LeafCert | None, context: ssl.SSLContext | None = None
) -> str:
    """A site at `a.test` that shows `certificate`; its address."""
    context = context or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate is not None:
        certificate.configure_cert(context)
    port = web.listen(context)
    web.site("a.test", answer(), port=port)
    return f"https://a.test:{port}"


def test_a_good_certificate_is_taken(web_tls: HostileWeb, authority: trustme.CA) -> None:
    root = serve(web_tls, authority.issue_cert("a.test"))
    assert web_tls.probe(f"{root}/글").verdict is Verdict.ALIVE


def test_a_wildcard_is_taken(web_tls: HostileWeb, authority: trustme.CA) -> None:
    port = web_tls.listen(_context(authority.issue_cert("*.b.test")))
    web_tls.site("a.b.test", answer(), port=port)
    assert web_tls.probe(f"https://a.b.test:{port}/").verdict is Verdict.ALIVE


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def the_reason(web: HostileWeb, root: str) -> str:
    found = web.probe(f"{root}/")
    assert found.verdict is Verdict.TLS
    assert web.asked() == []
    return found.evidence.reason


def test_an_expired_certificate(web_tls: HostileWeb, authority: trustme.CA) -> None:
    root = serve(web_tls, authority.issue_cert("a.test", not_before=NOW - 9 * DAY, not_after=NOW - DAY))
    assert the_reason(web_tls, root) == "expired"


def test_a_certificate_of_the_future(web_tls: HostileWeb, authority: trustme.CA) -> None:
    root = serve(web_tls, authority.issue_cert("a.test", not_before=NOW + DAY, not_after=NOW + 9 * DAY))
    assert the_reason(web_tls, root) == "not-yet-valid"


def test_a_certificate_of_another_host(web_tls: HostileWeb, authority: trustme.CA) -> None:
    assert the_reason(web_tls, serve(web_tls, authority.issue_cert("b.test"))) == "wrong-host"


def test_a_certificate_of_an_unknown_authority_that_is_sent_along(web_tls: HostileWeb) -> None:
    stranger = trustme.CA()
    certificate = stranger.issue_cert("a.test")
    context = _context(certificate)
    chain = certificate.private_key_and_cert_chain_pem.bytes() + stranger.cert_pem.bytes()
    with trustme.Blob(chain).tempfile() as path:
        context.load_cert_chain(path)
    assert the_reason(web_tls, serve(web_tls, None, context)) == "untrusted"


def test_a_self_signed_certificate(web_tls: HostileWeb) -> None:
    stranger = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with stranger.private_key_pem.tempfile() as key, stranger.cert_pem.tempfile() as certificate:
        context.load_cert_chain(certificate, key)
    assert the_reason(web_tls, serve(web_tls, None, context)) == "self-signed"


def test_a_certificate_that_a_network_shows_for_all_hosts_says_nothing_of_one(web_tls: HostileWeb) -> None:
    root = serve(web_tls, trustme.CA().issue_cert("a.test"))
    port = int(root.rpartition(":")[2])

    async def own(host: str) -> Sequence[str]:
        return ["127.0.0.1"]

    controls = (f"https://control.test:{port}/",)
    found = web_tls.probe(f"{root}/", lookup=own, resolve={}, allow_private=True, controls=controls)
    assert (found.verdict, found.evidence.reason) == (Verdict.UNASKED, "intercepted")


def test_an_intermediate_that_is_not_sent(web_tls: HostileWeb, authority: trustme.CA) -> None:
    certificate = authority.create_child_ca().issue_cert("a.test")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with (
        certificate.private_key_pem.tempfile() as key,
        certificate.cert_chain_pems[0].tempfile() as alone,
    ):
        context.load_cert_chain(alone, key)
    assert the_reason(web_tls, serve(web_tls, None, context)) == "incomplete-chain"


def test_an_intermediate_that_is_sent(web_tls: HostileWeb, authority: trustme.CA) -> None:
    root = serve(web_tls, authority.create_child_ca().issue_cert("a.test"))
    assert web_tls.probe(f"{root}/").verdict is Verdict.ALIVE


def test_a_server_that_wants_a_certificate_of_who_asks(web_tls: HostileWeb, authority: trustme.CA) -> None:
    context = _context(authority.issue_cert("a.test"))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED

    async def shake_hands(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # asyncio's own closes without a word.
        received, sent = ssl.MemoryBIO(), ssl.MemoryBIO()
        connection = context.wrap_bio(received, sent, server_side=True)
        is_shaken = False
        while data := await reader.read(2**14):
            received.write(data)
            try:
                connection.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                is_shaken = True
            writer.write(sent.read())
            if is_shaken:
                writer.write_eof()
        writer.close()

    server = web_tls.run(asyncio.start_server(shake_hands, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    web_tls.resolve("a.test", port)
    found = web_tls.probe(f"https://a.test:{port}/")
    server.close()
    assert (found.verdict, found.evidence.reason) == (Verdict.BLOCKED, "client-certificate")


NO_PROTOCOL_ALERT = b"\x15\x03\x03\x00\x02\x02\x78"
"""What a server says that speaks HTTP/2 only (RFC 7301, 3.2)."""


def test_a_server_that_speaks_http_2_only(web: HostileWeb) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(NO_PROTOCOL_ALERT)
        await writer.drain()
        writer.close()

    server = web.run(asyncio.start_server(refuse, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    web.resolve("a.test", port)
    found = web.probe(f"https://a.test:{port}/")
    server.close()
    assert (found.verdict, found.evidence.reason) == (Verdict.BLOCKED, "http2")


PROTOCOL_VERSION_ALERT = b"\x15\x03\x03\x00\x02\x02\x46"
"""What a server says that speaks only versions which the client does not (RFC 8446, 6.2)."""


@pytest.mark.parametrize("reply", [PROTOCOL_VERSION_ALERT, b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_server_that_speaks_no_tls_or_an_old_one(web_tls: HostileWeb, reply: bytes) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(5)
        writer.write(reply)
        writer.close()

    server = web_tls.run(asyncio.start_server(refuse, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    web_tls.resolve("a.test", port)
    assert the_reason(web_tls, f"https://a.test:{port}") == "handshake"
    server.close()


def test_a_handshake_that_never_ends_costs_the_connection_s_time(web_tls: HostileWeb) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = web_tls.run(asyncio.start_server(silent, "127.0.0.1", 0))
    port = server.sockets[0].getsockname()[1]
    web_tls.resolve("a.test", port)
    found = web_tls.probe(f"https://a.test:{port}/")
    assert (found.verdict, found.evidence.reason) == (Verdict.UNREACHABLE, "timeout")
    assert web_tls.seconds <= 30
    server.close()


def test_a_certificate_behind_a_redirect_counts(web_tls: HostileWeb) -> None:
    bad = serve(web_tls, trustme.CA().issue_cert("a.test"))
    root = web_tls.site("b.test", redirect(f"{bad}/", 301))
    found = web_tls.probe(f"{root}/x")
    assert (found.verdict, len(found.evidence.chain)) == (Verdict.TLS, 1)


def test_a_secure_cookie_goes_to_https_only(web_tls: HostileWeb, authority: trustme.CA) -> None:
    port = web_tls.listen(_context(authority.issue_cert("a.test")))
    plain = web_tls.site("a.test", answer())
    web_tls.site("a.test", redirect(f"{plain}/end", set_cookie="s=1; Secure; Path=/"), port=port)
    web_tls.probe(f"https://a.test:{port}/x")
    assert not [one for one in web_tls.requests if "cookie" in one.headers and one.target == "/end"]


@pytest.fixture
def old_server(
    authority: trustme.CA, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Served]:
    """A server that has some old ciphers only, and a machine that trusts it."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    host, ciphers = request.param
    context = _context(authority.issue_cert(host, key_type=trustme.KeyType.RSA))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(ciphers)
    served = Served({"/x": Reply()}, tls=context)
    yield served
    served.close()


def seen_by_default(served: Served) -> Probe:
    """What is said of its page by whoever trusts whom the system trusts."""

    async def ask() -> Probe:
        settings = Settings(resolve={("a.test", served.port): "127.0.0.1"}, controls=(), second_try_after=0.0)
        found = probe([f"https://a.test:{served.port}/x"], settings, Memory())
        (seen,) = [one async for one in found]
        return seen

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "old_server",
    [("a.test", "AES128-SHA"), ("a.test", "AES256-GCM-SHA384"), ("a.test", "ECDHE-RSA-AES128-SHA")],
    indirect=True,
    ids=lambda param: param[1],
)
def test_ciphers_that_browsers_still_take_are_taken(old_server: Served) -> None:
    assert seen_by_default(old_server).verdict is Verdict.ALIVE


@pytest.mark.parametrize("old_server", [("b.test", "AES128-SHA")], indirect=True)
def test_who_has_them_has_to_show_who_it_is_all_the_same(old_server: Served) -> None:
    found = seen_by_default(old_server)
    assert (found.verdict, found.evidence.reason) == (Verdict.TLS, "wrong-host")


@pytest.mark.parametrize("old_server", [("a.test", "DES-CBC3-SHA:NULL-SHA:@SECLEVEL=0")], indirect=True)
def test_ciphers_that_no_browser_takes_are_not(old_server: Served) -> None:
    found = seen_by_default(old_server)
    assert (found.verdict, found.evidence.reason) == (Verdict.TLS, "handshake")
