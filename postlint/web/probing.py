"""All addresses of a run: each asked once, by turns of their hosts, and remembered."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field

from postlint.web.address import BadAddressError, OtherSchemeError, Target, parse
from postlint.web.asking import Asker, Found
from postlint.web.control import Control
from postlint.web.hosts import ip_of
from postlint.web.judging import with_fragment
from postlint.web.memory import Memory, Record
from postlint.web.policy import refusal
from postlint.web.session import Session
from postlint.web.settings import Settings
from postlint.web.verdicts import Evidence, Probe, Verdict

_SECOND_TRY_INTERVAL = 1.0
"""Seconds between requests to one host when it is asked again for what failed."""
_ENOUGH = 5
"""Second tries in a row that fail, upon which the first ones stand for all others."""
_PASSING = frozenset(
    ("timeout", "reset", "refused", "unroutable", "lookup", "malformed", "status", "resting")
)
"""Reasons of `unreachable` that may be gone at a second try; a loop of redirects is not."""

_BEGUN_AT_ONCE = 16
"""Hosts that are begun with before others have their say in the event loop."""


_ANSWERED = frozenset(("status", "malformed", "headers", "loop", "hops", "location", "closed"))
"""Reasons of `unreachable` that a server has given."""


_OF_NETWORK = 511
"""Network Authentication Required: the status is none of the host's (RFC 6585, section 6)."""
_NEAR = frozenset(("loopback", "this-host", "private", "link-local", "shared"))
"""Why an address is refused to which a network may lead all names."""


@dataclass
class _Flight:
    """One request's address, and all addresses that it answers: they differ in the fragment only."""

    target: Target
    members: dict[str, list[str]] = field(default_factory=dict)
    """The addresses as given, by the one under which each is remembered."""
    fragments: dict[str, str | None] = field(default_factory=dict)
    """The fragment of each of those."""


async def probe(
    addresses: Iterable[str], settings: Settings, memory: Memory, session: Session | None = None
) -> AsyncGenerator[Probe]:
    """What is known of each of `addresses`, as it becomes known; one that is given twice comes once.

    What the memory has fresh comes first, and is not asked. Whoever ends the iteration ends all requests
    within a moment; what was found by then is remembered. A `session` that is given is left open.
    """
    targets: dict[str, Target] = {}
    for address in dict.fromkeys(addresses):
        target = _target(address, settings)
        if isinstance(target, Evidence):
            yield Probe(address, target)
        else:
            targets[address] = target
    known = {} if settings.recheck else memory.recall_all(target.whole for target in targets.values())
    flights: dict[tuple[str, str], _Flight] = {}
    for address, target in targets.items():
        key = target.whole
        record = known.get(key)
        if record is None or not memory.is_fresh(record) or _lacks_upgrade(target, record, settings):
            _line_up(address, key, target, flights)
        else:
            yield record.probe(address, remembered=True)
    if not flights:
        return
    used = session or Session(settings)
    run = _Run(settings, memory, used)
    try:
        async for found in run.all(flights.values()):
            yield found
    finally:
        await run.close()
        if session is None:
            await used.close()
        memory.save()


def _line_up(address: str, key: str, target: Target, flights: dict[tuple[str, str], _Flight]) -> None:
    """Adds `address`, which is remembered under `key`, to the flight that answers it."""
    # What a redirect names is told apart from what an author wrote.
    asked = target if target.fragment is None else target._replace(fragment=None)
    flight = flights.setdefault((asked.text, asked.userinfo), _Flight(asked))
    flight.members.setdefault(key, []).append(address)
    flight.fragments[key] = target.fragment


def _lacks_upgrade(target: Target, known: Record, settings: Settings) -> bool:
    """Whether the run that asked for `target` was not to try `https`, and this one is."""
    evidence = known.evidence
    return (
        settings.upgrades
        and target.scheme == "http"
        and evidence.verdict.is_success
        and evidence.upgrade is None
    )


def recall(addresses: Iterable[str], settings: Settings, memory: Memory) -> Iterator[Probe]:
    """What is known of each of `addresses` without asking, however long ago it was found."""
    for address in dict.fromkeys(addresses):
        target = _target(address, settings)
        if isinstance(target, Evidence):
            yield Probe(address, target)
        elif (known := memory.recall(target.whole)) is not None:
            yield known.probe(address, remembered=True)
        else:
            yield Probe(address, Evidence(Verdict.UNASKED, "unknown"))


def _target(address: str, settings: Settings) -> Target | Evidence:
    """What is to be asked for; or why that is not done."""
    try:
        target = parse(address)
    except OtherSchemeError as error:
        return Evidence(Verdict.REFUSED, "scheme", str(error))
    except BadAddressError as error:
        return Evidence(Verdict.INVALID, str(error))
    if settings.excludes(address):
        return Evidence(Verdict.REFUSED, "excluded")
    return target


class _Run:
    """What all flights of a run share."""

    def __init__(self, settings: Settings, memory: Memory, session: Session) -> None:
        self._settings = settings
        self._memory = memory
        self._session = session
        self._lanes = self._session.lanes
        self._control = Control(settings, self._session.walker)
        self._asker = Asker(settings, self._session.walker, self._lanes, memory)
        self._found: asyncio.Queue[Probe | None] = asyncio.Queue()
        self._work: asyncio.Task[None] | None = None

    async def all(self, flights: Iterable[_Flight]) -> AsyncIterator[Probe]:
        self._work = asyncio.create_task(self._ask_all(flights))
        self._work.add_done_callback(lambda _: self._found.put_nowait(None))
        while (found := await self._found.get()) is not None:
            yield found
        await self._work

    async def close(self) -> None:
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
        for part in (self._asker, self._control):
            await part.close()

    async def _ask_all(self, flights: Iterable[_Flight]) -> None:
        by_host: dict[str, deque[_Flight]] = {}
        for flight in flights:
            by_host.setdefault(flight.target.host, deque()).append(flight)
        async with asyncio.TaskGroup() as group:
            # The longest queue first: it decides when the run ends.
            queues = sorted(by_host.items(), key=lambda item: -len(item[1]))
            for number, (host, queue) in enumerate(queues, 1):
                group.create_task(self._ask_host(host, queue))
                if number % _BEGUN_AT_ONCE == 0:
                    # The first are on their way, and take their time, while the others line up.
                    await asyncio.sleep(0)

    async def _ask_host(self, host: str, queue: deque[_Flight]) -> None:
        lane = self._lanes[host]
        failed: list[tuple[_Flight, Found]] = []
        lane.backlog = len(queue)
        async with asyncio.TaskGroup() as group:
            for _ in range(min(self._settings.per_host, len(queue))):
                group.create_task(self._work_off(queue, failed))
        if not failed:
            return
        await asyncio.sleep(self._settings.second_try_after)
        self._session.names.forget(host)
        lane.go_slowly(_SECOND_TRY_INTERVAL)
        lane.forgive_silence()
        dead: dict[int, Evidence] = {}
        in_a_row = 0
        # Who was not asked yet may have more to tell than who was silent.
        for flight, before in sorted(failed, key=lambda one: one[1].evidence.reason != "resting"):
            port = flight.target.port
            if port in dead:
                # It is as dead as before: what it was not asked for is no better.
                await self._tell(flight, Found(dead[port]._replace(final=flight.target.text, chain=())))
                continue
            if in_a_row >= _ENOUGH:
                # The server is out of order; to hear that from it for each may take an hour.
                await self._tell(flight, before)
                continue
            found = await self._asker.ask(flight.target, _fragments(flight), second_try=True)
            await self._tell(flight, found)
            in_a_row = in_a_row + 1 if _may_pass(found.evidence) else 0
            if lane.is_down(port):
                dead[port] = found.evidence

    async def _work_off(self, queue: deque[_Flight], failed: list[tuple[_Flight, Found]]) -> None:
        while queue:
            flight = queue.popleft()
            lane = self._lanes[flight.target.host]
            lane.backlog = len(queue)
            if lane.is_down(flight.target.port):
                resting = Evidence(Verdict.UNREACHABLE, "resting", final=flight.target.text)
                failed.append((flight, Found(resting)))
                continue
            found = await self._asker.ask(flight.target, _fragments(flight))
            if _may_pass(found.evidence):
                failed.append((flight, found))
            else:
                await self._tell(flight, found)

    def _may_be_of_this_machine(self, evidence: Evidence) -> bool:
        """Whether it may be this machine's way to the web that is to blame, and not the address: nobody has
        answered, or somebody who stands in between, and the way leads out of its network."""
        if not (_has_no_answer(evidence) or _may_be_intercepted(evidence)):
            return False
        if evidence.final is None:
            return True
        first = parse(_first(evidence))
        address = ip_of(first.host)
        is_near = address is not None and refusal(address) is not None
        return not is_near and (first.host, first.port) not in self._settings.resolve

    async def _tell(self, flight: _Flight, found: Found) -> None:
        evidence = found.evidence
        if evidence.status == _OF_NETWORK or (
            self._may_be_of_this_machine(evidence) and not await self._control.is_up()
        ):
            unasked = Evidence(Verdict.UNASKED, "offline" if _has_no_answer(evidence) else "intercepted")
            for address in _addresses(flight):
                self._found.put_nowait(Probe(address, unasked))
            return
        for key, fragment in flight.fragments.items():
            judged = with_fragment(evidence, fragment, found.page)
            record = self._memory.keep(key, judged, found.rest)
            for address in flight.members[key]:
                self._found.put_nowait(record.probe(address, remembered=False))


def _has_no_answer(evidence: Evidence) -> bool:
    return evidence.verdict in (Verdict.GONE, Verdict.UNREACHABLE) and evidence.reason not in _ANSWERED


def _may_be_intercepted(evidence: Evidence) -> bool:
    """Whether the network itself may have answered, as one does that wants a login first: its certificate is
    not the host's, its addresses are its own, and what is not encrypted it leads elsewhere."""
    if evidence.verdict is Verdict.TLS or (
        evidence.verdict is Verdict.REFUSED and evidence.reason in _NEAR and evidence.final is not None
    ):
        return True
    first = _first(evidence)
    return first.startswith("http:") and parse(first).host.removeprefix("www.") != parse(
        evidence.final or first
    ).host.removeprefix("www.")


def _first(evidence: Evidence) -> str:
    """What was asked for first; empty if nothing was."""
    return evidence.chain[0].address if evidence.chain else evidence.final or ""


def _may_pass(evidence: Evidence) -> bool:
    return evidence.verdict is Verdict.UNREACHABLE and evidence.reason in _PASSING


def _fragments(flight: _Flight) -> list[str]:
    return [fragment for fragment in flight.fragments.values() if fragment]


def _addresses(flight: _Flight) -> list[str]:
    return [address for members in flight.members.values() for address in members]
