"""`https://` as people mistype it."""

from __future__ import annotations

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy

_HOST_AHEAD = r"(?=(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?![\w.-])|\[[0-9A-Fa-f:]+\])"
# What stands between the word and the host: two slashes without a colon, or a colon (of any keyboard)
# with too few or too many beside it. Backslashes are left out, which browsers take for slashes.
_SCHEME = lazy(
    r"(?P<word>[^\W\d_]{3,8})(?P<mark>\s{0,2}[:;：.,]{0,2}\s{0,2}/{0,4}\s{0,2}/?\s{0,2})" + _HOST_AHEAD
)
_NAMELESS = lazy("://" + _HOST_AHEAD)
_AGAIN = lazy(r"https?(?::?//|:/?)(?=https?(?::?//|:/))", 2)
_GOOD_MARK = lazy(r"://+")
# A `](` within would make it a link in the place of an address.
_ENCLOSED = lazy(
    r"""(?P<opens>["'“”‘’(<「\[]+)(?=https?://)(?P<address>(?:(?!\]\()\S)*?)(?P<closes>["'“”‘’)>」\]]*)""", 2
)
_REAL = ("http", "https")
_LETTERS = frozenset("htps")


class MistypedScheme(NamedTuple):
    """What stands where `http://` or `https://` should."""

    span: Span
    replacement: str


def mistyped_scheme(address: str) -> MistypedScheme | None:
    """What at the start of `address` was to be `http://` or `https://` and is not, as browsers read it.

    A browser takes `https:/host` on a page that is itself `https:` for a path of that page's host (WHATWG
    URL, "special relative or authority state"), and passes over a third slash.
    """
    if address.startswith("://") and _NAMELESS.match(address):
        return MistypedScheme(Span(0, len("://")), "https://")
    start = 0
    while again := _AGAIN.match(address, start):
        start = again.end()
    match = _SCHEME.match(address, start)
    if match is None:
        if start and address.startswith(("http://", "https://"), start):
            return MistypedScheme(Span(0, start), "")
        return None
    word = match["word"].lower()
    if word in _REAL:
        if _GOOD_MARK.fullmatch(match["mark"]):
            return MistypedScheme(Span(0, start), "") if start else None
        if not ("//" in match["mark"] or set(match["mark"]) & set(":;：")):
            return None
        meant = word
    elif "//" in match["mark"] and set(match["mark"]) & set(":;：") and _is_mistyped(word):
        meant = "https" if "s" in word or _distance(word, "https") < _distance(word, "http") else "http"
    else:
        return None
    return MistypedScheme(Span(0, match.end()), f"{meant}://")


def enclosed_address(address: str) -> tuple[Span, Span] | None:
    """The quotes or brackets before and behind the address that `address` is with them, if it has any."""
    match = _ENCLOSED.fullmatch(address)
    if match is None:
        return None
    opens, (first, end) = Span(*match.span("opens")), match.span("closes")
    return opens, Span(max(first, end - opens.end), end)


def _is_mistyped(word: str) -> bool:
    """Whether `word` is made of the letters of `https`, or is but one letter away from it or `http`."""
    if {"t", "p"} <= set(word) <= _LETTERS:
        return True
    return len(word) >= len("http") and min(_distance(word, real) for real in _REAL) <= 1


def _distance(word: str, other: str) -> int:
    """How many letters to add, take away or exchange (Levenshtein)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, 1):
        diagonal, row[0] = row[0], number
        for index, another in enumerate(other, 1):
            diagonal, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, diagonal + (letter != another)),
            )
    return row[-1]
