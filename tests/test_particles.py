"""Korean particles take the form that the word before them asks for."""

import pytest

from postlint.particles import with_particles


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("`한글`이(가)", "`한글`이"),
        ("`주소`이(가)", "`주소`가"),
        ("h3이(가)", "h3이"),
        ("h2이(가)", "h2가"),
        ("`use_math`을(를)", "`use_math`를"),
        ("`utm`은(는)", "`utm`은"),
        ("`서울`(으)로", "`서울`로"),
        ("`부산`(으)로", "`부산`으로"),
        ("`대구`(으)로", "`대구`로"),
        ("`…`이(가)", "`…`이(가)"),
        ("`Deep Learning`을(를)", "`Deep Learning`을"),
        ("`title`(으)로", "`title`로"),
        ("`title`은(는)", "`title`은"),
        ("`name`과(와)", "`name`과"),
        ("`header`이(가)", "`header`가"),
        ("`README`이(가)", "`README`가"),
        ("`readme`이(가)", "`readme`가"),
        ("`URL`(으)로", "`URL`로"),
        ("`yaml`이(가)", "`yaml`이"),
        ("`Attr`을(를)", "`Attr`를"),
    ],
)
def test_a_particle_follows_the_sound_before_it(written: str, read: str) -> None:
    assert with_particles(written) == read
