"""What some spans of a text cover."""

from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.post.covered import Covered

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 12), st.integers(0, 4))


def characters(span: Span) -> set[int]:
    return set(range(span.start, max(span.end, span.start + 1)))


@given(st.lists(SPANS), SPANS)
def test_it_is_asked_by_characters(spans: list[Span], asked: Span) -> None:
    covered, whole = Covered(spans), set().union(*map(characters, spans))
    assert covered.meets(asked) == (not whole.isdisjoint(characters(asked)))
    assert [offset for offset in range(20) if offset in covered] == sorted(whole)
