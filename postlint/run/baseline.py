"""Findings that a blog had when it began to be checked: how many of each rule in each file, kept as JSON.

Counts last: a line that moves, a message that a later version words otherwise, and a reader's language
change none of them. That is how ESLint's suppressions file has it, too.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from postlint.findings import ConfigError, Message, Text
from postlint.fixing import ChangedMeanwhileError, write_file
from postlint.paths import absolute, exists
from postlint.run.results import FileResult

VERSION = 1

_ALWAYS_TOLD = frozenset({"LINT003"})
"""Of a file that cannot be read, nobody knows what is in it."""

_UNREADABLE = Text(en="cannot be read: {reason}", ko="읽을 수 없습니다: {reason}")
_UNWRITABLE = Text(en="cannot be saved: {reason}", ko="저장할 수 없습니다: {reason}")
_NO_BASELINE = Text(
    en="is no baseline; `postlint check --write-baseline` makes one",
    ko="베이스라인 파일이 아닙니다. `postlint check --write-baseline`으로 만드세요",
)

Counts = Mapping[str, Mapping[str, int]]
"""How many findings each rule, by its code, has in each file, by its path from the baseline's folder."""


class Baseline:
    """The counts in one file."""

    def __init__(self, path: Path, counts: Counts) -> None:
        self.path = path
        self.counts = counts
        self.known = 0
        """How many findings have been left out so far."""

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """What is accepted by `path`. Raises ConfigError if it cannot be read, or is no baseline."""
        try:
            document = json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise _refused(path, _UNREADABLE, error) from error
        except (ValueError, RecursionError) as error:
            raise ConfigError(path, 0, Message(_NO_BASELINE)) from error
        counts = document.get("findings") if isinstance(document, dict) else None
        if counts is None or document.get("version") != VERSION or not _are_counts(counts):
            raise ConfigError(path, 0, Message(_NO_BASELINE))
        return cls(path, counts)

    def without_known(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """`results` without what is accepted.

        Where a rule finds more in a file than it did, all of its findings there stay: which of them is the
        new one, a count cannot tell.
        """
        for result in results:
            accepted = self.counts.get(_key(self.path, result), {})
            found = _counted(result)
            known = {code for code, count in found.items() if count <= accepted.get(code, 0)}
            self.known += sum(found[code] for code in known)
            left = tuple(located for located in result.findings if located.finding.code not in known)
            yield result._replace(findings=left)

    def with_all(self, results: Iterable[FileResult]) -> Baseline:
        """This baseline with what is found in `results` instead of what it has of these files.

        What it has of other files stays, where they are still there.
        """
        counts = {name: of for name, of in self.counts.items() if exists(absolute(self.path).parent / name)}
        for result in results:
            counts.pop(key := _key(self.path, result), None)
            if found := _counted(result):
                counts[key] = found
        return Baseline(self.path, counts)

    def save(self) -> None:
        """Writes the file: the same bytes for the same counts. Raises ConfigError if that cannot be done."""
        document = {"version": VERSION, "findings": self.counts}
        text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
        try:
            write_file(self.path, (text + "\n").encode("utf-8", "backslashreplace"))
        except (ChangedMeanwhileError, OSError) as error:
            raise _refused(self.path, _UNWRITABLE, error) from error


def _are_counts(read: Any) -> bool:
    return isinstance(read, dict) and all(
        isinstance(of, dict) and all(isinstance(count, int) for count in of.values()) for of in read.values()
    )


def _counted(result: FileResult) -> dict[str, int]:
    codes = Counter(located.finding.code for located in result.findings)
    return {code: count for code, count in codes.items() if code not in _ALWAYS_TOLD}


def _key(baseline: Path, result: FileResult) -> str:
    """The path of a file from the folder of the baseline, with `/` between its parts."""
    whole, folder = absolute(Path(result.path)), absolute(baseline).parent
    try:
        return Path(os.path.relpath(whole, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return whole.as_posix()


def _refused(path: Path, text: Text, error: Exception) -> ConfigError:
    reason = getattr(error, "strerror", None) or str(error)
    return ConfigError(path, 0, Message(text, {"reason": reason}))
