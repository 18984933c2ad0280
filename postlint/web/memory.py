"""What earlier runs found, in a SQLite file: a verdict is right over days, not in a moment.

A host that fails today may be there tomorrow, so an address that was once alive is dead only after three
failures that are at least three days apart, as InternetArchiveBot has it; one success wipes them out. What
says nothing of the address (blocked, rate-limited, off line) neither adds to them nor takes away.

Several runs may use one file at once, and a run that is killed loses at most what it found in its last
second.
"""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from postlint.findings import Message, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls import split_url
from postlint.web.soft404 import Sibling
from postlint.web.verdicts import DAYS_APART, Evidence, Hop, Probe, Verdict

FILE = "links.sqlite"
"""The file's name within the cache's folder."""

_DAY = 86_400.0
_JITTER = 0.2
"""How much a time to live is moved at random, so that what was asked in one run is not all due in one."""
_LIVES: Mapping[Verdict, float] = {
    Verdict.ALIVE: 7 * _DAY,
    Verdict.REDIRECTED: 7 * _DAY,
    Verdict.MOVED: 7 * _DAY,
    Verdict.NO_SUCH_FRAGMENT: 1 * _DAY,
    Verdict.SOFT_404: 1 * _DAY,
    Verdict.BLOCKED: 1 * _DAY,
}
"""Seconds for which a verdict holds. A failure does not hold: it is no answer. Neither does it yet that an
address moved, until a second run has seen it too: only then is a fix safe."""
_TO_ANOTHER_HOST = 1 * _DAY
"""The same for one that moved to another host: what leads all its pages there may be an outage, or the host's
end, and a second look within the hour would see no other."""
_LONGEST_LIFE = 7 * _DAY * (1 + _JITTER)
_LONGEST_REST = 7 * _DAY
"""Seconds; what a server asks for beyond that (some name a year to come) is no time but a mistake."""
_SIBLING_LIFE = 30 * _DAY
_CANDIDATES_LIFE = 1 * _DAY
_BATCH = 64
_AT_ONCE = 500
"""Addresses that one statement asks for; SQLite before 3.32 takes 999 values."""
_LONGEST_UNSAVED = 1.0
_BUSY = 10.0
"""Seconds to wait for another run that writes."""

_SCHEMA = [
    # Each brings the file from the version of its index to the next.
    """
    CREATE TABLE link (
        address TEXT PRIMARY KEY, verdict TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
        status INTEGER, final TEXT, chain TEXT NOT NULL, nearest TEXT, upgrade TEXT,
        first_seen REAL NOT NULL, last_seen REAL NOT NULL, last_alive REAL, last_strike REAL,
        strikes INTEGER NOT NULL, confirmations INTEGER NOT NULL, fresh_until REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE sibling (
        folder TEXT PRIMARY KEY, is_honest INTEGER NOT NULL, final TEXT NOT NULL, title TEXT NOT NULL,
        text TEXT NOT NULL, fresh_until REAL NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE restoration (
        address TEXT PRIMARY KEY, candidates TEXT NOT NULL, fresh_until REAL NOT NULL
    ) WITHOUT ROWID;
    """,
]
VERSION = len(_SCHEMA)


class Record(NamedTuple):
    """What is kept of an address. Times are in Unix seconds."""

    address: str
    evidence: Evidence
    first_seen: float
    last_seen: float
    last_alive: float | None
    last_strike: float | None
    strikes: int
    confirmations: int
    fresh_until: float

    def probe(self, address: str, *, remembered: bool) -> Probe:
        """The record as the answer for `address`."""
        return Probe(
            address,
            self.evidence,
            self.first_seen,
            self.last_seen,
            self.last_alive,
            self.strikes,
            self.confirmations,
            remembered,
        )


class NotAMemoryError(ValueError):
    """A line that is no exported record: the number of the `line`, from 1, and why."""

    def __init__(self, line: int, message: Message) -> None:
        super().__init__(f"line {line}: {message.render('en')}")
        self.line = line
        self.message = message


class Memory:
    """The records of a file; without one, or if it cannot be used, of this run only.

    `trouble` says why the file cannot be used, if it cannot.
    """

    def __init__(
        self,
        path: Path | None = None,
        now: Callable[[], float] = time.time,
        chance: random.Random | None = None,
    ) -> None:
        self._now = now
        self._chance = chance or random.Random()
        self._unsaved: dict[str, Record] = {}
        self._unsaved_siblings: list[tuple[Any, ...]] = []
        self._unsaved_candidates: list[tuple[Any, ...]] = []
        self._saved_at = time.monotonic()
        self._is_stuck = False
        """Whether something could not be saved; to try again each time would hold up the run."""
        self.trouble: str | None = None
        self._file = self._open(path)

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, path: Path | None) -> sqlite3.Connection:
        if path is not None:
            try:
                return _connected(path)
            except sqlite3.DatabaseError as error:
                self.trouble = str(error)
            except OSError as error:
                self.trouble = error.strerror or str(error)
        return _connected(None)

    def close(self) -> None:
        """Saves what is not saved, and closes the file."""
        self.save()
        self._file.close()

    def recall(self, address: str) -> Record | None:
        """What is known of `address`, fresh or not."""
        if address in self._unsaved:
            return self._unsaved[address]
        rows = self._rows("SELECT * FROM link WHERE address = ?", (address,))
        return next(_records(rows), None)

    def recall_all(self, addresses: Iterable[str]) -> dict[str, Record]:
        """What is known of each of `addresses` of which anything is."""
        unsaved = self._unsaved
        wanted = list(dict.fromkeys(addresses))
        known = {address: unsaved[address] for address in wanted if address in unsaved}
        rest = [address for address in wanted if address not in unsaved]
        for start in range(0, len(rest), _AT_ONCE):
            some = rest[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._rows(f"SELECT * FROM link WHERE address IN ({marks})", some)
            known.update((record.address, record) for record in _records(rows))
        return known

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What the file has; nothing if it is damaged, and then it is left alone for the rest of the run."""
        try:
            return self._file.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            self.trouble = str(error)
            self._file.close()
            self._file = _connected(None)
            return []

    def is_fresh(self, record: Record) -> bool:
        """Whether it need not be asked again. What holds for longer than anything does was found when the
        clock was wrong."""
        now = self._now()
        return now < record.fresh_until <= now + _LONGEST_LIFE

    def keep(self, address: str, evidence: Evidence, rest: float = 0.0) -> Record:
        """Adds what a run found of `address`; for `rest` seconds its host wants no more asking."""
        now = self._now()
        known = self.recall(address)
        record = Record(address, evidence, now, now, None, None, 0, 1, 0.0)
        is_too_soon = False
        if known is not None:
            same = (known.evidence.verdict, known.evidence.final) == (evidence.verdict, evidence.final)
            # Who asks again before the first look is over, or by a run beside this one, sees no more by it.
            is_too_soon = same and self._waits(known)
            record = known._replace(
                evidence=evidence,
                first_seen=min(known.first_seen, now),
                last_seen=now,
                confirmations=known.confirmations + (not is_too_soon) if same else 1,
            )
        if evidence.verdict.is_success:
            record = record._replace(last_alive=now, last_strike=None, strikes=0)
        elif evidence.verdict.is_failure and (known is None or now >= known.first_seen):
            # Else the clock is wrong, or was.
            record = _struck(record, now)
        life = max(self._life(record), min(rest, _LONGEST_REST))
        if not is_too_soon:
            record = record._replace(fresh_until=now + life)
        self._unsaved[address] = record
        self._save_in_time()
        return record

    def _waits(self, record: Record) -> bool:
        """Whether it is too soon for a second look at where an address has moved."""
        return record.evidence.verdict is Verdict.MOVED and record.confirmations < 2 and self.is_fresh(record)

    def _life(self, record: Record) -> float:
        verdict = record.evidence.verdict
        if verdict is Verdict.MOVED and record.confirmations < 2:
            return 0.0 if _is_at_home(record) else _TO_ANOTHER_HOST
        life = _LIVES.get(verdict, 0.0)
        return life * self._chance.uniform(1 - _JITTER, 1 + _JITTER)

    def recall_sibling(self, folder: str) -> Sibling | None:
        """How a folder answers for what is not there, if that is known and fresh."""
        rows = self._rows(
            "SELECT is_honest, final, title, text FROM sibling WHERE folder = ? AND fresh_until > ?",
            (folder, self._now()),
        )
        return next((Sibling(bool(is_honest), *rest) for is_honest, *rest in rows), None)

    def keep_sibling(self, folder: str, sibling: Sibling) -> None:
        """Keeps how `folder` (an address that ends in `/`) answers."""
        self._unsaved_siblings.append((folder, *sibling, self._until(_SIBLING_LIFE)))
        self._save_in_time()

    def recall_candidates(self, address: str) -> tuple[str, ...] | None:
        """What the incomplete `address` may have been, of what the web knows; None if that is not fresh."""
        rows = self._rows(
            "SELECT candidates FROM restoration WHERE address = ? AND fresh_until > ?",
            (address, self._now()),
        )
        return next((tuple(json.loads(candidates)) for (candidates,) in rows), None)

    def keep_candidates(self, address: str, candidates: tuple[str, ...]) -> None:
        """Keeps what the incomplete `address` may have been."""
        self._unsaved_candidates.append((address, json.dumps(candidates), self._until(_CANDIDATES_LIFE)))
        self._save_in_time()

    def _until(self, life: float) -> float:
        return self._now() + life * self._chance.uniform(1 - _JITTER, 1 + _JITTER)

    def _save_in_time(self) -> None:
        if not self._is_stuck and (
            len(self._unsaved) + len(self._unsaved_siblings) + len(self._unsaved_candidates) >= _BATCH
            or time.monotonic() - self._saved_at > _LONGEST_UNSAVED
        ):
            self.save()

    def save(self) -> None:
        """Writes what is not written yet; all of it or nothing."""
        self._saved_at = time.monotonic()
        try:
            with self._file:
                self._file.executemany(
                    f"INSERT OR REPLACE INTO link VALUES ({','.join('?' * 16)})",
                    [_row(record) for record in self._unsaved.values()],
                )
                self._file.executemany(
                    "INSERT OR REPLACE INTO sibling VALUES (?, ?, ?, ?, ?, ?)", self._unsaved_siblings
                )
                self._file.executemany(
                    "INSERT OR REPLACE INTO restoration VALUES (?, ?, ?)", self._unsaved_candidates
                )
        except sqlite3.DatabaseError as error:
            # The verdicts of this run stand without it.
            self.trouble = str(error)
            self._is_stuck = True
            return
        self._unsaved.clear()
        self._unsaved_siblings.clear()
        self._unsaved_candidates.clear()

    def records(self) -> Iterator[Record]:
        """All of them, sorted by address."""
        self.save()
        yield from _records(self._rows("SELECT * FROM link ORDER BY address"))

    def export(self) -> Iterator[str]:
        """A line of JSON for each address, sorted, so that a repository carries them with small diffs."""
        for record in self.records():
            values: dict[str, Any] = {
                name: int(value) if isinstance(value, float) else value
                for name, value in zip(_COLUMNS, _row(record), strict=True)
                if value not in (None, "", "[]")
            }
            if "chain" in values:
                values["chain"] = json.loads(values["chain"])
            yield json.dumps(values, ensure_ascii=False, sort_keys=True)

    def take_in(self, records: Iterable[Record]) -> int:
        """Adds records of another memory, of which the newer of two counts; how many were new or newer.
        Also an older one may know that the address was alive.

        All of them are kept, or none if they cannot be saved: then `trouble` says why.
        """
        count = 0
        latest = self._now() + _LONGEST_LIFE
        for record in records:
            known = self.recall(record.address)
            is_newer = known is None or known.last_seen < record.last_seen
            if known is not None:
                record = _joined(known, record) if is_newer else _joined(record, known)
            if record != known:
                # No verdict of others holds for longer than one of our own.
                self._unsaved[record.address] = record._replace(fresh_until=min(record.fresh_until, latest))
            count += is_newer
        self.save()
        return count


_COLUMNS = (
    *("address", "verdict", "reason", "detail", "status", "final", "chain", "nearest", "upgrade"),
    *("first_seen", "last_seen", "last_alive", "last_strike", "strikes", "confirmations", "fresh_until"),
)


def _is_at_home(record: Record) -> bool:
    """Whether the end of the redirects is at the host of the address, or one above or below it."""
    here, there = (
        split_url(one or "").host.lower().removeprefix("www.")
        for one in (record.address, record.evidence.final)
    )
    return here == there or here.endswith(f".{there}") or there.endswith(f".{here}")


def _connected(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(":memory:" if path is None else path, timeout=_BUSY)
    try:
        file.execute("PRAGMA journal_mode = WAL")
        # With a write-ahead log, a crash of the program loses nothing; one of the machine the last second.
        file.execute("PRAGMA synchronous = NORMAL")
        _migrate(file)
    except BaseException:
        file.close()
        raise
    return file


def _migrate(file: sqlite3.Connection) -> None:
    if _version(file) == VERSION:
        return
    with file:
        # Of two runs that begin at once, one makes the tables.
        file.execute("BEGIN IMMEDIATE")
        found = _version(file)
        if found > VERSION:
            raise sqlite3.DatabaseError(f"made by a later postlint (version {found})")
        for script in _SCHEMA[found:]:
            for statement in script.split(";"):
                file.execute(statement)
        file.execute(f"PRAGMA user_version = {VERSION}")


def _version(file: sqlite3.Connection) -> int:
    version: int = file.execute("PRAGMA user_version").fetchone()[0]
    return version


def _row(record: Record) -> tuple[Any, ...]:
    evidence = record.evidence
    return (
        record.address,
        evidence.verdict.value,
        *evidence[1:5],
        json.dumps(evidence.chain),
        *evidence[6:],
        *record[2:],
    )


def _records(rows: Iterable[tuple[Any, ...]]) -> Iterator[Record]:
    """Those of `rows` that can be understood: a later postlint may know more verdicts."""
    for row in rows:
        with contextlib.suppress(ValueError, TypeError):
            yield _record(row)


def _record(row: tuple[Any, ...]) -> Record:
    address, verdict, reason, detail, status, final, chain, nearest, upgrade, *rest = row
    hops = tuple(Hop(*hop) for hop in json.loads(chain))
    evidence = Evidence(Verdict(verdict), reason, detail, status, final, hops, nearest, upgrade)
    return Record(address, evidence, *rest)


def exported(lines: Iterable[str]) -> list[Record]:
    """The records that `lines` are, as `Memory.export` writes them. Raises NotAMemoryError."""
    return [_exported(line, number) for number, line in enumerate(lines, 1) if line.strip()]


_NO_JSON = Text(en="it is no JSON ({why})", ko="JSON이 아닙니다({why})")
_NO_RECORD = Text(en="it is no record of an address", ko="주소의 기록이 아닙니다")
_UNKNOWN_KEY = Text(en="unknown key `{key}`", ko="알 수 없는 키 `{key}`")
_MISSING_KEY = Text(en="`{key}` is missing", ko="`{key}`이(가) 없습니다")
_BAD_VALUE = Text(en="`{key}` cannot be `{value}`", ko="`{key}`의 값으로 `{value}`을(를) 쓸 수 없습니다")


def _exported(line: str, number: int) -> Record:
    def wrong(text: Text, **values: object) -> NotAMemoryError:
        return NotAMemoryError(number, Message(text, values))

    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise wrong(_NO_JSON, why=getattr(error, "msg", error)) from error
    if not isinstance(values, dict) or "address" not in values:
        raise wrong(_NO_RECORD)
    if unknown := values.keys() - _FORMS.keys():
        raise wrong(_UNKNOWN_KEY, key=min(unknown))
    for key, is_right in _FORMS.items():
        if key not in values:
            if key in _NEEDED:
                raise wrong(_MISSING_KEY, key=key)
        elif not is_right(values[key]):
            raise wrong(_BAD_VALUE, key=key, value=json.dumps(values[key], ensure_ascii=False)[:40])
    values = {"reason": "", "detail": "", **values, "chain": json.dumps(values.get("chain", []))}
    return _record(tuple(values.get(name) for name in _COLUMNS))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not _LONE_SURROGATE.search(value)


def _is_number(value: Any) -> bool:
    # Times and counts; what is larger does not fit into the file.
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2**53


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and _is_number(value)


def _is_chain(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(hop, list) and len(hop) == 2 and _is_text(hop[0]) and _is_count(hop[1]) for hop in value
    )


_LONE_SURROGATE = lazy("[\ud800-\udfff]")
_VERDICTS = frozenset(verdict.value for verdict in Verdict)
_FORMS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("address", "reason", "detail", "final", "nearest", "upgrade"), _is_text),
    "verdict": lambda value: isinstance(value, str) and value in _VERDICTS,
    **dict.fromkeys(("status", "strikes", "confirmations"), _is_count),
    "chain": _is_chain,
    **dict.fromkeys(("first_seen", "last_seen", "last_alive", "last_strike", "fresh_until"), _is_number),
}
"""What each value of an exported record may be."""
_NEEDED = frozenset(
    ("address", "verdict", "first_seen", "last_seen", "strikes", "confirmations", "fresh_until")
)


def _struck(record: Record, now: float) -> Record:
    """`record` with one more failure, if it is days apart from the last that counted."""
    last = record.last_strike
    if last is None or now - last >= DAYS_APART * _DAY:
        return record._replace(last_strike=now, strikes=record.strikes + 1)
    # One of days to come was counted when the clock was wrong: nobody knows how long ago that was.
    return record._replace(last_strike=min(last, now))


def _joined(older: Record, newer: Record) -> Record:
    """What two memories know of one address."""
    alive = [time for time in (older.last_alive, newer.last_alive) if time is not None]
    joined = newer._replace(
        first_seen=min(older.first_seen, newer.first_seen), last_alive=max(alive, default=None)
    )
    last_strike, last_alive = joined.last_strike, joined.last_alive
    if last_strike is None or last_alive is None or last_alive == newer.last_alive:
        return joined
    # One memory did not know that the other found the address alive: what failed before counts no more.
    if last_strike <= last_alive:
        is_failing = newer.evidence.verdict.is_failure
        return joined._replace(
            last_strike=newer.last_seen if is_failing else None, strikes=1 if is_failing else 0
        )
    possible = 1 + int((last_strike - last_alive) / (DAYS_APART * _DAY))
    return joined._replace(strikes=min(joined.strikes, possible))
