"""Named tuples of postlint's own are those of the standard library, made faster."""

from __future__ import annotations

import pickle
import typing

from postlint.named import NamedTuple


class Place(NamedTuple):
    """Where something stands."""

    line: int
    column: int = 1

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


class StandardPlace(typing.NamedTuple):
    line: int
    column: int = 1


def test_fields_and_defaults_are_those_of_the_standard_library() -> None:
    assert Place._fields == StandardPlace._fields
    assert Place._field_defaults == StandardPlace._field_defaults
    assert tuple(Place(3)) == tuple(StandardPlace(3)) == (3, 1)


def test_methods_and_the_docstring_stay() -> None:
    assert Place(3, 4).shown == "3:4"
    assert Place.__doc__ == "Where something stands."


def test_the_types_of_the_fields_can_be_asked_for() -> None:
    assert typing.get_type_hints(Place) == {"line": int, "column": int}


def test_one_goes_from_process_to_process() -> None:
    assert pickle.loads(pickle.dumps(Place(3, 4))) == Place(3, 4)


def test_a_subclass_has_the_fields_too() -> None:
    class Named(Place):
        __slots__ = ()

    assert Named(3)._replace(column=9).shown == "3:9"
