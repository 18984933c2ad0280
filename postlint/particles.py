"""Korean particles, which take the form that the word before them asks for.

A sentence is written with both forms, as `이(가)`; here one is chosen by the sound that the word
ends in: `한글이`, `주소가`. Where the sound cannot be told, both stay.

Source: 한글 맞춤법 (National Institute of Korean Language) has the forms, 외래어 표기법 how English words
are written; a digit sounds as its Sino-Korean name, a Latin letter as its name (`URL`, `h1`), but in a word
(`header`, `file`) the ending sounds as it is read, where it is always read alike.
"""

from __future__ import annotations

import re

from postlint.patterns import lazy

_PARTICLE = lazy(
    r"(?P<last>\w)(?P<closing>[`'\"”’)\]]*)(?P<both>이\(가\)|은\(는\)|을\(를\)|과\(와\)|\(으\)로)"
)
_FORMS = {
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28
_FINAL_RIEUL = 8
_CLOSED = frozenset("036lmnr178")
"""영, 삼, 육, 엘, 엠, 엔, 알, 일, 칠, 팔 end in a consonant."""
_RIEUL = frozenset("178lr")
_LONGEST_WORD = 20
_VOWELS = frozenset("aeiouy")
_READ_OPEN = frozenset({"readme", "theme"})
"""리드미, 테마: they end as 네임 does, and are not read so."""


def with_particles(sentence: str) -> str:
    """`sentence` with each pair of forms settled, where that can be told."""
    return _PARTICLE.sub(_settled, sentence) if "(" in sentence else sentence


def _settled(match: re.Match[str]) -> str:
    last, both = match["last"].lower(), match["both"]
    code = ord(last)
    if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        final = (code - _FIRST_SYLLABLE) % _FINALS
        closed, rieul = final > 0, final == _FINAL_RIEUL
    elif last.isascii() and last.isalnum():
        closed, rieul = _latin_ending(_word_before(match.string, match.end("last")))
    else:
        return match[0]
    if both == "(으)로" and rieul:
        closed = False
    return match["last"] + match["closing"] + _FORMS[both][0 if closed else 1]


def _word_before(sentence: str, end: int) -> str:
    """The Latin letters and digits that end at `end`; of a long word only its ending."""
    start = end
    while (
        start > max(0, end - _LONGEST_WORD)
        and sentence[start - 1].isascii()
        and sentence[start - 1].isalnum()
    ):
        start -= 1
    return sentence[start:end]


def _latin_ending(written: str) -> tuple[bool, bool]:
    """Whether the last sound of a word in Latin letters is a consonant, and whether it is ㄹ.

    Only endings that are always read alike are known: 러닝, 파일, 네임, 라인; 헤더, 유저. Any other word ends
    as the name of its last letter does.
    """
    word = written.lower()
    if len(word) > 2 and word.isalpha() and not written.isupper() and word not in _READ_OPEN:
        if word.endswith("le"):
            return True, True
        if word.endswith(("ng", "me", "ne")):
            return True, False
        if word.endswith("r") and not _VOWELS.isdisjoint(word):
            return False, False
    return word[-1] in _CLOSED, word[-1] in _RIEUL
