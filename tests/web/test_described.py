"""What a rule's page says of the web's answers in its examples."""

from __future__ import annotations

import pytest

from postlint.web.answers import Answers
from postlint.web.described import described
from postlint.web.verdicts import Evidence, Hop, Probe, Restoration, Verdict

PAGE, NEW = "https://a.test/봄", "https://b.test/봄"
HOPS = (Hop(PAGE, 301),)


def known(evidence: Evidence, **more: float) -> Answers:
    return Answers.of(Probe(PAGE, evidence, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "english", "korean"),
    [
        (
            known(Evidence(Verdict.BROKEN, "status", status=404)),
            "the server has no such page (404)",
            "서버에 그런 페이지가 없습니다(404)",
        ),
        (
            known(Evidence(Verdict.MOVED, "status", final=NEW, chain=HOPS), confirmations=2),
            f"the page has moved to `{NEW}` for good (seen by 2 runs)",
            f"페이지가 `{NEW}`으로 완전히 옮겨졌습니다(2번 확인)",
        ),
        (
            known(Evidence(Verdict.UNREACHABLE, "timeout"), last_alive=1.0, strikes=2),
            "it does not answer in time; it was there before, and has failed 2 times, days apart",
            "제시간에 응답이 오지 않았습니다. 전에는 열렸고, 며칠씩 사이를 두고 2번 실패했습니다",
        ),
        (
            known(Evidence(Verdict.NO_SUCH_FRAGMENT, "fragment", nearest="꽃")),
            "nothing on the page has the id; the nearest is `꽃`",
            "페이지에 그런 id가 없습니다. 가장 비슷한 id는 `꽃`입니다",
        ),
        (
            Answers(restorations={PAGE: Restoration((NEW,), NEW)}),
            f"`{NEW}` is found, and opens",
            f"`{NEW}`을 찾았고 열립니다",
        ),
        (
            Answers(restorations={PAGE: Restoration(())}),
            "no whole address is found",
            "온전한 주소를 찾지 못했습니다",
        ),
    ],
)
def test_answers_are_described_in_clauses(answers: Answers, english: str, korean: str) -> None:
    assert described(answers, "en") == english
    assert described(answers, "ko") == korean
