"""What a step has changed on a page, block by block, and whether its fixes may."""

from __future__ import annotations

import difflib
import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from postlint.findings import Safety
from tests.proof.promises import BY_SAFE_FIXES, Promise, Reach, Strictness, promises
from tests.proof.steps import Applied, Sheet, Step


@dataclass(frozen=True)
class Block:
    """`line` is that of the body on which it begins; None for the list of footnotes."""

    line: int | None
    html: str


@dataclass(frozen=True)
class Rendered:
    """What kramdown makes of bodies, and Ruby of front matters."""

    pages: Mapping[str, tuple[Block, ...]]
    data: Mapping[str, str]


@dataclass(frozen=True)
class Verdict:
    """The kinds of differences that a step was allowed and has made, and the differences that it was not."""

    kinds: frozenset[str]
    unexplained: tuple[str, ...]

    @property
    def changes(self) -> bool:
        return bool(self.kinds or self.unexplained)


@dataclass(frozen=True)
class Hunk:
    """Blocks of the old page, some side by side, and what the new page has in their place."""

    blocks: tuple[int, ...]
    """Those of the old page."""
    place: int
    """The first of them; where there are none, the one before which the new ones stand."""
    old: str
    new: str


def judge(step: Step, rendered: Rendered) -> Verdict:
    """Holds what `step` has changed against what its fixes have promised."""
    kinds: set[str] = set()
    unexplained = [
        f"{one.code} calls a fix safe that changes {promises(one.code)[0].kind}"
        for one in step.applied
        if one.safety is Safety.SAFE and promises(one.code)[0] not in BY_SAFE_FIXES
    ]
    old_data, new_data = (_data(sheet, rendered) for sheet in (step.before, step.after))
    if old_data != new_data:
        made = [promise for one in step.applied for promise in promises(one.code) if promise.data]
        if _are_alike(old_data, new_data, made):
            kinds.update(promise.kind for promise in made)
        else:
            unexplained.append(f"front matter: {old_data} → {new_data}")
    if step.before.body != step.after.body:
        old = rendered.pages[step.before.body]
        places = {one: _touched(one, old) for one in step.applied}
        for hunk, claims in _grouped(_hunks(old, rendered.pages[step.after.body]), places):
            made = _kept(hunk, claims, step) if claims else []
            kinds.update(promise.kind for promise in made)
            if not made:
                unexplained.append(f"{sorted({one.code for one in claims})}: {_shown(hunk)}")
    return Verdict(frozenset(kinds), tuple(unexplained))


def _data(sheet: Sheet, rendered: Rendered) -> str | None:
    return None if sheet.front_matter is None else rendered.data[sheet.front_matter]


def _are_alike(old: str | None, new: str | None, made: Sequence[Promise]) -> bool:
    """Whether the front matter can be read, and says but for what was promised what it said."""
    if new is None or not new.startswith("{"):
        return False
    old = old or ""
    for promise in made:
        assert promise.data is not None
        old, new = promise.data(old), promise.data(new)
    return old == new


# Which fixes may have changed which blocks


def _hunks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Hunk]:
    before, after = [block.html for block in old], [block.html for block in new]
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if i2 - i1 == j2 - j1:
            yield from (Hunk((i,), i, before[i], after[i + j1 - i1]) for i in range(i1, i2))
        else:
            yield Hunk(tuple(range(i1, i2)), i1, "".join(before[i1:i2]), "".join(after[j1:j2]))


def _touched(one: Applied, old: Sequence[Block]) -> frozenset[int]:
    """The blocks of the old page on which this fix may change anything."""
    if one.is_definition:
        return frozenset(range(len(old)))
    touched = set()
    for index, block in enumerate(old):
        if block.line is None:
            if one.is_note:
                touched.add(index)
            continue
        later = (other.line for other in old[index:] if other.line is not None and other.line > block.line)
        if one.lines and block.line < one.lines.stop and one.lines.start < next(later, one.lines.stop):
            touched.add(index)
    if touched and any(promise.reach is Reach.FOLLOWING for promise in promises(one.code)):
        touched.update(range(min(touched), len(old)))
    return frozenset(touched)


def _grouped(
    hunks: Iterator[Hunk], places: Mapping[Applied, frozenset[int]]
) -> list[tuple[Hunk, set[Applied]]]:
    """Hunks with the fixes that claim them, those that a fix has in common made one."""
    groups: list[tuple[Hunk, set[Applied]]] = []
    for hunk in hunks:
        around = hunk.blocks or (hunk.place - 1, hunk.place)
        claims = {one for one, place in places.items() if place.intersection(around)}
        claimed = {block for one in claims for block in places[one]}
        if not claimed.issuperset(hunk.blocks):
            claims = set()
        for group in [group for group in groups if group[1] & claims]:
            groups.remove(group)
            first = group[0]
            hunk = Hunk(first.blocks + hunk.blocks, first.place, first.old + hunk.old, first.new + hunk.new)
            claims |= group[1]
        groups.append((hunk, claims))
    return groups


# Whether what they have changed was promised


def _kept(hunk: Hunk, claims: set[Applied], step: Step) -> list[Promise]:
    """Promises, one of each fix, that the hunk keeps; none if it breaks one whatever is chosen."""
    choices = product(*(promises(rule) for rule in sorted({one.code for one in claims})))
    return next(([*made] for made in choices if _keeps(hunk, made, claims, step)), [])


def _keeps(hunk: Hunk, made: Sequence[Promise], claims: set[Applied], step: Step) -> bool:
    old, new = hunk.old, hunk.new
    for promise in made:
        for blind in promise.blind:
            old, new = blind(old), blind(new)
    strictness = max(promise.strictness for promise in made)
    if len(made) > 1 and strictness is Strictness.LETTERS:
        strictness = Strictness.TEXT  # another's blind spot may be an address
    if strictness is Strictness.SAME:
        if old != new:
            return False
    elif strictness is Strictness.MORE:
        if not _letters(old, in_text=True) <= _letters(new, in_text=True):
            return False
    elif strictness is Strictness.LESS:
        if not _letters(new, in_text=False) <= _letters(old, in_text=False):
            return False
    elif _letters(old, strictness is Strictness.TEXT) != _letters(new, strictness is Strictness.TEXT):
        return False
    if all(promise.in_formula for promise in made) and not _grows_in_formulas(hunk):
        return False
    written = [one.written for one in claims if any(promise.verbatim for promise in promises(one.code))]
    if written and not (_is_in_code(hunk, written) and _is_written(hunk, step.before.text)):
        return False
    return all(
        len(re.findall(promise.appears, hunk.new)) > len(re.findall(promise.appears, hunk.old))
        for promise in made
        if promise.appears
    )


_TAG = re.compile(r"<(/?)([^\s<>/!\"'=]+)((?:\s+[^<>]*?)?)\s*/?>")
_MADE_OF_MARKS = re.compile(
    r"p|[uod]l|li|d[td]|em|strong|del|code|pre|[bh]r|sup|input|h[1-6]|table|t(?:head|body|foot|[rdh])|blockquote"
    r"|div|span|a|img",
    re.IGNORECASE,
)
_VALUE = re.compile(r'\b(?:href|src|title)="([^"]*)"')
_SHOWN = re.compile(r'\balt="([^"]*)"|class="language-([^"]*)"')
_DESTINATION = re.compile(r"(?<=\])\([^()\s]*\)")
_NUMBER = re.compile(r"^[ \t>#*+-]*\d+\.(?=[ \t])", re.MULTILINE)


def _letters(page: str, in_text: bool) -> Counter[str]:
    """The letters and digits that stand in the text and, unless `in_text`, in addresses and titles.

    A tag that no mark becomes counts as text, as its author meant it to be.
    """

    def of_tag(match: re.Match[str]) -> str:
        if match[1]:
            return ""
        if not _MADE_OF_MARKS.fullmatch(match[2]):
            return f"{match[2]} {match[3]}"
        values = [one or other for one, other in _SHOWN.findall(match[3])]
        return " ".join(values if in_text else [*values, *_VALUE.findall(match[3])])

    # Those that code shows count as the same, for elsewhere they are tags.
    text = _TAG.sub(of_tag, html.unescape(_TAG.sub(of_tag, page))).replace("%7C", "")
    if in_text:
        text = _DESTINATION.sub("", text)
    text = _NUMBER.sub("", text)
    return Counter(character for character in text.casefold() if character.isalnum())


_TOKEN = re.compile(r"<[^<>]*>|&[#\w]+;|\w+|\s+|.", re.DOTALL)
_FORMULA = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]|(?<!\\)\$\$?[^$]+\$\$?", re.DOTALL)
_PARAGRAPH = re.compile(r"\s*|</?p>")


def _grows_in_formulas(hunk: Hunk) -> bool:
    """Whether all that the new page has, and the old has not, stands in formulas."""
    formulas = [match.span() for match in _FORMULA.finditer(hunk.new)]
    old, new = _TOKEN.findall(hunk.old), list(_TOKEN.finditer(hunk.new))
    matcher = difflib.SequenceMatcher(None, old, [token[0] for token in new], autojunk=False)
    return all(
        _PARAGRAPH.fullmatch(token[0])
        or any(start <= token.start() and token.end() <= end for start, end in formulas)
        for tag, _, _, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
        for token in new[j1:j2]
    )


_CODE = re.compile(r"<(code|pre)\b[^>]*>(.*?)</\1>", re.DOTALL)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,}).*")


def _code_lines(page: str) -> list[str]:
    codes = (html.unescape(_TAG.sub("", code)) for _, code in _CODE.findall(page))
    return [line.strip() for code in codes for line in code.splitlines()]


def _is_written(hunk: Hunk, text: str) -> bool:
    """Whether each line of code that the new page has, and the old has not, stands in the file."""
    kept = _RAW.sub("", text)
    lines = set(_code_lines(hunk.new)) - set(_code_lines(hunk.old))
    return all(line in kept or line in text for line in lines)


def _is_in_code(hunk: Hunk, written: Sequence[str]) -> bool:
    """Whether what was written, but for its fences, is code on the new page."""
    code = "\n".join(_code_lines(hunk.new))
    lines = [line for one in written for line in one.splitlines() if not _FENCE.fullmatch(line)]
    return all(line.strip(" \t>") in code for line in lines)


def _shown(hunk: Hunk) -> str:
    """The stretch in which the two differ."""
    old, new = hunk.old, hunk.new
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    end = next((i for i in range(shorter - start) if old[-1 - i] != new[-1 - i]), shorter - start)
    start, end = max(0, start - 40), max(0, end - 40)
    return f"{old[start : len(old) - end][:400]!r} → {new[start : len(new) - end][:400]!r}"
