"""Which language a user reads."""

from __future__ import annotations

import os
import sys

LANGUAGES = ("auto", "ko", "en")


def resolve(language: str) -> str:
    """`ko` or `en`: as asked, or for `auto` what the environment says, else English.

    The order of the variables is POSIX's for messages (Base Definitions, 8.2). Where standard output has no
    Hangul, nobody could read what the environment says.
    """
    if language != "auto":
        return language
    return "ko" if _wants_korean() and _shows_hangul() else "en"


def _wants_korean() -> bool:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value.lower().startswith("ko")
    if sys.platform == "win32":
        import locale

        return (locale.getlocale()[0] or "").lower().startswith("ko")
    return False


def _shows_hangul() -> bool:
    try:
        "한".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
