"""Random webs: what is said of each address is what a browser would show, asked for politely."""

from __future__ import annotations

import asyncio
import gzip
import random
from collections import Counter
from typing import NamedTuple

import pytest

from postlint.web.verdicts import Verdict
from tests.web.hostile import HostileWeb, Request, answer, page, redirect

LONG = "<p id='a'>글</p>" + "<p>말</p>" * 120
WHOLE = page("봄", LONG).encode()
PERMANENT = (301, 308)
Key = tuple[str, str]
"""A host and a path."""


class Shown(NamedTuple):
    """What a page is: how it answers, and what that means for who asked for it without any redirect."""

    replies: dict[str, bytes]
    """By the method; `*` for all others. None of them at all is silence."""
    verdict: Verdict
    """What a browser's user would say."""
    has_ids: bool = False
    """Whether the page can be read to its end, so that it is known which ids it has."""


def _page(verdict: Verdict, *, has_ids: bool = False, head: bytes | None = None, **headers: str) -> Shown:
    everything = answer(200, WHOLE, connection="close", **headers)
    return Shown({"*": everything} | ({} if head is None else {"HEAD": head}), verdict, has_ids)


def _status(status: int, verdict: Verdict) -> Shown:
    return Shown({"*": answer(status, WHOLE, connection="close")}, verdict)


ZIPPED = answer(200, gzip.compress(WHOLE), content_encoding="gzip", connection="close")
KINDS = {
    "page": _page(Verdict.ALIVE, has_ids=True),
    "zipped": Shown({"*": ZIPPED}, Verdict.ALIVE, has_ids=True),
    "no HEAD": _page(Verdict.ALIVE, has_ids=True, head=answer(405, connection="close")),
    "HEAD is missing": _page(Verdict.ALIVE, has_ids=True, head=answer(404, connection="close")),
    "HEAD fails": _page(Verdict.ALIVE, has_ids=True, head=answer(500, connection="close")),
    "HEAD is forbidden": _page(Verdict.ALIVE, has_ids=True, head=answer(403, connection="close")),
    "cut off": _page(Verdict.ALIVE, content_length="999999"),
    "file": _page(Verdict.ALIVE, content_type="application/pdf"),
    "missing": _status(404, Verdict.BROKEN),
    "gone": _status(410, Verdict.BROKEN),
    "forbidden": _status(403, Verdict.BLOCKED),
    "no teapot": _status(418, Verdict.BLOCKED),
    "LinkedIn's": _status(999, Verdict.BLOCKED),
    "broken server": _status(500, Verdict.UNREACHABLE),
    "silence": Shown({}, Verdict.UNREACHABLE),
    "nowhere": Shown({"*": redirect("http://[/", 301, connection="close")}, Verdict.UNREACHABLE),
    "program": Shown({"*": redirect("kakaotalk://a", 302, connection="close")}, Verdict.REFUSED),
}


class RandomWeb:
    """Some hosts with pages of random kinds; about half of them lead on to others, some in a circle."""

    def __init__(self, web: HostileWeb, seed: int) -> None:
        chance = random.Random(seed)
        self.web = web
        hosts = [f"a{number}.test" for number in range(chance.randint(1, 4))]
        self.keys = [(chance.choice(hosts), f"/p/{number}") for number in range(chance.randint(3, 20))]
        self.leads: dict[Key, tuple[int, Key]] = {}
        self.kinds: dict[Key, str] = {}
        self.late = {key: chance.choice((0, 0, 0.05, 0.4, 3)) for key in self.keys}
        for key in self.keys:
            if chance.random() < 0.45:
                self.leads[key] = (chance.choice((301, 308, 302, 303, 307)), chance.choice(self.keys))
            else:
                self.kinds[key] = chance.choice(list(KINDS))
        for host in hosts:
            web.site(host, self.reply)
        ends = chance.choices(("", "", "#a", "#nope"), k=len(self.keys))
        self.addresses = {
            f"{self.root(host)}{path}{fragment}": ((host, path), fragment)
            for (host, path), fragment in zip(self.keys, ends, strict=True)
        }
        self.active: Counter[str] = Counter()
        self.most = 0

    def root(self, host: str) -> str:
        return f"http://{host}:{self.web.port}"

    async def reply(self, request: Request, writer: asyncio.StreamWriter) -> None:
        key = request.host, request.target
        self.active[request.host] += 1
        self.most = max(self.most, self.active[request.host])
        await asyncio.sleep(self.late[key])
        if key in self.leads:
            status, (host, path) = self.leads[key]
            made = redirect(f"{self.root(host)}{path}", status, connection="close")
        else:
            replies = KINDS[self.kinds[key]].replies
            made = replies.get(request.method, replies.get("*", b""))
        writer.write(made[: made.find(b"\r\n\r\n") + 4] if request.method == "HEAD" else made)
        self.active[request.host] -= 1

    def chain(self, key: Key) -> list[Key]:
        """The pages that are shown one after the other, the last of them twice if they go round."""
        seen = [key]
        while key in self.leads and seen.count(key) == 1:
            key = self.leads[key][1]
            seen.append(key)
        return seen

    def expected(self, key: Key, fragment: str) -> Verdict:
        """What a browser's user would say of an address."""
        *hops, end = self.chain(key)
        if end in self.leads or len(hops) > 10:
            return Verdict.UNREACHABLE
        shown = KINDS[self.kinds[end]]
        if shown.verdict is not Verdict.ALIVE:
            return shown.verdict
        if fragment == "#nope" and shown.has_ids:
            return Verdict.NO_SUCH_FRAGMENT
        if not hops:
            return Verdict.ALIVE
        is_moved = all(self.leads[hop][0] in PERMANENT for hop in hops)
        return Verdict.MOVED if is_moved else Verdict.REDIRECTED


@pytest.mark.parametrize("seed", range(20))
def test_what_is_said_is_what_a_browser_shows(web: HostileWeb, seed: int) -> None:
    made = RandomWeb(web, seed)
    found = web.probe_all(made.addresses)
    expected = {address: made.expected(*of) for address, of in made.addresses.items()}
    assert {address: one.verdict for address, one in found.items()} == expected


@pytest.mark.parametrize("seed", range(20, 32))
def test_no_page_is_asked_for_more_often_than_need_be(web: HostileWeb, seed: int) -> None:
    made = RandomWeb(web, seed)
    web.probe_all(made.addresses)
    passed = Counter(key for of in made.addresses.values() for key in set(made.chain(of[0])))
    asked = Counter((one.method, (one.host, one.target)) for one in web.requests)
    # HEAD once; GET then, and again in the second try.
    assert all(
        count <= passed[key] * (1 if method == "HEAD" else 2) for (method, key), count in asked.items()
    )


@pytest.mark.parametrize("seed", range(32, 44))
def test_no_host_is_asked_too_often(web: HostileWeb, seed: int) -> None:
    made = RandomWeb(web, seed)
    web.probe_all(made.addresses)
    for host in made.active:
        times = [one.time for one in web.requests if one.host == host]
        assert all(later - earlier >= 0.99 for earlier, later in zip(times, times[10:], strict=False)), host
    assert made.most <= 4
