"""What postlint has to say: small frozen values that every room above may use.

They are named tuples, here and wherever a run of the command makes the class: to make a frozen
data class takes Python eight times as long, and there are enough of them to be felt at the start.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from pathlib import Path

from postlint.named import NamedTuple
from postlint.particles import with_particles


class Span(NamedTuple):
    """A half-open range of character offsets into a file's text: `start` is in it, `end` is not."""

    start: int
    end: int


class Severity(enum.IntEnum):
    """How much a finding matters to a reader; a greater value matters more."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()

    @classmethod
    def from_label(cls, label: str) -> Severity:
        """Raises KeyError if `label` is none of `info`, `warning`, `error`."""
        return cls[label.upper()]


class Safety(enum.Enum):
    """What a fix may do to the rendered page; `fix` applies all but the unsafe ones."""

    SAFE = "safe"
    """The page stays the same, but for the address or invisible character that the finding is about."""
    REPAIR = "repair"
    """The page was certainly broken, and the edit is certainly what the author meant."""
    UNSAFE = "unsafe"
    """Anything that needs the author's eye."""


class Edit(NamedTuple):
    """Replace the text of `span` by `replacement`; an empty span inserts."""

    span: Span
    replacement: str


def applied(text: str, edits: Iterable[Edit], span: Span | None = None) -> str:
    """The part `span` of `text`, or all of it, with `edits`: these stand in it, in order and apart."""
    start, end = span or (0, len(text))
    parts: list[str] = []
    for edit in edits:
        parts += text[start : edit.span.start], edit.replacement
        start = edit.span.end
    return "".join(parts) + text[start:end]


class Text(NamedTuple):
    """A sentence for users, in each language postlint speaks; `{name}` marks a value to fill in."""

    en: str
    ko: str

    def render(self, language: str, values: Mapping[str, object] | None = None) -> str:
        """The sentence in `language` (`en` or `ko`), with `values` filled in; one may be a text or a message
        itself."""
        filled = {
            name: value.render(language) if isinstance(value, Text | Message) else value
            for name, value in (values or {}).items()
        }
        if language == "ko":
            return with_particles(self.ko.format_map(filled))
        return self.en.format_map(filled)


SEVERITIES: Mapping[Severity, Text] = {
    Severity.ERROR: Text(en="error", ko="오류"),
    Severity.WARNING: Text(en="warning", ko="경고"),
    Severity.INFO: Text(en="info", ko="정보"),
}
"""What people read; programs read the label."""


class Message(NamedTuple):
    """A text with its values: a finding is made once and may be read in either language."""

    text: Text
    values: Mapping[str, object] = {}

    def render(self, language: str) -> str:
        return self.text.render(language, self.values)


class Fix(NamedTuple):
    """Edits that belong together: all of them are applied, or none, and nothing else between them.

    `edits` are in the order of their spans and do not overlap. One that `is_alone` makes another page of the
    whole file: what else has been found may be none then.
    """

    edits: tuple[Edit, ...]
    safety: Safety
    title: Message
    is_alone: bool = False


class Finding(NamedTuple):
    """One fault at one place of one file. `span` is in offsets into the file's text."""

    code: str
    name: str
    severity: Severity
    span: Span
    message: Message
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[Span, str]:
        return self.span, self.code


class ConfigError(Exception):
    """The configuration cannot be used: `path`, a 1-based `line` (0 where it is unknown), and why."""

    def __init__(self, path: Path, line: int, message: Message) -> None:
        super().__init__(f"{path}:{line}: {message.render('en')}")
        self.path = path
        self.line = line
        self.message = message
