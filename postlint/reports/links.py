"""The report of `postlint links`: for people, and as JSON for programs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from postlint.findings import Text
from postlint.reports import visible
from postlint.reports.cells import padded, width
from postlint.reports.text import Style
from postlint.run.inventory import Entry, Inventory
from postlint.web.verdicts import STRIKES, Verdict
from postlint.web.words import VERDICTS, in_words

FROM_WORST = (
    *(Verdict.BROKEN, Verdict.GONE, Verdict.INCOMPLETE, Verdict.INVALID, Verdict.SOFT_404, Verdict.TLS),
    *(Verdict.UNREACHABLE, Verdict.NO_SUCH_FRAGMENT, Verdict.MOVED, Verdict.BLOCKED, Verdict.RATE_LIMITED),
    *(Verdict.REFUSED, Verdict.UNASKED, Verdict.REDIRECTED, Verdict.ALIVE),
)
"""The verdicts in the order in which they matter to a reader."""
_RANK = {verdict: rank for rank, verdict in enumerate(FROM_WORST)}
_WELL = frozenset((Verdict.ALIVE, Verdict.REDIRECTED))
_COLOURS = {
    **dict.fromkeys(
        (Verdict.BROKEN, Verdict.GONE, Verdict.INCOMPLETE, Verdict.INVALID, Verdict.SOFT_404), "red"
    ),
    **dict.fromkeys((Verdict.TLS, Verdict.UNREACHABLE, Verdict.NO_SUCH_FRAGMENT, Verdict.MOVED), "yellow"),
    **dict.fromkeys(_WELL, "green"),
}
_STATUS_WIDTH = 3
_encoded = json.JSONEncoder(ensure_ascii=False).encode

_MORE = Text(en=" or {more} more", ko=" 외 {more}개")
_MOST_CANDIDATES = 10
_NEAREST = Text(en="{reason}; the nearest is `{nearest}`", ko="{reason}. 가장 비슷한 것은 `{nearest}`입니다")
_WAITING = Text(
    en="It was there on {day}; failure {strikes} of {most}.",
    ko="{day}에는 열렸습니다({most}번 중 {strikes}번째 실패).",
)
_DEAD = Text(
    en="It was there on {day}, and has failed {strikes} times since.",
    ko="{day}에는 열렸고, 그 뒤로 {strikes}번 실패했습니다.",
)
_WAS = Text(en="{reason}: it was `{candidates}`", ko="{reason}. 원래 주소는 `{candidates}`입니다")
_SILENT = Text(
    en="{reason}: it may have been `{candidates}`, which does not answer now",
    ko="{reason}. 원래 주소는 `{candidates}`일 수 있지만 지금은 열리지 않습니다",
)
_MAYBE = Text(
    en="{reason}: it may have been `{candidates}`, but the host has more addresses than were looked through",
    ko="{reason}. 원래 주소는 `{candidates}`일 수 있지만, 호스트의 주소가 많아 다 살펴보지는 못했습니다",
)
_SEVERAL = Text(
    en="{reason}: it may have been `{candidates}`", ko="{reason}. 원래 주소일 수 있는 것: `{candidates}`"
)
_NO_LINKS = Text(en="No address leads out of the blog.", ko="블로그 밖으로 나가는 주소가 없습니다.")
_TOTAL = Text(
    en="{addresses}: {parts}. {requests} in {seconds} s.",
    ko="주소 {addresses_ko}개: {parts}. 요청 {requests_ko}번, {seconds}초.",
)


def colour_of(verdict: Verdict) -> str:
    """The terminal's colour that a verdict is shown in."""
    return _COLOURS.get(verdict, "cyan")


def listed(found: Inventory, *, shows_all: bool) -> Iterator[Entry]:
    """The entries to show, the worst first; without `shows_all`, those with which something is the matter."""
    for entry in sorted(found.entries, key=lambda one: _RANK[one.probe.verdict]):
        if shows_all or not _is_only_counted(entry):
            yield entry


def _is_only_counted(entry: Entry) -> bool:
    """Whether all is well with it, or nothing known: the user excluded it, was off line, or ended the run."""
    verdict = entry.probe.verdict
    return verdict in _WELL or verdict is Verdict.UNASKED or entry.probe.evidence.reason == "excluded"


def row(entry: Entry, language: str, style: Style) -> str:
    """A few lines for one address. It is shown whole on a line of its own, however long it is."""
    probe = entry.probe
    evidence = probe.evidence
    words = VERDICTS[probe.verdict].render(language)
    column = max(width(text.render(language)) for text in VERDICTS.values())
    margin = " " * (column + _STATUS_WIDTH + 4)
    status = "" if evidence.status is None else str(evidence.status)
    lines = [
        f"{style(padded(words, column), fg=colour_of(probe.verdict), bold=True)}  {status:>{_STATUS_WIDTH}}  "
        f"{style(visible(probe.address), bold=True)}"
    ]
    lines += [margin + line for line in _details(entry, language)]
    lines += [
        f"{margin}{style(visible(f'{one.path}:{one.line}:{one.column}'), dim=True)}" for one in entry.places
    ]
    return "\n".join(lines)


def _details(entry: Entry, language: str) -> Iterator[str]:
    probe = entry.probe
    if not (probe.verdict.is_success and probe.evidence.reason == "status"):
        yield visible(_reason(entry, language))
    if entry.leads_to is not None and (probe.evidence.chain or entry.restoration is not None):
        yield f"→ {visible(entry.leads_to)}"
    if probe.verdict.is_failure and probe.last_alive is not None:
        text = _DEAD if probe.is_dead else _WAITING
        values = {"day": _time(probe.last_alive)[:10], "strikes": probe.strikes, "most": STRIKES}
        yield text.render(language, values)


def _reason(entry: Entry, language: str) -> str:
    """Why the address has its verdict, and what the author may have meant instead."""
    reason = in_words(entry.probe.evidence).render(language)
    nearest, candidates = entry.probe.evidence.nearest, entry.candidates
    if nearest is not None:
        return _NEAREST.render(language, {"reason": reason, "nearest": nearest})
    if not candidates:
        return reason
    text = _SEVERAL if len(candidates) > 1 else _WAS
    if entry.leads_to is None and len(candidates) == 1:
        text = _SILENT if entry.restoration is None or entry.restoration.is_all else _MAYBE
    values = {"reason": reason, "candidates": "`, `".join(candidates[:_MOST_CANDIDATES])}
    told = text.render(language, values)
    more = len(candidates) - _MOST_CANDIDATES
    return told if more <= 0 else told + _MORE.render(language, {"more": more})


def total(found: Inventory, language: str) -> str:
    """The last line: how many addresses of each verdict, and what it cost to know."""
    if not found.entries:
        return _NO_LINKS.render(language)
    counts = found.counts
    parts = ", ".join(
        f"{VERDICTS[verdict].render(language)} {counts[verdict]}"
        if language == "ko"
        else f"{counts[verdict]} {VERDICTS[verdict].render(language)}"
        for verdict in FROM_WORST
        if counts[verdict]
    )
    count = len(found.entries)
    values = {
        "addresses": f"{count} address{'' if count == 1 else 'es'}",
        "addresses_ko": count,
        "parts": parts,
        "requests": f"{found.requests} request{'' if found.requests == 1 else 's'}",
        "requests_ko": found.requests,
        "seconds": f"{found.seconds:.1f}",
    }
    return _TOTAL.render(language, values)


def document(found: Inventory) -> str:
    """The whole report as JSON: sorted by address, and each on one line, for who compares two of them."""
    # Indented, a report on thousands would take four times as long.
    counts = {verdict.value: count for verdict, count in found.counts.items()}
    summary = {**counts, "requests": found.requests, "seconds": round(found.seconds, 3)}
    links = ",\n".join(_encoded(_link(entry)) for entry in found.entries)
    text = f'{{"links": [\n{links}\n],\n"summary": {_encoded(summary)}}}\n'
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _link(entry: Entry) -> dict[str, Any]:
    probe = entry.probe
    evidence = probe.evidence
    return {
        "url": probe.address,
        "verdict": probe.verdict.value,
        "status": evidence.status,
        "final_url": entry.leads_to,
        "chain": [{"url": hop.address, "status": hop.status} for hop in evidence.chain],
        "reason": evidence.reason or "interrupted",
        "strikes": probe.strikes,
        "last_alive": None if probe.last_alive is None else _time(probe.last_alive),
        "occurrences": [{"path": one.path, "line": one.line, "column": one.column} for one in entry.places],
    }


def _time(seconds: float) -> str:
    """Unix seconds as ISO 8601 in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
