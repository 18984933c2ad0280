"""Putting another address in the place of one that a file has."""

from postlint.findings import Edit, Fix, Safety, Text
from postlint.patterns import lazy
from postlint.rule import fix
from postlint.site.page_facts import Reference
from postlint.urls import as_destination, split_url
from postlint.web.answers import Occurrence

_ARCHIVED = Text(en="link to the page as it was: `{address}`", ko="보관된 페이지 `{address}`(으)로 바꾸기")
# HTML Standard, 13.2.5.73: without its semicolon, an entity before `=` or a letter is none in an attribute.
_ENTITY = lazy(r"&(?:#?\w+;|#\w+|[A-Za-z]\w*(?![\w=]))")


def archived(occurrence: Occurrence) -> Fix | None:
    """A fix that links to the page as it was; None where no archive has it, or no edit can be made."""
    if occurrence.archived is None:
        return None
    return replaced(occurrence.reference, occurrence.archived, Safety.UNSAFE, _ARCHIVED)


def replaced(reference: Reference, address: str, safety: Safety, title: Text) -> Fix | None:
    """A fix that puts `address` in the place of that of `reference`, wherever it may stand.

    None where the written one is not there as it is, or has a password that would be lost, or where a part of
    the new one would be taken for an entity.
    """
    written = as_destination(address)
    if not reference.is_verbatim or split_url(reference.address).userinfo_span is not None:
        return None
    if "&" in written and any(_is_entity(match[0]) for match in _ENTITY.finditer(written)):
        return None
    return fix(safety, title, Edit(reference.span, written), address=written)


def _is_entity(written: str) -> bool:
    import html  # its table of entities would cost every start a millisecond

    return html.unescape(written) != written
