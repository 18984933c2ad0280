"""Attribute lists: `{: .class #id key="value" reference}` and their named form `{:name: …}`.

Settled by kramdown's `parser/kramdown/extensions.rb` and `update_attr_with_ial` in `parser/kramdown.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping

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

    def merge(self, other: AttributeList) -> None:
        """Take in another list, as if written behind this one."""
        self.references.extend(other.references)
        for key, value in other.attributes.items():
            _set(self.attributes, key, value)

    def apply(self, attributes: dict[str, str], named: Mapping[str, AttributeList]) -> None:
        """Set these attributes in `attributes`, those of the `named` lists referred to before one's own."""
        self._apply(attributes, named, frozenset())

    def _apply(
        self, attributes: dict[str, str], named: Mapping[str, AttributeList], seen: frozenset[str]
    ) -> None:
        for reference in self.references:
            # A list that refers to itself sends kramdown into a loop without end; here it counts once.
            if reference in named and reference not in seen:
                named[reference]._apply(attributes, named, seen | {reference})
        for key, value in self.attributes.items():
            _set(attributes, key, value)


def _set(attributes: dict[str, str], key: str, value: str) -> None:
    """Set an attribute; classes gather."""
    if key == "class" and attributes.get(key):
        attributes[key] = f"{attributes[key]} {value}"
    else:
        attributes[key] = value
