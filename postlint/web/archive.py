"""Pages as they were: the Wayback Machine, or whatever has its interface.

The snapshot nearest to a date is what `/web/<date>/<address>` leads to, and the captured addresses that begin
alike are in the CDX server's list (the Wayback Machine's documentation, "CDX Server").
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from urllib.parse import quote

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.web.address import OtherSchemeError, location, parse
from postlint.web.chain import REDIRECTS
from postlint.web.deadline import Deadline
from postlint.web.failures import NoAnswer
from postlint.web.session import Session
from postlint.web.wire import Answer

ENDPOINT = "https://web.archive.org"
_INTERVAL = 2.5
"""Seconds between two requests: the CDX server allows 24 in a minute."""
_SNAPSHOT = lazy(r"/web/(?P<time>[0-9]{14})(?:[a-z]{2}_)?/(?P<address>\S+)\Z")
MOST_CAPTURES = 2_000
"""Addresses that it is asked for at most."""


class Snapshot(NamedTuple):
    """A page as it was at a time."""

    address: str
    """Where the archive shows it."""
    time: datetime.datetime
    """When it was taken (UTC)."""


class Archive:
    """Asks one archive, no faster than it allows."""

    def __init__(self, session: Session, endpoint: str = ENDPOINT) -> None:
        self._session = session
        self._root = parse(endpoint)
        session.lanes[self._root.host].slow_down(_INTERVAL)

    async def nearest(self, address: str, date: datetime.date) -> Snapshot | None:
        """The snapshot of `address` that is nearest to `date`; None if the archive has none.

        Raises Failure if the archive does not say.
        """
        target = parse(address)
        answer = await self._ask(f"/web/{date:%Y%m%d}/{target.text}")
        if answer.status == 404:
            return None
        place = answer.headers.raw("location") if answer.status in REDIRECTS else None
        if place is None:
            raise NoAnswer("status", str(answer.status))
        try:
            found = _SNAPSHOT.search(location(place, self._root).path)
            if found is None or _bare(parse(found["address"]).host) != _bare(target.host):
                raise NoAnswer("malformed", "no snapshot of the page")
            time = datetime.datetime.strptime(found["time"], "%Y%m%d%H%M%S")
        except (ValueError, OtherSchemeError) as error:
            raise NoAnswer("malformed", str(error)) from error
        return Snapshot(f"{self._root.text.rstrip('/')}{found[0]}", time.replace(tzinfo=datetime.UTC))

    async def captured(self, prefix: str) -> list[str]:
        """The addresses beginning with `prefix` that the archive has seen alive, each once.

        Raises Failure if the archive does not say.
        """
        query = (
            f"url={quote(parse(prefix).text, safe='')}&matchType=prefix&fl=original&filter=statuscode:200"
            f"&collapse=urlkey&output=json&limit={MOST_CAPTURES}"
        )
        answer = await self._ask(f"/cdx/search/cdx?{query}")
        if answer.status != 200 or answer.body is None or not answer.body.is_whole:
            raise NoAnswer("status", str(answer.status))
        return list(dict.fromkeys(_rows(answer.body.content)))

    async def _ask(self, path: str) -> Answer:
        settings = self._session.settings
        # As it stands: in a path, the `//` of the address within must stay.
        target = self._root._replace(path=self._root.path.rstrip("/") + path)
        limit = settings.fragment_page_bytes
        deadline = Deadline(settings.deadline)
        return await self._session.walker.step(
            target, lambda status, _: limit if status == 200 else 0, deadline
        )


def _bare(host: str) -> str:
    """`host` as an archive's index has it, to which `www` is nothing."""
    return host.removeprefix("www.")


def _rows(content: bytes) -> Iterator[str]:
    """The addresses of a CDX answer: rows of one column, of which the first is its name."""
    try:
        rows = json.loads(content or b"[]")
    except (ValueError, RecursionError) as error:
        raise NoAnswer("malformed", str(error)) from error
    if not isinstance(rows, list):
        raise NoAnswer("malformed", "no list")
    for row in rows[1:]:
        if isinstance(row, list) and row and isinstance(row[0], str):
            yield row[0]
