"""Dates as Ruby's Time.parse has them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from postlint.site.jekyll.dates import InvalidDateError, Zone, parse, yaml_time, zone_named
from tests.conftest import Ruby

NOW = datetime(2026, 11, 22, 9, 8, 7, tzinfo=UTC)
SEOUL = zone_named("Asia/Seoul")


def shown(text: str, zone: Zone = SEOUL) -> str:
    return parse(text, NOW, zone).strftime("%Y-%m-%d %H:%M:%S %z")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-03-04", "2020-03-04 00:00:00 +0900"),
        ("2020-3-4", "2020-03-04 00:00:00 +0900"),
        ("20-3-4", "2020-03-04 00:00:00 +0900"),
        ("99-3-4", "1999-03-04 00:00:00 +0900"),
        ("2020/3/4", "2020-03-04 00:00:00 +0900"),
        ("2020.3.4.", "2020-03-04 00:00:00 +0900"),
        ("20200304", "2020-03-04 00:00:00 +0900"),
        ("20200304T050607", "2020-03-04 05:06:07 +0900"),
        ("March 4, 2020", "2020-03-04 00:00:00 +0900"),
        ("4th Mar 2020", "2020-03-04 00:00:00 +0900"),
        ("2020-03-04 05:06:07", "2020-03-04 05:06:07 +0900"),
        ("2020-03-04 05:06:07 UTC", "2020-03-04 14:06:07 +0900"),
        ("2020-03-04 05:06:07 -0500", "2020-03-04 19:06:07 +0900"),
        ("2020-03-04T05:06:07Z", "2020-03-04 14:06:07 +0900"),
        ("2020-03-04 05:06 PM", "2020-03-04 17:06:00 +0900"),
        ("2020-03-04 5시", "2020-03-04 00:00:00 +0900"),
        ("2020-03-04 오후 5:06", "2020-03-04 05:06:00 +0900"),
        ("2020-02-27-01:00", "2020-02-27 01:00:00 +0900"),
        ("2020-02-30", "2020-03-01 00:00:00 +0900"),
        ("2020-03-04 24:00:00", "2020-03-05 00:00:00 +0900"),
        ("12:30", "2026-11-22 12:30:00 +0900"),
        ("March", "2026-03-01 00:00:00 +0900"),
    ],
)
def test_a_date_is_found_in_a_text(text: str, moment: str) -> None:
    assert shown(text) == moment


@pytest.mark.parametrize(
    "text", ["", "hello", "2020-13-01", "2020-01-32", "2020년 3월", "x" * 200 + "2020-01-01"]
)
def test_where_there_is_none_jekyll_ends_the_build(text: str) -> None:
    with pytest.raises(InvalidDateError):
        shown(text)


def test_a_time_of_yaml_without_a_zone_is_greenwichs() -> None:
    assert str(yaml_time("2020-03-04 23:30:00", SEOUL)) == "2020-03-05 08:30:00+09:00"


def test_a_time_of_yaml_keeps_its_own_zone() -> None:
    assert str(yaml_time("2020-03-04 23:30:00 -05:30", SEOUL)) == "2020-03-04 23:30:00-05:30"


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("Asia/Seoul", "2020-03-04 00:00:00 +0900"),
        ("KST-9", "2020-03-04 00:00:00 +0900"),
        ("EST5:30", "2020-03-04 00:00:00 -0530"),
        ("No/Where", "2020-03-04 00:00:00 +0000"),
    ],
)
def test_a_zone_is_what_the_system_takes_its_name_for(name: str, moment: str) -> None:
    assert shown("2020-03-04", zone_named(name)) == moment


def _is_of_our_time(moment: str | None) -> bool:
    """Clocks of the years before 1900 differ from Greenwich's by seconds; after 9999 there are none."""
    return moment is None or (moment[:4] >= "1900" and moment[4] == "-")


_ATOMS = (
    *(
        "2020-01-02",
        "2020-1-2",
        "2020/01/02",
        "2020.01.02",
        "01/02/2020",
        "20-01-02",
        "2020",
        "31",
        "Jan",
        "February",
    ),
    *("February", "3rd", "12:00", "1:30", "23:59:59", "3:04:05.678", "10am", "오후", "년", "Mon", "+0900"),
    *("-0530", "+09:00", "KST", "UTC", "EST", "Z", "20200102", "20200102T1530", "(KST)", "hello"),
)


@pytest.mark.jekyll
def test_odd_texts_are_read_as_ruby_reads_them(ruby: Ruby) -> None:
    chance = random.Random(20200102)
    texts = [
        chance.choice((" ", ", ")).join(chance.sample(_ATOMS, chance.randint(1, 2))) for _ in range(1500)
    ]
    different = []
    for text, truth in zip(texts, ruby("ruby_times.rb", {"texts": texts, "zone": "Asia/Seoul"}), strict=True):
        try:
            ours: str | None = shown(text)
        except InvalidDateError:
            ours = None
        if truth != ours and _is_of_our_time(truth):
            different.append((text, truth, ours))
    assert not different
