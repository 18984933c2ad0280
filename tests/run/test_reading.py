"""A file's bytes as text, or why they are none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from postlint.post.source import Source
from postlint.post.unreadable import Cause, Unreadable
from postlint.run.reading import MAX_BYTES, MAX_LINES, decode, encode, read_bytes

KOREAN = "---\ntitle: 봄\n---\n\n봄이 온다. 봄이 간다.\n"

TEXTS = [
    # (bytes, text, whether there is a byte order mark)
    (b"", "", False),
    (KOREAN.encode(), KOREAN, False),
    (b"\xef\xbb\xbf" + KOREAN.encode(), KOREAN, True),
    (b"\xef\xbb\xbf", "", True),
    (b"a\r\nb\rc\n", "a\r\nb\rc\n", False),
    ("\ufeff\ufeffa".encode(), "\ufeffa", True),
    ("🌱\u2028\x1b".encode(), "🌱\u2028\x1b", False),
]


@pytest.mark.parametrize(("content", "text", "bom"), TEXTS)
def test_utf8_is_text(content: bytes, text: str, bom: bool) -> None:
    source = decode(content)
    assert isinstance(source, Source)
    assert (source.text, source.bom) == (text, bom)


@pytest.mark.parametrize("content", [content for content, _, _ in TEXTS])
def test_what_was_not_changed_is_written_as_it_was(content: bytes) -> None:
    source = decode(content)
    assert isinstance(source, Source)
    assert encode(source, source.text) == content


NO_TEXTS = [
    # what old Korean editors save
    (KOREAN.encode("cp949"), Unreadable(Cause.NOT_UTF8, offset=11, encoding="CP949")),
    (KOREAN.encode("utf-16"), Unreadable(Cause.NOT_UTF8, offset=0, encoding="UTF-16")),
    (b"\xfe\xff" + KOREAN.encode("utf-16-be"), Unreadable(Cause.NOT_UTF8, offset=0, encoding="UTF-16")),
    (KOREAN.encode("utf-16-le"), Unreadable(Cause.NOT_UTF8, offset=1, encoding="UTF-16")),
    (KOREAN.encode("utf-16-be"), Unreadable(Cause.NOT_UTF8, offset=0, encoding="UTF-16")),
    ("# plain\n".encode("utf-16-le"), Unreadable(Cause.NOT_UTF8, offset=1, encoding="UTF-16")),
    # other bytes that are no UTF-8
    ("caf\u00e9 au lait".encode("latin-1"), Unreadable(Cause.NOT_UTF8, offset=3)),
    ("봄".encode() + b"\xff", Unreadable(Cause.NOT_UTF8, offset=3)),
    (b"\xef\xbb\xbfab\xff", Unreadable(Cause.NOT_UTF8, offset=5)),
    ("봄이 온다".encode()[:-1], Unreadable(Cause.NOT_UTF8, offset=10)),
    # no text at all
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff", Unreadable(Cause.BINARY, offset=8)),
    (b"ab\0cd", Unreadable(Cause.BINARY, offset=2)),
    (b"\xef\xbb\xbfab\0cd", Unreadable(Cause.BINARY, offset=5)),
    (b"\0" * 64, Unreadable(Cause.BINARY, offset=0)),
    (b"a" * (MAX_BYTES + 1), Unreadable(Cause.TOO_LARGE, detail="6 MB")),
    (b"a\r\n" * (MAX_LINES + 1), Unreadable(Cause.TOO_LONG, detail="200,000")),
]


@pytest.mark.parametrize(("content", "why"), NO_TEXTS, ids=[str(index) for index in range(len(NO_TEXTS))])
def test_other_bytes_are_none_for_a_reason(content: bytes, why: Unreadable) -> None:
    assert decode(content) == why


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "봄.md"
    path.write_bytes(KOREAN.encode())
    assert read_bytes(path) == KOREAN.encode()


def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "큰.md"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 8)
    content = read_bytes(path)
    assert isinstance(content, bytes)
    assert len(content) == MAX_BYTES + 1


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    assert read_bytes(tmp_path / "없음.md") == Unreadable(Cause.MISSING)


def test_a_link_to_nothing_is_missing(tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to("없음.md")
    assert read_bytes(link) == Unreadable(Cause.MISSING)


def system_trouble(content: bytes | Unreadable) -> str:
    assert isinstance(content, Unreadable)
    assert content.cause is Cause.SYSTEM
    return content.detail


def test_what_the_system_says_is_passed_on(tmp_path: Path) -> None:
    circle = tmp_path / "circle.md"
    circle.symlink_to(circle)
    assert "symbolic links" in system_trouble(read_bytes(circle))
    assert "too long" in system_trouble(read_bytes(tmp_path / ("a" * 300 + ".md")))
    assert "directory" in system_trouble(read_bytes(tmp_path))
    assert system_trouble(read_bytes(tmp_path / "a\0b.md"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that have names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    assert read_bytes(pipe) == Unreadable(Cause.NO_FILE)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_device_is_not_read() -> None:
    assert read_bytes(Path("/dev/zero")) == Unreadable(Cause.NO_FILE)
