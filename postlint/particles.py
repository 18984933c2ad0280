"""Korean particles, which take the form that the word before them asks for.

A sentence is written with both forms, as `이(가)`; here one is chosen by the sound that the word
ends in: `한글이`, `주소가`. Where the sound cannot be told, both stay.

Source: 한글 맞춤법 (National Institute of Korean Language) has the forms; a digit sounds as its
Sino-Korean name, a Latin letter as its name.
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
        closed, rieul = last in _CLOSED, last in _RIEUL
    else:
        return match[0]
    if both == "(으)로" and rieul:
        closed = False
    return match["last"] + match["closing"] + _FORMS[both][0 if closed else 1]
