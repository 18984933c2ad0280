"""The line that tells how far the asking is."""

from __future__ import annotations

import io

from postlint.cli.progress import Progress
from postlint.reports.cells import width
from postlint.web.traffic import Traffic
from postlint.web.verdicts import Evidence, Probe, Verdict

ALIVE = Probe("https://a.kr/", Evidence(Verdict.ALIVE))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(stream: io.StringIO, language: str = "en") -> str:
    times = iter(range(100))
    with Progress(stream, language, lambda: float(next(times))) as progress:
        progress.begins(2, Traffic())
        progress.found(ALIVE)
        progress.looks_back("https://a.kr/[…]")
    return stream.getvalue()


def test_a_terminal_sees_how_far_it_is_and_nothing_in_the_end() -> None:
    assert drawn(Terminal()).split("\r\x1b[K") == [
        "", "Links: 1 of 2", "Looking for what was at https://a.kr/[…]", "",
    ]  # fmt: skip


def test_it_speaks_korean() -> None:
    assert "링크 2개 중 1개 확인" in drawn(Terminal(), "ko")


def test_a_pipe_sees_nothing() -> None:
    assert drawn(io.StringIO()) == ""


def test_no_line_is_wider_than_a_terminal_nor_speaks_to_it() -> None:
    stream = Terminal()
    with Progress(stream, "ko", lambda: 0.0) as progress:
        progress.looks_back(f"https://a.kr/\x1b]0;{'봄' * 80}[…]")
    _, line, _ = stream.getvalue().split("\r\x1b[K")
    assert width(line) <= 78
    assert "\x1b" not in line
