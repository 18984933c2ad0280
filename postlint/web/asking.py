"""One address: HEAD, then GET if need be, then what the page tells; the verdict of one try."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from postlint.named import NamedTuple
from postlint.web.address import Target
from postlint.web.chain import Chain, Walker
from postlint.web.challenges import challenge
from postlint.web.deadline import Deadline
from postlint.web.failures import NoSuchHost, NotConnected, Refused, Resting, Untrusted
from postlint.web.headers import Headers
from postlint.web.judging import judge
from postlint.web.lanes import Lanes
from postlint.web.memory import Memory
from postlint.web.pages import Page, page_of
from postlint.web.settings import Settings
from postlint.web.soft404 import (
    Said,
    Sibling,
    ends_at_front,
    folder_of,
    is_like,
    may_be_missing,
    platform_at,
    said,
    sibling,
    sibling_of,
)
from postlint.web.verdicts import Evidence, Verdict

_TRIES = 3
"""How often an address is asked whose host wants a rest that is short enough to wait for."""
_SHARE_OF_HEAD = 0.5
"""Of the deadline: some servers never answer HEAD, and GET needs its time then."""


class Found(NamedTuple):
    """What one try found. `rest` is the seconds for which the host wants no more asking."""

    evidence: Evidence
    page: Page | None = None
    rest: float = 0.0


class Asker:
    """Asks for single addresses. Which, and when, is not its business."""

    def __init__(self, settings: Settings, walker: Walker, lanes: Lanes, memory: Memory) -> None:
        self._settings = settings
        self._walker = walker
        self._lanes = lanes
        self._memory = memory
        self._siblings: dict[str, asyncio.Task[Sibling | None]] = {}

    async def ask(self, target: Target, fragments: Collection[str], *, second_try: bool = False) -> Found:
        """The verdict on `target`; the page is read if one of `fragments` may be on it."""
        reads_ids = self._settings.fragments and bool(fragments)
        found = Found(Evidence(Verdict.UNASKED))
        for number in range(_TRIES):
            # Some complain of HEAD only.
            tries_head = number == 0 and not second_try
            chain = await self._fetch(
                target, reads_ids=reads_ids, tries_head=tries_head, second_try=second_try
            )
            found = await self._found(target, chain)
            if found.evidence.verdict is not Verdict.RATE_LIMITED:
                break
            found = found._replace(rest=self._rest(chain))
            if self._lanes[chain.last.host].has_given_up:
                break
        if self._settings.upgrades and target.scheme == "http" and found.evidence.verdict.is_success:
            upgrade = await self._upgrade(target, found.evidence)
            found = found._replace(evidence=found.evidence._replace(upgrade=upgrade))
        return found

    def _rest(self, chain: Chain) -> float:
        """The seconds for which the host at the end of `chain` wants to be left alone, if it said so."""
        if isinstance(chain.failure, Resting):
            return chain.failure.seconds
        asked = None if chain.answer is None else chain.answer.headers.retry_after(self._settings.now())
        return asked or 0.0

    async def _fetch(self, target: Target, *, reads_ids: bool, tries_head: bool, second_try: bool) -> Chain:
        """The chain that decides: HEAD's if it confirms that all is well, else GET's."""
        deadline = Deadline(self._settings.deadline)
        lane = self._lanes[target.host]

        def wanted(status: int, headers: Headers) -> int:
            # Nothing but a page has ids, or says that it is a challenge.
            if not headers.may_be_of_page:
                return 0
            if reads_ids and 200 <= status < 300:
                return self._settings.fragment_page_bytes
            return self._settings.page_bytes

        must_read = reads_ids or platform_at(target.host) is not None
        tries_head = tries_head and not must_read
        if tries_head and not lane.head_lies:
            head = deadline.part(_SHARE_OF_HEAD)
            given = head.remaining
            chain = await self._walker.walk("HEAD", target, wanted, head)
            deadline.remaining -= given - head.remaining
            if _is_settled(target, chain) and platform_at(chain.last.host) is None:
                return chain
        chain = await self._walker.walk("GET", target, wanted, deadline, second_try=second_try)
        if tries_head and chain.answer is not None and chain.answer.is_success:
            lane.head_lies = True
        return chain

    async def _found(self, target: Target, chain: Chain) -> Found:
        page = page_of(chain.answer) if chain.answer is not None else None
        evidence = judge(target, chain, page, self._settings)
        if not evidence.verdict.is_success or evidence.reason == "accepted":
            return Found(evidence, page)
        if not self._settings.siblings or not may_be_missing(chain):
            return Found(evidence, page)
        other = await self._sibling(target)
        if other is None or other.is_honest:
            return Found(evidence, page)
        # HEAD cannot tell one page from another.
        if page is None and chain.answer is not None and chain.answer.method == "HEAD":
            chain = await self._walker.walk("GET", target, self._reading, Deadline(self._settings.deadline))
            page = page_of(chain.answer) if chain.answer is not None else None
            evidence = judge(target, chain, page, self._settings)
        if evidence.verdict.is_success and is_like(chain, page, other):
            evidence = _of_every_address(evidence, page)
        return Found(evidence, page)

    def _reading(self, status: int, headers: Headers) -> int:
        return self._settings.page_bytes if headers.may_be_of_page else 0

    async def _sibling(self, target: Target) -> Sibling | None:
        """How the host answers for nonsense in the folder of `target`; asked once."""
        folder = folder_of(target)
        if folder is None:
            return None
        asked = self._siblings.get(folder.text)
        if asked is None:
            known = self._memory.recall_sibling(folder.text)
            if known is not None:
                return known
            nonsense = sibling_of(target, folder, f"{self._settings.random.getrandbits(64):016x}")
            asked = asyncio.create_task(self._ask_sibling(nonsense, folder.text))
            self._siblings[folder.text] = asked
        return asked.result() if asked.done() else await asyncio.shield(asked)

    async def _ask_sibling(self, nonsense: Target, folder: str) -> Sibling | None:
        deadline = Deadline(self._settings.deadline)
        chain = await self._walker.walk("GET", nonsense, self._reading, deadline)
        page = page_of(chain.answer) if chain.answer is not None else None
        found = sibling(chain, page)
        if found is not None:
            self._memory.keep_sibling(folder, found)
        return found

    async def _upgrade(self, target: Target, evidence: Evidence) -> str:
        """The address with `https`, if it leads where the one with `http` does, else nothing."""
        if (evidence.final or "").startswith("https:") or target.port != 80:
            return ""
        upgraded = target._replace(scheme="https", port=443)
        deadline = Deadline(self._settings.deadline)
        chain = await self._walker.walk("GET", upgraded, lambda *_: 0, deadline)
        if chain.answer is None or not chain.answer.is_success:
            return ""
        same = chain.last.scheme == "https" and chain.last.whole == (evidence.final or "").replace(
            "http:", "https:", 1
        )
        return upgraded.text if same else ""

    async def close(self) -> None:
        """Ends what is under way."""
        for task in self._siblings.values():
            task.cancel()
        await asyncio.gather(*self._siblings.values(), return_exceptions=True)


def _of_every_address(evidence: Evidence, page: Page | None) -> Evidence:
    """What is known of an address whose folder answers alike whatever is asked for."""
    says = None if page is None else said(page)
    if says is Said.CLOSED:
        return evidence._replace(verdict=Verdict.UNREACHABLE, reason="closed")
    if says is Said.REFUSED:
        return evidence._replace(verdict=Verdict.BLOCKED, reason="refusal")
    return evidence._replace(verdict=Verdict.SOFT_404, reason="sibling")


def _is_settled(target: Target, chain: Chain) -> bool:
    """Whether GET could tell nothing else than this answer, or lack of one, to HEAD."""
    if chain.answer is None:
        # What fails before anything is asked fails for every method. Where HEAD is led, GET need not be.
        of_connection = isinstance(chain.failure, Refused | NoSuchHost | Untrusted) and not chain.hops
        return of_connection or isinstance(chain.failure, NotConnected | Resting)
    if chain.answer.wants_rest:
        return True
    if chain.hops and ends_at_front(target, chain.last):
        return False
    return chain.answer.is_success and challenge(chain.answer.status, chain.answer.headers, None) is None
