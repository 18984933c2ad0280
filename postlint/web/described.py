"""Answers as a rule's page describes them: what the web says in an example."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.findings import Text
from postlint.web.answers import Answers
from postlint.web.verdicts import Probe, Restoration, Verdict
from postlint.web.words import in_words

_MOVED = Text(
    en="the page has moved to `{final}` for good (seen by {runs})",
    ko="페이지가 `{final}`(으)로 완전히 옮겨졌습니다({runs} 확인)",
)
_ONE_RUN, _RUNS = (
    Text(en="one run", ko="한 번"),
    Text(en="{count} runs", ko="{count}번"),
)
_REDIRECTED = Text(
    en="the server leads on to `{final}` for now", ko="서버가 잠시 `{final}`(으)로 넘겨 줍니다"
)
_SECURE = Text(en="`https://` leads to the same", ko="`https://`로도 똑같이 열립니다")
_NEAREST = Text(en="the nearest is `{nearest}`", ko="가장 비슷한 id는 `{nearest}`입니다")
_BEFORE = Text(
    en="it was there before, and has failed {strikes} times, days apart",
    ko="전에는 열렸고, 며칠씩 사이를 두고 {strikes}번 실패했습니다",
)
_BEFORE_ONCE = Text(en="it was there before", ko="전에는 열렸습니다")
_ARCHIVED = Text(en="an archive has the page", ko="웹 아카이브에 그 페이지가 있습니다")
_CERTAIN = Text(en="`{whole}` is found, and opens", ko="`{whole}`을(를) 찾았고 열립니다")
_SILENT = Text(en="`{whole}` is found, and does not open", ko="`{whole}`을(를) 찾았지만 열리지 않습니다")
_SEVERAL = Text(en="{candidates} are found", ko="{candidates}을(를) 찾았습니다")
_NONE = Text(en="no whole address is found", ko="온전한 주소를 찾지 못했습니다")


def described(answers: Answers, language: str) -> str:
    """What `answers` say, as clauses without a full stop."""
    parts = [part for probe in answers.probes.values() for part in _of_probe(probe, language)]
    parts += [_ARCHIVED.render(language)] if answers.archived else []
    parts += [_of_restoration(one, language) for one in answers.restorations.values()]
    return ("; " if language == "en" else ". ").join(parts)


def _of_probe(probe: Probe, language: str) -> Iterator[str]:
    evidence = probe.evidence
    if evidence.verdict is Verdict.MOVED:
        runs = _ONE_RUN if probe.confirmations == 1 else _RUNS
        said = runs.render(language, {"count": probe.confirmations})
        yield _MOVED.render(language, {"final": evidence.final, "runs": said})
    elif evidence.verdict is Verdict.REDIRECTED:
        yield _REDIRECTED.render(language, {"final": evidence.final})
    else:
        yield in_words(evidence).render(language)
    if evidence.nearest is not None:
        yield _NEAREST.render(language, {"nearest": evidence.nearest})
    if evidence.upgrade:
        yield _SECURE.render(language)
    if probe.last_alive is not None and evidence.verdict.is_failure:
        text = _BEFORE if probe.strikes > 1 else _BEFORE_ONCE
        yield text.render(language, {"strikes": probe.strikes})


def _of_restoration(restoration: Restoration, language: str) -> str:
    candidates = restoration.candidates
    if not candidates:
        return _NONE.render(language)
    if len(candidates) > 1:
        return _SEVERAL.render(language, {"candidates": ", ".join(f"`{one}`" for one in candidates)})
    text = _SILENT if restoration.certain is None else _CERTAIN
    return text.render(language, {"whole": candidates[0]})
