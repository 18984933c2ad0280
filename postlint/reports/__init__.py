"""One module per output format; each makes text of results and knows no rule."""

from __future__ import annotations

from collections.abc import Iterable

from postlint.findings import Finding, Safety, Severity
from postlint.named import NamedTuple
from postlint.run.results import FileResult

FORMATS = ("text", "concise", "json", "github", "sarif")


class Summary(NamedTuple):
    """How many files were read, and what was found in them; `fixable` is what `fix` would mend."""

    files: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    fixable: int = 0
    unsafe: int = 0
    """Findings with a fix that only `fix --unsafe` applies."""

    @property
    def findings(self) -> int:
        return self.errors + self.warnings + self.infos

    def fails(self, fail_on: Severity) -> bool:
        """Whether anything was found at `fail_on` or above."""
        counts = {Severity.ERROR: self.errors, Severity.WARNING: self.warnings, Severity.INFO: self.infos}
        return any(count for severity, count in counts.items() if severity >= fail_on)


def summarise(results: Iterable[FileResult]) -> Summary:
    files = 0
    by_severity = dict.fromkeys(Severity, 0)
    fixable = unsafe = 0
    for result in results:
        files += 1
        for located in result.findings:
            by_severity[located.finding.severity] += 1
            fixable += is_fixable(located.finding)
            unsafe += located.finding.fix is not None and not is_fixable(located.finding)
    return Summary(
        files=files,
        errors=by_severity[Severity.ERROR],
        warnings=by_severity[Severity.WARNING],
        infos=by_severity[Severity.INFO],
        fixable=fixable,
        unsafe=unsafe,
    )


def is_fixable(finding: Finding) -> bool:
    """Whether `fix` mends it without being asked for more."""
    return finding.fix is not None and finding.fix.safety is not Safety.UNSAFE


_VISIBLE = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\x1b": "\\x1b"}


def visible(text: str) -> str:
    """`text` on one line: control characters and lone surrogates (bytes of a path) as escapes."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in "\u3000\xa0"
        else _VISIBLE.get(character) or f"\\u{{{ord(character):x}}}"
        for character in text
    )
