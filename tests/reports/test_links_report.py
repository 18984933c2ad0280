"""The list of addresses, as text and as JSON."""

from __future__ import annotations

import json

import pytest

from postlint.reports.cells import width
from postlint.reports.links import FROM_WORST, document, listed, row, total
from postlint.run.inventory import Entry, Inventory
from postlint.run.links import Place
from postlint.web.verdicts import Evidence, Hop, Probe, Restoration, Verdict
from postlint.web.words import VERDICTS

NOVEMBER = 1_700_000_000.0
"""The 14th of November 2023, 22:13:20 UTC."""
PLACE = Place("_posts/2024-05-01-봄.md", 5, 7)


def entry(evidence: Evidence, restoration: Restoration | None = None, **known: float) -> Entry:
    probe = Probe("https://a.kr/한글", evidence)
    return Entry(probe._replace(**known), restoration, (PLACE,))  # type: ignore[arg-type]


def plain(text: str, **_: object) -> str:
    return text


def lines(one: Entry, language: str = "en") -> list[str]:
    """What is said of an address below it."""
    first, *others = row(one, language, plain).splitlines()
    assert first.endswith("  https://a.kr/한글")
    return [line.strip() for line in others][:-1]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_addresses_stand_below_each_other_whatever_the_verdict(language: str) -> None:
    rows = [row(entry(Evidence(verdict, "", status=404)), language, plain) for verdict in Verdict]
    assert len({width(one.partition("https:")[0]) for one in rows}) == 1
    for one in rows:
        margin = width(one.partition("https:")[0])
        assert all(line[:margin].isspace() for line in one.splitlines()[1:])


def test_a_verdict_without_words_of_its_own_place_is_none() -> None:
    assert set(FROM_WORST) == set(Verdict) == set(VERDICTS)


def test_a_long_address_is_shown_whole_and_in_one_piece() -> None:
    address = "https://a.kr/" + "%ED%95%9C" * 200
    probe = Probe(address, Evidence(Verdict.BROKEN, "status", status=404))
    assert row(Entry(probe, None, ()), "en", plain).splitlines()[0].endswith(f"  {address}")


def test_no_address_gives_the_terminal_orders() -> None:
    evidence = Evidence(
        Verdict.MOVED,
        "\x1b]0;a\x07",
        status=200,
        final="http://b.kr/\x1b[2J",
        chain=(Hop("http://b.kr/", 301),),
    )
    probe = Probe("http://a.kr/\x1b[31m\r\n", evidence)
    shown = row(Entry(probe, None, (Place("\x1b[1m.md", 1, 1),)), "en", plain)
    assert "\x1b" not in shown
    assert "\r" not in shown


DETAILS = [
    (entry(Evidence(Verdict.ALIVE, "status", status=200, final="https://a.kr/%ED")), [], []),
    (
        entry(Evidence(Verdict.MOVED, "status", status=200, final="https://b.kr/", chain=(Hop("c", 301),))),
        ["→ https://b.kr/"],
        ["→ https://b.kr/"],
    ),
    (
        entry(Evidence(Verdict.NO_SUCH_FRAGMENT, "fragment", status=200, nearest="봄")),
        ["nothing on the page has the id; the nearest is `봄`"],
        ["페이지에 그런 id가 없습니다. 가장 비슷한 것은 `봄`입니다"],
    ),
    (
        entry(Evidence(Verdict.GONE, "no-such-host", final="https://b.kr/", chain=(Hop("c", 301),))),
        ["there is no such host", "→ https://b.kr/"],
        ["없는 도메인입니다", "→ https://b.kr/"],
    ),
    (
        entry(Evidence(Verdict.UNREACHABLE, "timeout"), last_alive=NOVEMBER, strikes=2),
        ["it does not answer in time", "It was there on 2023-11-14; failure 2 of 3."],
        ["제시간에 응답이 오지 않았습니다", "2023-11-14에는 열렸습니다(3번 중 2번째 실패)."],
    ),
    (
        entry(Evidence(Verdict.UNREACHABLE, "timeout"), last_alive=NOVEMBER, strikes=3),
        ["it does not answer in time", "It was there on 2023-11-14, and has failed 3 times since."],
        ["제시간에 응답이 오지 않았습니다", "2023-11-14에는 열렸고, 그 뒤로 3번 실패했습니다."],
    ),
    (
        entry(Evidence(Verdict.INCOMPLETE, "elided"), Restoration(("http://b.kr/",), "http://b.kr/")),
        ["a part of it is missing: it was `http://b.kr/`", "→ http://b.kr/"],
        ["주소의 일부가 빠졌습니다. 원래 주소는 `http://b.kr/`입니다", "→ http://b.kr/"],
    ),
    (
        entry(Evidence(Verdict.INCOMPLETE, "elided"), Restoration(("http://b.kr/",))),
        ["a part of it is missing: it may have been `http://b.kr/`, which does not answer now"],
        ["주소의 일부가 빠졌습니다. 원래 주소는 `http://b.kr/`일 수 있지만 지금은 열리지 않습니다"],
    ),
    (
        entry(Evidence(Verdict.INCOMPLETE, "elided"), Restoration(("http://b.kr/",), is_all=False)),
        [
            "a part of it is missing: it may have been `http://b.kr/`, but the host has more addresses"
            " than were looked through"
        ],
        [
            "주소의 일부가 빠졌습니다. 원래 주소는 `http://b.kr/`일 수 있지만, 호스트의 주소가 많아 다"
            " 살펴보지는 못했습니다"
        ],
    ),
    (
        entry(Evidence(Verdict.INCOMPLETE, "elided"), Restoration(("http://b.kr/", "http://c.kr/"))),
        ["a part of it is missing: it may have been `http://b.kr/`, `http://c.kr/`"],
        ["주소의 일부가 빠졌습니다. 원래 주소일 수 있는 것: `http://b.kr/`, `http://c.kr/`"],
    ),
]


def test_of_many_that_it_may_have_been_some_are_shown() -> None:
    many = entry(
        Evidence(Verdict.INCOMPLETE, "elided"), Restoration(tuple(map("http://b.kr/{}".format, range(99))))
    )
    assert lines(many)[0].endswith("`http://b.kr/9` or 89 more")
    assert lines(many, "ko")[0].endswith("`http://b.kr/9` 외 89개")


@pytest.mark.parametrize(("one", "english", "korean"), DETAILS)
def test_below_an_address_stands_why_and_where_it_is_now(
    one: Entry, english: list[str], korean: list[str]
) -> None:
    assert lines(one) == english
    assert lines(one, "ko") == korean


def test_of_what_never_answered_json_has_no_end() -> None:
    never = entry(Evidence(Verdict.UNREACHABLE, "timeout", final="https://a.kr/%ED"))
    (link,) = json.loads(document(Inventory((never,), 1, 0.5)))["links"]
    assert (link["status"], link["final_url"], link["chain"]) == (None, None, [])


def test_times_are_told_in_utc() -> None:
    alive = entry(Evidence(Verdict.ALIVE, "status", status=200), last_alive=NOVEMBER)
    (link,) = json.loads(document(Inventory((alive,), 1, 0.5)))["links"]
    assert link["last_alive"] == "2023-11-14T22:13:20Z"


def test_the_same_inventory_gives_the_same_bytes() -> None:
    found = Inventory((entry(Evidence(Verdict.ALIVE, "status", status=200)),), 1, 0.25)
    assert document(found) == document(found)
    assert '"seconds": 0.25' in document(found)


def test_json_has_each_address_on_a_line_of_its_own() -> None:
    one = entry(Evidence(Verdict.ALIVE, "status", status=200))
    for count in range(3):
        text = document(Inventory((one,) * count, 1, 0.5))
        lines = [line for line in text.splitlines() if line.startswith('{"url"')]
        assert [json.loads(line.removesuffix(",")) for line in lines] == json.loads(text)["links"]
        assert len(lines) == count


def test_the_worst_come_first_and_what_is_well_or_not_known_only_if_asked_for() -> None:
    kinds = [
        Evidence(Verdict.ALIVE, "status"),
        Evidence(Verdict.REFUSED, "excluded"),
        Evidence(Verdict.REFUSED, "private"),
        Evidence(Verdict.TLS, "expired"),
        Evidence(Verdict.BROKEN, "status"),
        Evidence(Verdict.UNASKED, "offline"),
    ]
    found = Inventory(tuple(map(entry, kinds)), 0, 0.0)
    assert [one.probe.evidence for one in listed(found, shows_all=False)] == [kinds[4], kinds[3], kinds[2]]
    assert len(list(listed(found, shows_all=True))) == 6


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1 address: 1 broken. 1 request in 0.5 s."), ("ko", "주소 1개: 깨짐 1. 요청 1번, 0.5초.")],
)
def test_the_total_counts_each_verdict(language: str, said: str) -> None:
    assert total(Inventory((entry(Evidence(Verdict.BROKEN, "status")),), 1, 0.5), language) == said
