"""From a chain to a verdict: the one place where statuses and failures get their meaning."""

from __future__ import annotations

from postlint.web.address import Target
from postlint.web.chain import Chain
from postlint.web.challenges import challenge
from postlint.web.failures import (
    BadLocation,
    EndlessRedirect,
    Failure,
    NoSuchHost,
    Refused,
    Resting,
    Untrusted,
)
from postlint.web.fragments import missing
from postlint.web.pages import Page
from postlint.web.settings import Settings
from postlint.web.soft404 import ends_at_front, says_not_found
from postlint.web.stand_ins import is_consent, is_forbidden, is_gate, is_login, is_parked
from postlint.web.verdicts import Evidence, Verdict
from postlint.web.wire import Answer

_PERMANENT = frozenset((301, 308))
_GONE = frozenset((404, 410))
# Request Timeout and Too Early: the same may be asked again (RFC 9110, 15.5.9; RFC 8470, 5.2).
_PASSING = frozenset((408, 425))
_LINKEDIN = 999
"""What LinkedIn answers to programs."""


def judge(first: Target, chain: Chain, page: Page | None, settings: Settings) -> Evidence:
    """What `chain`, which began at `first`, tells of it; `page` is what it ended at, if that was read."""
    if chain.failure is not None:
        return _of_failure(chain, chain.failure)
    assert chain.answer is not None, "a chain ends by an answer or by a failure"
    answer, detail = chain.answer, None
    if settings.accepts(first.text, answer.status):
        verdict, reason = _of_hops(chain), "accepted"
    elif detail := challenge(answer.status, answer.headers, page):
        verdict, reason = Verdict.BLOCKED, "challenge"
    elif refusal := _of_status(answer):
        verdict, reason = refusal, "status"
    elif stand_in := _of_place(first, chain, page):
        verdict, reason = stand_in
    else:
        verdict, reason = _of_hops(chain), "status"
    return Evidence(verdict, reason, detail or "", answer.status, chain.last.whole, chain.hops)


def with_fragment(evidence: Evidence, fragment: str | None, page: Page | None) -> Evidence:
    """The same for an address that names a place on the page."""
    if fragment is None or not evidence.verdict.is_success:
        return evidence
    if "#" in (evidence.final or ""):
        return evidence  # a redirect has named another place, which goes before it
    lack = missing(fragment, page)
    if lack is None:
        return evidence
    return evidence._replace(verdict=Verdict.NO_SUCH_FRAGMENT, reason="fragment", nearest=lack.nearest)


def _of_status(answer: Answer) -> Verdict | None:
    """Why an answer can be no page; None where it is one."""
    status = answer.status
    if answer.wants_rest:
        return Verdict.RATE_LIMITED
    if status in _GONE:
        return Verdict.BROKEN
    # Below 200 there is no page, whatever was to come of it.
    if status < 200 or 500 <= status != _LINKEDIN or status in _PASSING:
        return Verdict.UNREACHABLE
    return Verdict.BLOCKED if status >= 400 else None


def _of_place(first: Target, chain: Chain, page: Page | None) -> tuple[Verdict, str] | None:
    """What stands where the page that was asked for should be, with its reason; None where nothing does."""
    last, has_moved = chain.last, bool(chain.hops)
    if is_forbidden(first, last, page):
        return Verdict.BLOCKED, "law"
    if is_parked(first, last, page):
        return Verdict.SOFT_404, "parked"
    if has_moved and is_login(first, last):
        return Verdict.BLOCKED, "login"
    if has_moved and is_consent(first, last):
        return Verdict.BLOCKED, "consent"
    if has_moved and is_gate(first, last):
        return Verdict.BLOCKED, "gate"
    if page is not None and says_not_found(last.host, page):
        return Verdict.SOFT_404, "platform"
    if has_moved and ends_at_front(first, last):
        return Verdict.SOFT_404, "front-page"
    return None


def _of_hops(chain: Chain) -> Verdict:
    if not chain.hops:
        return Verdict.ALIVE
    return Verdict.MOVED if all(hop.status in _PERMANENT for hop in chain.hops) else Verdict.REDIRECTED


def _of_failure(chain: Chain, failure: Failure) -> Evidence:
    match failure:
        case Refused():
            verdict = Verdict.REFUSED
        case BadLocation(reason="scheme"):
            # It hands over to a program (`market:`, `kakaotalk:`), which is never opened.
            verdict = Verdict.REFUSED
        case NoSuchHost():
            verdict = Verdict.GONE
        case Untrusted(reason="client-certificate" | "http2"):
            verdict = Verdict.BLOCKED
        case Untrusted():
            verdict = Verdict.TLS
        case Resting(reason="retry-after"):
            verdict = Verdict.RATE_LIMITED
        case EndlessRedirect() | BadLocation() | _:
            verdict = Verdict.UNREACHABLE
    return Evidence(verdict, failure.reason, failure.detail, None, chain.last.text, chain.hops)
