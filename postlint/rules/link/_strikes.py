"""Failures over days: what was alive once is dead only after several, some days apart."""

from postlint.findings import Finding, Fix, Message, Severity, Text
from postlint.rule import LinkRule
from postlint.web.answers import Occurrence
from postlint.web.verdicts import STRIKES

_WAITING = Text(
    en="; it was there before: failure {strikes} of {most}",
    ko=". 전에는 열렸습니다({most}번 중 {strikes}번째 실패)",
)


def dead_or_waiting(
    rule: LinkRule, occurrence: Occurrence, message: Message, fix: Fix | None = None
) -> Finding:
    """A finding of `rule`, which is for information only as long as the address may come back."""
    probe, span = occurrence.probe, occurrence.reference.span
    if probe.is_dead:
        return rule.finding(span, fix=fix)._replace(message=message)
    return rule.finding(span, severity=Severity.INFO)._replace(message=waiting(occurrence, message))


def waiting(occurrence: Occurrence, message: Message) -> Message:
    """`message`, which goes on to say that the address was there before."""
    longer = Text(en=message.text.en + _WAITING.en, ko=message.text.ko + _WAITING.ko)
    return Message(longer, {**message.values, "strikes": occurrence.probe.strikes, "most": STRIKES})
