"""What is known over days."""

from __future__ import annotations

import contextlib
import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.web.memory import VERSION, Memory, NotAMemoryError, exported
from postlint.web.soft404 import Sibling
from postlint.web.verdicts import Evidence, Hop, Verdict
from tests.web.hostile import DAY, HostileWeb, Request, answer, redirect

ADDRESS = "https://a.test/%EA%B8%80"


class Days:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, days: float) -> None:
        self.now += days * DAY


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def memory(days: Days, tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "cache" / "links.sqlite", days, random.Random(1)) as made:
        yield made


def keep(memory: Memory, verdict: Verdict) -> tuple[int, bool]:
    """The strikes, and whether the address is dead now."""
    probe = memory.keep(ADDRESS, Evidence(verdict, "status")).probe(ADDRESS, remembered=False)
    return probe.strikes, probe.is_dead


def test_any_number_of_addresses_is_recalled_at_once(memory: Memory) -> None:
    addresses = [f"{ADDRESS}/{number}" for number in range(1_300)]
    kept = {one: memory.keep(one, Evidence(Verdict.ALIVE, "status")) for one in addresses}
    assert memory.recall_all([*addresses, addresses[0], f"{ADDRESS}/unknown"]) == kept
    memory.save()
    assert memory.recall_all([*addresses, addresses[0], f"{ADDRESS}/unknown"]) == kept


def test_a_new_address_that_fails_is_dead_at_once(memory: Memory) -> None:
    assert keep(memory, Verdict.BROKEN) == (1, True)


@pytest.mark.parametrize("verdict", [Verdict.BROKEN, Verdict.GONE, Verdict.UNREACHABLE, Verdict.TLS])
def test_an_old_one_is_dead_after_three_failures_three_days_apart(
    memory: Memory, days: Days, verdict: Verdict
) -> None:
    keep(memory, Verdict.ALIVE)
    told = []
    for _ in range(9):
        days.pass_(1)
        told.append(keep(memory, verdict))
    assert told == [(1, False)] * 3 + [(2, False)] * 3 + [(3, True)] * 3


def test_one_success_wipes_out_the_failures(memory: Memory, days: Days) -> None:
    for verdict in (Verdict.ALIVE, Verdict.GONE, Verdict.GONE, Verdict.ALIVE, Verdict.GONE):
        days.pass_(4)
        last = keep(memory, verdict)
    assert last == (1, False)


@pytest.mark.parametrize("verdict", [Verdict.BLOCKED, Verdict.RATE_LIMITED])
def test_what_says_nothing_neither_adds_nor_wipes_out(memory: Memory, days: Days, verdict: Verdict) -> None:
    keep(memory, Verdict.ALIVE)
    keep(memory, Verdict.GONE)
    days.pass_(4)
    assert keep(memory, verdict) == (1, False)
    days.pass_(4)
    assert keep(memory, Verdict.GONE) == (2, False)


def test_a_record_comes_back_as_it_was(memory: Memory, days: Days, tmp_path: Path) -> None:
    evidence = Evidence(
        Verdict.MOVED, "status", "봄", 200, "https://b.test/", (Hop(ADDRESS, 301),), "가", "https://c.test/"
    )
    kept = memory.keep(ADDRESS, evidence)
    memory.save()
    with Memory(tmp_path / "cache" / "links.sqlite", days) as other:
        assert other.recall(ADDRESS) == kept


def test_a_success_is_fresh_for_about_a_week(memory: Memory, days: Days) -> None:
    lives = []
    for number in range(200):
        record = memory.keep(f"{ADDRESS}{number}", Evidence(Verdict.ALIVE))
        lives.append((record.fresh_until - days.now) / DAY)
    assert 5.5 < min(lives) < 6 < 8 < max(lives) < 8.5


@pytest.mark.parametrize(
    "verdict", [Verdict.BROKEN, Verdict.GONE, Verdict.TLS, Verdict.UNREACHABLE, Verdict.RATE_LIMITED]
)
def test_a_failure_is_no_answer_and_never_fresh(memory: Memory, verdict: Verdict) -> None:
    assert not memory.is_fresh(memory.keep(ADDRESS, Evidence(verdict)))


def test_a_second_run_asks_nothing_that_is_fresh(web: HostileWeb) -> None:
    root = web.site("a.test", {"/moved": redirect("/new", 301), "/lost": answer(404), "*": answer()})
    addresses = [f"{root}/1", f"{root}/moved", f"{root}/lost"]
    memory = web.memory()
    web.probe_all(addresses, memory)
    web.requests.clear()
    found = web.probe_all(addresses, memory)
    assert [one.remembered for one in found.values()].count(True) == 1
    assert {line.split()[1] for line in web.asked()} == {"/lost", "/moved", "/new"}
    web.requests.clear()
    web.probe_all(addresses, memory)
    assert {line.split()[1] for line in web.asked()} == {"/lost"}, "that it moved is confirmed"


def test_whether_https_is_there_is_asked_once_it_is_wanted(web: HostileWeb) -> None:
    address = web.site("a.test", answer()) + "/1"
    memory = web.memory()
    web.probe(address, memory)
    web.requests.clear()
    web.probe(address, memory, upgrades=True)
    assert web.asked() == ["HEAD /1"]
    assert web.probe(address, memory, upgrades=True).remembered


def test_a_move_is_confirmed_by_a_second_run(web: HostileWeb) -> None:
    root = web.site("a.test", {"/old": redirect("/new", 301), "/new": answer()})
    memory = web.memory()
    told = [web.probe(f"{root}/old", memory).confirmations for _ in range(3)]
    assert told == [1, 2, 2], "the third is remembered, for it is confirmed"


def test_who_asks_again_at_once_confirms_no_move_to_another_host(web: HostileWeb) -> None:
    old = web.site("a.test", redirect(web.site("b.test", answer()) + "/new", 301)) + "/old"
    memory = web.memory()
    told = []
    for _ in range(4):
        told.append(web.probe(old, memory, recheck=True).confirmations)
        web.now += DAY / 3
    assert told == [1, 1, 1, 2], "a day after the first look"


def test_a_move_to_another_host_is_confirmed_on_another_day(web: HostileWeb) -> None:
    new = web.site("b.test", answer())
    old = web.site("a.test", redirect(f"{new}/new/post", 301)) + "/old/post"
    memory = web.memory()
    assert [web.probe(old, memory).confirmations for _ in range(3)] == [1, 1, 1]
    web.now += 2 * DAY
    assert web.probe(old, memory).confirmations == 2


def test_a_move_elsewhere_is_a_new_one(web: HostileWeb) -> None:
    def somewhere(request: Request) -> bytes:
        return redirect("/a" if web.now < 1_700_000_000 + DAY else "/b", 301)

    root = web.site("a.test", {"/a": answer(), "/b": answer(), "*": somewhere})
    memory = web.memory()
    web.probe(f"{root}/old", memory)
    web.now += 2 * DAY
    assert web.probe(f"{root}/old", memory).confirmations == 1


def test_how_a_folder_answers_is_kept_for_about_a_month(memory: Memory, days: Days) -> None:
    memory.keep_sibling("https://a.test/b/", Sibling(False, "", "오류", "없음"))
    memory.save()
    days.pass_(20)
    assert memory.recall_sibling("https://a.test/b/") == Sibling(False, "", "오류", "없음")
    days.pass_(20)
    assert memory.recall_sibling("https://a.test/b/") is None


def record(**changes: object) -> str:
    """An exported line."""
    values = {
        "address": ADDRESS,
        "verdict": "alive",
        "first_seen": 1,
        "last_seen": 2,
        "strikes": 0,
        "confirmations": 1,
        "fresh_until": 3,
    }
    return json.dumps({**values, **changes})


def test_lines_are_sorted_and_come_back(memory: Memory, days: Days, tmp_path: Path) -> None:
    memory.keep("https://b.test/", Evidence(Verdict.ALIVE, "status", "", 200))
    memory.keep("https://a.test/", Evidence(Verdict.MOVED, chain=(Hop("https://a.test/", 308),)))
    lines = list(memory.export())
    assert [json.loads(line)["address"] for line in lines] == ["https://a.test/", "https://b.test/"]
    with Memory(tmp_path / "other.sqlite", days) as other:
        assert other.take_in(exported(lines)) == 2
        assert list(other.export()) == lines
        assert other.take_in(exported(lines)) == 0


def test_the_newer_of_two_records_counts(memory: Memory, days: Days) -> None:
    keep(memory, Verdict.ALIVE)
    old = list(memory.export())
    days.pass_(9)
    keep(memory, Verdict.GONE)
    assert memory.take_in(exported(old)) == 0
    with Memory(None, days) as other:
        other.take_in(exported(old))
        assert other.take_in(exported(memory.export())) == 1
        record = other.recall(ADDRESS)
    assert record is not None
    assert (record.evidence.verdict, record.strikes, record.last_alive) == (Verdict.GONE, 1, 1_700_000_000)


@pytest.mark.parametrize(
    ("alive", "failed", "strikes", "is_dead"),
    [
        (0, (3, 6, 9), 3, True),
        (1, (0, 3, 6), 2, False),
        (5, (0, 3, 6), 1, False),
        (7, (0, 3, 6), 0, False),
        (8, (3, 6, 9), 1, False),
    ],
)
@pytest.mark.parametrize("takes_in_failures", [True, False])
def test_what_was_alive_for_another_is_not_dead(
    alive: int, failed: tuple[int, ...], strikes: int, is_dead: bool, takes_in_failures: bool
) -> None:
    lucky, unlucky = Days(), Days()
    with Memory(None, lucky) as one, Memory(None, unlucky) as other:
        lucky.pass_(alive)
        keep(one, Verdict.ALIVE)
        for day in failed:
            unlucky.now = Days().now + day * DAY
            keep(other, Verdict.BROKEN)
        taking, given = (one, other) if takes_in_failures else (other, one)
        taking.take_in(exported(given.export()))
        known = taking.recall(ADDRESS)
        assert known is not None
        assert (known.strikes, known.probe(ADDRESS, remembered=True).is_dead) == (strikes, is_dead)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "line 2: it is no JSON"),
        ("[" * 100_000, "line 2: it is no JSON"),
        ("[]", "line 2: it is no record"),
        ("{}", "line 2: it is no record"),
        (record(verdict="dead"), 'line 2: `verdict` cannot be `"dead"`'),
        (record(verdict=None), "line 2: `verdict` cannot be `null`"),
        (record(last_seen=float("nan")), "line 2: `last_seen` cannot be `NaN`"),
        (record(strikes=True), "line 2: `strikes` cannot be `true`"),
        (record(strikes=10**30), "line 2: `strikes` cannot be `1000"),
        (record(chain=[["https://a.test/"]]), "line 2: `chain` cannot be"),
        (record(chain={"a": 1}), "line 2: `chain` cannot be"),
        (record(final="\ud800"), "line 2: `final` cannot be"),
        (record(verdikt="alive"), "line 2: unknown key `verdikt`"),
        ('{"address": "https://a.test/", "verdict": "alive"}', "line 2: `strikes` is missing"),
    ],
    ids=range(14),
)
def test_a_line_that_is_no_record_is_told(memory: Memory, line: str, message: str) -> None:
    keep(memory, Verdict.ALIVE)
    with pytest.raises(NotAMemoryError, match=re.escape(message)):
        exported([*memory.export(), line])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
KEYS = sorted({*json.loads(record()), "status", "chain", "final", "reason", "last_alive", "last_strike"})


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=3))
def test_whatever_a_line_says_it_is_told_or_can_be_kept(changes: dict[str, object]) -> None:
    try:
        records = exported([record(**changes)])
    except NotAMemoryError:
        return
    with Memory(None) as memory:
        memory.take_in(records)
        assert memory.trouble is None
        assert [one.address for one in exported(memory.export())] == [records[0].address]


def test_of_one_address_in_two_lines_the_newer_counts(days: Days) -> None:
    lines = [record(last_seen=9, strikes=9), record(last_seen=8, strikes=8)]
    for order in (lines, lines[::-1]):
        with Memory(None, days) as memory:
            memory.take_in(exported(order))
            assert [one.strikes for one in memory.records()] == [9]


def test_no_verdict_of_others_holds_for_ever(memory: Memory, days: Days) -> None:
    memory.take_in(exported([record(fresh_until=2**50)]))
    days.pass_(9)
    kept = memory.recall(ADDRESS)
    assert kept is not None
    assert not memory.is_fresh(kept)


def test_a_file_of_a_later_postlint_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    with Memory(path):
        pass
    with sqlite3.connect(path) as file:
        file.execute(f"PRAGMA user_version = {VERSION + 1}")
    file.close()
    with Memory(path) as memory:
        assert memory.trouble == f"made by a later postlint (version {VERSION + 1})"
        keep(memory, Verdict.ALIVE)
        assert memory.recall(ADDRESS) is not None


def test_a_file_of_an_earlier_postlint_is_brought_up_to_date(tmp_path: Path, days: Days) -> None:
    path = tmp_path / "links.sqlite"
    with Memory(path, days) as memory:
        kept = memory.keep(ADDRESS, Evidence(Verdict.ALIVE))
    with sqlite3.connect(path) as file:
        file.execute("DROP TABLE restoration")
        file.execute("PRAGMA user_version = 1")
    file.close()
    with Memory(path, days) as memory:
        assert memory.trouble is None
        assert memory.recall(ADDRESS) == kept
        memory.keep_candidates("https://a.test/[…]", (ADDRESS,))
        memory.save()
        assert memory.recall_candidates("https://a.test/[…]") == (ADDRESS,)


def test_a_file_that_is_no_memory_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    path.write_text("다른 것", encoding="utf-8")
    with Memory(path) as memory:
        assert memory.trouble == "file is not a database"
        keep(memory, Verdict.ALIVE)
    assert path.read_text(encoding="utf-8") == "다른 것"


def damage_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-3000:] = bytes(byte ^ 0xFF for byte in content[-3000:])
    path.write_bytes(content)


def run_sql(statement: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with contextlib.closing(sqlite3.connect(path)) as file, file:
            file.execute(statement)

    return run


@pytest.mark.parametrize(
    ("damage", "trouble"),
    [
        (damage_a_page, "database disk image is malformed"),
        (run_sql("DROP TABLE link"), "no such table: link"),
        (run_sql("UPDATE link SET detail = CAST(x'ff' AS TEXT)"), "Could not decode to UTF-8"),
    ],
)
def test_a_file_that_is_damaged_is_left_alone(
    tmp_path: Path, damage: Callable[[Path], None], trouble: str
) -> None:
    path = tmp_path / "links.sqlite"
    with Memory(path) as memory:
        for number in range(200):
            memory.keep(f"{ADDRESS}{number}", Evidence(Verdict.ALIVE))
    damage(path)
    with Memory(path) as memory:
        assert memory.recall_all(f"{ADDRESS}{number}" for number in range(200)) == {}
        assert (memory.trouble or "").startswith(trouble)
        keep(memory, Verdict.ALIVE)
        assert [record.address for record in memory.records()] == [ADDRESS]


@pytest.mark.parametrize("change", ["verdict = 'splendid'", "chain = '{'", "chain = '[[1]]'"])
def test_a_record_that_is_not_understood_is_none(tmp_path: Path, change: str) -> None:
    path = tmp_path / "links.sqlite"
    with Memory(path) as memory:
        keep(memory, Verdict.ALIVE)
    run_sql(f"UPDATE link SET {change}")(path)
    with Memory(path) as memory:
        assert (memory.recall(ADDRESS), list(memory.records()), memory.trouble) == (None, [], None)


def test_a_file_that_another_program_holds_does_not_hold_up_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postlint.web.memory._BUSY", 1.0)
    path = tmp_path / "links.sqlite"
    with Memory(path) as memory, contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        for number in range(300):
            memory.keep(f"{ADDRESS}{number}", Evidence(Verdict.ALIVE))
        assert time.monotonic() - begun < 3, "one try takes one second"
        assert memory.trouble == "database is locked"
        other.rollback()
    with Memory(path) as memory:
        assert len(list(memory.records())) == 300


def test_a_clock_that_was_wrong_once_does_no_harm_for_long(memory: Memory, days: Days) -> None:
    days.pass_(3650)
    keep(memory, Verdict.ALIVE)
    days.pass_(-3650)
    kept = memory.recall(ADDRESS)
    assert kept is not None
    assert not memory.is_fresh(kept)
    days.pass_(3650)
    keep(memory, Verdict.UNREACHABLE)
    days.pass_(-3650)
    for day, strikes in enumerate((1, 1, 1, 1, 2, 2, 2)):
        assert keep(memory, Verdict.UNREACHABLE) == (strikes, False), f"day {day}"
        days.pass_(1)
    assert keep(memory, Verdict.UNREACHABLE) == (3, True)


def test_a_clock_that_is_wrong_once_adds_no_failure(memory: Memory, days: Days) -> None:
    keep(memory, Verdict.ALIVE)
    days.pass_(1)
    assert keep(memory, Verdict.BROKEN) == (1, False)
    days.pass_(-10_000)
    assert keep(memory, Verdict.BROKEN) == (1, False)
    days.pass_(10_001)
    assert keep(memory, Verdict.BROKEN) == (1, False)
    days.pass_(2)
    assert keep(memory, Verdict.BROKEN) == (2, False)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("", encoding="utf-8")
    with Memory(tmp_path / "cache" / "links.sqlite") as memory:
        assert memory.trouble == "File exists"


def test_two_runs_at_once_both_end_right(tmp_path: Path, days: Days) -> None:
    path = tmp_path / "links.sqlite"
    with Memory(path, days) as one, Memory(path, days) as other:
        for number in range(300):
            (one if number % 2 else other).keep(f"{ADDRESS}{number}", Evidence(Verdict.ALIVE))
    with Memory(path, days) as after:
        assert len(list(after.records())) == 300


KILLED = """
import sys
from pathlib import Path
from postlint.web.memory import Memory
from postlint.web.verdicts import Evidence, Verdict
memory = Memory(Path(sys.argv[1]))
for number in range(10**9):
    memory.keep(f"https://a.test/{number:09}", Evidence(Verdict.ALIVE))
    if number == 1_000:
        print("begun", flush=True)
"""


def test_a_run_that_is_killed_leaves_what_it_learned(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    run = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "begun\n"
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    with Memory(path) as memory:
        assert memory.trouble is None
        addresses = [record.address for record in memory.records()]
    assert len(addresses) >= 900
    assert addresses == [f"https://a.test/{number:09}" for number in range(len(addresses))]
