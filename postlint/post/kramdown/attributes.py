"""Attribute lists: `{: .class #id key="value" reference}` and their named form `{:name: …}`.

Settled by kramdown's `parser/kramdown/extensions.rb` and `update_attr_with_ial` in `parser/kramdown.rb`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postlint.patterns import lazy
from postlint.post.kramdown.characters import SPACE, STRIPPED

IDENTIFIER = r"[A-Za-z0-9_][-A-Za-z0-9_]*"
"""The name of an attribute, of a reference, of a footnote (ALD_ID_NAME)."""
ANY = r"(?:[^}\\]++|\\\}|\\)"
"""A part of what may stand in an attribute list (ALD_ANY_CHARS): a brace only if escaped."""

_ID = "#([A-Za-z][A-Za-z0-9_:-]*)"
_CLASS = rf"\.([^{SPACE}.#]+)"
_ID_OR_CLASS = lazy(f"{_ID}|{_CLASS}")
# A value ends at the first quote that is not escaped, or else (second alternative) at the last that is.
_VALUE = rf"(?:((?>\\\}}|\\\2|[^}}\x02])*?)\2(?=[{SPACE}]|\Z)|((?:\\\}}|[^}}\x02])*)\2)"
_PART = lazy(
    rf"""(?:\A|[{SPACE}])(?:({IDENTIFIER})=("|'){_VALUE}|({IDENTIFIER})|((?:{_ID}|{_CLASS})+))(?=[{SPACE}]|\Z)"""
)

_REPETITIONS = 1_000
"""How often, for one element, lists are taken in that were taken in before."""


class AttributeList:
    """The attributes of one or more attribute lists, in the order written, and the names they refer to."""

    __slots__ = ("attributes", "references")

    def __init__(self) -> None:
        self.attributes: dict[str, str] = {}
        self.references: list[str] = []

    def add(self, text: str) -> None:
        """Take in what stands between `{:` and `}`."""
        if text.strip(STRIPPED) in ("", ":"):
            return
        for key, quote, value, other, reference, names, *_ in _PART.findall(text):
            if reference:
                self.references.append(reference)
            elif names:
                for name, class_name in _ID_OR_CLASS.findall(names):
                    if class_name:
                        _set(self.attributes, "class", class_name)
                    else:
                        self.attributes["id"] = name
            else:
                written = value or other
                self.attributes[key] = written.replace("\\}", "}").replace("\\" + quote, quote)

    def apply(self, attributes: dict[str, str], named: Mapping[str, AttributeList]) -> None:
        """Set these attributes in `attributes`, those of the `named` lists referred to before one's own."""
        before = attributes.get("class", "")
        classes: list[str] = []
        for one in self._with_referred(named):
            for key, value in one.attributes.items():
                if key == "class":
                    classes.append(value)
                attributes[key] = value
        if classes:
            attributes["class"] = " ".join((before, *classes)).lstrip()

    def _with_referred(self, named: Mapping[str, AttributeList]) -> Iterator[AttributeList]:
        """The lists to take in, in order; this one is the last.

        As in kramdown, a list counts as often as it is referred to, since the last value of an
        attribute prevails. But two lists that refer to each other send kramdown into a loop without
        end, and lists that refer twice to the next double their number with every level.
        """
        repetitions = _REPETITIONS
        seen: set[str] = set()
        within: set[str] = set()
        stack = [("", self, iter(self.references))]
        while stack:
            name, current, references = stack[-1]
            for reference in references:
                if reference not in named or reference in within:
                    continue
                if reference in seen:
                    if not repetitions:
                        continue
                    repetitions -= 1
                seen.add(reference)
                within.add(reference)
                stack.append((reference, named[reference], iter(named[reference].references)))
                break
            else:
                stack.pop()
                within.discard(name)
                yield current


def _set(attributes: dict[str, str], key: str, value: str) -> None:
    """Set an attribute; classes gather."""
    if key == "class" and attributes.get(key):
        attributes[key] = f"{attributes[key]} {value}"
    else:
        attributes[key] = value
