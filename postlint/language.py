"""Which language a user reads."""

from __future__ import annotations

import os
import sys

LANGUAGES = ("auto", "ko", "en")


def resolve(language: str) -> str:
    """`ko` or `en`: as asked, or for `auto` what the environment says, else English.

    The order of the variables is POSIX's for messages (Base Definitions, 8.2).
    """
    if language != "auto":
        return language
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "ko" if value.lower().startswith("ko") else "en"
    if sys.platform == "win32":
        import locale

        return "ko" if (locale.getlocale()[0] or "").lower().startswith("ko") else "en"
    return "en"
