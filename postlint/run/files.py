"""One file: read, checked, mended."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from postlint.config import Config, Finder, read
from postlint.findings import Finding, Message, Safety, Span, Text
from postlint.fixing import APPLIED_BY_DEFAULT, ChangedMeanwhileError, fix_text, replace_file
from postlint.paths import absolute, shown
from postlint.post.front_matter import opening_span
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.post.unreadable import Unreadable
from postlint.registry import matches
from postlint.rule import Rule
from postlint.run.checking import check, check_unreadable
from postlint.run.reading import decode, encode, read_bytes
from postlint.site.sites import SiteFinder

_EXCERPT_REACH = 240
"""Characters of a line kept on either side of a finding: more than any terminal shows."""

_CYCLE = Text(
    en="left as it was: the fixes of {rules} undo each other; please report this",
    ko="{rules}의 고치기가 서로를 되돌려 파일을 그대로 두었습니다. 제보해 주세요",
)
_CHANGED = Text(
    en="left as it is: another program changed it meanwhile",
    ko="그사이 다른 프로그램이 바꾸어 그대로 두었습니다",
)
_UNWRITABLE = Text(en="cannot be written: {reason}", ko="저장할 수 없습니다: {reason}")


class Place(NamedTuple):
    """Where a span stands in a file: 1-based, columns in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Excerpt(NamedTuple):
    """What stands around a finding on its first line; `column` is that of the excerpt's first character."""

    text: str
    column: int
    ends_line: bool = True


class Located(NamedTuple):
    """A finding with what a reader of the report needs to see, without the file."""

    path: str
    finding: Finding
    place: Place
    edits: tuple[tuple[Place, str], ...]
    excerpt: Excerpt


class Change(NamedTuple):
    """What mending would make, or has made, of a file's text."""

    before: str
    after: str


class FileResult(NamedTuple):
    """What a run has to say of one file, once it has mended it if it was asked to.

    `trouble` says why the file was left as it was; `unread` is true where it could not be read, and
    `missed` where the user named it besides: then the run fails, whatever else was asked.
    """

    path: str
    findings: tuple[Located, ...]
    applied: tuple[Finding, ...] = ()
    change: Change | None = None
    trouble: Message | None = None
    unread: bool = False
    missed: bool = False


class Mode(enum.Enum):
    CHECK = "check"
    FIX = "fix"
    DIFF = "diff"
    """Fix, but write nothing."""


class Request(NamedTuple):
    """What the command line asks of every file."""

    mode: Mode = Mode.CHECK
    unsafe: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    config: Path | None = None
    no_config: bool = False
    named: frozenset[Path] = frozenset()
    """The paths that the user gave, absolute: that one of them cannot be read is never passed over."""

    @property
    def safeties(self) -> frozenset[Safety]:
        return frozenset(Safety) if self.unsafe else APPLIED_BY_DEFAULT


class Linter:
    """Checks and mends files, each by its own configuration and for its own site."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._finder = Finder()
        self._sites = SiteFinder()
        self._configs: dict[Path | None, Config] = {}
        self._named: Config | None = None

    def config_for(self, path: Path) -> Config:
        """The configuration for the file or folder `path`, as the folder that it stands in has it.

        Raises ConfigError if that cannot be used.
        """
        return self.config_in(absolute(path).parent)

    def config_in(self, folder: Path) -> Config:
        """The configuration for what stands in `folder`. Raises ConfigError if that cannot be used."""
        found = self._config_file(folder)
        config = self._configs.get(found.root)
        if config is None:
            config = self._configs[found.root] = found.with_command_line(
                select=self._request.select,
                ignore=self._request.ignore,
                extend_select=self._request.extend_select,
            )
        return config

    def _config_file(self, folder: Path) -> Config:
        if self._named is None and self._request.no_config:
            self._named = Config()
        if self._named is None and self._request.config is not None:
            self._named = read(self._request.config)
        return self._named if self._named is not None else self._finder.config_in(folder)

    def leaves_out(self, path: Path) -> bool:
        """Whether a file or folder that was found, and not named, is none of the posts to check.

        Raises ConfigError if the configuration for it cannot be used.
        """
        return self.config_for(path).is_excluded(path) or self._sites.site_of(path).leaves_out(absolute(path))

    def rules_for(self, path: Path) -> tuple[Rule, ...]:
        """The rules that are on for the file `path`."""
        return self._heeded(self.config_for(path).enabled, path)

    def _heeded(self, rules: Iterable[Rule], path: Path) -> tuple[Rule, ...]:
        ignored = self.config_for(path).ignored_for(path)
        return tuple(rule for rule in rules if not any(matches(one, type(rule)) for one in ignored))

    def process(self, path: Path) -> FileResult:
        """Does what the request's mode says with the file at `path`."""
        content = read_bytes(path)
        if isinstance(content, Unreadable):
            return self._unreadable(path, content)
        result, written = self.process_content(path, content)
        if self._request.mode is Mode.FIX and result.change is not None:
            try:
                replace_file(path, content, written)
            except ChangedMeanwhileError:
                return self._unwritten(path, content, Message(_CHANGED))
            except OSError as error:
                reason = error.strerror or str(error)
                return self._unwritten(path, content, Message(_UNWRITABLE, {"reason": reason}))
        return result

    def process_content(self, path: Path, content: bytes) -> tuple[FileResult, bytes]:
        """The same with a content that need not be that of the file; the bytes are those it should have."""
        source = decode(content)
        if isinstance(source, Unreadable):
            return self._unreadable(path, source), content
        rules = self.rules_for(path)
        if self._request.mode is Mode.CHECK:
            return FileResult(shown(path), self._located(path, source, rules)), content
        fixed = fix_text(
            source.text,
            lambda text: check(self.post(path, Source(text, bom=source.bom)), rules),
            self._request.safeties,
        )
        mended = Source(fixed.text, bom=source.bom)
        result = FileResult(
            path=shown(path),
            findings=self._located(path, mended, rules),
            applied=fixed.applied,
            change=Change(source.text, fixed.text) if fixed.text != source.text else None,
            trouble=Message(_CYCLE, {"rules": ", ".join(fixed.cycle)}) if fixed.cycle else None,
        )
        return result, encode(source, fixed.text)

    def post(self, path: Path, source: Source) -> Post:
        site = self._sites.site_of(path)
        kind = site.kind(absolute(path), has_front_matter=opening_span(source.text) is not None)
        return Post(shown(path), kind, source, site)

    def _located(self, path: Path, source: Source, rules: Sequence[Rule]) -> tuple[Located, ...]:
        findings = check(self.post(path, source), rules)
        return tuple(locate(shown(path), source, finding) for finding in findings)

    def _unreadable(self, path: Path, unreadable: Unreadable) -> FileResult:
        from postlint.rules.lint.unreadable_file import UnreadableFile

        # That a file was not checked is told whatever the user selects, unless it is ignored.
        config = self.config_for(path)
        rules = self._heeded(config.not_ignored, path)
        named = absolute(path) in self._request.named
        if named and not any(isinstance(rule, UnreadableFile) for rule in rules):
            # Nobody who names a path means to ignore that it is misspelt.
            rules = (*rules, UnreadableFile(severity=config.severity.get(UnreadableFile.code)))
        name, nothing = shown(path), Source("")
        findings = check_unreadable(unreadable, rules)
        return FileResult(
            name,
            tuple(locate(name, nothing, one) for one in findings),
            unread=True,
            missed=named and any(one.code == UnreadableFile.code for one in findings),
        )

    def _unwritten(self, path: Path, content: bytes, trouble: Message) -> FileResult:
        source = decode(content)
        assert isinstance(source, Source)
        located = self._located(path, source, self.rules_for(path))
        return FileResult(shown(path), located, trouble=trouble)


def locate(path: str, source: Source, finding: Finding) -> Located:
    edits = finding.fix.edits if finding.fix else ()
    return Located(
        path,
        finding,
        _place(source, finding.span),
        tuple((_place(source, edit.span), edit.replacement) for edit in edits),
        _excerpt(source, finding.span),
    )


def _place(source: Source, span: Span) -> Place:
    return Place(*source.position(span.start), *source.position(span.end))


def _excerpt(source: Source, span: Span) -> Excerpt:
    line = source.line_span(source.line_at(span.start))
    start = max(line.start, span.start - _EXCERPT_REACH)
    end = min(line.end, max(span.start, min(span.end, line.end)) + _EXCERPT_REACH, start + 3 * _EXCERPT_REACH)
    return Excerpt(source[Span(start, end)], start - line.start + 1, end == line.end)
