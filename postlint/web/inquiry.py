"""All that one run asks of the web, from its beginning to its end."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from postlint.named import NamedTuple
from postlint.urls import split_url
from postlint.web.address import BadAddressError, OtherSchemeError
from postlint.web.answers import Answers
from postlint.web.archive import Archive
from postlint.web.asking import Asker
from postlint.web.failures import Failure
from postlint.web.memory import Memory
from postlint.web.probing import probe, recall
from postlint.web.restoring import Restorer, fitting
from postlint.web.session import Session
from postlint.web.settings import Settings
from postlint.web.traffic import Traffic
from postlint.web.verdicts import STRIKES, Probe, Restoration, Verdict


class Questions(NamedTuple):
    """What is to be asked."""

    addresses: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    """Addresses of which a part is missing."""
    whole: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Whole addresses that the blog itself knows, at the host of an incomplete one."""
    days: Mapping[str, tuple[str, ...]] = {}
    """For each address the days (YYYY-MM-DD, or empty) of the posts that have it, where the pages of dead
    ones are to be looked for in the archive."""


class Listener(Protocol):
    """Who is told how far an inquiry is."""

    def begins(self, count: int, traffic: Traffic) -> None:
        """So many addresses are about to be asked for, each once, which `traffic` goes on to count."""

    def found(self, probe: Probe) -> None:
        """This is known of one of them."""

    def looks_back(self, address: str) -> None:
        """The whole of an address, or a page as it was, is looked for."""


class Silent:
    """A listener that does nothing."""

    def begins(self, count: int, traffic: Traffic) -> None: ...

    def found(self, probe: Probe) -> None: ...

    def looks_back(self, address: str) -> None: ...


class Outcome(NamedTuple):
    """What is known when an inquiry has ended. `interrupted` says that the user ended it before its time."""

    answers: Answers
    requests: int = 0
    interrupted: bool = False


def inquire(
    questions: Questions,
    settings: Settings,
    memory: Memory,
    archive: str = "",
    listener: Listener | None = None,
) -> Outcome:
    """Asks all `questions`; `archive` is the address of an archive, or empty.

    Ctrl-C ends it within a moment, with what is known by then.
    """
    inquiry = Inquiry(questions, settings, memory, archive, listener or Silent())
    try:
        # Before the loop, within which Ctrl-C would wait for the files to be read.
        inquiry.whole = {address: questions.whole(address) for address in questions.incomplete}
        asyncio.run(inquiry.run())
    except KeyboardInterrupt:
        return Outcome(inquiry.answers, inquiry.requests, interrupted=True)
    return Outcome(inquiry.answers, inquiry.requests)


def recollect(questions: Questions, settings: Settings, memory: Memory) -> Outcome:
    """What is known of all `questions` without asking: nothing is opened but the memory."""
    probes = {one.address: one for one in recall(questions.addresses, settings, memory)}
    restorations = {}
    for address in questions.incomplete:
        known = fitting(address, questions.whole(address))
        candidates = known or memory.recall_candidates(address) or ()
        seen = list(recall(candidates, settings, memory)) if len(candidates) == 1 else []
        certain = next((one.address for one in seen if one.verdict.is_success), None)
        restorations[address] = Restoration(candidates, certain)
    return Outcome(Answers(probes, restorations))


class Inquiry:
    """One run of the questions, within an event loop. `answers` grows while it goes on."""

    def __init__(
        self, questions: Questions, settings: Settings, memory: Memory, archive: str, listener: Listener
    ) -> None:
        self._questions = questions
        self._settings = settings
        self._memory = memory
        self._archive = archive
        self._listener = listener
        self._probes: dict[str, Probe] = {}
        self._restorations: dict[str, Restoration] = {}
        self._archived: dict[tuple[str, str], str] = {}
        self.requests = 0
        self.whole: Mapping[str, tuple[str, ...]] = {}
        """The whole addresses that the blog itself knows, for each incomplete one."""
        self.answers = Answers(self._probes, self._restorations, self._archived)

    async def run(self) -> None:
        addresses = tuple(dict.fromkeys(self._questions.addresses))
        session = Session(self._settings)
        self._listener.begins(len(addresses), session.wire.traffic)
        try:
            async with contextlib.aclosing(probe(addresses, self._settings, self._memory, session)) as found:
                async for one in found:
                    self._probes[one.address] = one
                    self._listener.found(one)
            if self._questions.incomplete or self._questions.days:
                await self._look_back(session)
        finally:
            self.requests = session.wire.traffic.requests
            await session.close()

    async def _look_back(self, session: Session) -> None:
        archive = Archive(session, self._archive) if self._archive else None
        asker = Asker(self._settings, session.walker, session.lanes, self._memory)
        restorer = Restorer(session, asker, self._memory, archive)
        try:
            by_host: dict[str, list[str]] = {}
            for address in self._questions.incomplete:
                if self._settings.excludes(address):
                    continue
                by_host.setdefault(split_url(address).host.lower(), []).append(address)
            async with asyncio.TaskGroup() as group:
                for addresses in by_host.values():
                    group.create_task(self._restore(restorer, addresses))
            if archive is not None:
                await self._look_up(archive)
        finally:
            await asker.close()

    async def _restore(self, restorer: Restorer, addresses: Iterable[str]) -> None:
        """Restores addresses of one host; the first of them brings what is known there."""
        for address in addresses:
            self._listener.looks_back(address)
            self._restorations[address] = await restorer.restore(address, self.whole[address])

    async def _look_up(self, archive: Archive) -> None:
        for address, days in self._questions.days.items():
            known = self._probes.get(address)
            if known is None or not is_lost(known):
                continue
            self._listener.looks_back(address)
            for day in days:
                try:
                    snapshot = await archive.nearest(address, _date(day))
                except (Failure, BadAddressError, OtherSchemeError):
                    continue  # it does not say, so nothing is known
                if snapshot is not None:
                    self._archived[(address, day)] = snapshot.address


_LOST = frozenset((Verdict.BROKEN, Verdict.GONE, Verdict.SOFT_404))


def is_lost(probe: Probe) -> bool:
    """Whether a page is worth looking for in the archive. What does not answer now may do so tomorrow."""
    if probe.verdict is Verdict.UNREACHABLE:
        return probe.strikes >= STRIKES
    return probe.is_dead and probe.verdict in _LOST


def _date(day: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(day)
    except ValueError:
        return datetime.datetime.now(datetime.UTC).date()
