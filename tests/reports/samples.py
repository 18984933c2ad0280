"""Findings made by hand, for reports to show."""

from __future__ import annotations

from postlint.findings import Edit, Finding, Fix, Message, Safety, Severity, Span, Text
from postlint.post.source import Source
from postlint.run.located import Located, locate

MESSAGE = Text(en="`{word}` is not a season", ko="`{word}`은(는) 철이 아닙니다")
TITLE = Text(en="write `{new}`", ko="`{new}`(으)로 쓰기")


def located(
    marked: str,
    *,
    path: str = "_posts/2024-05-01-봄.md",
    severity: Severity = Severity.WARNING,
    replacement: str | None = None,
    safety: Safety = Safety.SAFE,
) -> Located:
    """The finding whose span ⟦⟧ marks in a file's text; with a fix if there is a `replacement`."""
    start = marked.index("⟦")
    end = marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    span = Span(start, end)
    fix = None
    if replacement is not None:
        fix = Fix((Edit(span, replacement),), safety, Message(TITLE, {"new": replacement}))
    message = Message(MESSAGE, {"word": text[start:end]})
    return locate(path, Source(text), Finding("ZZZ001", "no-season", severity, span, message, fix))
