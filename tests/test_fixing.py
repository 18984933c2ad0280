"""From findings to a mended text, and from a mended text to a file."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Edit, Finding, Fix, Message, Safety, Severity, Span, Text
from postlint.fixing import MAX_ROUNDS, ChangedMeanwhileError, apply, fix_text, replace_file

MESSAGE = Message(Text(en="found", ko="찾음"))


def finding(*edits: tuple[int, int, str], code: str = "AAA001", safety: Safety = Safety.SAFE) -> Finding:
    """A finding whose fix replaces each `(start, end, replacement)`."""
    made = tuple(Edit(Span(start, end), replacement) for start, end, replacement in edits)
    fix = Fix(made, safety, MESSAGE) if edits else None
    return Finding(code, code.lower(), Severity.WARNING, Span(0, 1), MESSAGE, fix)


def replacing(
    old: str, new: str, *, code: str = "AAA001", safety: Safety = Safety.SAFE
) -> Callable[[str], list[Finding]]:
    """A check that finds the first `old` of a text and would have `new` there."""

    def check(text: str) -> list[Finding]:
        at = text.find(old)
        return [] if at < 0 else [finding((at, at + len(old), new), code=code, safety=safety)]

    return check


def together(*checks: Callable[[str], list[Finding]]) -> Callable[[str], list[Finding]]:
    return lambda text: [found for check in checks for found in check(text)]


# One round

APPLIED = [
    # (text, the edits of each finding, the text after one round, how many findings are in it)
    ("봄 여름", [[(0, 1, "겨울")]], "겨울 여름", 1),
    ("봄 여름", [[(2, 4, "가을")], [(0, 1, "겨울")]], "겨울 가을", 2),
    ("봄", [[(1, 1, "날")]], "봄날", 1),
    ("봄날", [[(1, 2, "")]], "봄", 1),
    ("봄", [[]], "봄", 0),
    # neighbours do not overlap
    ("봄여름", [[(0, 1, "A")], [(1, 3, "B")]], "AB", 2),
    ("봄여름", [[(0, 1, "A")], [(1, 1, "+")], [(1, 3, "B")]], "A+B", 3),
    # the later of two that overlap waits
    ("봄여름", [[(0, 2, "A")], [(1, 3, "B")]], "A름", 1),
    ("봄여름", [[(0, 3, "A")], [(1, 2, "B")]], "A", 1),
    ("봄여름", [[(0, 3, "A")], [(1, 1, "B")]], "A", 1),
    ("봄여름", [[(1, 1, "B")], [(0, 3, "A")]], "A", 1),
    # two insertions at one place would be in an order that is chance
    ("봄", [[(1, 1, "A")], [(1, 1, "B")]], "봄A", 1),
    # edits that belong together are all there or none
    ("봄 여름", [[(0, 1, "("), (3, 4, ")")]], "( 여)", 1),
    ("봄 여름", [[(0, 1, "A")], [(0, 1, "("), (3, 4, ")")]], "( 여)", 1),
    ("봄 여름", [[(2, 3, "A")], [(0, 1, "("), (2, 4, ")")]], "( )", 1),
    # what stands between them stays as it was when they were thought of
    ("봄 여름", [[(0, 1, "("), (3, 4, ")")], [(2, 3, "x")]], "( 여)", 1),
    ("봄 여름", [[(0, 0, "("), (2, 2, ")")], [(1, 1, "<"), (4, 4, ">")]], "(봄 )여름", 1),
]


@pytest.mark.parametrize(("text", "edits", "after", "count"), APPLIED)
def test_edits_are_applied_first_to_last(
    text: str, edits: list[list[tuple[int, int, str]]], after: str, count: int
) -> None:
    got, applied = apply(text, [finding(*each) for each in edits])
    assert (got, len(applied)) == (after, count)


def test_what_makes_another_page_is_applied_alone() -> None:
    alone = finding((3, 4, "겨울"))
    assert alone.fix
    alone = alone._replace(fix=alone.fix._replace(is_alone=True))
    assert apply("봄 여름", [finding((0, 1, "A")), alone]) == ("봄 여겨울", [alone])


def test_the_order_in_which_rules_report_does_not_matter() -> None:
    one, other = finding((0, 1, "A"), code="AAA001"), finding((0, 1, "A"), code="BBB001")
    assert apply("봄", [one, other]) == apply("봄", [other, one]) == ("A", [one])


EDIT = st.tuples(st.integers(0, 12), st.integers(0, 3), st.text(alphabet="XY", max_size=2))


@given(st.lists(st.lists(EDIT, min_size=1, max_size=2), max_size=8))
def test_what_no_edit_names_stays_as_it_is(fixes: list[list[tuple[int, int, str]]]) -> None:
    text = "abcdefghijklmno"
    findings = []
    for edits in fixes:
        spans = sorted((start, start + length, replacement) for start, length, replacement in edits)
        if all(before[1] <= after[0] and before[:2] != after[:2] for before, after in pairwise(spans)):
            findings.append(finding(*spans))
    after, applied = apply(text, findings)
    touched = {
        index
        for one in applied
        for edit in (one.fix.edits if one.fix else ())
        for index in range(edit.span.start, edit.span.end)
    }
    kept = "".join(character for index, character in enumerate(text) if index not in touched)
    assert after.replace("X", "").replace("Y", "") == kept


# Rounds


def test_rounds_go_on_until_nothing_is_left() -> None:
    fixed = fix_text("aaa", replacing("a", "b"))
    assert fixed.text == "bbb"
    assert len(fixed.applied) == 3
    assert fixed.cycle == ()


def test_what_a_fix_brings_to_light_is_mended_too() -> None:
    fixed = fix_text("a", together(replacing("a", "b", code="AAA001"), replacing("b", "c", code="BBB001")))
    assert fixed.text == "c"
    assert [one.code for one in fixed.applied] == ["AAA001", "BBB001"]


def test_a_mended_text_is_mended_no_further() -> None:
    check = together(replacing("  ", " "), replacing("봄", "여름"))
    once = fix_text("봄    봄", check)
    assert fix_text(once.text, check) == (once.text, (), ())


SAFETIES = [
    (Safety.SAFE, True),
    (Safety.REPAIR, True),
    (Safety.UNSAFE, False),
]


@pytest.mark.parametrize(("safety", "applied"), SAFETIES)
def test_only_what_needs_no_eye_is_applied_unasked(safety: Safety, applied: bool) -> None:
    assert fix_text("a", replacing("a", "b", safety=safety)).text == ("b" if applied else "a")


def test_unsafe_fixes_are_applied_when_asked_for() -> None:
    check = replacing("a", "b", safety=Safety.UNSAFE)
    assert fix_text("a", check, frozenset(Safety)).text == "b"


# Circles


def test_rules_that_undo_each_other_are_named_and_the_text_is_as_it_was() -> None:
    check = together(
        replacing("x", "y", code="ZZZ001"),
        replacing("a", "b", code="BBB001"),
        replacing("b", "a", code="AAA001"),
    )
    assert fix_text("x a", check) == ("x a", (), ("AAA001", "BBB001"))


def test_a_rule_that_changes_nothing_is_a_circle_of_its_own() -> None:
    assert fix_text("a", replacing("a", "a", code="AAA001")).cycle == ("AAA001",)


def test_a_rule_that_never_ends_is_named() -> None:
    fixed = fix_text("a", replacing("a", "aa", code="AAA001"))
    assert (fixed.text, fixed.cycle) == ("a", ("AAA001",))


def test_a_text_that_needs_many_rounds_has_them() -> None:
    text = "a" * (MAX_ROUNDS - 1)
    assert fix_text(text, replacing("a", "b")).text == "b" * len(text)


# The file


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "봄.md"
    path.write_bytes(b"before")
    return path


def others(folder: Path, *known: Path) -> Sequence[Path]:
    return [path for path in folder.iterdir() if path not in known]


def test_the_file_is_replaced(post: Path) -> None:
    replace_file(post, b"before", b"after")
    assert post.read_bytes() == b"after"
    assert others(post.parent, post) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o755])
def test_the_mode_stays(post: Path, mode: int) -> None:
    post.chmod(mode)
    replace_file(post, b"before", b"after")
    assert stat.S_IMODE(post.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(post: Path) -> None:
    os.chown(post, 1234, 5678)
    replace_file(post, b"before", b"after")
    assert (post.stat().st_uid, post.stat().st_gid) == (1234, 5678)


def test_a_symbolic_link_stays_and_its_file_is_mended(post: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.md"
    link.symlink_to(post)
    replace_file(link, b"before", b"after")
    assert link.is_symlink()
    assert post.read_bytes() == b"after"
    assert others(folder, link) == []


def test_a_file_that_changed_meanwhile_is_left_alone(post: Path) -> None:
    post.write_bytes(b"by another program")
    with pytest.raises(ChangedMeanwhileError):
        replace_file(post, b"before", b"after")
    assert post.read_bytes() == b"by another program"
    assert others(post.parent, post) == []


def test_a_file_that_vanished_meanwhile_does_not_come_back(post: Path) -> None:
    post.unlink()
    with pytest.raises(OSError):
        replace_file(post, b"before", b"after")
    assert others(post.parent) == []


def test_a_link_that_leads_in_a_circle_is_an_error_like_any_other(post: Path) -> None:
    post.unlink()
    post.symlink_to(post)
    with pytest.raises(OSError):
        replace_file(post, b"before", b"after")


FULL_DISK = """
import resource, sys
from itertools import pairwise
from pathlib import Path
from postlint.fixing import replace_file
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    replace_file(Path(sys.argv[1]), b"before", b"x" * 2000)
except OSError as error:
    print(type(error).__name__, error.errno is not None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_is_full_leaves_the_file_whole(post: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(post)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "OSError True\n"
    assert post.read_bytes() == b"before"
    assert others(post.parent, post) == []


def test_a_failure_at_the_last_moment_leaves_the_file_whole(
    post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="Input/output"):
        replace_file(post, b"before", b"after")
    assert post.read_bytes() == b"before"
    assert others(post.parent, post) == []


def test_an_interrupted_write_leaves_the_file_whole(post: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(post, b"before", b"after")
    assert post.read_bytes() == b"before"
    assert others(post.parent, post) == []


def test_a_file_that_must_not_be_written_is_not_replaced(post: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anything, so the answer is given for it.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError):
        replace_file(post, b"before", b"after")
    assert post.read_bytes() == b"before"
