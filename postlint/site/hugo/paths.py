"""What Hugo makes of a text in a path or an address (`helpers/path.go`, `helpers/url.go`, Go's `net/url`)."""

from __future__ import annotations

import posixpath
import unicodedata
from urllib.parse import quote, unquote

from postlint.patterns import lazy
from postlint.post.goldmark.ids import without_accents

_KEPT = frozenset("./\\_#+~-@")
_HEXADECIMAL = lazy(r"[0-9A-Fa-f]{2}")
_SURELY_SAME = lazy(r"[a-z0-9./_-]*")
_VALID = lazy(r"[A-Za-z0-9\-_.~$&+,/:;=@!'()*\[\]%]*")
_BROKEN_ESCAPE = lazy(r"%(?![0-9A-Fa-f]{2})")
_NEVER_ESCAPED = "-_.~$&+,/:;=@"


def sanitized(text: str, *, keep_case: bool = False, remove_accents: bool = False) -> str:
    """`MakePathSanitized`: letters, digits, marks and a few signs stay, spaces become a hyphen."""
    if _SURELY_SAME.fullmatch(text):
        return text
    if remove_accents:
        text = without_accents(text)
    parts: list[str] = []
    wants_hyphen = was_hyphen = False
    for index, one in enumerate(text):
        if _is_kept(one) or (one == "%" and _HEXADECIMAL.match(text, index + 1)):
            was_hyphen = one == "-"
            if wants_hyphen and not was_hyphen:
                parts.append("-")
            wants_hyphen = False
            parts.append(one)
        elif parts and not was_hyphen and one.isspace():
            wants_hyphen = True
    path = "".join(parts)
    return path if keep_case else lower(path)


def _is_kept(character: str) -> bool:
    if character in _KEPT:
        return True
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def lower(text: str) -> str:
    """Go's `ToLower`, which makes one letter of each."""
    return "".join(one.lower()[:1] for one in text) if not text.isascii() else text.lower()


def escaped(path: str) -> str:
    """`URLEscape`: a path as it stands in an address. One whose escapes are broken stays as it is."""
    path, hash_sign, fragment = path.partition("#")
    path, question_mark, query = path.partition("?")
    if not _BROKEN_ESCAPE.search(path) and not _VALID.fullmatch(path):
        path = quote(unquote(path, errors="surrogateescape"), safe=_NEVER_ESCAPED, errors="surrogateescape")
    if hash_sign and fragment:
        fragment = quote(unquote(fragment), safe=_NEVER_ESCAPED + "?!()*")
        return f"{path}{question_mark}{query}#{fragment}"
    return f"{path}{question_mark}{query}"


def query_unescaped(text: str) -> str:
    """Go's `url.QueryUnescape`; empty for what it refuses."""
    if _BROKEN_ESCAPE.search(text):
        return ""
    return unquote(text.replace("+", " "), errors="surrogateescape")


def joined(*parts: str) -> str:
    """Go's `path.Join`, with the slash that the last part ends in."""
    kept = [part for part in parts if part]
    if not kept:
        return ""
    path = posixpath.normpath("/".join(kept))
    if path.startswith("//"):
        path = path[1:]
    return f"{path}/" if parts[-1].endswith("/") and not path.endswith("/") else path
