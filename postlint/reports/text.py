"""The report for people: each finding with its line, the span underlined, and the fix offered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate

from postlint.findings import SEVERITIES, Safety, Severity, Text
from postlint.reports import Summary, cells, visible
from postlint.reports.cells import cell_width
from postlint.run.located import Excerpt, Located
from postlint.run.results import FileResult

Renderer = Callable[[Located], str]

Style = Callable[..., str]
"""`click.style`, or what leaves the text as it is where there are no colours."""

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_FIXES = {
    Safety.SAFE: Text(en="fix", ko="고치기"),
    Safety.REPAIR: Text(en="fix", ko="고치기"),
    Safety.UNSAFE: Text(en="fix, with --unsafe", ko="고치기(--unsafe)"),
}
_NOTHING = Text(en="No findings in {files}.", ko="파일 {count}개에서 찾은 문제가 없습니다.")
_TOTAL = Text(
    en="{findings} in {files} ({parts}).",
    ko="파일 {count}개에서 문제 {findings}개를 찾았습니다 ({parts}).",
)
_NOTHING_IS_LEFT = Text(en="Nothing is left.", ko="남은 문제가 없습니다.")
_NOTHING_WOULD_BE_LEFT = Text(en="Nothing would be left.", ko="남는 문제는 없습니다.")
_LEFT = Text(
    en="Left in {files}: {findings} ({parts}); `postlint check` tells what they are.",
    ko="파일 {count}개에 문제 {findings}개가 남았습니다 ({parts}). `postlint check`로 확인하세요.",
)
_FIXABLE = Text(
    en=" `postlint fix` would mend {fixable}.", ko=" 이 중 {fixable}개는 `postlint fix`로 고칠 수 있습니다."
)
_UNSAFE = Text(
    en=" `postlint fix --unsafe` would mend {unsafe}; look at what it does.",
    ko=" 이 중 {unsafe}개는 `postlint fix --unsafe`로 고친 뒤 직접 확인하세요.",
)
_MORE_UNSAFE = Text(
    en=" `postlint fix --unsafe` would mend {unsafe} more; look at what it does.",
    ko=" {unsafe}개는 `postlint fix --unsafe`로 고친 뒤 직접 확인하세요.",
)
_APPLIED = Text(en="Mended {findings} in {files}.", ko="파일 {count}개에서 문제 {findings}개를 고쳤습니다.")
_WOULD_APPLY = Text(
    en="Would mend {findings} in {files}.", ko="파일 {count}개에서 문제 {findings}개를 고칠 수 있습니다."
)
_NONE_APPLIED = Text(en="Nothing was mended.", ko="고친 것이 없습니다.")
_NONE_WOULD_APPLY = Text(en="There is nothing to mend.", ko="고칠 것이 없습니다.")
_KNOWN = Text(
    en="{findings} more, accepted by {file}, not shown.",
    ko="`{file}`에 등록된 문제 {findings}개는 표시하지 않았습니다.",
)
_ACCEPTED = Text(en="{file} now accepts {findings}.", ko="문제 {findings}개를 `{file}`에 등록했습니다.")
_MARGIN = 8
_BESIDE = len(" | ") + 2 * len("……")
"""Cells beside an excerpt and its line number: Korean terminals show `…` as wide as Hangul."""
_LEAST_WIDTH = 20


def finding(located: Located, language: str, style: Style, width: int) -> str:
    """A few lines for one finding, none wider than `width` columns where its excerpt can be cut."""
    found, place = located.finding, located.place
    head = (
        f"{style(visible(located.path), bold=True)}:{place.line}:{place.column}: "
        f"{style(SEVERITIES[found.severity].render(language), fg=COLOURS[found.severity], bold=True)} "
        f"{style(found.code, bold=True)} {found.name}: {visible(found.message.render(language))}"
    )
    lines = [head, *_underlined(located, style, width)]
    if found.fix is not None:
        label = _FIXES[found.fix.safety].render(language)
        lines.append(f"{'':>{_MARGIN - 2}}= {label}: {visible(found.fix.title.render(language))}")
    return "\n".join(lines) + "\n"


def _underlined(located: Located, style: Style, width: int) -> list[str]:
    excerpt, place = located.excerpt, located.place
    if not excerpt.text and place.line == 1:
        return []
    number = f"{place.line:>{_MARGIN - 3}}"
    start = place.column - excerpt.column
    end = len(excerpt.text) if place.end_line > place.line else place.end_column - excerpt.column
    end = min(max(end, start), len(excerpt.text))
    shown = _Cells(excerpt, start, end)
    left, right = shown.window(start, end, max(_LEAST_WIDTH, width - len(number) - _BESIDE))
    line, marks_at, marks = shown.cut(left, right, start, end)
    return [
        f"{style(number, dim=True)} {style('|', dim=True)} {line}".rstrip(),
        f"{'':>{len(number)}} {style('|', dim=True)} {' ' * marks_at}"
        + style("^" * marks, fg=COLOURS[located.finding.severity], bold=True),
    ]


_VISIBLE_SPACE, _VISIBLE_TAB = "·", "→"


class _Cells:
    """A line as terminal cells: Hangul takes two, a combining mark none, a tab is shown as one space.

    Where `[start, end)` is space and nothing else, so that the finding is about that, it is shown.
    """

    def __init__(self, excerpt: Excerpt, start: int, end: int) -> None:
        self._excerpt = excerpt
        text = excerpt.text.replace("\t", " ")
        self._shown = list(text) if text.isprintable() else [visible(character) for character in text]
        if not excerpt.text[start:end].strip(" \t"):
            self._shown[start:end] = [
                _VISIBLE_TAB if c == "\t" else _VISIBLE_SPACE for c in excerpt.text[start:end]
            ]
        widths = map(cell_width if text.isprintable() else cells.width, self._shown)
        self._ends = [0, *accumulate(widths)]
        """The cells before each character, and all of them."""

    def window(self, start: int, end: int, width: int) -> tuple[int, int]:
        """The characters to show: the span, with as much around it as fits into `width` cells."""
        ends = self._ends
        if ends[-1] <= width:
            return 0, len(self._shown)
        right = min(end, bisect_right(ends, ends[start] + width) - 1)
        spare = width - (ends[right] - ends[start])
        left = bisect_left(ends, ends[start] - spare // 2)
        right = bisect_right(ends, ends[left] + width) - 1
        return bisect_left(ends, ends[right] - width), right

    def cut(self, left: int, right: int, start: int, end: int) -> tuple[str, int, int]:
        """The text of the window, where its underline begins, and how long it is, in cells."""
        before = "" if left == 0 and self._excerpt.column == 1 else "…"
        after = "" if right == len(self._shown) and self._excerpt.ends_line else "…"
        line = before + "".join(self._shown[left:right]) + after
        marks = max(1, self._ends[min(end, right)] - self._ends[start])
        return line, len(before) + self._ends[start] - self._ends[left], marks


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def total(summary: Summary, language: str) -> str:
    """The last line of a check."""
    if not summary.findings:
        return _NOTHING.render(language, _counts(summary, language))
    text = _TOTAL.render(language, _counts(summary, language))
    if summary.fixable:
        text += _FIXABLE.render(language, {"fixable": summary.fixable})
    if summary.unsafe:
        unsafe = _MORE_UNSAFE if summary.fixable else _UNSAFE
        text += unsafe.render(language, {"unsafe": summary.unsafe})
    return text


def left(summary: Summary, language: str, *, written: bool) -> str:
    """The last line of a fix: what it did not mend, or with `written` false would not."""
    if summary.findings:
        return _LEFT.render(language, _counts(summary, language))
    return (_NOTHING_IS_LEFT if written else _NOTHING_WOULD_BE_LEFT).render(language)


def _counts(summary: Summary, language: str) -> dict[str, object]:
    counts = (
        (summary.errors, Severity.ERROR, "error", "errors"),
        (summary.warnings, Severity.WARNING, "warning", "warnings"),
        (summary.infos, Severity.INFO, "info", "infos"),
    )
    parts = ", ".join(
        f"{SEVERITIES[severity].ko} {count}" if language == "ko" else _count(count, one, many)
        for count, severity, one, many in counts
        if count
    )
    findings = str(summary.findings) if language == "ko" else _count(summary.findings, "finding", "findings")
    files = _count(summary.files, "file", "files")
    return {"findings": findings, "files": files, "count": summary.files, "parts": parts}


def mended(applied: int, files: int, language: str, *, written: bool) -> str:
    """The line that says what fixing did, or with `written` false would do."""
    if not applied:
        return (_NONE_APPLIED if written else _NONE_WOULD_APPLY).render(language)
    values = {
        "findings": str(applied) if language == "ko" else _count(applied, "finding", "findings"),
        "files": _count(files, "file", "files"),
        "count": files,
    }
    return (_APPLIED if written else _WOULD_APPLY).render(language, values)


def known(count: int, file: str, language: str) -> str:
    """The line that says what was found and not told, as `file`, a baseline, accepts it."""
    return _KNOWN.render(language, {"findings": count, "file": file})


def accepted(count: int, file: str, language: str) -> str:
    """The line that says what `file`, a baseline, accepts from now on."""
    findings = str(count) if language == "ko" else _count(count, "finding", "findings")
    return _ACCEPTED.render(language, {"findings": findings, "file": file})


def trouble(result: FileResult, language: str) -> str | None:
    """Why a file was not mended."""
    if result.trouble is None:
        return None
    return f"{visible(result.path)}: {visible(result.trouble.render(language))}"
