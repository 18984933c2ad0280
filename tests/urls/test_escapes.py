"""What escapes spell, and where a byte is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.urls import (
    Encoding,
    broken_escapes,
    cut_escapes,
    encoding_of,
    escapes,
    unreadable_escapes,
)

SENTENCES = [
    "봄이 오는 소리를 듣는다",
    "파이썬으로 배우는 선형대수와 기계 학습",
    "한글",
    "오늘의 회고: 무엇을 배웠나",
    "똠방각하 펲시 콜라",
    "블로그에 수식 쓰기 (2부)",
    "컨테이너 네트워크 이해하기",
]


def escaped(text: str, encoding: str) -> list[str]:
    """`text` with what is not ASCII escaped, byte by byte."""
    pieces: list[str] = []
    for character in text:
        pieces += (
            [character] if character.isascii() else [f"%{byte:02X}" for byte in character.encode(encoding)]
        )
    return pieces


def cut_addresses() -> Iterator[tuple[str, int]]:
    """Every way in which one escape of a sentence can be lost, with the offset at which it was."""
    for sentence, separator in product(SENTENCES, ("-", "+", "%20")):
        pieces = escaped(sentence.replace(" ", separator), "utf-8")
        for index, piece in enumerate(pieces):
            if len(piece) == 3:
                before = "https://blog.example.org/entry/" + "".join(pieces[:index])
                yield before + "".join(pieces[index + 1 :]), len(before)


def test_a_percent_sign_without_two_digits_is_broken() -> None:
    found = broken_escapes("/%E/%zz?discount=100%&x=%EB")
    assert [(broken.span, broken.in_query) for broken in found] == [
        (Span(1, 3), False),
        (Span(4, 5), False),
        (Span(20, 21), True),
    ]


def test_javascripts_escapes_are_told_apart() -> None:
    assert [broken.span for broken in broken_escapes("/%uBD04%u12")] == [Span(7, 8)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"spring%20", Encoding.ASCII),
        ("봄이 온다".encode(), Encoding.UTF_8),
        ("café".encode(), Encoding.UTF_8),
        ("봄이 온다".encode("euc-kr"), Encoding.KOREAN),
        ("똠방각하".encode("cp949"), Encoding.KOREAN),
        ("大韓民國".encode("euc-kr"), Encoding.KOREAN),
        ("봄이 온다".encode()[:-1], Encoding.CUT_UTF_8),
        ("봄".encode()[:2], Encoding.CUT_UTF_8),
        ("café".encode("latin-1"), Encoding.UNKNOWN),
        ("à côté de l'été".encode("latin-1"), Encoding.UNKNOWN),
        ("봄 🌸".encode()[:-1], Encoding.CUT_UTF_8),
        ("🌸".encode()[:3], Encoding.CUT_UTF_8),
        ("🌸".encode()[:2], Encoding.CUT_UTF_8),
        ("l\u2019été".encode("cp1252"), Encoding.UNKNOWN),
        ("весна".encode("cp1251"), Encoding.UNKNOWN),
        ("表示".encode("shift_jis"), Encoding.UNKNOWN),
        (bytes.fromhex("129f80ff"), Encoding.UNKNOWN),
        ("😀".encode()[1:], Encoding.NONE),
        ("봄".encode("utf-16"), Encoding.NONE),
        (b"\xff\xfe", Encoding.NONE),
        (b"\x80\x81", Encoding.NONE),
    ],
)
def test_bytes_tell_their_encoding(data: bytes, encoding: Encoding) -> None:
    assert encoding_of(data) is encoding


def test_each_piece_of_an_address_is_read_by_itself() -> None:
    utf_8, korean = "".join(escaped("봄", "utf-8")), "".join(escaped("에릭", "euc-kr"))
    found = escapes(f"https://shop.example.org/{utf_8}/?author={korean}&sort=%20a")
    assert [(piece.encoding, piece.text) for piece in found] == [
        (Encoding.UTF_8, "봄"),
        (Encoding.KOREAN, "에릭"),
        (Encoding.ASCII, " a"),
    ]


def test_a_lost_byte_is_found_wherever_it_was() -> None:
    for url, lost_at in cut_addresses():
        cuts = cut_escapes(url)
        assert (url, len(cuts)) == (url, 1)
        assert (url, cuts[0].span.start - 3 <= lost_at <= cuts[0].span.end + 3) == (url, True)


def test_what_can_be_read_around_a_cut_is_told() -> None:
    (cut,) = cut_escapes(
        "/" + "".join(escaped("무엇을-", "utf-8")) + "%EB%B0" + "".join(escaped("웠나", "utf-8"))
    )
    assert (cut.before, cut.after) == ("무엇을-", "웠나")


def test_a_lost_digit_makes_one_cut_with_the_bytes_around_it() -> None:
    url = "/".join(["", "".join(escaped("선형대", "utf-8")) + "%EC%8%98"])
    (cut,) = cut_escapes(url)
    assert url[slice(*cut.span)] == "%EC%8%98"


@pytest.mark.parametrize("cut", ["%F0%9F%98", "%F0%9F", "a%F0%9F%98b"])
def test_a_cut_character_of_four_bytes_is_found(cut: str) -> None:
    assert [url[slice(*one.span)] for url in (f"/{cut}",) for one in cut_escapes(url)] == [cut.strip("ab")]


def test_bytes_that_are_no_text_are_found_apart_from_cut_ones() -> None:
    url = "https://blog.example.org/a%80%81b"
    assert cut_escapes(url) == ()
    assert [url[slice(*one.span)] for one in unreadable_escapes(url)] == ["%80%81"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("café au lait", "latin-1"),
        ("l\u2019été", "cp1252"),
        ("весна", "cp1251"),
        ("表示", "shift_jis"),
        ("春天", "gbk"),
        ("春天", "big5"),
    ],
)
def test_text_in_another_encoding_is_left_alone(text: str, encoding: str) -> None:
    url = "/" + "".join(escaped(text, encoding))
    assert cut_escapes(url) + unreadable_escapes(url) == ()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_korean_encodings_are_no_cut_utf_8(sentence: str) -> None:
    encoded = "".join(escaped(sentence, "cp949"))
    for separator in ("-", "+", "%20"):
        url = "https://shop.example.org/search?query=" + encoded.replace(" ", separator)
        assert cut_escapes(url) == ()
        assert [piece.encoding for piece in escapes(url)] == [Encoding.KOREAN]


SYLLABLES = [bytes((row, cell)).decode("euc-kr") for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF)]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1).map("".join))
def test_no_text_in_euc_kr_is_ever_taken_for_a_cut_one(text: str) -> None:
    url = "https://shop.example.org/?q=" + "".join(escaped(text, "euc-kr"))
    assert cut_escapes(url) + unreadable_escapes(url) == ()


@given(st.text())
def test_no_text_in_utf_8_is_ever_taken_for_a_cut_one(text: str) -> None:
    readable = text.encode("utf-8", "replace").decode()
    assert (
        cut_escapes("/" + "".join(escaped(readable, "utf-8")).replace("%", "%25" if "%" in text else "%"))
        == ()
    )


def test_an_escape_of_an_escape_is_another_address_and_no_cut() -> None:
    assert cut_escapes("/redirect?to=%25EC%2588") == ()
    assert broken_escapes("/redirect?to=%25EC%2588") == ()


@given(st.text() | st.text(alphabet="%aEB0F…가u&=/"))
def test_any_text_has_its_escapes_read(url: str) -> None:
    for piece in escapes(url):
        assert 0 <= piece.span.start < piece.span.end <= len(url)
        assert all(piece.span.start <= cut.span.start < cut.span.end <= piece.span.end for cut in piece.cuts)
    assert len(broken_escapes(url)) <= url.count("%")
