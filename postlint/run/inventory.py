"""Every address that leads out of a run's sites, with what is known of it and where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from postlint.named import NamedTuple
from postlint.run.links import Inquired, Place
from postlint.web.verdicts import Probe, Restoration, Verdict


class Entry(NamedTuple):
    """One address."""

    probe: Probe
    restoration: Restoration | None
    """For one of which a part is missing: what it may have been."""
    places: tuple[Place, ...]
    """Where it stands, in the order of files and lines."""

    @property
    def address(self) -> str:
        return self.probe.address

    @property
    def candidates(self) -> tuple[str, ...]:
        return () if self.restoration is None else self.restoration.candidates

    @property
    def leads_to(self) -> str | None:
        """The address that gave the last answer, or at which redirects ended without one; of one that lacks
        a part, the whole. None where there is none."""
        if self.restoration is not None:
            return self.restoration.certain
        evidence = self.probe.evidence
        return evidence.final if evidence.status is not None or evidence.chain else None


class Inventory(NamedTuple):
    """All entries, sorted by address, and what they cost."""

    entries: tuple[Entry, ...]
    requests: int
    seconds: float

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many addresses there are of each verdict, in the order of the verdicts."""
        counts = dict.fromkeys(Verdict, 0)
        for entry in self.entries:
            counts[entry.probe.verdict] += 1
        return counts

    @property
    def has_dead(self) -> bool:
        """Whether any address fails for good."""
        return any(entry.probe.is_dead for entry in self.entries)


def inventory(inquired: Inquired) -> Inventory:
    """What a run has asked, as a list."""
    answers = inquired.answers
    entries = (
        Entry(answers.known_of(address), answers.restorations.get(address), places)
        for address, places in sorted(inquired.places.items())
    )
    return Inventory(tuple(entries), inquired.requests, inquired.seconds)
