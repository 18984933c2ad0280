"""Pages as an archive has them."""

from postlint.findings import Edit, Fix, Safety, Text
from postlint.rule import fix
from postlint.urls import as_destination
from postlint.web.answers import Occurrence

_ARCHIVED = Text(en="link to the page as it was: `{address}`", ko="보관된 페이지 `{address}`(으)로 바꾸기")


def archived(occurrence: Occurrence) -> Fix | None:
    """A fix that links to the page as it was; None where no archive has it, or no edit can be made."""
    page, reference = occurrence.archived, occurrence.reference
    if page is None or not reference.is_verbatim:
        return None
    return fix(Safety.UNSAFE, _ARCHIVED, Edit(reference.span, as_destination(page)), address=page)
