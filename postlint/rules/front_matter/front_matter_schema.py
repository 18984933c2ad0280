from collections.abc import Iterator
from functools import cached_property
from typing import Any

from postlint.findings import Finding, Severity, Span, Text
from postlint.named import NamedTuple
from postlint.post.front_matter import FrontMatter
from postlint.post.post import Kind, Post
from postlint.post.yaml_tree import Entry, Scalar
from postlint.registry import nearest
from postlint.rule import Bad, Good, Rule
from postlint.rules.front_matter._schema import TYPES, Checker, Violation, check_schema, is_of_type
from postlint.rules.front_matter._tags import PLURAL, leaves

_TYPE = Text(en="`{key}` must be {wanted}", ko="`{key}`의 값은 {wanted_ko}이어야 합니다")
_NOT_ALLOWED = Text(
    en="`{value}` is not among the values of `{key}`{suggestion}",
    ko="`{value}`은(는) `{key}`에 쓸 수 있는 값이 아닙니다{suggestion_ko}",
)
_TOO_MANY = Text(en="the schema knows no key `{key}`", ko="스키마에 없는 키 `{key}`입니다")
_OTHERWISE = Text(en="`{key}`: {detail}", ko="`{key}`이(가) 스키마에 맞지 않습니다: {detail}")

_NAMES = {
    "text": ("text", "글"),
    "string": ("text", "글"),
    "integer": ("a whole number", "정수"),
    "number": ("a number", "수"),
    "boolean": ("true or false", "true나 false"),
    "date": ("a date", "날짜"),
    "list": ("a list", "목록"),
    "array": ("a list", "목록"),
    "mapping": ("keys and values", "키와 값"),
    "object": ("keys and values", "키와 값"),
    "null": ("empty", "빈 값"),
}
"""The types of the short form and of JSON Schema, in words."""

_LONGEST_DETAIL = 200


class _Fields(NamedTuple):
    schema: dict[str, Any] = {}  # noqa: RUF012 - nobody writes into it
    required: tuple[str, ...] = ()
    types: dict[str, str] = {}  # noqa: RUF012
    allowed: dict[str, tuple[str, ...]] = {}  # noqa: RUF012


class Options(_Fields):
    """`schema` is a JSON Schema, or the name of a file with one; the others are its short form.

    Raises ValueError for a schema that cannot be used.
    """

    __slots__ = ()

    def __new__(
        cls,
        schema: dict[str, Any] | None = None,
        required: tuple[str, ...] = (),
        types: dict[str, str] | None = None,
        allowed: dict[str, tuple[str, ...]] | None = None,
    ) -> "Options":
        for key, wanted in (types or {}).items():
            if wanted not in TYPES:
                raise ValueError(f"types.{key}: `{wanted}` is none of {', '.join(TYPES)}")
        if schema:
            check_schema(schema)
        return super().__new__(cls, schema or {}, required, types or {}, allowed or {})


class FrontMatterSchema(Rule):
    """Front matter of a post that is not as the configuration wants it.

    Without options nothing is found. `required` names keys that must be there and not be empty, `types`
    says what a value is (`text`, `integer`, `number`, `boolean`, `date`, `list`, `mapping`), `allowed`
    lists the values of a key, for a list those of its items. `schema` is a whole JSON Schema, or the name
    of a YAML or JSON file with one, from the folder of the configuration.

    ## Why
    A theme wants its keys: without a description the search shows whatever comes first, and a category
    with a slip in it is a category of its own, with one post.

    ## Fix safety
    No fix: what the value should be only the author knows.
    """

    code, name, severity = "FM017", "front-matter-schema", Severity.WARNING
    message = Text(en="`{key}` is missing", ko="`{key}`이(가) 없습니다")
    Options = Options
    doc_ko = """설정에서 정한 형식에 맞지 않는 프론트 매터.

    옵션이 없으면 아무것도 찾지 않습니다. `required`는 비지 않은 값이 있어야 하는 키, `types`는 값의
    종류(`text`, `integer`, `number`, `boolean`, `date`, `list`, `mapping`), `allowed`는 키마다 쓸 수 있는
    값(목록이면 항목의 값)입니다. `schema`는 JSON 스키마 전체, 또는 그것이 든 YAML이나 JSON 파일의
    이름이며, 이름은 설정 파일이 있는 폴더에서 시작합니다.

    ## 이유
    테마는 정해진 키를 찾습니다. 설명이 없으면 검색 결과에 아무 문장이나 나오고, 잘못 쓴 카테고리는
    글이 하나뿐인 다른 카테고리가 됩니다.

    ## 수정 안전성
    고치지 않음: 어떤 값이어야 하는지는 글쓴이만 압니다.
    """
    examples = (
        Bad("⟦---⟧\ntitle: 봄\n---\n본문\n", options={"required": ["title", "description"]}),
        Bad("---\ntitle: 봄\n⟦description⟧:\n---\n", options={"required": ["title", "description"]}),
        Bad("---\ntags: ⟦봄⟧\n---\n", options={"types": {"tags": "list"}}),
        Bad("---\npin: ⟦'yes'⟧\n---\n", options={"types": {"pin": "boolean"}}),
        Bad(
            "---\ncategories: [Rust, ⟦Pyhton⟧]\n---\n",
            options={"allowed": {"categories": ["Rust", "Python"]}},
        ),
        Bad("---\ncategory: ⟦rust⟧\n---\n", options={"allowed": {"category": ["Rust", "Python"]}}),
        Bad(
            "---\ntitle: 봄\nheader:\n  image: ⟦12⟧\n⟦laoyut⟧: post\n---\n",
            options={
                "schema": {
                    "properties": {
                        "title": {"type": "string"},
                        "header": {"properties": {"image": {"type": "string"}}},
                        "layout": {"enum": ["post"]},
                    },
                    "additionalProperties": False,
                }
            },
        ),
        Bad(
            "⟦---⟧\nlayout: ⟦psot⟧\n---\n",
            options={"schema": {"required": ["title"], "properties": {"layout": {"enum": ["post"]}}}},
        ),
        Bad(
            "---\ntags: ⟦[a]⟧\n---\n",
            options={"schema": {"properties": {"tags": {"type": "array", "minItems": 2}}}},
        ),
        Good("---\n---\n본문\n"),
        Good("---\ntitle: 봄\n---\n", options={"required": ["title"]}),
        Good("---\ndate: 2024-05-01 10:00:00 +0900\n---\n", options={"types": {"date": "date"}}),
        Good("---\ntitle: 봄\n---\n", options={"types": {"pin": "boolean"}}),
        Good("---\ncategories: Rust Python\n---\n", options={"allowed": {"categories": ["Rust", "Python"]}}),
        Good(
            "---\nlayout: page\n---\n",
            path="about.md",
            options={"required": ["title"]},
            site={"_config.yml": ""},
        ),
        Good("---\ntitle: 봄\n---\n", options={"schema": {"properties": {"title": {"type": "string"}}}}),
    )

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        if front_matter.error is not None or post.kind is not Kind.POST:
            return
        options: Options = self.options
        for key in options.required:
            entry = front_matter.get(key)
            if entry is None:
                yield self.finding(_OPENING, key=key)
            elif entry.value in (None, "", []):
                yield self.finding(entry.key_span, key=key)
        for key, wanted in options.types.items():
            entry = front_matter.get(key)
            if entry is not None and entry.value is not None and not is_of_type(entry.tree, wanted):
                english, korean = _NAMES[wanted]
                yield self.finding(entry.value_span, text=_TYPE, key=key, wanted=english, wanted_ko=korean)
        for key, values in options.allowed.items():
            if (entry := front_matter.get(key)) is not None:
                yield from self._not_allowed(entry, values, post)
        if options.schema:
            for violation in self._checker.violations(front_matter.mapping):
                yield self._violated(violation)

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self.options.schema)

    def _not_allowed(self, entry: Entry, values: tuple[str, ...], post: Post) -> Iterator[Finding]:
        splits = entry.key in PLURAL and post.home.conventions.splits_tags and isinstance(entry.tree, Scalar)
        for leaf in leaves(entry.tree):
            for value in leaf.text.split() if splits else [leaf.text]:
                if value and value not in values:
                    near = nearest(value, values)
                    yield self.finding(
                        leaf.span,
                        text=_NOT_ALLOWED,
                        key=entry.key,
                        value=value,
                        suggestion=f"; did you mean `{near}`?" if near else "",
                        suggestion_ko=f". 혹시 `{near}`을(를) 뜻했나요?" if near else "",
                    )

    def _violated(self, violation: Violation) -> Finding:
        span, key = violation.span or _OPENING, violation.key
        if violation.keyword == "required":
            return self.finding(span, key=key)
        if violation.keyword == "additionalProperties":
            return self.finding(span, text=_TOO_MANY, key=key)
        if violation.keyword == "type" and isinstance(violation.wanted, str):
            english, korean = _NAMES.get(violation.wanted, (violation.wanted, violation.wanted))
            return self.finding(span, text=_TYPE, key=key, wanted=english, wanted_ko=korean)
        return self.finding(span, text=_OTHERWISE, key=key, detail=violation.detail[:_LONGEST_DETAIL])


_OPENING = Span(0, len("---"))
"""Where a key is said to be missing."""
