"""One request and its answer: aiohttp, held to what the address says and to the limits."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
from yarl import URL

from postlint.named import NamedTuple
from postlint.web.address import Target
from postlint.web.bodies import Body, Decoded
from postlint.web.deadline import Deadline
from postlint.web.failures import NoAnswer, NotConnected, Untrusted
from postlint.web.files import most_files, most_kept
from postlint.web.headers import Headers
from postlint.web.resolving import Names
from postlint.web.settings import Settings
from postlint.web.tolerant import Pieces, demand_one_length, head_of, request
from postlint.web.traffic import Traffic

_MOST_HEADERS = 256
_LONGEST_HEADER = 16 * 1024
"""Bytes of a header, as aiohttp reads it: it bounds each of them, not all together."""
_LARGE = 128 * 1024
"""Bytes of a body beyond which it is read with few others at once: most pages are smaller, and a web of
endless ones must not fill the memory."""
_LARGE_AT_ONCE = 8
_BUFFER = 8 * 1024
"""Bytes of a body from which on aiohttp has the server wait; it holds up to twice as many, and a chunk."""
_SHARE_OF_CONNECTION = 0.9
_RATE_LIMITED = 429
_MAYBE_RATE_LIMITED = frozenset((403, 503))
_KEPT_FOR = 10.0
"""Seconds for which a connection is kept at least, for a next request; twice as many at most."""

_OF_BROWSERS = "ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES:kRSA+AESGCM:kRSA+AES:@SECLEVEL=1"
"""Ciphers that browsers still take. Python leaves out some of them, which are all that old servers have."""
_LEGACY_SERVER_CONNECT = 0x4
"""OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT: also servers that do not know RFC 5746, as browsers do."""

Wanted = Callable[[int, Headers], int]
"""How many bytes of the body to read, from the status and the headers; 0 for none."""


class Answer(NamedTuple):
    """What a server said."""

    target: Target
    method: str
    status: int
    headers: Headers
    body: Body | None = None
    """None if it was not read."""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def wants_rest(self) -> bool:
        """Whether the server said that it is asked too often."""
        return self.status == _RATE_LIMITED or (
            self.status in _MAYBE_RATE_LIMITED and self.headers.raw("retry-after") is not None
        )


# The codes of OpenSSL's X509_verify_cert (openssl/x509_vfy.h).
_UNTRUSTED = {
    9: "not-yet-valid",
    10: "expired",
    18: "self-signed",
    19: "untrusted",
    20: "incomplete-chain",
    21: "incomplete-chain",
    62: "wrong-host",
    64: "wrong-host",
}


class Wire:
    """Sends requests. It follows no redirect, keeps no cookie, and decides nothing."""

    def __init__(self, settings: Settings, names: Names) -> None:
        self._settings = settings
        self._names = names
        self.traffic = Traffic()
        """What was sent."""
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)
        self._most_kept = most_kept(most_files(), settings.connections)
        self._kept: dict[tuple[str, str, int], float] = {}
        """When each origin was last asked over a connection that was kept, the oldest first."""
        self._answered: set[tuple[str, str, int]] = set()
        """Origins that have answered over a connection that may have been kept since."""
        self._old: set[tuple[str, str, int]] = set()
        """Origins with which Python's own choice of ciphers came to no connection."""
        self._improper: set[tuple[str, str, int]] = set()
        """Origins whose answers were no proper HTTP."""
        self._late: Counter[tuple[str, str, int]] = Counter()
        """How many bodies in a row of an origin did not come in time."""
        self._of_browsers: ssl.SSLContext | None = None
        self._session = _session(settings, names, keeps=True)
        self._passing = _session(settings, names, keeps=False)
        """For a connection that is not kept."""

    async def close(self) -> None:
        """Closes all connections."""
        await self._session.close()
        await self._passing.close()

    async def ask(
        self, method: str, target: Target, headers: Mapping[str, str], wanted: Wanted, deadline: Deadline
    ) -> Answer:
        """The answer to one request. Raises NotConnected, NoAnswer and Untrusted."""
        try:
            return await self._try(method, target, headers, wanted, deadline)
        except Untrusted as failure:
            is_new = self._settings.tls is None and target.origin not in self._old
            if failure.reason != "handshake" or not is_new:
                raise
            self._old.add(target.origin)
        except NoAnswer as failure:
            if failure.reason != "malformed" or target.origin in self._improper:
                raise
            self._improper.add(target.origin)
        return await self.ask(method, target, headers, wanted, deadline)

    async def _try(
        self, method: str, target: Target, headers: Mapping[str, str], wanted: Wanted, deadline: Deadline
    ) -> Answer:
        before = deadline.remaining
        try:
            ask = self._ask_tolerantly if target.origin in self._improper else self._ask
            return await ask(method, target, headers, wanted, deadline)
        except (aiohttp.ClientConnectorCertificateError, ssl.CertificateError) as error:
            raise _untrusted(error) from error
        except (aiohttp.ClientConnectorSSLError, ssl.SSLError) as error:
            raise _demand(error) or Untrusted("handshake", _words(error)) from error
        except aiohttp.ClientConnectorError as error:
            reason = "refused" if isinstance(error.os_error, ConnectionRefusedError) else "unroutable"
            if isinstance(error.os_error, ConnectionResetError):
                reason = "reset"
            raise NotConnected(reason, error.os_error.strerror or "") from error
        except aiohttp.ConnectionTimeoutError as error:
            raise NotConnected("timeout") from error
        except TimeoutError as error:
            raise NoAnswer("timeout") from error
        except aiohttp.ClientResponseError as error:
            raise NoAnswer("malformed", error.message) from error
        except (aiohttp.ClientConnectionError, OSError) as error:
            raise _demand(error) or NoAnswer("reset", str(error)) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise NoAnswer("malformed", str(error)) from error
        finally:
            self.traffic.add(target.host, before - deadline.remaining)

    def _context(self) -> ssl.SSLContext:
        """What browsers take. Who the server is, has to be shown all the same."""
        if self._of_browsers is None:
            self._of_browsers = ssl.create_default_context()
            self._of_browsers.set_ciphers(_OF_BROWSERS)
            self._of_browsers.options |= _LEGACY_SERVER_CONNECT
        return self._of_browsers

    def _timeout(self, deadline: Deadline) -> aiohttp.ClientTimeout:
        # The connection's time ends before the deadline: that none was made counts for the breaker.
        seconds = min(self._settings.connect, deadline.remaining * _SHARE_OF_CONNECTION)
        return aiohttp.ClientTimeout(total=None, sock_connect=seconds)

    async def _ask(
        self, method: str, target: Target, headers: Mapping[str, str], wanted: Wanted, deadline: Deadline
    ) -> Answer:
        async with deadline.running():
            keeps = self._may_keep(target.origin)
            response = await (self._session if keeps else self._passing).request(
                method,
                _unchanged(target),
                headers=headers,
                allow_redirects=False,
                timeout=self._timeout(deadline),
                ssl=self._context() if target.origin in self._old else True,
                middlewares=[self._only_once(target)],
            )
        try:
            fields = Headers(response.raw_headers)
            if keeps and fields.get("connection").lower() != "close":
                self._answered.add(target.origin)
            if fields.size > self._settings.header_bytes:
                raise NoAnswer("headers", str(fields.size))
            size = 0 if method == "HEAD" else wanted(response.status, fields)
            encoding = fields.get("content-encoding")
            more = response.content.readany
            body = await self._read(target, more, encoding, size, deadline)
            return Answer(target, method, response.status, fields, body)
        finally:
            # A connection whose body was not read to the end is closed by this, the others are kept.
            response.release()

    def _only_once(self, target: Target) -> aiohttp.ClientMiddlewareType:
        """Keeps aiohttp from sending at once again what a server does not answer.

        But over a connection that was kept, for which the server may have waited no longer (RFC 9112, 9.3.1).
        """

        async def send(
            request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
        ) -> aiohttp.ClientResponse:
            try:
                return await handler(request)
            except (aiohttp.ClientConnectorError, aiohttp.ClientSSLError):
                raise
            except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
                if target.origin in self._answered:
                    self._answered.discard(target.origin)
                    raise
                raise _demand(error) or NoAnswer("reset", str(error)) from error

        return send

    def _may_keep(self, origin: tuple[str, str, int]) -> bool:
        """Whether there may be one more connection that waits for a next request."""
        now = asyncio.get_running_loop().time()
        self._kept.pop(origin, None)
        while self._kept and self._kept[oldest := next(iter(self._kept))] < now - 2 * _KEPT_FOR:
            del self._kept[oldest]
        if len(self._kept) >= self._most_kept:
            return False
        self._kept[origin] = now
        return True

    async def _ask_tolerantly(
        self, method: str, target: Target, headers: Mapping[str, str], wanted: Wanted, deadline: Deadline
    ) -> Answer:
        limit = self._settings.header_bytes
        async with deadline.running():
            reader, writer = await self._connect(target, limit)
        try:
            async with deadline.running():
                writer.write(request(method, target, headers))
                head = await head_of(reader, limit)
            fields = Headers(head.fields)
            demand_one_length(fields)
            size = 0 if method == "HEAD" else wanted(head.status, fields)
            more = Pieces(reader, fields).more
            encoding = fields.get("content-encoding")
            body = await self._read(target, more, encoding, size, deadline)
            return Answer(target, method, head.status, fields, body)
        finally:
            writer.transport.abort()

    async def _read(
        self,
        target: Target,
        more: Callable[[], Awaitable[bytes]],
        encoding: str,
        size: int,
        deadline: Deadline,
    ) -> Body | None:
        """What `more` gives of a body, piece by piece until an empty one; None for `size` 0."""
        if not size or self._late[target.origin] >= self._settings.breaker:
            # The status is known; that no body comes has been waited for often enough.
            return None
        try:
            decoded = Decoded(encoding, size)
        except ValueError:
            return Body(b"", False)
        is_ended = is_late = False
        try:
            is_ended = await _fill(decoded, _LARGE, more, deadline)
            if not is_ended and not decoded.is_full:
                async with self._large:
                    is_ended = await _fill(decoded, size + 1, more, deadline)
        except TimeoutError:
            is_late = True
        except (aiohttp.ClientError, OSError):
            # The status stands; what came of the body is judged as a part of it.
            pass
        self._late[target.origin] = self._late[target.origin] + 1 if is_late else 0
        return decoded.body(is_ended=is_ended)

    async def _connect(self, target: Target, limit: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to where there was one just now."""
        places = await self._names.resolve(target.host, target.port)
        is_secure = target.scheme == "https"
        failures: list[OSError] = []
        for place in places:
            try:
                async with asyncio.timeout(self._settings.connect / len(places)):
                    return await asyncio.open_connection(
                        place["host"],
                        target.port,
                        limit=limit,
                        ssl=(self._settings.tls or self._context()) if is_secure else None,
                        server_hostname=target.host.strip("[]").rstrip(".") if is_secure else None,
                    )
            except OSError as error:
                failures.append(error)
        raise failures[0]


def _session(settings: Settings, names: Names, *, keeps: bool) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            limit=0,
            resolver=names,
            use_dns_cache=False,
            # aiohttp's own is made when it is imported; to load who is trusted once more takes time.
            ssl=settings.tls or True,
            keepalive_timeout=_KEPT_FOR if keeps else None,
            force_close=not keeps,
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        read_bufsize=_BUFFER,
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
        max_headers=_MOST_HEADERS,
        requote_redirect_url=False,
        trust_env=False,
    )


async def _fill(
    decoded: Decoded, size: int, more: Callable[[], Awaitable[bytes]], deadline: Deadline
) -> bool:
    """Reads until `decoded` has `size` bytes, or is full; whether the body has ended."""
    async with deadline.running():
        while decoded.size < size and not decoded.is_full:
            data = await more()
            if not data:
                return True
            decoded.feed(data)
    return False


def _unchanged(target: Target) -> URL:
    """The address for aiohttp, as it stands: a query told apart from the path would lose a lone `?`."""
    return URL.build(scheme=target.scheme, authority=target.authority, path=target.path, encoded=True)


def _untrusted(error: BaseException) -> Untrusted:
    cause = getattr(error, "certificate_error", error)
    reason = _UNTRUSTED.get(getattr(cause, "verify_code", 0), "untrusted")
    return Untrusted(reason, getattr(cause, "verify_message", "") or str(cause))


def _demand(error: BaseException) -> Untrusted | None:
    """What the server demands that a browser may have, if `error` is an alert of TLS that says so."""
    alert = str(error).lower().replace("_", " ")
    if "alert certificate required" in alert:  # RFC 8446, section 6.2
        return Untrusted("client-certificate")
    if "alert no application protocol" in alert:  # RFC 7301, section 3.2; HTTP/1.1 was offered
        return Untrusted("http2")
    return None


def _words(error: BaseException) -> str:
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", error)
    return getattr(cause, "reason", None) or str(cause)
