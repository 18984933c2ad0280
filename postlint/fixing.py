"""From findings to a mended file: edits, rounds until nothing changes, and an atomic write."""

from __future__ import annotations

import contextlib
import os
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from postlint.findings import Edit, Finding, Safety, applied
from postlint.named import NamedTuple

MAX_ROUNDS = 100
"""More rounds than any real file needs: each round applies all fixes that do not overlap."""

APPLIED_BY_DEFAULT = frozenset({Safety.SAFE, Safety.REPAIR})


class Fixed(NamedTuple):
    """What fixing made of a text. `cycle` names the rules that undid each other; then `text` is as it was."""

    text: str
    applied: tuple[Finding, ...]
    cycle: tuple[str, ...] = ()


def apply(text: str, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """`text` with the fixes of `findings`, first to last.

    One that overlaps an earlier one is left out, and so is one between whose edits another edits: it was
    tried with what stands there. Where there is one that stands alone, all others are.

    Returns the new text and the findings whose fixes are in it.
    """
    fixable = [finding for finding in findings if finding.fix is not None and finding.fix.edits]
    fixable.sort(key=lambda finding: (finding.fix.edits, finding.code) if finding.fix else ())
    fixable = [finding for finding in fixable if finding.fix and finding.fix.is_alone][:1] or fixable
    taken: list[tuple[int, int]] = []  # in order, none overlapping another
    taken_in: list[Finding] = []
    edits: list[Edit] = []
    for finding in fixable:
        assert finding.fix is not None
        span = finding.fix.edits[0].span.start, finding.fix.edits[-1].span.end
        if _overlaps(span, taken):
            continue
        insort(taken, span)
        taken_in.append(finding)
        edits += finding.fix.edits
    return applied(text, sorted(edits)), taken_in


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Whether `span` meets one of `taken`; two insertions at one place do, their order being chance."""
    index = bisect_left(taken, span)
    if index < len(taken) and (taken[index] == span or taken[index][0] < span[1]):
        return True
    return index > 0 and taken[index - 1][1] > span[0]


def fix_text(
    text: str,
    check: Callable[[str], Sequence[Finding]],
    safeties: frozenset[Safety] = APPLIED_BY_DEFAULT,
) -> Fixed:
    """Applies the fixes of `check`'s findings that are as safe as asked, round by round.

    `check` gives the findings of a text. Rounds end when nothing is left to apply, or when a
    text comes back that was there before: then the rules of that circle are named.
    """
    seen = {text: 0}
    rounds: list[list[Finding]] = []
    current = text
    while len(rounds) < MAX_ROUNDS:
        offered = [finding for finding in check(current) if finding.fix and finding.fix.safety in safeties]
        current, applied = apply(current, offered)
        if not applied:
            return Fixed(current, tuple(finding for one in rounds for finding in one))
        rounds.append(applied)
        if current in seen:
            circle = rounds[seen[current] :]
            break
        seen[current] = len(rounds)
    else:
        circle = rounds[-1:]
    return Fixed(text, (), cycle=tuple(sorted({finding.code for one in circle for finding in one})))


class ChangedMeanwhileError(OSError):
    """Something else wrote the file between its reading and its mending."""


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Puts `after` in place of `before`, whole or not at all; the file's mode and owner are kept.

    A link is followed, so that the file it leads to is mended. Raises ChangedMeanwhileError if
    the file no longer holds `before`, and OSError if it cannot be written.
    """
    import shutil  # only a run that writes pays for it

    target = Path(os.path.realpath(path, strict=True))
    if not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13), str(path))
    with _written_beside(target, after) as temporary:
        _keep_owner(target, temporary)
        shutil.copymode(target, temporary)
        if target.read_bytes() != before:
            raise ChangedMeanwhileError(f"{path} was changed by another program meanwhile")
        temporary.replace(target)


def write_file(path: Path, content: bytes) -> None:
    """Makes `path` a file with `content`, whole or not at all, in place of one that may be there.

    Raises ChangedMeanwhileError if another program writes it too, and OSError if it cannot be written.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe or a device, such as /dev/null, is not put another in place of
        return
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        with _written_beside(path, content) as temporary:
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
            temporary.replace(path)
    else:
        replace_file(path, before, content)


@contextlib.contextmanager
def _written_beside(target: Path, content: bytes) -> Iterator[Path]:
    """A file with `content` in the folder of `target`, which does not outlive a failure."""
    import tempfile  # only a run that writes pays for it

    descriptor, name = tempfile.mkstemp(prefix=".postlint-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _keep_owner(target: Path, temporary: Path) -> None:
    """Root, as in a container, makes files of its own; everybody else can only make what they own already."""
    if not hasattr(os, "chown"):
        return
    wanted, have = target.stat(), temporary.stat()
    if (wanted.st_uid, wanted.st_gid) != (have.st_uid, have.st_gid):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, wanted.st_uid, wanted.st_gid)
