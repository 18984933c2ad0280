"""What the web answered, brought to the places where files have its addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.liquid import UNKNOWN
from postlint.urls import cut_escapes, elisions, percent_encode
from postlint.web.verdicts import Evidence, Probe, Restoration, Verdict

if TYPE_CHECKING:
    from postlint.site.page_facts import Reference

_WEB = lazy(r"(?i)(?:https?:)?//[^/?#]")


class Occurrence(NamedTuple):
    """An address where a file has it, and what is known of it."""

    reference: Reference
    probe: Probe
    archived: str | None = None
    """Where an archive shows the page as it was about the day of the post; None if that was not asked, or
    there is no such page."""


class Answers(NamedTuple):
    """All that a run knows of the web, by the addresses as they are asked for (`asked_as`)."""

    probes: Mapping[str, Probe] = {}
    restorations: Mapping[str, Restoration] = {}
    """What addresses may have been that a part is missing of."""
    archived: Mapping[tuple[str, str], str] = {}
    """The archive's pages, by the address and the day (YYYY-MM-DD, or empty) of the post that has it."""
    escaped: Mapping[str, str] = {}
    """The addresses that are not all ASCII, by what they are with escapes: a fix may write them so."""

    @classmethod
    def of(cls, *probes: Probe, archived: str | None = None) -> Answers:
        """What is known of each address that one of `probes` has; `archived` shows the first of them."""
        pages = {} if archived is None else {(probes[0].address, ""): archived}
        return cls({probe.address: probe for probe in probes}, archived=pages)

    def joined(self, others: Answers) -> Answers:
        """These and `others`."""
        given = (*others.probes, *others.restorations)
        return Answers(
            {**self.probes, **others.probes},
            {**self.restorations, **others.restorations},
            {**self.archived, **others.archived},
            {**self.escaped, **{percent_encode(one): one for one in given if not one.isascii()}},
        )

    def known_of(self, address: str) -> Probe:
        """What is known of `address`, which was to be asked for."""
        found = self.probes.get(address)
        if found is not None:
            return found
        incomplete = Evidence(Verdict.INCOMPLETE, "elided")
        return Probe(address, incomplete if is_incomplete(address) else Evidence(Verdict.UNASKED))

    def restoration_of(self, reference: Reference) -> Restoration | None:
        """What the address of `reference` may have been, if a part of it is missing."""
        address = asked_as(reference.address)
        return None if address is None else self.restorations.get(self._as_given(address, self.restorations))

    def _as_given(self, address: str, known: Mapping[str, object]) -> str:
        """`address` as it is among `known`, if a fix has written it with escapes."""
        return address if address in known else self.escaped.get(address, address)

    def occurrences(self, references: Iterable[Reference], day: str = "") -> Iterator[Occurrence]:
        """Those of `references`, of a post of this day, of whose address something is known."""
        for reference in references:
            address = asked_as(reference.address)
            if address is None:
                continue
            probe = self.probes.get(self._as_given(address, self.probes))
            if probe is not None:
                page = self.archived.get((probe.address, day)) or self.archived.get((probe.address, ""))
                yield Occurrence(reference, probe, page)


def asked_as(address: str) -> str | None:
    """What is asked for where a page has `address`; None where that is not on the web, or cannot be told.

    The page of an address without a scheme (`//host/path`) is taken to be served by https.
    """
    if UNKNOWN in address or not _WEB.match(address):
        return None
    return f"https:{address}" if address.startswith("//") else address


def is_incomplete(address: str) -> bool:
    """Whether a part of `address` was left out or lost, so that there is no use in asking for it."""
    return bool(elisions(address) or cut_escapes(address))
