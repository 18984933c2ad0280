"""What rules about incomplete addresses say once the web has been asked for the whole ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.findings import Edit, Finding, Message, Safety, Text
from postlint.rule import Rule, fix
from postlint.urls import as_destination

if TYPE_CHECKING:
    from collections.abc import Callable

    from postlint.site.page_facts import Reference
    from postlint.web.answers import Answers
    from postlint.web.verdicts import Restoration

_CERTAIN = Text(en=": it was `{whole}`", ko=". 원래 주소는 `{whole}`입니다")
_SILENT = Text(
    en=": it may have been `{whole}`, which does not answer now",
    ko=". 원래 주소는 `{whole}`일 수 있지만 지금은 열리지 않습니다",
)
_MAYBE = Text(
    en=": it may have been `{whole}`, but the host has more addresses than were looked through",
    ko=". 원래 주소는 `{whole}`일 수 있지만, 호스트의 주소가 많아 다 살펴보지는 못했습니다",
)
_SEVERAL = Text(
    en=": it may have been {candidates}{more}", ko=". 원래 주소일 수 있는 것: {candidates}{more_ko}"
)
_RESTORE = Text(en="restore `{whole}`", ko="`{whole}`(으)로 되살리기")
_SHOWN = 3
"""Candidates that a message lists."""


def found_for(cut: str, *candidates: str, opens: bool = False) -> Callable[[], Answers]:
    """What an example says of the web: these fit around what `cut` lacks, and the only one opens or not."""

    def answers() -> Answers:
        from postlint.web.answers import Answers
        from postlint.web.verdicts import Restoration

        certain = candidates[0] if opens else None
        return Answers(restorations={cut: Restoration(candidates, certain)})

    return answers


class RestorableRule(Rule):
    """A rule about addresses of which a part is missing, and may be found again."""

    def restored(self, finding: Finding, reference: Reference, restoration: Restoration) -> Finding:
        """`finding`, with what the address of `reference` was, or what it may have been.

        The only one that fits, and answers, is a repair of the whole address.
        """
        candidates = restoration.candidates
        if not candidates:
            return finding
        if len(candidates) > 1:
            more = len(candidates) - _SHOWN
            return _with(
                finding,
                _SEVERAL,
                candidates=", ".join(f"`{candidate}`" for candidate in candidates[:_SHOWN]),
                more=f" or {more} more" if more > 0 else "",
                more_ko=f" 외 {more}개" if more > 0 else "",
            )
        whole = restoration.certain
        if whole is None:
            return _with(finding, _SILENT if restoration.is_all else _MAYBE, whole=candidates[0])
        told = _with(finding, _CERTAIN, whole=whole)
        if not reference.is_verbatim:
            return told
        edit = Edit(reference.span, as_destination(whole))
        return told._replace(fix=fix(Safety.REPAIR, _RESTORE, edit, whole=whole))


def _with(finding: Finding, text: Text, **values: object) -> Finding:
    """`finding` with a message that goes on by `text`."""
    said = finding.message
    longer = Text(en=said.text.en + text.en, ko=said.text.ko + text.ko)
    return finding._replace(message=Message(longer, {**said.values, **values}))
