"""What is seen on a terminal while the web is asked."""

from __future__ import annotations

import io
import re

from rich.console import Console

from postlint.cli.live import Dashboard, dashboard
from postlint.web.traffic import Traffic
from postlint.web.verdicts import Evidence, Probe, Verdict

CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def picture(language: str = "en", width: int = 80, *, looks: bool = False) -> list[str]:
    """The lines, without colours and bars, after two of four addresses and ten requests in two seconds."""
    console = Console(file=Terminal(), width=width, force_terminal=True, color_system=None)
    clock, traffic = Clock(), Traffic()
    shown = Dashboard(console, language, clock)
    shown.begins(4, traffic)
    shown.picture()
    clock.now += 2
    for number in range(10):
        traffic.add(f"a{number % 5}.kr", number % 5 / 2)
    shown.found(Probe("https://a.kr/", Evidence(Verdict.ALIVE)))
    shown.found(Probe("https://b.kr/", Evidence(Verdict.BROKEN)))
    if looks:
        shown.looks_back("https://a.kr/한글/[…]/\x1b[31m" + "가" * 99)
    with console.capture() as captured:
        console.print(shown.picture())
    return [re.sub("[━╸╺]+", "", line).strip() for line in captured.get().splitlines()]


def test_a_picture_tells_how_far_it_is_what_was_found_and_who_is_slow() -> None:
    assert picture() == [
        "2 of 4 addresses  10 requests, 5/s",
        "broken 1 · alive 1",
        "slowest: a4.kr 2.0 s · a3.kr 1.5 s · a2.kr 1.0 s",
    ]


def test_it_speaks_korean() -> None:
    assert picture("ko") == [
        "주소 4개 중 2개  요청 10번, 초당 5번",
        "깨짐 1 · 정상 1",
        "느린 호스트: a4.kr 2.0초 · a3.kr 1.5초 · a2.kr 1.0초",
    ]


def test_no_line_is_wider_than_the_terminal_and_no_address_can_give_it_orders() -> None:
    lines = picture(width=40, looks=True)
    assert lines[-1].startswith("looking for what was at https://a.kr/")
    assert len(lines) == 4
    assert all("\x1b" not in line for line in lines)


def test_the_rate_is_that_of_the_last_seconds() -> None:
    clock, traffic = Clock(), Traffic()
    console = Console(file=Terminal(), width=80, force_terminal=True, color_system=None)
    shown = Dashboard(console, "en", clock)
    shown.begins(1, traffic)
    for _ in range(30):
        clock.now += 1
        for _ in range(20 if clock.now < 120 else 3):
            traffic.add("a.kr", 0.1)
        picture = shown.picture()
    with console.capture() as captured:
        console.print(picture)
    assert "450 requests, 3/s" not in captured.get()
    assert ", 3/s" in captured.get()


def test_nothing_is_left_of_it_in_the_end() -> None:
    terminal = Terminal()
    console = Console(file=terminal, width=80, force_terminal=True)
    with Dashboard(console, "en") as shown:
        shown.begins(1, Traffic())
    drawn = terminal.getvalue()
    assert "0 of 1 addresses" in CODES.sub("", drawn)
    assert drawn.endswith("\x1b[1A\x1b[2K"), "the cursor stands where it stood"


def test_a_pipe_sees_nothing() -> None:
    assert dashboard(io.StringIO(), "en") is None
