"""Mending an address so that it leads to what was meant."""

from postlint.findings import Edit, Fix, Safety, Span, Text
from postlint.rule import fix
from postlint.site.misses import Lost
from postlint.urls import split_url

_TITLE = Text(en="change to `{address}`", ko="`{address}`(으)로 바꾸기")
_ESCAPED = str.maketrans({character: f"%{ord(character):02X}" for character in "()'\"<>&|`"})
"""What has a meaning of its own in a destination of Markdown, or in an attribute of HTML."""


def as_meant(lost: Lost) -> Fix | None:
    """A repair that puts the path that was meant in place of the written one.

    None where that is not certain, or the address does not stand in the file as it is.
    """
    reference, missed = lost
    if not missed.meant or not reference.is_verbatim:
        return None
    written = split_url(reference.address).path_span
    path = missed.meant.translate(_ESCAPED)
    span = Span(reference.span.start + written.start, reference.span.start + written.end)
    return fix(Safety.REPAIR, _TITLE, Edit(span, path), address=path)
