"""A web of one server on loopback, for runs of postlint as a whole, which use real time and sockets."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Reply(NamedTuple):
    """An answer; `location` sends to another address."""

    status: int = 200
    body: str = "<!DOCTYPE html><p id='a'>봄</p>"
    location: str = ""


class Served:
    """Replies by path, with its query or without, 404 for all others.

    `root` is its address; `asked` what came, as `METHOD path`.
    """

    def __init__(
        self,
        replies: Mapping[str, Reply],
        address: tuple[str, int] = ("127.0.0.1", 0),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.replies = dict(replies)
        self.asked: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self._server = ThreadingHTTPServer(address, self._handler())
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                served.asked.append(f"{self.command} {self.path}")
                served.headers.append({name.lower(): value for name, value in self.headers.items()})
                known = served.replies.get(self.path) or served.replies.get(self.path.partition("?")[0])
                reply = known or Reply(404, "없음")
                content = reply.body.encode()
                self.send_response(reply.status)
                if reply.location:
                    self.send_header("Location", reply.location)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(content)

            do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        return Handler

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
