"""What a user asks of front matter: a JSON Schema, or the short form of the rule's own options.

jsonschema is imported where there is a schema only: it takes longer to start than postlint does.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.yaml_tree import Kind, Mapping, Scalar, Sequence, Tree

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

_KINDS = {
    "text": frozenset({Kind.TEXT}),
    "integer": frozenset({Kind.INTEGER}),
    "number": frozenset({Kind.INTEGER, Kind.FLOAT}),
    "boolean": frozenset({Kind.BOOLEAN}),
    "date": frozenset({Kind.DATE, Kind.TIME}),
}
TYPES = (*_KINDS, "list", "mapping")
"""What the short form may ask of a value."""

_QUOTED_DATE = lazy(r"\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d\d.*)?")


def is_of_type(tree: Tree, wanted: str) -> bool:
    """Whether a value is what the short form asks; an empty one is not, whatever is asked."""
    if wanted == "list":
        return isinstance(tree, Sequence)
    if wanted == "mapping":
        return isinstance(tree, Mapping)
    if not isinstance(tree, Scalar):
        return False
    # Psych knows fewer forms of a time than Jekyll: what is no time to it may be one still.
    is_date = wanted == "date" and _QUOTED_DATE.fullmatch(tree.text) is not None
    return is_date or tree.kind in _KINDS[wanted]


class Violation(NamedTuple):
    """Where front matter is not as a schema wants it."""

    keyword: str
    """The word of the schema that is not heeded: `required`, `type`, `enum` …"""
    key: str
    """The key that is missing, too many or wrong, with those around it: `header.image`, `tags[1]`."""
    span: Span | None
    """The value, or a key too many; None for a key that is missing at the top."""
    wanted: object
    """What the keyword asks."""
    detail: str
    """jsonschema's own words, in English."""


def check_schema(schema: dict[str, Any]) -> None:
    """Raises ValueError for a schema that cannot be used: it says why."""
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing.exceptions import Unresolvable

    validator, kind = _validator(schema), validator_for(schema, default=Draft202012Validator)
    try:
        # What the formats check is whether a `pattern` is a regular expression at all.
        kind.check_schema(schema, format_checker=kind.FORMAT_CHECKER)  # type: ignore[call-arg]
    except SchemaError as error:
        place = error.json_path.removeprefix("$").lstrip(".")
        raise ValueError(f"{place}: {error.message}" if place else error.message) from error
    for reference in sorted(set(_references(schema))):
        # One on the web would have to be fetched, and one that is missing would stop a run half-way.
        if not reference.startswith("#"):
            raise ValueError(f"$ref: `{reference}` is not within the schema (`#…`)")
        try:
            validator.evolve(schema={**schema, "$ref": reference}).is_valid({})
        except Unresolvable as error:
            raise ValueError(f"$ref: there is no `{reference}`") from error
        except RecursionError as error:
            raise ValueError(f"$ref: `{reference}` leads to itself") from error


def _validator(schema: dict[str, Any]) -> "Validator":
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing import Registry

    kind = validator_for(schema, default=Draft202012Validator)
    return kind(schema, registry=Registry(), format_checker=kind.FORMAT_CHECKER)


def _references(schema: object) -> Iterator[str]:
    pending = [schema]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            if isinstance(reference := one.get("$ref"), str):
                yield reference
            pending.extend(one.values())
        elif isinstance(one, list):
            pending.extend(one)


class Checker:
    """Holds front matter against a schema that has been checked."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._validator = _validator(schema)

    def violations(self, front_matter: Mapping) -> Iterator[Violation]:
        """Where it is not as the schema wants it, each place once for each word of the schema."""
        told: set[tuple[str, str]] = set()
        for error in self._validator.iter_errors(front_matter.value):
            for violation in _of(error, front_matter):
                if (violation.keyword, violation.key) not in told:
                    told.add((violation.keyword, violation.key))
                    yield violation


def _of(error: "ValidationError", front_matter: Mapping) -> Iterator[Violation]:
    path = list(error.absolute_path)
    tree = _at(front_matter, path)
    keyword, wanted = str(error.validator), error.validator_value
    span = tree.span if path else None
    if keyword == "required" and isinstance(wanted, list) and isinstance(error.instance, dict):
        for key in wanted:
            if key not in error.instance:
                yield Violation(keyword, _written([*path, key]), span, wanted, error.message)
    elif keyword == "additionalProperties" and wanted is False and isinstance(tree, Mapping):
        for entry in tree.entries:
            if _is_extra(entry.key, error.schema):
                yield Violation(keyword, _written([*path, entry.key]), entry.key_span, wanted, error.message)
    else:
        yield Violation(keyword, _written(path), span, wanted, error.message)


def _is_extra(key: str, schema: Any) -> bool:
    if key in schema.get("properties", {}):
        return False
    return not any(re.search(pattern, key) for pattern in schema.get("patternProperties", {}))


def _at(tree: Tree, path: list[str | int]) -> Tree:
    """The value that the path leads to; where `<<` stands between, the last that can be pointed at."""
    for step in path:
        if isinstance(tree, Mapping):
            entry = tree.get(step) if isinstance(step, str) else None
            if entry is None:
                break
            tree = entry.tree
        elif isinstance(tree, Sequence) and isinstance(step, int):
            tree = tree.items[step]
    return tree


def _written(path: list[str | int]) -> str:
    """`header.image`, `tags[1]`"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
