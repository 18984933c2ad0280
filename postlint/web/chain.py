"""From an address to its last answer: redirects, walked by hand."""

from __future__ import annotations

from postlint.named import NamedTuple
from postlint.web.address import BadAddressError, OtherSchemeError, Target, location
from postlint.web.bodies import accepted_encodings
from postlint.web.cookies import Cookies
from postlint.web.deadline import Deadline
from postlint.web.failures import (
    BadLocation,
    EndlessRedirect,
    Failure,
    NoAnswer,
    NotConnected,
    Refused,
    Resting,
    Untrusted,
)
from postlint.web.lanes import Lanes
from postlint.web.resolving import Names
from postlint.web.robots import Robots
from postlint.web.settings import Settings
from postlint.web.verdicts import Hop
from postlint.web.wire import Answer, Wanted, Wire

REDIRECTS = frozenset((301, 302, 303, 307, 308))


class Chain(NamedTuple):
    """The redirects that were followed, and how it ended: by an answer or by a failure."""

    hops: tuple[Hop, ...]
    last: Target
    """What was asked for last."""
    answer: Answer | None = None
    failure: Failure | None = None


class Walker:
    """Asks for an address as a reader's browser would, politely, and only where it may be asked."""

    def __init__(self, settings: Settings, wire: Wire, names: Names, lanes: Lanes) -> None:
        self._settings = settings
        self._wire = wire
        self._names = names
        self._lanes = lanes
        self._robots = Robots(self._rules_of) if settings.robots else None
        self._usual_headers = {
            "User-Agent": settings.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "ko,en;q=0.8",
            "Accept-Encoding": accepted_encodings(),
        }

    async def walk(
        self,
        method: str,
        target: Target,
        wanted: Wanted,
        deadline: Deadline,
        *,
        second_try: bool = False,
        exclusions: bool = True,
    ) -> Chain:
        """Asks for `target` and follows what it says. No failure is raised: the chain has it.

        `exclusions` says whether what the user excludes, and robots.txt if the user wants that, is left out.
        """
        hops: list[Hop] = []
        cookies = Cookies(self._settings.now())
        seen: set[tuple[str, str]] = set()
        first = target
        while True:
            try:
                if exclusions:
                    await self._demand_permitted(target)
                state = (target.text, cookies.header(target))
                if state in seen:
                    raise EndlessRedirect("loop")
                seen.add(state)
                headers = self._headers(target, first, state[1])
                answer = await self._ask(method, target, headers, wanted, deadline, second_try=second_try)
                self._heed(answer, first)
                if answer.status not in REDIRECTS:
                    return Chain(tuple(hops), target, answer)
                cookies.take(answer.headers, target)
                led_to = _led_to(answer)
                hops.append(Hop(target.text, answer.status))
                if len(hops) > self._settings.hops:
                    raise EndlessRedirect("hops")
                target = led_to
            except Failure as failure:
                return Chain(tuple(hops), target, failure=failure)

    async def _demand_permitted(self, target: Target) -> None:
        if self._settings.excludes(target.whole):
            raise Refused("excluded")
        if self._robots is not None:
            self._lanes[target.host].slow_down(await self._robots.demand(target))

    async def step(self, target: Target, wanted: Wanted, deadline: Deadline) -> Answer:
        """The answer to one GET, whatever it is. Raises Failure."""
        headers = self._headers(target, target, "")
        answer = await self._ask("GET", target, headers, wanted, deadline, second_try=False)
        self._heed(answer, target)
        return answer

    def _heed(self, answer: Answer, first: Target) -> None:
        """Leaves the host alone that wants to be, whatever it was asked for: a page, nonsense, a list."""
        target, settings = answer.target, self._settings
        if answer.wants_rest and not settings.accepts(first.text, answer.status):
            wanted = answer.headers.retry_after(settings.now())
            self._lanes[target.host].complained(target.port, wanted)
        else:
            self._lanes[target.host].answered(target.port)

    async def _ask(
        self,
        method: str,
        target: Target,
        headers: dict[str, str],
        wanted: Wanted,
        deadline: Deadline,
        *,
        second_try: bool,
    ) -> Answer:
        lane = self._lanes[target.host]
        try:
            deadline.remaining -= await self._names.pin(target)
            async with lane.turn(target.port, second_try=second_try):
                answer = await self._wire.ask(method, target, headers, wanted, deadline)
        except NotConnected:
            lane.failed(target.port)
            raise
        except NoAnswer as failure:
            if failure.reason != "timeout":
                lane.answered(target.port)
            elif method != "HEAD":
                # Some servers are silent to HEAD only.
                lane.was_silent(target.port)
            raise
        except Untrusted:
            lane.answered(target.port)
            raise
        return answer

    async def _rules_of(self, target: Target) -> bytes | None:
        limit = self._settings.page_bytes
        chain = await self.walk(
            "GET",
            target,
            lambda status, _: limit if status == 200 else 0,
            Deadline(self._settings.deadline),
            exclusions=False,
        )
        if chain.answer is None:
            # To what cannot even be connected nothing else is sent either.
            return None if isinstance(chain.failure, NoAnswer | Resting) else b""
        if chain.answer.wants_rest or chain.answer.status >= 500:
            return None
        body = chain.answer.body
        if body is None:
            return b""
        # What broke off may have gone on to say anything; what is too long is read as far as that.
        return body.content if body.is_whole or len(body.content) >= limit else None

    async def close(self) -> None:
        """Ends what is under way."""
        if self._robots is not None:
            await self._robots.close()

    def _headers(self, target: Target, first: Target, cookie: str) -> dict[str, str]:
        headers = {"Host": target.authority, **self._usual_headers}
        if cookie:
            headers["Cookie"] = cookie
        # A server must not get by a redirect what was meant for another.
        if target.origin == first.origin:
            if (authorization := first.authorization) is not None:
                headers["Authorization"] = authorization
            for extra in self._settings.headers:
                if extra.is_for(first):
                    headers.update(extra.headers)
        return headers


def _led_to(answer: Answer) -> Target:
    raw = answer.headers.raw("location")
    if raw is None:
        raise BadLocation("location", "none")
    if len(set(answer.headers.all("location"))) > 1:
        # Browsers follow none of several (Fetch Standard, 2.2.6, "location URL").
        raise BadLocation("location", "several")
    try:
        return location(raw, answer.target)
    except OtherSchemeError as error:
        raise BadLocation("scheme", str(error)) from error
    except BadAddressError as error:
        raise BadLocation("location", raw.decode("utf-8", "replace")) from error
