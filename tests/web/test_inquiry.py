"""What else is asked once the verdicts are there."""

from __future__ import annotations

import pytest

from postlint.web.inquiry import is_lost
from postlint.web.verdicts import Evidence, Probe, Verdict


@pytest.mark.parametrize(
    ("verdict", "last_alive", "strikes", "expected"),
    [
        (Verdict.BROKEN, None, 1, True),
        (Verdict.GONE, None, 1, True),
        (Verdict.SOFT_404, None, 1, True),
        (Verdict.BROKEN, 1.0, 2, False),
        (Verdict.BROKEN, 1.0, 3, True),
        (Verdict.UNREACHABLE, None, 2, False),
        (Verdict.UNREACHABLE, 1.0, 3, True),
        (Verdict.UNREACHABLE, None, 3, True),
        (Verdict.TLS, None, 3, False),
        (Verdict.BLOCKED, None, 0, False),
        (Verdict.ALIVE, 1.0, 0, False),
    ],
)
def test_an_archive_is_asked_for_what_is_dead(
    verdict: Verdict, last_alive: float | None, strikes: int, expected: bool
) -> None:
    known = Probe("https://a.test/", Evidence(verdict), last_alive=last_alive, strikes=strikes)
    assert is_lost(known) is expected
